"""The closed kinds of a scheme: who acts, what kinds of stage there are, and what each can reach."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

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


class Kept(StrEnum):
    """What the privacy gate may keep by rule of a scheme, because it is public or known to whoever judges."""

    STAFF = "staff"  # names of those who work for the service, and of its board
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    POSTCODE = "postcode"
    WEB = "web"


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
    StageKind.OBSERVATION: (Outcome.ARRANGED, Outcome.HELD, Outcome.SIGNED),
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
