"""Which stage waits for which: conditions that can never hold, circles, the one award."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from kithwork.core.schemes.located import Place
from kithwork.core.schemes.model import (
    REACHES,
    Condition,
    DecisionStage,
    Edition,
    Outcome,
    PanelStage,
    StageKind,
)
from kithwork.core.schemes.wording import did_you_mean

Found = Iterator[tuple[Place, str]]


def _conditions(edition: Edition) -> Iterator[tuple[Place, Condition]]:
    if edition.scheme.assessor_from:
        yield ("scheme", "assessor_from"), edition.scheme.assessor_from
    if edition.credential.aiming_from:
        yield ("credential", "aiming_from"), edition.credential.aiming_from
    for index, stage in enumerate(edition.stages):
        for number, condition in enumerate(stage.opens):
            yield ("stages", index, "opens", number), condition


def reachable(edition: Edition) -> Found:
    stages = {stage.id: stage for stage in edition.stages}
    for place, condition in _conditions(edition):
        if condition.stage not in stages:
            yield place, f"there is no stage '{condition.stage}'{did_you_mean(condition.stage, stages)}"
            continue
        kind = stages[condition.stage].kind
        if condition.outcome not in REACHES[kind]:
            can = " or ".join(REACHES[kind])
            yield place, f"the {kind} stage '{condition.stage}' can be {can}, but never {condition.outcome}"


def waits(edition: Edition) -> dict[str, dict[str, None]]:
    """For each stage the stages it waits for at once, in order; names that lead nowhere are left to `reachable`."""
    known = dict.fromkeys(stage.id for stage in edition.stages)
    return {
        stage.id: dict.fromkeys(condition.stage for condition in stage.opens if condition.stage in known)
        for stage in edition.stages
    }


def _circle(start: str, waits: dict[str, dict[str, None]]) -> list[str]:
    """The shortest way from a stage along what it waits for back to itself; empty when there is none."""
    came: dict[str, str] = {}
    ahead = [start]
    for here in ahead:
        for there in waits[here]:
            if there == start:
                way = [start, here]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return way[::-1]
            if there not in came:
                came[there] = here
                ahead.append(there)
    return []


def behind(stage_id: str, waits: dict[str, dict[str, None]]) -> list[str]:
    """A stage and all that must have happened before it opens, nearest first."""
    behind = {stage_id: None}
    ahead = [stage_id]
    for here in ahead:
        ahead += [there for there in waits[here] if there not in behind]
        behind.update(waits[here])
    return list(behind)


def order(edition: Edition) -> Found:
    if all(stage.opens for stage in edition.stages):
        yield ("stages",), "no stage is open at the start: leave out 'opens' in the first one"
    waiting = waits(edition)
    try:
        TopologicalSorter(waiting).prepare()
    except CycleError:
        yield from _circles(edition, waiting)
        return
    ends = {stage.id: {(one.stage, one.outcome) for one in stage.opens} for stage in edition.stages}
    if not any(outcome == Outcome.NO for end in ends.values() for _, outcome in end):
        return
    told: set[str] = set()
    for index, stage in enumerate(edition.stages):
        before = behind(stage.id, waiting)
        all_ends = set[tuple[str, Outcome]]().union(*(ends[one] for one in before))
        clash = sorted(one for one, outcome in all_ends if outcome == Outcome.NO and (one, Outcome.YES) in all_ends)
        if clash and told.isdisjoint(before):
            told.add(stage.id)
            message = f"'{stage.id}' can never open: '{clash[0]}' would have to end with yes and with no"
            yield ("stages", index, "opens"), message


def _circles(edition: Edition, waits: dict[str, dict[str, None]]) -> Found:
    circling: set[str] = set()
    for index, stage in enumerate(edition.stages):
        way = [] if stage.id in circling else _circle(stage.id, waits)
        if way:
            circling.update(way)
            yield ("stages", index, "opens"), f"these stages wait for each other in a circle: {' -> '.join(way)}"
    for index, stage in enumerate(edition.stages):
        first = next((one for one in behind(stage.id, waits) if one in circling), None)
        if first and stage.id not in circling:
            message = f"'{stage.id}' can never open: it waits for '{first}', which waits for itself"
            yield ("stages", index, "opens"), message


def award(edition: Edition) -> Found:
    awards = [index for index, stage in enumerate(edition.stages) if stage.kind is StageKind.AWARD]
    if not awards:
        yield ("stages",), "there is no stage of the kind 'award': an edition needs exactly one"
    for index in awards[1:]:
        yield ("stages", index, "kind"), "there is another stage of the kind 'award': an edition needs exactly one"
    forms = [stage.id for stage in edition.stages_of(StageKind.FORM)]
    folders = [stage.id for stage in edition.stages_of(StageKind.PORTFOLIO)]
    for index, stage in enumerate(edition.stages):
        if isinstance(stage, DecisionStage) and stage.reopens and stage.reopens not in (*forms, *folders):
            hint = did_you_mean(stage.reopens, [*forms, *folders])
            yield ("stages", index, "reopens"), f"there is no form or portfolio stage '{stage.reopens}'{hint}"
        for number, name in enumerate(stage.reopens if isinstance(stage, PanelStage) else ()):
            if name not in folders:
                hint = did_you_mean(name, folders)
                yield ("stages", index, "reopens", number), f"there is no portfolio stage '{name}'{hint}"
