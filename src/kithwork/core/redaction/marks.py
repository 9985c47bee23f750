"""What a small net makes of each word: the language model's own notes on it, its case, lists and what stands beside it.

One hidden layer. The model reads no capitals and knows labels alone that it was trained on; here what it holds of a
word on the way to a label is weighed anew, together with what it cannot see. Fitted by `tests/bench/fit.py`.
"""

from base64 import b85decode, b85encode
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kithwork.core.redaction.cues import KINDS, kinds_of
from kithwork.core.redaction.model import Seen
from kithwork.core.redaction.reading import Reading

__all__ = ["HELD", "PLAIN", "Net", "packed", "plain_of", "rows_of", "unpacked"]

HELD = 768  # numbers that the model shows of a piece
_SHAPES, _SORTS, _LISTS = "ltumij", "ABCDEMPO", "nbgf"
_ZONES = ("", "mail", "host", "path", "handle", "tag", "file", "dir")
_GAPS = (" ", "", "\n", ", ", ": ", ". ", "-", "'", "\t", "_", "| ", " | ", "(", "/", "; ", ".")
# and of what signs it is made, whatever their order; figures last
_SIGNS = (
    "\n",
    "(",
    ")",
    '"“”„«»‘',
    "'’",
    "&+",
    "-–—",
    "/\\",
    ".",
    ",",
    ":",
    ";",
    "?",
    "!",
    "@#",
    "_",
    "|\t",
    "[]",
    "=",
)
_SIGN = {sign: at for at, signs in enumerate(_SIGNS) for sign in signs}
_GAP = len(_GAPS) + 1 + len(_SIGNS) + 1
_ABOUT = (-2, -1, 0, 1, 2)
_EACH = len(_SHAPES) + len(_SORTS) + len(_LISTS) + 1  # of one word near: case, sort, list, whether it is there at all
_OWN = len(_ABOUT) * _EACH
_FEW = 8
_KINDS_AT = _OWN + 2 * _GAP + len(_ZONES) + 9
_NEAR = (-1, 0, 1)  # of which words the net is told in what closed sets they are
PLAIN = _KINDS_AT + len(_NEAR) * len(KINDS)


def plain_of(reading: Reading, namely: list[float]) -> NDArray[np.float32]:
    """For each word what the model cannot see of it, as numbers: a row of `PLAIN` each. `namely` is what the letters
    of each word look like (`Lexicon.namely`).
    """
    count = len(reading.words)
    rows = np.zeros((count, PLAIN), dtype=np.float32)
    if not count:
        return rows
    one = np.zeros((count, _EACH), dtype=np.float32)
    for at in range(count):
        one[at, _SHAPES.index(reading.shapes[at])] = 1
        one[at, len(_SHAPES) + _SORTS.index(reading.sorts[at])] = 1
        one[at, len(_SHAPES) + len(_SORTS) + _LISTS.index(reading.lists[at])] = 1
        one[at, -1] = 1
    for place, step in enumerate(_ABOUT):
        columns = slice(place * _EACH, (place + 1) * _EACH)
        first, last = max(0, -step), count - max(0, step)
        if first < last:
            rows[first:last, columns] = one[first + step : last + step]
    gaps = {gap: _columns(gap) for gap in set(reading.gaps)}
    for at, word in enumerate(reading.words):
        for kind in kinds_of(word.folded):
            for place, step in enumerate(_NEAR):
                if 0 <= at - step < count:
                    rows[at - step, _KINDS_AT + place * len(KINDS) + KINDS.index(kind)] = 1
    for at in range(count):
        size, capitals, shouted = reading.sizes[reading.lines[at]]
        rows[at, gaps[reading.gaps[at]]] = 1
        rows[at, [_GAP + column for column in gaps[reading.gaps[at + 1]]]] = 1
        rest = _OWN + 2 * _GAP
        rows[at, rest + _ZONES.index(reading.zones[at])] = 1
        rows[at, rest + len(_ZONES) : _KINDS_AT] = (
            reading.labels[at] == "p", reading.labels[at] == "o", min(size, 12) / 6, capitals / (size or 1),
            shouted > 2 and shouted * 2 > size, reading.words[at].glued, min(len(reading.words[at].text), 12) / 6,
            namely[at], reading.logits[at] / 4,
        )  # fmt: skip
    return rows


def _columns(gap: str) -> list[int]:
    """Where what stands before a word is noted; a gap further on where what stands after it is."""
    signs = {_SIGN[sign] for sign in gap if sign in _SIGN} | {len(_SIGNS) for sign in gap if sign.isdigit()}
    whole = _GAPS.index(gap) if gap in _GAPS else len(_GAPS)
    return [_OWN + whole, *sorted(_OWN + len(_GAPS) + 1 + sign for sign in signs)]


def rows_of(reading: Reading, seen: Seen, marks: NDArray[np.float32], half: int) -> NDArray[np.float32]:
    """For each word the marks of its first piece (the first `half`) with the mean of all its pieces' (the rest)."""
    rows = np.zeros((len(reading.words), marks.shape[1]), dtype=np.float32)
    for at, word in enumerate(reading.words):
        first, last = seen.span(word.start, word.end)
        if first < last:
            rows[at, :half] = marks[first, :half]
            rows[at, half:] = marks[first, half:] if last == first + 1 else marks[first:last, half:].mean(axis=0)
    return rows


def packed(numbers: Mapping[str, NDArray[np.float32]]) -> str:
    """A net's numbers as text: a line each of name, height, width and the size of a step, then whole steps from -127 to
    127, as letters.
    """
    lines = []
    for name, one in numbers.items():
        table = one.reshape(len(one), -1)
        size = float(np.abs(table).max()) / 127 or 1.0
        steps = np.round(table / size).astype(np.int8)
        lines.append(f"{name} {table.shape[0]} {table.shape[1]} {size!r}")
        told = b85encode(steps.tobytes()).decode()
        lines += [told[at : at + 120] for at in range(0, len(told), 120)]
        lines.append("")
    return "\n".join(lines)


def unpacked(text: str) -> dict[str, NDArray[np.float32]]:
    """What `packed` told."""
    found: dict[str, NDArray[np.float32]] = {}
    for part in text.strip().split("\n\n"):
        head, *lines = part.split("\n")
        name, height, width, size = head.split()
        steps = np.frombuffer(b85decode("".join(lines)), dtype=np.int8).astype(np.float32) * np.float32(size)
        found[name] = steps.reshape(int(height), int(width)) if int(width) > 1 else steps
    return found


class Net:
    """One layer between what goes in and the odds: of pieces at once (`of`), which the model keeps, then of words."""

    def __init__(self, numbers: Mapping[str, NDArray[np.float32]]) -> None:
        """`first`, `mean`: HELD by the layer's size; `plain`: PLAIN by it; `bias`, `out`: its size; `end`: one."""
        self.table: NDArray[np.float32] | None = np.concatenate([numbers["first"], numbers["mean"]], axis=1).astype(
            np.float32
        )
        self._plain, self._bias = numbers["plain"].astype(np.float32), numbers["bias"].astype(np.float32)
        self._out, self._end = numbers["out"].astype(np.float32), float(numbers["end"][0])
        self._half = len(self._bias)
        self.width = 2 * self._half

    def odds(self, reading: Reading, seen: Seen | None, namely: list[float]) -> list[float]:
        """How likely each word is to be a name, as a logarithm of odds; zeroes where no model has read it."""
        if seen is None or seen.marks is None or not reading.words:
            return [0.0] * len(reading.words)
        rows = rows_of(reading, seen, seen.marks, self._half)
        plain = plain_of(reading, namely)
        seen_plain = np.concatenate(  # few at a time: numpy shares larger products among threads, which costs more
            [plain[at : at + _FEW] @ self._plain for at in range(0, len(plain), _FEW)]
        )
        inside = rows[:, : self._half] + rows[:, self._half :] + seen_plain + self._bias
        told = np.maximum(inside, 0) @ self._out + self._end
        return [float(one) for one in np.clip(told, -8, 8)]
