"""The evidence map of a journey: every requirement of the level aimed at, and how it stands."""

from dataclasses import dataclass
from enum import Enum

from django.urls import reverse

from kithwork.core.journey import ItemState, Position
from kithwork.core.schemes import Edition, Requirement
from kithwork.evidence.queries import Gathered, item_of
from kithwork.web.kit.cards import Column, Kind
from kithwork.web.service.words import capital


class Standing(Enum):
    """How a requirement stands on a journey: (css, letter, word), as the kit's map shows it."""

    CONFIRMED = ("met", "C", "Confirmed")
    SENT = ("sent", "S", "With the assessor")
    RETURNED = ("risk", "F", "More asked for")
    BREACHED = ("not-met", "B", "Data breach")
    GATHERED = ("gathered", "G", "Gathered, not sent")
    BLANK = ("not-recorded", "–", "Nothing yet")

    @property
    def css(self) -> str:
        return self.value[0]

    @property
    def letter(self) -> str:
        return self.value[1]

    @property
    def word(self) -> str:
        return self.value[2]

    @property
    def kind(self) -> Kind:
        return {
            "met": Kind.GREEN,
            "sent": Kind.PURPLE,
            "risk": Kind.AMBER,
            "not-met": Kind.RED,
            "gathered": Kind.BLUE,
        }.get(self.css, Kind.GREY)


@dataclass(frozen=True, slots=True)
class Cell:
    number: str
    title: str
    state: Standing
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    title: str
    cells: tuple[Cell, ...]

    @property
    def met(self) -> int:
        return sum(cell.state is Standing.CONFIRMED for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Map:
    """What the kit's evidence map shows, with a journey's own states; its table is plain, for 84 rows are many."""

    title: str
    areas: tuple[Area, ...]
    unit: str
    id: str = "map"

    def counts(self) -> list[tuple[Standing, int]]:
        states = [cell.state for area in self.areas for cell in area.cells]
        return [(state, states.count(state)) for state in Standing if states.count(state)]

    def context(self) -> dict[str, object]:
        """For kit/evidence_map.html."""
        columns = [Column("Area"), Column("Number"), Column(self.unit), Column("State")]
        rows = [(area.title, cell.number, cell.title, cell.state.word) for area in self.areas for cell in area.cells]
        return {"map": self, "counts": self.counts(), "table_columns": columns, "table_rows": rows}


_STANDING = {
    ItemState.CONFIRMED: Standing.CONFIRMED,
    ItemState.SENT: Standing.SENT,
    ItemState.RETURNED: Standing.RETURNED,
    ItemState.BREACHED: Standing.BREACHED,
}


def asked(edition: Edition, position: Position) -> list[Requirement]:
    """The requirements of the level aimed at, in the edition's order."""
    within = {position.level, *edition.level(position.level).includes}
    return [one for one in edition.requirements if one.level in within]


def map_of(edition: Edition, position: Position, held: Gathered, ref: str) -> Map:
    cells: dict[str, list[Cell]] = {area.id: [] for area in edition.areas}
    for one in asked(edition, position):
        item = item_of(edition, position, one.id)
        standing = (_STANDING.get(item.state) if item else None) or (
            Standing.GATHERED if held.items.get(one.id) else Standing.BLANK
        )
        cells[one.area].append(Cell(one.number, one.title, standing, reverse("requirement", args=[ref, one.id])))
    areas = tuple(Area(area.title, tuple(cells[area.id])) for area in edition.areas if cells[area.id])
    return Map(f"All {edition.words.requirements}", areas, capital(edition.words.requirement))
