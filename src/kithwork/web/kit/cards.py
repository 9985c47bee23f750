"""Cards: what pages hand to the component tags. Plain frozen values, no models, no requests.

Text in a card is plain and is escaped when shown. Build cards in the view; let templates only place them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

Text = str | Promise

_CHANGE = gettext_lazy("Change")
_RECORD = gettext_lazy("See the record")
_REQUIREMENT = gettext_lazy("Requirement")

__all__ = [
    "Column",
    "Count",
    "EvidenceMap",
    "Kind",
    "Link",
    "MapArea",
    "MapCell",
    "MapState",
    "Place",
    "StateTag",
    "SummaryRow",
    "TaskRow",
    "Text",
    "TimelineEvent",
]


class Kind(Enum):
    """The colour family of a tag; the word on the tag carries the meaning."""

    GREY = "grey"
    BLUE = "blue"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    PURPLE = "purple"

    @property
    def css(self) -> str:
        """GOV.UK's modifier: amber is their yellow, blue is the plain tag."""
        return {"amber": " govuk-tag--yellow", "blue": ""}.get(self.value, f" govuk-tag--{self.value}")


@dataclass(frozen=True, slots=True)
class StateTag:
    """A word on a coloured ground: StateTag("Overdue", Kind.RED)."""

    word: Text
    kind: Kind = Kind.GREY


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a table's cell or a summary's value; `hidden` is read out after the text, to tell like links apart."""

    text: Text
    href: str
    hidden: Text = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A number and the rows behind it."""

    number: int
    href: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a navigation: the top bar's, or a page's sub-navigation."""

    text: Text
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task: what to do, where, and its state. A row without `href` cannot be started yet."""

    title: Text
    href: str = ""
    hint: Text = ""
    state: StateTag | None = None


Value = Text | int | date | None | Link | StateTag


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line of a summary list. Several values stand one under another."""

    key: Text
    value: Value | Sequence[Value]
    href: str = ""
    change: Text = _CHANGE


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something that happened (or will): newest first is the page's business."""

    title: Text
    when: date | datetime
    by: Text = ""
    text: Text = ""
    href: str = ""
    link: Text = _RECORD


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column. `href` makes its header a link that sorts; `order` is how it is sorted now."""

    text: Text
    numeric: bool = False
    href: str = ""
    order: str = ""  # "ascending", "descending" or "" (not sorted by this one)


class MapState(Enum):
    """How a requirement stands: (css, letter, word)."""

    MET = ("met", "M", gettext_lazy("Met"))
    RISK = ("risk", "R", gettext_lazy("At risk"))
    NOT_MET = ("not-met", "N", gettext_lazy("Not met"))
    NOT_RECORDED = ("not-recorded", "–", gettext_lazy("Not recorded"))

    @property
    def css(self) -> str:
        return self.value[0]

    @property
    def letter(self) -> str:
        return self.value[1]

    @property
    def word(self) -> Text:
        return self.value[2]

    @property
    def kind(self) -> Kind:
        return {"met": Kind.GREEN, "risk": Kind.AMBER, "not-met": Kind.RED}.get(self.css, Kind.GREY)


@dataclass(frozen=True, slots=True)
class MapCell:
    """One requirement on the map: its number ("3.2"), its words, how it stands, and its page."""

    number: str
    title: Text
    state: MapState
    href: str = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class MapArea:
    """One practice area and its requirements, in the scheme's order."""

    title: Text
    cells: tuple[MapCell, ...]

    @property
    def met(self) -> int:
        return sum(cell.state is MapState.MET for cell in self.cells)


@dataclass(frozen=True, slots=True)
class EvidenceMap:
    """The map of an edition's requirements. `unit` is the scheme's own word for a requirement."""

    title: Text
    areas: tuple[MapArea, ...]
    unit: Text = _REQUIREMENT
    id: str = "map"

    def counts(self) -> list[tuple[MapState, int]]:
        """How many requirements stand in each state, in the states' order."""
        states = [cell.state for area in self.areas for cell in area.cells]
        return [(state, states.count(state)) for state in MapState]
