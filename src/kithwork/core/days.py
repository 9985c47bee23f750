"""Days: periods in words, month arithmetic, working days, 'within' and 'valid until'.

Nothing here asks what today is; every date is handed in.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import holidays
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

Unit = Literal["day", "working day", "week", "month", "year"]
Calendar = Literal["england", "scotland", "wales", "northern-ireland"]

_PERIOD = re.compile(r"^\s*(\d{1,4})\s+(day|working day|week|month|year)s?\s*$")
_REGION = {"england": "ENG", "scotland": "SCT", "wales": "WLS", "northern-ireland": "NIR"}


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as people write it: '6 months', '15 working days', '1 year'."""

    count: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Raises ValueError when the text is not a number and one of days, working days, weeks, months, years."""
        found = _PERIOD.match(text)
        if not found or int(found[1]) == 0:
            raise ValueError(f"'{text}' is not a period; write it like '6 months', '2 weeks' or '15 working days'")
        return cls(int(found[1]), found[2])  # type: ignore[arg-type]  # the pattern admits the five units alone

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"

    def after(self, start: date, calendar: Calendar = "england") -> date:
        """The date this long after `start`. Months and years keep the day, or take the month's last one.

        The last date there is, 31 December 9999, when it would lie beyond that.
        """
        match self.unit:
            case "day":
                return add_days(start, self.count)
            case "week":
                return add_days(start, 7 * self.count)
            case "month":
                return add_months(start, self.count)
            case "year":
                return add_months(start, 12 * self.count)
            case "working day":
                return add_working_days(start, self.count, calendar)

    def before(self, end: date) -> date:
        """The date this long before `end`, or the first date there is. Raises ValueError for working days."""
        match self.unit:
            case "day":
                return add_days(end, -self.count)
            case "week":
                return add_days(end, -7 * self.count)
            case "month":
                return add_months(end, -self.count)
            case "year":
                return add_months(end, -12 * self.count)
            case "working day":
                raise ValueError("a period of working days cannot be counted backwards")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        def build(value: object) -> "Period":
            if isinstance(value, Period):
                return value
            if isinstance(value, str):
                return cls.parse(value)
            raise ValueError("a period is text, such as '6 months'")

        return core_schema.no_info_plain_validator_function(
            build, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )


def add_days(start: date, days: int) -> date:
    """So many days later, or earlier where `days` is negative; the last or the first date there is when beyond that."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def add_months(start: date, months: int) -> date:
    """The same day of the month, `months` later; the month's last day where there is no such day.

    The last or the first date there is when it would lie beyond that.
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=256)
def bank_holidays(year: int, calendar: Calendar) -> frozenset[date]:
    """The bank holidays of a year, from the `holidays` library."""
    return frozenset(holidays.country_holidays("GB", subdiv=_REGION[calendar], years=year))


def is_working_day(day: date, calendar: Calendar = "england") -> bool:
    return day.weekday() < 5 and day not in bank_holidays(day.year, calendar)


def add_working_days(start: date, count: int, calendar: Calendar = "england") -> date:
    """The count-th working day after `start`, which is itself not counted; never beyond the last date there is."""
    day = start
    while count and day < date.max:
        day += timedelta(days=1)
        if is_working_day(day, calendar):
            count -= 1
    return day


def last_valid_day(granted: date, valid: Period) -> date:
    """The last day on which something granted on that day still holds: '3 years' from 1 March ends on the last of
    February.
    """
    return valid.after(granted) - timedelta(days=1)


def too_old(dated: date, fresh: Period, today: date) -> bool:
    """Whether a document of that date is older than the period allows; on the anniversary itself it still counts."""
    return fresh.after(dated) < today


def still_within(period: Period, today: date) -> date:
    """The earliest day from which `period` has not run out by `today`: whatever was last done before it is overdue.

    Not simply `period.before(today)`, because months differ in length: on 31 May a quarter reaches back to 1 March,
    for from 28 February it has run out on 28 May. Raises ValueError for working days.
    """
    day = period.before(today)
    while period.after(day) < today:
        day += timedelta(days=1)
    while day > date.min and period.after(day - timedelta(days=1)) >= today:
        day -= timedelta(days=1)
    return day


def counts_until(dated: date, fresh: Period) -> date:
    """The last day on which a document of that date is fresh."""
    return fresh.after(dated)
