"""The sixteen kinds of stage, and what each of them can say."""

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from kithwork.core.days import Period
from kithwork.core.schemes.model.asks import FormField, InterviewKind, Milestone, Piece, Question
from kithwork.core.schemes.model.kinds import Condition, Part, Role, Short, Slug, StageKind, Text


class BaseStage(Part):
    id: Slug
    title: Short
    about: Text | None = None
    opens: tuple[Condition, ...] = ()
    within: Period | None = None  # to completion of the applicant's or the body's part, from opening
    levels: tuple[Slug, ...] = ()  # in play only for those who aim at one of these; empty: for everybody
    when: Literal["always", "first", "renewal"] = "always"  # in play the first time, at a renewal, or both
    lapses: Period | None = None  # from opening: when it is not done by then, the whole journey lapses


class ChecklistStage(BaseStage):
    kind: Literal[StageKind.CHECKLIST]
    by: Role = Role.APPLICANT
    questions: tuple[Question, ...] = Field(min_length=1)
    otherwise: Text  # what a person who fails can do instead


class FormStage(BaseStage):
    kind: Literal[StageKind.FORM]
    by: Role = Role.APPLICANT
    fields: tuple[FormField, ...] = Field(min_length=1)
    supporter: Short | None = None  # for a form filled in by a third party on a one-time link: who that is
    reply: Text | None = None  # what the applicant gets in return
    papers: tuple[Slug, ...] = ()  # sent with the reply


class DecisionStage(BaseStage):
    kind: Literal[StageKind.DECISION]
    by: Role = Role.OFFICER
    decides: Literal["eligibility", "application", "award"]
    reopens: Slug | None = None  # the form or portfolio that is asked for again when more is wanted
    recommended_by: Role | None = None
    deciders: StrictInt = Field(default=1, ge=1, le=5)  # how many decide; they must agree
    otherwise: Text | None = None  # advice that goes with a no


class FeeStage(BaseStage):
    kind: Literal[StageKind.FEE]
    by: Role = Role.APPLICANT
    fee: Slug
    optional: StrictBool = False  # asked for only when the body issues an invoice; nothing waits for it


class MeetingStage(BaseStage):
    kind: Literal[StageKind.MEETING]
    by: Role = Role.ASSESSOR


class CourseStage(BaseStage):
    kind: Literal[StageKind.COURSE]
    by: Role = Role.APPLICANT
    event: Literal["course", "briefing", "workshop", "gathering"] = "course"
    parts: StrictInt = Field(default=1, ge=1, le=20)  # dated parts, each of which is attended
    hours: StrictInt | None = Field(default=None, gt=0)  # taught
    self_study: StrictInt | None = Field(default=None, gt=0)  # hours
    cohort: StrictInt | None = Field(default=None, gt=0)  # places, as the scheme plans it
    outline: tuple[Text, ...] = ()


class EvidenceStage(BaseStage):
    kind: Literal[StageKind.EVIDENCE]
    by: Role = Role.APPLICANT
    assessed: Slug
    milestones: tuple[Milestone, ...] = ()
    late: Literal["flagged", "refused"] = "flagged"


class VisitStage(BaseStage):
    kind: Literal[StageKind.VISIT]
    by: Role = Role.ASSESSOR
    assessed: Slug
    modes: tuple[Short, ...] = ("on site", "by video")
    supplementary_within: Period
    late: Literal["flagged", "refused"] = "refused"


class InterviewStage(BaseStage):
    kind: Literal[StageKind.INTERVIEW]
    by: Role = Role.ASSESSOR
    interviews: tuple[InterviewKind, ...] = Field(min_length=1)
    rules: tuple[Text, ...] = ()


class ObservationStage(BaseStage):
    kind: Literal[StageKind.OBSERVATION]
    by: Role = Role.ASSESSOR
    of: Text
    signatures: tuple[Role, ...] = (Role.ASSESSOR, Role.APPLICANT)


class CaseStudyStage(BaseStage):
    kind: Literal[StageKind.CASE_STUDY]
    by: Role = Role.APPLICANT
    pieces: tuple[Piece, ...] = Field(min_length=1)


class AssignmentStage(BaseStage):
    kind: Literal[StageKind.ASSIGNMENT]
    by: Role = Role.APPLICANT
    pieces: tuple[Piece, ...] = Field(min_length=1)
    standardised: StrictBool = False  # several markers may mark the same script, unseen by one another, and compare
    markers: StrictInt = Field(default=2, ge=2, le=5)  # of a standardised one: how many at most


class PortfolioStage(BaseStage):
    kind: Literal[StageKind.PORTFOLIO]
    by: Role = Role.APPLICANT
    assessed: Slug
    judged_by: Literal[Role.ASSESSOR, Role.PANEL] = Role.ASSESSOR  # panel: handing in is enough for the panel to open


class PanelStage(BaseStage):
    kind: Literal[StageKind.PANEL]
    by: Role = Role.CHAIR
    members: StrictInt = Field(default=1, gt=0)
    agree: Literal["all", "majority", "chair"] = "chair"  # whose yes a yes needs
    reopens: tuple[Slug, ...] = ()  # portfolios; the last one on the road is asked for again when more is wanted
    record: tuple[Text, ...] = ()  # the points of the accreditation record


class AwardStage(BaseStage):
    kind: Literal[StageKind.AWARD]
    by: Role = Role.OFFICER


class RenewalStage(BaseStage):
    kind: Literal[StageKind.RENEWAL]
    by: Role = Role.APPLICANT
    before: Period  # how long before the end the holder is invited
    reminders: tuple[Period, ...] = ()  # further reminders, each so long before the end
    grace: Period | None = None  # how long after the end it can still be renewed without a gap
    asks: Literal["all", "marked"] = "all"  # marked: requirements with `renewal` and last time's recommendations
    carries: tuple[Text, ...] = ()  # what carries over, in words


Stage = Annotated[
    ChecklistStage
    | FormStage
    | DecisionStage
    | FeeStage
    | MeetingStage
    | CourseStage
    | EvidenceStage
    | VisitStage
    | InterviewStage
    | ObservationStage
    | CaseStudyStage
    | AssignmentStage
    | PortfolioStage
    | PanelStage
    | AwardStage
    | RenewalStage,
    Field(discriminator="kind"),
]
