"""What comes round at an interval, looked at afterwards: when each time fell due, and whether it was done by then.

The same rule as `caseload.queries.due`: counted from the beginning, from the last time it was done, or from the last
day of a pause; what is due on a day is late from the next; whoever is away owes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kithwork.core.days import Period

Pause = tuple[date, date | None]  # the first and the last day away; None: not back yet


@dataclass(frozen=True, slots=True)
class Round:
    """One time: by when it was due, and when it was done, None where it was not."""

    due: date
    done: date | None

    @property
    def in_time(self) -> bool:
        return self.done is not None and self.done <= self.due

    @property
    def on(self) -> date:
        """The day it counts by: done in time, that day; else the day on which it fell due."""
        return self.done if self.done is not None and self.in_time else self.due


def rounds(
    lasts: Period, begun: date, ended: date | None, done: Sequence[date], pauses: Sequence[Pause], today: date
) -> Iterator[Round]:
    """Every time since `begun`; `done` and `pauses` in any order. What fell due after the end, or on the day of it or
    of today, is left out where it was not done.
    """
    base = begun
    for day in sorted(one for one in done if one >= begun):
        due = _due(lasts, base, pauses, back_by=day)
        yield Round(due if due is not None else day, day)  # away until then: it cannot have been late
        base = day
    due = _due(lasts, base, pauses, back_by=None)
    last = today if ended is None else min(ended, today)
    if due is not None and due < last:
        yield Round(due, None)


def _due(lasts: Period, base: date, pauses: Sequence[Pause], back_by: date | None) -> date | None:
    """When it falls due; None for somebody who is away and not back (by `back_by`, where it was done then)."""
    due = _after(lasts, base)
    for begins, ends in sorted(pauses, key=lambda one: one[0]):
        if begins > due or (ends is not None and ends <= base):
            continue
        if ends is None or (back_by is not None and ends >= back_by):
            return None
        base = max(base, ends)
        due = _after(lasts, base)
    return due


@lru_cache(maxsize=4096)
def _after(lasts: Period, base: date) -> date:
    """Kept: thousands of matches are looked at, and they begin on the same few hundred days."""
    return lasts.after(base)
