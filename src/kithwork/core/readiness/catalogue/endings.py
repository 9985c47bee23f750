"""Checks about how matches end (indicators 59 to 61, excellence 9)."""

from typing import ClassVar, Literal

from pydantic import Field

from kithwork.core.readiness.asked import Asked, Subject, listed

Told = Literal["mentees", "mentors", "carers", "referrers"]
Confirmed = Literal["mentees", "mentors"]
Surveyed = Literal["referrers", "carers"]

TOLD: dict[Told, str] = {
    "mentees": "the mentee",
    "mentors": "the mentor",
    "carers": "a family member or carer who is on record",
    "referrers": "a referrer who is still involved, other than the mentee",
}
A_WEEK = "A week is given for it after the last day; what is done sooner counts at once."


class _Ended(Asked):
    """Matches whose last day lay in the last year and before today."""

    subject: ClassVar[Subject] = Subject.ENDING
    people: ClassVar[tuple[str, str]] = ("ending", "endings")

    def nothing(self) -> str:
        return "No match ended in the last year."


class _PlannedEnd(_Ended):
    people: ClassVar[tuple[str, str]] = ("planned ending", "planned endings")
    vacuous: ClassVar[bool] = True

    def nothing(self) -> str:
        return "No match came to a planned end in the last year."


class EndingsPlanned(_PlannedEnd):
    """Indicator 59."""

    name: ClassVar[str] = "endings.planned"
    lasting: ClassVar[bool] = True

    def definition(self) -> str:
        return (
            "In every match that came to a planned end in the last year and before today, the ending was known at "
            "least so many days before the last day as the service has set for itself, or it is noted why the notice "
            "was shorter. The service's figure of today is asked of the whole year."
        )

    def holds(self) -> str:
        return "of the last year with the notice that is usual here, or the reason for less"

    def next(self) -> str:
        return "Give the next ones the notice that is usual here, or write down why not"


class EndingsReflectedOn(_PlannedEnd):
    """Indicator 59."""

    name: ClassVar[str] = "endings.reflected_on"

    def definition(self) -> str:
        return (
            "In every match that came to a planned end in the last year and before today, mentee and mentor looked "
            f"back together on what went well. {A_WEEK}"
        )

    def holds(self) -> str:
        return "of the last year looked back on"

    def next(self) -> str:
        return "Look back with both, and write down what went well"


class EndingsSupported(_Ended):
    """Indicator 60."""

    name: ClassVar[str] = "endings.supported"
    people: ClassVar[tuple[str, str]] = ("sudden ending", "sudden endings")
    vacuous: ClassVar[bool] = True
    when: Literal["sudden"] = "sudden"

    def definition(self) -> str:
        return (
            "After every match that ended suddenly in the last year and before today, mentee, mentor or both were "
            f"given extra support, on the day on which the ending was known or later. {A_WEEK}"
        )

    def holds(self) -> str:
        return "of the last year followed by extra support"

    def nothing(self) -> str:
        return "No match ended suddenly in the last year."

    def next(self) -> str:
        return "Offer them support, and write down what was done"


class EndingsExplained(_Ended):
    """Indicator 61."""

    name: ClassVar[str] = "endings.explained"
    whom: tuple[Told, ...] = Field(default=("mentees", "mentors", "carers", "referrers"), alias="of", min_length=1)

    def definition(self) -> str:
        return (
            "For every match that ended in the last year and before today it is recorded when it was explained why: to "
            f"{listed([TOLD[one] for one in self.whom])}. {A_WEEK} Whether there is a carer, and whether the referrer "
            "is still involved, is read off the mentee's record as it stands now."
        )

    def holds(self) -> str:
        return "of the last year explained to everybody concerned"

    def next(self) -> str:
        return "Tell whoever was not told why it ended, and note the day"


class EndingsConfirmed(_Ended):
    """Indicator 61."""

    name: ClassVar[str] = "endings.confirmed"
    whom: tuple[Confirmed, ...] = Field(default=("mentees", "mentors"), alias="of", min_length=1)
    states: Literal["what-follows"] = "what-follows"

    def definition(self) -> str:
        who = listed(["mentee" if one == "mentees" else "mentor" for one in self.whom])
        return (
            "After every match that ended in the last year and before today, the ending was confirmed in writing to "
            f"{who}, and what follows for them is written down. {A_WEEK}"
        )

    def holds(self) -> str:
        return "of the last year confirmed in writing, with what follows"

    def next(self) -> str:
        return "Write down what follows, and send the letters"


class EndingsSurveyed(_Ended):
    """Excellence 9."""

    name: ClassVar[str] = "endings.surveyed"
    vacuous: ClassVar[bool] = True
    whom: tuple[Surveyed, ...] = Field(default=("referrers", "carers"), alias="of", min_length=1)

    def definition(self) -> str:
        who = listed([TOLD[one] for one in self.whom], "or")
        return (
            f"After every match that ended in the last year, before today, and of which there is {who} to ask, one of "
            "them was asked for their view, or gave it; which of them the record of asking does not tell. Who there is "
            "is read off the mentee's record as it stands now. Two weeks are given for it after the last day; what is "
            "done sooner counts at once."
        )

    def holds(self) -> str:
        return "of the last year followed by a question to family, carer or referrer"

    def nothing(self) -> str:
        return "No match ended in the last year of which a carer or referrer could be asked."

    def next(self) -> str:
        return "Send them the questionnaire"


KINDS: tuple[type[Asked], ...] = (
    EndingsPlanned,
    EndingsReflectedOn,
    EndingsSupported,
    EndingsExplained,
    EndingsConfirmed,
    EndingsSurveyed,
)
