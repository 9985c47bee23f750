"""Checks about the training of mentors (indicators 48 to 50 and 54)."""

from typing import ClassVar, Literal

from pydantic import Field

from kithwork.core.readiness.asked import Asked, Recurring, Subject, last
from kithwork.core.readiness.catalogue.mentors.words import ASKED, number

Kind = Literal["initial", "refresher", "specific"]
WORDS: dict[Kind, str] = {
    "initial": "initial training",
    "refresher": "refresher or developmental training",
    "specific": "training for a mentee's particular needs",
}


class MentorsTrained(Asked):
    """Indicator 48."""

    name: ClassVar[str] = "training.completed"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.MENTOR
    people: ClassVar[tuple[str, str]] = ("mentor", "mentors")
    kind: Kind = "initial"
    sessions: int = Field(2, ge=1, le=20)
    before: Literal["acceptance"] | None = None

    def definition(self) -> str:
        first = (
            " For whoever was selected in the last year, only sessions up to the day of the selection count."
            if self.before
            else ""
        )
        joined = " A programme that was completed before joining counts as initial training." if self._joined else ""
        return (
            f"Every mentor who is with us was there at {number(self.sessions, 'session', 'sessions')} of "
            f"{WORDS[self.kind]} at least, in one course or several.{first}{joined} {ASKED} training."
        )

    @property
    def _joined(self) -> bool:
        return self.kind == "initial"

    def holds(self) -> str:
        return f"attended {number(self.sessions, 'session', 'sessions')} or more of {WORDS[self.kind]}"

    def next(self) -> str:
        return "Invite them to a course, and note who was there"


class TrainingOutlined(Asked):
    """Indicator 48."""

    name: ClassVar[str] = "training.outlined"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.TRAINING
    people: ClassVar[tuple[str, str]] = ("course of the last year", "courses of the last year")
    vacuous: ClassVar[bool] = True
    lasting: ClassVar[bool] = True
    kind: Kind = "initial"

    def definition(self) -> str:
        return (
            f"The outline of every course of {WORDS[self.kind]} with a session in the last year, to which somebody "
            "came, was sent or given out on a day before its first session. Courses that were called off are left out."
        )

    def holds(self) -> str:
        return "had the outline sent beforehand"

    def nothing(self) -> str:
        return f"No course of {WORDS[self.kind]} was held in the last year."

    def next(self) -> str:
        return "Note the day on which the outline was given out, or send that of the next course beforehand"


class FeedbackGathered(Asked):
    """Indicator 49."""

    name: ClassVar[str] = "training_feedback.gathered"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.TRAINING
    people: ClassVar[tuple[str, str]] = ("course of the last year", "courses of the last year")

    def definition(self) -> str:
        return (
            "Of every training of any kind with a session in the last year, to which somebody came, at least one of "
            "those invited has said how satisfied they are and what they learnt. Two weeks are given for it after the "
            "last session, those still to come among them; what is said sooner counts at once. Courses that were "
            "called off are left out."
        )

    def holds(self) -> str:
        return "heard back from those who came"

    def nothing(self) -> str:
        return "No training was over in the last year."

    def next(self) -> str:
        return "Ask those who came what they think"


class FeedbackActedOn(Asked):
    """Indicator 49."""

    name: ClassVar[str] = "training_feedback.acted_on"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.TRAINING
    people: ClassVar[tuple[str, str]] = ("course with feedback", "courses with feedback")
    vacuous: ClassVar[bool] = True

    def definition(self) -> str:
        return (
            "For every training of any kind with a session in the last year, to which somebody came and of which "
            "somebody has said what they think, it is written down what was changed because of it. 30 days are given "
            "for it after the last session, those still to come among them; what is done sooner counts at once. "
            "Courses that were called off are left out."
        )

    def holds(self) -> str:
        return "led to a change that was written down"

    def nothing(self) -> str:
        return "Nobody has said what they think of a training of the last year."

    def next(self) -> str:
        return "Write down what was changed after the feedback"


class TrainingObserved(Asked):
    """Indicator 50."""

    name: ClassVar[str] = "training.observed"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.APPLICANT
    people: ClassVar[tuple[str, str]] = (
        "person decided about in the last year",
        "people decided about in the last year",
    )
    vacuous: ClassVar[bool] = True

    def definition(self) -> str:
        return (
            "For everybody who was selected in the last year, or about whom it was decided then, and who was there at "
            "a session of initial training, the trainer has noted at one of these sessions at least how they did, and "
            "at one at least whether they understood the topics. People whose details were erased are left out."
        )

    def holds(self) -> str:
        return "left the training with a note of how they did"

    def nothing(self) -> str:
        return "Nobody who was at initial training was selected or turned down in the last year."

    def next(self) -> str:
        return "Note how they did, and whether they understood the topics"


class TrainingOffered(Recurring):
    """Indicator 54."""

    name: ClassVar[str] = "training.offered"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.MENTOR
    people: ClassVar[tuple[str, str]] = ("mentor", "mentors")
    kind: Kind = "refresher"

    def definition(self) -> str:
        return (
            f"Every mentor was invited to {WORDS[self.kind]} within the {last(self.every)}, by the day of the session, "
            "counted from the day they were selected, or came back from being away; to come or not is up to them. A "
            "session still to come counts once its course is set up; one that was called off does not. Whoever is "
            "away today is left out."
        )

    def holds(self) -> str:
        return f"got an invitation within the {last(self.every)}"

    def next(self) -> str:
        return "Set up a session, and invite them"


KINDS: tuple[type[Asked], ...] = (
    MentorsTrained,
    TrainingOutlined,
    FeedbackGathered,
    FeedbackActedOn,
    TrainingObserved,
    TrainingOffered,
)
