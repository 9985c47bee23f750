"""What is shown and judged: evidence, the visit, pieces of writing, the portfolio."""

from collections import Counter
from datetime import date

from kithwork.core.journey import shares
from kithwork.core.journey.case import Case, Found
from kithwork.core.journey.entries import Entry, EntryKind
from kithwork.core.journey.items import Items, earliest
from kithwork.core.journey.position import OWED, ActKind, ItemState, MilestonePosition
from kithwork.core.journey.rules.asking import asked_again
from kithwork.core.schemes.model import (
    AssignmentStage,
    CaseStudyStage,
    EvidenceStage,
    Outcome,
    PortfolioStage,
    Role,
    VisitStage,
)

Opened = date | None


def _follow(case: Case, stage: EvidenceStage | VisitStage, found: Found) -> tuple[Items, dict[str, date]]:
    """Read the stage's items through time. Gives them, and for each area the day on which all of it had been sent."""
    edition = case.edition
    level = (case.entries[0].level if case.entries else "") or edition.levels[0].id
    items = Items(case.asked(level, stage.assessed))
    area_of = {r.id: r.area for r in edition.requirements if r.assessed == stage.assessed}
    unsent = Counter(area_of[item] for item in items.now)
    areas: dict[str, date] = {}
    if not items.now and edition.in_play(stage, level, renewal=case.renewal):
        found.reach(Outcome.SUBMITTED, case.began)
        found.reach(Outcome.CONFIRMED, case.began)
    for entry in case.entries:
        if entry.kind in {EntryKind.RAISED, EntryKind.ASKED}:
            level = entry.level or level
            wanted = [entry.item] if entry.kind is EntryKind.ASKED else case.asked(level, stage.assessed)
            added = [item for item in wanted if item in area_of and item not in items.now]
            items.widen(added)
            unsent.update(area_of[item] for item in added)
        elif entry.stage == stage.id:
            if entry.kind is EntryKind.SUBMITTED and entry.item in items.unsent:
                area = area_of[entry.item]
                unsent[area] -= 1
                if unsent[area] <= 0:
                    areas.setdefault(area, entry.on)
            items.take(entry)
        else:
            continue
        found.reach(Outcome.SUBMITTED, entry.on, holds=not items.unsent)
        found.reach(Outcome.CONFIRMED, entry.on, holds=shares.enough(edition, level, items))
    return items, areas


def evidence(case: Case, stage: EvidenceStage, opened: Opened) -> Found:
    found = Found()
    items, areas = _follow(case, stage, found)
    found.items = items.now
    confirmed = found.reached.get(Outcome.CONFIRMED)
    found.done = confirmed.since if confirmed and opened else None
    if opened is None:
        return found
    start = max(opened, case.raised_on) if case.raised_on else opened
    found.due = case.due(stage.within, start, stage.id)
    done_areas = sorted(areas.values())
    found.milestones = tuple(
        MilestonePosition(
            milestone.what,
            last,
            met := done_areas[milestone.areas - 1] if len(done_areas) >= milestone.areas else None,
            met is None and case.late(last),
        )
        for milestone in stage.milestones
        if (last := case.due(milestone.within, opened, ""))  # extending the stage does not move its milestones
    )
    if found.done:  # with a share, what was returned need not be sent again
        return found
    owed = items.in_state(*OWED)
    if owed:
        nearest = min([d for d in (found.due, *(m.due for m in found.milestones if m.met is None)) if d], default=None)
        found.acts.append(
            case.act(stage.id, ActKind.SEND, stage.by, earliest(owed, start), due=nearest, count=len(owed))
        )
    sent = items.in_state(ItemState.SENT)
    if sent:
        found.acts.append(case.act(stage.id, ActKind.ASSESS, Role.ASSESSOR, earliest(sent, start), count=len(sent)))
    found.overdue = bool(owed) and case.late(found.due)
    return found


def visit(case: Case, stage: VisitStage, opened: Opened) -> Found:
    """Arranged, held, and then a finding for each requirement; what was missing follows within the time allowed."""
    found = Found()
    items, _ = _follow(case, stage, found)
    found.reached.pop(Outcome.SUBMITTED, None)
    found.items = items.now
    arranged: Entry | None = None
    held: Entry | None = None
    for entry in case.in_cycle(stage.id):
        if entry.kind is EntryKind.ARRANGED:
            arranged, found.planned = entry, entry.until
            found.reach(Outcome.ARRANGED, entry.on)
        elif entry.kind is EntryKind.HELD:
            held = entry
            found.reach(Outcome.HELD, entry.on)
    confirmed = found.reached.get(Outcome.CONFIRMED)
    if confirmed and confirmed.since and opened and held:
        found.done = max(confirmed.since, held.on)
    if opened is None or found.done:
        return found
    if held is None:
        since = max(opened, case.raised_on) if case.raised_on else opened
        if arranged is None:
            found.due = case.due(stage.within, since, stage.id)
            found.acts.append(case.act(stage.id, ActKind.ARRANGE, stage.by, since, due=found.due))
        else:
            found.due = found.planned
            found.acts.append(case.act(stage.id, ActKind.HOLD, stage.by, arranged.on, due=found.planned))
        return found
    if blank := items.in_state(ItemState.BLANK):
        found.acts.append(case.act(stage.id, ActKind.REPORT_FINDINGS, stage.by, held.on, count=len(blank)))
    found.due = case.due(stage.supplementary_within, held.on, stage.id)
    if owed := items.in_state(ItemState.RETURNED, ItemState.BREACHED):
        found.acts.append(
            case.act(
                stage.id, ActKind.SUPPLEMENT, Role.APPLICANT, earliest(owed, held.on), due=found.due, count=len(owed)
            )
        )
        found.overdue = case.late(found.due)
    if sent := items.in_state(ItemState.SENT):
        found.acts.append(case.act(stage.id, ActKind.ASSESS, Role.ASSESSOR, earliest(sent, held.on), count=len(sent)))
    return found


def pieces(case: Case, stage: CaseStudyStage | AssignmentStage, opened: Opened) -> Found:
    found = Found()
    items = Items(piece.id for piece in stage.pieces)
    for entry in case.of_stage[stage.id]:
        items.take(entry)
        found.reach(Outcome.SUBMITTED, entry.on, holds=not items.unsent)
        found.reach(Outcome.CONFIRMED, entry.on, holds=not items.unconfirmed)
    found.items = items.now
    confirmed = found.reached.get(Outcome.CONFIRMED)
    found.done = confirmed.since if confirmed else None
    if opened is None or found.done:
        return found
    found.due = case.due(stage.within, opened, stage.id)
    shown = {piece.id for piece in stage.pieces if piece.performed}
    owed = items.in_state(*OWED)
    if sending := [item for item in owed if item.id not in shown]:
        found.acts.append(
            case.act(stage.id, ActKind.SEND, stage.by, earliest(sending, opened), due=found.due, count=len(sending))
        )
        found.overdue = case.late(found.due)
    if judging := [*items.in_state(ItemState.SENT), *(item for item in owed if item.id in shown)]:
        found.acts.append(
            case.act(stage.id, ActKind.ASSESS, Role.ASSESSOR, earliest(judging, opened), count=len(judging))
        )
    return found


def portfolio(case: Case, stage: PortfolioStage, opened: Opened) -> Found:
    """Handed in as a whole, and confirmed or sent back by the assessor, or looked at by the panel.

    Where the panel judges, handing in completes the stage, and a panel that asks for more opens it again.
    """
    found = Found()
    by_panel = stage.judged_by is Role.PANEL
    again = asked_again(case, stage)
    whole = Items([stage.id])
    for entry in case.entries:
        if entry.stage == stage.id and not entry.item:
            whole.take(Entry(entry.on, entry.kind, entry.by, stage.id, stage.id))
        elif id(entry) in again:
            whole.take(Entry(entry.on, EntryKind.RETURNED, entry.by, stage.id, stage.id))
        else:
            continue
        now = whole.now[stage.id].state
        found.reach(Outcome.SUBMITTED, entry.on, holds=now not in OWED)
        found.reach(Outcome.CONFIRMED, entry.on, holds=not whole.unconfirmed)
    found.items = whole.now
    last = found.reached.get(Outcome.SUBMITTED if by_panel else Outcome.CONFIRMED)
    found.done = last.since if last else None
    if opened is None or found.done:
        return found
    found.due = case.due(stage.within, opened, stage.id)
    state = whole.now[stage.id]
    if state.state in OWED:
        found.acts.append(case.act(stage.id, ActKind.SEND, stage.by, state.since or opened, due=found.due))
        found.overdue = case.late(found.due)
    else:
        found.acts.append(case.act(stage.id, ActKind.ASSESS, Role.ASSESSOR, state.since or opened))
    return found
