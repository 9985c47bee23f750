"""A day that is not settled yet: so that what is asked can be put into SQL once, and asked on any day.

Making the SQL of an edition takes a third of a second, filling in its days a millisecond. A check that never looks at
the day but counts from it, with `still_within` and `before` of this module or by adding days, is made once; one that
has to know it raises `Unsettled`, and is made each time.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, Never

from kithwork.core import days
from kithwork.core.days import Period


class Unsettled(Exception):
    """The day would have to be known."""


@dataclass(frozen=True, slots=True)
class Step:
    """From one day to another: so many days on, a period back, or to the first from which that has not run out."""

    how: Literal["on", "before", "within"]
    by: int | Period

    def taken(self, day: date) -> date:
        match self.how, self.by:
            case "before", Period() as period:
                return period.before(day)
            case "within", Period() as period:
                return days.still_within(period, day)
            case _, int(number):
                return days.add_days(day, number)
        raise ValueError(self)


class Someday(date):
    """The day that is asked about, or the one to which `steps` lead from it. Equal where the steps are."""

    steps: tuple[Step, ...]

    def __new__(cls, *steps: Step) -> "Someday":
        one = super().__new__(cls, 2000, 1, 1)  # a date by its class alone: nothing ever reads which
        one.steps = steps
        return one

    def step(self, how: Literal["on", "before", "within"], by: int | Period) -> "Someday":
        return Someday(*self.steps, Step(how, by))

    def on(self, at: date) -> date:
        """Which day it is when `at` is the one asked about."""
        for step in self.steps:
            at = step.taken(at)
        return at

    def __add__(self, other: timedelta) -> "Someday":
        return self.step("on", other.days)

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return self.step("on", -other.days)
        raise Unsettled

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Someday) and self.steps == other.steps

    def __ne__(self, other: object) -> bool:  # `date` has one of its own
        return not self == other

    def __hash__(self) -> int:
        return hash(self.steps)

    def __str__(self) -> str:
        return Saying(self)  # what Django hands to SQLite

    def __repr__(self) -> str:
        return f"Someday{self.steps!r}"

    def __lt__(self, other: date) -> bool:
        raise Unsettled

    def __le__(self, other: date) -> bool:
        raise Unsettled

    def __gt__(self, other: date) -> bool:
        raise Unsettled

    def __ge__(self, other: date) -> bool:
        raise Unsettled

    def __rsub__(self, other: Any) -> Any:
        raise Unsettled

    def __format__(self, how: str) -> Never:
        raise Unsettled

    def __reduce__(self) -> Never:  # a copy would not know its steps
        raise Unsettled

    def isoformat(self) -> Never:
        raise Unsettled

    def strftime(self, *_: object, **__: object) -> Never:
        raise Unsettled

    def replace(self, *_: object, **__: object) -> Never:
        raise Unsettled

    def toordinal(self) -> Never:
        raise Unsettled

    @property
    def year(self) -> Never:
        raise Unsettled

    @property
    def month(self) -> Never:
        raise Unsettled

    @property
    def day(self) -> Never:
        raise Unsettled


class Saying(str):
    """A day as the text it will be."""

    someday: Someday

    def __new__(cls, someday: Someday) -> "Saying":
        one = super().__new__(cls, "some day")
        one.someday = someday
        return one


def still_within(period: Period, at: date) -> date:
    """As in `core.days`, of a day that may not be settled yet."""
    return at.step("within", period) if isinstance(at, Someday) else days.still_within(period, at)


def before(period: Period, at: date) -> date:
    """As `Period.before`, of a day that may not be settled yet."""
    return at.step("before", period) if isinstance(at, Someday) else period.before(at)


def in_days(at: date, number: int) -> date:
    """As `add_days`, of a day that may not be settled yet."""
    return at.step("on", number) if isinstance(at, Someday) else days.add_days(at, number)


def known(at: date) -> date:
    """The day, for what is read at once. Raises Unsettled where it is left open."""
    if isinstance(at, Someday):
        raise Unsettled
    return at


def left_open(value: Any) -> Someday | None:
    """The day that a parameter of a statement leaves open."""
    if isinstance(value, Saying):
        return value.someday
    return value if isinstance(value, Someday) else None
