"""Until when what is granted holds."""

from datetime import date

from kithwork.core.days import add_days, last_valid_day
from kithwork.core.journey.position import Position
from kithwork.core.schemes.model import Edition


def term(edition: Edition, position: Position, granted: date) -> date | None:
    """The last valid day of an award granted on that day; None when it never ends.

    A higher level reached within a running award keeps that award's end: only what is new has been looked at.
    A renewal granted before the old term is over, or within its days of grace, runs on from the old end.
    """
    if position.granted and position.granted.until:
        return position.granted.until
    if not edition.credential.valid:
        return None
    return last_valid_day(begins(edition, position.prior_end, granted), edition.credential.valid)


def begins(edition: Edition, prior_end: date | None, granted: date) -> date:
    """The first day of the term of an award granted on that day; `prior_end` is the last day of what it renews."""
    if prior_end is None or granted > in_grace_until(edition, prior_end):
        return granted
    return add_days(prior_end, 1)


def in_grace_until(edition: Edition, end: date) -> date:
    """The last day on which what ends on that day can be renewed without a gap."""
    grace = edition.renewal.grace if edition.renewal else None
    return grace.after(end, edition.scheme.calendar) if grace else end
