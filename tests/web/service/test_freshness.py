"""Until when evidence counts, said wherever it is shown; and what went stale before it was sent."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from kithwork.evidence.models import Item, Offer
from kithwork.procedures.sample import Cast, Walk
from tests.evidence.acts import Walking, add, say, send

pytestmark = pytest.mark.django_db

NO_LIMIT = "No age limit: it counts however old it is"


@pytest.fixture
def way(short_walk: Walking) -> Walk:
    return short_walk("registered")


@pytest.fixture
def ada(people: Cast, as_user: Callable[..., Client]) -> Client:
    return as_user(people.ada)


def text_of(client: Client, name: str, *args: str) -> str:
    main = html.fromstring(client.get(reverse(name, args=args)).content).xpath("string(//main)")
    return " ".join(str(main).split())


def aged(item: Item, slot: str, dated: date, offered: date) -> None:
    """As if it had been added on that day."""
    Item.objects.filter(pk=item.pk).update(dated=dated, added_on=offered)
    moment = timezone.make_aware(timezone.datetime(offered.year, offered.month, offered.day, 12))
    Offer.objects.filter(item=item, slot=slot).update(added_at=moment)


def test_what_has_no_age_limit_says_so_on_the_services_pages(way: Walk, ada: Client) -> None:
    item = say(way, "1")
    ref = way.journey.ref
    assert way.edition.requirement("1").fresh is None
    for name, args in (("requirement", (ref, "1")), ("items", (ref,)), ("item", (ref, item.ref))):
        assert NO_LIMIT in text_of(ada, name, *args), name
    assert "There is no age limit for a document" in text_of(ada, "requirement", ref, "1")
    assert "no age limit" in text_of(ada, "area", ref, way.edition.requirement("1").area)


def test_what_has_a_limit_says_until_when(way: Walk, ada: Client) -> None:
    item = add(way)
    ref = way.journey.ref
    for name, args in (("requirement", (ref, "8")), ("items", (ref,)), ("item", (ref, item.ref))):
        assert "Counts until" in text_of(ada, name, *args), name
        assert NO_LIMIT not in text_of(ada, name, *args), name
    assert "counts until" in text_of(ada, "area", ref, way.edition.requirement("8").area)


def test_what_has_no_age_limit_says_so_to_the_assessor(way: Walk, people: Cast, as_user: Callable[..., Client]) -> None:
    say(way, "1")
    add(way)
    send(way, "1", "8")
    dot = as_user(people.dot)
    assert NO_LIMIT in text_of(dot, "assess", way.journey.ref, "1")
    assert NO_LIMIT not in text_of(dot, "assess", way.journey.ref, "8")


def test_what_went_stale_since_it_was_offered_is_listed_where_it_is_sent(way: Walk, ada: Client, today: date) -> None:
    item = add(way)
    ref, area = way.journey.ref, way.edition.requirement("8").area
    limit = way.edition.requirement("8").fresh
    assert limit is not None
    heading = "Too old by now, though it counted when you added it"
    last = limit.before(today)
    aged(item, "8", last, today - timedelta(days=30))
    assert heading not in text_of(ada, "area", ref, area), "its last day is today"
    aged(item, "8", last - timedelta(days=1), today - timedelta(days=30))
    assert heading in text_of(ada, "area", ref, area)
    assert "\u2018Contact policy\u2019 counted until" in text_of(ada, "area", ref, area)
    other = way.edition.requirement("1").area
    if other != area:
        assert heading not in text_of(ada, "area", ref, other)
    aged(item, "8", last - timedelta(days=1), today)
    assert heading not in text_of(ada, "area", ref, area), "it was too old when it was added"
