"""A file as its texts: every place in it that can hold a name, shown or hidden, each a passage of its own."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Place(StrEnum):
    """Where in a file a text stands."""

    BODY = "body"
    CELL = "cell"
    HEADER = "header"  # or footer
    NOTE = "note"  # at the foot of a page, or the end
    COMMENT = "comment"
    CHANGE = "change"  # tracked: inserted or deleted
    FIELD = "field"  # of a form
    BOX = "box"  # text in a drawing
    LINK = "link"  # where it leads
    ALTERNATIVE = "alternative"  # of a picture
    PICTURE = "picture"  # read from its pixels
    OUTLINE = "outline"  # bookmarks, layers
    SHEET = "sheet"  # its name, or another defined name
    PROPERTY = "property"  # metadata
    ATTACHMENT = "attachment"  # its name
    FILE = "file"  # the file's own name


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in shares of its width and height: 0 is left and top, 1 right and bottom."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Word:
    """Characters `start` up to `end` of a passage, and where they are to be seen."""

    start: int
    end: int
    box: Box
    sure: float = 1.0  # 0 to 1: how well a reader of pictures could read it


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a file. `label` is what it is called there: a column's heading, a field's name, a property."""

    text: str
    place: Place
    page: int = 0  # from 1; 0 where a file has none
    label: str = ""
    stays: bool = True  # whether it is in the redacted copy at all: comments, properties and hidden things are not
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """Characters `start` up to `end` of a passage are replaced by `by`."""

    start: int
    end: int
    by: str


@dataclass(frozen=True, slots=True)
class Part:
    """How much of what was read of a message is one attachment's: passages, pages, pages of which the size is told; and
    the attachments in it, if it is a message itself.
    """

    passages: int
    pages: int
    sizes: int
    parts: "tuple[Part, ...]" = ()

    def packed(self) -> list[Any]:
        """It in plain values."""
        return [self.passages, self.pages, self.sizes, [part.packed() for part in self.parts]]

    @classmethod
    def unpacked(cls, told: list[Any]) -> "Part":
        """It again. Raises ValueError or TypeError for anything else."""
        passages, pages, sizes, parts = told
        return cls(int(passages), int(pages), int(sizes), tuple(cls.unpacked(part) for part in parts))
