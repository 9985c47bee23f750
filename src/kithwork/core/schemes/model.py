"""A scheme edition as data: what an award, licence or status asks for, in which order, of whom.

The kinds are closed. Everything a scheme can say is a field here, so a scheme folder never needs code of its own.
Units: money in whole pounds, periods as text ('6 months', '15 working days'; see `kithwork.core.days.Period`).
"""

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kithwork.core.days import Period

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Part(BaseModel):
    """A piece of an edition: frozen, and unknown keys are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Role(StrEnum):
    """Who acts on a journey."""

    APPLICANT = "applicant"
    OFFICER = "officer"
    ASSESSOR = "assessor"
    PANEL = "panel"
    CHAIR = "chair"
    SUPPORTER = "supporter"  # a third party asked by one-time link: a head, a line manager, a partnership tutor


class StageKind(StrEnum):
    CHECKLIST = "checklist"
    FORM = "form"
    DECISION = "decision"
    FEE = "fee"
    MEETING = "meeting"
    COURSE = "course"
    EVIDENCE = "evidence"
    VISIT = "visit"
    INTERVIEW = "interview"
    OBSERVATION = "observation"
    CASE_STUDY = "case_study"
    ASSIGNMENT = "assignment"
    PORTFOLIO = "portfolio"
    PANEL = "panel"
    AWARD = "award"
    RENEWAL = "renewal"


class Outcome(StrEnum):
    """What a stage can have reached; `opens` names one of another stage's."""

    ANSWERED = "answered"
    SUBMITTED = "submitted"
    YES = "yes"
    NO = "no"
    INVOICED = "invoiced"
    PAID = "paid"
    ARRANGED = "arranged"
    HELD = "held"
    ATTENDED = "attended"
    SIGNED = "signed"
    CONFIRMED = "confirmed"
    GRANTED = "granted"


# What each kind of stage can reach, earliest first; the last one (or YES) completes it.
REACHES: dict[StageKind, tuple[Outcome, ...]] = {
    StageKind.CHECKLIST: (Outcome.ANSWERED,),
    StageKind.FORM: (Outcome.SUBMITTED,),
    StageKind.DECISION: (Outcome.NO, Outcome.YES),
    StageKind.FEE: (Outcome.INVOICED, Outcome.PAID),
    StageKind.MEETING: (Outcome.ARRANGED, Outcome.HELD),
    StageKind.COURSE: (Outcome.ARRANGED, Outcome.ATTENDED),
    StageKind.EVIDENCE: (Outcome.SUBMITTED, Outcome.CONFIRMED),
    StageKind.VISIT: (Outcome.ARRANGED, Outcome.HELD, Outcome.CONFIRMED),
    StageKind.INTERVIEW: (Outcome.HELD,),
    StageKind.OBSERVATION: (Outcome.ARRANGED, Outcome.SIGNED),
    StageKind.CASE_STUDY: (Outcome.SUBMITTED, Outcome.CONFIRMED),
    StageKind.ASSIGNMENT: (Outcome.SUBMITTED, Outcome.CONFIRMED),
    StageKind.PORTFOLIO: (Outcome.SUBMITTED, Outcome.CONFIRMED),
    StageKind.PANEL: (Outcome.NO, Outcome.YES),
    StageKind.AWARD: (Outcome.GRANTED,),
    StageKind.RENEWAL: (Outcome.SUBMITTED,),
}


class Condition(Part):
    """'registration paid': the stage named has reached the outcome named."""

    stage: Slug
    outcome: Outcome

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        words = value.split()
        if len(words) != 2:
            raise ValueError("a condition is two words, a stage and an outcome, as in 'registration paid'")
        return {"stage": words[0], "outcome": words[1]}

    def __str__(self) -> str:
        return f"{self.stage} {self.outcome}"


class About(Part):
    slug: Slug
    edition: Slug
    name: Short
    body: Short
    applicant: Literal["service", "person"]
    summary: Text
    who_for: Text | None = None
    benefits: tuple[Text, ...] = ()
    source: Short
    calendar: Literal["england", "scotland", "wales", "northern-ireland"] = "england"
    assessor_from: Condition | None = None  # when the body must have appointed an assessor


class Words(Part):
    """The scheme's own words for the house's things; pages show these."""

    requirement: Short = "requirement"
    requirements: Short = "requirements"
    area: Short = "area"
    areas: Short = "areas"
    level: Short = "level"
    assessor: Short = "assessor"


class Level(Part):
    id: Slug
    title: Short
    summary: Text | None = None
    includes: tuple[Slug, ...] = ()  # levels whose requirements are asked as well


class Credential(Part):
    kind: Literal["award", "licence", "status", "completion"]
    valid: Period | None = None
    aiming: Short | None = None  # the words of the public listing before the award
    aiming_from: Condition | None = None
    holds: Short  # the words of the public listing of a holder
    keeps: tuple[Text, ...] = ()  # what the holder must keep up, such as membership


class Band(Part):
    title: Short
    below: int | None = Field(default=None, gt=0)  # pounds; None: no upper end
    amount: int = Field(ge=0)


class Fee(Part):
    id: Slug
    title: Short
    amount: int | None = Field(default=None, ge=0)
    by: Short | None = None  # the number field of the application that chooses the band
    bands: tuple[Band, ...] = ()
    refundable: bool = True
    by_hand: Text | None = None  # when the price is agreed by hand, in words
    by_hand_when: Short | None = None  # the number field that, when above 1, asks for a price by hand

    @model_validator(mode="after")
    def _one_price(self) -> Self:
        if (self.amount is None) == (not self.bands):
            raise ValueError("a fee has either an amount or bands")
        if self.bands and not self.by:
            raise ValueError("a fee with bands says 'by' which number of the application they go")
        tops = [band.below for band in self.bands]
        if tops and (tops[-1] is not None or None in tops[:-1]):
            raise ValueError("the last band, and only the last, has no 'below'")
        ends = [top for top in tops if top is not None]
        if ends != sorted(set(ends)):
            raise ValueError("bands go upwards, each 'below' greater than the one before")
        return self

    def band_for(self, number: int) -> Band:
        """The band for a number (pounds of turnover); the ends are 'below', so the limit itself is in the next band."""
        return next(band for band in self.bands if band.below is None or number < band.below)

    def price(self, number: int | None) -> int:
        """Whole pounds. `number` is the application's figure, needed when the fee goes by bands."""
        if self.amount is not None:
            return self.amount
        if number is None:
            raise ValueError(f"the fee '{self.id}' needs the figure '{self.by}'")
        return self.band_for(number).amount


class Area(Part):
    id: Slug
    title: Short
    summary: Text | None = None


class Check(BaseModel):
    """A named question to a service's records; its parameters are the check's own business (readiness)."""

    model_config = ConfigDict(frozen=True, extra="allow")
    name: Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z_]+)+$")]


class Requirement(Part):
    """What must be shown. The id is unique in the edition; `number` is what pages print."""

    id: Slug
    number: Short
    level: Slug
    area: Slug
    title: Short
    asks: Text  # our own plain wording
    points: tuple[Text, ...] = ()  # parts that must each be there
    evidence: tuple[Text, ...] = ()  # what usually shows it
    assessed: Slug  # matches `assessed` of an evidence, visit or portfolio stage
    live: bool = False  # casework evidence, which must be redacted
    fresh: Period | None = None  # a document may be at most this old
    checks: tuple[Check, ...] = ()
    source: Short


class Question(Part):
    id: Slug
    asks: Text
    advice: Text | None = None  # shown when the answer is no
    hint: Text | None = None


class FieldKind(StrEnum):
    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YESNO = "yesno"
    CHOICE = "choice"
    EMAIL = "email"
    PHONE = "phone"
    WEB = "web"
    LEVEL = "level"


class FormField(Part):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    page: Short  # fields with the same page title are asked together
    label: Short
    kind: FieldKind
    hint: Text | None = None
    required: bool = True
    options: tuple[Short, ...] = ()
    must_be_yes: Text | None = None  # for yesno: the message when it is not yes
    max_words: int | None = Field(default=None, gt=0)
    personal: bool = False
    default: int | Short | None = None  # what the form offers before anything is typed


class Milestone(Part):
    what: Short
    areas: int = Field(default=1, gt=0)  # complete areas wanted by then
    within: Period


class InterviewKind(Part):
    id: Slug
    title: Short
    people: Short  # 'mentees'
    normally: int = Field(gt=0)  # individual talks
    or_groups: int | None = Field(default=None, gt=0)
    minutes: int = Field(gt=0)
    alternative: Text  # what happens when nobody can be interviewed
    rules: tuple[Text, ...] = ()
    questions: tuple[Text, ...]


class Declaration(Part):
    id: Slug
    says: Text


class Piece(Part):
    """Something written and handed in: a case study or an assignment."""

    id: Slug
    title: Short
    asks: Text
    min_words: int | None = Field(default=None, gt=0)
    max_words: int | None = Field(default=None, gt=0)
    declarations: tuple[Declaration, ...] = ()
    points: tuple[Text, ...] = ()


class BaseStage(Part):
    id: Slug
    title: Short
    about: Text | None = None
    opens: tuple[Condition, ...] = ()
    within: Period | None = None  # to completion of the applicant's or the body's part, from opening


class ChecklistStage(BaseStage):
    kind: Literal[StageKind.CHECKLIST]
    by: Role = Role.APPLICANT
    questions: tuple[Question, ...] = Field(min_length=1)
    otherwise: Text  # what a person who fails can do instead


class FormStage(BaseStage):
    kind: Literal[StageKind.FORM]
    by: Role = Role.APPLICANT
    fields: tuple[FormField, ...] = Field(min_length=1)


class DecisionStage(BaseStage):
    kind: Literal[StageKind.DECISION]
    by: Role = Role.OFFICER
    decides: Literal["eligibility", "application", "award"]
    reopens: Slug | None = None  # the form that is asked for again when more is wanted
    recommended_by: Role | None = None
    otherwise: Text | None = None  # advice that goes with a no


class FeeStage(BaseStage):
    kind: Literal[StageKind.FEE]
    by: Role = Role.APPLICANT
    fee: Slug


class MeetingStage(BaseStage):
    kind: Literal[StageKind.MEETING]
    by: Role = Role.ASSESSOR


class CourseStage(BaseStage):
    kind: Literal[StageKind.COURSE]
    by: Role = Role.APPLICANT
    days: int = Field(default=1, gt=0)
    hours: int | None = Field(default=None, gt=0)


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


class PortfolioStage(BaseStage):
    kind: Literal[StageKind.PORTFOLIO]
    by: Role = Role.APPLICANT
    assessed: Slug


class PanelStage(BaseStage):
    kind: Literal[StageKind.PANEL]
    by: Role = Role.CHAIR
    members: int = Field(default=1, gt=0)
    agree: Literal["all", "majority", "chair"] = "chair"


class AwardStage(BaseStage):
    kind: Literal[StageKind.AWARD]
    by: Role = Role.OFFICER


class RenewalStage(BaseStage):
    kind: Literal[StageKind.RENEWAL]
    by: Role = Role.APPLICANT
    before: Period  # how long before the end the holder is invited


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


class Edition(Part):
    """One published version of a scheme. Built by `loader.load`; its references are proved by `checker.mistakes`."""

    scheme: About
    words: Words = Words()
    levels: tuple[Level, ...] = Field(min_length=1)
    credential: Credential
    fees: tuple[Fee, ...] = ()
    areas: tuple[Area, ...] = ()
    stages: tuple[Stage, ...] = Field(min_length=1)
    requirements: tuple[Requirement, ...] = ()

    @cached_property
    def key(self) -> str:
        return f"{self.scheme.slug}/{self.scheme.edition}"

    @cached_property
    def _stage_by_id(self) -> dict[str, Stage]:
        return {stage.id: stage for stage in self.stages}

    @cached_property
    def _requirement_by_id(self) -> dict[str, Requirement]:
        return {requirement.id: requirement for requirement in self.requirements}

    @cached_property
    def _levels_within(self) -> dict[str, frozenset[str]]:
        return {level.id: frozenset({level.id, *level.includes}) for level in self.levels}

    @cached_property
    def _in_scope(self) -> dict[tuple[str, str], tuple[Requirement, ...]]:
        ways = {requirement.assessed for requirement in self.requirements}
        return {
            (level.id, way): tuple(
                requirement
                for requirement in self.requirements
                if requirement.assessed == way and requirement.level in self._levels_within[level.id]
            )
            for level in self.levels
            for way in ways
        }

    def stage(self, stage_id: str) -> Stage:
        """Raises KeyError when the edition has no such stage."""
        return self._stage_by_id[stage_id]

    def requirement(self, requirement_id: str) -> Requirement:
        """Raises KeyError when the edition has no such requirement."""
        return self._requirement_by_id[requirement_id]

    def level(self, level_id: str) -> Level:
        return next(level for level in self.levels if level.id == level_id)

    def area(self, area_id: str) -> Area:
        return next(area for area in self.areas if area.id == area_id)

    def fee(self, fee_id: str) -> Fee:
        return next(fee for fee in self.fees if fee.id == fee_id)

    def asked_at(self, level_id: str, assessed: str) -> tuple[Requirement, ...]:
        """The requirements that a level asks for and that are assessed in this way, in the edition's order."""
        return self._in_scope.get((level_id, assessed), ())

    def stages_of(self, *kinds: StageKind) -> Iterator[Stage]:
        return (stage for stage in self.stages if stage.kind in kinds)

    def stage_for(self, requirement: Requirement) -> Stage:
        """The stage in which a requirement is assessed."""
        return next(
            stage
            for stage in self.stages
            if isinstance(stage, EvidenceStage | VisitStage | PortfolioStage) and stage.assessed == requirement.assessed
        )

    def counts(self) -> dict[str, dict[str, int]]:
        """What `kithwork scheme show --json` prints: counts of requirements by level, area and way of assessing.

        Areas and ways count the first level's own requirements.
        """
        first = [r for r in self.requirements if r.level == self.levels[0].id]
        return {
            "levels": {lv.id: sum(r.level == lv.id for r in self.requirements) for lv in self.levels},
            "areas": {area.id: sum(r.area == area.id for r in first) for area in self.areas},
            "assessed": {
                way: sum(r.assessed == way for r in first) for way in dict.fromkeys(r.assessed for r in first)
            },
        }
