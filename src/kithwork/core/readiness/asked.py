"""A named question to a service's records, with its parameters: what a scheme file may ask, and in what words.

A scheme file names a check and gives its parameters; `read` makes of it one `Asked` for each subject it is asked of.
What the records answer is worked out elsewhere (`governance/checks`, `caseload/checks`), one function for each kind.
"""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, field_validator

from kithwork.core.days import Period

LEAST_AHEAD, MOST_AHEAD = 7, 60  # days
_START, _END = date(2001, 1, 1), date(2101, 1, 1)
YEAR = Period(1, "year")  # casework counts for so long (001, step 4)


class Subject(StrEnum):
    """What a row of a check is, so that a page finds where it is mended. Closed."""

    SERVICE = "service"
    POLICY = "policy"
    INSURANCE = "insurance"
    RISK = "risk"
    TARGET = "target"
    EVALUATION = "evaluation"
    CHANGE = "change"
    RESOURCE = "resource"
    STAFF = "staff"
    REFERRAL = "referral"
    MENTEE = "mentee"
    APPLICANT = "applicant"
    MENTOR = "mentor"
    TRAINING = "training"
    MATCH = "match"
    ENDING = "ending"
    GATHERING = "gathering"


class Asked(BaseModel):
    """One question with its parameters. A kind of check is a class below this one; its name is in `name`, and where
    the same is asked of several, each has a class of its own, told apart by `of`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("*")
    @classmethod
    def _counted_backwards(cls, value: object) -> object:
        if isinstance(value, Period) and value.unit == "working day":
            raise ValueError("working days cannot be counted backwards: give days, weeks, months or years")
        if isinstance(value, Period) and value.after(_START) > _END:
            raise ValueError(f"{value} is too long: a period is at most 100 years")
        return value

    name: ClassVar[str]
    of: ClassVar[str] = ""  # 'staff', 'mentors' ...: whom the scheme file asks it of; '' where it does not say
    subject: ClassVar[Subject]
    people: ClassVar[tuple[str, str]]  # one and many of what is counted, as a figure says it
    vacuous: ClassVar[bool] = False  # nobody it could be asked of is no gap: it neither helps nor harms
    lasting: ClassVar[bool] = False  # a row that fails can no longer be mended, and counts until its year is over

    @classmethod
    def key(cls) -> str:
        """The one word for this kind of check: 'supervision.held/staff'."""
        return f"{cls.name}/{cls.of}" if cls.of else cls.name

    @property
    def lasts(self) -> Period | None:
        """How long one time counts, where it comes round."""
        return None

    @property
    def ahead(self) -> int:
        """Days before its end from which something is at risk: a tenth of how long it lasts, 7 at least, 60 at most."""
        return ahead(self.lasts)

    def definition(self) -> str:
        """What is counted, in a sentence or two."""
        raise NotImplementedError

    def holds(self) -> str:
        """What is true of those who meet it, to follow a number: 'have heard from us in the last 3 months'."""
        raise NotImplementedError

    def figure(self, met: int, total: int) -> str:
        """'41 of 43 mentees have heard from us in the last 3 months'."""
        one, many = self.people
        return f"{met:,} of {total:,} {one if total == 1 else many} {self.holds()}"

    def nothing(self) -> str:
        """What is said where there is nobody it could be asked of."""
        return f"No {self.people[1]} are on record."

    def next(self) -> str:
        """What to do about a row that fails, in a few words: 'Ring them, and log it'."""
        raise NotImplementedError


class Recurring(Asked):
    """What has to be done again and again: one time counts until the next is due."""

    every: Period

    @property
    def lasts(self) -> Period:
        return self.every


def ahead(lasts: Period | None) -> int:
    """Days before the end of something that lasts so long, from which it is at risk. What has a day of its own and no
    length is at risk 30 days before.
    """
    if lasts is None:
        return 30
    tenth = (lasts.after(_START) - _START).days // 10
    return max(LEAST_AHEAD, min(MOST_AHEAD, tenth))


def listed(words: tuple[str, ...] | list[str], last: str = "and") -> str:
    """'a, b and c'."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def last(period: Period) -> str:
    """'last year', 'last 3 months', to follow 'in the'."""
    return f"last {period.unit if period.count == 1 else period}"
