"""What attendance comes to: whether an offering is complete for a person, and the hours it gave them. Pure.

The rule of completion: every part was attended, or what was missed was caught up with. Being there for some of a part
is not attending it.

The rule of hours: what was sat through counts as taught. What was missed and caught up with counts as self-study. The
self-study that a part asks for counts when its homework is handed in; without homework, when the part is done.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

_HUNDREDTH = Decimal("0.01")


class HoursKind(StrEnum):
    TAUGHT = "taught"
    SELF_STUDY = "self-study"
    CPD = "cpd"


@dataclass(frozen=True, slots=True)
class Sitting:
    """A part, as far as hours go."""

    number: int
    day: date
    taught: Decimal
    self_study: Decimal
    homework: bool


@dataclass(frozen=True, slots=True)
class Presence:
    """What was noted of one person at one part. `minutes` None: all of it."""

    present: bool
    minutes: int | None = None
    caught_up_on: date | None = None

    @property
    def done(self) -> bool:
        return (self.present and self.minutes is None) or self.caught_up_on is not None


@dataclass(frozen=True, slots=True)
class Earned:
    """Hours of one kind, on one day."""

    day: date
    kind: HoursKind
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Completion:
    """`missing` and `homework_owed` are numbers of parts."""

    complete: bool
    missing: tuple[int, ...]
    homework_owed: tuple[int, ...]


def earned(sitting: Sitting, presence: Presence | None, handed_in_on: date | None) -> list[Earned]:
    """The hours one part gave one person."""
    found: list[Earned] = []
    sat = _sat(sitting, presence)
    caught_up_on = presence.caught_up_on if presence else None
    if sat:
        found.append(Earned(sitting.day, HoursKind.TAUGHT, sat))
    if caught_up_on and sitting.taught > sat:
        found.append(Earned(caught_up_on, HoursKind.SELF_STUDY, sitting.taught - sat))
    done_on = (caught_up_on or sitting.day) if presence and presence.done else None
    studied_on = handed_in_on if sitting.homework else done_on
    if sitting.self_study and studied_on:
        found.append(Earned(studied_on, HoursKind.SELF_STUDY, sitting.self_study))
    return found


def _sat(sitting: Sitting, presence: Presence | None) -> Decimal:
    if presence is None or not presence.present:
        return Decimal(0)
    if presence.minutes is None:
        return sitting.taught
    return min(sitting.taught, (Decimal(presence.minutes) / 60).quantize(_HUNDREDTH, ROUND_HALF_UP))


def completion(
    sittings: Iterable[Sitting], presences: Mapping[int, Presence], handed_in: Mapping[int, date]
) -> Completion:
    """How a person stands. Presences and homework by the number of the part."""
    parts = list(sittings)
    missing = tuple(one.number for one in parts if not (one.number in presences and presences[one.number].done))
    owed = tuple(one.number for one in parts if one.homework and one.number not in handed_in)
    return Completion(bool(parts) and not missing, missing, owed)


def total(lines: Iterable[Earned]) -> dict[HoursKind, Decimal]:
    """Hours by kind; every kind is there."""
    sums = dict.fromkeys(HoursKind, Decimal(0))
    for line in lines:
        sums[line.kind] += line.hours
    return sums
