"""Policies with their versions, and the library."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from kithwork.governance.due import with_review
from kithwork.governance.models import Acknowledgement, Loan, Policy, PolicyVersion, Resource, ResourceVersion
from kithwork.governance.policies import INDICATOR
from kithwork.organisations.models import Service

PolicyRow = Policy
VersionRow = PolicyVersion
ResourceRow = Resource
ResourceVersionRow = ResourceVersion
LoanRow = Loan
SUBJECTS: list[tuple[str, str]] = list(Policy.Subject.choices)
GROUPS: list[tuple[str, str]] = list(Acknowledgement.Group.choices)
KINDS: list[tuple[str, str]] = list(Resource.Kind.choices)


def policies_of(service: Service) -> QuerySet[Any]:
    """A service's policies with `due`, `approved` and `number` of their latest version."""
    return with_review(Policy.objects.filter(service=service))


def subjects_missing(service: Service) -> list[tuple[str, str]]:
    """(subject, its words) that indicators ask for and on which there is no live policy, in the indicators' order."""
    there = set(Policy.objects.filter(service=service, ended_on__isnull=True).values_list("subject", flat=True))
    return [(subject, Policy.Subject(subject).label) for subject in INDICATOR if subject not in there]


def versions_of(policy: Policy) -> list[PolicyVersion]:
    """The newest first, each with who wrote it down and, as `told.all()`, who was told."""
    told = Prefetch("told", Acknowledgement.objects.select_related("by"))
    return list(policy.versions.select_related("by").prefetch_related(told).order_by("-number"))


def library_of(service: Service) -> QuerySet[Any]:
    """The library, with `number`, `renewed`, `url` and `newest` of the latest version, and whether it is `lent`."""
    return _shown(Resource.objects.filter(service=service))


def library_for_mentors(services: list[Service]) -> QuerySet[Any]:
    """What mentors of these services see."""
    rows = Resource.objects.filter(service__in=services, for_mentors=True, ended_on__isnull=True)
    return _shown(rows).select_related("service").order_by("topic", "title", "pk")


def _shown(rows: QuerySet[Resource]) -> QuerySet[Any]:
    newest = ResourceVersion.objects.filter(resource=OuterRef("pk")).order_by("-number")
    return rows.annotate(
        renewed=Subquery(newest.values("on")[:1]),
        number=Subquery(newest.values("number")[:1]),
        url=Subquery(newest.values("url")[:1]),
        newest=Subquery(newest.values("ref")[:1]),
        lent=Exists(Loan.objects.filter(resource=OuterRef("pk"), back_on__isnull=True)),
    )


def versions_of_resource(resource: Resource) -> list[ResourceVersion]:
    """The newest first."""
    return list(resource.versions.select_related("by").order_by("-number"))


def newest_of(resource: Resource) -> ResourceVersion | None:
    return resource.versions.order_by("-number").first()


def loans_of(resource: Resource) -> list[Loan]:
    """Who has or had a thing, the latest first. The names are for those who see people's records."""
    return list(resource.loans.select_related("by").order_by("-lent_on", "-pk"))
