"""Risk assessments of a mentee: of the person, of what the match does together, of the home."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Mentee, Practice, RiskAssessment
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act

Kind = RiskAssessment.Kind
Level = RiskAssessment.Level


@transaction.atomic
def assess(
    *,
    mentee: Mentee,
    practice: Practice,
    kind: RiskAssessment.Kind,
    on: date,
    level: RiskAssessment.Level,
    by: User,
    findings: str = "",
    actions: str = "",
    actions_due: date | None = None,
) -> RiskAssessment:
    """A new assessment; it counts from its day in place of the one before. Writes the ledger, never the findings.

    Raises Refused when the day is still to come, the service visits no homes and it is of the home, or there is a day
    by which something is to be done and nothing to do.
    """
    if on > timezone.localdate():
        raise Refused("This day is still to come.")
    if kind == Kind.HOME and not practice.visits_homes:
        raise Refused("This service does not visit homes, so there is no home to assess.")
    if actions_due is not None and not actions.strip():
        raise Refused("Say what is to be done by that day.")
    row = RiskAssessment.objects.create(
        mentee=mentee,
        kind=kind,
        on=on,
        level=level,
        findings=findings,
        actions=actions,
        actions_due=actions_due,
        by=by,
    )
    log(
        Act.CASELOAD_RECORDED,
        row,
        service=practice.service,
        by=by,
        what="risk",
        kind=kind.value,
        level=level.value,
        on=on.isoformat(),
    )
    return row


@transaction.atomic
def act_on(*, risk: RiskAssessment, on: date, by: User) -> RiskAssessment:
    """What was to be done has been done. Writes the ledger. Raises Refused when it was, or nothing was to be done."""
    locked = RiskAssessment.objects.select_for_update(of=("self",)).select_related("mentee__service").get(pk=risk.pk)
    if not locked.actions:
        raise Refused("Nothing was to be done.")
    if locked.actions_done_on is not None:
        raise Refused("Somebody has recorded this as done meanwhile.")
    if on < locked.on or on > timezone.localdate():
        raise Refused("This day is before the assessment, or still to come.")
    locked.actions_done_on = on
    locked.save(update_fields=["actions_done_on"])
    log(Act.CASELOAD_CHANGED, locked, service=locked.mentee.service, by=by, what="risk", done=on.isoformat())
    return locked
