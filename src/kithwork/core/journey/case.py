"""What every stage's rule works on: the edition, the entries up to today, and what they say of the whole journey."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from kithwork.core.days import Period
from kithwork.core.journey import clock
from kithwork.core.journey.entries import Answer, Entry, EntryKind
from kithwork.core.journey.position import Act, ActKind, ItemPosition, MilestonePosition, Reached
from kithwork.core.schemes.model import DecisionStage, Edition, Outcome, PanelStage, Role, Stage

RENEWAL = "renewal"  # the detail of the entry that opens a renewal; its `until` is the end of what is renewed


@dataclass(slots=True)
class Found:
    """What a rule finds out about its stage."""

    reached: dict[Outcome, Reached] = field(default_factory=dict)
    done: date | None = None
    due: date | None = None
    overdue: bool = False
    planned: date | None = None
    items: dict[str, ItemPosition] = field(default_factory=dict)
    milestones: tuple[MilestonePosition, ...] = ()
    acts: list[Act] = field(default_factory=list)
    voices: tuple[Answer, ...] = ()  # recommendations since the last decision
    disagreed: bool = False  # those who decide together have said different things

    def reach(self, outcome: Outcome, on: date, *, holds: bool = True) -> None:
        """Note that an outcome holds, or no longer holds, from a day on."""
        before = self.reached.get(outcome)
        if holds:
            if before is None:
                self.reached[outcome] = Reached(on, on)
            elif before.since is None:
                self.reached[outcome] = Reached(before.first, on)
        elif before is not None and before.since is not None:
            self.reached[outcome] = Reached(before.first, None)


class Case:
    """A journey being read. Entries after `today` do not exist yet."""

    def __init__(self, edition: Edition, entries: Sequence[Entry], today: date) -> None:
        self.edition = edition
        self.today = today
        self.entries = [entry for entry in entries if entry.on <= today]
        self.of_stage: dict[str, list[Entry]] = defaultdict(list)
        self.clock_entries: list[Entry] = []
        self.raises: list[Entry] = []
        self.level = edition.levels[0].id
        self.cycle = 0  # index of the entry by which a holder began to climb to the present level
        self.assessors = 0
        self.renewal = bool(self.entries) and self.entries[0].detail == RENEWAL
        self.prior_end = self.entries[0].until if self.renewal else None
        again = edition.renewal
        self.lighter = self.renewal and again is not None and again.asks == "marked"
        self.aims: list[tuple[date, str]] = []  # since when which level is aimed at
        self._level_at: dict[int, str] = {}  # by entry
        granted = False
        for index, entry in enumerate(self.entries):
            self.of_stage[entry.stage].append(entry)
            match entry.kind:
                case EntryKind.OPENED:
                    self.level = entry.level or self.level
                    self.aims.append((entry.on, self.level))
                case EntryKind.RAISED:
                    self.level = entry.level
                    self.aims.append((entry.on, self.level))
                    if granted:
                        self.raises.append(entry)
                        self.cycle = index
                case EntryKind.GRANTED:
                    granted = True
                case EntryKind.STOPPED | EntryKind.RESUMED | EntryKind.EXTENDED:
                    self.clock_entries.append(entry)
                case EntryKind.APPOINTED:
                    self.assessors += 1
                case EntryKind.RELEASED:
                    self.assessors = max(self.assessors - 1, 0)
                case _:
                    pass
            self._level_at[id(entry)] = self.level
        self.clock = clock.clock(self.clock_entries)
        self._cycle_ids = {id(entry) for entry in self.entries[self.cycle :]}

    @property
    def assessor(self) -> bool:
        """Whether as many assessors are appointed as the scheme wants."""
        return self.assessors >= self.edition.scheme.assessors

    def asked(self, level: str, assessed: str) -> list[str]:
        """The requirements asked at a level in one way of assessing; at a lighter renewal only the marked ones. Those
        that were recommended last time are added by entries of their own.
        """
        return [r.id for r in self.edition.asked_at(level, assessed) if r.renewal or not self.lighter]

    def reopened(self, stage: DecisionStage | PanelStage, entry: Entry) -> str | None:
        """What that decision asks for again: of several portfolios the last one then on the road."""
        if isinstance(stage, DecisionStage):
            return stage.reopens
        level = self._level_at[id(entry)]
        here = [
            one for one in stage.reopens if self.edition.in_play(self.edition.stage(one), level, renewal=self.renewal)
        ]
        return here[-1] if here else None

    def in_play_since(self, stage: Stage) -> date | None:
        """Since when a stage belongs to this road, at the level aimed at; None when it does not."""
        if not self.edition.in_play(stage, self.level, renewal=self.renewal):
            return None
        since: date | None = None
        for on, level in self.aims:
            if not self.edition.in_play(stage, level, renewal=self.renewal):
                since = None
            elif since is None:
                since = on
        return since or self.began

    @property
    def began(self) -> date:
        return self.entries[0].on if self.entries else self.today

    @property
    def raised_on(self) -> date | None:
        """When a holder began to climb. Aiming higher before the first award starts no clock anew."""
        return self.raises[-1].on if self.raises else None

    def in_cycle(self, stage_id: str) -> list[Entry]:
        """The stage's entries since a holder began to climb to the present level; all of them when none did."""
        return [entry for entry in self.of_stage[stage_id] if id(entry) in self._cycle_ids]

    def due(self, within: Period | None, start: date, stage_id: str) -> date | None:
        """The last day in time; None without a limit. A stage without one still gets one by an extension."""
        if within is None:
            given = [e.until for e in self.clock_entries if e.kind is EntryKind.EXTENDED and e.stage == stage_id]
            if not given or given[-1] is None:
                return None
            return clock.due(given[-1], start, stage_id, self.clock_entries)
        base = within.after(start, self.edition.scheme.calendar)
        return clock.due(base, start, stage_id, self.clock_entries)

    def lapses(self, stage: Stage, start: date) -> date | None:
        """The last day before the whole journey lapses; an extension moves it later and never brings it nearer."""
        if stage.lapses is None:
            return None
        plain, extended = (self.due(stage.lapses, start, name) for name in ("", stage.id))
        return max(day for day in (plain, extended) if day)

    def late(self, due: date | None) -> bool:
        return due is not None and self.clock.stopped is None and self.today > due

    def act(
        self,
        stage_id: str,
        what: ActKind,
        role: Role,
        since: date,
        *,
        due: date | None = None,
        count: int = 1,
        item: str = "",
    ) -> Act:
        """An open act; while the clock stands still nothing is due."""
        shown = due if self.clock.stopped is None else None
        return Act(stage_id, what, role, since, shown, self.late(due), count, item)
