"""Documents rebuilt from what is drawn of them: read page by page from the text that lies in a page and from its
pixels, painted, and typeset anew.

What both readings agree on is one word, with the letters of the text and the place of both. What the text says and
nobody can see stays out of the copy's text; what can be seen and no text says is read from the pixels.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from PIL import Image
from pypdfium2 import PdfDocument

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import printed, seeing
from kithwork.core.redaction.files.abreast import abreast
from kithwork.core.redaction.files.columns import Frame, columns_of, parted, space_of
from kithwork.core.redaction.files.painting import Spot, painted
from kithwork.core.redaction.files.shape import (
    BadCut,
    Cuts,
    Progress,
    Reading,
    Remade,
    Seen,
    Texts,
    Tools,
    Unreadable,
    in_order,
    nothing,
)
from kithwork.core.redaction.files.typeset import Placed, Press
from kithwork.core.redaction.passages import Box, Cut, Passage, Place, Word

_PIECE = re.compile(r"\S+")
_LOOK = "On page {page} there is something like writing that could not be made out. Look at it."


def read_pages(content: bytes, texts: Texts, tools: Tools, progress: Progress = nothing) -> Reading:
    """What the pages of a PDF show and hold, added to texts that are already known of it."""
    look: list[int] = []
    sizes: list[tuple[int, int]] = []
    with printed.opened(content) as document:
        count = len(document)
        for sheet, words in abreast(lambda one: (one, seeing.seen(one.picture, tools)), _sheets(document)):
            sizes.append(sheet.picture.size)
            rest = _add_layer(texts, sheet.layer, words, sheet.number, sheet.size)
            if rest:
                texts.add(seeing.passage_of(rest, page=sheet.number, size=sheet.size))
            if seeing.doubtful(rest):
                look.append(sheet.number)
            progress(sheet.number, count)
    return Reading(tuple(texts.found), count, tuple(_LOOK.format(page=one) for one in look), tuple(look), tuple(sizes))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page as it is drawn, with the text that lies in it."""

    number: int
    size: tuple[float, float]
    layer: printed.Letters
    picture: Image.Image


def _sheets(document: PdfDocument) -> Iterator[_Sheet]:
    for number in range(1, len(document) + 1):
        page = printed.page_of(document, number)
        yield _Sheet(number, page.get_size(), printed.letters(page), printed.drawn(page))
        page.close()


def _add_layer(
    texts: Texts, layer: printed.Letters, words: Sequence[Seen], page: int, size: tuple[float, float]
) -> list[Seen]:
    """Add the text of a page, and give back the words that were seen on it and are not in that text."""
    if not layer.text.strip():
        return list(words)
    text = layer.text.replace("\r\n", "\n").replace("\r", "\n")
    boxes = _without_returns(layer)
    placed: list[Word] = []
    beside: list[str] = []
    shown = list(text)
    for start, end in _pieces(text, boxes):
        drawn = [box for box in boxes[start:end] if box is not None]
        box = _around(drawn) if drawn else _NOWHERE
        if box.right <= 0 or box.left >= 1 or box.bottom <= 0 or box.top >= 1:
            beside.append(text[start:end])
            shown[start:end] = " " * (end - start)
        else:
            placed.append(Word(start, end, box, 0.0))
    _part(shown, placed, size)
    placed, rest = _agreed(text, placed, words)
    if placed:
        texts.add(Passage("".join(shown), Place.BODY, page, words=tuple(placed)))
    if beside:
        texts.add(Passage(" ".join(beside), Place.BODY, page, "beside the page", stays=False))
    return rest


def _pieces(text: str, boxes: Sequence[Box | None]) -> Iterator[tuple[int, int]]:
    """The words of a text, those that are broken over two lines in two."""
    for piece in _PIECE.finditer(text):
        start, before = piece.start(), boxes[piece.start()]
        for at in range(piece.start() + 1, piece.end()):
            box = boxes[at]
            if before and box and box.right < before.left and (box.top > before.bottom or box.bottom < before.top):
                yield start, at
                start = at
            before = box or before
        yield start, piece.end()


def _part(shown: list[str], placed: Sequence[Word], size: tuple[float, float]) -> None:
    """A tab for the space between two cells of a table: their words are no neighbours."""
    lines: list[list[tuple[Word, Frame]]] = []
    for word in placed:
        here = Frame.of(word.box, size)
        before = lines[-1][-1] if lines else None
        beside = before is not None and set(shown[before[0].end : word.start]) == {" "} and here.left > before[1].left
        if beside:
            lines[-1].append((word, here))
        else:
            lines.append([(word, here)])
    columns = columns_of([[spot for _, spot in line] for line in lines])
    for line in lines:
        space = space_of([spot for _, spot in line])
        for (one, spot), (other, following) in pairwise(line):
            if parted(spot.right, following, columns, space):
                shown[one.end : other.start] = "\t" * (other.start - one.end)


_NOWHERE = Box(2, 2, 2, 2)


def _without_returns(layer: printed.Letters) -> list[Box | None]:
    """The boxes of the text once its line ends are one character each."""
    boxes: list[Box | None] = []
    for index, box in enumerate(layer.boxes):
        if layer.text[index] == "\n" and index and layer.text[index - 1] == "\r":
            continue
        boxes.append(box)
    return boxes


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _agreed(text: str, placed: Sequence[Word], words: Sequence[Seen]) -> tuple[list[Word], list[Seen]]:
    """The words of the text, each as sure as it could be seen, and the words seen that are none of them."""
    agreed = list(placed)
    rest: list[Seen] = []
    rows: dict[int, list[int]] = {}
    for index, word in enumerate(placed):
        for row in range(int(word.box.top * 100), int(word.box.bottom * 100) + 1):
            rows.setdefault(row, []).append(index)
    for seen in words:
        near = {
            index
            for row in range(int(seen.box.top * 100), int(seen.box.bottom * 100) + 1)
            for index in rows.get(row, ())
            if _shared(placed[index].box, seen.box) > 0.4
        }
        said = "".join(text[placed[index].start : placed[index].end] for index in sorted(near))
        if not near or not seeing.alike(said, seen.text):
            rest.append(seen)
            continue
        for index in near:
            word = agreed[index]
            box = _around([word.box, seen.box]) if len(near) == 1 else word.box
            agreed[index] = replace(word, box=box, sure=max(word.sure, seen.sure, 0.5))
    return agreed, rest


def _shared(one: Box, other: Box) -> float:
    """The area that two boxes share, as a share of the smaller one."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    if wide <= 0 or high <= 0:
        return 0.0
    smaller = min(_size(one), _size(other))
    return wide * high / smaller if smaller > 0 else 1.0


def _size(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


@dataclass(frozen=True, slots=True)
class Left:
    """A word of a passage after its cuts: what stands there, and whether its line ends with it."""

    box: Box
    text: str
    cut: bool
    joins: bool
    ends: bool
    sure: float


def words_left(passage: Passage, cuts: Sequence[Cut]) -> list[Left]:
    """The words of a passage with its cuts made. Raises Unreadable for a cut in letters that have no place: such a
    cut cannot be painted, and the copy must not be made without it.
    """
    ordered = in_order(passage.text, cuts)
    left: list[Left] = []
    made: set[int] = set()
    before: set[int] = set()
    for number, word in enumerate(passage.words):
        text, at, touched = "", word.start, set[int]()
        for index, cut in enumerate(ordered):
            if cut.end <= word.start or cut.start >= word.end:
                continue
            touched.add(index)
            text += passage.text[at : max(at, cut.start)] + ("" if index in made else cut.by)
            made.add(index)
            at = min(word.end, cut.end)
        text += passage.text[at : word.end]
        following = passage.words[number + 1].start if number + 1 < len(passage.words) else len(passage.text)
        ends = number + 1 == len(passage.words) or "\n" in passage.text[word.end : following]
        left.append(Left(word.box, text, bool(touched), bool(touched & before), ends, word.sure))
        before = touched
    lost = [cut for index, cut in enumerate(ordered) if index not in made]
    if any(passage.text[cut.start : cut.end].strip() for cut in lost):
        raise Unreadable("A name was found in text that has no place on its page. Print the file to PDF and send that.")
    return left


def without(
    picture: Image.Image, passages: Sequence[tuple[Passage, Sequence[Cut]]]
) -> tuple[Image.Image, list[Placed]]:
    """A picture without what is cut from the passages seen on it, and the words that can still be seen on it."""
    left = [word for passage, cuts in passages for word in words_left(passage, cuts)]
    wide, high = picture.size
    spots = [
        Spot(
            word.box.left * wide, word.box.top * high, word.box.right * wide, word.box.bottom * high,
            # what nobody could see of the text is not laid over the copy
            word.text if word.cut or word.sure > 0 else "", word.cut, word.joins,
        )
        for word in left
    ]  # fmt: skip
    canvas, placed = painted(picture, spots)
    return canvas, placed_in_lines(placed)


def placed_in_lines(placed: Sequence[Spot]) -> list[Placed]:
    """Words with the ends of their lines: where the next one stands lower, or further left."""
    return [
        Placed(spot, number + 1 == len(placed) or _breaks(spot, placed[number + 1]))
        for number, spot in enumerate(placed)
    ]


def _breaks(spot: Spot, following: Spot) -> bool:
    lower = (following.top + following.bottom) / 2 > spot.bottom or (following.top + following.bottom) / 2 < spot.top
    return lower or following.left < spot.left


def seen_on(reading: Reading, page: int, cuts: Cuts) -> list[tuple[Passage, Sequence[Cut]]]:
    """The passages that have their places on a page, with their cuts."""
    return [
        (passage, cuts.get(index, ()))
        for index, passage in enumerate(reading.passages)
        if passage.page == page and passage.words and passage.stays
    ]


def remake_pages(content: bytes, reading: Reading, cuts: Cuts, progress: Progress = nothing) -> Remade:
    """The pages of a PDF painted and typeset anew. Raises Unreadable, BadCut for cuts that fit no passage."""
    check(reading, cuts)
    press = Press()
    with printed.opened(content) as document:
        count = len(document)
        for number in range(1, count + 1):
            page = printed.page_of(document, number)
            width, height = page.get_size()
            canvas, words = without(printed.drawn(page), seen_on(reading, number, cuts))
            page.close()
            press.page(canvas, words, width, height)
            progress(number, count)
    return Remade(press.whole(), Kind.PDF, ".pdf")


def check(reading: Reading, cuts: Cuts) -> None:
    """Raises BadCut for cuts of a passage that does not exist, or that do not fit it; and Unreadable for cuts in
    a passage that stays but has no places, which pixels cannot lose.
    """
    for index, some in cuts.items():
        if not 0 <= index < len(reading.passages):
            raise BadCut("A cut belongs to no passage of this file.")
        in_order(reading.passages[index].text, some)


def pictures(content: bytes) -> Iterator[Image.Image]:
    """Each page as it is drawn."""
    with printed.opened(content) as document:
        for number in range(1, len(document) + 1):
            page = printed.page_of(document, number)
            yield printed.drawn(page)
            page.close()
