"""Whether a document still counts for a requirement, and until when."""

from dataclasses import dataclass
from datetime import date

from kithwork.core.days import counts_until
from kithwork.core.schemes.model import Requirement
from kithwork.core.verdict import YES, Verdict, no

SOON_DAYS = 60  # how long before its end a document is marked as running out


@dataclass(frozen=True, slots=True)
class Freshness:
    """`until`: the last day it counts (None: no limit); `soon`: that day is near; `verdict`: whether it counts
    today.
    """

    until: date | None
    soon: bool
    verdict: Verdict


def freshness(requirement: Requirement | None, dated: date | None, today: date) -> Freshness:
    """A requirement without a limit takes any document; one with a limit needs the document's date."""
    if dated is not None and dated > today:
        return Freshness(None, False, no("The date of the document lies in the future."))
    if requirement is None or requirement.fresh is None:
        return Freshness(None, False, YES)
    if dated is None:
        return Freshness(None, False, no(f"Give the date of the document: it may be at most {requirement.fresh} old."))
    until = counts_until(dated, requirement.fresh)
    if today > until:
        return Freshness(
            until,
            False,
            no(f"It counted until {until:%-d %B %Y}: a document for this may be at most {requirement.fresh} old."),
        )
    return Freshness(until, (until - today).days <= SOON_DAYS, YES)
