"""Reads of requests, holds and periods."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db.models import QuerySet

from kithwork.accounts.models import User
from kithwork.core.keeping import RECORDS, Kind
from kithwork.organisations.models import Organisation, Service
from kithwork.rights.models import Asked, Hold, Period

AskedRow = Asked  # the types' names for pages, which never touch the tables
HoldRow = Hold
SOON = timedelta(days=7)


def open_of_service(service: Service) -> QuerySet[Asked]:
    """Requests to a service that wait for an answer, the most urgent first."""
    return Asked.objects.filter(service=service, answered_on=None).order_by("due_on", "pk")


def open_of_body(body: Organisation) -> QuerySet[Asked]:
    """Requests to a body that wait for an answer, the most urgent first."""
    return Asked.objects.filter(organisation=body, service=None, answered_on=None).order_by("due_on", "pk")


def answered_of(organisation: Organisation, service: Service | None) -> QuerySet[Asked]:
    """Requests that were answered, the newest first."""
    rows = Asked.objects.filter(organisation=organisation, service=service, answered_on__isnull=False)
    return rows.order_by("-answered_on", "-pk")


def asked_by(user: User) -> QuerySet[Asked]:
    """What a person has asked with their account, the newest first."""
    return Asked.objects.filter(by=user).select_related("organisation", "service").order_by("-came_on", "-pk")


def asked_about(service: Service, subject: str) -> QuerySet[Asked]:
    """What was asked of a service about one person, the newest first."""
    return Asked.objects.filter(service=service, subject=subject).order_by("-came_on", "-pk")


def holds_of(service: Service) -> QuerySet[Hold]:
    """Holds of a service that have not ended."""
    return Hold.objects.filter(service=service, ended_on=None).select_related("by")


def holds_of_body(body: Organisation) -> QuerySet[Hold]:
    """Holds of a body that have not ended."""
    return Hold.objects.filter(organisation=body, service=None, ended_on=None).select_related("by")


def held_refs(service: Service) -> set[str]:
    """Whose records a service holds, as 'mentee:<ref>'."""
    return set(Hold.objects.filter(service=service, ended_on=None).values_list("subject", flat=True))


def periods_of(service: Service, person_years: int | None = None) -> Mapping[Kind, int | None]:
    """How many months a service keeps each kind of record. `person_years` is its older setting for whoever has left,
    which counts until the kind has a period of its own.
    """
    own = dict(Period.objects.filter(service=service).values_list("kind", "months"))
    usual: dict[Kind, int | None] = {kind: record.months for kind, record in RECORDS.items()}
    if person_years is not None:
        usual |= {Kind.MENTEE: person_years * 12, Kind.MENTOR: person_years * 12}
    return {kind: own.get(kind.value, months) for kind, months in usual.items()}


def names_of_accounts(subjects: Iterable[str]) -> dict[str, str]:
    """The names of people with an account, by subject ('user:<ref>'); those who are erased have none. One query."""
    refs = [ref for side, _, ref in (one.partition(":") for one in subjects) if side == "user"]
    if not refs:
        return {}
    rows = User.objects.filter(ref__in=refs, is_active=True).values_list("ref", "name")
    return {f"user:{ref}": name for ref, name in rows}


def near(asked: Asked, today: date) -> bool:
    """Whether the month of a request ends within the week, or has ended."""
    return asked.due_on - today <= SOON
