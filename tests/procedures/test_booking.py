"""One road for places and attendance: what the body books, notes and mends is on the journey as well."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kithwork.core.journey import ItemState, StageState
from kithwork.core.verdict import Refused
from kithwork.courses import actions as courses
from kithwork.courses.models import Attendance, Offering, Part, Place
from kithwork.journeys.models import EntryRow
from kithwork.notices.models import Message
from kithwork.procedures import applying, attending
from tests.procedures.test_people_apply import Road, approved, at, attend, begin, licensed, offering

__all__ = ["begin"]
HERE, AWAY = courses.Mark(Attendance.State.PRESENT), courses.Mark(Attendance.State.ABSENT)


def note(road: Road, part: Part, mark: courses.Mark) -> None:
    attending.record_attendance(part=part, marks={road.place().ref: mark}, by=road.people.olu, now=at(road.day))


def kinds(road: Road) -> list[tuple[str, str]]:
    rows = EntryRow.objects.filter(journey=road.journey, stage="course").order_by("seq")
    return [(row.kind, row.item) for row in rows]


def test_a_place_agreed_by_telephone_is_a_place_like_any_other(begin: Callable[[str], Road]) -> None:
    road = approved(begin)
    held, other = offering(road, "course", 30, 31, 45, 46), offering(road, "course", 60, 61, 75, 76)
    attending.choose(journey=road.journey, stage="course", offerings=[other], by=road.person, now=at(road.day))
    Message.objects.all().delete()
    booked = attending.book(journey=road.journey, stage="course", offering=held, by=road.people.olu, now=at(road.day))
    assert (booked.place.person, booked.place.purpose) == (road.person, road.journey.ref)
    assert dict(Place.objects.values_list("offering__pk", "state")) == {held.pk: "confirmed", other.pk: "withdrawn"}
    assert road.position.stages["course"].planned == road.day + timedelta(days=30)
    assert Message.objects.filter(kind="course-confirmed", to=road.person).count() == 1
    with pytest.raises(Refused, match="booked already"):
        attending.book(journey=road.journey, stage="course", offering=other, by=road.people.olu, now=at(road.day))
    with pytest.raises(Refused, match="another course"):
        attending.book(journey=road.journey, stage="workshop", offering=held, by=road.people.olu, now=at(road.day))


def test_what_somebody_asked_for_is_confirmed_and_full_is_full(begin: Callable[[str], Road]) -> None:
    road = approved(begin)
    held = offering(road, "course", 30, 31, 45, 46, capacity=1)
    attending.choose(journey=road.journey, stage="course", offerings=[held], by=road.person, now=at(road.day))
    attending.book(journey=road.journey, stage="course", offering=held, by=road.people.olu, now=at(road.day))
    assert Place.objects.get().state == "confirmed", "the request itself, not a second place"
    with pytest.raises(Refused, match="1 of 1"):
        courses.enter(person=road.people.eve, offering=held, by=road.people.olu, now=at(road.day))


def test_somebody_who_simply_came_is_entered_once_it_has_begun(begin: Callable[[str], Road]) -> None:
    road = approved(begin)
    held = offering(road, "course", 1, 2, 20, 21)
    road.on(days=1)
    with pytest.raises(Refused, match="has begun"):
        courses.ask(person=road.person, offerings=[held], by=road.person, now=at(road.day))
    attending.book(journey=road.journey, stage="course", offering=held, by=road.people.olu, now=at(road.day))
    note(road, held.parts.get(number=1), HERE)
    assert road.position.stages["course"].items["1"].state is ItemState.CONFIRMED
    draft = courses.make(
        body=road.people.body,
        kind=Offering.Kind.COURSE,
        title="Draft",
        capacity=1,
        by=road.people.olu,
        now=at(road.day),
    )
    with pytest.raises(Refused, match="not published"):
        courses.enter(person=road.person, offering=draft, by=road.people.olu, now=at(road.day))


def test_each_parts_day_is_on_the_journey_and_follows_a_move(begin: Callable[[str], Road]) -> None:
    road = approved(begin)
    held = offering(road, "course", 30, 31, 45, 46)
    attending.book(journey=road.journey, stage="course", offering=held, by=road.people.olu, now=at(road.day))
    first, second = held.parts.get(number=1), held.parts.get(number=2)
    began = road.day
    road.day = first.day
    note(road, first, HERE)
    assert road.position.stages["course"].planned == second.day, "the next part's day, and not the first's again"
    attending.move_part(
        part=second,
        day=began + timedelta(days=33),
        starts=second.starts,
        ends=second.ends,
        place=second.place,
        link="",
        by=road.people.olu,
        now=at(road.day),
    )
    assert road.position.stages["course"].planned == began + timedelta(days=33)
    moved = [item for kind, item in kinds(road) if kind == "arranged"]
    assert moved == ["1", "2", "3", "4", "2"], "only what is new is written"


def test_attendance_mended_afterwards_is_mended_on_the_journey(begin: Callable[[str], Road]) -> None:
    road = approved(begin)
    held = offering(road, "course", 30, 31, 45, 46)
    attending.book(journey=road.journey, stage="course", offering=held, by=road.people.olu, now=at(road.day))
    attend(road, held)
    assert road.position.stages["course"].state is StageState.DONE
    road.on(days=3)
    fourth = held.parts.get(number=4)
    note(road, fourth, AWAY)
    assert kinds(road)[-1] == ("corrected", "4")
    assert road.position.stages["course"].items["4"].state is ItemState.BLANK
    note(road, fourth, AWAY)
    assert [kind for kind, _ in kinds(road)].count("corrected") == 1, "and once"
    attending.catch_up(
        place=road.place(), part=fourth, how="One to one.", on=road.day, by=road.people.olu, now=at(road.day)
    )
    assert kinds(road)[-1] == ("attended", "4")
    assert road.position.stages["course"].done == road.day


def test_on_what_was_granted_attendance_is_mended_no_more(begin: Callable[[str], Road]) -> None:
    road = licensed(begin)
    part = Part.objects.get(number=4)
    with pytest.raises(Refused, match="is granted"):
        note(road, part, AWAY)
    assert Attendance.objects.get(part=part).state == "present", "neither here nor there"


def test_an_end_is_no_hindrance_to_mending_what_was_noted(begin: Callable[[str], Road]) -> None:
    road = approved(begin)
    held = offering(road, "course", 30, 31, 45, 46)
    attending.book(journey=road.journey, stage="course", offering=held, by=road.people.olu, now=at(road.day))
    road.day = held.parts.get(number=1).day
    note(road, held.parts.get(number=1), HERE)
    applying.withdraw(journey=road.journey, by=road.person, today=road.day)
    note(road, held.parts.get(number=1), AWAY)
    assert kinds(road)[-1] == ("attended", "1")
