"""Reporting a name left in: what the page says will happen, also for what was replaced and after the end."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kithwork.evidence import actions as evidence
from kithwork.evidence.models import Breach, Feedback, Item, Round
from kithwork.journeys.queries import read
from kithwork.procedures import applying, assessing
from kithwork.procedures.sample import Walk

AGAIN = "is asked to redact it and send it again"


def page_of(way: Walk, slot: str = "1") -> str:
    return reverse("assess", args=[way.journey.ref, slot])


def breach_of(way: Walk, item: Item, slot: str = "1") -> str:
    return reverse("breach", args=[way.journey.ref, slot, item.ref])


@pytest.fixture
def way(short_walk: Callable[..., Walk]) -> Walk:
    return short_walk("registered")


@pytest.fixture
def replaced(way: Walk, today: date) -> Item:
    """What was sent for requirement 1 first, and has been replaced since."""
    way.today = today
    online = way.edition.stage("online")
    way.send(online, ["1"])
    item = Round.objects.get(slot="1").items.get()
    way.judge(online, ["1"], Feedback.Outcome.RETURNED, "Who checks it?")
    evidence.take_back(item=item, slot="1", by=way.cast.ada, now=timezone.now())
    way.offer(way.edition.requirement("1"), "The manager checks it.")
    assessing.send_evidence(journey=way.journey, stage="online", slots=["1"], by=way.cast.ada, today=today)
    return item


def test_what_was_replaced_can_still_be_reported(way: Walk, replaced: Item, dot: Client) -> None:
    shown = dot.get(page_of(way)).content.decode()
    assert "Sent earlier, and replaced since (1)" in shown
    assert breach_of(way, replaced) in shown
    asks = dot.get(breach_of(way, replaced)).content.decode()
    assert f"{way.edition.requirement('1').title} fails at once" in asks
    assert AGAIN in asks
    assert dot.post(breach_of(way, replaced), {"kind": "0"}).status_code == 303
    assert Breach.objects.get().item == replaced
    after = dot.get(page_of(way)).content.decode()
    assert "replaced since" not in after
    assert "data breach" in after


def test_the_page_says_when_a_requirement_stays_confirmed(way: Walk, replaced: Item, dot: Client) -> None:
    way.judge(way.edition.stage("online"), ["1"], Feedback.Outcome.CONFIRMED)
    asks = dot.get(breach_of(way, replaced)).content.decode()
    assert "does not fail: it was confirmed on what was sent later" in asks
    assert "fails at once" not in asks
    assert AGAIN not in asks
    assert dot.post(breach_of(way, replaced), {"kind": "0"}).status_code == 303
    replaced.refresh_from_db()
    assert replaced.destroyed_at is not None
    assert read(way.journey, way.today).position.stages["online"].items["1"].state == "confirmed"


def test_after_the_end_the_document_is_destroyed_all_the_same(way: Walk, replaced: Item, dot: Client) -> None:
    last = Round.objects.get(slot="1", number=2).items.get()
    applying.withdraw(journey=way.journey, by=way.cast.ada, today=way.today)
    for item in (last, replaced):
        assert breach_of(way, item) in dot.get(page_of(way)).content.decode()
        asks = dot.get(breach_of(way, item)).content.decode()
        assert "this journey has ended" in asks
        assert "the awarding body decides" not in asks, "there is no award"
        assert dot.post(breach_of(way, item), {"kind": "0"}).status_code == 303
    assert Breach.objects.count() == 2
    assert not Item.objects.filter(destroyed_at=None).exists()


def test_of_an_award_the_page_says_who_decides(short_walk: Callable[..., Walk], dot: Client) -> None:
    way = short_walk("awarded")
    item = Round.objects.get(slot="8").items.get()
    asks = dot.get(breach_of(way, item, "8")).content.decode()
    assert "the awarding body decides what it means for the award" in asks
    assert dot.post(breach_of(way, item, "8"), {"kind": "0"}).status_code == 303
    assert read(way.journey, way.today).position.status == "awarded"


def test_the_body_sees_a_breach_that_failed_nothing(
    way: Walk, replaced: Item, dot: Client, as_user: Callable[..., Client]
) -> None:
    applying.withdraw(journey=way.journey, by=way.cast.ada, today=way.today)
    dot.post(breach_of(way, replaced), {"kind": "1", "words": "page 2"})
    olu, body = as_user(way.cast.olu), way.cast.body.slug
    for address in (reverse("breaches", args=[body]), reverse("body_journey", args=[body, way.journey.ref])):
        assert "The name of a mentor. page 2" in olu.get(address).content.decode()


def test_a_document_of_another_requirement_is_not_there(way: Walk, replaced: Item, dot: Client) -> None:
    assert dot.get(breach_of(way, replaced, "2")).status_code == 404
    assert dot.post(breach_of(way, replaced, "2"), {"kind": "0"}).status_code == 404
