"""One rule for each kind of stage: from the stage's entries, what it has reached and what is open for whom.

A rule gets the day on which its stage opened, or None while it is shut; a shut stage has facts but no acts.
"""

from datetime import date
from typing import assert_never

from kithwork.core.journey.case import Case, Found
from kithwork.core.journey.rules import asking, happening, holding, showing
from kithwork.core.schemes.model import (
    AssignmentStage,
    AwardStage,
    CaseStudyStage,
    ChecklistStage,
    CourseStage,
    DecisionStage,
    EvidenceStage,
    FeeStage,
    FormStage,
    InterviewStage,
    MeetingStage,
    ObservationStage,
    PanelStage,
    PortfolioStage,
    RenewalStage,
    Stage,
    VisitStage,
)

__all__ = ["find"]


def find(case: Case, stage: Stage, opened: date | None) -> Found:
    """The facts and open acts of one stage."""
    match stage:
        case ChecklistStage():
            return asking.checklist(case, stage, opened)
        case FormStage():
            return asking.form(case, stage, opened)
        case DecisionStage() | PanelStage():
            return asking.decision(case, stage, opened)
        case FeeStage():
            return happening.fee(case, stage, opened)
        case MeetingStage():
            return happening.meeting(case, stage, opened)
        case CourseStage():
            return happening.course(case, stage, opened)
        case InterviewStage():
            return happening.interviews(case, stage, opened)
        case ObservationStage():
            return happening.observation(case, stage, opened)
        case EvidenceStage():
            return showing.evidence(case, stage, opened)
        case VisitStage():
            return showing.visit(case, stage, opened)
        case CaseStudyStage() | AssignmentStage():
            return showing.pieces(case, stage, opened)
        case PortfolioStage():
            return showing.portfolio(case, stage, opened)
        case AwardStage():
            return holding.award(case, stage, opened)
        case RenewalStage():
            return holding.renewal(case, stage, opened)
        case _:
            assert_never(stage)
