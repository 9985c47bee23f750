"""The registers, row by row, and what stands beside them."""

from typing import Any

from django.db.models import QuerySet

from kithwork.governance.models import (
    Complaint,
    Evaluation,
    Funding,
    Insurance,
    Meeting,
    Practised,
    Risk,
    Target,
)
from kithwork.governance.registers import MODEL, Register
from kithwork.organisations.models import Service

Row = Any  # one entry of whichever register a page is about
COVERS: list[tuple[str, str]] = list(Insurance.Cover.choices)
SIZES: list[tuple[int, str]] = list(Risk.Size.choices)
MEETING_KINDS: list[tuple[str, str]] = list(Meeting.Kind.choices)
FUNDING_STATES: list[tuple[str, str]] = list(Funding.State.choices)
FIGURES: list[tuple[str, str]] = list(Target.Counts.choices)
EVALUATED: list[tuple[str, str]] = list(Evaluation.Group.choices)
SAID: list[tuple[str, str]] = list(Complaint.Kind.choices)
PRACTISED: list[tuple[str, str]] = list(Practised.Kind.choices)


def entries_of(service: Service, register: Register) -> QuerySet[Any]:
    """All entries of one register of a service."""
    rows: QuerySet[Any] = MODEL[register]._default_manager.filter(service=service)
    return rows
