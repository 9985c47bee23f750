"""Checks about how mentors come: application, assessment, vetting, selection (indicators 32, 45 to 47, 50, 51)."""

from typing import ClassVar, Literal

from pydantic import Field

from kithwork.core.readiness.asked import Asked, Subject, listed
from kithwork.core.readiness.catalogue.mentors.words import ASKED, number

Stage = Literal["applied", "trained", "matched"]
MENTOR = ("mentor", "mentors")
_DONE = {"applied": "applied", "trained": "came to initial training", "matched": "was introduced to a mentee"}


class MentorsBadged(Asked):
    """Indicator 32."""

    name: ClassVar[str] = "id_badges.issued"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.MENTOR
    people: ClassVar[tuple[str, str]] = MENTOR

    def definition(self) -> str:
        return (
            f"Every mentor who is with us has received an ID badge. {ASKED} badge. A service whose settings say that "
            "it gives no badges is asked all the same."
        )

    def holds(self) -> str:
        return "received an ID badge"

    def next(self) -> str:
        return "Give them a badge, and note the day"


class MentorsCounted(Asked):
    """Indicator 45."""

    name: ClassVar[str] = "mentors.counted"
    subject: ClassVar[Subject] = Subject.MENTOR
    people: ClassVar[tuple[str, str]] = ("person", "people")
    stages: tuple[Stage, ...] = Field(min_length=1)

    def definition(self) -> str:
        done = listed([_DONE[one] for one in self.stages], "or")
        gap = (
            "What spoils a count is a session of initial training in that year and more than a week ago of which "
            "nobody has noted whether they were there; whoever has one is asked about for it alone. "
            if "trained" in self.stages
            else "These are counted by days that every record has. "
        )
        return (
            f"Everybody who {done} in the last year can be counted at each of these stages. {gap}Sessions of trainings "
            "that were called off do not count, and people whose details were erased are left out."
        )

    def holds(self) -> str:
        return "can be counted at every stage they reached in the last year"

    def nothing(self) -> str:
        return f"Nobody {listed([_DONE[one] for one in self.stages], 'or')} in the last year."

    def next(self) -> str:
        return "Note who was there at the training"


class ApplicationsCompleted(Asked):
    """Indicator 46."""

    name: ClassVar[str] = "applications.completed"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.APPLICANT
    people: ClassVar[tuple[str, str]] = ("person who applied in the last year", "people who applied in the last year")
    lasting: ClassVar[bool] = True

    def definition(self) -> str:
        return (
            "Everybody who applied to mentor in the last year, whatever became of it, filled in the application form, "
            "which the record holds. A programme that was completed before joining its mentor bank counts as one. "
            "People whose details were erased are left out."
        )

    def holds(self) -> str:
        return "filled in the application form"

    def nothing(self) -> str:
        return "Nobody applied to mentor in the last year."

    def next(self) -> str:
        return "Take applications by the form, so that the next record holds one"


class ApplicationsAssessed(Asked):
    """Indicators 46 and 47: with `against`, every mentor by the role description; without, every applicant at all."""

    name: ClassVar[str] = "applications.assessed"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.APPLICANT
    people: ClassVar[tuple[str, str]] = ("person", "people")
    vacuous: ClassVar[bool] = True
    against: Literal["role-description"] | None = None

    def definition(self) -> str:
        if self.against:
            return (
                "Every mentor who is with us was assessed by the role description, and the latest assessment does not "
                f"say that they are unsuitable. {ASKED} assessment."
            )
        return (
            "For everybody who applied to mentor in the last year, at least one step after the application form is on "
            "record, such as the assessment by the role description, an interview or the decision. A month is given "
            "for it, and a step taken sooner counts at once; whoever left before any step was taken is left out, and "
            "so are people whose details were erased."
        )

    def figure(self, met: int, total: int) -> str:
        who = ("mentor", "mentors") if self.against else ("applicant of the last year", "applicants of the last year")
        return f"{met:,} of {total:,} {who[0] if total == 1 else who[1]} {self.holds()}"

    def holds(self) -> str:
        return "met the role description when assessed" if self.against else "went on to the assessment"

    def nothing(self) -> str:
        if self.against:
            return "No mentors are on record."
        return "Nobody who applied to mentor in the last year has waited for a month, or been assessed."

    def next(self) -> str:
        return (
            "Assess them by the role description" if self.against else "Look at the application, and take the next step"
        )


class MentorsInterviewed(Asked):
    """Indicator 47, excellence 15."""

    name: ClassVar[str] = "mentors.interviewed"
    subject: ClassVar[Subject] = Subject.MENTOR
    people: ClassVar[tuple[str, str]] = MENTOR
    stage: Literal["selection", "after-training"]

    def definition(self) -> str:
        which = (
            "was interviewed one to one, and the latest interview did not find them unsuitable"
            if self.stage == "selection"
            else "had a talk after the initial training, and the latest did not find them unsuitable"
        )
        return f"Every mentor who is with us {which}. {ASKED} interview."

    def holds(self) -> str:
        return "had an interview" if self.stage == "selection" else "had a talk after the training"

    def next(self) -> str:
        return "Interview them, and note the day"


class MentorsReferenced(Asked):
    """Indicator 47."""

    name: ClassVar[str] = "references.taken"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.MENTOR
    people: ClassVar[tuple[str, str]] = MENTOR
    count: int = Field(2, ge=1, le=9)

    def definition(self) -> str:
        return (
            f"For every mentor who is with us at least {number(self.count, 'reference', 'references')} came in and "
            f"were found suitable; one that is not judged yet does not count. {ASKED} reference."
        )

    def holds(self) -> str:
        return f"came with {number(self.count, 'suitable reference', 'suitable references')} or more"

    def next(self) -> str:
        return "Ask for a reference, or judge what has come"


class MentorsVetted(Asked):
    """Indicator 47."""

    name: ClassVar[str] = "vetting.cleared"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.MENTOR
    people: ClassVar[tuple[str, str]] = MENTOR
    vacuous: ClassVar[bool] = True
    before: Literal["acceptance"] | None = None

    def definition(self) -> str:
        first = (
            " Whoever was selected in the last year, and did not come by a completed programme, must have been clear "
            "on the day of the selection too, by the latest check of that day or before."
            if self.before
            else ""
        )
        return (
            "The latest check of every mentor who is with us found that they may mentor, and has not run out: it "
            "counts through its last day, by the service's own interval, and without one for good; days of grace do "
            f"not lengthen it, and one that is awaited does not count.{first} {ASKED} evidence. A service that needs "
            "no vetting for what its mentors do is not asked."
        )

    def holds(self) -> str:
        return "passed a check that still counts"

    def nothing(self) -> str:
        return "Nobody is to be vetted: there are no mentors, or the service needs no vetting for what they do."

    def next(self) -> str:
        return "Ask for a check, and record its outcome"


class SelectionsExplained(Asked):
    """Indicator 50."""

    name: ClassVar[str] = "selections.explained"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.APPLICANT
    people: ClassVar[tuple[str, str]] = ("decision of the last year", "decisions of the last year")
    vacuous: ClassVar[bool] = True

    def definition(self) -> str:
        return (
            "For everybody who was selected in the last year, or about whom it was decided then, the latest decision "
            "is on record with its reason, whether it was yes or no. People whose details were erased are left out."
        )

    def holds(self) -> str:
        return "came with a reason"

    def nothing(self) -> str:
        return "Nobody was selected or turned down in the last year."

    def next(self) -> str:
        return "Record the decision, and why"


class ApplicantsAnswered(Asked):
    """Indicator 51."""

    name: ClassVar[str] = "applicants.answered"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.APPLICANT
    people: ClassVar[tuple[str, str]] = ("person not selected in the last year", "people not selected in the last year")
    vacuous: ClassVar[bool] = True

    def definition(self) -> str:
        return (
            "Everybody who was not selected in the last year, by the latest decision about them, was told why on that "
            "day or later. A week is given for it; what is done sooner counts at once. People whose details were "
            "erased are left out."
        )

    def holds(self) -> str:
        return "heard why"

    def nothing(self) -> str:
        return "Nobody who applied was turned down in the last year."

    def next(self) -> str:
        return "Tell them why, and note what you said"


class ApplicantsSignposted(Asked):
    """Indicator 51."""

    name: ClassVar[str] = "applicants.signposted"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.APPLICANT
    people: ClassVar[tuple[str, str]] = (
        "person who was told why they were not selected",
        "people who were told why they were not selected",
    )
    vacuous: ClassVar[bool] = True

    def definition(self) -> str:
        return (
            "Everybody who was not selected in the last year and has been told why was also pointed to other "
            "volunteering, at that time or later. People whose details were erased are left out."
        )

    def holds(self) -> str:
        return "heard of other volunteering"

    def nothing(self) -> str:
        return "Nobody was told in the last year that they were not selected."

    def next(self) -> str:
        return "Name other volunteering that may suit them"


KINDS: tuple[type[Asked], ...] = (
    MentorsBadged,
    MentorsCounted,
    ApplicationsCompleted,
    ApplicationsAssessed,
    MentorsInterviewed,
    MentorsReferenced,
    MentorsVetted,
    SelectionsExplained,
    ApplicantsAnswered,
    ApplicantsSignposted,
)
