"""One rule for each kind of stage: from the stage's entries, what it has reached and what is open for whom.

A rule gets the day on which its stage opened, or None while it is shut; a shut stage has facts but no acts.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import assert_never

from kithwork.core.journey.case import Case, Found
from kithwork.core.journey.entries import Answer, Entry, EntryKind
from kithwork.core.journey.items import Items, earliest
from kithwork.core.journey.position import OWED, ActKind, ItemPosition, ItemState, MilestonePosition
from kithwork.core.schemes.model import (
    AssignmentStage,
    AwardStage,
    CaseStudyStage,
    ChecklistStage,
    CourseStage,
    DecisionStage,
    EvidenceStage,
    FeeStage,
    FormStage,
    InterviewKind,
    InterviewStage,
    MeetingStage,
    ObservationStage,
    Outcome,
    PanelStage,
    PortfolioStage,
    RenewalStage,
    Role,
    Stage,
    VisitStage,
)

Opened = date | None


def find(case: Case, stage: Stage, opened: Opened) -> Found:
    """The facts and open acts of one stage."""
    match stage:
        case ChecklistStage():
            return _checklist(case, stage, opened)
        case FormStage():
            return _form(case, stage, opened)
        case DecisionStage() | PanelStage():
            return _decision(case, stage, opened)
        case FeeStage():
            return _fee(case, stage, opened)
        case MeetingStage():
            return _happening(case, stage, opened, Outcome.HELD, EntryKind.HELD, ActKind.HOLD)
        case CourseStage():
            return _happening(case, stage, opened, Outcome.ATTENDED, EntryKind.ATTENDED, ActKind.ATTEND)
        case EvidenceStage():
            return _evidence(case, stage, opened)
        case VisitStage():
            return _visit(case, stage, opened)
        case InterviewStage():
            return _interviews(case, stage, opened)
        case ObservationStage():
            return _observation(case, stage, opened)
        case CaseStudyStage() | AssignmentStage():
            return _pieces(case, stage, opened)
        case PortfolioStage():
            return _portfolio(case, stage, opened)
        case AwardStage():
            return _award(case, stage, opened)
        case RenewalStage():
            return _renewal(case, stage, opened)
        case _:
            assert_never(stage)


def _checklist(case: Case, stage: ChecklistStage, opened: Opened) -> Found:
    found = Found()
    for entry in case.of_stage[stage.id]:
        if entry.kind is EntryKind.ANSWERED:
            found.reach(Outcome.ANSWERED, entry.on)
            found.done = entry.on
    if opened and not found.done:
        found.due = case.due(stage.within, opened, stage.id)
        found.acts.append(case.act(stage.id, ActKind.ANSWER, stage.by, opened, due=found.due))
    return found


def _form(case: Case, stage: FormStage, opened: Opened) -> Found:
    """A form is open until it is handed in, and again each time a decision asks for more of it."""
    found = Found()
    askers = {s.id for s in case.edition.stages if isinstance(s, DecisionStage) and s.reopens == stage.id}
    since = opened
    for entry in case.entries:
        if entry.stage == stage.id and entry.kind is EntryKind.SUBMITTED:
            found.reach(Outcome.SUBMITTED, entry.on)
            found.done = entry.on
        elif entry.stage in askers and entry.kind is EntryKind.DECIDED and entry.outcome is Answer.MORE:
            found.reach(Outcome.SUBMITTED, entry.on, holds=False)
            found.done, since = None, entry.on
    if opened and since and not found.done:
        found.due = case.due(stage.within, since, stage.id)
        found.acts.append(case.act(stage.id, ActKind.FILL_IN, stage.by, since, due=found.due))
    return found


def _decision(case: Case, stage: DecisionStage | PanelStage, opened: Opened) -> Found:
    found = Found()
    final = isinstance(stage, PanelStage) or stage.decides == "award"
    entries = case.in_cycle(stage.id) if final else case.of_stage[stage.id]
    decided: Entry | None = None
    recommended: list[Entry] = []
    for entry in entries:
        if entry.kind is EntryKind.DECIDED:
            decided = entry
            recommended = []
        elif entry.kind is EntryKind.RECOMMENDED:
            recommended.append(entry)
    if decided and decided.outcome in {Answer.YES, Answer.NO}:
        found.reach(Outcome.YES if decided.outcome is Answer.YES else Outcome.NO, decided.on)
        found.done = decided.on
        return found
    if opened is None:
        return found
    since = max(opened, decided.on) if decided else opened
    found.due = case.due(stage.within, opened, stage.id)
    wanted, recommender = _recommenders(stage)
    if len(recommended) < wanted and recommender:
        found.acts.append(
            case.act(stage.id, ActKind.RECOMMEND, recommender, since, due=found.due, count=wanted - len(recommended))
        )
    else:
        last = max([since, *(entry.on for entry in recommended)])
        found.acts.append(case.act(stage.id, ActKind.DECIDE, stage.by, last, due=found.due))
    return found


def _recommenders(stage: DecisionStage | PanelStage) -> tuple[int, Role | None]:
    if isinstance(stage, PanelStage):
        return stage.members, Role.PANEL
    return (1, stage.recommended_by) if stage.recommended_by else (0, None)


def _fee(case: Case, stage: FeeStage, opened: Opened) -> Found:
    found = Found()
    for entry in case.of_stage[stage.id]:
        if entry.kind is EntryKind.INVOICED:
            found.reach(Outcome.INVOICED, entry.on)
        elif entry.kind is EntryKind.PAID:
            found.reach(Outcome.PAID, entry.on)
            found.done = entry.on
    if opened and not found.done:
        invoiced = found.reached.get(Outcome.INVOICED)
        if invoiced is None:
            found.acts.append(case.act(stage.id, ActKind.INVOICE, Role.OFFICER, opened))
        else:
            found.due = case.due(stage.within, invoiced.first, stage.id)
            found.acts.append(case.act(stage.id, ActKind.PAY, stage.by, invoiced.first, due=found.due))
    return found


def _happening(
    case: Case, stage: MeetingStage | CourseStage, opened: Opened, ends: Outcome, by: EntryKind, act: ActKind
) -> Found:
    """Something that is arranged for a day and then takes place."""
    found = Found()
    arranged: Entry | None = None
    for entry in case.of_stage[stage.id]:
        if entry.kind is EntryKind.ARRANGED:
            arranged = entry
            found.planned = entry.until
            found.reach(Outcome.ARRANGED, entry.on)
        elif entry.kind is by:
            found.reach(ends, entry.on)
            found.done = entry.on
    if opened and not found.done:
        if arranged is None:
            found.due = case.due(stage.within, opened, stage.id)
            found.acts.append(case.act(stage.id, ActKind.ARRANGE, stage.by, opened, due=found.due))
        else:
            found.due = found.planned
            found.acts.append(case.act(stage.id, act, stage.by, arranged.on, due=found.planned))
    return found


def _follow(case: Case, stage: EvidenceStage | VisitStage, found: Found) -> tuple[Items, dict[str, date]]:
    """Read the stage's items through time. Gives them, and for each area the day on which all of it had been sent."""
    edition = case.edition
    first = case.entries[0].level if case.entries else ""
    level = first or edition.levels[0].id
    items = Items(requirement.id for requirement in edition.asked_at(level, stage.assessed))
    area_of = {r.id: r.area for r in edition.requirements if r.assessed == stage.assessed}
    unsent = Counter(area_of[item] for item in items.now)
    areas: dict[str, date] = {}
    for entry in case.entries:
        if entry.kind is EntryKind.RAISED:
            items.widen(r.id for r in edition.asked_at(entry.level, stage.assessed))
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
        found.reach(Outcome.CONFIRMED, entry.on, holds=not items.unconfirmed)
    if not items.now:
        found.reach(Outcome.SUBMITTED, case.began)
        found.reach(Outcome.CONFIRMED, case.began)
    return items, areas


def _evidence(case: Case, stage: EvidenceStage, opened: Opened) -> Found:
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


def _visit(case: Case, stage: VisitStage, opened: Opened) -> Found:
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


def talks_left(kind: InterviewKind, singles: int, groups: int) -> int:
    """How many individual interviews are still wanted; a group stands for all of them."""
    if kind.or_groups is not None and groups >= kind.or_groups:
        return 0
    return max(kind.normally - singles, 0)


def _interviews(case: Case, stage: InterviewStage, opened: Opened) -> Found:
    found = Found()
    held: Counter[tuple[str, str]] = Counter()
    agreed: dict[str, date] = {}
    last: dict[str, date] = {}
    planned: dict[str, date | None] = {}
    for entry in case.of_stage[stage.id]:
        if entry.kind is EntryKind.HELD:
            held[entry.item, entry.detail] += 1
            last[entry.item] = entry.on
            planned.pop(entry.item, None)
        elif entry.kind is EntryKind.AGREED:
            agreed[entry.item] = last[entry.item] = entry.on
        elif entry.kind is EntryKind.ARRANGED:
            planned[entry.item] = entry.until
    wanting = 0
    for kind in stage.interviews:
        left = 0 if kind.id in agreed else talks_left(kind, held[kind.id, "individual"], held[kind.id, "group"])
        state = ItemState.CONFIRMED if not left else ItemState.BLANK
        found.items[kind.id] = ItemPosition(kind.id, state, last.get(kind.id), held.total())
        if left:
            wanting += 1
            if opened:
                due = planned.get(kind.id) or case.due(stage.within, opened, stage.id)
                found.acts.append(
                    case.act(stage.id, ActKind.INTERVIEW, stage.by, opened, due=due, count=left, item=kind.id)
                )
    if not wanting:
        found.done = max(last.values())
        found.reach(Outcome.HELD, found.done)
    found.planned = min((day for day in planned.values() if day), default=None)
    return found


def _observation(case: Case, stage: ObservationStage, opened: Opened) -> Found:
    found = Found()
    signed: dict[Role, date] = {}
    arranged: Entry | None = None
    for entry in case.of_stage[stage.id]:
        if entry.kind is EntryKind.ARRANGED:
            arranged, found.planned = entry, entry.until
            found.reach(Outcome.ARRANGED, entry.on)
        elif entry.kind is EntryKind.SIGNED:
            signed.setdefault(entry.by, entry.on)
    missing = [role for role in stage.signatures if role not in signed]
    if not missing:
        found.done = max(signed.values())
        found.reach(Outcome.SIGNED, found.done)
    elif opened and arranged is None:
        found.due = case.due(stage.within, opened, stage.id)
        found.acts.append(case.act(stage.id, ActKind.ARRANGE, stage.by, opened, due=found.due))
    elif opened and arranged is not None:
        found.due = found.planned
        found.acts.extend(case.act(stage.id, ActKind.SIGN, role, arranged.on, due=found.planned) for role in missing)
    return found


def _pieces(case: Case, stage: CaseStudyStage | AssignmentStage, opened: Opened) -> Found:
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
    if owed := items.in_state(*OWED):
        found.acts.append(
            case.act(stage.id, ActKind.SEND, stage.by, earliest(owed, opened), due=found.due, count=len(owed))
        )
        found.overdue = case.late(found.due)
    if sent := items.in_state(ItemState.SENT):
        found.acts.append(case.act(stage.id, ActKind.ASSESS, Role.ASSESSOR, earliest(sent, opened), count=len(sent)))
    return found


def _portfolio(case: Case, stage: PortfolioStage, opened: Opened) -> Found:
    """Handed in as a whole; each requirement may be found shown or not, and the whole is confirmed or returned."""
    found = Found()
    whole = Items([stage.id])
    for entry in case.of_stage[stage.id]:
        if not entry.item:
            whole.take(Entry(entry.on, entry.kind, entry.by, stage.id, stage.id))
            found.reach(Outcome.SUBMITTED, entry.on, holds=not whole.unsent)
            found.reach(Outcome.CONFIRMED, entry.on, holds=not whole.unconfirmed)
    found.items = whole.now
    confirmed = found.reached.get(Outcome.CONFIRMED)
    found.done = confirmed.since if confirmed else None
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


def _award(case: Case, stage: AwardStage, opened: Opened) -> Found:
    found = Found()
    for entry in case.in_cycle(stage.id):
        if entry.kind is EntryKind.GRANTED:
            found.reach(Outcome.GRANTED, entry.on)
            found.done = entry.on
    if opened and not found.done:
        found.acts.append(case.act(stage.id, ActKind.GRANT, stage.by, opened))
    return found


def _renewal(case: Case, stage: RenewalStage, opened: Opened) -> Found:
    """Open from the invitation before the end of what was granted, until the renewal is asked for."""
    found = Found()
    granted = [entry for entry in case.entries if entry.kind is EntryKind.GRANTED]
    for entry in case.of_stage[stage.id]:
        if entry.kind is EntryKind.SUBMITTED:
            found.reach(Outcome.SUBMITTED, entry.on)
            found.done = entry.on
    if opened and granted and granted[-1].until and not found.done:
        found.due = granted[-1].until
        invited = stage.before.before(granted[-1].until)
        if case.today >= invited:
            found.acts.append(case.act(stage.id, ActKind.RENEW, stage.by, invited, due=found.due))
    return found


Rule = Callable[[Case, Stage, Opened], Found]
