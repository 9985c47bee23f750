"""fold(edition, entries, today) -> Position: the one place that knows where a journey stands."""

from collections.abc import Mapping, Sequence
from datetime import date

from kithwork.core.journey.case import Case, Found
from kithwork.core.journey.entries import Answer, Entry, EntryKind
from kithwork.core.journey.position import (
    Act,
    ActKind,
    Granted,
    ItemPosition,
    ItemState,
    Position,
    Progress,
    StagePosition,
    StageState,
    Status,
)
from kithwork.core.journey.rules import find
from kithwork.core.schemes.model import (
    AwardStage,
    Condition,
    DecisionStage,
    Edition,
    EvidenceStage,
    PanelStage,
    RenewalStage,
    Role,
    Stage,
    VisitStage,
)

# Stages that weigh the whole: they are open only while all their conditions hold, not merely once held.
WEIGHING = (DecisionStage, PanelStage, AwardStage)


def fold(edition: Edition, entries: Sequence[Entry], today: date) -> Position:
    """Where the journey stands on a day. Pure: the same three give the same position; later entries are not yet
    there.
    """
    case = Case(edition, entries, today)
    granted = _granted(case)
    status = _status(case, granted)
    founds: dict[str, Found] = {}
    opened: dict[str, date | None] = {}
    for stage in edition.stages:
        opened[stage.id] = _opened(case, stage, founds) if case.entries else None
        founds[stage.id] = find(case, stage, opened[stage.id])
    resting = status in {Status.AWARDED, Status.SUSPENDED} and not _climbing(case)
    acts: list[Act] = []
    if not status.is_over:
        acts = [act for found in founds.values() for act in found.acts if not resting or act.what is ActKind.RENEW]
        if not resting:
            acts.extend(_house_acts(case, founds))
    stages = {
        stage.id: _stage_position(
            stage,
            opened[stage.id],
            founds[stage.id],
            # a holder at rest has one stage left: to renew
            over=status.is_over or (resting and not isinstance(stage, RenewalStage)),
        )
        for stage in edition.stages
    }
    return Position(
        today=today,
        status=status,
        level=case.level,
        stages=stages,
        acts=tuple(sorted(acts, key=lambda act: (act.due or date.max, act.since))),
        progress=_progress(case, stages),
        clock=case.clock,
        assessor=case.assessor,
        granted=granted,
        listed=_listed(edition, status, founds),
        last=case.entries[-1].on if case.entries else None,
    )


def _opened(case: Case, stage: Stage, founds: Mapping[str, Found]) -> date | None:
    weighing = isinstance(stage, WEIGHING)
    days = [case.began]
    for condition in stage.opens:
        reached = founds[condition.stage].reached.get(condition.outcome) if condition.stage in founds else None
        day = None if reached is None else reached.since if weighing else reached.first
        if day is None:
            return None
        days.append(day)
    return max(days)


def _met(condition: Condition | None, founds: Mapping[str, Found]) -> date | None:
    if condition is None or condition.stage not in founds:
        return None
    reached = founds[condition.stage].reached.get(condition.outcome)
    return reached.first if reached else None


def _house_acts(case: Case, founds: Mapping[str, Found]) -> list[Act]:
    """Acts that belong to the journey and not to one stage."""
    acts: list[Act] = []
    wanted = _met(case.edition.scheme.assessor_from, founds)
    if wanted and not case.assessor:
        acts.append(case.act("", ActKind.APPOINT, Role.OFFICER, wanted))
    if case.clock.stopped:
        back = case.clock.expected
        late = back is not None and case.today > back
        acts.append(Act("", ActKind.RESUME, Role.OFFICER, case.clock.stopped, back, late))
    return acts


def _stage_position(stage: Stage, opened: date | None, found: Found, *, over: bool) -> StagePosition:
    if found.done:
        state = StageState.DONE
    elif opened is None or over or not found.acts:
        state = StageState.SHUT
    else:
        state = StageState.OPEN
    return StagePosition(
        id=stage.id,
        kind=stage.kind,
        title=stage.title,
        state=state,
        opened=opened,
        due=found.due,
        overdue=(found.overdue or any(act.overdue for act in found.acts)) and state is StageState.OPEN,
        done=found.done,
        planned=found.planned,
        reached=found.reached,
        items=found.items,
        milestones=found.milestones,
    )


def _granted(case: Case) -> Granted | None:
    grants = [entry for entry in case.entries if entry.kind is EntryKind.GRANTED]
    return Granted(grants[-1].level, grants[-1].on, grants[-1].until) if grants else None


def _climbing(case: Case) -> bool:
    """Whether a holder is on the way to a higher level: aimed at, and neither granted, refused nor given up since."""
    final = _final_stages(case.edition)
    for entry in reversed(case.entries):
        if entry.kind is EntryKind.RAISED:
            return True
        if entry.kind in {EntryKind.GRANTED, EntryKind.WITHDRAWN, EntryKind.CLOSED}:
            return False
        if entry.kind is EntryKind.DECIDED and entry.outcome is Answer.NO and entry.stage in final:
            return False
    return False


def _final_stages(edition: Edition) -> set[str]:
    return {stage.id for stage in edition.stages if isinstance(stage, DecisionStage | PanelStage)}


def _status(case: Case, granted: Granted | None) -> Status:
    status = Status.ACTIVE
    final = _final_stages(case.edition)
    for entry in case.entries:
        # a holder who fails at a higher level, or gives it up, keeps what was granted
        holder = status in {Status.AWARDED, Status.SUSPENDED}
        match entry.kind:
            case EntryKind.GRANTED:
                status = Status.AWARDED
            case EntryKind.DECIDED if entry.outcome is Answer.NO and entry.stage in final and not holder:
                status = Status.REFUSED
            case EntryKind.WITHDRAWN if not holder:
                status = Status.WITHDRAWN
            case EntryKind.CLOSED if not holder:
                status = Status.CLOSED
            case EntryKind.SUSPENDED:
                status = Status.SUSPENDED
            case EntryKind.REINSTATED:
                status = Status.AWARDED
            case EntryKind.REVOKED:
                status = Status.REVOKED
            case _:
                pass
    held = status in {Status.AWARDED, Status.SUSPENDED}
    if held and granted and granted.until and case.today > granted.until:
        return Status.EXPIRED
    return status


def _progress(case: Case, stages: Mapping[str, StagePosition]) -> dict[str, dict[str, Progress]]:
    counts: dict[str, dict[str, dict[str, int]]] = {}
    for stage in case.edition.stages:
        if not isinstance(stage, EvidenceStage | VisitStage):
            continue
        items = stages[stage.id].items
        for requirement in case.edition.asked_at(case.level, stage.assessed):
            item = items.get(requirement.id, ItemPosition(requirement.id, ItemState.BLANK))
            row = counts.setdefault(requirement.level, {}).setdefault(requirement.area, {"total": 0})
            row["total"] += 1
            row[item.state.value] = row.get(item.state.value, 0) + 1
    return {level: {area: Progress(**row) for area, row in areas.items()} for level, areas in counts.items()}


def _listed(edition: Edition, status: Status, founds: Mapping[str, Found]) -> str | None:
    if status is Status.AWARDED:
        return "holder"
    if status is Status.ACTIVE and _met(edition.credential.aiming_from, founds):
        return "aiming"
    return None
