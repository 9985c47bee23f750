"""Courses in the words of an officer: kinds, states, dates, hours."""

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal

from kithwork.courses.queries import (
    OfferingKind,
    OfferingRow,
    PartRow,
    PersonStanding,
    PlaceEnd,
    PlaceRow,
    PlaceState,
    Seats,
    Standing,
    standing_of,
)
from kithwork.web.kit.cards import Kind, StateTag
from kithwork.web.templatetags.kit import longdate, plural

KINDS = {kind.value: kind.label.capitalize() for kind in OfferingKind}
STATES = {
    PlaceState.ASKED: StateTag("Waits for your answer", Kind.AMBER),
    PlaceState.OFFERED: StateTag("Offered", Kind.BLUE),
    PlaceState.CONFIRMED: StateTag("Confirmed", Kind.GREEN),
    PlaceState.WAITING: StateTag("On the waiting list", Kind.PURPLE),
    PlaceState.DECLINED: StateTag("Declined", Kind.GREY),
    PlaceState.WITHDRAWN: StateTag("Withdrawn", Kind.GREY),
    PlaceState.CANCELLED: StateTag("Cancelled", Kind.RED),
}
ENDS = {
    PlaceEnd.PERSON: "by the person",
    PlaceEnd.BODY: "by you",
    PlaceEnd.LAPSED: "the offer ran out",
    PlaceEnd.SETTLED: "another choice was confirmed",
    PlaceEnd.CALLED_OFF: "it was cancelled",
}
_STANDINGS = {
    Standing.DRAFT: StateTag("Draft", Kind.GREY),
    Standing.OPEN: StateTag("Open", Kind.GREEN),
    Standing.CLOSED: StateTag("Closed to requests", Kind.BLUE),
    Standing.CANCELLED: StateTag("Cancelled", Kind.RED),
}


def standing_tag(offering: OfferingRow, first: date | None, last: date | None, today: date) -> StateTag:
    """How it stands; what is published is under way from its first day, and over after its last."""
    standing = standing_of(offering)
    if standing in {Standing.OPEN, Standing.CLOSED} and first is not None and last is not None:
        if last < today:
            return StateTag("Over", Kind.GREY)
        if first <= today:
            return StateTag("Under way", Kind.PURPLE)
    return _STANDINGS[standing]


def days(first: date | None, last: date | None) -> str:
    """'29 March 2027 to 12 April 2027', 'No date yet'."""
    if first is None or last is None:
        return "No date yet"
    return longdate(first) if first == last else f"{longdate(first)} to {longdate(last)}"


def days_of(parts: Iterable[PartRow]) -> str:
    dates = [part.day for part in parts]
    return days(min(dates, default=None), max(dates, default=None))


def clock_words(moment: time) -> str:
    return f"{moment:%H:%M}"


def sitting(part: PartRow) -> str:
    """'Monday 29 March 2027, 09:30 to 16:30'."""
    return f"{part.day:%A} {longdate(part.day)}, {clock_words(part.starts)} to {clock_words(part.ends)}"


def where(part: PartRow) -> str:
    """The place; 'Online' where there is only a link."""
    return part.place if part.place else "Online"


def named(part: PartRow) -> str:
    return f"Part {part.number}" + (f": {part.title}" if part.title else "")


def number(value: Decimal) -> str:
    """A number of hours without idle noughts: '7.5', '6'."""
    return f"{value.normalize():f}" if value else "0"


def hours(value: Decimal) -> str:
    said = number(value)
    return f"{said} {'hour' if said == '1' else 'hours'}"


def room(seats: Seats) -> str:
    """'10 of 12 places are taken'."""
    return f"{seats.taken} of {plural(seats.capacity, 'place')} {'is' if seats.capacity == 1 else 'are'} taken"


def choice(place: PlaceRow, among: int) -> str:
    """'First choice', 'Choice 2 of 3', 'Only choice'."""
    if among == 1:
        return "Only choice"
    return "First choice" if place.rank == 1 else f"Choice {place.rank} of {among}"


def ended(place: PlaceRow) -> str:
    """'Withdrawn by the person'."""
    how = ENDS[PlaceEnd(place.end)] if place.end else ""
    word = str(STATES[PlaceState(place.state)].word)
    return f"{word}: {how}" if how else word


def progress(standing: PersonStanding) -> StateTag | str:
    """Where a person stands with the parts."""
    if standing.completion.complete:
        owed = standing.completion.homework_owed
        return StateTag("Complete", Kind.GREEN) if not owed else StateTag("Complete, homework owed", Kind.AMBER)
    if not standing.attendance:
        return "Nothing noted yet"
    return f"{plural(len(standing.completion.missing), 'part')} still to attend or catch up"
