"""What a model cannot see piece by piece: ids that clash, names that lead nowhere, stages that can never open.

Each rule yields (place, message); a place is the path of keys and indexes in the edition, which the loader turns into a
file and a line.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Protocol

from pydantic import BaseModel

from kithwork.core.days import Period
from kithwork.core.schemes.located import Place
from kithwork.core.schemes.model import (
    REACHES,
    AssignmentStage,
    CaseStudyStage,
    ChecklistStage,
    Condition,
    DecisionStage,
    Edition,
    EvidenceStage,
    Fee,
    FeeStage,
    FieldKind,
    FormField,
    FormStage,
    InterviewStage,
    ObservationStage,
    Outcome,
    PortfolioStage,
    RenewalStage,
    Stage,
    StageKind,
    VisitStage,
)
from kithwork.core.schemes.wording import did_you_mean, nearest

Found = Iterator[tuple[Place, str]]


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_ASSESSING = EvidenceStage | VisitStage | PortfolioStage
_NUMBERS = (FieldKind.NUMBER, FieldKind.MONEY)
_WORDY = (FieldKind.TEXT, FieldKind.LONG)
# Starts on which two periods are compared: '2 months' and '60 days' differ by the season, and by the leap year.
_STARTS = tuple(date(year, month, 1) for year in (2023, 2024) for month in range(1, 13))
_YEARS = 100  # dates end with the year 9999, so a period of 9,000 years would break every sum of dates


def mistakes(edition: Edition) -> Found:
    """Everything wrong with an edition whose pieces are each well formed; nothing when it can be used."""
    for rule in _RULES:
        yield from rule(edition)


def _clashes(place: Place, parts: Iterable[_Named], what: str) -> Found:
    seen: set[str] = set()
    for index, part in enumerate(parts):
        if part.id in seen:
            yield (*place, index, "id"), f"another {what} already has the id '{part.id}'"
        seen.add(part.id)


def _ids(edition: Edition) -> Found:
    yield from _clashes(("levels",), edition.levels, "level")
    yield from _clashes(("areas",), edition.areas, "area")
    yield from _clashes(("fees",), edition.fees, "fee")
    yield from _clashes(("stages",), edition.stages, "stage")
    yield from _clashes(("requirements",), edition.requirements, "requirement")
    for index, stage in enumerate(edition.stages):
        place: Place = ("stages", index)
        match stage:
            case FormStage():
                yield from _clashes((*place, "fields"), stage.fields, "field of this form")
            case ChecklistStage():
                yield from _clashes((*place, "questions"), stage.questions, "question of this checklist")
            case InterviewStage():
                yield from _clashes((*place, "interviews"), stage.interviews, "interview of this stage")
            case CaseStudyStage() | AssignmentStage():
                yield from _clashes((*place, "pieces"), stage.pieces, "piece of this stage")
                for number, piece in enumerate(stage.pieces):
                    deeper = (*place, "pieces", number, "declarations")
                    yield from _clashes(deeper, piece.declarations, "declaration of this piece")


def _levels(edition: Edition) -> Found:
    every = {level.id for level in edition.levels}
    earlier: dict[str, tuple[str, ...]] = {}
    for index, level in enumerate(edition.levels):
        for number, name in enumerate(level.includes):
            place = ("levels", index, "includes", number)
            if name not in every:
                yield place, f"there is no level '{name}'{did_you_mean(name, every)}"
            elif name == level.id:
                yield place, f"the level '{name}' includes itself"
            elif name not in earlier:
                yield place, f"'{name}' comes later: a level includes only levels that stand before it"
            elif missing := [deep for deep in earlier[name] if deep not in (level.id, *level.includes)]:
                yield place, f"'{name}' itself includes {' and '.join(missing)}: name that here as well"
        earlier.setdefault(level.id, level.includes)


def _conditions(edition: Edition) -> Iterator[tuple[Place, Condition]]:
    if edition.scheme.assessor_from:
        yield ("scheme", "assessor_from"), edition.scheme.assessor_from
    if edition.credential.aiming_from:
        yield ("credential", "aiming_from"), edition.credential.aiming_from
    for index, stage in enumerate(edition.stages):
        for number, condition in enumerate(stage.opens):
            yield ("stages", index, "opens", number), condition


def _reachable(edition: Edition) -> Found:
    stages = {stage.id: stage for stage in edition.stages}
    for place, condition in _conditions(edition):
        if condition.stage not in stages:
            yield place, f"there is no stage '{condition.stage}'{did_you_mean(condition.stage, stages)}"
            continue
        kind = stages[condition.stage].kind
        if condition.outcome not in REACHES[kind]:
            can = " or ".join(REACHES[kind])
            yield place, f"the {kind} stage '{condition.stage}' can be {can}, but never {condition.outcome}"


def _waits(edition: Edition) -> dict[str, dict[str, None]]:
    """For each stage the stages it waits for at once, in order; names that lead nowhere are left to `_reachable`."""
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


def _behind(stage_id: str, waits: dict[str, dict[str, None]]) -> list[str]:
    """A stage and all that must have happened before it opens, nearest first."""
    behind = {stage_id: None}
    ahead = [stage_id]
    for here in ahead:
        ahead += [there for there in waits[here] if there not in behind]
        behind.update(waits[here])
    return list(behind)


def _order(edition: Edition) -> Found:
    if all(stage.opens for stage in edition.stages):
        yield ("stages",), "no stage is open at the start: leave out 'opens' in the first one"
    waits = _waits(edition)
    try:
        TopologicalSorter(waits).prepare()
    except CycleError:
        yield from _circles(edition, waits)
        return
    ends = {stage.id: {(one.stage, one.outcome) for one in stage.opens} for stage in edition.stages}
    if not any(outcome == Outcome.NO for end in ends.values() for _, outcome in end):
        return
    told: set[str] = set()
    for index, stage in enumerate(edition.stages):
        behind = _behind(stage.id, waits)
        all_ends = set[tuple[str, Outcome]]().union(*(ends[one] for one in behind))
        clash = sorted(one for one, outcome in all_ends if outcome == Outcome.NO and (one, Outcome.YES) in all_ends)
        if clash and told.isdisjoint(behind):
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
        first = next((one for one in _behind(stage.id, waits) if one in circling), None)
        if first and stage.id not in circling:
            message = f"'{stage.id}' can never open: it waits for '{first}', which waits for itself"
            yield ("stages", index, "opens"), message


def _award(edition: Edition) -> Found:
    awards = [index for index, stage in enumerate(edition.stages) if stage.kind is StageKind.AWARD]
    if not awards:
        yield ("stages",), "there is no stage of the kind 'award': an edition needs exactly one"
    for index in awards[1:]:
        yield ("stages", index, "kind"), "there is another stage of the kind 'award': an edition needs exactly one"
    forms = [stage.id for stage in edition.stages_of(StageKind.FORM)]
    for index, stage in enumerate(edition.stages):
        again = stage.reopens if isinstance(stage, DecisionStage) else None
        if again is not None and again not in forms:
            yield ("stages", index, "reopens"), f"there is no form stage '{again}'{did_you_mean(again, forms)}"


def _numbers(stages: Iterable[Stage]) -> dict[str, FormField]:
    return {
        field.id: field
        for stage in stages
        if isinstance(stage, FormStage)
        for field in stage.fields
        if field.kind in _NUMBERS
    }


def _fees(edition: Edition) -> Found:
    known = {fee.id: fee for fee in edition.fees}
    used: set[str | None] = set()
    waits = _waits(edition)
    for index, stage in enumerate(edition.stages):
        if not isinstance(stage, FeeStage):
            continue
        used |= {stage.fee, nearest(stage.fee, known)}  # a misspelt name is not also a fee that nobody asks for
        if stage.fee not in known:
            yield ("stages", index, "fee"), f"there is no fee '{stage.fee}'{did_you_mean(stage.fee, known)}"
            continue
        figure = known[stage.fee].by
        before = _numbers(edition.stage(one) for one in _behind(stage.id, waits))
        if figure in _numbers(edition.stages) and figure not in before:
            yield (
                ("stages", index, "fee"),
                f"the fee '{stage.fee}' goes by '{figure}', but this stage does not wait for the form that asks it",
            )
    for index, fee in enumerate(edition.fees):
        if fee.id not in used:
            yield ("fees", index), f"no fee stage asks for the fee '{fee.id}'"
        yield from _price(edition, ("fees", index), fee)


def _price(edition: Edition, place: Place, fee: Fee) -> Found:
    fields = _numbers(edition.stages)
    for key, name in (("by", fee.by), ("by_hand_when", fee.by_hand_when)):
        if name is not None and name not in fields:
            hint = did_you_mean(name, fields)
            yield (*place, key), f"no form has a field '{name}' of the kind number or money{hint}"
    if fee.by in fields and not fields[fee.by].required:
        yield (*place, "by"), f"the field '{fee.by}' may be left empty, but a fee goes by it"
    if fee.by and not fee.bands:
        yield (*place, "by"), "'by' chooses a band, and this fee has no bands"
    if fee.by_hand_when and not fee.by_hand:
        yield (*place, "by_hand_when"), "say in 'by_hand' what happens when the price is agreed by hand"


def _requirements(edition: Edition) -> Found:
    levels = {level.id for level in edition.levels}
    areas = {area.id for area in edition.areas}
    takers: dict[str, str] = {}
    ways = [stage.assessed for stage in edition.stages if isinstance(stage, _ASSESSING)]
    asked = {one.assessed for one in edition.requirements}
    meant = {nearest(way, ways) for way in asked}  # a misspelt name is not also a stage with nothing to assess
    for index, stage in enumerate(edition.stages):
        if not isinstance(stage, _ASSESSING):
            continue
        place: Place = ("stages", index, "assessed")
        if stage.assessed in takers:
            yield place, f"the stage '{takers[stage.assessed]}' already takes what is assessed '{stage.assessed}'"
        elif stage.assessed not in asked | meant:
            yield place, f"no requirement is assessed '{stage.assessed}'{did_you_mean(stage.assessed, asked)}"
        takers.setdefault(stage.assessed, stage.id)
    for index, one in enumerate(edition.requirements):
        place = ("requirements", index)
        if one.level not in levels:
            yield (*place, "level"), f"there is no level '{one.level}'{did_you_mean(one.level, levels)}"
        if one.area not in areas:
            yield (*place, "area"), f"there is no area '{one.area}'{did_you_mean(one.area, areas)}"
        if one.assessed not in takers:
            hint = did_you_mean(one.assessed, takers)
            yield (*place, "assessed"), f"no evidence, visit or portfolio stage takes '{one.assessed}'{hint}"
    filled = {nearest(one.area, areas) for one in edition.requirements}
    for index, area in enumerate(edition.areas):
        if area.id not in filled:
            yield ("areas", index), f"the area '{area.id}' has no requirement"


def _fields(edition: Edition) -> Found:
    chosen = False
    for index, stage in enumerate(edition.stages):
        for number, field in enumerate(stage.fields if isinstance(stage, FormStage) else ()):
            place = ("stages", index, "fields", number)
            if field.kind is FieldKind.LEVEL:
                if chosen:
                    yield (*place, "kind"), "another field already asks for the level: it is asked once"
                chosen = True
            if field.kind is FieldKind.CHOICE and not field.options:
                yield place, f"the choice '{field.id}' has no 'options'"
            if field.kind is not FieldKind.CHOICE and field.options:
                yield (*place, "options"), f"only a field of the kind choice has 'options', and this is {field.kind}"
            for nth, option in enumerate(field.options):
                if option in field.options[:nth]:
                    yield (*place, "options", nth), f"the option '{option}' is there twice"
            if field.must_be_yes and field.kind is not FieldKind.YESNO:
                yield (*place, "must_be_yes"), f"only a field of the kind yesno must be yes, and this is {field.kind}"
            if field.max_words and field.kind not in _WORDY:
                yield (*place, "max_words"), f"only a field of the kind text or long counts words, not {field.kind}"


def _pieces(edition: Edition) -> Found:
    for index, stage in enumerate(edition.stages):
        if isinstance(stage, CaseStudyStage | AssignmentStage):
            for number, piece in enumerate(stage.pieces):
                if piece.min_words and piece.max_words and piece.min_words > piece.max_words:
                    message = f"'min_words' ({piece.min_words}) is more than 'max_words' ({piece.max_words})"
                    yield ("stages", index, "pieces", number, "min_words"), message
        if isinstance(stage, ObservationStage):
            if not stage.signatures:
                yield ("stages", index, "signatures"), "an observation needs at least one signature"
            for number, role in enumerate(stage.signatures):
                if role in stage.signatures[:number]:
                    yield ("stages", index, "signatures", number), f"'{role}' is to sign twice"


def _longer(one: Period, other: Period) -> bool:
    if _endless(one) or _endless(other):  # told by `_periods`
        return False
    return any(one.after(start) > other.after(start) for start in _STARTS)


def _milestones(edition: Edition) -> Found:
    for index, stage in enumerate(edition.stages):
        if not isinstance(stage, EvidenceStage):
            continue
        areas = {level.id: {one.area for one in edition.asked_at(level.id, stage.assessed)} for level in edition.levels}
        for number, milestone in enumerate(stage.milestones):
            place: Place = ("stages", index, "milestones", number)
            fewest = min(areas, key=lambda level_id: len(areas[level_id]))
            if 0 < (has := len(areas[fewest])) < milestone.areas:
                short = f"but at the level '{fewest}' this stage has only {has}"
                yield (*place, "areas"), f"{milestone.areas} complete areas are wanted, {short}"
            if stage.within and _longer(milestone.within, stage.within):
                yield (*place, "within"), f"{milestone.within} is longer than the stage's {stage.within}"


def _renewal(edition: Edition) -> Found:
    valid = edition.credential.valid
    for index, stage in enumerate(edition.stages):
        if not isinstance(stage, RenewalStage):
            continue
        place = ("stages", index, "before")
        if stage.before.unit == "working day":
            yield place, "working days cannot be counted backwards: give days, weeks, months or years"
        elif valid is None:
            yield ("stages", index), "nothing ends that could be renewed: say in [credential] how long it is 'valid'"
        elif _longer(stage.before, valid):
            yield place, f"{stage.before} before the end is longer than the credential is valid ({valid})"


def _endless(period: Period) -> bool:
    return period.count > {"year": _YEARS, "month": 12 * _YEARS}.get(period.unit, period.count)


def _periods(edition: Edition) -> Found:
    for place, period in _walk((), edition):
        if _endless(period):
            yield place, f"{period} is too long: a period is at most {_YEARS} years"


def _walk(place: Place, part: object) -> Iterator[tuple[Place, Period]]:
    if isinstance(part, Period):
        yield place, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _walk((*place, name), getattr(part, name))
    elif isinstance(part, tuple):
        for index, one in enumerate(part):
            yield from _walk((*place, index), one)


_RULES: tuple[Callable[[Edition], Found], ...] = (
    _ids,
    _levels,
    _reachable,
    _order,
    _award,
    _fees,
    _requirements,
    _fields,
    _pieces,
    _milestones,
    _renewal,
    _periods,
)
