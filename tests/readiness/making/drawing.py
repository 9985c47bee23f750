"""Days and words by a seed."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from django.db.models import Model

from kithwork.accounts.models import User
from kithwork.caseload.models import (
    Measure,
    Mentee,
    Mentor,
    Session,
)
from kithwork.core.days import add_days, add_months
from kithwork.organisations.models import Service

T = TypeVar("T")

MONTHS = (1, 2, 3, 6, 12, 12, 24, 36)
DAYS = (0, 0, 1, 7, 7, 14, 28, 28, 30, 56)
JITTER = (-1, 0, 0, 1)


class Drawing:
    """Draws around one day, and keeps the rows that are to be written."""

    def __init__(self, by: User, at: date, seed: int, people: int) -> None:
        self.rng, self.by, self.at, self.people = random.Random(seed), by, at, people  # by a seed
        self.service: Service
        self.scales: list[Measure] = []
        self.courses: list[list[Session]] = []
        self.mentees: list[Mentee] = []
        self.mentors: list[Mentor] = []
        self.rows: dict[type[Model], list[Any]] = {}
        self.edge = at

    # drawing

    def turn(self) -> None:
        """Turn to the next row with a life of its own, for which one edge counts: most days lie on it or before.
        With days drawn each by itself the latest of them hid all that lay on an edge.
        """
        if self.maybe(0.55):
            day = add_months(self.at, -self.rng.choice(MONTHS))
            if self.maybe(0.25):  # a period from the end of a month may end on an earlier day of a shorter one
                day = add_days(add_months(day.replace(day=1), 1), -1)
        else:
            day = add_days(self.at, -self.rng.choice(DAYS))
        self.edge = add_days(day, self.rng.choice(JITTER))

    def near(self, *, future: bool = True) -> date:
        """A day on the edge of a rule that is counted from it: so long before, a day sooner, a day later."""
        if self.maybe(0.5):
            return self.edge if future else min(self.edge, self.at)
        if self.maybe(0.7):
            before = add_days(self.edge, -self.rng.choice((1, 1, 7, 30, 60, 200, 365)))
            return before if future else min(before, self.at)
        if future and self.maybe(0.06):
            return add_days(self.at, self.rng.choice((1, 1, 6, 7, 8, 29, 30, 31, 60, 90)))
        if self.maybe(0.5):
            day = add_months(self.at, -self.rng.choice(MONTHS))
        else:
            day = add_days(self.at, -self.rng.choice(DAYS))
        day = add_days(day, self.rng.choice(JITTER))
        if self.maybe(0.15):
            day = add_days(day, self.rng.randint(-40, 25))
        return day if future else min(day, self.at)

    def after(self, first: date, *, future: bool = True) -> date:
        """A day on an edge, of the asked one or of `first`; not before that."""
        if self.edge >= first and self.maybe(0.5):
            return self.edge if future else min(self.edge, self.at)
        if self.maybe(0.35):
            return add_days(first, self.rng.choice((0, 0, 1, 6, 7, 8, 14, 15)))
        if self.maybe(0.1):
            return add_months(first, self.rng.choice((2, 6, 12, 36)))
        return max(first, self.near(future=future))

    def perhaps(self, day: date, chance: float = 0.8) -> date | None:
        return day if self.maybe(chance) else None

    def maybe(self, chance: float) -> bool:
        return self.rng.random() < chance

    def text(self, chance: float = 0.85) -> str:
        return "Said." if self.maybe(chance) else ""

    def some(self, most: int) -> Iterator[int]:
        yield from range(self.rng.randint(0, most))

    def one(self, among: Sequence[T]) -> T:
        return self.rng.choice(among)

    def moment(self) -> datetime:
        return datetime.combine(self.near(), time(12), UTC)

    def add(self, row: Any) -> Any:
        self.rows.setdefault(type(row), []).append(row)
        return row
