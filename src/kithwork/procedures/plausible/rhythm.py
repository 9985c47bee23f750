"""Days that repeat: never farther apart than a rule allows, on working days of the week, none after the last."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random

CLOSER = (16, 24)  # of contact with the mentor of a new or difficult match, for which four weeks are allowed
YEARLY = (300, 350)

Stretch = tuple[date, date]


def days(number: int) -> timedelta:
    return timedelta(days=number)


def weekday(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + days((7 - day.weekday()) if day.weekday() > 4 else 0)


def between(rng: Random, low: int, high: int) -> timedelta:
    return timedelta(days=rng.randint(low, high))


def within(months: int) -> tuple[int, int]:
    """So many days apart that the months never run out, were they Februaries, and a weekend in between."""
    return 56 * months // 3, 28 * months - 3


def every(rng: Random, start: date, end: date, apart: tuple[int, int], fixed: Iterable[date] = ()) -> list[date]:
    """Days after `start`, up to `end`, each at most `apart[1]` and a weekend after the one before; `fixed` are in."""
    return closer(rng, start, end, apart, fixed, ())


def closer(
    rng: Random,
    start: date,
    end: date,
    apart: tuple[int, int],
    fixed: Iterable[date],
    stretches: Sequence[Stretch],
) -> list[date]:
    """As `every`; within one of the `stretches` the days are as close as `CLOSER` says."""
    wanted = sorted(day for day in set(fixed) if start <= day <= end)
    ahead = sorted((first, last) for first, last in stretches if last >= start and first <= end)
    found: list[date] = []
    day, at = start, 0
    while True:
        following = weekday(day + between(rng, *apart))
        for first, last in ahead:
            if first > following:
                break
            if last > day:
                following = min(following, weekday(max(day, first) + between(rng, *CLOSER)))
        while at < len(wanted) and wanted[at] <= day:
            if not found or wanted[at] != day:
                found.append(wanted[at])
            at += 1
        if at < len(wanted) and wanted[at] <= following:
            following = wanted[at]
            at += 1
        if following > end:
            return sorted(set(found))
        found.append(following)
        day = following
