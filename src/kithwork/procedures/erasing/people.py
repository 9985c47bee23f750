"""Erasing somebody from a service: its caseload, its registers, its mail, what was asked about them."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions import erasing as caseload
from kithwork.caseload.actions.moving import called, throw_away
from kithwork.caseload.models import Import, Mentee, Mentor, Referral
from kithwork.core.keeping import Why
from kithwork.core.verdict import Refused
from kithwork.governance.actions import erasing as governance
from kithwork.governance.models import Staff
from kithwork.keeping import Gone, Names
from kithwork.matching import actions as matching
from kithwork.notices.actions import forget_person
from kithwork.organisations.models import Service
from kithwork.procedures.gating.people import called as called_at_the_gate
from kithwork.procedures.gating.people import forget_in_originals, unread_originals, waiting_first
from kithwork.rights.actions import forget, held

HELD = "The record is held: it is kept until the hold ends."
BACKUPS = "Copies in backups go when the backups do"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an erasure will do. Each line is what and how many: what goes, where a name is taken out, what stays and
    why. `obstacles`: why it cannot be done yet. `unread`: files at the privacy gate in which nobody can
    look for a name, as (title, journey, file), the latter by reference.
    """

    goes: tuple[tuple[str, int], ...]
    unnamed: tuple[tuple[str, int], ...]
    stays: tuple[tuple[str, str], ...]
    obstacles: tuple[str, ...]
    unread: tuple[tuple[str, str, str], ...] = ()


def planned(done: Iterable[Gone], obstacles: Iterable[str], stays: Iterable[tuple[str, str]] = ()) -> Plan:
    """The rows that go and stay, in words."""
    goes: dict[str, int] = {}
    unnamed: dict[str, int] = {}
    kept: dict[str, str] = {}
    for one in done:
        what = called(one.model, 2)
        if one.emptied + one.deleted:
            goes[what] = goes.get(what, 0) + one.emptied + one.deleted
        if one.unnamed:
            unnamed[what] = unnamed.get(what, 0) + one.unnamed
        if one.stays and one.why is Why.SAFEGUARDING:
            kept[what] = str(one.why)
    return Plan(tuple(goes.items()), tuple(unnamed.items()), (*kept.items(), *stays), tuple(obstacles))


_ROW = ("dates and counts, without the person", "reports need them; nobody can be told from them")
_LEDGER = ("the record of acts", str(Why.CHAIN))
_COPIES = (
    "copies that were made of evidence for an award",
    "they have an initial where the name was, and who judged them must be able to say on what",
)
_COUNTED = ("what was published of equalities answers", "counts in steps of five, which tell of nobody")


def _holds(service: Service, subject: str) -> list[str]:
    return [*([HELD] if held(service.organisation, subject) else []), *waiting_first(service)]


def _with_the_gate(plan: Plan, service: Service) -> Plan:
    """The same, with what at the privacy gate cannot be searched."""
    unread = unread_originals(service)
    return replace(plan, unread=tuple((called_at_the_gate(one), one.journey, one.ref) for one in unread))


def _wait_for_the_gate(service: Service) -> None:
    """Raises Refused while a file is about to be read in which somebody may be named."""
    if because := waiting_first(service):
        raise Refused(because[0])


def plan_for_person(*, person: Mentee | Mentor, now: datetime) -> Plan:
    """What the erasure of a mentee or mentor will do. Changes nothing."""
    obstacles = [*_holds(person.service, caseload.subject_of(person)),
                 *caseload.obstacles(person, timezone.localdate(now))]  # fmt: skip
    done = caseload.preview(person) + matching.preview(person)
    service, names, subject = person.service, caseload.names_of(person), caseload.subject_of(person)
    done += governance.unname(service=service, names=names, write=False)
    done += forget_in_originals(service=service, subject=subject, names=names, now=now, by=None, write=False)
    return _with_the_gate(planned(done, obstacles, (_ROW, _COPIES, _LEDGER, _COUNTED)), service)


@transaction.atomic
def erase_person(*, person: Mentee | Mentor, by: User | None, now: datetime) -> list[Gone]:
    """Erase a mentee or mentor: what their record said, the words about them, their links, the mail to them, what was
    asked about them; their name goes from everything else the service wrote. `by` None is the daily round. Raises
    Refused for what stands in the way. Writes the ledger: figures alone.
    """
    service, subject = person.service, caseload.subject_of(person)
    if held(service.organisation, subject):
        raise Refused(HELD)
    _wait_for_the_gate(service)
    names, emails = caseload.names_of(person), [person.email]
    if isinstance(person, Mentee):
        emails.append(person.carer_email)
    done = matching.erase(person=person, names=names)
    done += caseload.erase(person=person, by=by, now=now)
    done += forget_in_originals(service=service, subject=subject, names=names, now=now, by=by, write=True)
    _elsewhere(service, names, emails, subject)
    return done


def _elsewhere(service: Service, names: Names, emails: list[str], subject: str) -> None:
    governance.unname(service=service, names=names, write=True)
    matching.unname(service=service, names=names, write=True)
    forget_person(emails=emails, user=None, organisation=service.organisation)
    forget(organisation=service.organisation, subject=subject)
    for one in Import.objects.filter(service=service, brought_at__isnull=True):
        said = zlib.decompress(bytes(one.table)).decode() if one.table else ""
        if names.out_of(_letters(said), near=False) != _letters(said):
            throw_away(imported=one)


def _letters(packed: str) -> str:
    """What a held file says, with its letters as letters: JSON writes some of them as codes."""
    return " ".join(str(cell) for cell in _cells(json.loads(packed))) if packed else ""


def _cells(value: Any) -> Iterable[object]:
    match value:
        case dict():
            for one in value.values():
                yield from _cells(one)
        case list():
            for one in value:
                yield from _cells(one)
        case _:
            yield value


def plan_for_referrer(*, referral: Referral) -> Plan:
    """What the erasure of a referrer will do. Changes nothing."""
    service, subject, now = referral.mentee.service, f"referrer:{referral.ref}", timezone.now()
    done = caseload.preview_referrer(referral)
    done += forget_in_originals(service=service, subject=subject, names=_names(referral), now=now, by=None, write=False)
    return _with_the_gate(planned(done, _holds(service, subject), (_ROW, _COPIES, _LEDGER)), service)


def _names(referral: Referral) -> Names:
    return Names(referral.name, referral.email, referral.phone)


@transaction.atomic
def erase_referrer(*, referral: Referral, by: User | None) -> list[Gone]:
    """Erase a referrer from the referrals of theirs, and from everything else a service wrote. Raises Refused for a
    self-referral. Writes the ledger.
    """
    service = referral.mentee.service
    names, emails, subject = _names(referral), [referral.email], f"referrer:{referral.ref}"
    _wait_for_the_gate(service)
    done = caseload.erase_referrer(referral=referral, by=by)
    done += forget_in_originals(service=service, subject=subject, names=names, now=timezone.now(), by=by, write=True)
    _elsewhere(service, names, emails, subject)
    return done


def plan_for_staff(*, staff: Staff, today: date) -> Plan:
    """What the erasure of a staff file will do. Changes nothing."""
    obstacles = [*_holds(staff.service, f"staff:{staff.ref}"), *governance.obstacles(staff, today)]
    done = governance.preview_staff(staff)
    service, names, now = staff.service, governance.names_of(staff), timezone.now()
    done += caseload.unname(service=service, names=names, write=False)
    done += matching.unname(service=service, names=names, write=False)
    done += forget_in_originals(
        service=service, subject=f"staff:{staff.ref}", names=names, now=now, by=None, write=False
    )
    account = ("their account", str(Why.ACTOR))
    return _with_the_gate(planned(done, obstacles, (account, _COPIES, _LEDGER)), service)


@transaction.atomic
def erase_staff(*, staff: Staff, by: User | None, today: date) -> list[Gone]:
    """Delete the file of somebody who has left, and take their name out of what the service wrote. Raises Refused for
    what stands in the way. Writes the ledger.
    """
    service, subject = staff.service, f"staff:{staff.ref}"
    if held(service.organisation, subject):
        raise Refused(HELD)
    _wait_for_the_gate(service)
    names = governance.names_of(staff)
    done = governance.erase_staff(staff=staff, by=by, today=today)
    done += caseload.unname(service=service, names=names, write=True)
    done += matching.unname(service=service, names=names, write=True)
    done += forget_in_originals(service=service, subject=subject, names=names, now=timezone.now(), by=by, write=True)
    forget(organisation=service.organisation, subject=subject)
    return done
