"""Records reduced to what may leave the house: people to an initial, days to months, and what a snapshot says of them.

What is shown of a row follows from what kind of row it is (`Subject`), never from its words: of people an initial, of
cover its kind, of everything else its kind and a number. Free text is never taken over, a policy's title neither: both
are a service's own words.
"""

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pydantic import BaseModel, ConfigDict

from kithwork.core.readiness.answers import State
from kithwork.core.readiness.asked import YEAR, Asked, Subject

__all__ = ["CheckFacts", "Facts", "Found", "Person", "Shown", "initials", "looked_at", "month", "reduced"]

PEOPLE = frozenset(
    {
        Subject.STAFF,
        Subject.REFERRAL,
        Subject.MENTEE,
        Subject.APPLICANT,
        Subject.MENTOR,
        Subject.MATCH,
        Subject.ENDING,
    }
)
TITLED = frozenset({Subject.INSURANCE})  # what is covered is one of a closed list
# asked of what happened or ran in the last year, not of who is here on the day
OF_THE_YEAR = frozenset(
    {
        Subject.REFERRAL,
        Subject.APPLICANT,
        Subject.TRAINING,
        Subject.MATCH,
        Subject.ENDING,
        Subject.GATHERING,
    }
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a row is about: `key` is the same wherever they appear, and leaves the house as little as the name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """A row as it was drawn. `until`: the last day on which it held or holds, where there is one."""

    title: str
    people: tuple[Person, ...]
    holds: bool
    until: date | None


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Shown(_Frozen):
    """A row as it is shown: 'S1', 'March 2026' or '', and whether it holds."""

    who: str
    until: str
    holds: bool


class CheckFacts(_Frozen):
    """A check in a snapshot. `key` and `number` say which of its requirement's; `until` is the last day it holds."""

    key: str
    number: int
    figure: str
    definition: str
    state: State | None
    first: date
    last: date
    total: int
    failing: int
    until: date | None
    sample: tuple[Shown, ...]


class Facts(_Frozen):
    """All that a snapshot says. No name of a person, no reference, no day of a row."""

    service: str
    organisation: str
    scheme: str
    edition: str
    requirement: str  # its id
    number: str
    title: str
    state: State
    at: date
    counted_at: datetime
    turn: int
    checks: tuple[CheckFacts, ...]

    @property
    def seal(self) -> str:
        """A digest of everything but the minute: what somebody has looked at and what is sent are the same if it is."""
        told = self.model_dump_json(exclude={"counted_at"})
        return hashlib.sha256(told.encode()).hexdigest()


def initials(people: Iterable[Person]) -> dict[str, str]:
    """A letter for each person by key; where several share one, S1, S2 in the order in which they come."""
    letters: dict[str, list[str]] = defaultdict(list)
    for person in people:
        held = letters[_letter(person.name)]
        if person.key not in held:
            held.append(person.key)
    return {
        key: letter if len(keys) == 1 else f"{letter}{number}"
        for letter, keys in letters.items()
        for number, key in enumerate(keys, start=1)
    }


def _letter(name: str) -> str:
    """The first letter of a name, without its accents, so that it tells as little as an initial can; X for none."""
    for sign in unicodedata.normalize("NFKD", name):
        if sign.isalpha():
            return sign.upper()[0]
    return "X"


def reduced(subject: Subject, rows: Sequence[Found], letters: dict[str, str]) -> tuple[Shown, ...]:
    """Rows of one kind as they may be shown. Raises ValueError for a row about people of whom none is known."""
    return tuple(
        Shown(who=_who(subject, row, number, letters), until=month(row.until), holds=row.holds)
        for number, row in enumerate(rows, start=1)
    )


def _who(subject: Subject, row: Found, number: int, letters: dict[str, str]) -> str:
    if subject in PEOPLE:
        if not row.people:
            raise ValueError(f"a row of {subject} names nobody")
        return " and ".join(letters[person.key] for person in row.people)
    if subject in TITLED:
        return row.title
    if subject is Subject.SERVICE:
        return "The service"
    return f"{subject.value.capitalize()} {number}"


def month(day: date | None) -> str:
    """'March 2026'; '' for none."""
    return f"{day:%B %Y}" if day is not None else ""


def looked_at(asked: Asked, at: date) -> tuple[date, date]:
    """The first and last day a check asks about: the last year, what counts for so long, or the day alone."""
    if asked.subject in OF_THE_YEAR:
        return YEAR.before(at) + timedelta(days=1), at
    if asked.lasts is not None:
        return asked.lasts.before(at) + timedelta(days=1), at
    return at, at
