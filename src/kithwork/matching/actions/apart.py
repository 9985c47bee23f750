"""Two who are not to be proposed to each other."""

from datetime import datetime

from django.db import IntegrityError, transaction

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Mentee, Mentor, Practice
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.matching.actions.searching import again
from kithwork.matching.models import KeptApart


@transaction.atomic
def keep_apart(
    *, practice: Practice, mentee: Mentee, mentor: Mentor, kind: KeptApart.Kind, because: str, by: User, now: datetime
) -> KeptApart:
    """These two are not proposed any more, and nobody can propose them; what is proposed is found anew. Writes the
    ledger. Raises Refused without a reason, for two services, and where they are kept apart already.
    """
    row = note(practice=practice, mentee=mentee, mentor=mentor, kind=kind, because=because, by=by)
    again(practice=practice, by=by, now=now)
    return row


def note(
    *, practice: Practice, mentee: Mentee, mentor: Mentor, kind: KeptApart.Kind, because: str, by: User
) -> KeptApart:
    """The row alone, within somebody else's transaction."""
    if not because.strip():
        raise Refused("Say why these two are kept apart.")
    if {mentee.service_id, mentor.service_id} != {practice.service_id}:
        raise Refused("These two are not of the same service.")
    try:
        with transaction.atomic():
            row = KeptApart.objects.create(
                service=practice.service, mentee=mentee, mentor=mentor, kind=kind, because=because.strip(), by=by
            )
    except IntegrityError as fault:
        raise Refused("These two are kept apart already.") from fault
    log(Act.CASELOAD_RECORDED, row, service=practice.service, by=by, what="kept apart", kind=kind.value)
    return row


@transaction.atomic
def let_together(*, practice: Practice, apart: KeptApart, by: User, now: datetime) -> KeptApart:
    """From now on they may be proposed again. Writes the ledger. Raises Refused where that has been said already."""
    row = KeptApart.objects.select_for_update().get(pk=apart.pk)
    if row.ended_at is not None:
        raise Refused("These two are not kept apart any more.")
    row.ended_at, row.ended_by = now, by
    row.save(update_fields=["ended_at", "ended_by"])
    log(Act.CASELOAD_ENDED, row, service=practice.service, by=by, what="kept apart")
    again(practice=practice, by=by, now=now)
    return row
