"""Days as people write them into spreadsheets."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from kithwork.core.tables.shape import Value

_MONTHS = (
    ("january", "ionawr"),
    ("february", "chwefror"),
    ("march", "mawrth"),
    ("april", "ebrill"),
    ("may", "mai"),
    ("june", "mehefin"),
    ("july", "gorffennaf"),
    ("august", "awst"),
    ("september", "medi"),
    ("october", "hydref"),
    ("november", "tachwedd"),
    ("december", "rhagfyr"),
)
_MONTH = {name[:n]: at for at, names in enumerate(_MONTHS, 1) for name in names for n in range(3, len(name) + 1)}
_MONTH["sept"] = 9
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_RUN = re.compile(r"(?:19|20)\d{6}")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.\-/]*(?:of\s+)?([^\W\d_]{3,12})\.?[\s,.\-/]*(\d{4}|\d{2})")
_NAMED_FIRST = re.compile(r"([^\W\d_]{3,12})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})")
_WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?[,.]?\s+", re.IGNORECASE)
_CLOCK = re.compile(r"[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(am|pm|z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
_BEGINNING = date(1899, 12, 30)  # of Excel's count of days, with its leap day that never was
EXAMPLE = "Write it as 5 March 2026 or 05/03/2026."


class NoDay(Exception):
    """A text is no day; the message says why and what to do."""


def day_first(values: Iterable[Value]) -> bool:
    """Whether a column writes the day before the month. It does unless some of its dates can only be read the other way
    round and none can only be read this way.
    """
    first = second = 0
    for value in values:
        if isinstance(value, str) and (found := _FIGURES.fullmatch(_bare(value))):
            one, two = int(found[1]), int(found[2])
            first += one > 12 >= two
            second += two > 12 >= one
    return not (second and not first)


def day_of(value: Value, today: date, *, first: bool = True, past: bool = True) -> date:
    """The day a cell means. `first`: whether day stands before month where only figures do. A year of two digits is the
    last such year that is not still to come, or in this century where the day may be (`past` False).

    Raises NoDay.
    """
    if isinstance(value, date):
        return _within(value, today, past)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _within(_serial(float(value)), today, past)
    said = str(value)
    text = _bare(said)
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _within(_serial(float(text)), today, past)
    year, month, day, short = _parts(text, said, first)
    if short:
        year += 2000
        if past and (year, month, day) > (today.year, today.month, today.day):
            year -= 100
    try:
        found = date(year, month, day)
    except ValueError:
        raise NoDay(f"‘{said}’ is no day of the calendar. {EXAMPLE}") from None
    return _within(found, today, past)


def _bare(text: str) -> str:
    return _CLOCK.sub("", _WEEKDAY.sub("", text.strip())).strip(" .,")


def _parts(text: str, said: str, first: bool) -> tuple[int, int, int, bool]:
    """Year, month, day, and whether the year had two digits."""
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3]), False
    if found := _FIGURES.fullmatch(text):
        one, two, year = int(found[1]), int(found[2]), found[3]
        day, month = (one, two) if first else (two, one)
        if month > 12 >= day:
            other = "day" if first else "month"
            raise NoDay(
                f"‘{said}’ has no month {month}; the other dates of this column write the {other} first. {EXAMPLE}"
            )
        return int(year), month, day, len(year) == 2
    if _RUN.fullmatch(text):
        return int(text[:4]), int(text[4:6]), int(text[6:]), False
    for pattern, at_day, at_month in ((_NAMED, 1, 2), (_NAMED_FIRST, 2, 1)):
        found = pattern.fullmatch(text)
        month = _MONTH.get(found[at_month].casefold(), 0) if found else 0
        if found and month:
            return int(found[3]), month, int(found[at_day]), len(found[3]) == 2
    if re.fullmatch(r"\d{4}", text) or re.fullmatch(r"[^\W\d_]{3,12}\.?\s+\d{2,4}|\d{1,2}/\d{4}", text):
        raise NoDay(f"‘{said}’ has no day of the month. {EXAMPLE}")
    raise NoDay(f"‘{said}’ is not understood as a date. {EXAMPLE}")


def _serial(number: float) -> date:
    if not 1 <= number < 110_000:
        raise NoDay(f"‘{number:g}’ is a number, not a date. {EXAMPLE}")
    return _BEGINNING + timedelta(days=int(number))


def _within(day: date, today: date, past: bool) -> date:
    said = f"{day.day:02}/{day.month:02}/{day.year}"
    if day.year < 1900 or day.year > today.year + 50:
        raise NoDay(f"The year of {said} cannot be right. {EXAMPLE}")
    if past and day > today:
        raise NoDay(f"{said} is still to come. Check the year.")
    return day
