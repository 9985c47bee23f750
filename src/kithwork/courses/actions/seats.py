"""Seats: who holds one, who is next. Every action that gives or frees one goes through here, with the row locked.

Two laws, held by `tidy`: while seats are free nobody waits (until the offering begins), and while none is free
everybody who asked waits. The line is the order of arrival.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.verdict import YES, Refused, Verdict, no
from kithwork.courses.models import LIVE, Offering, Place
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act

State, End = Place.State, Place.End
_SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Moved:
    """A place as it is now, and the state it was in before ('' for a new one)."""

    place: Place
    was: str

    def came(self, was: str, to: str, end: str = "") -> bool:
        return (self.was, self.place.state, self.place.end) == (was, to, end)


@dataclass(frozen=True, slots=True)
class Happened:
    """Everything an action did to places, its own and those of others, so that whoever is concerned can be told."""

    moved: tuple[Moved, ...]
    own: Place | None = None  # the place that was acted on, or the first choice of a request

    @property
    def place(self) -> Place:
        assert self.own is not None
        return self.own

    @property
    def moved_up(self) -> tuple[Place, ...]:
        """From the waiting list to an offer."""
        return tuple(m.place for m in self.moved if m.came(State.WAITING, State.OFFERED) and m.place != self.own)

    @property
    def queued(self) -> tuple[Place, ...]:
        """Those who had asked and now wait, because the last seat was given."""
        return tuple(m.place for m in self.moved if m.came(State.ASKED, State.WAITING))

    @property
    def lapsed(self) -> tuple[Place, ...]:
        """Offers that ran out."""
        return tuple(m.place for m in self.moved if m.place.end == End.LAPSED)

    @property
    def settled(self) -> tuple[Place, ...]:
        """Other choices of the same request, let go."""
        return tuple(m.place for m in self.moved if m.place.end == End.SETTLED)

    @property
    def cancelled(self) -> tuple[Place, ...]:
        """Those who lose a place, or the hope of one, because the offering is cancelled."""
        return tuple(m.place for m in self.moved if m.place.state == State.CANCELLED)


def log(act: Act, offering: Offering, actor: str, **facts: str | int | bool | None) -> None:
    write(
        act=act,
        actor=actor,
        subject=f"offering:{offering.ref}",
        organisation=offering.body.ref,
        facts=facts,
    )


def hold(pks: Collection[int]) -> dict[int, Offering]:
    """Lock offerings, always in the same order, until the transaction ends.

    A procedure that spans packages calls an action of this one first: the ledger's own lock comes after these.
    """
    rows = Offering.objects.select_for_update(of=("self",)).filter(pk__in=pks).select_related("body").order_by("pk")
    return {row.pk: row for row in rows}


def hold_one(offering: Offering) -> Offering:
    return hold([offering.pk])[offering.pk]


def hold_request(place: Place, *more: Offering) -> tuple[Place, dict[int, Offering]]:
    """Lock every offering of the request a place belongs to (and `more`), and read the place again."""
    rows = Place.objects.filter(request=place.request).values_list("offering_id", flat=True)
    held = hold({*rows, *(one.pk for one in more)})
    if not set(rows.all()) <= held.keys():  # an alternative was added while we waited for the lock
        raise Refused("Somebody else has changed this at the same moment. Look again.")
    fresh = Place.objects.select_related("person").get(pk=place.pk)
    fresh.offering = held[fresh.offering_id]
    return fresh, held


def first_day(offering: Offering) -> date | None:
    found: date | None = offering.parts.aggregate(first=Min("day"))["first"]
    return found


def begun(offering: Offering, today: date) -> bool:
    first = first_day(offering)
    return first is not None and first <= today


def taken(offering: Offering) -> int:
    """Seats given or held for somebody. Offers that ran out are none, once `tidy` has been here."""
    return offering.places.filter(state__in=(State.CONFIRMED, State.OFFERED)).count()


def has_room(offering: Offering) -> Verdict:
    used = taken(offering)
    if used < offering.capacity:
        return YES
    room = f"{used} of {offering.capacity} {'place is' if offering.capacity == 1 else 'places are'} taken"
    return no(f"{room}. Give it more room, or offer another date as an alternative.")


def to_offered(place: Place, today: date, *, by: str) -> Moved:
    """Hold a seat for a person, for as many days as the offering says, but not beyond the eve of the first day."""
    last, first = today + timedelta(days=place.offering.offer_days), first_day(place.offering)
    was = place.state
    place.state, place.offered_on = State.OFFERED, today
    place.offer_ends_on = min(last, first - timedelta(days=1)) if first and first > today else last
    place.end, place.ended_on, place.reason = "", None, ""
    place.save()
    log(Act.COURSE_OFFERED, place.offering, by, place=place.ref, until=place.offer_ends_on.isoformat())
    return Moved(place, was)


def to_end(place: Place, state: Place.State, end: Place.End, today: date, *, by: str, reason: str = "") -> Moved:
    """The place is none any more."""
    was = place.state
    place.state, place.end, place.ended_on, place.reason = state, end, today, reason.strip()
    place.save(update_fields=["state", "end", "ended_on", "reason"])
    act = Act.COURSE_DECLINED if state == State.DECLINED else Act.COURSE_WITHDRAWN
    log(act, place.offering, by, place=place.ref, end=str(end))
    return Moved(place, was)


def tidy(offering: Offering, now: datetime) -> list[Moved]:
    """Clear offers that ran out, offer free seats to the first in line, put those who asked in line when none is left.

    The offering is locked. Nothing happens to one that is cancelled; nobody is moved up once it has begun.
    """
    if offering.cancelled_on is not None:
        return []
    today = timezone.localdate(now)
    moved = [
        to_end(place, State.DECLINED, End.LAPSED, today, by=_SYSTEM)
        for place in _of(offering, State.OFFERED)
        if place.offer_ends_on is not None and place.offer_ends_on < today
    ]
    free = offering.capacity - taken(offering)
    if free > 0 and not begun(offering, today):
        line = _of(offering, State.WAITING)[:free]
        moved += [to_offered(place, today, by=_SYSTEM) for place in line]
        free -= len(line)
    if free <= 0:
        moved += [to_waiting(place, today) for place in _of(offering, State.ASKED)]
    return moved


def to_waiting(place: Place, today: date) -> Moved:
    was = place.state
    place.state, place.waiting_on = State.WAITING, today
    place.save(update_fields=["state", "waiting_on"])
    log(Act.COURSE_WAITING, place.offering, _SYSTEM, place=place.ref)
    return Moved(place, was)


def _of(offering: Offering, state: Place.State) -> list[Place]:
    """An offering's places in a state, in the order of arrival."""
    rows = list(offering.places.filter(state=state).select_related("person").order_by("asked_at", "id"))
    for row in rows:
        row.offering = offering
    return rows


def tidy_all(held: Iterable[Offering], now: datetime) -> list[Moved]:
    return [move for offering in held for move in tidy(offering, now)]


def live(person: User, offering: Offering) -> bool:
    return Place.objects.filter(person=person, offering=offering, state__in=LIVE).exists()


def takes_requests(offering: Offering, today: date) -> Verdict:
    """Whether places can be asked for."""
    if offering.cancelled_on is not None:
        return no(f"‘{offering.title}’ was cancelled.")
    if offering.published_on is None:
        return no(f"‘{offering.title}’ is not open yet.")
    if offering.closed_on is not None:
        return no(f"‘{offering.title}’ takes no more requests.")
    if begun(offering, today):
        return no(f"‘{offering.title}’ has begun.")
    return YES


def must(verdict: Verdict) -> None:
    if not verdict:
        raise Refused(verdict)
