"""What comes round, looked at afterwards: before, on and after its day; pauses, endings, what was never done."""

from datetime import date

import pytest

from kithwork.core.days import Period
from kithwork.core.service.rounds import Round, rounds

QUARTER = Period(3, "month")
BEGUN = date(2026, 1, 15)
TODAY = date(2026, 12, 31)


def of(*done: date, ended: date | None = None, pauses=(), today: date = TODAY) -> list[Round]:
    return list(rounds(QUARTER, BEGUN, ended, done, pauses, today))


@pytest.mark.parametrize(("day", "in_time"), [(14, True), (15, True), (16, False)])
def test_done_on_its_day_is_in_time_and_the_day_after_is_not(day, in_time):
    first = of(date(2026, 4, day), today=date(2026, 5, 1))[0]
    assert first == Round(date(2026, 4, 15), date(2026, 4, day))
    assert first.in_time is in_time


@pytest.mark.parametrize(("today", "missing"), [(date(2026, 4, 14), 0), (date(2026, 4, 15), 0), (date(2026, 4, 16), 1)])
def test_what_was_not_done_counts_from_the_day_after(today, missing):
    assert len(of(today=today)) == missing


def test_each_time_counts_from_the_last_in_any_order():
    found = of(date(2026, 8, 1), date(2026, 4, 1), today=date(2026, 10, 1))
    assert [(one.due, one.done) for one in found] == [
        (date(2026, 4, 15), date(2026, 4, 1)),
        (date(2026, 7, 1), date(2026, 8, 1)),
    ]
    assert [one.on for one in found] == [date(2026, 4, 1), date(2026, 7, 1)]


@pytest.mark.parametrize(("ended", "missing"), [(date(2026, 4, 15), 0), (date(2026, 4, 16), 1), (date(2026, 3, 1), 0)])
def test_nothing_falls_due_after_the_end(ended, missing):
    assert len(of(ended=ended)) == missing


def test_whoever_is_away_owes_nothing_and_counts_from_the_day_of_return():
    away = [(date(2026, 4, 1), date(2026, 6, 1))]
    assert of(pauses=away, today=date(2026, 9, 1)) == []
    assert of(pauses=away, today=date(2026, 9, 2)) == [Round(date(2026, 9, 1), None)]
    assert of(date(2026, 9, 1), pauses=away, today=date(2026, 9, 2))[0].in_time


def test_whoever_is_not_back_owes_nothing():
    assert of(pauses=[(date(2026, 4, 1), None)]) == []
    assert of(date(2026, 5, 1), pauses=[(date(2026, 4, 1), None)])[0].in_time


def test_a_pause_before_it_began_or_after_it_was_due_changes_nothing():
    assert of(pauses=[(date(2025, 4, 1), date(2025, 6, 1))], today=date(2026, 4, 16)) == [
        Round(date(2026, 4, 15), None)
    ]
    assert of(pauses=[(date(2026, 5, 1), date(2026, 6, 1))], today=date(2026, 6, 2)) == [Round(date(2026, 4, 15), None)]


def test_what_was_done_before_it_began_is_nothing():
    assert of(date(2026, 1, 1), today=date(2026, 2, 1)) == []


def test_those_that_count_by_a_day_within_are_those_of_all():
    """On the first and the last day too; done late, they count by the day on which they fell due."""
    done = [date(2026, 4, 15), date(2026, 7, 20), date(2026, 10, 1)]
    everything = of(*done)
    for first in (date(2026, 4, 15), date(2026, 4, 16), date(2026, 7, 15), date(2026, 7, 16)):
        for last in (date(2026, 7, 14), date(2026, 7, 15), date(2026, 10, 1), TODAY):
            within = list(rounds(QUARTER, BEGUN, None, done, (), TODAY, (first, last)))
            assert within == [one for one in everything if first <= one.on <= last]
    assert list(rounds(QUARTER, BEGUN, None, [], (), TODAY, (date(2026, 5, 1), TODAY))) == []
