"""Whether stretches of time leave a gap: every join, on the day, before and after it."""

from datetime import date

import pytest

from kithwork.core.service.cover import first_gap

D = date
START, END = D(2027, 3, 1), D(2028, 2, 29)


@pytest.mark.parametrize(
    ("stretches", "gap"),
    [
        ([], START),
        ([(START, END)], None),
        ([(D(2026, 1, 1), D(2029, 1, 1))], None),
        ([(D(2027, 3, 2), END)], START),  # begins a day late
        ([(START, D(2028, 2, 28))], END),  # ends a day early
        ([(START, D(2027, 8, 31)), (D(2027, 9, 1), END)], None),  # day after day
        ([(START, D(2027, 8, 31)), (D(2027, 9, 2), END)], D(2027, 9, 1)),  # one day between
        ([(D(2027, 9, 1), END), (START, D(2027, 8, 31))], None),  # in whatever order they were written down
        ([(START, D(2027, 12, 31)), (D(2027, 5, 1), D(2027, 6, 1)), (D(2028, 1, 1), END)], None),  # one inside another
        ([(D(2026, 1, 1), D(2026, 12, 31))], START),  # over long ago
        ([(START, date.max)], None),
    ],
)
def test_the_first_day_that_nothing_covers(stretches: list[tuple[date, date]], gap: date | None) -> None:
    assert first_gap(stretches, START, END) == gap
