"""What a decision on an award rests on: each stage that leads to it, and what was said of each piece of work."""

from collections.abc import Iterator

from kithwork.core.journey import ItemPosition, ItemState, StagePosition
from kithwork.core.schemes import AssignmentStage, CaseStudyStage, Condition, DecisionStage, PanelStage, Piece
from kithwork.evidence.feedback import FeedbackRow, feedback_in
from kithwork.evidence.queries import FeedbackOutcome
from kithwork.journeys.queries import Reading
from kithwork.web.kit.cards import Kind, StateTag, SummaryRow
from kithwork.web.templatetags.kit import longdate, plural

_STATES = {
    ItemState.BLANK: StateTag("Nothing yet", Kind.GREY),
    ItemState.SENT: StateTag("Waits for an answer", Kind.BLUE),
    ItemState.RETURNED: StateTag("More asked for", Kind.AMBER),
    ItemState.BREACHED: StateTag("Data breach", Kind.RED),
    ItemState.CONFIRMED: StateTag("Confirmed", Kind.GREEN),
}


def rests_on(reading: Reading, stage: DecisionStage | PanelStage) -> list[SummaryRow]:
    """A row for each stage that opens this one, on the road of this journey; of an assignment or a case study, one for
    each piece, with what was said of it where no recommendation sums it up. One query for each stage of pieces.
    """
    summed_up = isinstance(stage, PanelStage) or stage.recommended_by is not None
    rows: list[SummaryRow] = []
    for condition in stage.opens:
        found = reading.position.stages[condition.stage]
        if found.in_play:
            rows += _rows(reading, condition, found, summed_up=summed_up)
    return rows


def _rows(reading: Reading, condition: Condition, found: StagePosition, *, summed_up: bool) -> Iterator[SummaryRow]:
    model = reading.edition.stage(condition.stage)
    if not isinstance(model, AssignmentStage | CaseStudyStage):
        yield SummaryRow(found.title, _reached(condition, found))
        return
    said = {} if summed_up else feedback_in(reading.journey, model.id)
    for piece in model.pieces:
        yield _piece(piece, found.items[piece.id], said.get(piece.id, []))


def _reached(condition: Condition, found: StagePosition) -> str:
    reached = found.reached.get(condition.outcome)
    if reached is None or reached.since is None:
        return f"Not {condition.outcome} yet"
    return f"{condition.outcome.capitalize()} on {longdate(reached.since)}"


def _piece(piece: Piece, item: ItemPosition, said: list[FeedbackRow]) -> SummaryRow:
    lines: list[StateTag | str] = [_STATES[item.state]]
    if said:
        last = said[-1]
        lines.append(f"{last.author}, {longdate(last.on)}{f': {last.advice}' if last.advice else ''}")
        again = sum(one.outcome == FeedbackOutcome.RETURNED for one in said[:-1])
        if again:
            lines.append(f"More was asked for {plural(again, 'time')} before.")
    return SummaryRow(piece.title, lines)
