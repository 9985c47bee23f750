"""Which entries may be added to a journey now, and if not, why: the rule that page, API and command line share."""

from collections.abc import Callable
from dataclasses import replace

from kithwork.core.journey.entries import Entry, EntryKind
from kithwork.core.journey.position import OWED, ActKind, ItemState, Position, StagePosition, StageState, Status
from kithwork.core.journey.term import term
from kithwork.core.schemes.model import (
    AssignmentStage,
    AwardStage,
    CaseStudyStage,
    ChecklistStage,
    CourseStage,
    DecisionStage,
    Edition,
    EvidenceStage,
    FeeStage,
    FormStage,
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
from kithwork.core.verdict import YES, Verdict, no

Rule = Callable[[Edition, Position, Entry], Verdict]

BODY = frozenset({Role.OFFICER})
JUDGES = frozenset({Role.ASSESSOR})

# Who may write which kind of entry. SUBMITTED, ARRANGED, HELD, DECIDED and RECOMMENDED follow the stage's own word.
WRITERS: dict[EntryKind, frozenset[Role]] = {
    EntryKind.OPENED: frozenset({Role.APPLICANT, Role.OFFICER}),
    EntryKind.RAISED: frozenset({Role.APPLICANT}),
    EntryKind.INVOICED: BODY,
    EntryKind.PAID: BODY,
    EntryKind.CONFIRMED: JUDGES,
    EntryKind.RETURNED: JUDGES,
    EntryKind.BREACHED: JUDGES | BODY,
    EntryKind.AGREED: JUDGES,
    EntryKind.APPOINTED: BODY,
    EntryKind.RELEASED: BODY | JUDGES,
    EntryKind.EXTENDED: BODY,
    EntryKind.STOPPED: BODY,
    EntryKind.RESUMED: BODY,
    EntryKind.GRANTED: BODY,
    EntryKind.SUSPENDED: BODY,
    EntryKind.REINSTATED: BODY,
    EntryKind.REVOKED: BODY,
    EntryKind.WITHDRAWN: frozenset({Role.APPLICANT}),
    EntryKind.CLOSED: BODY,
}


def may(edition: Edition, position: Position, entry: Entry) -> Verdict:
    """Whether the entry may be added to the journey that stands at `position`. The reason says what would help."""
    if entry.on > position.today:
        return no("Nothing can be added before its day has come.")
    if position.last is None:
        return _begins(edition, entry)
    if entry.kind is EntryKind.OPENED:
        return no("This journey has begun already.")
    if entry.on < position.last:
        return no(
            f"The last thing on this journey happened on {position.last:%-d %B %Y}; nothing can be added before it."
        )
    writers = WRITERS.get(entry.kind)
    if writers is not None and entry.by not in writers:
        return no("This is not yours to do.")
    if position.status.is_over:
        return no(_OVER[position.status])
    if entry.by is Role.ASSESSOR and edition.scheme.assessor_from and not position.assessor:
        return no("No assessor is appointed.")
    if entry.stage:
        try:
            edition.stage(entry.stage)
        except KeyError:
            return no("This scheme has no such stage.")
    return _RULES[entry.kind](edition, position, entry)


def _begins(edition: Edition, entry: Entry) -> Verdict:
    if entry.kind is not EntryKind.OPENED:
        return no("This journey has not begun.")
    if entry.by not in WRITERS[EntryKind.OPENED]:
        return no("This is not yours to do.")
    if entry.level and entry.level not in {level.id for level in edition.levels}:
        return no("This scheme has no such level.")  # it would ask for nothing, and be met at once
    return YES


_OVER = {
    Status.REFUSED: "This journey has ended: the decision was no.",
    Status.WITHDRAWN: "This journey was withdrawn.",
    Status.CLOSED: "This journey was closed.",
    Status.REVOKED: "This award was withdrawn.",
    Status.EXPIRED: "This award has expired.",
}


def _stage(edition: Edition, entry: Entry) -> Stage | None:
    return edition.stage(entry.stage) if entry.stage else None


def _open(position: Position, entry: Entry) -> Verdict:
    found = position.stages.get(entry.stage)
    if found is None:
        return no("This scheme has no such stage.")
    if found.state is StageState.DONE:
        return no(f"'{found.title}' is done.")
    if found.state is StageState.SHUT:
        return no(f"'{found.title}' is not open yet.")
    return YES


def _awaits(position: Position, entry: Entry, *what: ActKind) -> bool:
    """Whether one of these acts is open in the entry's stage, for whoever writes it."""
    return any(
        act.stage == entry.stage and act.what in what and act.role is entry.by and act.item in {"", entry.item}
        for act in position.acts
    )


def _answered(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if not isinstance(_stage(edition, entry), ChecklistStage):
        return no("There are no questions to answer here.")
    return _open(position, entry) and (
        YES if _awaits(position, entry, ActKind.ANSWER) else no("This is not yours to answer.")
    )


def _submitted(edition: Edition, position: Position, entry: Entry) -> Verdict:
    stage = _stage(edition, entry)
    match stage:
        case FormStage():
            ready = _open(position, entry)
            return ready and (YES if _awaits(position, entry, ActKind.FILL_IN) else no("This form is not yours."))
        case EvidenceStage() | VisitStage() | CaseStudyStage() | AssignmentStage():
            return _submitted_item(position, stage, entry)
        case PortfolioStage():
            ready = _open(position, entry)
            return ready and (YES if _awaits(position, entry, ActKind.SEND) else no("It has been handed in."))
        case RenewalStage():
            ready = _open(position, entry)
            return ready and (YES if _awaits(position, entry, ActKind.RENEW) else no("It cannot be renewed yet."))
        case _:
            return no("Nothing is handed in here.")


def _submitted_item(
    position: Position, stage: EvidenceStage | VisitStage | CaseStudyStage | AssignmentStage, entry: Entry
) -> Verdict:
    if entry.by is not Role.APPLICANT:
        return no("Only the applicant sends evidence.")
    found = position.stages[stage.id]
    item = found.items.get(entry.item)
    if item is None:
        return no("This is not asked of you at the level you aim at.")
    if item.state is ItemState.CONFIRMED:
        return no("This has been confirmed; nothing more is needed.")
    if item.state is ItemState.SENT:
        return no("This is with the assessor; wait for the feedback.")
    ready = _open(position, entry)
    if not ready:
        return ready
    if isinstance(stage, VisitStage):
        if item.state is ItemState.BLANK:
            return no("This is looked at during the visit; send more only when it is asked for.")
        return _in_time(position, found, stage.late)
    if isinstance(stage, EvidenceStage):
        return _in_time(position, found, stage.late)
    return YES


def _in_time(position: Position, found: StagePosition, late: str) -> Verdict:
    if late == "refused" and found.due and position.clock.stopped is None and position.today > found.due:
        return no(f"The time for this ended on {found.due:%-d %B %Y}; ask the awarding body for an extension.")
    return YES


def _judged(edition: Edition, position: Position, entry: Entry) -> Verdict:
    """Confirming, asking for more, reporting a breach."""
    stage = _stage(edition, entry)
    if isinstance(stage, PortfolioStage):
        open_now = _open(position, entry)
        return open_now and (
            YES if position.stages[stage.id].items[stage.id].state is ItemState.SENT else no("It is not handed in.")
        )
    if not isinstance(stage, EvidenceStage | VisitStage | CaseStudyStage | AssignmentStage):
        return no("There is nothing to assess here.")
    found = position.stages[stage.id]
    item = found.items.get(entry.item)
    if item is None:
        return no("This is not asked at the level aimed at.")
    if entry.kind is EntryKind.BREACHED:
        # a second document sent for the same may hold a name as well, so what has failed may fail again
        judged = {ItemState.SENT, ItemState.CONFIRMED, ItemState.RETURNED, ItemState.BREACHED}
        if isinstance(stage, VisitStage):
            judged |= {ItemState.BLANK}  # what is prepared for a visit is read before it, so a name is found before it
        return YES if item.state in judged else no("Nothing has been sent for this.")
    if isinstance(stage, VisitStage):
        if not found.reached.get(Outcome.HELD) or any(
            act.stage == stage.id and act.what in {ActKind.ARRANGE, ActKind.HOLD} for act in position.acts
        ):
            return no("The visit has not been held yet.")
        judged = {ItemState.BLANK, ItemState.SENT}
    else:
        judged = {ItemState.SENT}
    if item.state in judged:
        return YES
    if item.state in OWED:
        return no("This has been sent back; wait for the applicant.")
    return no("This has been confirmed already.")


def _decided(edition: Edition, position: Position, entry: Entry) -> Verdict:
    stage = _stage(edition, entry)
    if not isinstance(stage, DecisionStage | PanelStage):
        return no("There is nothing to decide here.")
    if entry.outcome is None:
        return no("A decision is yes, no or more.")
    if entry.by is not stage.by:
        return no("This is not yours to decide.")
    ready = _open(position, entry)
    if ready and not _awaits(position, entry, ActKind.DECIDE):
        return no("This cannot be decided before it has been recommended.")
    return ready


def _recommended(edition: Edition, position: Position, entry: Entry) -> Verdict:
    stage = _stage(edition, entry)
    if not isinstance(stage, DecisionStage | PanelStage) or entry.outcome is None:
        return no("There is nothing to recommend here.")
    ready = _open(position, entry)
    if ready and not _awaits(position, entry, ActKind.RECOMMEND):
        return no("No recommendation is awaited from you.")
    return ready


def _invoiced(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if not isinstance(_stage(edition, entry), FeeStage):
        return no("There is no fee here.")
    if entry.amount is None or entry.amount < 0:
        return no("An invoice needs an amount.")
    ready = _open(position, entry)
    return ready and (YES if _awaits(position, entry, ActKind.INVOICE) else no("This has been invoiced already."))


def _paid(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if not isinstance(_stage(edition, entry), FeeStage):
        return no("There is no fee here.")
    ready = _open(position, entry)
    if ready and Outcome.INVOICED not in position.stages[entry.stage].reached:
        return no("There is no invoice to pay yet.")
    return ready


def _arranged(edition: Edition, position: Position, entry: Entry) -> Verdict:
    stage = _stage(edition, entry)
    if entry.until is None:
        return no("Say on which day it is to be.")
    if not isinstance(stage, MeetingStage | CourseStage | VisitStage | InterviewStage | ObservationStage):
        return no("There is nothing to arrange here.")
    if entry.by not in {stage.by, Role.OFFICER}:
        return no("This is not yours to arrange.")
    if isinstance(stage, VisitStage) and entry.detail and entry.detail not in stage.modes:
        return no(f"A visit is {' or '.join(stage.modes)}.")
    ready = _open(position, entry)
    if ready and isinstance(stage, VisitStage):
        awaited = {act.what for act in position.acts if act.stage == stage.id}
        return YES if awaited & {ActKind.ARRANGE, ActKind.HOLD} else no("The visit has been held.")
    return ready


def _held(edition: Edition, position: Position, entry: Entry) -> Verdict:
    stage = _stage(edition, entry)
    if not isinstance(stage, MeetingStage | VisitStage | InterviewStage):
        return no("There is nothing to hold here.")
    if entry.by is not stage.by:
        return no("This is not yours to record.")
    ready = _open(position, entry)
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
        return YES if _awaits(position, entry, ActKind.INTERVIEW) else no("These interviews are complete.")
    if isinstance(stage, VisitStage) and entry.detail and entry.detail not in stage.modes:
        return no(f"A visit is {' or '.join(stage.modes)}.")
    if isinstance(stage, VisitStage) and not _awaits(position, entry, ActKind.HOLD):
        return no("Arrange the visit first.")
    return YES


def _agreed(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if not isinstance(_stage(edition, entry), InterviewStage):
        return no("There is no alternative to agree here.")
    ready = _open(position, entry)
    return ready and (YES if _awaits(position, entry, ActKind.INTERVIEW) else no("These interviews are complete."))


def _attended(edition: Edition, position: Position, entry: Entry) -> Verdict:
    stage = _stage(edition, entry)
    if not isinstance(stage, CourseStage):
        return no("There is no course here.")
    if entry.by not in {stage.by, Role.OFFICER}:
        return no("This is not yours to record.")
    ready = _open(position, entry)
    if ready and Outcome.ARRANGED not in position.stages[entry.stage].reached:
        return no("No place has been booked.")
    return ready


def _signed(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if not isinstance(_stage(edition, entry), ObservationStage):
        return no("There is nothing to sign here.")
    ready = _open(position, entry)
    return ready and (YES if _awaits(position, entry, ActKind.SIGN) else no("Your signature is not awaited."))


def _appointed(edition: Edition, position: Position, entry: Entry) -> Verdict:
    return no("An assessor is appointed already.") if position.assessor else YES


def _released(edition: Edition, position: Position, entry: Entry) -> Verdict:
    return YES if position.assessor else no("No assessor is appointed.")


def _extended(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if entry.until is None or not entry.stage:
        return no("Say which stage is extended and until when.")
    if entry.until < position.today:
        return no("An extension ends today or later.")
    ready = _open(position, entry)
    due = position.stages[entry.stage].due
    if ready and due and entry.until <= due:
        return no(f"It runs until {due:%-d %B %Y} already; an extension must end later.")
    return ready


def _stopped(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if position.clock.stopped:
        return no("The clock stands still already.")
    if entry.until is not None and entry.until <= entry.on:
        return no("The day on which it goes on must lie ahead.")
    return YES if position.acts else no("Nothing is running.")


def _resumed(edition: Edition, position: Position, entry: Entry) -> Verdict:
    return YES if position.clock.stopped else no("The clock is running.")


def _granted(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if not isinstance(_stage(edition, entry), AwardStage):
        return no("Nothing is granted here.")
    if entry.level != position.level:
        return no("What is granted is the level aimed at.")
    if entry.until != (last := term(edition, position, entry.on)):
        return no(f"It holds until {last:%-d %B %Y}." if last else "It has no end.")
    return _open(position, entry)


def _raised(edition: Edition, position: Position, entry: Entry) -> Verdict:
    known = [level.id for level in edition.levels]
    if entry.level not in known:
        return no("This scheme has no such level.")
    if position.level not in edition.level(entry.level).includes:
        return no("This level is not above the one you have.")
    return YES


def _suspended(edition: Edition, position: Position, entry: Entry) -> Verdict:
    return YES if position.status is Status.AWARDED else no("There is no award to suspend.")


def _reinstated(edition: Edition, position: Position, entry: Entry) -> Verdict:
    return YES if position.status is Status.SUSPENDED else no("The award is not suspended.")


def _revoked(edition: Edition, position: Position, entry: Entry) -> Verdict:
    held = position.status in {Status.AWARDED, Status.SUSPENDED}
    return YES if held else no("There is no award to withdraw.")


def _given_up(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if position.status in {Status.AWARDED, Status.SUSPENDED} and all(
        act.what is ActKind.RENEW for act in position.acts
    ):
        return no("The award is held; there is nothing to withdraw from.")
    return YES


_RULES: dict[EntryKind, Rule] = {
    EntryKind.ANSWERED: _answered,
    EntryKind.SUBMITTED: _submitted,
    EntryKind.CONFIRMED: _judged,
    EntryKind.RETURNED: _judged,
    EntryKind.BREACHED: _judged,
    EntryKind.DECIDED: _decided,
    EntryKind.RECOMMENDED: _recommended,
    EntryKind.INVOICED: _invoiced,
    EntryKind.PAID: _paid,
    EntryKind.ARRANGED: _arranged,
    EntryKind.HELD: _held,
    EntryKind.AGREED: _agreed,
    EntryKind.ATTENDED: _attended,
    EntryKind.SIGNED: _signed,
    EntryKind.APPOINTED: _appointed,
    EntryKind.RELEASED: _released,
    EntryKind.EXTENDED: _extended,
    EntryKind.STOPPED: _stopped,
    EntryKind.RESUMED: _resumed,
    EntryKind.GRANTED: _granted,
    EntryKind.RAISED: _raised,
    EntryKind.SUSPENDED: _suspended,
    EntryKind.REINSTATED: _reinstated,
    EntryKind.REVOKED: _revoked,
    EntryKind.WITHDRAWN: _given_up,
    EntryKind.CLOSED: _given_up,
}


def may_on(edition: Edition, position: Position, entry: Entry, item: str) -> Verdict:
    """The same question of one item among many: `entry` with another item."""
    return may(edition, position, replace(entry, item=item))
