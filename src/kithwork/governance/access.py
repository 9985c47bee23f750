"""The doors to what holds a service up. A caller has come through the service's own door first, and hands it in.

Who that admits: everybody of the service to its policies, registers and library; those who see people's records to
complaints and loans; leads alone to staff files, and each member of staff to their own.
"""

from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.http import Http404

from kithwork.accounts.models import User
from kithwork.governance.models import Loan, Policy, PolicyVersion, Resource, ResourceVersion, Staff
from kithwork.governance.registers import MODEL, Entry, Register
from kithwork.organisations.models import Service

Row = TypeVar("Row", bound=Model)


def _one(rows: QuerySet[Row]) -> Row:
    found = rows.first()
    if found is None:
        raise Http404("No such page.")
    return found


def entry_of(service: Service, register: Register, ref: str) -> Entry:
    """One entry of one of the service's registers."""
    rows: QuerySet[Any] = MODEL[register]._default_manager.filter(service=service, ref=ref)
    found: Entry = _one(rows)
    found.service = service
    return found


def policy_of(service: Service, ref: str) -> Policy:
    found = _one(Policy.objects.filter(service=service, ref=ref))
    found.service = service
    return found


def version_of(policy: Policy, ref: str) -> PolicyVersion:
    """A version of a policy that one has got through `policy_of`."""
    return _one(PolicyVersion.objects.filter(policy=policy, ref=ref).select_related("policy__service"))


def resource_of(service: Service, ref: str) -> Resource:
    found = _one(Resource.objects.filter(service=service, ref=ref))
    found.service = service
    return found


def resource_for_mentor(services: list[Service], ref: str) -> Resource:
    """Something of the library that mentors may see, of a service for which this person mentors."""
    rows = Resource.objects.filter(service__in=services, ref=ref, for_mentors=True, ended_on__isnull=True)
    return _one(rows.select_related("service"))


def resource_version_of(resource: Resource, ref: str) -> ResourceVersion:
    return _one(ResourceVersion.objects.filter(resource=resource, ref=ref))


def loan_of(resource: Resource, number: int) -> Loan:
    """A loan that has not come back."""
    return _one(Loan.objects.filter(resource=resource, pk=number, back_on__isnull=True))


def staff_of(service: Service, ref: str) -> Staff:
    """A staff file, for a lead of the service."""
    found = _one(Staff.objects.filter(service=service, ref=ref).select_related("cover", "user"))
    found.service = service
    return found


def own_staff_file(service: Service, user: User | AnonymousUser) -> Staff:
    """A member of staff's own file, for as long as they work there."""
    if not isinstance(user, User):
        raise Http404("No such page.")
    rows = Staff.objects.filter(service=service, user=user, ended_on__isnull=True).select_related("cover")
    return _one(rows)
