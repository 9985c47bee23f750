"""Erasing somebody who signs in: their account, their own applications and portfolios, what of them
waits at the gate, their places at courses.

What a service holds of them as a mentor, a mentee or a member of staff is the service's, and is asked of it.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kithwork.accounts import actions as accounts
from kithwork.accounts.models import User
from kithwork.assessment.actions import erasing as assessment
from kithwork.awards.actions import erasing as awards
from kithwork.awards.models import Award
from kithwork.caseload.models import Mentee, Mentor
from kithwork.core.journey import Status
from kithwork.core.keeping import Kind, Why
from kithwork.core.verdict import Refused
from kithwork.courses.actions import erasing as courses
from kithwork.courses.models import LIVE, Place
from kithwork.evidence.actions import erasing as evidence
from kithwork.evidence.models import Item
from kithwork.gate.actions import erasing as gate
from kithwork.governance.models import Staff
from kithwork.journeys.actions import erasing as journeys
from kithwork.journeys.models import Appointment, Invoice, Journey
from kithwork.keeping import Gone, Names, take_names_out
from kithwork.notices.actions import forget_person
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Membership, Role
from kithwork.procedures.erasing.people import HELD, Plan, planned
from kithwork.rights.actions import forget
from kithwork.rights.models import Hold

_HALF = (
    journeys.erase_holder,
    evidence.erase_holder,
    assessment.erase_holder,
    courses.erase_holder,
    awards.erase_holder,
)


def obstacles(user: User) -> list[str]:
    """Why an account cannot be erased yet: each a sentence that says what to do first."""
    found = []
    subject = f"user:{user.ref}"
    if Hold.objects.filter(subject=subject, ended_on=None).exists():
        found.append(HELD)
    if Journey.objects.filter(person=user, status=Status.ACTIVE).exists():
        found.append("An application of yours is open. Withdraw it first.")
    if Appointment.objects.filter(assessor=user, state__in=Appointment.LIVE).exists():
        found.append("You are asked or appointed to assess. Ask the awarding body to end it first.")
    if Place.objects.filter(person=user, state__in=LIVE, offering__parts__day__gte=timezone.localdate()).exists():
        found.append("You have a place at a course that is still to come. Give it back first.")
    live = Membership.objects.filter(user=user, ended_at__isnull=True, role__in=(Role.LEAD, Role.OFFICER))
    for one in live.select_related("organisation"):
        others = Membership.objects.filter(organisation=one.organisation, role=one.role, ended_at__isnull=True)
        if not others.exclude(user=user).exists():
            found.append(f"You are the only {one.role} of {one.organisation.name}. Give the role to somebody first.")
    return found


def plan_for_account(*, user: User) -> Plan:
    """What the erasure of an account will do. Changes nothing."""
    done = [gone for half in _HALF for gone in half(person=user, names=Names(), write=False)]
    done += _at_the_gate(user, timezone.now(), write=False)
    return planned(done, obstacles(user), _stays(user))


def _at_the_gate(user: User, now: datetime, *, write: bool) -> list[Gone]:
    refs = Journey.objects.filter(person=user).values_list("ref", flat=True)
    return gate.erase_holder(person=user, journeys=list(refs), now=now, write=write)


def _named_elsewhere(user: User) -> list[Gone]:
    """Take the whole name and the address out of what was written on others' journeys; of a namesake's, the address."""
    twin = User.objects.filter(name__iexact=user.name).exclude(pk=user.pk).exists()
    names = Names(user.email) if twin else Names(user.email, user.name)
    return [
        take_names_out(reach, reach.model._default_manager.all(), names, write=True)
        for reach in (*journeys.REACHES, *evidence.REACHES, *assessment.REACHES, *courses.REACHES)
        if reach.kept.kind is not Kind.DRAFT
    ]


def _stays(user: User) -> Iterator[tuple[str, str]]:
    if Award.objects.filter(journey__person=user).exists():
        yield "the register of awards", str(Why.REGISTER)
    if Invoice.objects.filter(journey__person=user).exists():
        yield "invoices", str(Why.ACCOUNTS)
    yield "that an account acted, without its name", str(Why.ACTOR)
    yield "the record of acts", str(Why.CHAIN)
    names = {
        *Mentee.objects.filter(user=user, erased_at=None).values_list("service__name", flat=True),
        *Mentor.objects.filter(user=user, erased_at=None).values_list("service__name", flat=True),
        *Staff.objects.filter(user=user).values_list("service__name", flat=True),
    }
    for name in sorted(names):
        yield f"what {name} holds of you", "it is the service’s own record: ask the service, on this page"


@transaction.atomic
def erase_account(*, user: User, now: datetime) -> list[Gone]:
    """Erase somebody's account and what is their own: the award half first, then the account, one transaction. What a
    service holds loses the key to the account and is otherwise left. Files are deleted on commit. Raises Refused for
    what stands in the way. Writes the ledger.
    """
    if because := obstacles(user):
        raise Refused(because[0])
    names, email = Names(user.name, user.email, parts=(user.name,)), user.email
    done = [gone for half in _HALF for gone in half(person=user, names=names, write=True)]
    done += _at_the_gate(user, now, write=True)
    done += _named_elsewhere(user)
    Item.objects.filter(journey__person=user, destroyed_at=None).update(destroyed_at=now)
    for kind in (Mentee, Mentor, Staff):
        kind.objects.filter(user=user).update(user=None)
    forget_person(emails=[email], user=user, organisation=None)
    organisations.forget_person(user=user, now=now)
    forget(organisation=None, subject=f"user:{user.ref}")
    accounts.erase(user=user)
    return done
