"""The daily work of a mentoring service: who comes, who mentors, who meets whom, what was said and agreed.

Facts alone are kept, each with its date. Whether somebody is waiting, matched, overdue or cleared is worked out of
them (`queries/`, `core/service/`), so that no list can disagree with the record behind it.
"""

from kithwork.caseload.models.coming import Consent, Referral, RiskAssessment
from kithwork.caseload.models.contact import Concern, ConcernStep, Contact, Reply
from kithwork.caseload.models.joining import Attendance, Exemption, MentorStep, Reference, Session, Training, Vetting
from kithwork.caseload.models.links import OneTimeLink
from kithwork.caseload.models.matches import (
    Agreement,
    BoundaryChange,
    Dispute,
    Ending,
    ExtraSupport,
    Goal,
    Match,
    Plan,
    Review,
)
from kithwork.caseload.models.moving import Import
from kithwork.caseload.models.outcomes import EqualityAnswer, EqualityCount, Measure, Measurement, Questionnaire
from kithwork.caseload.models.people import Mentee, Mentor, Pause
from kithwork.caseload.models.sampling import Sample
from kithwork.caseload.models.service import Bank, Practice
from kithwork.caseload.models.supporting import DropoutRisk, Gathering, Invited, Supervision

__all__ = [
    "Agreement",
    "Attendance",
    "Bank",
    "BoundaryChange",
    "Concern",
    "ConcernStep",
    "Consent",
    "Contact",
    "Dispute",
    "DropoutRisk",
    "Ending",
    "EqualityAnswer",
    "EqualityCount",
    "Exemption",
    "ExtraSupport",
    "Gathering",
    "Goal",
    "Import",
    "Invited",
    "Match",
    "Measure",
    "Measurement",
    "Mentee",
    "Mentor",
    "MentorStep",
    "OneTimeLink",
    "Pause",
    "Plan",
    "Practice",
    "Questionnaire",
    "Reference",
    "Referral",
    "Reply",
    "Review",
    "RiskAssessment",
    "Sample",
    "Session",
    "Supervision",
    "Training",
    "Vetting",
]
