"""Pictures as a reader of pictures sees them: opened with care, turned upright, read."""

import io
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from math import ceil

from PIL import Image, ImageChops, ImageFile, ImageFilter, ImageOps

from kithwork.core.redaction.files.columns import Frame, columns_of, parted, space_of
from kithwork.core.redaction.files.shape import PIXELS, Seen, Tools, Unreadable
from kithwork.core.redaction.passages import Box, Passage, Place, Word

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
_BROKEN = "A picture in this file is damaged or of a kind that cannot be read. Save it as PNG or JPEG and use that."
_HUGE = "A picture in this file has too many pixels to be read. Make it smaller and use that."
_SMALL = 1_400  # pixels on the longer side: a smaller picture is read at twice its size
_LARGE = 4_000  # a photograph is read at this size: letters that a person can read stay readable


def opened(content: bytes, formats: Sequence[str] = FORMATS) -> Image.Image:
    """The one picture of a file, upright, without transparency: mode L or RGB. Raises Unreadable."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(content), formats=list(formats)) as picture:
            if picture.width * picture.height > PIXELS:
                raise Unreadable(_HUGE)
            if getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO":
                raise Unreadable("A picture in this file holds several pictures, one behind another. Send the one.")
            picture.load()
            return flattened(ImageOps.exif_transpose(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Unreadable(_HUGE) from bomb
    except (Unreadable, MemoryError):
        raise
    except Exception as fault:  # Pillow's plug-ins raise many kinds for one thing: cannot be read
        raise Unreadable(_BROKEN) from fault


def flattened(picture: Image.Image) -> Image.Image:
    """On white paper, in grey or in colour."""
    if picture.mode in {"L", "RGB"}:
        return picture.copy()
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("RGB")
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value / 256).convert("L") if picture.mode != "I" else _sixteen(picture)
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _sixteen(picture: Image.Image) -> Image.Image:
    """Sixteen bits of grey to eight."""
    return picture.point(lambda value: value * (1 / 256)).convert("L")


def seen(picture: Image.Image, tools: Tools) -> list[Seen]:
    """Its words. One that reads badly is read once more on its side and on its head, and the best reading counts."""
    view = picture
    longer = max(picture.size)
    if longer < 40:
        return []  # a bullet, a rule
    if longer < _SMALL:
        view = picture.resize((picture.width * 2, picture.height * 2), Image.Resampling.LANCZOS)
    elif longer > _LARGE:
        view = picture.copy()
        view.thumbnail((_LARGE, _LARGE), Image.Resampling.LANCZOS)
    words = _upright(view, tools)
    for gain in (6, 14):  # what is half as dark as the rest, then what is hardly there
        words += _faint(view, words, tools, gain)
    return words


def _upright(view: Image.Image, tools: Tools) -> list[Seen]:
    best = list(tools.ocr(view))
    if max(view.size) < 400 or (_worth(best) >= 4 and _mean(best) >= 0.6):
        return best
    for quarter, turn in (
        (1, Image.Transpose.ROTATE_90),
        (2, Image.Transpose.ROTATE_180),
        (3, Image.Transpose.ROTATE_270),
    ):
        turned = [_back(word, quarter) for word in tools.ocr(view.transpose(turn))]
        if _worth(turned) > _worth(best) * 1.5 + 2:
            best = turned
    return best


_STROKE = 4  # of 255: how far ink must be off its paper to be read again; the noise of a JPEG is less
_SPECKS = 150  # pixels of ink that no word explains: fewer are a full stop, a speck of dust


def _faint(view: Image.Image, words: Sequence[Seen], tools: Tools, gain: int) -> list[Seen]:
    """Writing that the first reading passed over, since a page has one idea of what is ink: grey beside black, light on
    a dark bar. What is off its own surroundings, whichever way, is made black; what is read already, white.
    """
    grey = view if view.mode == "L" else view.convert("L")
    read = [_padded(word, view.size) for word in words if word.sure >= 0.3]
    bare = grey.copy()  # without what is read: paper beside black letters is off its surroundings too
    for inner, outer in read:
        bare.paste(_paper(grey, inner, outer), outer)
    around = bare.filter(ImageFilter.BoxBlur(max(12, max(view.size) // 75)))
    strokes = ImageChops.difference(bare, around).point(
        [255 - min(255, max(0, value - _STROKE) * gain) for value in range(256)]
    )
    for _, outer in read:
        strokes.paste(255, outer)
    if sum(strokes.histogram()[:160]) < _SPECKS:
        return []
    last = max((word.line for word in words), default=-1) + 1
    return [
        Seen(word.text, word.box, word.sure, word.line + last)
        for word in tools.ocr(strokes)
        if word.sure >= 0.25 and sum(map(str.isalnum, word.text)) >= 2 and not _stretched(word, strokes)
    ]


_Sides = tuple[int, int, int, int]  # left, top, right, bottom, in pixels


def _padded(word: Seen, size: tuple[int, int]) -> tuple[_Sides, _Sides]:
    """Where a word is, and the same with some room about it."""
    (wide, high), box = size, word.box
    sides = (box.left * wide, box.top * high, box.right * wide, box.bottom * high)
    pad = (sides[3] - sides[1]) * 0.15 + 3
    return _within(sides, 0, size), _within(sides, pad, size)


def _within(sides: tuple[float, float, float, float], pad: float, size: tuple[int, int]) -> _Sides:
    left, top = max(0, int(sides[0] - pad)), max(0, int(sides[1] - pad))
    return left, top, max(left, min(size[0], ceil(sides[2] + pad))), max(top, min(size[1], ceil(sides[3] + pad)))


def _paper(grey: Image.Image, inner: _Sides, outer: _Sides) -> int:
    """What a word stands on: the middle one of the greys about it."""
    ring = [
        most - least for most, least in zip(grey.crop(outer).histogram(), grey.crop(inner).histogram(), strict=True)
    ]
    half, sofar = sum(ring) / 2, 0
    for value, pixels in enumerate(ring):
        sofar += pixels
        if sofar >= half:
            return value
    return 255


def _stretched(word: Seen, view: Image.Image) -> bool:
    """Whether a word is far wider than its letters are: the rules of a table, read as letters."""
    wide, high = (word.box.right - word.box.left) * view.width, (word.box.bottom - word.box.top) * view.height
    return wide > 3 * high * len(word.text) or high > 6 * wide


# What is nearly white is white in a copy, and nearly black black: writing fainter than this nobody reads, nor do we.
UNGHOSTED = [0 if value <= 24 else 255 if value >= 231 else value for value in range(256)]


def _worth(words: Sequence[Seen]) -> float:
    """How much was read: letters, by how sure."""
    return sum(word.sure * sum(map(str.isalpha, word.text)) for word in words if word.sure > 0.5)


def _mean(words: Sequence[Seen]) -> float:
    return sum(word.sure for word in words) / len(words) if words else 0.0


def _back(word: Seen, quarter: int) -> Seen:
    """A word read in a picture turned so many quarters against the clock, where it is in the one not turned."""
    box = word.box
    match quarter:
        case 1:
            box = Box(1 - box.bottom, box.left, 1 - box.top, box.right)
        case 2:
            box = Box(1 - box.right, 1 - box.bottom, 1 - box.left, 1 - box.top)
        case _:
            box = Box(box.top, 1 - box.right, box.bottom, 1 - box.left)
    return Seen(word.text, box, word.sure, word.line)


def passage_of(
    words: Sequence[Seen], *, page: int, label: str = "", stays: bool = True, size: tuple[float, float] = (1.0, 1.0)
) -> Passage:
    """Words read from pixels as one text, a line of it for each line of the picture, cells of a table parted by tabs.
    `size` is the picture's, in any unit.
    """
    spots = [Frame.of(word.box, size) for word in words]
    lines: dict[int, list[Frame]] = {}
    for word, spot in zip(words, spots, strict=True):
        lines.setdefault(word.line, []).append(spot)
    columns = columns_of(list(lines.values()))
    spaces = {number: space_of(line) for number, line in lines.items()}
    text = ""
    placed: list[Word] = []
    before: tuple[int, Frame] | None = None
    for word, spot in zip(words, spots, strict=True):
        if before is not None and before[0] != word.line:
            text += "\n"
        elif before is not None:
            text += "\t" if parted(before[1].right, spot, columns, spaces[word.line]) else " "
        placed.append(Word(len(text), len(text) + len(word.text), word.box, word.sure))
        text += word.text
        before = word.line, spot
    return Passage(text, Place.PICTURE, page, label, stays, tuple(placed))


def words_of(passage: Passage) -> list[Seen]:
    """The words of such a text again."""
    return [
        Seen(passage.text[word.start : word.end], word.box, word.sure, passage.text.count("\n", 0, word.start))
        for word in passage.words
    ]


def doubtful(words: Sequence[Seen]) -> bool:
    """Whether there is something like writing that could not be made out."""
    poor = sum(1 for word in words if word.sure < 0.5 and any(map(str.isalnum, word.text)))
    return poor >= 3 or (poor > 0 and poor * 4 >= len(words))


_LOOKALIKE = str.maketrans({"1": "l", "i": "l", "|": "l", "0": "o", "5": "s", "8": "b", "ı": "l", "ł": "l", "đ": "d"})


def plain(text: str) -> str:
    """Letters and figures alone, without marks, those that readers of pictures confuse made one."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in bare if letter.isalnum()).translate(_LOOKALIKE)


def alike(one: str, other: str) -> bool:
    """Whether two readings can be of the same ink."""
    a, b = plain(one), plain(other)
    if a == b:
        return True
    if not a or not b:
        return not a and not b
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.7
