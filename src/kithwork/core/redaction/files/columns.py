"""Where a column or a cell begins on a page: what stands beside a word in another is no neighbour of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from kithwork.core.redaction.passages import Box

_GAP = 1.6  # of so many heights between two words: no space is as wide
_MORE = 1.3  # of the usual space of a line: by chance a word of a running text stands below a column, too
_NEAR = 0.16  # of a height: how exactly the beginnings of a column stand below one another
_ROWS = 3.5  # heights from one row of a table to the next, at most


class Placed(Protocol):
    """A word with its place, in any unit that is the same across and down."""

    @property
    def left(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def bottom(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Frame:
    """A box in the unit of its page, no longer in shares of it."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, box: Box, size: tuple[float, float]) -> "Frame":
        wide, high = size
        return cls(box.left * wide, box.top * high, box.right * wide, box.bottom * high)


@dataclass(frozen=True, slots=True)
class Begin:
    """Where something begins after a wide gap: its left edge, its middle, its height."""

    left: float
    at: float
    high: float

    def meets(self, other: "Begin") -> bool:
        """Whether both begin one column."""
        below = abs(self.left - other.left) < _NEAR * self.high
        return below and abs(self.at - other.at) < _ROWS * max(self.high, other.high)


def columns_of(lines: Sequence[Sequence[Placed]]) -> tuple[Begin, ...]:
    """Where columns begin: after a wide gap in one line, so in the lines about it, however full the cell before."""
    found: list[Begin] = []
    for line in lines:
        end = line[0].right if line else 0.0
        for word in line[1:]:
            if word.left - end > _GAP * (word.bottom - word.top):
                found.append(_begin(word))
            end = max(end, word.right)
    return tuple(found)


def _begin(word: Placed) -> Begin:
    return Begin(word.left, (word.top + word.bottom) / 2, word.bottom - word.top)


def space_of(line: Sequence[Placed]) -> float:
    """The usual space between the words of a line: half of them are wider."""
    gaps = sorted(other.left - one.right for one, other in pairwise(line) if other.left > one.right)
    return gaps[len(gaps) // 2] if gaps else 0.0


def parted(end: float, word: Placed, columns: Sequence[Begin], space: float) -> bool:
    """Whether a word begins a column or a cell, when what is before it on its line ends at `end`."""
    gap = word.left - end
    if gap >= _GAP * (word.bottom - word.top):
        return True
    return gap > _MORE * space and any(one.meets(_begin(word)) for one in columns)
