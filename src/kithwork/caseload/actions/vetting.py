"""Vetting, of which the outcome alone is kept; and exemptions, which end by themselves."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.actions.mentors import lasting, present
from kithwork.caseload.models import Exemption, Mentor, Practice, Vetting
from kithwork.core.days import add_months
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act

Outcome = Vetting.Outcome
_LONGEST_EXEMPTION = 6  # months; what lasts longer is a change of the service's rules


def counts_until(on: date, practice: Practice) -> date | None:
    """The last day on which a check of that date counts; None where the service's checks do not run out."""
    if not practice.vetting_years:
        return None
    return add_months(on, 12 * practice.vetting_years) - timedelta(days=1)


@transaction.atomic
def ask(*, mentor: Mentor, level: Vetting.Level, on: date, by: User) -> Vetting:
    """A check was asked for. Writes the ledger. Raises Refused while another is awaited, or for a day to come."""
    locked = present(mentor)
    if on > timezone.localdate():
        raise Refused("This day is still to come.")
    if locked.vettings.filter(outcome=Outcome.ASKED).exists():
        raise Refused("A check is awaited already. Record its outcome first.")
    row = Vetting.objects.create(mentor=locked, level=level, asked_on=on, by=by)
    log(Act.CASELOAD_RECORDED, row, service=mentor.service, by=by, what="vetting", mentor=mentor.ref, level=str(level))
    return row


@transaction.atomic
def record_outcome(
    *, vetting: Vetting, practice: Practice, clear: bool, on: date, update_service: bool, by: User
) -> Vetting:
    """The outcome and the certificate's date; how long it counts follows from the service's years. Never what the
    certificate says. Writes the ledger.

    Raises Refused when the outcome is recorded already, or for a day to come.
    """
    mentor = present(vetting.mentor)
    row = Vetting.objects.select_for_update().get(pk=vetting.pk)
    if row.outcome != Outcome.ASKED:
        raise Refused("The outcome is recorded already. Ask for a new check to record another.")
    if on > timezone.localdate():
        raise Refused("This day is still to come.")
    row.outcome, row.on = Outcome.CLEAR if clear else Outcome.UNSUITABLE, on
    row.expires_on = counts_until(on, practice) if clear else None
    row.update_service = update_service
    row.save(update_fields=["outcome", "on", "expires_on", "update_service"])
    log(Act.CASELOAD_DECIDED, row, service=mentor.service, by=by, what="vetting", mentor=mentor.ref, clear=clear)
    return row


@transaction.atomic
def look_up(*, vetting: Vetting, practice: Practice, on: date, unchanged: bool, prolongs: bool, by: User) -> Vetting:
    """The update service was looked up. By itself that prolongs nothing: `prolongs` records that the service counts its
    check on from that day, as a new row. Something changed: the check no longer counts, and a new one is needed.

    Writes the ledger. Raises Refused for a check that is not clear or not with the update service, or a day out of
    order.
    """
    mentor = present(vetting.mentor)
    row = Vetting.objects.select_for_update().get(pk=vetting.pk)
    latest = mentor.vettings.exclude(outcome=Outcome.ASKED).order_by("on", "pk").last()
    if row.outcome != Outcome.CLEAR or not row.update_service or latest is None or latest.pk != row.pk:
        raise Refused("Only the latest clear check that is with the update service can be looked up.")
    if on > timezone.localdate():
        raise Refused("This day is still to come.")
    if row.on is not None and on < row.on:
        raise Refused("This day is before the certificate.")
    row.looked_up_on = on
    row.save(update_fields=["looked_up_on"])
    if prolongs or not unchanged:
        row = Vetting.objects.create(
            mentor=mentor,
            level=row.level,
            asked_on=on,
            outcome=Outcome.CLEAR if unchanged else Outcome.UNSUITABLE,
            on=on,
            expires_on=counts_until(on, practice) if unchanged else None,
            update_service=unchanged,
            looked_up_on=on,
            by=by,
        )
    log(
        Act.CASELOAD_CHANGED,
        row,
        service=mentor.service,
        by=by,
        what="vetting",
        mentor=mentor.ref,
        looked_up=on.isoformat(),
        unchanged=unchanged,
        prolongs=prolongs,
    )
    return row


@transaction.atomic
def exempt(
    *, mentor: Mentor, missing: Exemption.Missing, reason: str, begins: date, until: date, by: User
) -> Exemption:
    """Let a mentor be matched although something is missing, until a day; it ends by itself. Writes the ledger.

    Raises Refused without a reason, for a day in the past, for more than six months, when one holds already, and for a
    check that found the person unsuitable.
    """
    locked = present(mentor)
    if not reason.strip():
        raise Refused("Give the reason.")
    if until < begins or until < timezone.localdate():
        raise Refused("The last day is past already.")
    if until > add_months(begins, _LONGEST_EXEMPTION):
        raise Refused("An exemption lasts six months at most. Look again then.")
    if missing == Exemption.Missing.VETTING:
        latest = locked.vettings.exclude(outcome=Outcome.ASKED).order_by("on", "pk").last()
        if latest is not None and latest.outcome == Outcome.UNSUITABLE:
            raise Refused("The check says that this person may not mentor. Nobody is exempt from that.")
    if locked.exemptions.filter(missing=missing, until__gte=begins, ended_on__isnull=True).exists():
        raise Refused("There is an exemption for this already.")
    row = Exemption.objects.create(
        mentor=locked, missing=missing, reason=reason.strip(), begins=begins, until=until, by=by
    )
    log(
        Act.CASELOAD_DECIDED,
        row,
        service=mentor.service,
        by=by,
        what="exemption",
        mentor=mentor.ref,
        missing=str(missing),
        until=until.isoformat(),
    )
    return row


@transaction.atomic
def end_exemption(*, exemption: Exemption, on: date, by: User) -> Exemption:
    """End an exemption before its day. Writes the ledger. Raises Refused when it has ended."""
    lasting(exemption.mentor)
    row = Exemption.objects.select_for_update().get(pk=exemption.pk)
    if row.ended_on is not None or row.until < on:
        raise Refused("This exemption has ended already.")
    row.ended_on = on
    row.save(update_fields=["ended_on"])
    log(Act.CASELOAD_ENDED, row, service=exemption.mentor.service, by=by, what="exemption", missing=row.missing)
    return row
