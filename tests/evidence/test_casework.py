"""Casework is declared redacted before it counts: what its owner calls so, and whatever is shown where it is asked."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from kithwork.core.casework import redacted
from kithwork.core.journey import ItemState
from kithwork.core.verdict import Refused
from kithwork.evidence import actions
from kithwork.evidence.models import Item
from kithwork.evidence.queries import items_for, may_send
from kithwork.journeys.queries import read
from kithwork.ledger.models import Record
from kithwork.procedures import applying
from kithwork.procedures.sample import Walk
from kithwork.procedures.sample.words import let_go
from tests.evidence.acts import add, counts, say, send, state

PAGE = "https://lanternside.example/minutes"


def link(way: Walk, *slots: str, **more: Any) -> Item:
    return actions.add_link(
        **{
            "journey": way.journey,
            "slots": more.pop("slots", slots),
            "title": "Minutes",
            "url": PAGE,
            "dated": way.today,
            "by": way.cast.ada,
            "today": way.today,
            "passing": let_go(way.cast.ada),
            **more,
        }
    )


def declare(way: Walk, item: Item) -> Item:
    return actions.declare_redacted(item=item, by=way.cast.bea, now=timezone.now())


def test_the_rule(way: Walk) -> None:
    live, plain = way.edition.requirement("29"), way.edition.requirement("1")
    assert live.live
    assert not plain.live
    for requirement in (live, plain, None):
        for casework in (True, False):
            wanted = casework or requirement is live
            assert bool(redacted(requirement, casework=casework, declared=False)) is not wanted
            assert redacted(requirement, casework=casework, declared=True)


@pytest.mark.parametrize("adding", [add, say])
def test_casework_is_declared_redacted_and_the_declaration_is_kept(way: Walk, adding: Callable[..., Item]) -> None:
    before = counts()
    more = {"slots": ["1"], "casework": True}
    with pytest.raises(Refused, match="It shows casework: reduce every name"):
        adding(way, **more)
    assert counts() == before
    item = adding(way, **more, declared=True)
    assert item.redacted_by == way.cast.ada
    assert item.redacted_at is not None
    assert item.redacted_wording == actions.REDACTED


@pytest.mark.parametrize("adding", [add, say, link])
@pytest.mark.parametrize("slots", [["29"], ["1", "39"]], ids=["online", "one of them at the visit"])
def test_what_is_added_where_casework_is_asked_for_is_casework_whatever_it_is_called(
    way: Walk, adding: Callable[..., Item], slots: list[str]
) -> None:
    before = counts()
    with pytest.raises(Refused, match="Casework is asked for here"):
        adding(way, slots=slots)
    assert counts() == before
    item = adding(way, slots=slots, declared=True)
    item.refresh_from_db()
    assert item.casework
    assert (item.redacted_by, item.redacted_wording) == (way.cast.ada, actions.REDACTED)


def test_an_ordinary_item_is_offered_for_casework_once_it_is_declared(way: Walk) -> None:
    item = say(way, "1")
    offering: dict[str, Any] = {"item": item, "slot": "29", "by": way.cast.ada, "today": way.today}
    with pytest.raises(Refused, match="Casework is asked for here"):
        actions.offer(**offering)
    assert items_for(way.journey, "29") == []
    declare(way, item)
    item.refresh_from_db()
    actions.offer(**offering)
    assert items_for(way.journey, "29") == [item]
    send(way, "29")
    assert state(way, "29") is ItemState.SENT


def test_it_can_be_declared_as_it_is_offered(way: Walk) -> None:
    item = say(way, "1")
    actions.offer(item=item, slot="29", by=way.cast.ada, today=way.today, declared=True)
    item.refresh_from_db()
    assert (item.redacted_by, item.redacted_wording) == (way.cast.ada, actions.REDACTED)
    assert Record.objects.get(act="evidence.declared").facts == {"item": item.ref}


def test_a_declaration_goes_with_an_offer_that_is_refused(way: Walk) -> None:
    item = say(way, "1")
    say(way, "29", declared=True)
    send(way, "29")
    with pytest.raises(Refused, match="with the assessor"):
        actions.offer(item=item, slot="29", by=way.cast.ada, today=way.today, declared=True)
    item.refresh_from_db()
    assert item.redacted_at is None
    assert not Record.objects.filter(act="evidence.declared").exists()


@pytest.mark.parametrize("called", [True, False])
def test_what_nobody_declared_is_not_sent(way: Walk, called: bool) -> None:
    item = say(way, "29", declared=True)
    Item.objects.filter(pk=item.pk).update(redacted_at=None, casework=called)  # as an older row could be
    (item,) = items_for(way.journey, "29")
    reading = read(way.journey, way.today)
    verdict = may_send(reading.edition, reading.position, "online", "29", [item])
    assert "declare that you have done so" in verdict.because
    with pytest.raises(Refused, match="declare that you have done so"):
        send(way, "29")
    assert state(way, "29") is ItemState.BLANK
    declare(way, item)
    send(way, "29")
    assert state(way, "29") is ItemState.SENT


def test_the_first_declaration_stands(way: Walk) -> None:
    item = say(way, "29", declared=True)
    first = item.redacted_at
    declare(way, item)
    item.refresh_from_db()
    assert (item.redacted_by, item.redacted_at) == (way.cast.ada, first)
    assert not Record.objects.filter(act="evidence.declared").exists()


def test_nothing_is_declared_of_what_is_gone_or_after_the_end(way: Walk) -> None:
    item, gone = say(way, "1"), say(way, "2")
    actions.take_back(item=gone, slot="2", by=way.cast.ada, now=timezone.now())
    with pytest.raises(Refused, match="taken out"):
        declare(way, gone)
    applying.withdraw(journey=way.journey, by=way.cast.ada, today=way.today)
    with pytest.raises(Refused, match="has ended"):
        declare(way, item)
