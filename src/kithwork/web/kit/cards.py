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
    "RecordState",
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
    """How a requirement stands on a journey: (css, letter, word, colour of its tag). A desk may have other words."""

    CONFIRMED = ("met", "C", gettext_lazy("Confirmed"), Kind.GREEN)
    SENT = ("sent", "S", gettext_lazy("With the assessor"), Kind.PURPLE)
    RETURNED = ("risk", "F", gettext_lazy("More asked for"), Kind.AMBER)
    BREACHED = ("not-met", "B", gettext_lazy("Data breach"), Kind.RED)
    GATHERED = ("gathered", "G", gettext_lazy("Gathered, not sent"), Kind.BLUE)
    BLANK = ("not-recorded", "–", gettext_lazy("Nothing yet"), Kind.GREY)

    @property
    def css(self) -> str:
        return self.value[0]

    @property
    def letter(self) -> str:
        return self.value[1]

    @property
    def tag(self) -> StateTag:
        return StateTag(self.value[2], self.value[3])


class RecordState(Enum):
    """How a requirement stands by a service's own records, as `MapState`: (css, letter, word, colour of its tag)."""

    MET = ("met", "M", gettext_lazy("Met"), Kind.GREEN)
    AT_RISK = ("risk", "R", gettext_lazy("Met, lapses soon"), Kind.AMBER)
    NOT_MET = ("not-met", "N", gettext_lazy("Not met"), Kind.RED)
    NOT_RECORDED = ("not-recorded", "–", gettext_lazy("Nothing on record"), Kind.GREY)
    BY_DOCUMENT = ("by-document", "D", gettext_lazy("By document or at the visit"), Kind.BLUE)

    @property
    def css(self) -> str:
        return self.value[0]

    @property
    def letter(self) -> str:
        return self.value[1]

    @property
    def tag(self) -> StateTag:
        return StateTag(self.value[2], self.value[3])


_DONE = {MapState.CONFIRMED, RecordState.MET, RecordState.AT_RISK}


@dataclass(frozen=True, slots=True)
class MapCell:
    """One requirement on the map: its number ("3.2"), its words, how it stands, and its page.

    `said` is the desk's own word for the state, where it has one.
    """

    number: str
    title: Text
    state: MapState | RecordState
    href: str = ""
    said: StateTag | None = None

    @property
    def tag(self) -> StateTag:
        return self.said or self.state.tag


@dataclass(frozen=True, slots=True)
class MapArea:
    """One practice area and its requirements, in the scheme's order."""

    title: Text
    cells: tuple[MapCell, ...]

    @property
    def confirmed(self) -> int:
        """How many are as they should be: confirmed, or met by records."""
        return sum(cell.state in _DONE for cell in self.cells)


@dataclass(frozen=True, slots=True)
class EvidenceMap:
    """The map of an edition's requirements. `unit` is the scheme's own word for a requirement; `met` says that what is
    counted for each area is met by records, and not confirmed by an assessor.
    """

    title: Text
    areas: tuple[MapArea, ...]
    unit: Text = _REQUIREMENT
    id: str = "map"
    met: bool = False

    def key(self) -> list[tuple[MapState | RecordState, Text, int]]:
        """Each state that occurs, in the states' order: its word here, and how many requirements stand so."""
        cells = [cell for area in self.areas for cell in area.cells]
        states: list[MapState | RecordState] = [*MapState, *RecordState]
        found = []
        for state in states:
            here = [cell for cell in cells if cell.state is state]
            if here:
                found.append((state, here[0].tag.word, len(here)))
        return found
