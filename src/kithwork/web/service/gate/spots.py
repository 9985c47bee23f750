"""Where finds are to be seen on the picture of a page: a rectangle for each line that one stands on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kithwork.core.redaction.passages import Box, Word
from kithwork.gate.scans import Document, Mark, place_of
from kithwork.web.kit.gating import KINDS

SIDE = 1000  # the picture is so many units wide and high, whatever its size
_ROOM = 2.5  # units around a word, so that a mark does not touch its letters


@dataclass(frozen=True, slots=True)
class Spot:
    """One rectangle over the picture of a page, in `SIDE`ths of its width and height, and the find that it marks."""

    x: float
    y: float
    width: float
    height: float
    key: str
    place: str
    outcome: str  # 'reduce', 'keep', 'decide'
    said: str  # what it is, in words


def spots(document: Document, page: int) -> list[Spot]:
    """What is marked on a page of the file. What waits for a decision comes last, so that it lies over all else."""
    found = [
        _spot(document, mark, box)
        for mark in document.living
        if page and document.passages[mark.passage].page == page
        for box in _boxes(document.passages[mark.passage].words, mark)
    ]
    return sorted(found, key=lambda one: one.outcome == "decide")


def _spot(document: Document, mark: Mark, box: Box) -> Spot:
    left, top = max(0.0, box.left * SIDE - _ROOM), max(0.0, box.top * SIDE - _ROOM)
    right, bottom = min(SIDE, box.right * SIDE + _ROOM), min(SIDE, box.bottom * SIDE + _ROOM)
    outcome = mark.outcome.value if mark.outcome else "decide"
    what = KINDS.get(mark.find.kind, mark.find.kind)
    said = f"{document.text(mark)}: {'perhaps ' if outcome == 'decide' else ''}{what}"
    return Spot(
        round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1),
        document.key(mark), place_of(mark), outcome, said,
    )  # fmt: skip


def _boxes(words: Sequence[Word], mark: Mark) -> Iterator[Box]:
    """The find's words, those side by side on a line as one."""
    last: Box | None = None
    for word in words:
        if word.end <= mark.find.start or word.start >= mark.find.end:
            continue
        if last is not None and _beside(last, word.box):
            last = Box(last.left, min(last.top, word.box.top), word.box.right, max(last.bottom, word.box.bottom))
            continue
        if last is not None:
            yield last
        last = word.box
    if last is not None:
        yield last


def _beside(one: Box, other: Box) -> bool:
    """Whether one word stands to the right of another, on the same line and not in another column."""
    low, high = max(one.top, other.top), min(one.bottom, other.bottom)
    height = min(one.bottom - one.top, other.bottom - other.top)
    return high - low > height / 2 and one.right <= other.right and other.left - one.right < 0.05
