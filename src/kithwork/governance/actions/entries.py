"""Writing in the registers. An entry is never removed; it is corrected, and the ledger names the corrected fields."""

from datetime import date
from typing import Any

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.governance.actions.ground import correct, log, sound
from kithwork.governance.models import Complaint, Target
from kithwork.governance.registers import BY_SOMEBODY, MODEL, Entry, Register
from kithwork.ledger.acts import Act
from kithwork.notices.actions import tell
from kithwork.notices.words import Kind
from kithwork.organisations.models import Role, Service
from kithwork.organisations.queries import members_of


@transaction.atomic
def enter(*, register: Register, service: Service, by: User, **fields: Any) -> Entry:
    """A new entry, with the columns of its register as `fields`. Writes the ledger.

    Raises Refused for a figure that has its target for that year already.
    """
    if register in BY_SOMEBODY:
        fields["by"] = by
    row: Any = MODEL[register](service=service, **fields)
    if isinstance(row, Target):
        _once(row)
    sound(row).save()
    log(Act.GOVERNANCE_RECORDED, row, service=service, by=by, what=str(register))
    entered: Entry = row
    return entered


@transaction.atomic
def amend(*, register: Register, entry: Entry, seen: str, by: User, **fields: Any) -> Entry:
    """Correct an entry, or carry it on: an action done, a complaint answered. Writes the ledger when anything differs.

    `seen` is the `stamp` of the row as its reader saw it. Raises Refused when somebody else was quicker.
    """
    service = entry.service
    row: Any
    row, changed = correct(entry, fields, seen=seen)
    if isinstance(row, Target) and {"year", "counts"} & {*changed}:
        _once(row)
    if changed:
        log(Act.GOVERNANCE_CHANGED, row, service=service, by=by, what=str(register), fields=changed)
    amended: Entry = row
    return amended


def _once(target: Target) -> None:
    """One target a year for each figure that is counted here; of 'something else' there may be several."""
    if target.counts == Target.Counts.OTHER:
        return
    twins = Target.objects.filter(service=target.service, year=target.year, counts=target.counts)
    if twins.exclude(pk=target.pk).exists():
        raise Refused(f"There is a target for {target.get_counts_display()} in {target.year} already. Change that one.")


@transaction.atomic
def say(*, service: Service, kind: str, whose: str, what: str, path: str, today: date) -> Complaint:
    """What somebody without an account says of a service: a complaint, a suggestion, praise. Tells those who see its
    people's records, at `path`. Writes the ledger.
    """
    said = Complaint.objects.create(service=service, kind=kind, whose=whose.strip(), what=what.strip(), on=today)
    log(Act.GOVERNANCE_RECORDED, said, service=service, by=None, what=str(Register.COMPLAINTS), kind=kind)
    readers = members_of(service.organisation).filter(role__in=(Role.LEAD, Role.COORDINATOR))
    tell(
        kind=Kind.SAID_OF_SERVICE,
        to=[member.user for member in readers],
        organisation=service.organisation,
        path=path,
        about=service.name,
    )
    return said
