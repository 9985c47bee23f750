"""What may be handed in, and judged: answers, forms, evidence, pieces, portfolios; decisions on them."""

from kithwork.core.journey.entries import Answer, Entry, EntryKind
from kithwork.core.journey.moves.opens import awaits, in_time, is_open, stage_of
from kithwork.core.journey.position import OWED, ActKind, ItemState, Position, Status
from kithwork.core.schemes.model import (
    AssignmentStage,
    CaseStudyStage,
    ChecklistStage,
    DecisionStage,
    Edition,
    EvidenceStage,
    FormStage,
    Outcome,
    PanelStage,
    PortfolioStage,
    RenewalStage,
    Role,
    VisitStage,
)
from kithwork.core.verdict import YES, Verdict, no


def answered(edition: Edition, position: Position, entry: Entry) -> Verdict:
    if not isinstance(stage_of(edition, entry), ChecklistStage):
        return no("There are no questions to answer here.")
    return is_open(position, entry) and (
        YES if awaits(position, entry, ActKind.ANSWER) else no("This is not yours to answer.")
    )


def submitted(edition: Edition, position: Position, entry: Entry) -> Verdict:
    stage = stage_of(edition, entry)
    match stage:
        case FormStage():
            ready = is_open(position, entry)
            return ready and (YES if awaits(position, entry, ActKind.FILL_IN) else no("This form is not yours."))
        case EvidenceStage() | VisitStage() | CaseStudyStage() | AssignmentStage():
            return _submitted_item(position, stage, entry)
        case PortfolioStage():
            ready = is_open(position, entry)
            return ready and (YES if awaits(position, entry, ActKind.SEND) else no("It has been handed in."))
        case RenewalStage():
            if position.status is Status.EXPIRED and not awaits(position, entry, ActKind.RENEW):
                return no("This has expired and can no longer be renewed; a new application is needed.")
            ready = is_open(position, entry)
            return ready and (YES if awaits(position, entry, ActKind.RENEW) else no("It cannot be renewed yet."))
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
    if _performed(stage, entry.item):
        return no("This is shown on the day; nothing is sent for it.")
    if item.state is ItemState.CONFIRMED:
        return no("This has been confirmed; nothing more is needed.")
    if item.state is ItemState.SENT:
        return no("This is with the assessor; wait for the feedback.")
    ready = is_open(position, entry)
    if not ready:
        return ready
    if isinstance(stage, VisitStage):
        if item.state is ItemState.BLANK:
            return no("This is looked at during the visit; send more only when it is asked for.")
        return in_time(position, found, stage.late)
    if isinstance(stage, EvidenceStage):
        return in_time(position, found, stage.late)
    return YES


def _performed(stage: object, item: str) -> bool:
    """Whether it is a piece shown on the day rather than sent."""
    pieces = stage.pieces if isinstance(stage, CaseStudyStage | AssignmentStage) else ()
    return any(piece.id == item and piece.performed for piece in pieces)


def judged(edition: Edition, position: Position, entry: Entry) -> Verdict:
    """Confirming, asking for more, reporting a breach."""
    stage = stage_of(edition, entry)
    if isinstance(stage, PortfolioStage):
        if stage.judged_by is not Role.ASSESSOR:
            return no("The panel looks at this as a whole.")
        open_now = is_open(position, entry)
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
        if _performed(stage, entry.item):
            return no("Nothing is sent for this, so no name can be left in it.")
        if isinstance(stage, VisitStage):
            judged |= {ItemState.BLANK}  # what is prepared for a visit is read before it, so a name is found before it
        return YES if item.state in judged else no("Nothing has been sent for this.")
    if isinstance(stage, VisitStage):
        if not found.reached.get(Outcome.HELD) or any(
            act.stage == stage.id and act.what in {ActKind.ARRANGE, ActKind.HOLD} for act in position.acts
        ):
            return no("The visit has not been held yet.")
        judged = {ItemState.BLANK, ItemState.SENT}
    elif _performed(stage, entry.item):
        ready = is_open(position, entry)
        if not ready:
            return ready
        judged = {ItemState.BLANK, ItemState.RETURNED}  # on the day, and again after extra work
    else:
        judged = {ItemState.SENT}
    if item.state in judged:
        return YES
    if item.state in OWED:
        return no("This has been sent back; wait for the applicant.")
    return no("This has been confirmed already.")


def decided(edition: Edition, position: Position, entry: Entry) -> Verdict:
    stage = stage_of(edition, entry)
    if not isinstance(stage, DecisionStage | PanelStage):
        return no("There is nothing to decide here.")
    if entry.outcome is None:
        return no("A decision is yes, no or more.")
    if entry.by is not stage.by:
        return no("This is not yours to decide.")
    ready = is_open(position, entry)
    if ready and not awaits(position, entry, ActKind.DECIDE):
        return no("This cannot be decided before it has been recommended.")
    if ready and entry.outcome is Answer.YES:
        return _may_say_yes(edition, position, stage)
    return ready


def _may_say_yes(edition: Edition, position: Position, stage: DecisionStage | PanelStage) -> Verdict:
    if isinstance(stage, PanelStage):
        voices = position.stages[stage.id].voices
        yes = sum(voice is Answer.YES for voice in voices)
        if stage.agree == "all" and yes < len(voices):
            return no("Every member of the panel must have said yes.")
        if stage.agree == "majority" and 2 * yes <= len(voices):
            return no("More than half of the panel must have said yes.")
    elif stage.decides == "award" and not position.earned:
        return no("What has been confirmed does not come to any level.")
    return YES


def recommended(edition: Edition, position: Position, entry: Entry) -> Verdict:
    stage = stage_of(edition, entry)
    if not isinstance(stage, DecisionStage | PanelStage) or entry.outcome is None:
        return no("There is nothing to recommend here.")
    ready = is_open(position, entry)
    if ready and not awaits(position, entry, ActKind.RECOMMEND):
        return no("No recommendation is awaited from you.")
    return ready


def invited(edition: Edition, position: Position, entry: Entry) -> Verdict:
    """Asking a third party, or another one, to fill in a form."""
    stage = stage_of(edition, entry)
    if not isinstance(stage, FormStage) or stage.by is not Role.SUPPORTER:
        return no("Nobody else is asked to fill this in.")
    ready = is_open(position, entry)
    return ready and (YES if awaits(position, entry, ActKind.ASK) else no("This is not yours to ask."))


def declined(edition: Edition, position: Position, entry: Entry) -> Verdict:
    """The third party says no, and somebody else can be asked."""
    stage = stage_of(edition, entry)
    if not isinstance(stage, FormStage) or stage.by is not Role.SUPPORTER:
        return no("Nobody else is asked to fill this in.")
    ready = is_open(position, entry)
    return ready and (YES if awaits(position, entry, ActKind.FILL_IN) else no("You are not asked for this now."))
