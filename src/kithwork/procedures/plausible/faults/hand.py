"""The hand that puts faults in: it takes what nobody has touched yet, so that each breaks one rule and no more."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Model

from kithwork.core.days import add_months
from kithwork.procedures.plausible.book import Book, Fault, MatchLife, MenteeLife, MentorLife

T = TypeVar("T")
M = TypeVar("M", bound=Model)


@dataclass(slots=True)
class Hand:
    """A book and what is spoilt in it already."""

    book: Book
    touched: set[int] = field(default_factory=set)

    @property
    def at(self) -> date:
        return self.book.at

    def before(self, days: int) -> date:
        return self.book.at - timedelta(days=days)

    def months_before(self, months: int, days: int = 0) -> date:
        return add_months(self.book.at, -months) - timedelta(days=days)

    def mentee(self, fits: Callable[[MenteeLife], bool]) -> MenteeLife | None:
        """Somebody who is here and whom no other fault is about."""
        return self._take(one for one in self.book.mentees if self._free(one) and fits(one))

    def mentor(self, fits: Callable[[MentorLife], bool]) -> MentorLife | None:
        return self._take(one for one in self.book.mentors if self._free(one) and not one.pauses and fits(one))

    def match(self, fits: Callable[[MatchLife], bool]) -> MatchLife | None:
        """A match neither of whose two is spoilt; both are taken with it."""
        found = self._take(
            one
            for one in self.book.matches
            if self._free(one)
            and self._free(one.mentee)
            and self._free(one.mentor)
            and not one.mentor.pauses
            and fits(one)
        )
        if found is not None:
            self.touched |= {id(found.mentee), id(found.mentor)}
        return found

    def row(self, kind: type[M], fits: Callable[[M], bool] = lambda _: True) -> M | None:
        """A row about the service."""
        return self._take(one for one in self.rows(kind) if self._free(one) and fits(one))

    def rows(self, kind: type[M], fits: Callable[[M], bool] = lambda _: True) -> list[M]:
        return [one for one in self.book.ground if isinstance(one, kind) and fits(one)]

    def remove(self, rows: Iterable[Model]) -> None:
        """Take rows about the service out of the book."""
        gone = {id(row) for row in rows}
        self.book.ground = [row for row in self.book.ground if id(row) not in gone]

    def _free(self, one: object) -> bool:
        return id(one) not in self.touched

    def _take(self, fitting: Iterable[T]) -> T | None:
        found = list(fitting)
        if not found:
            return None
        one = self.book.rng.choice(found)
        self.touched.add(id(one))
        return one


Breaker = Callable[[Hand], Fault | None]  # None: nobody is there whom it fits
