"""Worked journeys: dated steps in a TOML file, replayed against an edition, with the position expected after each.

A file of `schemes/<slug>/<edition>/journeys/`::

    title = "Straight through"
    says = "What this journey shows, in a sentence."

    [[steps]]
    on = 2026-01-05             # the day; never before the step above
    by = "applicant"            # applicant, officer, assessor, panel, chair, supporter
    do = "opened"               # a kind of entry (see entries.EntryKind), or "look" to look at the position only
    level = "award"             # for opened, raised, granted; for granted left out: what has been earned
    stage = "online"            # for whatever belongs to a stage
    items = ["1", "2"]          # requirement, piece, interview or duty ids, or parts of a course counted from 1;
                                # "all" for everything in the stage's scope now; "area:the-service" for an area of it;
                                # "blank", "sent", "returned" for those in a state
    outcome = "yes"             # for answered, decided, recommended: yes, no, more
    until = 2026-03-01          # for arranged, extended, stopped, granted (left out: computed, see `term`); for opened
                                # with the detail "renewal": the last day of what is renewed
    amount = 200                # for invoiced; left out: the scheme's own price for `number`
    number = 90000              # the figure of the application that a fee goes by
    detail = "individual"       # for held; "renewal" for opened
    times = 2                   # the same step so many times on the day
    refused = true              # the step must not be allowed; `because` a piece of the reason
    because = "not open yet"

    [steps.then]                # every key is optional; what is given must hold after the step, looked at on its day
    status = "active"           # active, awarded, suspended, expired, lapsed, refused, withdrawn, closed, revoked
    level = "award"
    open = ["online", "first-meeting"]      # all stages open, in the edition's order
    done = ["application"]                  # these are among the done ones
    shut = ["visit"]                        # these are among the shut ones
    off = ["lead-application"]              # these are among those that are no part of this road
    planned = {course = 2026-05-11}         # the days that stages are arranged for
    due = {online = 2026-07-12}             # due dates of stages
    overdue = ["online"]                    # stages with something overdue, all of them
    waiting = ["applicant", "officer"]      # roles with something to do, all of them, in any order
    acts = ["applicant send 61", "officer appoint 1"]   # these are among the open acts: role, act, count
    milestones = {"one practice area sent" = "met"}     # met, running, overdue
    confirmed = 61              # counts of requirements at the level aimed at
    sent = 0
    returned = 0
    breached = 0
    blank = 0
    listed = "aiming"           # aiming, holder, no
    granted = "award"           # level granted, or "no"
    earned = "award"            # the level that would be granted now, or "no"
    valid_until = 2029-10-01    # last valid day, or "no"
    lapses = 2027-04-20         # the last day before the whole journey lapses, or "no"
    stopped = false             # the clock
    assessors = 1               # how many are appointed
    disagreed = ["decision"]    # stages whose deciders have said different things, all of them
    renewal = false             # whether it renews something
    duties = {membership = 2027-10-02}      # by when a holder's duties are to be kept next, or "no"
    missed = ["membership"]     # duties that are overdue, all of them
"""

import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kithwork.core.journey.entries import Answer, Entry, EntryKind
from kithwork.core.journey.fold import fold
from kithwork.core.journey.moves import may
from kithwork.core.journey.position import ItemState, Position, StageState
from kithwork.core.journey.term import term
from kithwork.core.schemes.model import Edition, FeeStage, Role

NONE = "no"  # how a file says that there is none
Day = date | Literal["no"]


class Expected(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    status: str | None = None
    level: str | None = None
    open: list[str] | None = None
    done: list[str] | None = None
    shut: list[str] | None = None
    due: dict[str, date] | None = None
    overdue: list[str] | None = None
    waiting: list[str] | None = None
    acts: list[str] | None = None
    milestones: dict[str, str] | None = None
    confirmed: int | None = None
    sent: int | None = None
    returned: int | None = None
    breached: int | None = None
    blank: int | None = None
    listed: str | None = None
    off: list[str] | None = None
    planned: dict[str, date] | None = None
    granted: str | None = None
    earned: str | None = None
    valid_until: Day | None = None
    lapses: Day | None = None
    stopped: bool | None = None
    assessors: int | None = None
    disagreed: list[str] | None = None
    renewal: bool | None = None
    duties: dict[str, Day] | None = None
    missed: list[str] | None = None


class Step(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    on: date
    do: EntryKind | str
    by: Role = Role.APPLICANT
    stage: str = ""
    items: str | list[str] = Field(default_factory=list)
    outcome: Answer | None = None
    level: str = ""
    until: date | None = None
    amount: int | None = None
    number: int | None = None
    detail: str = ""
    times: int = Field(default=1, ge=1, le=100)
    refused: bool = False
    because: str = ""
    then: Expected = Expected()


class Worked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    says: str = ""
    steps: list[Step] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one step came to: the position after it, and the expectations that did not hold."""

    number: int  # from 1
    on: date
    did: str
    summary: dict[str, Any]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    title: str
    scheme: str
    seen: tuple[Seen, ...]
    entries: tuple[Entry, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        return tuple(f"step {seen.number} ({seen.on}): {fault}" for seen in self.seen for fault in seen.faults)

    def as_dict(self) -> dict[str, Any]:
        """For JSON: dates as ISO text."""
        return {
            "title": self.title,
            "scheme": self.scheme,
            "ok": not self.faults,
            "steps": [{**asdict(seen), "on": seen.on.isoformat(), "faults": list(seen.faults)} for seen in self.seen],
        }


def read(path: Path) -> Worked:
    """Raises ValueError, with the path, when the file is no worked journey."""
    try:
        return Worked.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as fault:
        raise ValueError(f"{path}: {fault}") from fault
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{path}: {where}: {first['msg']}") from fault


def replay(edition: Edition, worked: Worked) -> Replay:
    """Walk the steps; each is asked of `may` first. Faults are gathered, not raised."""
    entries: list[Entry] = []
    seen: list[Seen] = []
    for number, step in enumerate(worked.steps, start=1):
        faults: list[str] = []
        if step.do != "look":
            for entry in _entries(edition, step, fold(edition, entries, step.on)):
                verdict = may(edition, fold(edition, entries, step.on), entry)
                if verdict.ok and step.refused:
                    faults.append(f"{entry.kind} {entry.stage} {entry.item} was allowed and should not be")
                elif not verdict.ok and not step.refused:
                    faults.append(f"{entry.kind} {entry.stage} {entry.item} was refused: {verdict.because}")
                elif not verdict.ok and step.because and step.because not in verdict.because:
                    faults.append(f"refused for another reason: {verdict.because}")
                if verdict.ok and not step.refused:
                    entries.append(entry)
        position = fold(edition, entries, step.on)
        faults.extend(_compare(position, step.then))
        seen.append(
            Seen(number, step.on, f"{step.by} {step.do} {step.stage}".strip(), summary(position), tuple(faults))
        )
    return Replay(worked.title, edition.key, tuple(seen), tuple(entries))


def _entries(edition: Edition, step: Step, position: Position) -> Iterable[Entry]:
    amount, until, level = step.amount, step.until, step.level
    stage = edition.stage(step.stage) if step.stage in position.stages else None
    if step.do == EntryKind.INVOICED and amount is None and isinstance(stage, FeeStage):
        amount = edition.fee(stage.fee).price(step.number)
    if step.do == EntryKind.GRANTED and until is None:
        until = term(edition, position, step.on)
    if step.do == EntryKind.GRANTED and not level:
        level = position.earned
    for item in _items(edition, step, position) or [""]:
        for _ in range(step.times):
            yield Entry(
                step.on,
                EntryKind(step.do),
                step.by,
                step.stage,
                item,
                step.outcome,
                level,
                until,
                amount,
                step.detail,
            )


def _items(edition: Edition, step: Step, position: Position) -> list[str]:
    if isinstance(step.items, list):
        return step.items
    items = position.stages[step.stage].items
    if step.items == "all":
        return list(items)
    if step.items.startswith("area:"):
        area = step.items.removeprefix("area:")
        return [item for item in items if edition.requirement(item).area == area]
    return [item.id for item in items.values() if item.state is ItemState(step.items)]


def summary(position: Position) -> dict[str, Any]:
    """A position as plain values, in the words that `then` uses."""
    total = position.total()
    return {
        "status": position.status.value,
        "level": position.level,
        "open": list(position.open_stages),
        "done": [s.id for s in position.stages.values() if s.state is StageState.DONE],
        "shut": [s.id for s in position.stages.values() if s.state is StageState.SHUT],
        "off": [s.id for s in position.stages.values() if not s.in_play],
        "planned": {s.id: s.planned.isoformat() for s in position.stages.values() if s.planned},
        "due": {s.id: s.due.isoformat() for s in position.stages.values() if s.due and s.state is StageState.OPEN},
        "overdue": [s.id for s in position.stages.values() if s.overdue],
        "waiting": sorted({act.role.value for act in position.acts}),
        "acts": [f"{act.role} {act.what} {act.count}" for act in position.acts],
        "milestones": {
            m.what: "met" if m.met else "overdue" if m.overdue else "running"
            for s in position.stages.values()
            for m in s.milestones
        },
        "confirmed": total.confirmed,
        "sent": total.sent,
        "returned": total.returned,
        "breached": total.breached,
        "blank": total.blank,
        "listed": position.listed or "no",
        "granted": position.granted.level if position.granted else None,
        "earned": position.earned or None,
        "valid_until": position.granted.until.isoformat() if position.granted and position.granted.until else None,
        "lapses": position.lapses.isoformat() if position.lapses else None,
        "stopped": position.clock.stopped is not None,
        "assessors": position.assessors,
        "disagreed": [s.id for s in position.stages.values() if s.disagreed],
        "renewal": position.renewal,
        "duties": {duty.id: duty.due.isoformat() if duty.due else None for duty in position.duties},
        "missed": [duty.id for duty in position.duties if duty.overdue],
    }


def _compare(position: Position, then: Expected) -> Iterable[str]:
    is_now = summary(position)
    for name in then.model_fields_set:
        want = getattr(then, name)
        have = is_now[name]
        match name:
            case "done" | "shut" | "off" | "acts":
                missing = [one for one in want if one not in have]
                if missing:
                    yield f"{name}: {', '.join(missing)} missing; there are {have}"
            case "due" | "milestones" | "planned" | "duties":
                for key, value in want.items():
                    given = value.isoformat() if isinstance(value, date) else value
                    if (have.get(key) or NONE) != given:
                        yield f"{name} of {key}: expected {given}, is {have.get(key)}"
            case "waiting":
                if sorted(want) != have:
                    yield f"waiting: expected {sorted(want)}, is {have}"
            case _:
                given = want.isoformat() if isinstance(want, date) else want
                if (NONE if have is None else have) != given:
                    yield f"{name}: expected {given}, is {have}"
