"""Setting offerings up: parts, publishing, moving, closing."""

from collections.abc import Callable
from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.http import Http404

from kithwork.core.verdict import Refused
from kithwork.courses import access, actions
from kithwork.courses.models import Offering, Part
from kithwork.courses.queries import Standing, offerings_of_body, standing_of
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Organisation
from kithwork.procedures.sample import Cast
from tests.courses.conftest import TODAY, noon, plan

pytestmark = pytest.mark.django_db

Offer = Callable[..., Offering]
SHAPES = {
    "days 1-2, then 3-4 two weeks later": [plan(TODAY + timedelta(days=d)) for d in (28, 29, 43, 44)],
    "two full days and two half days": [
        plan(TODAY + timedelta(days=28)),
        plan(TODAY + timedelta(days=29)),
        plan(TODAY + timedelta(days=50), ends=time(12, 30), hours_taught=Decimal("1.5")),
        plan(TODAY + timedelta(days=57), starts=time(13), hours_taught=Decimal("1.5"), hours_self_study=Decimal(15)),
    ],
    "a half-day briefing": [
        plan(TODAY + timedelta(days=28), ends=time(12, 30), place="", link="https://meet.example.org/b", hours_taught=3)
    ],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_offerings_of_every_shape(offer: Offer, shape: str) -> None:
    offering = offer(parts=SHAPES[shape])
    parts = list(offering.parts.order_by("number"))
    assert [part.number for part in parts] == list(range(1, len(SHAPES[shape]) + 1))
    assert [actions.plan_of(part) for part in parts] == SHAPES[shape]
    assert standing_of(offering) == Standing.OPEN


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"ends": time(9, 30)}, "end after"),
        ({"place": " ", "link": ""}, "where it is"),
        ({"hours_taught": Decimal("7.25")}, "More hours"),
        ({"hours_self_study": Decimal(-1)}, "less than none"),
        ({"homework_due": TODAY}, "what the homework is"),
    ],
)
def test_parts_that_cannot_be(offer: Offer, people: Cast, change: dict[str, object], because: str) -> None:
    with pytest.raises(Refused, match=because):
        offer(parts=[plan(TODAY + timedelta(days=28), **change)])
    assert not Offering.objects.exists(), "nothing half-written"
    offering = offer()
    with pytest.raises(Refused, match=because):
        actions.add_part(offering=offering, plan=plan(TODAY, **change), by=people.olu, now=noon())


@pytest.mark.parametrize("change", [{"title": " "}, {"capacity": 0}, {"offer_days": 0}])
def test_offerings_that_cannot_be(offer: Offer, people: Cast, change: dict[str, object]) -> None:
    with pytest.raises(Refused):
        offer(**change)
    with pytest.raises(Refused):
        actions.change(offering=offer(), by=people.olu, now=noon(), **change)  # type: ignore[arg-type]


def test_publishing_needs_a_part_to_come(offer: Offer, people: Cast) -> None:
    bare = actions.make(
        body=people.body, kind=Offering.Kind.BRIEFING, title="Bare", capacity=5, by=people.olu, now=noon()
    )
    assert standing_of(bare) == Standing.DRAFT
    with pytest.raises(Refused, match="at least one part"):
        actions.publish(offering=bare, by=people.olu, today=TODAY)
    past = offer(days=(0,), published=False)
    with pytest.raises(Refused, match="first day"):
        actions.publish(offering=past, by=people.olu, today=TODAY)
    actions.add_part(offering=bare, plan=plan(TODAY + timedelta(days=9)), by=people.olu, now=noon())
    actions.publish(offering=bare, by=people.olu, today=TODAY)
    with pytest.raises(Refused, match="already"):
        actions.publish(offering=bare, by=people.olu, today=TODAY)


def test_parts_are_taken_out_of_drafts_alone(offer: Offer, people: Cast) -> None:
    draft = offer(days=(28, 29, 43), published=False)
    actions.remove_part(part=draft.parts.get(number=2), by=people.olu)
    assert list(draft.parts.values_list("number", flat=True)) == [1, 2]
    with pytest.raises(Refused, match="published"):
        actions.remove_part(part=offer().parts.get(), by=people.olu)


def test_closing_keeps_what_was_asked_and_can_be_undone(offer: Offer, people: Cast) -> None:
    offering = offer()
    actions.ask(person=people.ada, offerings=[offering], by=people.ada, now=noon())
    closed = actions.close(offering=offering, by=people.olu, today=TODAY, reason="Enough people")
    assert (standing_of(closed), closed.closed_because) == (Standing.CLOSED, "Enough people")
    assert offering.places.get().state == "asked"
    assert list(access.offerings_open_to(people.bea, TODAY)) == []
    with pytest.raises(Refused):
        actions.close(offering=offering, by=people.olu, today=TODAY)
    assert standing_of(actions.reopen(offering=offering, by=people.olu)) == Standing.OPEN
    with pytest.raises(Refused):
        actions.reopen(offering=offering, by=people.olu)


def test_moving_a_part_tells_whom_it_concerns(offer: Offer, people: Cast) -> None:
    offering = offer(days=(28, 43))
    asked = actions.ask(person=people.ada, offerings=[offering], by=people.ada, now=noon()).place
    gone = actions.ask(person=people.bea, offerings=[offering], by=people.bea, now=noon(minute=1)).place
    actions.withdraw(place=gone, by=people.bea, now=noon(minute=2))
    part = offering.parts.get(number=2)
    moved = actions.move_part(
        part=part, day=TODAY + timedelta(days=50), starts=time(10), ends=time(17), place="Elsewhere", link="",
        by=people.olu, now=noon(minute=3),
    )  # fmt: skip
    assert (moved.part.day, moved.part.place, moved.part.sequence) == (TODAY + timedelta(days=50), "Elsewhere", 1)
    assert moved.was == actions.plan_of(part)
    assert [place.ref for place in moved.places] == [asked.ref]
    assert offering.parts.get(number=1).sequence == 0
    assert Part.objects.get(pk=part.pk).changed_at == noon(minute=3)


def test_a_part_moves_to_another_day_to_come_or_not_at_all(offer: Offer, people: Cast) -> None:
    part = offer().parts.get()
    same = {"starts": part.starts, "ends": part.ends, "place": part.place, "link": "", "by": people.olu, "now": noon()}
    with pytest.raises(Refused, match="Nothing is different"):
        actions.move_part(part=part, day=part.day, **same)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="over"):
        actions.move_part(part=part, day=TODAY - timedelta(days=1), **same)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="where it is"):
        actions.move_part(part=part, day=TODAY, **{**same, "place": ""})  # type: ignore[arg-type]
    assert part.offering.parts.get().sequence == 0


def test_a_new_title_reaches_calendars(offer: Offer, people: Cast) -> None:
    offering = offer()
    actions.change(offering=offering, title="Another", price_note="Free", by=people.olu, now=noon())
    offering.refresh_from_db()
    assert (offering.title, offering.price_note, offering.capacity) == ("Another", "Free", 2)
    assert offering.parts.get().sequence == 1
    actions.change(offering=offering, price_note="£20", by=people.olu, now=noon())
    assert offering.parts.get().sequence == 1


def test_what_is_cancelled_changes_no_more(offer: Offer, people: Cast) -> None:
    offering = offer()
    part = offering.parts.get()
    actions.cancel(offering=offering, reason="No tutor", by=people.olu, now=noon())
    tries: list[Callable[[], object]] = [
        lambda: actions.change(offering=offering, title="X", by=people.olu, now=noon()),
        lambda: actions.add_part(offering=offering, plan=plan(TODAY), by=people.olu, now=noon()),
        lambda: actions.publish(offering=offering, by=people.olu, today=TODAY),
        lambda: actions.close(offering=offering, by=people.olu, today=TODAY),
        lambda: actions.reopen(offering=offering, by=people.olu),
        lambda: actions.move_part(
            part=part, day=TODAY, starts=part.starts, ends=part.ends, place="X", link="", by=people.olu, now=noon()
        ),
    ]
    for one in tries:
        with pytest.raises(Refused, match="was cancelled"):
            one()


def test_the_doors_answer_absent_and_forbidden_alike(offer: Offer, people: Cast) -> None:
    offering = offer()
    other = organisations.found(name="Other Body", kind=Organisation.Kind.BODY, by=people.eve)
    place = actions.ask(person=people.ada, offerings=[offering], by=people.ada, now=noon()).place
    assert access.officer_offering(people.olu, people.body.slug, offering.ref) == offering
    assert access.place_for(people.ada, place.ref) == place
    assert access.place_of(offering, place.ref).person == people.ada
    assert access.part_of(offering, 1).offering == offering
    tries: list[Callable[[], object]] = [
        lambda: access.officer_offering(people.ada, people.body.slug, offering.ref),
        lambda: access.officer_offering(people.dot, people.body.slug, offering.ref),
        lambda: access.officer_offering(people.eve, other.slug, offering.ref),
        lambda: access.officer_offering(people.olu, people.body.slug, "bcdfghjkmnpq"),
        lambda: access.place_for(people.bea, place.ref),
        lambda: access.place_for(people.olu, place.ref),
        lambda: access.place_of(offer(), place.ref),
        lambda: access.part_of(offering, 2),
    ]
    for one in tries:
        with pytest.raises(Http404):
            one()


def test_what_is_open_to_a_person(offer: Offer, people: Cast) -> None:
    from django.contrib.auth.models import AnonymousUser

    later, sooner = offer(days=(40,)), offer(days=(10, 60), scheme="pqasso-mentor", stage="course")
    offer(published=False)
    offer(days=(0, 30))
    full = offer(days=(20,), capacity=1)
    actions.confirm(
        place=actions.ask(person=people.ada, offerings=[full], by=people.ada, now=noon()).place,
        by=people.olu,
        now=noon(),
    )
    assert list(access.offerings_open_to(people.bea, TODAY)) == [sooner, full, later]
    assert list(access.offerings_open_to(people.bea, TODAY, scheme="pqasso-mentor", stage="course")) == [sooner]
    assert list(access.offerings_open_to(people.bea, TODAY, body="another")) == []
    assert list(access.offerings_open_to(AnonymousUser(), TODAY)) == []


def test_the_list_counts_each_place_once(offer: Offer, people: Cast) -> None:
    offering = offer(capacity=2, days=(28, 29, 43))
    places = [
        actions.ask(person=person, offerings=[offering], by=person, now=noon(minute=n)).place
        for n, person in enumerate((people.ada, people.bea, people.cid))
    ]
    actions.confirm(place=places[0], by=people.olu, now=noon(minute=5))
    (row,) = offerings_of_body(people.body, TODAY)
    assert (row.sittings, row.confirmed, row.asked, row.waiting, row.held) == (3, 1, 2, 0, 0)
    assert (row.first_day, row.last_day) == (TODAY + timedelta(days=28), TODAY + timedelta(days=43))
