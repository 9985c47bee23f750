"""What may be arranged, held, paid and signed."""

from kithwork.core.journey.entries import Entry
from kithwork.core.journey.moves.opens import awaits, is_open, stage_of
from kithwork.core.journey.position import ActKind, ItemPosition, ItemState, Position
from kithwork.core.schemes.model import (
    CourseStage,
    Edition,
    FeeStage,
    InterviewStage,
    MeetingStage,
    ObservationStage,
    Outcome,
    Role,
    VisitStage,
)
from kithwork.core.verdict import YES, Verdict, no


def invoiced(edition: Edition, position: Position, entry: Entry) -> Verdict:
    stage = stage_of(edition, entry)
    if not isinstance(stage, FeeStage):
        return no("There is no fee here.")
    if entry.amount is None or entry.amount < 0:
        return no("An invoice needs an amount.")
    found = position.stages[stage.id]
    if stage.optional and found.opened and Outcome.INVOICED not in found.reached:
        return YES  # nothing waits for it, so no act is open
    ready = is_open(position, entry)
    return ready and (YES if awaits(position, entry, ActKind.INVOICE) else no("This has been invoiced already."))


def paid(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if not isinstance(stage_of(edition, entry), FeeStage):
        return no("There is no fee here.")
    ready = is_open(position, entry)
    if ready and Outcome.INVOICED not in position.stages[entry.stage].reached:
        return no("There is no invoice to pay yet.")
    return ready


def arranged(edition: Edition, position: Position, entry: Entry) -> Verdict:
    stage = stage_of(edition, entry)
    if entry.until is None:
        return no("Say on which day it is to be.")
    if not isinstance(stage, MeetingStage | CourseStage | VisitStage | InterviewStage | ObservationStage):
        return no("There is nothing to arrange here.")
    if entry.by is not Role.OFFICER and (entry.by is not stage.by or isinstance(stage, CourseStage)):
        return no("This is not yours to arrange.")
    if isinstance(stage, VisitStage) and entry.detail and entry.detail not in stage.modes:
        return no(f"A visit is {' or '.join(stage.modes)}.")
    ready = is_open(position, entry)
    if ready and isinstance(stage, CourseStage) and entry.item:
        part = position.stages[stage.id].items.get(entry.item)
        return _no_part(stage) if part is None else _attended_already(part)
    if ready and isinstance(stage, VisitStage):
        awaited = {act.what for act in position.acts if act.stage == stage.id}
        return YES if awaited & {ActKind.ARRANGE, ActKind.HOLD} else no("The visit has been held.")
    return ready


def held(edition: Edition, position: Position, entry: Entry) -> Verdict:
    stage = stage_of(edition, entry)
    if not isinstance(stage, MeetingStage | VisitStage | InterviewStage | ObservationStage):
        return no("There is nothing to hold here.")
    if entry.by is not stage.by:
        return no("This is not yours to record.")
    ready = is_open(position, entry)
    if not ready:
        return ready
    if isinstance(stage, InterviewStage):
        if entry.item not in {kind.id for kind in stage.interviews}:
            return no("This scheme asks for no such interview.")
        if entry.detail not in {"individual", "group"}:
            return no("An interview is individual or with a group.")
        kind = next(kind for kind in stage.interviews if kind.id == entry.item)
        if entry.detail == "group" and kind.or_groups is None:
            return no("This interview is not held with a group.")
        return YES if awaits(position, entry, ActKind.INTERVIEW) else no("These interviews are complete.")
    if isinstance(stage, VisitStage) and entry.detail and entry.detail not in stage.modes:
        return no(f"A visit is {' or '.join(stage.modes)}.")
    if isinstance(stage, VisitStage) and not awaits(position, entry, ActKind.HOLD):
        return no("Arrange the visit first.")
    if isinstance(stage, ObservationStage) and not position.stages[stage.id].holds(Outcome.ARRANGED):
        return no("Arrange the observation first.")
    return YES


def agreed(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if not isinstance(stage_of(edition, entry), InterviewStage):
        return no("There is no alternative to agree here.")
    ready = is_open(position, entry)
    return ready and (YES if awaits(position, entry, ActKind.INTERVIEW) else no("These interviews are complete."))


def signed(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if not isinstance(stage_of(edition, entry), ObservationStage):
        return no("There is nothing to sign here.")
    ready = is_open(position, entry)
    if ready and not position.stages[entry.stage].holds(Outcome.HELD):
        return no("There is nothing to sign yet: what was observed is written up first.")
    return ready and (YES if awaits(position, entry, ActKind.SIGN) else no("Your signature is not awaited."))


def chosen(edition: Edition, position: Position, entry: Entry) -> Verdict:
    """Choosing among the dates of a course, or choosing again before a place is booked."""
    stage = stage_of(edition, entry)
    if not isinstance(stage, CourseStage):
        return no("There is no course here.")
    if entry.by is not stage.by:
        return no("This is not yours to choose.")
    ready = is_open(position, entry)
    if ready and position.stages[entry.stage].holds(Outcome.ARRANGED):
        return no("A place is booked; ask for it to be cancelled first.")
    return ready


def cancelled(edition: Edition, position: Position, entry: Entry) -> Verdict:
    """Giving back a place, or a choice, before the course is over."""
    stage = stage_of(edition, entry)
    if not isinstance(stage, CourseStage):
        return no("There is no course here.")
    if entry.by not in {stage.by, Role.OFFICER}:
        return no("This is not yours to cancel.")
    ready = is_open(position, entry)
    if ready and any(act.stage == entry.stage and act.what is ActKind.CHOOSE for act in position.acts):
        return no("No place has been booked or asked for.")
    return ready


def attended(edition: Edition, position: Position, entry: Entry) -> Verdict:
    """One part of a course was attended; the body says so."""
    stage = stage_of(edition, entry)
    if not isinstance(stage, CourseStage):
        return no("There is no course here.")
    if entry.by is not Role.OFFICER:
        return no("This is not yours to record.")
    ready = is_open(position, entry)
    if not ready:
        return ready
    found = position.stages[entry.stage]
    if not found.holds(Outcome.ARRANGED):
        return no("No place has been booked.")
    part = found.items.get(entry.item or "1")
    return _no_part(stage) if part is None else _attended_already(part)


def corrected(edition: Edition, position: Position, entry: Entry) -> Verdict:
    """A part recorded as attended was not; also once the course is done, until something is granted on it."""
    stage = stage_of(edition, entry)
    if not isinstance(stage, CourseStage):
        return no("There is no course here.")
    if position.granted and not position.climbing:
        return no("What this course led to is granted. Suspend or withdraw that instead.")
    part = position.stages[entry.stage].items.get(entry.item or "1")
    if part is None:
        return _no_part(stage)
    return YES if part.state is ItemState.CONFIRMED else no("This part is not recorded as attended.")


def _no_part(stage: CourseStage) -> Verdict:
    return no(f"This course has {stage.parts} part{'' if stage.parts == 1 else 's'}.")


def _attended_already(part: ItemPosition) -> Verdict:
    return no("This part is recorded as attended.") if part.state is ItemState.CONFIRMED else YES
