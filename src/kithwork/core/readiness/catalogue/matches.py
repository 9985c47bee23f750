"""Checks about matches: how they are made, begun and followed (indicators 55 to 58, excellence 22)."""

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from kithwork.core.days import Period
from kithwork.core.readiness.asked import Asked, Subject, listed

Side = Literal["mentees", "mentors"]
Signs = Literal["mentees", "mentors", "service"]
States = Literal["time", "face-to-face", "roles", "boundaries", "disputes"]

SIDES: tuple[Side, ...] = ("mentees", "mentors")
ONE = {"mentees": "mentee", "mentors": "mentor", "service": "service"}
STATED: dict[States, str] = {
    "time": "the time set aside",
    "face-to-face": "how much of it is face to face",
    "roles": "roles",
    "boundaries": "boundaries",
    "disputes": "what happens in a dispute",
}
OF_THE_YEAR = ("match of the last year", "matches of the last year")
LASTING = "This one counts until a year after its end; see that the next is right"


def one_each(whom: tuple[str, ...]) -> str:
    """'mentee and mentor'."""
    return listed([ONE[one] for one in whom])


class _OfMatches(Asked):
    """Matches that ran on at least one day of the last year. What was not done in time cannot be made good."""

    subject: ClassVar[Subject] = Subject.MATCH
    people: ClassVar[tuple[str, str]] = OF_THE_YEAR
    lasting: ClassVar[bool] = True

    def nothing(self) -> str:
        return "No match ran in the last year."

    def next(self) -> str:
        return LASTING


class _Profiles(Asked):
    name: ClassVar[str] = "profiles.completed"
    whose: ClassVar[str]

    def definition(self) -> str:
        return (
            f"Every {self.whose} whose match runs today has on record a profile in their own words, at least one "
            "interest and at least one time at which they are free. A profile is there before the match, so it is "
            "asked for from its first day, and of those who are away too. What was there on another day than today is "
            "not known: a profile bears no date."
        )

    def holds(self) -> str:
        return "told us what a match is made by"

    def nothing(self) -> str:
        return "No match runs."

    def next(self) -> str:
        return "Ask for their profile, interests and free times, and enter them"


class MenteeProfiles(_Profiles):
    """Indicator 55."""

    of: ClassVar[str] = "mentees"
    subject: ClassVar[Subject] = Subject.MENTEE
    people: ClassVar[tuple[str, str]] = ("matched mentee", "matched mentees")
    whose: ClassVar[str] = "mentee"


class MentorProfiles(_Profiles):
    """Indicator 55."""

    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.MENTOR
    people: ClassVar[tuple[str, str]] = ("matched mentor", "matched mentors")
    whose: ClassVar[str] = "mentor"


class MatchesReasoned(_OfMatches):
    """Indicator 56."""

    name: ClassVar[str] = "matches.reasoned"

    def definition(self) -> str:
        return "For every match that ran on any day of the last year it is written down why these two were matched."

    def holds(self) -> str:
        return "made with the reasons written down"


class MatchesExplained(_OfMatches):
    """Indicator 56."""

    name: ClassVar[str] = "matches.explained"
    whom: tuple[Side, ...] = Field(default=SIDES, alias="of", min_length=1)
    before: Literal["introduction"] = "introduction"

    def definition(self) -> str:
        return (
            f"In every match that ran on any day of the last year, the reasons were explained to {one_each(self.whom)} "
            "on the day of the introduction or before it."
        )

    def holds(self) -> str:
        return f"explained to {one_each(self.whom)} before the introduction"


class MatchesJustified(_OfMatches):
    """Indicator 56."""

    name: ClassVar[str] = "matches.justified"
    people: ClassVar[tuple[str, str]] = (
        "match decided by a protected characteristic",
        "matches decided by a protected characteristic",
    )
    vacuous: ClassVar[bool] = True
    when: Literal["protected-characteristic"] = "protected-characteristic"

    def definition(self) -> str:
        return (
            "For every match that ran on any day of the last year, and in which a protected characteristic is recorded "
            "to have decided, it is noted why that is objectively right."
        )

    def holds(self) -> str:
        return "made with the justification noted"

    def nothing(self) -> str:
        return "No protected characteristic decided in a match of the last year."


class MatchesAgreed(_OfMatches):
    """Indicator 56."""

    name: ClassVar[str] = "matches.agreed"
    whom: tuple[Side, ...] = Field(default=SIDES, alias="of", min_length=1)
    before: Literal["introduction"] = "introduction"

    def definition(self) -> str:
        return (
            f"In every match that ran on any day of the last year, {one_each(self.whom)} said yes, when both were free "
            "to decline, on the day of the introduction or before it. A yes without its day does not count."
        )

    def holds(self) -> str:
        return f"agreed to by {one_each(self.whom)} before the introduction"


class MatchesIntroduced(_OfMatches):
    """Indicator 57."""

    name: ClassVar[str] = "matches.introduced"

    def definition(self) -> str:
        return (
            "For every match that ran on any day of the last year it is recorded who introduced the two: a member of "
            "staff, or somebody else whose role that is."
        )

    def holds(self) -> str:
        return "begun with somebody on record who introduced them"


class MatchesFollowedUp(_OfMatches):
    """Indicator 58."""

    name: ClassVar[str] = "matches.followed_up"
    whom: tuple[Side, ...] = Field(default=SIDES, alias="of", min_length=1)
    within: Period
    meetings: int = Field(ge=1, le=50)

    @property
    def lasts(self) -> Period:
        return self.within

    def definition(self) -> str:
        return (
            "Asked of every match that ran on any day of the last year and has met. Staff reached "
            f"{one_each(self.whom)}, each at least once, from the day of the first meeting to {self.within} after it, "
            f"that day included; a match whose last day lies within that time is let off. And of each, by the day of "
            f"meeting number {self.meetings + 1}, where there was one: a second time since the first meeting, or on or "
            f"after the day of meeting number {self.meetings}. Calls that did not reach them and meetings that did not "
            "take place do not count; being away gives no more time."
        )

    def holds(self) -> str:
        return (
            f"followed up with {one_each(self.whom)} within {self.within} of the first meeting, and again after "
            f"{self.meetings} meetings at most"
        )

    def nothing(self) -> str:
        return "No match of the last year has met yet."

    def next(self) -> str:
        return "Enter contact of that time that is not on record, and ring them now"


class BoundariesActedOn(Asked):
    """Indicator 58."""

    name: ClassVar[str] = "boundaries.acted_on"
    subject: ClassVar[Subject] = Subject.MATCH
    people: ClassVar[tuple[str, str]] = ("boundary change", "boundary changes")
    vacuous: ClassVar[bool] = True

    def definition(self) -> str:
        return (
            "Of every change of boundaries that was noticed in a match that ran on any day of the last year, however "
            "long ago it was noticed, it is recorded what was done and when. One that was noticed today is asked about "
            "from tomorrow, unless something was done already."
        )

    def holds(self) -> str:
        return "acted on"

    def nothing(self) -> str:
        return "No change of boundaries was noticed in the matches of the last year."

    def next(self) -> str:
        return "Act on it, and write down what was done"


class AgreementsSigned(_OfMatches):
    """Excellence 22; with `before`, a mentor bank's rule that it is written down before mentoring starts (002)."""

    name: ClassVar[str] = "agreements.signed"
    whom: tuple[Signs, ...] = Field(default=("mentees", "mentors", "service"), alias="of", min_length=1)
    within: Period | None = None  # of the introduction
    before: Literal["first-meeting"] | None = None
    matches: Literal["one-to-one", "all"] = "one-to-one"
    states: tuple[States, ...] = ()

    @model_validator(mode="after")
    def _by_one_day(self) -> "AgreementsSigned":
        if (self.within is None) == (self.before is None):
            raise ValueError("say either within which time, or before what")
        return self

    @property
    def lasts(self) -> Period | None:
        return self.within

    def definition(self) -> str:
        which = "one-to-one match" if self.matches == "one-to-one" else "match"
        by = (
            f"within {self.within} of the introduction, and no more is asked until that time is over"
            if self.within
            else "on the day of the first meeting or before it; matches that have not met are left out"
        )
        said = f" It says {listed([STATED[one] for one in self.states])}." if self.states else ""
        return (
            f"In every {which} that ran on any day of the last year, one and the same written agreement was signed by "
            f"{one_each(self.whom)} {by}.{said} Drawing it up anew later changes nothing."
        )

    def figure(self, met: int, total: int) -> str:
        kind = "one-to-one " if self.matches == "one-to-one" else ""
        return f"{met:,} of {total:,} {kind}{self.people[total != 1]} {self.holds()}"

    def holds(self) -> str:
        if self.within:
            return f"agreed in writing within {self.within} of the start, or still with time for it"
        return "agreed in writing before the first meeting"

    def nothing(self) -> str:
        kind = "one-to-one " if self.matches == "one-to-one" else ""
        return f"No {kind}match {'ran' if self.within else 'met'} in the last year."

    def next(self) -> str:
        return "Have it signed now; the next one in time"


KINDS: tuple[type[Asked], ...] = (
    MenteeProfiles,
    MentorProfiles,
    MatchesReasoned,
    MatchesExplained,
    MatchesJustified,
    MatchesAgreed,
    MatchesIntroduced,
    MatchesFollowedUp,
    BoundariesActedOn,
    AgreementsSigned,
)
