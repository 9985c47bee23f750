"""What is asked and judged by itself, and how it stands."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from kithwork.core.journey import OWED, ItemPosition, ItemState, StageState
from kithwork.core.schemes import (
    AssignmentStage,
    CaseStudyStage,
    EvidenceStage,
    Piece,
    Requirement,
    Stage,
    VisitStage,
)
from kithwork.journeys.queries import Reading
from kithwork.web.kit.cards import Kind, StateTag

if TYPE_CHECKING:
    from kithwork.journeys.models import Journey

STATES = {
    ItemState.BLANK: StateTag("Not sent", Kind.GREY),
    ItemState.SENT: StateTag("Waiting for you", Kind.BLUE),
    ItemState.RETURNED: StateTag("More asked for", Kind.AMBER),
    ItemState.BREACHED: StateTag("Data breach", Kind.RED),
    ItemState.CONFIRMED: StateTag("Confirmed", Kind.GREEN),
}

STAGES = {
    StageState.SHUT: StateTag("Not open yet", Kind.GREY),
    StageState.OPEN: StateTag("Open", Kind.BLUE),
    StageState.DONE: StateTag("Done", Kind.GREEN),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """Something that is asked and judged by itself: a requirement, or a piece such as a case study."""

    id: str
    stage: Stage
    area: str  # its title; of a piece, its stage's
    number: str  # as printed; empty for a piece
    title: str
    asks: str
    points: tuple[str, ...]
    item: ItemPosition
    requirement: Requirement | None
    piece: Piece | None
    on_the_day: bool = False  # nothing is sent for it: it is shown, and can be judged now

    @property
    def label(self) -> str:
        return f"{self.number} {self.title}" if self.number else self.title

    @property
    def state(self) -> StateTag:
        if self.item.state is ItemState.BLANK and isinstance(self.stage, VisitStage):
            return StateTag("To see at the visit", Kind.GREY)
        if self.piece is not None and self.piece.performed and self.item.state is ItemState.BLANK:
            return StateTag("To be shown on the day", Kind.BLUE if self.on_the_day else Kind.GREY)
        return STATES[self.item.state]

    @property
    def waits(self) -> bool:
        return self.item.state is ItemState.SENT or self.on_the_day


def applicant_name(journey: "Journey") -> str:
    """The service that applies, or the person."""
    if journey.service is not None:
        return journey.service.name
    return journey.person.name if journey.person is not None else ""


def slots_of(reading: Reading) -> dict[str, Slot]:
    """Everything asked at the level aimed at that is judged by itself, in the scheme's order."""
    edition, position = reading.edition, reading.position
    areas = {area.id: area.title for area in edition.areas}
    found: dict[str, Slot] = {}
    for stage in edition.stages:
        items = position.stages[stage.id].items
        if isinstance(stage, EvidenceStage | VisitStage):
            for asked in edition.asked_at(position.level, stage.assessed):
                item = items.get(asked.id) or ItemPosition(asked.id, ItemState.BLANK)
                found[asked.id] = Slot(
                    asked.id,
                    stage,
                    areas[asked.area],
                    asked.number,
                    asked.title,
                    asked.asks,
                    asked.points,
                    item,
                    asked,
                    None,
                )
        elif isinstance(stage, CaseStudyStage | AssignmentStage):
            for piece in stage.pieces:
                item = items.get(piece.id) or ItemPosition(piece.id, ItemState.BLANK)
                shown = piece.performed and item.state in OWED and position.stages[stage.id].state is StageState.OPEN
                found[piece.id] = Slot(
                    piece.id, stage, stage.title, "", piece.title, piece.asks, piece.points, item, None, piece, shown
                )
    return found


def waiting(slots: dict[str, Slot]) -> list[Slot]:
    """What lies with the assessor, the oldest first; of one day, in the scheme's order."""
    return sorted((slot for slot in slots.values() if slot.waits), key=lambda slot: slot.item.since or date.max)


def href_of(ref: str, slot: str) -> str:
    return reverse("assess", args=[ref, slot])
