"""Checks about what all mentors are asked to (excellence 17, 19, 20), and standardisation meetings (002)."""

from typing import ClassVar, Literal

from pydantic import Field

from kithwork.core.days import Period
from kithwork.core.readiness.asked import Asked, Recurring, Subject, last
from kithwork.core.readiness.catalogue.mentors.words import number

Kind = Literal["social", "peers", "standards"]
WORDS: dict[Kind, tuple[str, str]] = {
    "social": ("social event", "social events"),
    "peers": ("peer support group", "peer support groups"),
    "standards": ("standardisation meeting", "standardisation meetings"),
}


class _Held(Asked):
    """So many of something within a period, asked of the service as a whole."""

    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.SERVICE
    people: ClassVar[tuple[str, str]] = ("service", "services")
    count: int = Field(1, ge=1, le=50)
    within: Period = Period(1, "year")

    @property
    def lasts(self) -> Period:
        return self.within

    def nothing(self) -> str:
        return "The service is not on record."


class EventsHeld(_Held):
    """Excellence 19; with `kind`, excellence 17 and the meetings of a mentor bank (002)."""

    name: ClassVar[str] = "events.held"
    kind: Kind = "social"

    @property
    def _what(self) -> str:
        return number(self.count, *WORDS[self.kind])

    def definition(self) -> str:
        return (
            f"At least {self._what} for mentors took place within the {last(self.within)}, with or without mentees. "
            "Only what at least one mentor was asked to counts, whoever came; what is still to come does not."
        )

    def holds(self) -> str:
        return f"held at least {self._what} for mentors within the {last(self.within)}"

    def figure(self, met: int, total: int) -> str:
        if met == total:
            return f"At least {self._what} for mentors took place within the {last(self.within)}"
        return f"Fewer than {self._what} for mentors took place within the {last(self.within)}"

    def next(self) -> str:
        return "Hold one, and ask the mentors to it"


class NewslettersSent(_Held):
    """Excellence 20."""

    name: ClassVar[str] = "newsletters.sent"
    count: int = Field(2, ge=1, le=50)

    @property
    def _what(self) -> str:
        return number(self.count, "newsletter", "newsletters")

    def definition(self) -> str:
        return (
            f"At least {self._what} went out to mentors within the {last(self.within)}. Only one that at least one "
            "mentor was sent counts, and two of one day count as two."
        )

    def holds(self) -> str:
        return f"sent at least {self._what} within the {last(self.within)}"

    def figure(self, met: int, total: int) -> str:
        return f"{'At least' if met == total else 'Fewer than'} {self._what} went out within the {last(self.within)}"

    def next(self) -> str:
        return "Send one, and record it"


class StandardisationAttended(Recurring):
    """Mentor bank (002)."""

    name: ClassVar[str] = "standardisation.attended"
    of: ClassVar[str] = "mentors"
    subject: ClassVar[Subject] = Subject.MENTOR
    people: ClassVar[tuple[str, str]] = ("mentor", "mentors")
    every: Period = Period(1, "year")

    def definition(self) -> str:
        return (
            f"Every mentor came to a standardisation meeting within the {last(self.every)}, counted from the day they "
            "were selected, or came back from being away. To be asked is not enough. Whoever is away today is left out."
        )

    def holds(self) -> str:
        return f"came to a standardisation meeting within the {last(self.every)}"

    def next(self) -> str:
        return "Ask them to the next meeting, and note who came"


KINDS: tuple[type[Asked], ...] = (EventsHeld, NewslettersSent, StandardisationAttended)
