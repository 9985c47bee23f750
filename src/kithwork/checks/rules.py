"""What a check is made of: a set of rows, who among them is asked about, and how one of them is judged."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Value

from kithwork.core.days import Period

NONE = Value("")


@dataclass(frozen=True, slots=True)
class Rows:
    """A set that several checks ask about, read once for all of them: `name` says which, so equal names must be equal
    sets. `ref` goes into addresses; `label` and `other` are shown to the service alone, `sort` tells in which order.
    `once`: annotations of the rows that are worked out before all else, since several checks start from them.
    """

    name: str
    rows: QuerySet[Any]
    ref: Any = field(default_factory=lambda: F("ref"))
    label: Any = field(default_factory=lambda: F("name"))
    other: Any = NONE
    once: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """Whether something holds for each row of a set.

    `among`: who is asked about: all of these hold; none of them for all. A row holds when `holds` does (where there is
    one) and `day` has not run out (where there is one): `day` is the last day itself, or with `lasts` the day from
    which that is counted; what is due on a day is late from the next. A row without a `day` fails, or never runs out
    where `endless`.
    Conditions and days that several rules share are read once when they are one object, or equal.
    `leaves`: the day by which a row belongs to the year that is looked at, for what can no longer be mended; it is out
    of it once `window` has passed. NULL where no such day is known: a match that still runs.
    """

    over: Rows
    among: tuple[Q, ...] = ()
    holds: Q | None = None
    day: Any = None
    lasts: Period | None = None
    endless: bool = False
    leaves: Any = None
    window: Period | None = None


@dataclass(frozen=True, slots=True)
class TellRow:
    """One of a handful of rows, judged in Python: whether it holds, and until when (None: no end in sight)."""

    ref: str
    label: str
    holds: bool
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    rows: tuple[TellRow, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """A row behind a figure. `day` is the last day on which it held or holds, where there is one."""

    ref: str
    label: str
    other: str
    holds: bool
    day: date | None
