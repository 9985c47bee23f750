"""The one place where cells are made safe for a spreadsheet, and read back as they were."""

from decimal import Decimal

RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take what begins so for a formula
MARK = "'"


def safe(value: object) -> str:
    """One cell of a CSV: text that a spreadsheet would run as a formula gets an apostrophe before it.

    Numbers stay numbers. Text that begins with apostrophes before such a sign gets one more, so that `unsafe` can tell
    what was there. Source: OWASP, CSV injection.
    """
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal):
        return str(value)
    text = str(value)
    return f"{MARK}{text}" if text.lstrip(MARK).startswith(RISKY) else text


def unsafe(text: str) -> str:
    """What `safe` was given, for text."""
    return text[1:] if text.startswith(MARK) and text.lstrip(MARK).startswith(RISKY) else text
