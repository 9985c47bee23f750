"""Where a journey stands: finished facts for pages, computed and never stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kithwork.core.journey.clock import Clock
from kithwork.core.journey.entries import Answer
from kithwork.core.schemes.model import Outcome, Role, StageKind


class Status(StrEnum):
    ACTIVE = "active"
    AWARDED = "awarded"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    LAPSED = "lapsed"  # the time allowed ran out before the end of the road
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    REVOKED = "revoked"

    @property
    def is_over(self) -> bool:
        """Nothing more can happen on this journey."""
        return self in {Status.REFUSED, Status.WITHDRAWN, Status.CLOSED, Status.REVOKED, Status.EXPIRED, Status.LAPSED}


class StageState(StrEnum):
    SHUT = "shut"
    OPEN = "open"
    DONE = "done"


class ItemState(StrEnum):
    """Of a requirement or a piece."""

    BLANK = "blank"  # nothing sent, or not yet seen at the visit
    SENT = "sent"  # with the assessor
    RETURNED = "returned"  # more asked for
    BREACHED = "breached"  # failed at once; must be sent again
    CONFIRMED = "confirmed"


OWED = frozenset({ItemState.BLANK, ItemState.RETURNED, ItemState.BREACHED})


class ActKind(StrEnum):
    ANSWER = "answer"
    FILL_IN = "fill_in"
    ASK = "ask"  # a third party to fill in a form
    RECOMMEND = "recommend"
    DECIDE = "decide"
    INVOICE = "invoice"
    PAY = "pay"
    ARRANGE = "arrange"
    HOLD = "hold"
    CHOOSE = "choose"
    ATTEND = "attend"
    SIGN = "sign"
    SEND = "send"
    ASSESS = "assess"
    REPORT_FINDINGS = "report_findings"
    SUPPLEMENT = "supplement"
    INTERVIEW = "interview"
    APPOINT = "appoint"
    GRANT = "grant"
    KEEP = "keep"
    RENEW = "renew"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class Act:
    """Something open: what, for whom, since when and by when. `count` is how many items it covers."""

    stage: str
    what: ActKind
    role: Role
    since: date
    due: date | None = None
    overdue: bool = False
    count: int = 1
    item: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """An outcome of a stage: when first reached, and since when it holds now (None: no longer)."""

    first: date
    since: date | None


@dataclass(frozen=True, slots=True)
class ItemPosition:
    id: str
    state: ItemState
    since: date | None = None
    rounds: int = 0  # how often it was sent


@dataclass(frozen=True, slots=True)
class MilestonePosition:
    what: str
    due: date
    met: date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class StagePosition:
    id: str
    kind: StageKind
    title: str
    state: StageState
    opened: date | None = None
    due: date | None = None
    overdue: bool = False
    done: date | None = None
    planned: date | None = None  # the day a meeting, visit or course is arranged for
    reached: Mapping[Outcome, Reached] = field(default_factory=dict)
    items: Mapping[str, ItemPosition] = field(default_factory=dict)
    milestones: tuple[MilestonePosition, ...] = ()
    in_play: bool = True  # belongs to the road at the level aimed at
    lapses: date | None = None  # the last day, after which the whole journey lapses
    voices: tuple[Answer, ...] = ()  # recommendations since the last decision
    disagreed: bool = False  # those who decide together have said different things

    def holds(self, outcome: Outcome) -> bool:
        found = self.reached.get(outcome)
        return found is not None and found.since is not None


@dataclass(frozen=True, slots=True)
class Progress:
    total: int = 0
    blank: int = 0
    sent: int = 0
    returned: int = 0
    breached: int = 0
    confirmed: int = 0


@dataclass(frozen=True, slots=True)
class Granted:
    level: str
    on: date
    until: date | None


@dataclass(frozen=True, slots=True)
class DutyPosition:
    """A holder's duty: when it was last kept, and by when it is to be kept again."""

    id: str
    kept: date | None = None
    due: date | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """All there is to know of a journey on a day, from (edition, entries, today)."""

    today: date
    status: Status
    level: str  # aimed at
    stages: Mapping[str, StagePosition]
    acts: tuple[Act, ...]
    progress: Mapping[str, Mapping[str, Progress]]  # level of the requirement -> area -> counts
    clock: Clock
    assessor: bool  # appointed, as many as the scheme wants
    assessors: int  # how many are appointed
    earned: str  # the level that would be granted now; empty when shares are not met
    climbing: bool  # a holder who is on the way to a higher level
    renewal: bool
    prior_end: date | None  # of a renewal: the last day of what is renewed
    duties: tuple[DutyPosition, ...]
    lapses: date | None  # when the whole journey lapses, unless something is done before
    granted: Granted | None
    listed: str | None  # 'aiming', 'holder' or not at all
    last: date | None  # day of the last entry

    @property
    def open_stages(self) -> tuple[str, ...]:
        return tuple(stage.id for stage in self.stages.values() if stage.state is StageState.OPEN)

    @property
    def stage(self) -> str:
        """The first stage that is open, or the last one done."""
        for stage in self.stages.values():
            if stage.state is StageState.OPEN:
                return stage.id
        done = [stage.id for stage in self.stages.values() if stage.state is StageState.DONE]
        return done[-1] if done else ""

    @property
    def next_due(self) -> date | None:
        return min((act.due for act in self.acts if act.due), default=None)

    @property
    def overdue(self) -> tuple[Act, ...]:
        return tuple(act for act in self.acts if act.overdue)

    def acts_for(self, role: Role) -> tuple[Act, ...]:
        return tuple(act for act in self.acts if act.role is role)

    def total(self, level: str | None = None) -> Progress:
        """Counts over all areas, of one level's requirements or of everything aimed at."""
        parts = [p for key, areas in self.progress.items() if level in (None, key) for p in areas.values()]
        return Progress(
            *(
                sum(getattr(part, name) for part in parts)
                for name in ("total", "blank", "sent", "returned", "breached", "confirmed")
            )
        )
