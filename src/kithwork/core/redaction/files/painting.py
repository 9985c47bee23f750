"""Words taken out of a picture: what was there goes back to the colour of the paper, a small label of a width that
says nothing about the name is put in its place, and the rest of the line moves up, as if it had been typed so.

A box drawn over a name shows how long the name was, and a name of known length is half found.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw, ImageFont

from kithwork.core.redaction.files.columns import Begin, columns_of, parted, space_of

_WIDE = 0.65  # a gap of so many heights is no space between words: an indent after a bullet, a narrow cell
_FLAT = 60  # how far a channel may be off the paper's colour: the noise of a scan
_FAINT = 24  # between the lightest and the darkest of a place, of 255: no eye reads that
_CHIP = (226, 228, 232)
_INK = (20, 20, 24)


@dataclass(frozen=True, slots=True)
class Spot:
    """A word in a picture, in its pixels; `text` is what stands there afterwards.

    `cut`: whether any of it goes. `joins`: it goes in one piece with the word before it.
    """

    left: float
    top: float
    right: float
    bottom: float
    text: str
    cut: bool = False
    joins: bool = False

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def covers(self, other: "Spot") -> float:
        """The share of another spot's area that lies in this one."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        area = (other.right - other.left) * other.height
        return wide * high / area if wide > 0 and high > 0 and area > 0 else 0.0


def painted(picture: Image.Image, spots: Sequence[Spot]) -> tuple[Image.Image, list[Spot]]:
    """A new picture without what is cut, and where each word that is left now stands, in the order given.

    A word that lies under one that was cut is gone with it, whoever read it: another reading of the same ink.
    """
    if not any(spot.cut for spot in spots):
        return picture.copy(), list(spots)
    canvas = picture.copy()
    spots = [_unseen(picture, canvas, spot) if spot.cut else spot for spot in spots]
    gone = [spot for spot in spots if spot.cut]
    kept = [
        (index, spot) for index, spot in enumerate(spots) if spot.cut or not any(one.covers(spot) > 0.3 for one in gone)
    ]
    placed: dict[int, Spot] = {}
    lines = _lines(kept)
    columns = columns_of([[spot for _, spot in line] for line in lines])
    lined = [_runs(line, columns) for line in lines]
    page = _Page.of([run for runs in lined for run in runs], picture.width)
    waiting: list[tuple[Line, float]] = []
    for runs in lined:
        for number, run in enumerate(runs):
            if not any(spot.cut for _, spot in run):
                placed |= dict(run)
                continue
            room = min((spot.left for _, spot in runs[number + 1]), default=0.0) if number + 1 < len(runs) else 0.0
            waiting.append((run, room or picture.width))
    # what only goes, without a label, goes first: lines are close, and it must not take a label with it
    for run, room in sorted(waiting, key=lambda item: any(spot.cut and spot.text for _, spot in item[0])):
        placed |= _redone(picture, canvas, run, room, page)
    return canvas, [placed[index] for index in sorted(placed) if placed[index].text]


def _unseen(picture: Image.Image, canvas: Image.Image, spot: Spot) -> Spot:
    """Where nobody can see a word (white on white, under a bar), its place is made of one colour, and no label stands
    there: it would say that something had been. A ghost too faint to see goes with it.
    """
    area = _area([(0, spot)], picture)
    piece = picture.crop(area)
    if not piece.width or not piece.height or any(_spread(band) > _FAINT for band in piece.split()):
        return spot
    paper = piece.getpixel((0, 0))
    ImageDraw.Draw(canvas).rectangle(
        (area[0], area[1], area[2] - 1, area[3] - 1), fill=paper if paper is not None else 0
    )
    return replace(spot, text="", cut=False)


def _spread(band: Image.Image) -> int:
    """How far the lightest of one channel is from the darkest."""
    there = [value for value, count in enumerate(band.histogram()) if count]
    return there[-1] - there[0] if there else 0


Line = list[tuple[int, Spot]]


def _lines(spots: Iterable[tuple[int, Spot]]) -> list[Line]:
    """Words that stand side by side."""
    lines: list[tuple[float, float, Line]] = []
    for index, spot in sorted(spots, key=lambda item: (item[1].top + item[1].bottom, item[1].left)):
        middle = (spot.top + spot.bottom) / 2
        for number in range(len(lines) - 1, max(-1, len(lines) - 6), -1):
            at, height, line = lines[number]
            small, large = sorted((height, spot.height))
            if abs(at - middle) < 0.45 * min(large, 2.5 * small):  # a bullet is far smaller than the words after it
                line.append((index, spot))
                break
        else:
            lines.append((middle, spot.height, [(index, spot)]))
    return [sorted(line, key=lambda item: item[1].left) for _, _, line in lines]


def _runs(line: Line, columns: Sequence[Begin]) -> list[Line]:
    """The words of a line, parted where a column or a cell ends."""
    runs: list[Line] = []
    end, space = 0.0, space_of([spot for _, spot in line])
    for item in line:
        spot = item[1]
        if not runs or parted(end, spot, columns, space):
            runs.append([item])
        else:
            runs[-1].append(item)
        end = max(end, spot.right) if runs[-1][0] is not item else spot.right
    return runs


def _groups(run: Line) -> list[Line]:
    """The words that go, those of one name together."""
    groups: list[Line] = []
    for item in run:
        if not item[1].cut:
            continue
        over = bool(groups) and item[1].left < max(spot.right for _, spot in groups[-1])
        if groups and item[1].joins:
            groups[-1].append(item)
        elif over:  # a second reading of the same ink
            groups[-1].append((item[0], replace(item[1], text="")))
        else:
            groups.append([item])
    return groups


@dataclass(frozen=True, slots=True)
class _Page:
    """What the runs of a page have in common: the height of words, and the edges that several begin or end at."""

    height: float
    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    middles: tuple[float, float]  # of the paper, and of what is on it

    @classmethod
    def of(cls, runs: Sequence[Line], width: int) -> "_Page":
        every = [spot for run in runs for _, spot in run]
        heights = sorted(spot.height for spot in [one for one in every if not one.cut] or every)
        return cls(
            heights[len(heights) * 7 // 10] if heights else 1.0,  # of those with a tall letter
            tuple(run[0][1].left for run in runs),
            tuple(max(spot.right for _, spot in run) for run in runs),
            (
                width / 2,
                (min(run[0][1].left for run in runs) + max(spot.right for run in runs for _, spot in run)) / 2
                if len(runs) > 2
                else width / 2,
            ),
        )

    def words_height(self, run: Line) -> float:
        """The height to write in: a word without high or low letters is no smaller than its neighbours."""
        heights = sorted(spot.height for _, spot in run if not spot.cut) or [run[0][1].height]
        own = heights[-1] if len(heights) < 4 else heights[-2]  # one of many may be two readings in one box
        return self.height if 0.55 < own / max(1.0, self.height) < 1.4 else own

    def pulled(self, run: Line) -> float:
        """How far a run that gets shorter moves to the right, as a share of what it loses: where it began or ended
        says how long it was, if nothing else on the page begins or ends there.
        """
        left, right, near = run[0][1].left, max(spot.right for _, spot in run), self.height * 0.3
        if sum(abs(one - left) < near for one in self.lefts) > 1:
            return 0.0
        if sum(abs(one - right) < near for one in self.rights) > 1:
            return 1.0
        return 0.5 if any(abs((left + right) / 2 - one) < one * 0.03 for one in self.middles) else 0.0


def _redone(picture: Image.Image, canvas: Image.Image, run: Line, room: float, page: _Page) -> dict[int, Spot]:
    """Paint one run of words anew; `room` is where the next one begins."""
    height, pull = max(spot.height for _, spot in run), page.pulled(run)
    top = max(0, int(min(spot.top for _, spot in run) - 2 - height * 0.08))
    bottom = min(picture.height, int(max(spot.bottom for _, spot in run) + 3 + height * 0.08))
    groups = _groups(run)
    first = max(0, int(min(spot.left for _, spot in (run[:1] if pull else groups[0])) - 2))
    end = min(picture.width, int(max(spot.right for _, spot in run) + 3))
    paper = _paper(picture, run, (first, top, end, bottom))
    if paper is not None:
        high = page.words_height(run)
        for size in (1.2, 1.05, 0.9, 0.75, 0.6, 0.5):
            font = ImageFont.load_default(max(7.0, high * size))
            told = _moved(picture, canvas, run, groups, (first, top, end, bottom), paper, font, room, pull, high)
            if told is not None:
                return told
    placed: dict[int, Spot] = {index: spot for index, spot in run if not spot.cut}
    for group in groups:
        area = _area(group, picture)
        text = "".join(spot.text for _, spot in group)
        if not text:  # the rest of a name that is broken over two lines
            corner = picture.getpixel((area[0], area[1]))
            ImageDraw.Draw(canvas).rectangle(area, fill=corner if corner is not None else 0)
            continue
        ImageDraw.Draw(canvas).rectangle(area, fill=_mode(canvas, _CHIP))
        size = max(7.0, min(area[2] - area[0], area[3] - area[1]) * 0.7)
        _label(canvas, area, text, ImageFont.load_default(size))
        placed[group[0][0]] = Spot(*area, text=text)
    return placed


def _area(group: Line, picture: Image.Image) -> tuple[int, int, int, int]:
    pad = 2 + max(spot.height for _, spot in group) * 0.1
    return (
        max(0, int(min(spot.left for _, spot in group) - pad)),
        max(0, int(min(spot.top for _, spot in group) - pad)),
        min(picture.width - 1, int(max(spot.right for _, spot in group) + pad) + 1),
        min(picture.height - 1, int(max(spot.bottom for _, spot in group) + pad) + 1),
    )


Paper = int | tuple[int, ...]


def _paper(picture: Image.Image, run: Line, strip: tuple[int, int, int, int]) -> Paper | None:
    """The colour behind a run of words; None where it is not one colour, as on a photograph or across a ruled line."""
    if any(spot.height > 1.5 * (spot.right - spot.left) and len(spot.text) > 2 for _, spot in run):
        return None  # it runs up or down the page
    piece = picture.crop(strip)
    covered = {x for _, spot in run for x in range(int(spot.left) - 2 - strip[0], int(spot.right) + 3 - strip[0])}
    edge = [piece.getpixel((x, y)) for x in range(0, piece.width, 3) for y in (0, piece.height - 1)]
    gaps = [piece.getpixel((x, y)) for x in range(piece.width) if x not in covered for y in range(0, piece.height, 2)]
    samples = [_bands(one) for one in (*edge, *gaps) if one is not None]
    if not samples:
        return None
    counted: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
    for sample in samples:
        counted.setdefault(tuple(part // 24 for part in sample), []).append(sample)
    commonest = max(counted.values(), key=len)
    paper = tuple(sorted(part[at] for part in commonest)[len(commonest) // 2] for at in range(len(commonest[0])))
    # the strokes of the next line may reach into an edge; between words there is nothing but paper
    for some, most in ((samples[: len(edge)], 0.25), (samples[len(edge) :], 0.06)):
        if sum(any(abs(a - b) > _FLAT for a, b in zip(one, paper, strict=True)) for one in some) > len(some) * most:
            return None
    return paper if len(paper) > 1 else paper[0]


def _bands(sample: float | tuple[int, ...]) -> tuple[int, ...]:
    return tuple(int(part) for part in sample) if isinstance(sample, tuple) else (int(sample),)


def _moved(
    picture: Image.Image,
    canvas: Image.Image,
    run: Line,
    groups: list[Line],
    strip: tuple[int, int, int, int],
    paper: Paper,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    room: float,
    pull: float,
    height: float,
) -> dict[int, Spot] | None:
    """Labels in place of names, and what follows moved up to them. None where it would run into what comes next.

    Where a label stands, and how high it is, follows from the words beside it and never from what it stands for: the
    same line with another name in it becomes the same line, to the pixel.
    """
    first, top, end, bottom = strip
    gap = max(2, round(height * 0.3))
    pieces = _pieces(run, groups, first)
    widths = [_width(piece, font) if piece[0][1].cut else right - left for piece, left, right in pieces]
    before = [spot for _, spot in run if not spot.cut and spot.right <= first + gap and spot.left < first]
    at = round(max(spot.right for spot in before)) + gap if before else first
    begins = min(spot.left for _, spot in groups[0])
    if before and not pull and begins - max(spot.right for spot in before) > _WIDE * height:
        at = round(begins)  # where something else than the words before it has put it
    total = sum(widths) + gap * (sum(1 for width in widths if width) - 1)
    if at + total > max(end, room - (bottom - top) * 0.3):
        return None
    ImageDraw.Draw(canvas).rectangle((min(first, at), top, end - 1, bottom - 1), fill=paper)
    placed = {index: spot for index, spot in run if not spot.cut and spot in before}
    at += max(0, int((end - first - total) * pull))
    kept = [spot for _, spot in run if not spot.cut]
    level = sum(spot.top + spot.bottom for spot in kept or [run[0][1]]) / 2 / len(kept or [run[0][1]])
    for (piece, left, right), width in zip(pieces, widths, strict=True):
        if not piece[0][1].cut:
            canvas.paste(picture.crop((left, top, right, bottom)), (at, top))
            for index, spot in piece:
                placed[index] = replace(spot, left=spot.left + at - left, right=spot.right + at - left)
        elif width:
            text = "".join(spot.text for _, spot in piece)
            _label(canvas, (at, round(level - height * 0.62), at + width - 1, round(level + height * 0.62)), text, font)
            upper, pad = level - height / 2, height * 0.1
            placed[piece[0][0]] = Spot(at + pad, upper, max(at + pad + 1, at + width - pad), upper + height, text)
        else:
            continue
        at += width + gap
    return placed


def _pieces(run: Line, groups: list[Line], first: int) -> list[tuple[Line, int, int]]:
    """What follows the place where painting begins: labels to come, and stretches that stay, with their edges. No
    stretch reaches into what goes, whatever box a reader of pictures gave its words.
    """
    gone = [(min(s.left for _, s in group), max(s.right for _, s in group), group) for group in groups]
    pieces: list[tuple[Line, int, int]] = []
    reach = float(first)
    for left, right, group in [*gone, (float("inf"), float("inf"), [])]:
        words = [item for item in run if not item[1].cut and item[1].left >= reach - 4 and item[1].left < left]
        if words:
            start = max(reach, min(spot.left for _, spot in words) - 2)
            stop = min(left - 1, max(spot.right for _, spot in words) + 3)
            if int(stop) > int(start):
                pieces.append((words, int(start), int(stop)))
        if group:
            pieces.append((group, int(left), int(right)))
            reach = right + 1
    return pieces


def _width(group: Line, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> int:
    text = _drawable("".join(spot.text for _, spot in group))
    return int(font.getlength(text) + font.getlength("n")) + 2 if text else 0


def _label(
    canvas: Image.Image,
    area: tuple[int, int, int, int],
    text: str,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    draw, text = ImageDraw.Draw(canvas), _drawable(text)
    draw.rounded_rectangle(area, (area[3] - area[1]) / 6, fill=_mode(canvas, _CHIP))
    while text and font.getlength(text) > area[2] - area[0] - 2 and len(text) > 1:
        text = text[:-1]
    middle = ((area[0] + area[2]) / 2, (area[1] + area[3]) / 2)
    draw.text(middle, text, font=font, fill=_mode(canvas, _INK), anchor="mm")


_STROKED = str.maketrans({"Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "ı": "i", "Ħ": "H", "ħ": "h", "’": "'", "‘": "'"})


def _drawable(text: str) -> str:
    """The text in letters that the typeface has (Latin-1): without marks, a dash for a letter of another script."""
    drawn = []
    for letter in text.translate(_STROKED):
        base = letter if ord(letter) < 256 else unicodedata.normalize("NFKD", letter)[0]
        drawn.append(base if ord(base) < 256 else "-")
    return "".join(drawn)


def _mode(canvas: Image.Image, colour: tuple[int, int, int]) -> Paper:
    return colour if canvas.mode == "RGB" else colour[0]
