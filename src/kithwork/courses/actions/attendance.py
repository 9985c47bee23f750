"""Who came, who caught up, whose homework is in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.courses.actions.seats import hold_one, log
from kithwork.courses.models import Attendance, Homework, Offering, Part, Place
from kithwork.courses.queries import standings
from kithwork.ledger.acts import Act


@dataclass(frozen=True, slots=True)
class Mark:
    """One person at one part. `minutes` belongs to PARTLY alone."""

    state: Attendance.State
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """What a change came to: the places noted, those complete by it, and those that were complete and are no more."""

    places: tuple[Place, ...]
    completed: tuple[Place, ...] = ()
    undone: tuple[Place, ...] = ()


def _complete(offering: Offering) -> set[int]:
    return {standing.place.pk for standing in standings(offering) if standing.completion.complete}


def _noted(offering: Offering, places: Iterable[Place], before: set[int]) -> Noted:
    after = _complete(offering)
    some = tuple(places)
    return Noted(
        some,
        tuple(one for one in some if one.pk in after - before),
        tuple(one for one in some if one.pk in before - after),
    )


def _held(offering: Offering, part: Part, today: date) -> Offering:
    held = hold_one(offering)
    if held.cancelled_on is not None:
        raise Refused("This was cancelled.")
    if part.day > today:
        raise Refused("This part has not been held yet.")
    return held


def _minutes(part: Part) -> int:
    return (part.ends.hour - part.starts.hour) * 60 + part.ends.minute - part.starts.minute


def _sound(part: Part, mark: Mark, name: str) -> None:
    partly = mark.state == Attendance.State.PARTLY
    if partly and mark.minutes is None:
        raise Refused(f"{name}: say how many minutes they were there.")
    if partly and not 1 <= (mark.minutes or 0) < _minutes(part):
        raise Refused(f"{name}: some of it is between 1 and {_minutes(part) - 1} minutes.")
    if not partly and mark.minutes is not None:
        raise Refused(f"{name}: minutes are for those who were there for some of it.")


@transaction.atomic
def record_attendance(
    *,
    part: Part,
    marks: Mapping[str, Mark],
    by: User,
    now: datetime,
    seen: Mapping[str, Mark | None] | None = None,
    homework: Collection[str] = (),
) -> Noted:
    """Note who was at a part: place reference -> mark, for those whose mark is new or changed.

    `seen` is what was on the screen when the marks were made; where somebody else has noted something else since, it
    raises Refused and says what. Raises Refused before the day, and for places that are not confirmed. Marking somebody
    present takes back that they caught up. `homework` are the references of those whose homework is in today.
    """
    today = timezone.localdate(now)
    held = _held(part.offering, part, today)
    places = {place.ref: place for place in held.places.filter(state=Place.State.CONFIRMED).select_related("person")}
    if {*marks, *homework} - places.keys():
        raise Refused("Attendance is noted for confirmed places alone.")
    before = _complete(held)
    rows = {row.place_id: row for row in Attendance.objects.filter(part=part, place__ref__in=marks)}
    noted: list[Place] = []
    for ref, mark in marks.items():
        place = places[ref]
        _sound(part, mark, place.person.name)
        row = rows.get(place.pk)
        now_kept = Mark(Attendance.State(row.state), row.minutes) if row else None
        if now_kept == mark:
            continue
        if seen is not None and seen.get(ref) != now_kept:
            said = row.get_state_display() if row else "not noted"
            raise Refused(f"{place.person.name} was noted as {said} by somebody else meanwhile. Look, and save again.")
        row = row or Attendance(place=place, part=part)
        row.state, row.minutes, row.noted_on, row.noted_by = mark.state, mark.minutes, today, by
        if mark.state == Attendance.State.PRESENT:
            row.caught_up_on, row.caught_up_how = None, ""
        row.save()
        noted.append(place)
    for ref in homework:
        _hand_in(places[ref], part, today, by, held)
    if noted:
        log(Act.COURSE_ATTENDED, held, by.actor, part=part.number, places=len(noted))
    return _noted(held, noted, before)


@transaction.atomic
def catch_up(*, place: Place, part: Part, how: str, on: date, by: User, now: datetime) -> Noted:
    """What somebody missed of a part is caught up with: how, and on which day."""
    today = timezone.localdate(now)
    held = _held(part.offering, part, today)
    if not how.strip():
        raise Refused("Say how they caught up.")
    if not part.day <= on <= today:
        raise Refused("They caught up after the part was held, and not later than today.")
    row = Attendance.objects.filter(place=place, part=part).first()
    if row is None:
        raise Refused("Note first whether they were there.")
    if row.state == Attendance.State.PRESENT:
        raise Refused("They were there for all of it.")
    before = _complete(held)
    row.caught_up_on, row.caught_up_how = on, how.strip()
    row.save(update_fields=["caught_up_on", "caught_up_how"])
    log(Act.COURSE_CAUGHT_UP, held, by.actor, part=part.number, place=place.ref)
    return _noted(held, [place], before)


@transaction.atomic
def hand_in(*, place: Place, part: Part, on: date, by: User, now: datetime) -> Homework:
    """A part's homework is in, since that day; a second time corrects the day."""
    held = hold_one(part.offering)
    fresh = Place.objects.get(pk=place.pk)
    if fresh.state != Place.State.CONFIRMED:
        raise Refused("Homework is noted for confirmed places alone.")
    if on > timezone.localdate(now):
        raise Refused("That day is still to come.")
    return _hand_in(fresh, part, on, by, held)


def _hand_in(place: Place, part: Part, on: date, by: User, held: Offering) -> Homework:
    if not part.homework:
        raise Refused("This part asks for no homework.")
    row, _ = Homework.objects.update_or_create(place=place, part=part, defaults={"handed_in_on": on, "noted_by": by})
    log(Act.COURSE_HOMEWORK, held, by.actor, part=part.number, place=place.ref)
    return row
