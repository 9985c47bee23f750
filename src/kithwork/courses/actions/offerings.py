"""Setting up offerings and their parts, publishing, closing, moving, cancelling."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.stamp import stamp
from kithwork.core.verdict import Refused
from kithwork.courses.actions.seats import End, Happened, Moved, State, begun, hold_one, log, taken, tidy
from kithwork.courses.models import LIVE, Attendance, Offering, Part, Place
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class PartPlan:
    """A sitting to be held: day and local times, place or link (or both), hours and homework."""

    day: date
    starts: time
    ends: time
    title: str = ""
    place: str = ""
    link: str = ""
    hours_taught: Decimal = Decimal(0)
    hours_self_study: Decimal = Decimal(0)
    homework: str = ""
    homework_due: date | None = None


@dataclass(frozen=True, slots=True)
class PartMoved:
    """A part with its new day and place, where it was before, and whose places it concerns."""

    part: Part
    was: PartPlan
    places: tuple[Place, ...]


def plan_of(part: Part) -> PartPlan:
    return PartPlan(
        day=part.day,
        starts=part.starts,
        ends=part.ends,
        title=part.title,
        place=part.place,
        link=part.link,
        hours_taught=part.hours_taught,
        hours_self_study=part.hours_self_study,
        homework=part.homework,
        homework_due=part.homework_due,
    )


def _check(plan: PartPlan) -> None:
    if plan.ends <= plan.starts:
        raise Refused("It must end after it starts.")
    if not plan.place.strip() and not plan.link.strip():
        raise Refused("Say where it is: a place, a link, or both.")
    if plan.hours_taught < 0 or plan.hours_self_study < 0:
        raise Refused("Hours cannot be less than none.")
    minutes = (plan.ends.hour - plan.starts.hour) * 60 + plan.ends.minute - plan.starts.minute
    if plan.hours_taught * 60 > minutes:
        raise Refused("More hours are taught than it lasts.")
    if plan.homework_due is not None and not plan.homework.strip():
        raise Refused("Say what the homework is, or leave its day out.")


@transaction.atomic
def make(
    *,
    body: Organisation,
    kind: Offering.Kind,
    title: str,
    capacity: int,
    by: User,
    now: datetime,
    outline: str = "",
    scheme: str = "",
    stage: str = "",
    price_note: str = "",
    offer_days: int = 7,
    parts: Sequence[PartPlan] = (),
) -> Offering:
    """Set up an offering that nobody sees yet. Parts can be added now or later. Writes the ledger."""
    _sound(title, capacity, offer_days)
    offering = Offering.objects.create(
        body=body,
        kind=kind,
        title=title.strip(),
        capacity=capacity,
        outline=outline.strip(),
        scheme=scheme,
        stage=stage,
        price_note=price_note.strip(),
        offer_days=offer_days,
        made_by=by,
    )
    log(Act.COURSE_MADE, offering, by.actor, kind=str(kind), capacity=capacity, parts=len(parts))
    for number, plan in enumerate(parts, 1):
        _check(plan)
        _add(offering, number, plan, now)
    return offering


def _sound(title: str, capacity: int, offer_days: int) -> None:
    if not title.strip():
        raise Refused("Give it a title.")
    if capacity < 1:
        raise Refused("It needs at least one place.")
    if offer_days < 1:
        raise Refused("An offer is kept for at least one day.")


def _add(offering: Offering, number: int, plan: PartPlan, now: datetime) -> Part:
    return Part.objects.create(
        offering=offering,
        number=number,
        day=plan.day,
        starts=plan.starts,
        ends=plan.ends,
        title=plan.title.strip(),
        place=plan.place.strip(),
        link=plan.link.strip(),
        hours_taught=plan.hours_taught,
        hours_self_study=plan.hours_self_study,
        homework=plan.homework.strip(),
        homework_due=plan.homework_due,
        changed_at=now,
    )


_OFFERED = ("kind", "title", "outline", "capacity", "scheme", "stage", "price_note", "offer_days")
_OF_A_PART = tuple(field.name for field in fields(PartPlan))


def stamp_of(row: Offering | Part) -> str:
    """What an offering or a part says now: a form carries it, so that a change in between is noticed."""
    return stamp(row, _OFFERED if isinstance(row, Offering) else _OF_A_PART)


def _unchanged(row: Offering | Part, seen: str) -> None:
    if seen and stamp_of(row) != seen:
        raise Refused("Somebody changed this while you were writing. Look at it again; what you typed is below.")


def _not_cancelled(offering: Offering) -> None:
    if offering.cancelled_on is not None:
        raise Refused("This was cancelled.")


@transaction.atomic
def add_part(*, offering: Offering, plan: PartPlan, by: User, now: datetime) -> Part:
    """One more part, numbered after the last. Raises Refused once the offering is over or cancelled."""
    held = hold_one(offering)
    _not_cancelled(held)
    _check(plan)
    if Attendance.objects.filter(part__offering=held).exists():
        raise Refused("Attendance has been recorded, so no part can be added. Set up another offering instead.")
    last = held.parts.order_by("-number").values_list("number", flat=True).first() or 0
    part = _add(held, last + 1, plan, now)
    log(Act.COURSE_PART_ADDED, held, by.actor, part=part.number, day=plan.day.isoformat())
    return part


@transaction.atomic
def change_part(
    *,
    part: Part,
    title: str,
    hours_taught: Decimal,
    hours_self_study: Decimal,
    homework: str,
    homework_due: date | None,
    by: User,
    now: datetime,
    seen: str = "",
) -> Part:
    """Change what a part is about, its hours and homework. Raises Refused for hours that attendance has counted, and
    when it has changed since its reader saw it (`seen`).
    """
    held = hold_one(part.offering)
    _not_cancelled(held)
    fresh = Part.objects.get(pk=part.pk)
    _unchanged(fresh, seen)
    hours = (fresh.hours_taught, fresh.hours_self_study)
    if hours != (hours_taught, hours_self_study) and Attendance.objects.filter(part=fresh).exists():
        raise Refused("Attendance has been recorded with the hours as they are; they cannot be changed any more.")
    fresh.title, fresh.homework, fresh.homework_due = title.strip(), homework.strip(), homework_due
    fresh.hours_taught, fresh.hours_self_study = hours_taught, hours_self_study
    _check(plan_of(fresh))
    fresh.sequence, fresh.changed_at = fresh.sequence + 1, now
    fresh.save()
    fresh.offering = held
    log(Act.COURSE_PART_CHANGED, held, by.actor, part=fresh.number)
    return fresh


@transaction.atomic
def move_part(
    *, part: Part, day: date, starts: time, ends: time, place: str, link: str, by: User, now: datetime, seen: str = ""
) -> PartMoved:
    """Another day, time or place for a part; calendars follow. Tells whose places it concerns.

    Raises Refused once attendance is recorded, when nothing changes, for a day that is over, or when it has changed
    since its reader saw it (`seen`).
    """
    held = hold_one(part.offering)
    _not_cancelled(held)
    fresh = Part.objects.get(pk=part.pk)
    _unchanged(fresh, seen)
    fresh.offering = held
    was = plan_of(fresh)
    fresh.day, fresh.starts, fresh.ends, fresh.place, fresh.link = day, starts, ends, place.strip(), link.strip()
    _check(plan_of(fresh))
    if plan_of(fresh) == was:
        raise Refused("Nothing is different from before.")
    if day != was.day and day < timezone.localdate(now):
        raise Refused("That day is over.")
    if Attendance.objects.filter(part=fresh).exists():
        raise Refused("Attendance has been recorded for this part; it cannot be moved any more.")
    fresh.sequence, fresh.changed_at = fresh.sequence + 1, now
    fresh.save()
    log(Act.COURSE_PART_MOVED, held, by.actor, part=fresh.number, was=was.day.isoformat(), day=day.isoformat())
    concerned = held.places.filter(state__in=LIVE).select_related("person").order_by("asked_at", "id")
    return PartMoved(fresh, was, tuple(concerned))


@transaction.atomic
def remove_part(*, part: Part, by: User) -> None:
    """Take a part out of an offering that is not published; later ones are numbered anew."""
    held = hold_one(part.offering)
    if held.published_on is not None:
        raise Refused("It is published: move the part, or cancel the offering.")
    Part.objects.filter(pk=part.pk).delete()
    for number, row in enumerate(held.parts.order_by("number"), 1):
        if row.number != number:
            row.number = number
            row.save(update_fields=["number"])
    log(Act.COURSE_PART_REMOVED, held, by.actor, part=part.number)


@transaction.atomic
def change(
    *,
    offering: Offering,
    by: User,
    now: datetime,
    kind: Offering.Kind | None = None,
    title: str | None = None,
    outline: str | None = None,
    capacity: int | None = None,
    scheme: str | None = None,
    stage: str | None = None,
    price_note: str | None = None,
    offer_days: int | None = None,
    seen: str = "",
) -> Happened:
    """Change what is given; None leaves as it is. More room moves people up from the waiting list.

    `seen` is the `stamp_of` what its reader saw. Raises Refused when it has changed since, and for less room than
    places are taken.
    """
    held = hold_one(offering)
    _not_cancelled(held)
    _unchanged(held, seen)
    before = tidy(held, now)  # offers that ran out hold no seat
    given = {
        "kind": kind,
        "title": title.strip() if title is not None else None,
        "outline": outline.strip() if outline is not None else None,
        "capacity": capacity,
        "scheme": scheme,
        "stage": stage,
        "price_note": price_note.strip() if price_note is not None else None,
        "offer_days": offer_days,
    }
    changed = {name: value for name, value in given.items() if value is not None and value != getattr(held, name)}
    for name, value in changed.items():
        setattr(held, name, value)
    _sound(held.title, held.capacity, held.offer_days)
    if "capacity" in changed and (used := taken(held)) > held.capacity:
        raise Refused(f"{used} places are taken already; it cannot have fewer.")
    if changed:
        held.save(update_fields=list(changed))
        log(Act.COURSE_CHANGED, held, by.actor, fields=", ".join(sorted(changed))[:100])
    if "title" in changed or "outline" in changed:
        held.parts.update(sequence=F("sequence") + 1, changed_at=now)
    return Happened((*before, *tidy(held, now)))


@transaction.atomic
def publish(*, offering: Offering, by: User, today: date) -> Offering:
    """Let people ask for places. Raises Refused without parts, or when the first one is over."""
    held = hold_one(offering)
    _not_cancelled(held)
    if held.published_on is not None:
        raise Refused("It is published already.")
    if not held.parts.exists():
        raise Refused("Add at least one part first: people must know when it is.")
    if begun(held, today):
        raise Refused("Its first day is today or over; nobody could ask for a place any more.")
    held.published_on = today
    held.save(update_fields=["published_on"])
    log(Act.COURSE_PUBLISHED, held, by.actor)
    return held


@transaction.atomic
def close(*, offering: Offering, by: User, today: date, reason: str = "") -> Offering:
    """Take no more requests; what was asked for stays, and the waiting list goes on."""
    held = hold_one(offering)
    _not_cancelled(held)
    if held.published_on is None or held.closed_on is not None:
        raise Refused("It takes no requests now.")
    held.closed_on, held.closed_because = today, reason.strip()
    held.save(update_fields=["closed_on", "closed_because"])
    log(Act.COURSE_CLOSED, held, by.actor)
    return held


@transaction.atomic
def reopen(*, offering: Offering, by: User) -> Offering:
    """Take requests again."""
    held = hold_one(offering)
    _not_cancelled(held)
    if held.closed_on is None:
        raise Refused("It is not closed.")
    held.closed_on, held.closed_because = None, ""
    held.save(update_fields=["closed_on", "closed_because"])
    log(Act.COURSE_REOPENED, held, by.actor)
    return held


@transaction.atomic
def cancel(*, offering: Offering, reason: str, by: User, now: datetime) -> Happened:
    """Call an offering off, with a reason. Everybody's place is freed and given back in `.cancelled`, in the order of
    arrival, so that they can be told and offered alternatives (`offer_alternative`).

    Raises Refused without a reason, a second time, and once attendance is recorded.
    """
    if not reason.strip():
        raise Refused("Give the reason; everybody concerned will see it.")
    held = hold_one(offering)
    if held.cancelled_on is not None:
        raise Refused("It was cancelled already.")
    if Attendance.objects.filter(part__offering=held).exists():
        raise Refused("Attendance has been recorded, so it was held. Move the parts that are left instead.")
    today = timezone.localdate(now)
    held.cancelled_on, held.cancelled_because = today, reason.strip()
    held.save(update_fields=["cancelled_on", "cancelled_because"])
    held.parts.update(sequence=F("sequence") + 1, changed_at=now)
    moved: list[Moved] = []
    for place in held.places.filter(state__in=LIVE).select_related("person").order_by("asked_at", "id"):
        was = place.state
        place.state, place.end, place.ended_on = State.CANCELLED, End.CALLED_OFF, today
        place.save(update_fields=["state", "end", "ended_on"])
        moved.append(Moved(place, was))
    log(Act.COURSE_CANCELLED, held, by.actor, places=len(moved))
    return Happened(tuple(moved))
