"""Concerns: the open ones first by urgency, one with its steps, and what a person has raised themselves."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, F, IntegerField, Min, Q, QuerySet, Value, When

from kithwork.accounts.models import User
from kithwork.caseload.models import Concern, ConcernStep
from kithwork.organisations.models import Service

ConcernRow = Concern  # pages name what they show, and import no models
Urgency = Concern.Urgency


def concerns_of(service: Service, *, raised_by: User | None = None) -> QuerySet[Concern]:
    """Concerns with whom they are about and who has taken them, with `rank`: 0 somebody is in danger, 1, 2.

    `raised_by` narrows to what one person raised: that is all that others than safeguarding leads see.
    """
    rows = Concern.objects.filter(service=service).select_related("mentee", "mentor", "raised_by", "taken_by")
    if raised_by is not None:
        rows = rows.filter(raised_by=raised_by)
    rank = Case(
        *(When(urgency=urgency, then=Value(number)) for number, urgency in enumerate(Concern.Urgency)),
        default=Value(9),
        output_field=IntegerField(),
    )
    return rows.annotate(rank=rank)


def open_concerns(service: Service) -> QuerySet[Concern]:
    """Those nobody has closed, the most urgent and then the longest first."""
    return concerns_of(service).filter(closed_at__isnull=True).order_by(F("rank"), "raised_at", "pk")


@dataclass(frozen=True, slots=True)
class OpenConcerns:
    """How many are open, how many nobody has taken, in how many somebody is in danger; when the oldest was raised."""

    open: int
    untaken: int
    danger: int
    since: datetime | None


def open_figures(service: Service) -> OpenConcerns:
    """The open concerns of a service in figures. One query."""
    found = Concern.objects.filter(service=service, closed_at__isnull=True).aggregate(
        open=Count("pk"),
        untaken=Count("pk", filter=Q(taken_at__isnull=True)),
        danger=Count("pk", filter=Q(urgency=Urgency.DANGER)),
        since=Min("raised_at"),
    )
    return OpenConcerns(**found)


def steps_of(concern: Concern) -> QuerySet[ConcernStep]:
    return concern.steps.select_related("by").order_by("at", "pk")
