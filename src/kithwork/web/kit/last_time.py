"""What a renewal takes over from the time before, as the applicant and the assessor read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kithwork.core.schemes import Edition
from kithwork.journeys.queries import JourneyRow
from kithwork.procedures.renewing import LastTime, last_time, looking_ahead


@dataclass(frozen=True, slots=True)
class LastTimeCard:
    """Recommendations in words, and what is asked for, why, each by its number and title."""

    said: tuple[str, ...]
    again: tuple[str, ...]
    anew: tuple[str, ...]
    asked: int
    carried: int
    words: str  # the scheme's own for requirements


def card_of(found: LastTime | None, edition: Edition) -> LastTimeCard | None:
    if found is None:
        return None
    known = {one.id: f"{one.number} {one.title}" for one in edition.requirements}

    def named(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(known[one] for one in ids if one in known)

    said = tuple(dict.fromkeys(row.next_time for row in found.recommended if row.next_time))
    asked = {*found.marked, *found.again, *found.anew}
    if not said and not asked:
        return None  # nothing to say of it, so no heading either
    return LastTimeCard(
        said, named(found.again), named(found.anew), len(asked), found.carried, edition.words.requirements
    )


def told(journey: JourneyRow, edition: Edition) -> LastTimeCard | None:
    """Of a journey that renews another; None, without a query, for any other."""
    return card_of(last_time(journey), edition) if journey.renews_id is not None else None


def ahead(journey: JourneyRow, edition: Edition, today: date) -> LastTimeCard | None:
    """What a renewal of this journey would ask for today."""
    return card_of(looking_ahead(journey, today), edition)
