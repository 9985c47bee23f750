"""Staff files: who works for the service, what was checked before, what is done with them in what interval."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.governance.actions.ground import correct, log, sound
from kithwork.governance.models import (
    Appraisal,
    Staff,
    StaffReference,
    StaffSupervision,
    StaffTraining,
    StaffVetting,
)
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Service


@transaction.atomic
def take_on(*, service: Service, by: User, **fields: Any) -> Staff:
    """A staff file. Writes the ledger. Raises Refused when the account has a file here already."""
    staff = Staff(service=service, **fields)
    _one_file(staff)
    sound(staff).save()
    log(Act.GOVERNANCE_RECORDED, staff, service=service, by=by, what="staff")
    return staff


@transaction.atomic
def change_staff(*, staff: Staff, seen: str = "", by: User, **fields: Any) -> Staff:
    """Role, manager, inducted, badge, away and covered by whom. Writes the ledger, naming the fields.

    Raises Refused when somebody else was quicker, or somebody would cover for themselves.
    """
    if fields.get("cover") == staff:
        raise Refused("Somebody else has to look after the work meanwhile.")
    found, changed = correct(staff, fields, seen=seen)
    if "user" in changed:
        _one_file(found)
    if changed:
        log(Act.GOVERNANCE_CHANGED, found, service=staff.service, by=by, what="staff", fields=changed)
    return found


def _one_file(staff: Staff) -> None:
    others = Staff.objects.filter(service=staff.service, user=staff.user, ended_on__isnull=True).exclude(pk=staff.pk)
    if staff.user is not None and others.exists():
        raise Refused("Somebody else's file has this account already.")


@transaction.atomic
def leave_staff(*, staff: Staff, on: date, by: User) -> None:
    """Somebody no longer works here; nothing falls due from then. Writes the ledger. Raises Refused a second time."""
    if on < staff.began_on:
        raise Refused("That is before they began.")
    if not Staff.objects.filter(pk=staff.pk, ended_on__isnull=True).update(ended_on=on):
        raise Refused("It is noted already that they have left.")
    log(Act.GOVERNANCE_ENDED, staff, service=staff.service, by=by, what="staff")


def _open(staff: Staff, by: User, row: Any, what: str) -> None:
    if Staff.objects.filter(pk=staff.pk, ended_on__isnull=False).exists():
        raise Refused("They have left. Nothing more is added to their file.")
    row.save()
    log(Act.GOVERNANCE_RECORDED, row, service=staff.service, by=by, what=what, staff=staff.ref)


@transaction.atomic
def receive_reference(*, staff: Staff, name: str, received_on: date, satisfactory: bool, by: User) -> StaffReference:
    """A reference has come and was read. Writes the ledger. Raises Refused for somebody who has left."""
    row = StaffReference(staff=staff, name=name.strip(), received_on=received_on, satisfactory=satisfactory)
    _open(staff, by, row, "staff-reference")
    return row


@transaction.atomic
def vet_staff(*, staff: Staff, level: str, on: date, clear: bool, expires_on: date | None, by: User) -> StaffVetting:
    """That a check was made and its outcome; never what it says. Writes the ledger."""
    if expires_on is not None and expires_on < on:
        raise Refused("A check cannot run out before it was made.")
    row = StaffVetting(staff=staff, level=level, on=on, clear=clear, expires_on=expires_on, by=by)
    _open(staff, by, row, "staff-vetting")
    return row


@transaction.atomic
def train_staff(*, staff: Staff, topic: str, title: str, on: date, hours: Decimal, by: User) -> StaffTraining:
    """A training that somebody took part in. Writes the ledger."""
    row = StaffTraining(staff=staff, topic=topic, title=title.strip(), on=on, hours=hours)
    _open(staff, by, row, "staff-training")
    return row


@transaction.atomic
def supervise_staff(
    *, staff: Staff, on: date, supervisor: str, minuted: bool, minutes: str, by: User
) -> StaffSupervision:
    """A supervision, and whether it has minutes (indicator 29). Writes the ledger."""
    row = StaffSupervision(
        staff=staff, on=on, supervisor=supervisor.strip(), minuted=minuted or bool(minutes.strip()),
        minutes=minutes.strip(), by=by,
    )  # fmt: skip
    _open(staff, by, row, "staff-supervision")
    return row


@transaction.atomic
def appraise(
    *, staff: Staff, on: date, by_job_description: bool, needs_assessed: bool, needs: str, notes: str, by: User
) -> Appraisal:
    """A yearly appraisal by the job description, with the training needs (indicator 30). Writes the ledger."""
    row = Appraisal(
        staff=staff,
        on=on,
        by_job_description=by_job_description,
        needs_assessed=needs_assessed,
        needs=needs.strip(),
        notes=notes.strip(),
        by=by,
    )
    _open(staff, by, row, "staff-appraisal")
    return row
