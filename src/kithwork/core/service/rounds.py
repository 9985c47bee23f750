"""What comes round at an interval, looked at afterwards: when each time fell due, and whether it was done by then.

The same rule as `caseload.queries.due`: counted from the beginning, from the last time it was done, or from the last
day of a pause; what is due on a day is late from the next; whoever is away owes nothing.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from kithwork.core.days import Period

Pause = tuple[date, date | None]  # the first and the last day away; None: not back yet
EVER = (date.min, date.max)


class Round(NamedTuple):
    """One time: by when it was due, and when it was done, None where it was not."""

    due: date
    done: date | None

    @property
    def in_time(self) -> bool:
        return self.done is not None and self.done <= self.due

    @property
    def on(self) -> date:
        """The day it counts by: done in time, that day; else the day on which it fell due."""
        return self.done if self.done is not None and self.done <= self.due else self.due


def rounds(
    lasts: Period,
    begun: date,
    ended: date | None,
    done: Sequence[date],
    pauses: Sequence[Pause],
    today: date,
    within: tuple[date, date] = EVER,
) -> list[Round]:
    """Every time since `begun` that counts by a day `within` (first and last); `done` and `pauses` in any order. What
    fell due after the end, or on the day of it or of today, is left out where it was not done.
    """
    first, last = within
    after = _after(lasts)
    base = begun
    found: list[Round] = []
    for day in sorted([one for one in done if one >= begun]) if done else ():
        due = _due(after, base, pauses, back_by=day) if pauses else after(base)
        if due is None:
            due = day  # away until then: it cannot have been late
        if first <= (day if day <= due else due) <= last:
            found.append(Round(due, day))
        base = day
        if base > last:
            return found  # what follows falls due later still
    due = _due(after, base, pauses, back_by=None) if pauses else after(base)
    if due is not None and first <= due <= last and due < today and (ended is None or due < ended):
        found.append(Round(due, None))
    return found


def _due(after: Callable[[date], date], base: date, pauses: Sequence[Pause], back_by: date | None) -> date | None:
    """When it falls due; None for somebody who is away and not back (by `back_by`, where it was done then)."""
    due = after(base)
    for begins, ends in sorted(pauses, key=lambda one: one[0]):
        if begins > due or (ends is not None and ends <= base):
            continue
        if ends is None or (back_by is not None and ends >= back_by):
            return None
        base = max(base, ends)
        due = after(base)
    return due


@lru_cache(maxsize=16)
def _after(lasts: Period) -> Callable[[date], date]:
    """Its `after`, kept day by day: thousands of matches are looked at, and they begin on the same few hundred days."""
    return lru_cache(maxsize=4096)(lasts.after)
