"""Concerns: the open ones first by urgency, one with its steps, and what a person has raised themselves."""

from django.db.models import Case, F, IntegerField, QuerySet, Value, When

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


def steps_of(concern: Concern) -> QuerySet[ConcernStep]:
    return concern.steps.select_related("by").order_by("at", "pk")
