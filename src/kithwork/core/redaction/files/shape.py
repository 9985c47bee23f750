"""The words that all formats share: what a file was read as, what was made of it, and the programs they ask."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PIL import Image

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.passages import Box, Cut, Part, Passage

Cuts = Mapping[int, Sequence[Cut]]  # by the index of a passage in the same reading
Progress = Callable[[int, int], None]  # pages done, of how many

PAGES = 500
PIXELS = 80_000_000  # one picture, or one page as it is rendered
LETTERS = 20_000_000  # of all passages together
PASSAGES = 600_000
DEPTH = 3  # files within files


class Unreadable(Exception):
    """A part of the file could not be read, so that nobody can say what is in it. The message is for its sender."""


class BadCut(ValueError):
    """A cut that fits no passage of the file. A fault of the caller, not of the file."""


class Missing(Unreadable):
    """A program that this machine needs for it is not installed. The message says which."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A word read from pixels: its text, where it is, how sure (0 to 1), and which line of the picture it is in."""

    text: str
    box: Box
    sure: float
    line: int


class Tools(Protocol):
    """Programs that the ground may not start itself."""

    def ocr(self, picture: Image.Image, /) -> Sequence[Seen]:
        """The words of an upright picture (mode L or RGB), line by line. Raises Missing, or Unreadable."""
        ...

    def to_pdf(self, content: bytes, ending: str, /) -> bytes:
        """An office document of ours (`.docx`, `.odt`, `.xlsx`), printed. Raises Missing, or Unreadable."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """All texts of a file, in an order that is the same each time it is read."""

    passages: tuple[Passage, ...]
    pages: int  # of which there is a `picture`; 0 where a file has none
    notes: tuple[str, ...] = ()  # what a person should know of it, in words
    look: tuple[int, ...] = ()  # pages with marks that no reader of pictures could make out: a person must look
    sizes: tuple[tuple[int, int], ...] = ()  # of the `picture` of each page, in pixels: width and height
    parts: tuple[Part, ...] | None = ()  # what is of which attachment, in their order; None where that was not kept


@dataclass(frozen=True, slots=True)
class Remade:
    """The redacted copy. `ending` with its dot; a rebuilt document is a PDF, whatever it was."""

    content: bytes
    kind: Kind
    ending: str


@dataclass(slots=True)
class Texts:
    """Passages as they are gathered; refuses more than a person could ever check."""

    found: list[Passage] = field(default_factory=list)
    letters: int = 0

    def add(self, passage: Passage) -> int:
        """Its index."""
        self.letters += len(passage.text)
        if self.letters > LETTERS or len(self.found) >= PASSAGES:
            raise Unreadable("This file holds more text than can be checked for names. Split it and send what matters.")
        self.found.append(passage)
        return len(self.found) - 1


def nothing(done: int, of: int) -> None:
    """Progress that nobody waits for."""


def cut_text(text: str, cuts: Sequence[Cut]) -> str:
    """The text with its cuts made. Raises BadCut for cuts outside it, or over each other."""
    made: list[str] = []
    at = 0
    for cut in in_order(text, cuts):
        made += (text[at : cut.start], cut.by)
        at = cut.end
    return "".join([*made, text[at:]])


def in_order(text: str, cuts: Sequence[Cut]) -> list[Cut]:
    """The cuts from first to last. Raises BadCut where they do not fit the text, or each other.

    A cut that cannot be made must stop the copy: one left out would leave a name in it.
    """
    ordered = sorted(cuts, key=lambda cut: (cut.start, cut.end))
    at = 0
    for cut in ordered:
        if not at <= cut.start < cut.end <= len(text):
            raise BadCut("A cut does not fit the text it belongs to.")
        at = cut.end
    return ordered
