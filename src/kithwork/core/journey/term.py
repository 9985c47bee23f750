"""Until when what is granted holds."""

from datetime import date

from kithwork.core.days import last_valid_day
from kithwork.core.journey.position import Position
from kithwork.core.schemes.model import Edition


def term(edition: Edition, position: Position, granted: date) -> date | None:
    """The last valid day of an award granted on that day; None when it never ends.

    A higher level reached within a running award keeps that award's end: only what is new has been looked at.
    """
    if position.granted and position.granted.until:
        return position.granted.until
    return last_valid_day(granted, edition.credential.valid) if edition.credential.valid else None
