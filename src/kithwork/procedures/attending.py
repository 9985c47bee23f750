"""Courses on a journey: what happens to somebody's place is written on their journey, and they are told.

A place asked for on a journey carries the journey's reference as its purpose. `settle` brings the journey's course
stage into step with the places: it can be called again at any time and then adds nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.journey import ActKind, Entry, EntryKind, ItemState, Position, StageState
from kithwork.core.schemes import CourseStage, Outcome, Role
from kithwork.core.verdict import Refused
from kithwork.courses import actions as courses
from kithwork.courses.models import LIVE, Offering, Part, Place
from kithwork.courses.queries import parts_of, places_for_purpose, standing_of_place
from kithwork.journeys import actions as journeys
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import read
from kithwork.notices.actions import tell
from kithwork.notices.words import Kind
from kithwork.procedures.people import tell_applicants, tell_officers

__all__ = [
    "cancel",
    "catch_up",
    "change",
    "choose",
    "confirm",
    "decline",
    "give_back",
    "lapse",
    "move_part",
    "offer_alternative",
    "record_attendance",
    "settle",
    "take_up",
    "turn_down",
    "withdraw",
]


@transaction.atomic
def choose(*, journey: Journey, stage: str, offerings: Sequence[Offering], by: User, now: datetime) -> Position:
    """The applicant's first choice and alternatives. Earlier requests that are still open are given back first.

    Tells the officers. Raises Refused when the course is not theirs to choose now, or a date takes no requests.
    """
    today = timezone.localdate(now)
    model = edition_of(journey.edition).stage(stage)
    if not isinstance(model, CourseStage):
        raise Refused("There is no course here.")
    if journey.person is None:
        raise Refused("A course is for a person.")
    if any((one.scheme, one.stage) != (journey.edition.slug, stage) for one in offerings):
        raise Refused("This date is for another course.")
    chosen = Entry(today, EntryKind.CHOSEN, Role.APPLICANT, stage=stage)
    position = journeys.record(journey=journey, entries=[chosen], by=by, today=today)
    for place in places_for_purpose(journey.ref):
        if place.offering.stage == stage and place.state in LIVE:
            courses.withdraw(place=place, by=by, now=now, reason="Other dates were chosen.")
    courses.ask(person=journey.person, offerings=offerings, by=by, now=now, purpose=journey.ref)
    tell_officers(journey, Kind.COURSE_CHOSEN)
    return position


@transaction.atomic
def give_back(*, place: Place, by: User, now: datetime, reason: str = "") -> courses.Happened:
    """The person gives back a place, an offer or a request."""
    return _done(courses.withdraw(place=place, by=by, now=now, reason=reason), by, now, Role.APPLICANT)


@transaction.atomic
def take_up(*, place: Place, by: User, now: datetime) -> courses.Happened:
    """The person takes the place they are offered."""
    return _done(courses.take_up(place=place, by=by, now=now), by, now)


@transaction.atomic
def decline(*, place: Place, by: User, now: datetime, reason: str = "") -> courses.Happened:
    """The person says no to what is offered; somebody else is next."""
    return _done(courses.decline(place=place, by=by, now=now, reason=reason), by, now, Role.APPLICANT)


@transaction.atomic
def confirm(*, place: Place, by: User, now: datetime) -> courses.Happened:
    """The body gives a place. The letter waits on the journey's page."""
    return _done(courses.confirm(place=place, by=by, now=now), by, now)


@transaction.atomic
def offer_alternative(*, place: Place, offering: Offering, by: User, now: datetime) -> courses.Happened:
    """The body offers another date than the one asked for."""
    return _done(courses.offer_alternative(place=place, offering=offering, by=by, now=now), by, now)


@transaction.atomic
def turn_down(*, place: Place, reason: str, by: User, now: datetime) -> courses.Happened:
    """The body says no to what was asked for."""
    return _done(courses.turn_down(place=place, reason=reason, by=by, now=now), by, now)


@transaction.atomic
def withdraw(*, place: Place, by: User, now: datetime, reason: str = "") -> courses.Happened:
    """The body takes a place back, with a reason."""
    return _done(courses.withdraw(place=place, by=by, now=now, reason=reason), by, now)


@transaction.atomic
def change(*, offering: Offering, by: User, now: datetime, **given: Any) -> courses.Happened:
    """Change what is given of an offering; more room moves people up."""
    return _done(courses.change(offering=offering, by=by, now=now, **given), by, now)


@transaction.atomic
def cancel(*, offering: Offering, reason: str, by: User, now: datetime) -> courses.Happened:
    """Call an offering off. Everybody who loses a place can choose again."""
    return _done(courses.cancel(offering=offering, reason=reason, by=by, now=now), by, now)


@transaction.atomic
def lapse(*, now: datetime, by: User | None = None, offering: Offering | None = None) -> courses.Happened:
    """Clear the offers that ran out. For the daily round, or an officer who looks at one offering."""
    return _done(courses.lapse(now=now, offering=offering), by, now)


@transaction.atomic
def move_part(*, part: Part, by: User, now: datetime, **given: Any) -> courses.PartMoved:
    """Another day, time or place for a part. Tells everybody whose place it concerns; journeys and calendars follow."""
    moved = courses.move_part(part=part, by=by, now=now, **given)
    _settle_all(moved.places, by, timezone.localdate(now), Role.OFFICER)
    _tell(moved.places, Kind.COURSE_CHANGED)
    return moved


@transaction.atomic
def record_attendance(
    *,
    part: Part,
    marks: Mapping[str, courses.Mark],
    by: User,
    now: datetime,
    seen: Mapping[str, courses.Mark | None] | None = None,
    homework: Iterable[str] = (),
) -> courses.Noted:
    """Who was at a part; what was attended is written on their journeys."""
    noted = courses.record_attendance(part=part, marks=marks, by=by, now=now, seen=seen, homework=tuple(homework))
    _settle_all(noted.places, by, timezone.localdate(now), Role.OFFICER)
    return noted


@transaction.atomic
def catch_up(*, place: Place, part: Part, how: str, on: date, by: User, now: datetime) -> courses.Noted:
    """What was missed of a part is caught up with."""
    noted = courses.catch_up(place=place, part=part, how=how, on=on, by=by, now=now)
    _settle_all(noted.places, by, timezone.localdate(now), Role.OFFICER)
    return noted


def _done(happened: courses.Happened, by: User | None, now: datetime, role: Role = Role.OFFICER) -> courses.Happened:
    """Journeys follow what happened to places, and everybody whose place changed is told, save who did it."""
    places = [moved.place for moved in happened.moved]
    _settle_all(places, by, timezone.localdate(now), role)
    told = [place for place in places if by is None or place.person_id != by.pk]
    _tell([place for place in told if place.state == Place.State.CONFIRMED], Kind.COURSE_CONFIRMED)
    _tell([place for place in told if place.state != Place.State.CONFIRMED], Kind.COURSE_CHANGED)
    return happened


def _settle_all(places: Iterable[Place], by: User | None, today: date, role: Role) -> None:
    purposes = {place.purpose: place.offering.stage for place in places if place.purpose}
    found = Journey.objects.filter(ref__in=purposes).select_related("edition__body", "service", "person")
    for journey in found.order_by("pk"):
        settle(journey=journey, stage=purposes[journey.ref], by=by, today=today, role=role)


def _tell(places: Iterable[Place], kind: Kind) -> None:
    for place in places:
        journey = Journey.objects.filter(ref=place.purpose).select_related("edition__body", "service", "person").first()
        if journey is not None:
            tell_applicants(journey, kind, f"/journeys/{journey.ref}/stages/{place.offering.stage}/")
        else:
            body = place.offering.body
            tell(kind=kind, to=[place.person], organisation=body, path="/home/", about=place.offering.title)


@transaction.atomic
def settle(*, journey: Journey, stage: str, by: User | None, today: date, role: Role = Role.OFFICER) -> None:
    """Write on the journey what its places have come to: booked, moved, given up, attended part by part.

    Nothing is written while the stage is not open, and nothing twice.
    """
    found = read(journey, today).position.stages.get(stage)
    if found is None or found.state is not StageState.OPEN:
        return
    places = [place for place in places_for_purpose(journey.ref) if place.offering.stage == stage]
    entries = [*_booking(journey, stage, places, today, role), *_parts(journey, stage, places, today)]
    if entries:
        journeys.record(journey=journey, entries=entries, by=by, today=today)


def _booking(journey: Journey, stage: str, places: list[Place], today: date, role: Role) -> list[Entry]:
    position = read(journey, today).position
    now = position.stages[stage]
    booked = next((place for place in places if place.state == Place.State.CONFIRMED), None)
    if booked is not None:
        first = min((part.day for part in parts_of(booked.offering)), default=None)
        if first is None or (now.holds(Outcome.ARRANGED) and now.planned == first):
            return []
        return [Entry(today, EntryKind.ARRANGED, Role.OFFICER, stage=stage, until=first)]
    lost = now.holds(Outcome.ARRANGED)
    hopes = any(place.state in LIVE for place in places)
    asked = not any(act.stage == stage and act.what is ActKind.CHOOSE for act in position.acts)
    if lost or (asked and places and not hopes):
        return [Entry(today, EntryKind.CANCELLED, role, stage=stage)]
    return []


def _parts(journey: Journey, stage: str, places: list[Place], today: date) -> list[Entry]:
    """Parts attended, or caught up with, at whichever date; a part made up with a later cohort counts as well."""
    items = read(journey, today).position.stages[stage].items
    done: set[str] = set()
    for place in places:
        standing = standing_of_place(place)
        missing = set(standing.completion.missing)
        done |= {str(number) for number in standing.attendance if number not in missing}
    open_now = [item for item in items.values() if item.state is ItemState.BLANK and item.id in done]
    return [Entry(today, EntryKind.ATTENDED, Role.OFFICER, stage=stage, item=item.id) for item in open_now]
