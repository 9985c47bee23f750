"""Where the two cannot agree: raised, arbitrated by somebody else, settled (002)."""

from datetime import date

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.caseload.actions.following import not_to_come
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Dispute, Match
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act

RAISED_BY = {"mentee": "The mentee", "mentor": "The mentor", "staff": "A member of staff"}


@transaction.atomic
def raise_dispute(*, match: Match, on: date, raised_by: str, what: str, by: User, today: date) -> Dispute:
    """Note a dispute. `raised_by` is one of RAISED_BY. Writes the ledger."""
    not_to_come(on, today)
    if match.introduced_on is None or on < match.introduced_on:
        raise Refused("A dispute comes after the introduction.")
    row = Dispute.objects.create(match=match, raised_on=on, raised_by=raised_by, what=what, by=by)
    log(Act.CASELOAD_RECORDED, row, service=match.service, by=by, match=match.ref, raised_by=raised_by)
    return row


@transaction.atomic
def arbitrate(*, dispute: Dispute, match: Match, arbiter: str, on: date, by: User, today: date) -> Dispute:
    """Name who arbitrates: neither of the two. Another can be named while it is open. Writes the ledger."""
    not_to_come(on, today)
    parties = {match.mentee.name, match.mentee.known_as, match.mentor.name, match.mentor.known_as}
    if arbiter.strip().casefold() in {name.casefold() for name in parties if name}:
        raise Refused("Somebody else has to arbitrate: neither the mentee nor the mentor.")
    if on < dispute.raised_on:
        raise Refused("Somebody arbitrates from the day the dispute was raised, or later.")
    fresh = _open(dispute)
    fresh.arbiter, fresh.arbiter_since = arbiter.strip(), on
    fresh.save(update_fields=["arbiter", "arbiter_since"])
    log(Act.CASELOAD_CHANGED, fresh, service=match.service, by=by, match=match.ref, fields=["arbiter"])
    return fresh


@transaction.atomic
def settle(*, dispute: Dispute, match: Match, outcome: str, on: date, by: User, today: date) -> Dispute:
    """Close it with what was agreed or decided. Raises Refused before anybody arbitrates. Writes the ledger."""
    not_to_come(on, today)
    fresh = _open(dispute)
    if not fresh.arbiter:
        raise Refused("Name first who arbitrates.")
    if on < (fresh.arbiter_since or fresh.raised_on):
        raise Refused("It was settled after somebody began to arbitrate.")
    fresh.outcome, fresh.settled_on = outcome.strip(), on
    fresh.save(update_fields=["outcome", "settled_on"])
    log(Act.CASELOAD_ENDED, fresh, service=match.service, by=by, match=match.ref)
    return fresh


def _open(dispute: Dispute) -> Dispute:
    fresh = Dispute.objects.select_for_update().get(pk=dispute.pk)
    if fresh.settled_on is not None:
        raise Refused("This dispute has been settled meanwhile.")
    return fresh
