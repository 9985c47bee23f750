"""Checks about mentees: who they are in numbers and what changes for them (36, 37), what is agreed with them, how they
hear from the service, risks, plans, reviews (41 to 44); what is agreed with mentors about their details (46).
"""

from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import Field

from kithwork.core.days import Period
from kithwork.core.readiness.asked import YEAR, Asked, Recurring, Subject, listed

Who = Literal["matched", "unmatched"]
_WHO: dict[Who, str] = {"matched": "matched", "unmatched": "on the waiting list"}


class Consented(StrEnum):
    """What somebody is asked to agree to, as scheme files say it."""

    HOLD = "hold-personal-data"
    THIRD_PARTIES = "ask-third-parties"
    RISKS = "share-risks"
    REVIEWS = "share-review-feedback"


class Topic(StrEnum):
    """What a review is about, as scheme files say it."""

    AIMS = "aims"
    CONTINUE = "wish-to-continue"
    SERVICE = "view-of-service"
    OUTCOME = "outcome"


_CONSENTED = {
    Consented.HOLD: "keeping their details",
    Consented.THIRD_PARTIES: "asking others for information",
    Consented.RISKS: "telling the mentor about risks",
    Consented.REVIEWS: "passing on what reviews say",
}
_TOPICS = {
    Topic.AIMS: "how far their aims are reached",
    Topic.CONTINUE: "whether they want to go on and still need the service",
    Topic.SERVICE: "what they think of the service",
}


def _said(period: Period) -> str:
    """As it follows 'the last': '3 months', but 'year' and not '1 year'."""
    return period.unit if period.count == 1 else str(period)


class _EqualitiesMonitored(Asked):
    name: ClassVar[str] = "equalities.monitored"

    def definition(self) -> str:
        came = "were referred" if self.of == "mentees" else "applied"
        return (
            f"Of all {self.of} who are here, from the day they {came}, accepted or not: they were asked the equalities "
            "questions. A month is given for it from that day; whoever was asked sooner counts at once. Whoever is "
            "away is left out. Whether they answered is not counted, and nobody can tell."
        )

    def holds(self) -> str:
        return "asked the equalities questions"

    def next(self) -> str:
        return "Send them the equalities questions"


class MenteesMonitored(_EqualitiesMonitored):
    """Indicator 36."""

    of: ClassVar[str] = "mentees"
    subject: ClassVar[Subject] = Subject.MENTEE
    people: ClassVar[tuple[str, str]] = ("mentee", "mentees")


class MentorsMonitored(_EqualitiesMonitored):
    """Indicator 36."""

    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.MENTOR
    people: ClassVar[tuple[str, str]] = ("mentor", "mentors")


class OutcomesCompared(Asked):
    """Indicator 37."""

    name: ClassVar[str] = "outcomes.compared"
    subject: ClassVar[Subject] = Subject.MATCH
    people: ClassVar[tuple[str, str]] = ("mentee", "mentees")
    against: Literal["baseline"] = "baseline"

    @property
    def lasts(self) -> Period:
        return YEAR

    def definition(self) -> str:
        return (
            "Every mentee whose match has run for more than 6 months was measured on one of the service's scales in "
            "the last year, on a later day than the first time on that scale, so that the two can be compared. "
            "Mentees who are away on the day are left out; nobody is asked about where the service had no scale for "
            "mentees by then."
        )

    def holds(self) -> str:
        return "compared with where they started in the last year"

    def nothing(self) -> str:
        return "Nothing is on record of how things were at the start and how they are now."

    def next(self) -> str:
        return "Ask them again how things are, on the scale they were asked at the start"


class _ConsentsGiven(Asked):
    name: ClassVar[str] = "consents.given"
    to: tuple[Consented, ...] = Field(min_length=1)

    @property
    def sharing(self) -> tuple[Consented, ...]:
        """Where the answer may be no."""
        return tuple(one for one in self.to if one is not Consented.HOLD)

    def definition(self) -> str:
        whom = (
            "Every mentee on the waiting list or in a match"
            if self.of == "mentees"
            else "Everybody who has applied to mentor and is still here, selected or not,"
        )
        came = "were accepted" if self.of == "mentees" else "applied"
        parts = []
        if Consented.HOLD in self.to:
            parts.append(
                f"{whom} agrees that the service keeps their details: of their answers the latest is yes, and was not "
                "withdrawn."
            )
        if self.sharing:
            said = listed([_CONSENTED[one] for one in self.sharing])
            parts.append(
                f"{whom} was asked for consent to {said}, and the answer is on record, theirs or their family's. "
                "A no counts too, for they were asked; it stops the sharing."
            )
        return f"{' '.join(parts)} Asked about from the day after they {came}; whoever is away is left out."

    def holds(self) -> str:
        if self.sharing:
            return "asked for each consent, with their answer"
        return "agree that we keep their details"

    def next(self) -> str:
        return "Ask them, and record the answer"


class MenteesConsented(_ConsentsGiven):
    """Indicator 41."""

    of: ClassVar[str] = "mentees"
    subject: ClassVar[Subject] = Subject.MENTEE
    people: ClassVar[tuple[str, str]] = ("mentee", "mentees")


class MentorsConsented(_ConsentsGiven):
    """Indicator 46."""

    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.MENTOR
    people: ClassVar[tuple[str, str]] = ("mentor", "mentors")


class MenteesContacted(Recurring):
    """Indicator 42."""

    name: ClassVar[str] = "mentees.contacted"
    subject: ClassVar[Subject] = Subject.MENTEE
    people: ClassVar[tuple[str, str]] = ("mentee", "mentees")
    who: tuple[Who, ...] = Field(default=("matched", "unmatched"), min_length=1)

    def definition(self) -> str:
        who = listed(sorted({_WHO[one] for one in self.who}), "or")
        return (
            f"Staff have reached every mentee, {who}, within the last {_said(self.every)}, counted from the day they "
            "were accepted, or came back from being away. Whoever is away today is left out; a call that did not reach "
            "them does not count."
        )

    def holds(self) -> str:
        return f"heard from us in the last {_said(self.every)}"

    def next(self) -> str:
        return "Get in touch with them, and log it"


class ReferrersContacted(Recurring):
    """Indicator 42."""

    name: ClassVar[str] = "referrers.contacted"
    subject: ClassVar[Subject] = Subject.MENTEE
    people: ClassVar[tuple[str, str]] = ("referrer", "referrers")
    vacuous: ClassVar[bool] = True

    def definition(self) -> str:
        return (
            "Of every mentee, matched or on the waiting list, whom somebody else referred who is still to be told how "
            f"things go: that person has heard from us within the last {_said(self.every)}, counted from the day the "
            "mentee was accepted, or came back from being away. A contact that reached them counts, and a review or an "
            "ending of which they were told. Mentees who are away are left out; a referrer of two counts twice."
        )

    def holds(self) -> str:
        return f"heard from us in the last {_said(self.every)}"

    def nothing(self) -> str:
        return "No referrer is to be told how things go."

    def next(self) -> str:
        return "Tell the referrer how things go, and log it"


class HomesAssessed(Asked):
    """Indicator 43."""

    name: ClassVar[str] = "risks.assessed"
    of: ClassVar[str] = "homes"
    subject: ClassVar[Subject] = Subject.MATCH
    people: ClassVar[tuple[str, str]] = ("home", "homes")
    vacuous: ClassVar[bool] = True
    lasting: ClassVar[bool] = True
    before: Literal["first-visit"] = "first-visit"

    def definition(self) -> str:
        return (
            "Where mentors visit homes, the home of the mentee was assessed by the day of the first meeting, of every "
            "match that first met in the last year; of those that run since longer it has been assessed at all. "
            "Nobody is asked about where the service visits no homes."
        )

    def holds(self) -> str:
        return "assessed before the first visit"

    def nothing(self) -> str:
        return "No mentor visits a home."

    def next(self) -> str:
        return "Assess the home, or enter the assessment that was made; what came too late counts for a year"


class ActivitiesAssessed(Asked):
    """Indicator 43."""

    name: ClassVar[str] = "risks.assessed"
    of: ClassVar[str] = "activities"
    subject: ClassVar[Subject] = Subject.MATCH
    people: ClassVar[tuple[str, str]] = ("match", "matches")

    def definition(self) -> str:
        return (
            "Of every match that runs, what the two do together has been assessed for risk, for that mentee; from the "
            "day they are introduced. An assessment made for an earlier match of the mentee counts."
        )

    def holds(self) -> str:
        return "with a risk assessment of what they do"

    def nothing(self) -> str:
        return "No match runs."

    def next(self) -> str:
        return "Assess the risks of what they do together"


class ActivitiesReviewed(Recurring):
    """Indicator 43."""

    name: ClassVar[str] = "risks.reviewed"
    of: ClassVar[str] = "activities"
    subject: ClassVar[Subject] = Subject.MATCH
    people: ClassVar[tuple[str, str]] = ("match", "matches")

    def definition(self) -> str:
        return (
            "Of every match that runs and whose activities were assessed for risk: the latest assessment is no older "
            f"than {self.every}, and of all of them nothing is left undone that was to be done by an earlier day than "
            "today."
        )

    def holds(self) -> str:
        return f"with their risk assessment looked at in the last {_said(self.every)}"

    def nothing(self) -> str:
        return "The activities of no match have been assessed yet."

    def next(self) -> str:
        return "Look at the assessment again, and do what it calls for"


class PlansAgreed(Asked):
    """Indicator 44."""

    name: ClassVar[str] = "plans.agreed"
    of: ClassVar[str] = "mentees"
    subject: ClassVar[Subject] = Subject.MATCH
    people: ClassVar[tuple[str, str]] = ("match", "matches")
    at: Literal["start"] = "start"

    def definition(self) -> str:
        return (
            "Every match that runs has a plan with the mentee's own aims. It is due on the day of the introduction; a "
            "plan made later counts from its day."
        )

    def holds(self) -> str:
        return "with a plan of the mentee's aims"

    def nothing(self) -> str:
        return "No match runs since before today."

    def next(self) -> str:
        return "Agree on aims with the mentee, and write the plan down"


class MenteesReviewed(Recurring):
    """Indicator 44."""

    name: ClassVar[str] = "mentees.reviewed"
    subject: ClassVar[Subject] = Subject.MATCH
    people: ClassVar[tuple[str, str]] = ("match", "matches")
    topics: tuple[Topic, ...] = ()

    def definition(self) -> str:
        parts = []
        asked = [words for topic, words in _TOPICS.items() if topic in self.topics]
        if Topic.OUTCOME in self.topics:
            parts.append("The latest review before today says what follows from it.")
        if asked:
            parts.append(f"Where the mentor was not there, the latest review before today also says {listed(asked)}.")
        return " ".join(
            (
                f"Every match that runs was reviewed with the mentee within the last {_said(self.every)}, counted from "
                "the introduction, or the mentee's return from being away. Mentees who are away are left out.",
                *parts,
            )
        )

    def holds(self) -> str:
        return f"reviewed in the last {_said(self.every)}"

    def nothing(self) -> str:
        return "No match runs."

    def next(self) -> str:
        return "Hold the review, and write down every answer and what follows"


KINDS: tuple[type[Asked], ...] = (
    MenteesMonitored,
    MentorsMonitored,
    OutcomesCompared,
    MenteesConsented,
    MentorsConsented,
    MenteesContacted,
    ReferrersContacted,
    HomesAssessed,
    ActivitiesAssessed,
    ActivitiesReviewed,
    PlansAgreed,
    MenteesReviewed,
)
