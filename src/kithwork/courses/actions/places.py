"""Asking for places, and what becomes of what was asked."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.core.verdict import Refused
from kithwork.courses.actions.seats import (
    End,
    Happened,
    Moved,
    State,
    begun,
    has_room,
    hold,
    hold_one,
    hold_request,
    live,
    log,
    must,
    takes_requests,
    tidy,
    tidy_all,
    to_end,
    to_offered,
)
from kithwork.courses.models import LIVE, OPEN, Offering, Place
from kithwork.ledger.acts import Act


@transaction.atomic
def ask(*, person: User, offerings: Sequence[Offering], by: User, now: datetime, purpose: str = "") -> Happened:
    """Ask for one offering, or for one of several: the first choice first, then the alternatives.

    `purpose` is an id that means something to the caller (a journey's reference). A choice that is full goes on its
    waiting list. Raises Refused when one of them takes no requests, is another body's, or is asked for already.
    """
    if not offerings:
        raise Refused("Choose at least one date.")
    if len({one.pk for one in offerings}) != len(offerings):
        raise Refused("You chose the same one twice.")
    held = hold([one.pk for one in offerings])
    if len({one.body_id for one in held.values()}) > 1:
        raise Refused("Choose among the dates of one body at a time.")
    today = timezone.localdate(now)
    moved = tidy_all(held.values(), now)
    asked: list[Place] = []
    request = new_ref()
    for rank, offering in enumerate((held[one.pk] for one in offerings), 1):
        must(takes_requests(offering, today))
        if live(person, offering):
            raise Refused(f"You have asked for ‘{offering.title}’ already.")
        state = State.ASKED if has_room(offering) else State.WAITING
        place = Place.objects.create(
            offering=offering,
            person=person,
            purpose=purpose,
            request=request,
            rank=rank,
            state=state,
            asked_at=now,
            waiting_on=today if state == State.WAITING else None,
        )
        log(Act.COURSE_ASKED, offering, by.actor, place=place.ref, rank=rank, waiting=state == State.WAITING)
        asked.append(place)
    return Happened((*(Moved(place, "") for place in asked), *moved), asked[0])


@transaction.atomic
def confirm(*, place: Place, by: User, now: datetime) -> Happened:
    """The body gives the place. The other choices of the same request are let go.

    Raises Refused when every seat is taken, or when the place is settled already.
    """
    fresh, held = hold_request(place)
    moved = tidy_all(held.values(), now)
    fresh.refresh_from_db(fields=["state", "end"])
    if fresh.state not in OPEN:
        raise Refused(_settled(fresh))
    if fresh.state != State.OFFERED:
        must(has_room(fresh.offering))
    return _give(fresh, held, moved, by, now)


@transaction.atomic
def enter(*, person: User, offering: Offering, by: User, now: datetime, purpose: str = "") -> Happened:
    """The body gives a place that nobody asked for here, as by telephone or to somebody who came; also when no more
    requests are taken, or it has begun. What they had asked for at it is confirmed.

    Raises Refused when it is not published or was cancelled, when no seat is free, or when they have a place already.
    """
    held = hold_one(offering)
    found = Place.objects.filter(person=person, offering=held, state__in=LIVE).first()
    if found is not None:
        if found.purpose != purpose:
            raise Refused(f"{person.name} has asked for ‘{held.title}’ for another purpose. See to that request.")
        return confirm(place=found, by=by, now=now)
    if held.cancelled_on is not None or held.published_on is None:
        raise Refused(f"‘{held.title}’ {'was cancelled' if held.cancelled_on else 'is not published yet'}.")
    moved = tidy(held, now)
    must(has_room(held))
    place = Place.objects.create(offering=held, person=person, purpose=purpose, state=State.ASKED, asked_at=now)
    log(Act.COURSE_ASKED, held, by.actor, place=place.ref, rank=1, waiting=False)
    return _give(place, {held.pk: held}, moved, by, now)


@transaction.atomic
def take_up(*, place: Place, by: User, now: datetime) -> Happened:
    """The person takes the place that is offered. Raises Refused once the offer has run out."""
    fresh, held = hold_request(place)
    if fresh.state != State.OFFERED or fresh.offer_ends_on is None:
        raise Refused("No offer waits for your answer here.")
    if fresh.offer_ends_on < timezone.localdate(now):
        ended = fresh.offer_ends_on
        raise Refused(f"This offer ran out on {ended.day} {ended:%B %Y}. You can ask again.")
    return _give(fresh, held, tidy_all(held.values(), now), by, now)


def _give(place: Place, held: dict[int, Offering], moved: list[Moved], by: User, now: datetime) -> Happened:
    if place.offering.cancelled_on is not None:
        raise Refused("This was cancelled.")
    if _confirmed_in(place):
        raise Refused("This person has a confirmed place by the same request. End that one first.")
    today = timezone.localdate(now)
    was = place.state
    place.state, place.confirmed_on = State.CONFIRMED, today
    place.save(update_fields=["state", "confirmed_on"])
    log(Act.COURSE_CONFIRMED, place.offering, by.actor, place=place.ref)
    others = Place.objects.filter(request=place.request, state__in=OPEN).exclude(pk=place.pk).select_related("person")
    settled: list[Moved] = []
    for other in others.order_by("rank"):
        other.offering = held[other.offering_id]
        settled.append(to_end(other, State.WITHDRAWN, End.SETTLED, today, by=by.actor))
    after = tidy_all(held.values(), now)
    return Happened((Moved(place, was), *moved, *settled, *after), place)


def _confirmed_in(place: Place) -> bool:
    return Place.objects.filter(request=place.request, state=State.CONFIRMED).exclude(pk=place.pk).exists()


def _settled(place: Place) -> str:
    return f"This request is settled already: {place.get_state_display()}."


@transaction.atomic
def offer_alternative(*, place: Place, offering: Offering, by: User, now: datetime) -> Happened:
    """Offer a person another date than the one they asked for; a seat is held until they answer or the offer runs out.

    What they asked for stays as it is until they take the alternative up. Gives the place offered as `.place`. Raises
    Refused when there is no room, when it has begun, or when they have a place already.
    """
    fresh, held = hold_request(place, offering)
    today = timezone.localdate(now)
    other = held[offering.pk]
    moved = tidy_all(held.values(), now)
    fresh.refresh_from_db(fields=["state", "end"])
    if fresh.state == State.CONFIRMED or _confirmed_in(fresh):
        raise Refused("This person has a confirmed place by the same request. End that one first.")
    if fresh.state == State.WITHDRAWN:
        raise Refused(_settled(fresh))
    _may_be_offered(fresh, other, today)
    found = Place.objects.filter(request=fresh.request, offering=other).select_related("person").first()
    if found is not None and found.state == State.OFFERED:
        raise Refused("This has been offered already; their answer is awaited.")
    if (found is None or found.state not in LIVE) and live(fresh.person, other):
        raise Refused(f"This person has asked for ‘{other.title}’ by another request.")
    must(has_room(other))
    if found is None:
        last = Place.objects.filter(request=fresh.request).order_by("-rank").values_list("rank", flat=True)[0]
        found = Place(
            person=fresh.person,
            purpose=fresh.purpose,
            request=fresh.request,
            rank=last + 1,
            state="",
            asked_at=fresh.asked_at,
        )
    found.offering = other
    given = to_offered(found, today, by=by.actor)
    return Happened((given, *moved, *tidy(other, now)), found)


def _may_be_offered(place: Place, other: Offering, today: date) -> None:
    if other.pk == place.offering_id:
        raise Refused("This is what they asked for. Confirm it instead.")
    if other.body_id != place.offering.body_id:
        raise Refused("This is another body's.")
    if other.cancelled_on is not None or other.published_on is None or begun(other, today):
        raise Refused(f"‘{other.title}’ is not open.")


@transaction.atomic
def decline(*, place: Place, by: User, now: datetime, reason: str = "") -> Happened:
    """The person says no to what is offered; the next in line is offered the seat."""
    fresh = _held(place)
    if fresh.state != State.OFFERED:
        raise Refused("No offer waits for your answer here.")
    return _end(fresh, State.DECLINED, End.PERSON, by, now, reason)


@transaction.atomic
def turn_down(*, place: Place, reason: str, by: User, now: datetime) -> Happened:
    """The body says no to what was asked. Needs a reason."""
    if not reason.strip():
        raise Refused("Give the reason.")
    fresh = _held(place)
    if fresh.state not in {State.ASKED, State.WAITING}:
        raise Refused(_settled(fresh))
    return _end(fresh, State.DECLINED, End.BODY, by, now, reason)


@transaction.atomic
def withdraw(*, place: Place, by: User, now: datetime, reason: str = "") -> Happened:
    """Give a place, an offer or a request back: the person themselves, or somebody of the body, who needs a reason.

    The first in line is offered what is freed. Raises Refused when it has ended already.
    """
    own = by.pk == place.person_id
    if not own and not reason.strip():
        raise Refused("Give the reason.")
    fresh = _held(place)
    if fresh.state not in LIVE:
        raise Refused(f"This place has ended already: {fresh.get_state_display()}.")
    return _end(fresh, State.WITHDRAWN, End.PERSON if own else End.BODY, by, now, reason)


def _held(place: Place) -> Place:
    """The place as it is now, with its offering locked."""
    offering = hold_one(place.offering)
    fresh = Place.objects.select_related("person").get(pk=place.pk)
    fresh.offering = offering
    return fresh


def _end(place: Place, state: Place.State, end: Place.End, by: User, now: datetime, reason: str) -> Happened:
    move = to_end(place, state, end, timezone.localdate(now), by=by.actor, reason=reason)
    return Happened((move, *tidy(place.offering, now)), place)


def lapse(*, now: datetime, offering: Offering | None = None) -> Happened:
    """Clear the offers that ran out, of one offering or of all, and offer the seats on. For the daily round."""
    today = timezone.localdate(now)
    stale = Place.objects.filter(state=State.OFFERED, offer_ends_on__lt=today)
    if offering is not None:
        stale = stale.filter(offering=offering)
    moved: list[Moved] = []
    for pk in sorted(set(stale.values_list("offering_id", flat=True))):
        with transaction.atomic():
            moved += tidy(hold([pk])[pk], now)
    return Happened(tuple(moved))
