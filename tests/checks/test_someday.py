"""A day that is not settled: it counts as a settled one does, and tells nobody which it is."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kithwork.checks.someday import Someday, Unsettled, before, known, left_open, still_within
from kithwork.core import days
from kithwork.core.days import Period

A_MONTH, A_YEAR, A_QUARTER = Period(1, "month"), Period(1, "year"), Period(3, "month")
DAYS = (date(2026, 11, 22), date(2028, 2, 29), date(2027, 2, 28), date(2027, 3, 1), date(2027, 5, 31))


@pytest.mark.parametrize("at", DAYS, ids=str)
@pytest.mark.parametrize(
    "count",
    [
        lambda day: day,
        lambda day: day - timedelta(days=7),
        lambda day: before(A_YEAR, day) + timedelta(days=1),
        lambda day: still_within(A_QUARTER, day),
        lambda day: still_within(A_MONTH, day + timedelta(days=30)),
    ],
    ids=["itself", "a week before", "the first of the year", "a quarter", "a month, in thirty days"],
)
def test_what_was_counted_before_the_day_was_known_is_the_same_day(count: Callable[[date], date], at: date) -> None:
    some = count(Someday())
    assert isinstance(some, Someday)
    assert some.on(at) == count(at)


def test_two_ways_that_meet_on_one_day_alone_are_two() -> None:
    """On 22 November, a month before and 31 days before are one day; on 1 March they are not."""
    month, thirty_one = still_within(A_MONTH, Someday()), Someday() - timedelta(days=31)
    at = date(2026, 11, 22)
    assert month.on(at) == thirty_one.on(at) == days.still_within(A_MONTH, at)  # type: ignore[attr-defined]
    assert month != thirty_one
    assert still_within(A_MONTH, Someday()) == month
    assert len({month, thirty_one, still_within(A_MONTH, Someday())}) == 2


@pytest.mark.parametrize(
    "look",
    [
        lambda day: day.year,
        lambda day: day < date(2026, 1, 1),
        lambda day: date(2026, 1, 1) <= day,
        lambda day: day.isoformat(),
        lambda day: f"{day:%Y}",
        lambda day: date(2026, 1, 1) - day,
        A_YEAR.before,
        known,
    ],
    ids=["its year", "earlier", "later", "in figures", "in words", "how long", "by months", "asked outright"],
)
def test_whoever_has_to_know_the_day_is_refused(look: Callable[[date], object]) -> None:
    with pytest.raises(Unsettled):
        look(Someday())


def test_a_parameter_says_which_day_it_leaves_open() -> None:
    some = Someday() - timedelta(days=7)
    assert left_open(some) == some
    assert left_open(str(some)) == some  # as Django hands a day to SQLite
    assert [left_open(value) for value in (date(2026, 1, 1), "some day", 7, None)] == [None] * 4
