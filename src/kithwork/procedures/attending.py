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
from kithwork.core.journey import ActKind, Entry, EntryKind, ItemState, Position, StagePosition, StageState
from kithwork.core.schemes import CourseStage, Outcome, Role
from kithwork.core.verdict import Refused
from kithwork.courses import actions as courses
from kithwork.courses.models import LIVE, FeedbackResponse, Offering, Part, Place
from kithwork.courses.queries import parts_of, places_for_purpose, places_of, standing_of_place
from kithwork.journeys import actions as journeys
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import Reading, read
from kithwork.notices.actions import tell
from kithwork.notices.words import Kind
from kithwork.procedures.people import officers_of, panel_hears, tell_applicants, tell_officers

__all__ = [
    "answer_feedback",
    "ask_place",
    "book",
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
    """The applicant's first choice and alternatives. Earlier requests that are still open are given back first. Of a
    service, the colleague who chooses is who will come.

    Tells the officers. Raises Refused when the course is not theirs to choose now, or a date takes no requests.
    """
    today = timezone.localdate(now)
    model = edition_of(journey.edition).stage(stage)
    if not isinstance(model, CourseStage):
        raise Refused("There is no course here.")
    if any((one.scheme, one.stage) != (journey.edition.slug, stage) for one in offerings):
        raise Refused("This date is for another course.")
    chosen = Entry(today, EntryKind.CHOSEN, Role.APPLICANT, stage=stage)
    position = journeys.record(journey=journey, entries=[chosen], by=by, today=today)
    for place in _live(journey, stage):
        courses.withdraw(place=place, by=by, now=now, reason="Other dates were chosen.")
    courses.ask(person=journey.person or by, offerings=offerings, by=by, now=now, purpose=journey.ref)
    tell_officers(journey, Kind.COURSE_CHOSEN)
    return position


@transaction.atomic
def book(*, journey: Journey, stage: str, offering: Offering, by: User, now: datetime) -> courses.Happened:
    """The body books a place on its own, as when it is agreed by telephone. Other requests that are open are let go.

    Of a service, whoever began the application will come. Raises Refused while a place is booked, or the course is not
    open.
    """
    model = edition_of(journey.edition).stage(stage)
    if not isinstance(model, CourseStage) or (offering.scheme, offering.stage) != (journey.edition.slug, stage):
        raise Refused("This date is for another course.")
    live = _live(journey, stage)
    if any(place.state == Place.State.CONFIRMED for place in live):
        raise Refused("A place is booked already. End that one first.")
    found = read(journey, timezone.localdate(now)).position.stages[stage]
    if found.state is not StageState.OPEN:
        raise Refused(f"‘{found.title}’ is not open.")
    for place in live:
        if place.offering_id != offering.pk:
            courses.withdraw(place=place, by=by, now=now, reason="Another date was agreed with you.")
    person = journey.person or next((place.person for place in live), journey.created_by)
    return _done(courses.enter(person=person, offering=offering, by=by, now=now, purpose=journey.ref), by, now)


@transaction.atomic
def ask_place(*, offering: Offering, by: User, now: datetime) -> courses.Happened:
    """A person asks for a place at a gathering or at extra training, which is no part of a journey. Tells the officers.

    Raises Refused when it serves a stage, or takes no requests.
    """
    if offering.stage:
        raise Refused("Choose this date on the journey that it belongs to.")
    happened = courses.ask(person=by, offerings=[offering], by=by, now=now)
    body = offering.body
    path = f"/body/{body.slug}/courses/{offering.ref}/"
    tell(kind=Kind.COURSE_CHOSEN, to=officers_of(body), organisation=body, path=path, about=offering.title)
    return happened


@transaction.atomic
def answer_feedback(*, offering: Offering, what: str, by: User, today: date) -> FeedbackResponse:
    """What the body changed because of the feedback. Tells those who had a place, who read it on their page."""
    row = courses.answer_feedback(offering=offering, what=what, by=by, today=today)
    came = [place.person for place in places_of(offering).filter(state=Place.State.CONFIRMED)]
    path = f"/applying/courses/{offering.ref}/"
    tell(kind=Kind.COURSE_ACTED_ON, to=came, organisation=offering.body, path=path, about=offering.title)
    return row


def _live(journey: Journey, stage: str) -> list[Place]:
    """What was asked for, for a stage of a journey, and has not ended."""
    return [one for one in places_for_purpose(journey.ref) if one.offering.stage == stage and one.state in LIVE]


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
    """Who was at a part; what was attended is written on their journeys, and what was noted wrongly is corrected there.

    Raises Refused where a correction comes too late, because something was granted on it.
    """
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
            path = f"/applying/courses/{place.offering.ref}/"
            tell(kind=kind, to=[place.person], organisation=body, path=path, about=place.offering.title)


@transaction.atomic
def settle(*, journey: Journey, stage: str, by: User | None, today: date, role: Role = Role.OFFICER) -> None:
    """Write on the journey what its places have come to: booked, moved, given up, attended part by part; and what was
    recorded as attended and is noted otherwise by now.

    Nothing is written while the stage is not open, save a correction, and nothing twice.
    """
    reading = read(journey, today)
    found = reading.position.stages.get(stage)
    if found is None or reading.position.status.is_over or found.state is StageState.SHUT:
        return
    places = [place for place in places_for_purpose(journey.ref) if place.offering.stage == stage]
    there, missed = _noted(places)
    entries = _corrections(found, stage, missed, today)
    if found.state is StageState.OPEN:
        entries += [*_booking(reading, stage, places, today, role), *_parts(found, stage, there, today)]
    if entries:
        with panel_hears(journey, today):
            journeys.record(journey=journey, entries=entries, by=by, today=today)


def _booking(reading: Reading, stage: str, places: list[Place], today: date, role: Role) -> list[Entry]:
    """The days of the place that is booked, part by part, as far as they are new; or that there is none any more."""
    position = reading.position
    now = position.stages[stage]
    booked = [place for place in places if place.state == Place.State.CONFIRMED]
    if booked:
        days = max(({part.number: part.day for part in parts_of(one.offering)} for one in booked), key=_last)
        known = _days_known(reading, stage)
        missing = {item.id for item in now.items.values() if item.state is ItemState.BLANK}
        new = {str(n): day for n, day in days.items() if str(n) in missing and known.get(str(n)) != day}
        if not new and days and not now.holds(Outcome.ARRANGED):
            new = {"": min(days.values())}
        return [
            Entry(today, EntryKind.ARRANGED, Role.OFFICER, stage=stage, item=part, until=day)
            for part, day in new.items()
        ]
    lost = now.holds(Outcome.ARRANGED)
    hopes = any(place.state in LIVE for place in places)
    asked = not any(act.stage == stage and act.what is ActKind.CHOOSE for act in position.acts)
    if lost or (asked and places and not hopes):
        return [Entry(today, EntryKind.CANCELLED, role, stage=stage)]
    return []


def _last(days: dict[int, date]) -> date:
    return max(days.values(), default=date.min)


def _days_known(reading: Reading, stage: str) -> dict[str, date | None]:
    """Part -> its day, as the journey's entries have it since a place was last given up."""
    known: dict[str, date | None] = {}
    for entry in reading.entries:
        if entry.stage == stage and entry.kind is EntryKind.CANCELLED:
            known = {}
        elif entry.stage == stage and entry.kind is EntryKind.ARRANGED:
            known[entry.item] = entry.until
    return known


def _noted(places: list[Place]) -> tuple[set[str], set[str]]:
    """Parts attended, or caught up with, at whichever date; and parts that were noted, and missed at every date. A part
    made up with a later cohort counts as well.
    """
    there: set[str] = set()
    noted: set[str] = set()
    for place in places:
        standing = standing_of_place(place)
        missing = set(standing.completion.missing)
        noted |= {str(number) for number in standing.attendance}
        there |= {str(number) for number in standing.attendance if number not in missing}
    return there, noted - there


def _parts(found: StagePosition, stage: str, there: set[str], today: date) -> list[Entry]:
    open_now = [item for item in found.items.values() if item.state is ItemState.BLANK and item.id in there]
    return [Entry(today, EntryKind.ATTENDED, Role.OFFICER, stage=stage, item=item.id) for item in open_now]


def _corrections(found: StagePosition, stage: str, missed: set[str], today: date) -> list[Entry]:
    """What was recorded as attended and is now noted as missed."""
    wrong = [item for item in found.items.values() if item.state is ItemState.CONFIRMED and item.id in missed]
    return [Entry(today, EntryKind.CORRECTED, Role.OFFICER, stage=stage, item=item.id) for item in wrong]
