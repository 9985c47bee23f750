"""What several who decide together have said, round by round: nobody reads another's voice before giving their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kithwork.assessment.queries import DecisionRow, decisions, rounds
from kithwork.core.schemes import Stage
from kithwork.journeys.queries import JourneyRow
from kithwork.web.kit.cards import Kind, StateTag

_TAGS = {
    "yes": StateTag("Yes", Kind.GREEN),
    "more": StateTag("More first", Kind.AMBER),
    "no": StateTag("No", Kind.RED),
}


@dataclass(frozen=True, slots=True)
class Voice:
    tag: StateTag
    outcome: str
    on: date
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class RoundCard:
    """One round. `outcome` is what they agreed on; '' while it is open and where they disagreed."""

    title: str
    outcome: str
    voices: tuple[Voice, ...]
    hidden: int  # voices given that this reader may not see yet


def heard(journey: JourneyRow, stage: Stage, *, spoken: bool) -> list[RoundCard]:
    """A stage's rounds, oldest first. `spoken`: the reader has had their say in the open one. One query."""
    own = [row for row in decisions(journey) if row.stage == stage.id]
    together: int = getattr(stage, "deciders", 1)
    found = []
    for one in rounds(own, stage):
        if one.outcome is not None:
            title = "Decided" if together == 1 else "Decided together"
        else:
            title = "They disagreed" if one.closed else f"{len(one.rows)} of {together} have decided"
        shown = one.closed or spoken
        voices = tuple(_voices(one.rows)) if shown else ()
        found.append(RoundCard(title, one.outcome or "", voices, 0 if shown else len(one.rows)))
    return found


def _voices(rows: Iterable[DecisionRow]) -> Iterable[Voice]:
    return (Voice(_TAGS[row.outcome], row.outcome, row.on, row.by.name, row.reason) for row in rows)
