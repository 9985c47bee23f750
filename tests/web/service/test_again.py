"""On a requirement's page: what was confirmed before for the same, and using it here; and who may not."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from kithwork.accounts.models import User
from kithwork.evidence.models import Item, Offer
from kithwork.journeys.models import Journey
from kithwork.procedures.sample import Cast, Walk
from tests.evidence.acts import Walking, add, say
from tests.procedures import garden
from tests.procedures.garden import begun, confirm

AsUser = Callable[[User], Client]


@pytest.fixture
def way(short_walk: Walking) -> Walk:
    return short_walk("registered")


@pytest.fixture
def here(way: Walk, people: Cast, tmp_path: Path, settings: Settings, today: date) -> Journey:
    settings.SCHEMES = tmp_path / "schemes"
    return begun(garden.drop(settings.SCHEMES, people), people, today)


def page(journey: Journey, slot: str = "s1") -> str:
    return reverse("requirement", args=[journey.ref, slot])


def said(client: Client, journey: Journey, slot: str = "s1") -> str:
    return " ".join(client.get(page(journey, slot)).content.decode().split())


def test_it_says_what_was_confirmed_where_and_when_and_uses_it(
    way: Walk, here: Journey, people: Cast, as_user: AsUser
) -> None:
    ada = as_user(people.ada)
    assert "Confirmed before" not in said(ada, here)
    source = add(way)
    confirm(way, "8")
    text = said(ada, here)
    assert "Confirmed before: use it here" in text
    assert "Confirmed for Quality in Mentoring short, 8 " in text
    assert f"{way.today:%-d %B %Y}" in text
    answer = ada.post(page(here), {"do": "reuse", "again-item": source.ref}, follow=True)
    assert answer.redirect_chain == [(page(here), 303)]
    assert "is used here as well" in answer.content.decode()
    made = Item.objects.get(journey=here)
    assert (made.title, made.digest) == (source.title, source.digest)
    assert "Confirmed before" not in said(ada, here)


def test_what_does_not_count_here_is_said_and_cannot_be_chosen(
    way: Walk, here: Journey, people: Cast, as_user: AsUser
) -> None:
    source = add(way, dated=way.today - timedelta(days=2 * 366))
    confirm(way, "8")
    ada = as_user(people.ada)
    text = said(ada, here)
    assert "Confirmed before, and not to be used here" in text
    assert "It counted until" in text
    assert "Use it here</button>" not in text
    assert ada.post(page(here), {"do": "reuse", "again-item": source.ref}).status_code == 422
    assert not Item.objects.filter(journey=here).exists()


def test_nothing_chosen_or_something_else_is_told(way: Walk, here: Journey, people: Cast, as_user: AsUser) -> None:
    add(way)
    other = say(way, "1")
    confirm(way, "8", "1")
    ada = as_user(people.ada)
    for item in ("", other.ref, "nonsense"):
        answer = ada.post(page(here), {"do": "reuse", "again-item": item})
        assert answer.status_code == 422
        assert "There is a problem" in answer.content.decode()
    assert not Item.objects.filter(journey=here).exists()


def test_a_refusal_is_said_on_the_page(way: Walk, here: Journey, people: Cast, as_user: AsUser) -> None:
    source = add(way)
    confirm(way, "8")
    source.file.storage.delete(source.file.name or "")
    answer = as_user(people.ada).post(page(here), {"do": "reuse", "again-item": source.ref})
    assert answer.status_code == 409
    assert "could not be read" in answer.content.decode()


def test_strangers_and_readers_may_not(way: Walk, here: Journey, people: Cast, as_user: AsUser) -> None:
    source = add(way)
    confirm(way, "8")
    given = {"do": "reuse", "again-item": source.ref}
    for user in (people.eve, people.dot, people.olu, people.cid):
        assert as_user(user).post(page(here), given).status_code == 404, user
    assert Client().post(page(here), given).status_code == 302
    assert as_user(people.ada).put(page(here)).status_code == 405
    assert "Confirmed before" not in said(as_user(people.cid), here), "a reader changes nothing"
    assert not Offer.objects.filter(journey=here).exists()


def test_its_queries_do_not_grow(
    way: Walk, here: Journey, people: Cast, as_user: AsUser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ada = as_user(people.ada)
    for number in range(30):
        say(way, "8", title=f"Part {number}")
    confirm(way, "8")
    ada.get(page(here))
    with django_assert_max_num_queries(16):
        text = said(ada, here)
    assert text.count('name="again-item"') == 30
