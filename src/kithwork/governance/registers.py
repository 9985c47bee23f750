"""The registers a service keeps about itself: lists of dated entries that have no rule beyond their shape."""

from enum import StrEnum

from django.db.models import Model

from kithwork.governance.models import (
    Change,
    Complaint,
    Evaluation,
    Funding,
    Insurance,
    Meeting,
    Outcome,
    Practised,
    Risk,
    Target,
    Trustee,
)


class Register(StrEnum):
    """A list of its own; the word stands in its address and in the ledger."""

    INSURANCE = "insurance"
    RISKS = "risks"
    TRUSTEES = "trustees"
    MEETINGS = "meetings"
    FUNDING = "funding"
    OUTCOMES = "outcomes"
    TARGETS = "targets"
    EVALUATIONS = "evaluations"
    COMPLAINTS = "complaints"
    CHANGES = "changes"
    PRACTICE = "good-practice"


Entry = Insurance | Risk | Trustee | Meeting | Funding | Outcome | Target | Evaluation | Complaint | Change | Practised

MODEL: dict[Register, type[Model]] = {
    Register.INSURANCE: Insurance,
    Register.RISKS: Risk,
    Register.TRUSTEES: Trustee,
    Register.MEETINGS: Meeting,
    Register.FUNDING: Funding,
    Register.OUTCOMES: Outcome,
    Register.TARGETS: Target,
    Register.EVALUATIONS: Evaluation,
    Register.COMPLAINTS: Complaint,
    Register.CHANGES: Change,
    Register.PRACTICE: Practised,
}
BY_SOMEBODY = frozenset(
    {Register.MEETINGS, Register.EVALUATIONS, Register.COMPLAINTS, Register.CHANGES, Register.PRACTICE}
)  # their rows keep who wrote them down
