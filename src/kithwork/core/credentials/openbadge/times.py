"""Moments as credentials write them."""

import calendar
import re
from datetime import date, datetime

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")


def read_moment(text: object) -> datetime | None:
    """A moment of XML Schema with its zone; None when it is none."""
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text))
    except ValueError:
        return None


def day_in_words(text: str) -> str:
    """The day with which a moment begins, as people write it: '3 March 2027'. Anything else as it is, cut short."""
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        return text[:10]
    return f"{found.day} {calendar.month_name[found.month]} {found.year}"
