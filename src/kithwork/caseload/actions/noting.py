"""What was done before a match came from a spreadsheet, noted afterwards."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.actions.matches import locked
from kithwork.caseload.models import Match
from kithwork.caseload.queries.moving import import_of
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act


@transaction.atomic
def note_before(
    *,
    match: Match,
    by: User,
    today: date,
    rationale: str = "",
    mentee_told_on: date | None = None,
    mentor_told_on: date | None = None,
    introduced_by: str = "",
) -> Match:
    """Note why the two were matched, when each heard the reasons, and who introduced them, of a match that was brought
    in from a spreadsheet. It is marked as noted later, and by whom. Writes the ledger.

    What is on record stays; of what is given, only what is missing is taken. Raises Refused for a match that was made
    here, when nothing new is given, and for a day after the introduction or not before the spreadsheet was brought in.
    """
    fresh = locked(match)
    brought = import_of(fresh)
    if brought is None or brought.brought_at is None:
        raise Refused("This match was made here, so that what was done for it is noted when it is done.")
    given: Mapping[str, str | date | None] = {
        "rationale": rationale.strip(),
        "mentee_told_on": mentee_told_on,
        "mentor_told_on": mentor_told_on,
        "introduced_by": introduced_by.strip(),
    }
    new = {name: value for name, value in given.items() if value and not getattr(fresh, name)}
    if not new:
        raise Refused("Say at least one thing that is not on record yet.")
    for day in (value for value in new.values() if isinstance(value, date)):
        if fresh.introduced_on is not None and day > fresh.introduced_on:
            raise Refused("The reasons are explained before the two are introduced, or on that day.")
        if day >= timezone.localdate(brought.brought_at):
            raise Refused("Only what was done before the spreadsheet was brought in is noted here.")
    for name, value in new.items():
        setattr(fresh, name, value)
    fresh.noted_on, fresh.noted_by = today, by
    fresh.save(update_fields=[*new, "noted_on", "noted_by"])
    days: dict[str, Any] = {name: value.isoformat() for name, value in new.items() if isinstance(value, date)}
    log(Act.CASELOAD_RECORDED, fresh, service=match.service, by=by, step="noted later", fields=sorted(new), **days)
    return fresh
