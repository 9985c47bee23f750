"""The straight road through an edition: what everybody would do who did what is open, with a yes to every question.

It is made up, for looking at an edition before anybody has gone through it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kithwork.core.journey.case import RENEWAL
from kithwork.core.journey.entries import Answer, Entry, EntryKind
from kithwork.core.journey.fold import fold
from kithwork.core.journey.moves import may
from kithwork.core.journey.position import OWED, Act, ActKind, ItemState, Position, Status
from kithwork.core.journey.term import term
from kithwork.core.schemes.model import CourseStage, Edition, FeeStage, PortfolioStage, Role, Stage, VisitStage

BETWEEN = timedelta(days=3)  # from one thing done to the next
AHEAD = timedelta(days=7)  # from an agreement on a day to that day
MOST = 500  # things done; more than any road has


@dataclass(frozen=True, slots=True)
class Taken:
    """One thing done on the road: on which day, in which stage, and the entries that it wrote."""

    on: date
    stage: str
    entries: tuple[Entry, ...]


def straight(edition: Edition, level: str, start: date, *, renews: date | None = None) -> tuple[Taken, ...]:
    """The road of somebody who aims at a level from that day on, to the award or as far as a straight road leads.

    `renews` is the last day of what is held already, and makes it the road of a renewal. Every entry is one that `may`
    allows.
    """
    detail = RENEWAL if renews else ""
    opened = Entry(start, EntryKind.OPENED, Role.APPLICANT, level=level, until=renews, detail=detail)
    taken = [Taken(start, "", (opened,))]
    entries = [opened]
    today = start
    while len(taken) < MOST:
        agreed = [e.until for e in entries[-1:] if e.kind is EntryKind.ARRANGED and e.until]
        today = max([today + BETWEEN, *agreed])
        position = fold(edition, entries, today)
        if position.status is not Status.ACTIVE:
            break
        step = next(filter(None, (_done(edition, entries, act, position) for act in position.acts)), None)
        if step is None:
            break
        taken.append(step)
        entries += step.entries
    return tuple(taken)


def _done(edition: Edition, entries: list[Entry], act: Act, position: Position) -> Taken | None:
    """What doing an act writes; None when it cannot be done as it stands."""
    made: list[Entry] = []
    now = position
    for entry in _entries(edition, act, position):
        if not may(edition, now, entry):
            return None
        made.append(entry)
        now = fold(edition, [*entries, *made], position.today)
    return Taken(position.today, act.stage, tuple(made)) if made else None


def _entries(edition: Edition, act: Act, position: Position) -> Iterator[Entry]:
    today, role = position.today, act.role
    stage = edition.stage(act.stage) if act.stage else None

    def entry(kind: EntryKind, by: Role = role, outcome: Answer | None = None) -> Entry:
        return Entry(today, kind, by, act.stage, outcome=outcome)

    match act.what:
        case ActKind.ANSWER:
            yield entry(EntryKind.ANSWERED, outcome=Answer.YES)
        case ActKind.FILL_IN:
            yield entry(EntryKind.SUBMITTED)
        case ActKind.ASK if not _waits_for_supporter(position, act.stage):
            yield entry(EntryKind.INVITED)
        case ActKind.RECOMMEND:
            yield from (entry(EntryKind.RECOMMENDED, outcome=Answer.YES) for _ in range(act.count))
        case ActKind.DECIDE:
            yield from (entry(EntryKind.DECIDED, outcome=Answer.YES) for _ in range(act.count))
        case ActKind.APPOINT:
            missing = edition.scheme.assessors - position.assessors
            yield from (Entry(today, EntryKind.APPOINTED, role) for _ in range(missing))
        case ActKind.INVOICE if isinstance(stage, FeeStage):
            yield Entry(today, EntryKind.INVOICED, role, stage.id, amount=_price(edition, stage.fee))
        case ActKind.PAY:
            yield entry(EntryKind.PAID, Role.OFFICER)
        case ActKind.CHOOSE:
            yield entry(EntryKind.CHOSEN)
        case ActKind.ARRANGE:
            by = Role.OFFICER if isinstance(stage, CourseStage) else role
            yield Entry(today, EntryKind.ARRANGED, by, act.stage, act.item, until=today + AHEAD)
        case ActKind.HOLD:
            mode = stage.modes[0] if isinstance(stage, VisitStage) else ""
            yield Entry(today, EntryKind.HELD, role, act.stage, detail=mode)
        case ActKind.INTERVIEW:
            one = Entry(today, EntryKind.HELD, role, act.stage, act.item, detail="individual")
            yield from (one for _ in range(act.count))
        case ActKind.SIGN:
            yield entry(EntryKind.SIGNED)
        case ActKind.GRANT:
            last = term(edition, position, today)
            yield Entry(today, EntryKind.GRANTED, role, act.stage, level=position.earned, until=last)
        case _:  # what a holder does, and what restarts a clock, lie off the straight road
            yield from _items(stage, act, position)


def _items(stage: Stage | None, act: Act, position: Position) -> Iterator[Entry]:
    """What is done item by item: parts attended, evidence sent and judged."""
    items = position.stages[act.stage].items.values() if act.stage else ()
    match act.what:
        case ActKind.ATTEND:
            kind, by, chosen = EntryKind.ATTENDED, Role.OFFICER, [i for i in items if i.state is ItemState.BLANK]
        case ActKind.SEND | ActKind.SUPPLEMENT:
            chosen = [i for i in items if i.state in OWED and not _performed(stage, i.id)]
            kind, by = EntryKind.SUBMITTED, act.role
        case ActKind.ASSESS | ActKind.REPORT_FINDINGS:
            wanted = ItemState.BLANK if act.what is ActKind.REPORT_FINDINGS else ItemState.SENT
            chosen = [i for i in items if i.state is wanted or (_performed(stage, i.id) and i.state in OWED)]
            kind, by = EntryKind.CONFIRMED, Role.ASSESSOR
        case _:
            return
    for item in chosen:
        whole = isinstance(stage, PortfolioStage)  # sent and judged as one
        yield Entry(position.today, kind, by, act.stage, "" if whole else item.id)


def _waits_for_supporter(position: Position, stage: str) -> bool:
    return any(act.stage == stage and act.what is ActKind.FILL_IN for act in position.acts)


def _performed(stage: object, item: str) -> bool:
    return any(piece.id == item and piece.performed for piece in getattr(stage, "pieces", ()))


def _price(edition: Edition, fee_id: str) -> int:
    """Whole pounds: the fee, or its first band; 0 where a person sets the price."""
    fee = edition.fee(fee_id)
    if fee.amount is not None:
        return fee.amount
    return fee.bands[0].amount if fee.bands else 0
