"""What holds a mentoring service up: policies, insurance, risks, staff, board, money, aims, what people say of it."""

from kithwork.governance.models.aims import Change, Complaint, Evaluation, Outcome, Practised, Target
from kithwork.governance.models.ground import Funding, Insurance, Meeting, Risk, Trustee
from kithwork.governance.models.papers import Acknowledgement, Loan, Policy, PolicyVersion, Resource, ResourceVersion
from kithwork.governance.models.staff import (
    Appraisal,
    Staff,
    StaffReference,
    StaffSupervision,
    StaffTraining,
    StaffVetting,
)

__all__ = [
    "Acknowledgement",
    "Appraisal",
    "Change",
    "Complaint",
    "Evaluation",
    "Funding",
    "Insurance",
    "Loan",
    "Meeting",
    "Outcome",
    "Policy",
    "PolicyVersion",
    "Practised",
    "Resource",
    "ResourceVersion",
    "Risk",
    "Staff",
    "StaffReference",
    "StaffSupervision",
    "StaffTraining",
    "StaffVetting",
    "Target",
    "Trustee",
]
