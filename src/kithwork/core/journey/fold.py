"""fold(edition, entries, today) -> Position: the one place that knows where a journey stands."""

from collections.abc import Mapping, Sequence
from datetime import date

from kithwork.core.journey.case import Case, Found
from kithwork.core.journey.entries import Answer, Entry, EntryKind
from kithwork.core.journey.position import (
    Act,
    ActKind,
    Granted,
    Position,
    Progress,
    StagePosition,
    StageState,
    Status,
)
from kithwork.core.journey.rules import find
from kithwork.core.journey.rules.asking import resolved
from kithwork.core.journey.rules.holding import duties
from kithwork.core.journey.shares import earned
from kithwork.core.schemes.model import (
    REACHES,
    AssignmentStage,
    AwardStage,
    CaseStudyStage,
    Condition,
    DecisionStage,
    Edition,
    EvidenceStage,
    ObservationStage,
    PanelStage,
    PortfolioStage,
    Role,
    Stage,
    VisitStage,
)

# Stages that weigh the whole: they are open only while all their conditions hold, not merely once held.
WEIGHING = (DecisionStage, PanelStage, AwardStage)
# Ends after which nothing can be renewed; what has merely expired can be, in its days of grace.
_CLOSED_TO_RENEWAL = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.CLOSED, Status.REVOKED, Status.LAPSED})


def fold(edition: Edition, entries: Sequence[Entry], today: date) -> Position:
    """Where the journey stands on a day. Pure: the same three give the same position; later entries are not yet
    there.
    """
    case = Case(edition, entries, today)
    granted = _granted(case)
    founds: dict[str, Found] = {}
    opened: dict[str, date | None] = {}
    in_play = {stage.id: since for stage in edition.stages if (since := case.in_play_since(stage))}
    for stage in edition.by_waiting:
        opened[stage.id] = _opened(stage, founds, in_play) if stage.id in in_play and case.entries else None
        founds[stage.id] = find(case, stage, opened[stage.id])
    lapses = {
        stage.id: last
        for stage in edition.stages
        if (start := opened[stage.id]) and founds[stage.id].done is None and not _once_complete(stage, founds)
        if (last := case.lapses(stage, start))
    }
    status = _status(case, granted)
    if status is Status.ACTIVE and any(case.late(last) for last in lapses.values()):
        status = Status.LAPSED
    holder = status in {Status.AWARDED, Status.SUSPENDED}
    climbing = holder and _climbing(case)
    resting = holder and not climbing
    kept, duty_acts = duties(case)
    acts = [
        act
        for stage in edition.stages
        for act in founds[stage.id].acts
        # a holder at rest has two things left to do: to pay what nothing waited for, and to renew, even after the end
        if act.what is ActKind.RENEW or (resting and act.what is ActKind.PAY) or not (resting or status.is_over)
    ]
    if status in _CLOSED_TO_RENEWAL:
        acts = []
    if not status.is_over:
        acts += duty_acts
        if not resting:
            acts.extend(_house_acts(case, founds))
    stages = {
        stage.id: _stage_position(
            opened[stage.id],
            founds[stage.id],
            stage,
            in_play=stage.id in in_play,
            lapses=lapses.get(stage.id),
            over=(status.is_over or resting) and not any(act.stage == stage.id for act in acts),
        )
        for stage in edition.stages
    }
    assessing = [
        stages[stage.id].items
        for stage in edition.stages
        if isinstance(stage, EvidenceStage | VisitStage) and stage.id in in_play
    ]
    return Position(
        today=today,
        status=status,
        level=case.level,
        stages=stages,
        acts=tuple(sorted(acts, key=lambda act: (act.due or date.max, act.since))),
        progress=_progress(case, stages),
        clock=case.clock,
        assessor=case.assessor,
        assessors=case.assessors,
        earned=earned(edition, case.level, assessing, at_most=case.lighter),
        climbing=climbing,
        renewal=case.renewal,
        prior_end=case.prior_end,
        duties=kept,
        lapses=min(lapses.values(), default=None) if status is Status.ACTIVE else None,
        granted=granted,
        listed=_listed(edition, status, founds),
        last=case.entries[-1].on if case.entries else None,
    )


def _opened(stage: Stage, founds: Mapping[str, Found], in_play: Mapping[str, date]) -> date | None:
    """The day on which a stage opened; a condition on a stage that is not on this road holds by itself."""
    weighing = isinstance(stage, WEIGHING)
    days = [in_play[stage.id]]
    for condition in stage.opens:
        if condition.stage not in in_play:
            continue
        reached = founds[condition.stage].reached.get(condition.outcome)
        day = None if reached is None else reached.since if weighing else reached.first
        if day is None:
            return None
        days.append(day)
    return max(days)


def _once_complete(stage: Stage, founds: Mapping[str, Found]) -> bool:
    """Whether a stage was complete before a correction took that back: the body then follows it up, and a record that
    the body itself mends does not let everything lapse on the spot.
    """
    return REACHES[stage.kind][-1] in founds[stage.id].reached


def _met(condition: Condition | None, founds: Mapping[str, Found]) -> date | None:
    if condition is None or condition.stage not in founds:
        return None
    reached = founds[condition.stage].reached.get(condition.outcome)
    return reached.first if reached else None


def _assessor_wanted(case: Case, founds: Mapping[str, Found]) -> date | None:
    """Since when an assessor is wanted.

    Where that hangs on a stage that is not on this road, as at a renewal, it is from the beginning, if there is
    anything for one to do at all.
    """
    condition = case.edition.scheme.assessor_from
    if condition is None or case.in_play_since(case.edition.stage(condition.stage)):
        return _met(condition, founds)
    return case.began if any(_for_assessor(s) for s in case.edition.stages if case.in_play_since(s)) else None


def _for_assessor(stage: Stage) -> bool:
    match stage:
        case EvidenceStage() | VisitStage() | CaseStudyStage() | AssignmentStage():
            return True
        case PortfolioStage():
            return stage.judged_by is Role.ASSESSOR
        case DecisionStage():
            return Role.ASSESSOR in {stage.by, stage.recommended_by}
        case ObservationStage():
            return Role.ASSESSOR in {stage.by, *stage.signatures}
        case _:
            return stage.by is Role.ASSESSOR


def _house_acts(case: Case, founds: Mapping[str, Found]) -> list[Act]:
    """Acts that belong to the journey and not to one stage."""
    acts: list[Act] = []
    wanted = _assessor_wanted(case, founds)
    if wanted and not case.assessor:
        acts.append(case.act("", ActKind.APPOINT, Role.OFFICER, wanted))
    if case.clock.stopped:
        back = case.clock.expected
        late = back is not None and case.today > back
        acts.append(Act("", ActKind.RESUME, Role.OFFICER, case.clock.stopped, back, late))
    return acts


def _stage_position(
    opened: date | None, found: Found, stage: Stage, *, in_play: bool, lapses: date | None, over: bool
) -> StagePosition:
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
        in_play=in_play,
        lapses=lapses,
        voices=found.voices,
        disagreed=found.disagreed,
    )


def _granted(case: Case) -> Granted | None:
    grants = [entry for entry in case.entries if entry.kind is EntryKind.GRANTED]
    return Granted(grants[-1].level, grants[-1].on, grants[-1].until) if grants else None


def _climbing(case: Case) -> bool:
    """Whether a holder is on the way to a higher level: aimed at, and neither granted, refused nor given up since."""
    refusals = _refusals(case)
    for entry in reversed(case.entries):
        if entry.kind is EntryKind.RAISED:
            return True
        if entry.kind in {EntryKind.GRANTED, EntryKind.WITHDRAWN, EntryKind.CLOSED}:
            return False
        if id(entry) in refusals:
            return False
    return False


def _refusals(case: Case) -> set[int]:
    """The entries (by identity) by which a decision came to no; one voice of several is not yet a decision."""
    stages = [stage for stage in case.edition.stages if isinstance(stage, DecisionStage | PanelStage)]
    return {
        id(entry)
        for stage in stages
        for entry in resolved(stage, case.of_stage[stage.id])[0]
        if entry.outcome is Answer.NO
    }


def _status(case: Case, granted: Granted | None) -> Status:
    status = Status.ACTIVE
    refusals = _refusals(case)
    for entry in case.entries:
        # a holder who fails at a higher level, or gives it up, keeps what was granted
        holder = status in {Status.AWARDED, Status.SUSPENDED}
        match entry.kind:
            case EntryKind.GRANTED:
                status = Status.AWARDED
            case EntryKind.DECIDED if id(entry) in refusals and not holder:
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
        if not stages[stage.id].in_play:
            continue
        for item in stages[stage.id].items.values():
            requirement = case.edition.requirement(item.id)
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
