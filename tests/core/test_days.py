"""Periods, months, working days, and how long something holds or counts as fresh."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from kithwork.core.days import (
    Calendar,
    Period,
    Unit,
    add_months,
    add_working_days,
    bank_holidays,
    counts_until,
    is_working_day,
    last_valid_day,
    too_old,
)

UNITS: tuple[Unit, ...] = ("day", "working day", "week", "month", "year")
CALENDARS: tuple[Calendar, ...] = ("england", "scotland", "wales", "northern-ireland")

# Dates whose sums stay within the years that the holidays library knows and that Python can hold.
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
PERIODS = st.builds(Period, st.integers(1, 60), st.sampled_from(UNITS))
PLAIN_PERIODS = st.builds(
    Period, st.integers(1, 60), st.sampled_from([unit for unit in UNITS if unit != "working day"])
)

unhurried = settings(deadline=None)  # the machine is shared


# Periods in words


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("6 months", 6, "month"),
        ("1 year", 1, "year"),
        ("15 working days", 15, "working day"),
        ("1 working day", 1, "working day"),
        ("2 week", 2, "week"),
        ("  10   days ", 10, "day"),
        ("007 days", 7, "day"),
        ("9999 days", 9999, "day"),
    ],
)
def test_a_period_is_read_as_people_write_it(text: str, count: int, unit: Unit) -> None:
    assert Period.parse(text) == Period(count, unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "6",
        "months",
        "six months",
        "0 days",
        "-1 day",
        "1.5 years",
        "6 Months",
        "6months",
        "10000 days",
        "3 fortnights",
        "6 months 2 days",
        "2 working weeks",
        "6 monthss",
        "1 workingday",
    ],
)
def test_other_words_are_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="is not a period; write it like '6 months'"):
        Period.parse(text)


@unhurried
@given(st.builds(Period, st.integers(1, 9999), st.sampled_from(UNITS)))
def test_a_period_is_read_back_from_its_own_words(period: Period) -> None:
    assert Period.parse(str(period)) == period


def test_one_is_not_several() -> None:
    assert [str(Period(1, unit)) for unit in UNITS] == ["1 day", "1 working day", "1 week", "1 month", "1 year"]
    assert [str(Period(2, unit)) for unit in UNITS] == ["2 days", "2 working days", "2 weeks", "2 months", "2 years"]


def test_a_model_reads_and_writes_a_period_as_text() -> None:
    class Rule(BaseModel):
        within: Period

    assert Rule.model_validate({"within": "6 months"}).within == Period(6, "month")
    assert Rule(within=Period(6, "month")).model_dump() == {"within": "6 months"}
    assert Rule.model_validate_json('{"within": "1 year"}').model_dump_json() == '{"within":"1 year"}'
    for wrong in ("soon", 6, None):
        with pytest.raises(ValidationError, match="period"):
            Rule.model_validate({"within": wrong})


# Months and years


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2100, 1, 29), 1, date(2100, 2, 28)),  # 2100 is no leap year
        (date(2000, 1, 30), 1, date(2000, 2, 29)),  # 2000 is one
        (date(2024, 8, 31), 1, date(2024, 9, 30)),
        (date(2024, 12, 31), 2, date(2025, 2, 28)),
        (date(2024, 11, 30), 1, date(2024, 12, 30)),
        (date(2024, 12, 1), 1, date(2025, 1, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 1, 15), -1, date(2023, 12, 15)),
        (date(2024, 1, 31), -13, date(2022, 12, 31)),
        (date(2024, 5, 5), 0, date(2024, 5, 5)),
    ],
)
def test_months_keep_the_day_or_take_the_last_one(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


@unhurried
@given(DAYS, st.integers(-600, 600))
def test_months_lead_to_that_month_and_no_later_day(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@unhurried
@given(DAYS, DAYS, st.integers(-600, 600))
def test_months_keep_the_order_of_days(one: date, other: date, months: int) -> None:
    first, second = sorted([one, other])
    assert add_months(first, months) <= add_months(second, months)


# Working days


@pytest.mark.parametrize(
    ("start", "count", "calendar", "end"),
    [
        (date(2024, 9, 5), 1, "england", date(2024, 9, 6)),
        (date(2024, 9, 6), 1, "england", date(2024, 9, 9)),  # over a weekend
        (date(2024, 9, 7), 1, "england", date(2024, 9, 9)),  # from a Saturday
        (date(2024, 9, 6), 15, "england", date(2024, 9, 27)),
        # Christmas 2024: Wednesday and Thursday are holidays everywhere; 2 January is one in Scotland alone.
        (date(2024, 12, 24), 1, "england", date(2024, 12, 27)),
        (date(2024, 12, 24), 4, "england", date(2025, 1, 2)),
        (date(2024, 12, 24), 4, "scotland", date(2025, 1, 3)),
        # Christmas 2021 fell on a weekend: Monday 27 and Tuesday 28 December instead.
        (date(2021, 12, 24), 1, "england", date(2021, 12, 29)),
        (date(2021, 12, 24), 4, "england", date(2022, 1, 4)),
        (date(2021, 12, 24), 4, "scotland", date(2022, 1, 5)),  # Monday 3 for New Year, Tuesday 4 for 2 January
        # Easter 2024: Good Friday on 29 March everywhere, Easter Monday on 1 April not in Scotland.
        (date(2024, 3, 28), 1, "england", date(2024, 4, 2)),
        (date(2024, 3, 28), 1, "scotland", date(2024, 4, 1)),
        (date(2024, 3, 28), 1, "wales", date(2024, 4, 2)),
        (date(2024, 3, 28), 1, "northern-ireland", date(2024, 4, 2)),
        # Summer: the first Monday of August in Scotland, the last elsewhere.
        (date(2024, 8, 2), 1, "scotland", date(2024, 8, 6)),
        (date(2024, 8, 2), 1, "england", date(2024, 8, 5)),
        (date(2024, 8, 23), 1, "england", date(2024, 8, 27)),
        (date(2024, 8, 23), 1, "scotland", date(2024, 8, 26)),
        # St Patrick's day and the twelfth of July in Northern Ireland alone, St Andrew's in Scotland alone.
        (date(2025, 3, 14), 1, "northern-ireland", date(2025, 3, 18)),
        (date(2024, 7, 11), 1, "northern-ireland", date(2024, 7, 15)),
        (date(2026, 11, 27), 1, "scotland", date(2026, 12, 1)),
    ],
)
def test_working_days_pass_over_weekends_and_bank_holidays(
    start: date, count: int, calendar: Calendar, end: date
) -> None:
    assert add_working_days(start, count, calendar) == end
    assert Period(count, "working day").after(start, calendar) == end


@pytest.mark.parametrize(
    ("calendar", "days"),
    [
        ("england", [(1, 1), (4, 18), (4, 21), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26)]),
        ("wales", [(1, 1), (4, 18), (4, 21), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26)]),
        # St Andrew's day, a Sunday in 2025, is kept on Monday.
        ("scotland", [(1, 1), (1, 2), (4, 18), (5, 5), (5, 26), (8, 4), (12, 1), (12, 25), (12, 26)]),
    ],
)
def test_the_bank_holidays_of_2025_are_those_of_gov_uk(calendar: Calendar, days: list[tuple[int, int]]) -> None:
    kept = {day for day in bank_holidays(2025, calendar) if day.strftime("%a") not in {"Sat", "Sun"}}
    assert kept == {date(2025, month, day) for month, day in days}


@unhurried
@given(DAYS, st.integers(1, 60), st.sampled_from(CALENDARS))
def test_that_many_working_days_lie_between(start: date, count: int, calendar: Calendar) -> None:
    end = add_working_days(start, count, calendar)
    between = [start + timedelta(days=day) for day in range(1, (end - start).days + 1)]
    assert sum(is_working_day(day, calendar) for day in between) == count
    assert is_working_day(end, calendar)


@unhurried
@given(DAYS, st.sampled_from(CALENDARS))
def test_no_work_is_done_at_the_weekend(day: date, calendar: Calendar) -> None:
    assert not (is_working_day(day, calendar) and day.strftime("%a") in {"Sat", "Sun"})


def test_no_working_days_lead_nowhere() -> None:
    assert add_working_days(date(2024, 9, 7), 0) == date(2024, 9, 7)


# After and before


@pytest.mark.parametrize(
    ("period", "after", "before"),
    [
        ("10 days", date(2024, 3, 10), date(2024, 2, 19)),
        ("2 weeks", date(2024, 3, 14), date(2024, 2, 15)),
        ("1 month", date(2024, 3, 29), date(2024, 1, 29)),
        ("1 year", date(2025, 2, 28), date(2023, 2, 28)),
        ("4 years", date(2028, 2, 29), date(2020, 2, 29)),
    ],
)
def test_a_period_after_and_before_a_leap_day(period: str, after: date, before: date) -> None:
    leap = date(2024, 2, 29)
    assert (Period.parse(period).after(leap), Period.parse(period).before(leap)) == (after, before)


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="cannot be counted backwards"):
        Period(5, "working day").before(date(2024, 9, 6))


@unhurried
@given(DAYS, PERIODS, st.sampled_from(CALENDARS))
def test_after_is_after(start: date, period: Period, calendar: Calendar) -> None:
    assert period.after(start, calendar) > start


@unhurried
@given(DAYS, PLAIN_PERIODS)
def test_before_is_before_and_comes_back_no_later(end: date, period: Period) -> None:
    start = period.before(end)
    assert start < end
    assert end - timedelta(days=3) <= period.after(start) <= end  # February takes up to three days of a month's end


@unhurried
@given(DAYS, DAYS, PERIODS, st.sampled_from(CALENDARS))
def test_who_starts_earlier_is_due_no_later(one: date, other: date, period: Period, calendar: Calendar) -> None:
    first, second = sorted([one, other])
    assert period.after(first, calendar) <= period.after(second, calendar)


@unhurried
@given(DAYS, PERIODS, st.integers(1, 30))
def test_the_longer_period_ends_later(start: date, period: Period, more: int) -> None:
    assert period.after(start) < Period(period.count + more, period.unit).after(start)


@unhurried
@given(DAYS, st.integers(1, 20))
def test_units_agree_where_they_must(start: date, count: int) -> None:
    assert Period(count, "week").after(start) == Period(7 * count, "day").after(start)
    assert Period(count, "year").after(start) == Period(12 * count, "month").after(start)
    assert Period(count, "working day").after(start) >= Period(count, "day").after(start)


def test_beyond_the_calendar_lies_its_last_day() -> None:
    far, early = date(2026, 11, 22), date(1, 1, 5)
    assert Period.parse("9999 years").after(far) == date.max
    assert Period.parse("9999 years").before(far) == date.min
    assert Period.parse("9999 months").after(date(9990, 1, 1)) == date.max
    for unit in UNITS:
        assert Period(9999, unit).after(date(9999, 12, 30)) == date.max
        assert Period(2, unit).after(date.max) == date.max
    for unit in UNITS:
        if unit != "working day":
            assert Period(9999, unit).before(early) == date.min
    assert Period(7973, "year").after(far) == date(9999, 11, 22), "the last that fits is still exact"
    assert Period(7974, "year").after(far) == date.max
    assert counts_until(far, Period(9999, "year")) == date.max
    assert not too_old(far, Period(9999, "year"), far)


# How long something holds


@pytest.mark.parametrize(
    ("granted", "valid", "last"),
    [
        (date(2024, 3, 1), "3 years", date(2027, 2, 28)),
        (date(2025, 3, 1), "3 years", date(2028, 2, 29)),
        (date(2024, 2, 29), "3 years", date(2027, 2, 27)),
        (date(2024, 2, 29), "4 years", date(2028, 2, 28)),
        (date(2024, 1, 1), "1 year", date(2024, 12, 31)),
        (date(2024, 8, 31), "6 months", date(2025, 2, 27)),
        (date(2024, 5, 5), "1 day", date(2024, 5, 5)),
    ],
)
def test_something_holds_until_the_day_before_it_is_due_again(granted: date, valid: str, last: date) -> None:
    assert last_valid_day(granted, Period.parse(valid)) == last


@unhurried
@given(DAYS, PLAIN_PERIODS)
def test_what_is_granted_holds_at_least_that_day(granted: date, valid: Period) -> None:
    assert granted <= last_valid_day(granted, valid) < valid.after(granted)


@pytest.mark.parametrize(
    ("dated", "fresh", "edge"),
    [
        (date(2021, 6, 15), "3 years", date(2024, 6, 15)),
        (date(2024, 2, 29), "1 year", date(2025, 2, 28)),
        (date(2023, 11, 30), "3 months", date(2024, 2, 29)),
        (date(2024, 6, 3), "2 weeks", date(2024, 6, 17)),
        (date(2024, 12, 24), "1 working day", date(2024, 12, 27)),
    ],
)
def test_a_document_is_too_old_from_the_day_after(dated: date, fresh: str, edge: date) -> None:
    period, day = Period.parse(fresh), timedelta(days=1)
    assert [too_old(dated, period, today) for today in (edge - day, edge, edge + day)] == [False, False, True]
    assert counts_until(dated, period) == edge


@unhurried
@given(DAYS, PERIODS, DAYS)
def test_a_document_counts_until_its_last_day_and_no_longer(dated: date, fresh: Period, today: date) -> None:
    assert too_old(dated, fresh, today) == (today > counts_until(dated, fresh))


@unhurried
@given(DAYS, PERIODS, DAYS, st.integers(0, 400))
def test_what_is_too_old_stays_so(dated: date, fresh: Period, today: date, later: int) -> None:
    assert too_old(dated, fresh, today) <= too_old(dated, fresh, today + timedelta(days=later))
    assert too_old(dated, fresh, today) <= too_old(dated - timedelta(days=later), fresh, today)
