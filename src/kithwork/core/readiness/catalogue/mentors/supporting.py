"""Checks about support for mentors (indicators 52 and 53, excellence 12 and 16)."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from kithwork.core.days import Period
from kithwork.core.readiness.asked import Asked, Recurring, Subject, last, listed

Topic = Literal["boundaries", "aims-and-role", "views-and-progress", "wish-to-continue"]
Who = Literal["matched", "unmatched"]
Whom = Literal["new", "in-difficulty"]
CLOSER = Period(4, "week")  # between contacts while a match is new or difficult (53); the figure is ours
TOPICS: dict[Topic, str] = {
    "boundaries": "boundaries",
    "aims-and-role": "the service's aims and the mentor's role",
    "views-and-progress": "what they think of the service and how the mentee benefits",
    "wish-to-continue": "whether they want to go on",
}
MENTOR = ("mentor", "mentors")
COUNTED = "counted from the day they were selected, or came back from being away. Whoever is away today is left out"


class MentorsSupervised(Recurring):
    """Indicator 52, excellence 16."""

    name: ClassVar[str] = "supervision.held"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.MENTOR
    people: ClassVar[tuple[str, str]] = MENTOR
    topics: tuple[Topic, ...] = ()

    def definition(self) -> str:
        spoken = (
            f" In the latest session they spoke of {listed([TOPICS[one] for one in self.topics])}; of two on one day "
            "the one recorded last is taken, and whoever had none yet is asked only by the days."
            if self.topics
            else ""
        )
        return f"Every mentor had a support and supervision session within the {last(self.every)}, {COUNTED}.{spoken}"

    def holds(self) -> str:
        return f"had support and supervision in time{' and on every topic' if self.topics else ''}"

    def next(self) -> str:
        return "Hold a session, and note what was spoken of" if self.topics else "Hold a session"


class MentorsContacted(Asked):
    """Indicators 52 and 53: `every` so often, or `between` one supervision session and the next."""

    name: ClassVar[str] = "mentors.contacted"
    subject: ClassVar[Subject] = Subject.MENTOR
    people: ClassVar[tuple[str, str]] = MENTOR
    vacuous: ClassVar[bool] = True
    every: Period | None = None
    who: tuple[Who, ...] = Field(("matched", "unmatched"), min_length=1)
    between: Literal["supervision"] | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.every is None) == (self.between is None):
            raise ValueError('give either every = "..." or between = "supervision"')
        return self

    @property
    def lasts(self) -> Period | None:
        return self.every

    def definition(self) -> str:
        whom = f"every {self.who[0]} mentor" if len(set(self.who)) == 1 else "every mentor, matched or not,"
        if self.every is None:
            return (
                f"Staff have reached {whom} on a day between their last two days of support and supervision, after the "
                "one and before the other. Asked where the later of the two lies in the last year. Whoever is away "
                "today, or was away on a day from the one to the other, is left out; a call that did not reach them "
                "does not count."
            )
        return (
            f"Staff have reached {whom} within the {last(self.every)}, {COUNTED}; a call that did not reach them does "
            "not count."
        )

    def holds(self) -> str:
        if self.every is None:
            return "heard from us between their last two supervision sessions"
        return f"heard from us in the {last(self.every)}"

    def nothing(self) -> str:
        if self.every is None:
            return "No mentor has had two supervision sessions, the later in the last year."
        return "No mentors are on record."

    def next(self) -> str:
        return "Get in touch with them, and log it"


class MentorsFollowedUp(Asked):
    """Indicator 53. Asked of matches, for it is these that are new or difficult."""

    name: ClassVar[str] = "mentors.followed_up"
    subject: ClassVar[Subject] = Subject.MATCH
    people: ClassVar[tuple[str, str]] = ("new or difficult match", "new or difficult matches")
    vacuous: ClassVar[bool] = True
    who: tuple[Whom, ...] = Field(("new", "in-difficulty"), min_length=1)

    @property
    def lasts(self) -> Period:
        return CLOSER

    def definition(self) -> str:
        words = {
            "new": "new, by the number of weeks the service has set, the day of the introduction being the first",
            "in-difficulty": "marked as difficult",
        }
        whom = listed([words[one] for one in self.who], "or")
        return (
            f"Staff have reached the mentor of every running match that is {whom}, within the last {CLOSER}, counted "
            "from the introduction, from the day it became difficult, or from the mentor's last day away. Matches "
            "whose mentor is away today are left out; a call that did not reach them does not count. Four weeks is "
            "our figure: the indicator says that they hear more often."
        )

    def figure(self, met: int, total: int) -> str:
        words: dict[tuple[Whom, ...], str] = {("new",): "new", ("in-difficulty",): "difficult"}
        kind = words.get(self.who, "new or difficult")
        return f"In {met:,} of {total:,} {kind} {'match' if total == 1 else 'matches'} the mentor {self.holds()}"

    def holds(self) -> str:
        return f"heard from us in the last {CLOSER}"

    def nothing(self) -> str:
        return "No match is new or difficult."

    def next(self) -> str:
        return "Ring the mentor, and log it"


class WellbeingFollowed(Recurring):
    """Excellence 12."""

    name: ClassVar[str] = "wellbeing.followed"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.MENTOR
    people: ClassVar[tuple[str, str]] = MENTOR
    every: Period = Period(1, "year")

    def definition(self) -> str:
        return (
            f"Within the {last(self.every)} every mentor was asked about their wellbeing and their own aims: a note on "
            "it in a supervision session, or a figure on one of the service's scales for mentors, "
            f"{COUNTED}. For whoever was selected longer ago than that, and has been asked, there are answers of two "
            "different days at least, so that something can be followed."
        )

    def holds(self) -> str:
        return f"spoke of their wellbeing and aims in the {last(self.every)}"

    def next(self) -> str:
        return "Ask how they are at the next supervision session, and note it"


KINDS: tuple[type[Asked], ...] = (MentorsSupervised, MentorsContacted, MentorsFollowedUp, WellbeingFollowed)
