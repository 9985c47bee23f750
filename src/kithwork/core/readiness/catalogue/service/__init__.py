"""Checks about what holds a service up: policies, insurance, risks, targets, evaluations, what people were told."""

from kithwork.core.readiness.asked import Asked
from kithwork.core.readiness.catalogue.service import papers, registers, telling
from kithwork.core.readiness.catalogue.service.papers import PoliciesReviewed, ResourcesShared, Topic
from kithwork.core.readiness.catalogue.service.registers import (
    COVERS,
    Cover,
    EvaluationsCompleted,
    InsuranceCurrent,
    ReportsPublished,
    ServiceRisksAssessed,
    Stakeholder,
    TargetsSet,
)
from kithwork.core.readiness.catalogue.service.telling import (
    ChangesNotifiedMentees,
    ChangesNotifiedMentors,
    PoliciesNotifiedMentees,
    PoliciesNotifiedMentors,
)

__all__ = [
    "COVERS",
    "KINDS",
    "ChangesNotifiedMentees",
    "ChangesNotifiedMentors",
    "Cover",
    "EvaluationsCompleted",
    "InsuranceCurrent",
    "PoliciesNotifiedMentees",
    "PoliciesNotifiedMentors",
    "PoliciesReviewed",
    "ReportsPublished",
    "ResourcesShared",
    "ServiceRisksAssessed",
    "Stakeholder",
    "TargetsSet",
    "Topic",
]

KINDS: tuple[type[Asked], ...] = (*papers.KINDS, *registers.KINDS, *telling.KINDS)
