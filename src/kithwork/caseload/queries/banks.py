"""Mentor banks, from either side."""

from django.db.models import QuerySet

from kithwork.caseload.models import Bank
from kithwork.organisations.models import Organisation, Service

__all__ = ["BankRow", "bank_for", "banks_asked", "banks_of"]

BankRow = Bank


def banks_of(service: Service) -> QuerySet[Bank]:
    """What a service is, asked to be, or was the bank of."""
    return Bank.objects.filter(service=service).select_related("body").order_by("-asked_on", "-pk")


def banks_asked(body: Organisation) -> QuerySet[Bank]:
    """Who is, asks to be, or was the bank of a body's schemes; what waits for an answer first."""
    return (
        Bank.objects.filter(body=body)
        .select_related("service__organisation")
        .order_by("ended_on", "agreed_on", "asked_on", "pk")
    )


def bank_for(body: Organisation, scheme: str) -> Bank | None:
    """The service that takes in those who complete a scheme's programme today."""
    return (
        Bank.objects.filter(body=body, scheme=scheme, agreed_on__isnull=False, ended_on__isnull=True)
        .select_related("service__organisation")
        .first()
    )
