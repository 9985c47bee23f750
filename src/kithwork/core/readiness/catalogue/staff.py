"""Checks about staff: references and vetting, training, supervision, appraisal, badges (27 to 32)."""

from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from kithwork.core.readiness.asked import Asked, Recurring, Subject, last, listed

COUNTED = "counted from their first day or their last day away where that is later."
LEFT_OUT = "Whoever is away today is left out."
FIRST_DAY = "Whoever is away today, or began today, is left out."


class _OfStaff(Asked):
    """What every check of staff has in common: who is asked about.

    Staff of the mentoring service who had begun by the day and have not left (the last day is still asked about) and
    are not away on it. What is had once (references, vetting, training, a badge) is asked from the day after the first.
    What is repeated is counted from the latest of the first day, the last time, and the last day away; due on the day
    is in time. Whether somebody is of the mentoring service, and meets mentees one to one, is read as it stands now.
    """

    of: ClassVar[str] = "staff"
    subject: ClassVar[Subject] = Subject.STAFF
    people: ClassVar[tuple[str, str]] = ("member of staff", "members of staff")

    def nothing(self) -> str:
        return "No staff of the mentoring service are on record who could be asked about today."


class _OneToOne(_OfStaff):
    people: ClassVar[tuple[str, str]] = (
        "member of staff who meets mentees one to one",
        "members of staff who meet mentees one to one",
    )

    def nothing(self) -> str:
        return "No staff who meet mentees one to one are on record who could be asked about today."


class StaffReferencesTaken(_OneToOne):
    """Indicator 27.

    Staff of the mentoring service who regularly meet mentees one to one, here and not away, from the day after their
    first. Suitable references received on or before the day count; one that was not suitable does not.
    """

    name: ClassVar[str] = "references.taken"
    count: int = Field(default=2, ge=1, le=10)

    def definition(self) -> str:
        many = "reference" if self.count == 1 else "references"
        return (
            f"Everybody on the mentoring staff who regularly meets mentees one to one has at least {self.count} "
            f"suitable {many} on file. {FIRST_DAY}"
        )

    def holds(self) -> str:
        return f"brought {self.count} suitable {'reference' if self.count == 1 else 'references'}"

    def next(self) -> str:
        return "Ask for the missing reference, and enter when it came"


class StaffVettingCleared(_OneToOne):
    """Indicator 27.

    Staff of the mentoring service who regularly meet mentees one to one, here and not away, from the day after their
    first. The latest check dated on or before the day alone counts (of two on one day, the one entered last): it must
    be clear, and not have run out; its last day is still in time, and without one it does not run out.
    """

    name: ClassVar[str] = "vetting.cleared"

    def definition(self) -> str:
        return (
            "Everybody on the mentoring staff who regularly meets mentees one to one has a vetting check, the latest "
            f"of which is clear and has not run out. {FIRST_DAY}"
        )

    def holds(self) -> str:
        return "passed a vetting check that is still in date"

    def next(self) -> str:
        return "Renew the vetting check, and enter its outcome"


class StaffTopic(StrEnum):
    """What staff are trained in, as scheme files say it."""

    PROTECTION = "protection"
    RISK = "risk-management"
    VOLUNTEERS = "managing-volunteers"
    TRAINERS = "training-for-trainers"
    CHALLENGES = "challenges"


TOPICS = {
    StaffTopic.PROTECTION: "protecting people",
    StaffTopic.RISK: "managing risk",
    StaffTopic.VOLUNTEERS: "managing volunteers",
    StaffTopic.TRAINERS: "training others",
    StaffTopic.CHALLENGES: "the challenges mentees face",
}


class StaffTrainingCompleted(_OfStaff):
    """Indicator 28.

    Staff of the mentoring service, here and not away, from the day after their first. One training in each of the
    subjects, on or before the day, however long ago.
    """

    name: ClassVar[str] = "training.completed"
    topics: tuple[StaffTopic, ...] = Field(min_length=1)

    def definition(self) -> str:
        return f"Everybody on the mentoring staff was trained in {self._subjects()}. {FIRST_DAY}"

    def holds(self) -> str:
        return f"took training in {self._subjects()}"

    def next(self) -> str:
        return "Send them on the training they lack, and enter it"

    def _subjects(self) -> str:
        return listed([TOPICS[one] for one in self.topics])


class StaffSupervisionHeld(Recurring, _OfStaff):
    """Indicator 29.

    Staff of the mentoring service, here and not away. Counted from the latest of their first day, the last session on
    or before the day (with `minuted`, the last that has minutes), and the last day away; due on the day is in time.
    """

    name: ClassVar[str] = "supervision.held"
    minuted: bool = False

    def definition(self) -> str:
        return (
            f"Everybody on the mentoring staff had a supervision session{' with minutes' if self.minuted else ''} in "
            f"the {last(self.every)}, {COUNTED} {LEFT_OUT}"
        )

    def holds(self) -> str:
        return f"had supervision{' with minutes' if self.minuted else ''} in the {last(self.every)}"

    def next(self) -> str:
        return f"Hold a supervision session{', take minutes,' if self.minuted else ''} and enter it"


class AppraisalsHeld(Recurring, _OfStaff):
    """Indicator 30.

    Staff of the mentoring service, here and not away. Counted from the latest of their first day, the last appraisal on
    or before the day that went by the job description, and the last day away; due on the day is in time.
    """

    name: ClassVar[str] = "appraisals.held"

    def definition(self) -> str:
        return (
            f"Everybody on the mentoring staff had an appraisal by their job description in the {last(self.every)}, "
            f"{COUNTED} {LEFT_OUT}"
        )

    def holds(self) -> str:
        return f"had an appraisal by their job description in the {last(self.every)}"

    def next(self) -> str:
        return "Hold the appraisal by the job description, and enter it"


class StaffTrainingRecorded(_OfStaff):
    """Indicator 30.

    Staff of the mentoring service, here and not away, from the day after their first. At least one training in their
    file on or before the day, on any subject.
    """

    name: ClassVar[str] = "training.recorded"

    def definition(self) -> str:
        return f"Everybody on the mentoring staff has at least one training written down in their file. {FIRST_DAY}"

    def holds(self) -> str:
        return "had training written down in their file"

    def next(self) -> str:
        return "Write down what training they had"


class TrainingNeedsAssessed(Recurring, _OfStaff):
    """Indicator 30.

    Staff of the mentoring service, here and not away. Counted from the latest of their first day, the last appraisal on
    or before the day in which training needs were talked about, and the last day away; due on the day is in time.
    """

    name: ClassVar[str] = "training_needs.assessed"

    def definition(self) -> str:
        return (
            f"The training needs of everybody on the mentoring staff were talked about at an appraisal in "
            f"the {last(self.every)}, {COUNTED} {LEFT_OUT}"
        )

    def holds(self) -> str:
        return f"talked about their training needs in the {last(self.every)}"

    def next(self) -> str:
        return "Talk about training needs at an appraisal, and enter it"


class StaffBadgesIssued(_OfStaff):
    """Indicator 32.

    Staff of the mentoring service, here and not away, from the day after their first. A badge given on or before the
    day.
    """

    name: ClassVar[str] = "id_badges.issued"

    def definition(self) -> str:
        return f"Everybody on the mentoring staff was given an ID badge. {FIRST_DAY}"

    def holds(self) -> str:
        return "received an ID badge"

    def next(self) -> str:
        return "Give them a badge, and enter the day"


KINDS: tuple[type[Asked], ...] = (
    StaffReferencesTaken,
    StaffVettingCleared,
    StaffTrainingCompleted,
    StaffSupervisionHeld,
    AppraisalsHeld,
    StaffTrainingRecorded,
    TrainingNeedsAssessed,
    StaffBadgesIssued,
)
