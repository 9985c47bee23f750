"""What records answer to a check, and what follows for a requirement: met, at risk, not met, not recorded.

A check warns and fills evidence; it decides nothing. Nothing here asks what today is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kithwork.core.readiness.asked import Asked

WITHIN = (30, 60, 90)  # days ahead for which it is counted what will lapse


class State(StrEnum):
    """From best to worst."""

    MET = "met"
    AT_RISK = "at-risk"
    NOT_RECORDED = "not-recorded"
    NOT_MET = "not-met"


LETTER = {State.MET: "M", State.AT_RISK: "R", State.NOT_RECORDED: "–", State.NOT_MET: "N"}
_WORST = (State.NOT_MET, State.NOT_RECORDED, State.AT_RISK, State.MET)


@dataclass(frozen=True, slots=True)
class Answer:
    """How many rows were asked about and how many fail; how many of the others will have lapsed so many days from now
    (`WITHIN`), the last day on which none has (`until`, None: no end in sight); and for what can no longer be mended,
    the first day on which no row fails any more (`heals`).
    """

    total: int
    failing: int
    lapsing: tuple[int, int, int] = (0, 0, 0)
    until: date | None = None
    heals: date | None = None

    @property
    def met(self) -> int:
        return self.total - self.failing

    def state(self, asked: Asked, at: date) -> State | None:
        """None where nobody could be asked about and that is no gap."""
        if self.total == 0:
            return None if asked.vacuous else State.NOT_RECORDED
        if self.failing:
            return State.NOT_MET
        if self.until is not None and self.until <= at + timedelta(days=asked.ahead):
            return State.AT_RISK
        return State.MET


@dataclass(frozen=True, slots=True)
class Answered:
    """A check and what the records answered on a day."""

    asked: Asked
    answer: Answer
    state: State | None

    @property
    def figure(self) -> str:
        """'41 of 43 mentees have heard from us in the last 3 months', or what is said where nobody could be asked."""
        answer = self.answer
        return self.asked.figure(answer.met, answer.total) if answer.total else self.asked.nothing()


def worst(states: Iterable[State | None]) -> State:
    """What several checks make together: the worst of them. Nothing at all to judge by is not recorded."""
    found = {one for one in states if one is not None}
    return next((one for one in _WORST if one in found), State.NOT_RECORDED)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a requirement stands by the records: its checks' worst state, and the last day on which they all hold."""

    requirement: str  # its id
    level: str
    state: State
    checks: tuple[Answered, ...]

    @property
    def until(self) -> date | None:
        return min((one.answer.until for one in self.checks if one.answer.until is not None), default=None)

    @property
    def failing(self) -> int:
        return sum(one.answer.failing for one in self.checks)


def standing(requirement: str, level: str, answered: Sequence[tuple[Asked, Answer]], at: date) -> Standing:
    """How a requirement stands, of what was asked for it and answered."""
    checks = tuple(Answered(asked, answer, answer.state(asked, at)) for asked, answer in answered)
    return Standing(requirement, level, worst(one.state for one in checks), checks)
