"""A service as it is being made up: its people's lives, not yet saved, so that faults can be put in before they are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from random import Random

from django.db.models import Model

from kithwork.accounts.models import User
from kithwork.caseload.models import (
    Agreement,
    Attendance,
    BoundaryChange,
    Consent,
    Contact,
    Ending,
    ExtraSupport,
    Goal,
    Match,
    Mentee,
    Mentor,
    MentorStep,
    Pause,
    Plan,
    Practice,
    Reference,
    Referral,
    Review,
    RiskAssessment,
    Session,
    Supervision,
    Training,
    Vetting,
)
from kithwork.core.refs import LETTERS
from kithwork.organisations.models import Service


@dataclass(slots=True)
class Said:
    """One contact to be: half a million of them are held at once, so they are rows only while they are written."""

    kind: Contact.Kind
    on: date
    way: Contact.Way
    words: str = ""
    reached: bool = True
    minutes: int | None = None
    read: bool = False
    by: User | None = None


@dataclass(slots=True, eq=False)
class MenteeLife:
    """All that is on record of one mentee."""

    row: Mentee
    referral: Referral
    consents: list[Consent] = field(default_factory=list)
    risks: list[RiskAssessment] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    matches: list["MatchLife"] = field(default_factory=list)
    heard: list[Said] = field(default_factory=list)

    @property
    def here(self) -> bool:
        return self.row.left_on is None and self.row.accepted_on is not None


@dataclass(slots=True, eq=False)
class MentorLife:
    """All that is on record of one mentor."""

    row: Mentor
    free_on: date
    steps: list[MentorStep] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    vettings: list[Vetting] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)
    supervisions: list[Supervision] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    matches: list["MatchLife"] = field(default_factory=list)
    heard: list[Said] = field(default_factory=list)

    @property
    def here(self) -> bool:
        return self.row.left_on is None and self.row.accepted_on is not None


@dataclass(slots=True, eq=False)
class MatchLife:
    """All that is on record of one match."""

    row: Match
    mentee: MenteeLife
    mentor: MentorLife
    apart: int  # days between meetings
    plan: Plan | None = None
    goals: list[Goal] = field(default_factory=list)
    agreement: Agreement | None = None
    reviews: list[Review] = field(default_factory=list)
    boundaries: list[BoundaryChange] = field(default_factory=list)
    supports: list[ExtraSupport] = field(default_factory=list)
    ending: Ending | None = None
    meetings: list[Said] = field(default_factory=list)

    @property
    def runs(self) -> bool:
        return self.row.introduced_on is not None and self.row.ended_on is None


@dataclass(slots=True, eq=False)
class Course:
    """A training for mentors with its sessions."""

    row: Training
    sessions: list[Session]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong on purpose: the indicator it breaks ('e16' is number 16 of Excellence), its kind, and the
    reference of the row by which it is found.
    """

    indicator: str
    kind: str
    ref: str


@dataclass(slots=True)
class Book:
    """Everything, from the first day to the last (`at`)."""

    service: Service
    practice: Practice
    rng: Random
    start: date
    at: date
    by: User
    coordinators: list[User]
    centre: tuple[float, float] = (54.0, -2.0)
    mentees: list[MenteeLife] = field(default_factory=list)
    mentors: list[MentorLife] = field(default_factory=list)
    matches: list[MatchLife] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    ground: list[Model] = field(default_factory=list)  # what is about the service, in the order in which it is saved
    faults: list[Fault] = field(default_factory=list)

    def ref(self) -> str:
        """A reference out of the seed, not of chance, so that the same seed gives the same ones."""
        return "".join(self.rng.choices(LETTERS, k=12))

    def one(self, words: Iterable[str]) -> str:
        return self.rng.choice(tuple(words))

    def past(self, day: date) -> bool:
        return day <= self.at

    def who(self) -> User:
        """One of those who coordinate."""
        return self.rng.choice(self.coordinators)


def moment(day: date, hour: int = 17) -> datetime:
    """When something of that day was written down."""
    return datetime.combine(day, time(hour), tzinfo=UTC)
