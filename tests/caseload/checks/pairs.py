"""Rows for tests of the checks of matches: pairs of people of their own, and what is said to them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from kithwork.accounts.models import User
from kithwork.caseload.models import Contact, Match, Mentor, Practice
from tests.caseload.checks.put import AT
from tests.running import a_match, a_mentee

DAY = timedelta(days=1)
SINCE = date(2025, 11, 23)  # the first day of the year that ends on AT
BOTH = ["mentees", "mentors"]
Pair = Callable[..., Match]


def a_pair(
    practice: Practice,
    by: User,
    *,
    mentee: dict[str, Any] | None = None,
    mentor: dict[str, Any] | None = None,
    **more: Any,
) -> Match:
    """A match of two people who came long ago, introduced and met 30 days before AT."""
    number, came = Match.objects.count(), date(2020, 1, 1)
    one = a_mentee(practice.service, AT, f"Cai {number}", **{"came_on": came, "accepted_on": came, **(mentee or {})})
    applied = {"name": f"Mab {number}", "applied_on": came, "accepted_on": came, **(mentor or {})}
    return a_match(one, Mentor.objects.create(service=practice.service, **applied), by, AT, **more)


def said(match: Match, on: date, *kinds: str, **more: Any) -> None:
    """Contact of staff with either side or the referrer, or a meeting."""
    for kind in kinds:
        meeting = kind == "meeting"
        Contact.objects.create(
            service=match.service,
            kind=kind,
            mentee=match.mentee if kind != "mentor" else None,
            mentor=match.mentor if meeting or kind == "mentor" else None,
            match=match if meeting else None,
            on=on,
            **more,
        )
