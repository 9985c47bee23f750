"""Questions and answers beside the evidence."""

from datetime import date

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.evidence.actions.ground import log
from kithwork.evidence.models import Remark
from kithwork.journeys.models import Journey
from kithwork.ledger.acts import Act


@transaction.atomic
def remark(*, journey: Journey, slot: str, text: str, side: str, by: User, today: date) -> Remark:
    """A question or an answer in a slot's thread."""
    if not text.strip():
        raise Refused("Write something first.")
    row = Remark.objects.create(journey=journey, slot=slot, text=text.strip(), side=side, on=today, by=by)
    log(Act.EVIDENCE_REMARKED, journey, by, slot=slot, side=side)
    return row
