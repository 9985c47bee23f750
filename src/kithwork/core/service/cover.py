"""Whether stretches of time leave a gap: insurance from policy to policy, funding over the next twelve months."""

from collections.abc import Iterable
from datetime import date

from kithwork.core.days import add_days


def first_gap(stretches: Iterable[tuple[date, date]], start: date, end: date) -> date | None:
    """The first day from `start` to `end`, both counted, that lies in none of the stretches (first day, last day); None
    when all are covered.
    """
    day = start
    for begins, ends in sorted(stretches):
        if begins > day:
            break
        if ends >= day:
            day = add_days(ends, 1)
            if ends == date.max:
                return None
        if day > end:
            return None
    return day if day <= end else None
