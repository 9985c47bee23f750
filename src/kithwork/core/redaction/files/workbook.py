"""Excel workbooks: a new book of the values of visible cells, with the look of the old one.

Formulas become the values they last had. Comments, links, lists of choices, defined names, charts, pivot tables and
everything hidden stay behind.
"""

import datetime
import io
import posixpath
import re
import warnings
from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.drawing.image import Image as Drawing
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import pixels, rebuilt, seeing
from kithwork.core.redaction.files.packages import parts_of, sweep
from kithwork.core.redaction.files.shape import (
    Cuts,
    Progress,
    Reading,
    Remade,
    Seen,
    Texts,
    Tools,
    Unreadable,
    cut_text,
)
from kithwork.core.redaction.files.word.vocabulary import TYPEFACES
from kithwork.core.redaction.passages import Passage, Place

_DAMAGED = "This workbook is damaged, so that not all of it could be read. Open it, save it again, and send that."
_CHARTS = "The copy has no charts: they cannot be copied safely. Send a PDF of the sheet if they matter."
_EMPTY = "Some formulas hold no value, and are empty in the copy. Open the workbook, save it, and send that."
_BUILTIN = frozenset(BUILTIN_FORMATS.values())
_FORMAT = re.compile(
    r"^(?:[0#?.,%/ ()\-+:;@$£€*_\\]|[Ee][-+]0|General|[ymdhsYMDHS]+|AM/PM|A/P|"
    r"\[(?:Red|Black|Blue|Green|White|Yellow|Cyan|Magenta|h+|m+|s+)\]|\[\$[£$€]?(?:-[0-9A-Fa-f]{1,6})?\]|\"[^A-Za-z\"]{0,3}\")+$"
)
_BAD_TITLE = re.compile(r"[\[\]:*?/\\]")

Within = Callable[[bytes, str], None]


def read(content: bytes, texts: Texts, tools: Tools, within: Within, progress: Progress) -> Reading:
    """All that a workbook says, shown or hidden."""
    parts = parts_of(content)
    walk = Walk(texts, tools, None, {})
    walk.book(_opened(content), progress)
    for name, data in sorted(parts.items()):
        if data.startswith((b"PK", b"%PDF")):
            within(data, posixpath.basename(name))
        elif data.startswith((b"\x89PNG", b"\xff\xd8")):
            for text, label in pixels.said_by(data):
                texts.add(Passage(text, Place.PROPERTY, 0, f"of a picture: {label}", stays=False))
            if data not in walk.drawn and (words := seeing.seen(seeing.opened(data), tools)):
                texts.add(seeing.passage_of(words, page=0, label="a picture that is not shown", stays=False))
    sweep(parts, texts, known=(), skip={})
    notes = [_CHARTS] if any("/charts/" in name for name in parts) else []
    if any(b"<f" in data and re.search(rb"<f\b[^>]*>[^<]*</f></c>|<f\b[^>]*/></c>", data) for data in parts.values()):
        notes.append(_EMPTY)
    return Reading(tuple(texts.found), 0, tuple(notes))


def remake(content: bytes, reading: Reading, cuts: Cuts, tools: Tools, progress: Progress) -> Remade:
    """The new book."""
    rebuilt.check(reading, cuts)
    book = Walk(Texts(), tools, reading, cuts).book(_opened(content), progress)
    out = io.BytesIO()
    book.save(out)
    return Remade(out.getvalue(), Kind.XLSX, ".xlsx")


def _opened(content: bytes) -> openpyxl.Workbook:
    """With the values that formulas last had. Raises Unreadable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that it does not know, and that the copy does without
            return openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    except MemoryError:
        raise
    except Exception as fault:  # openpyxl reports one thing, a damaged workbook, by many kinds of exception
        raise Unreadable(_DAMAGED) from fault


class Walk:
    """One walk through a workbook, in the same order each time it is read or remade."""

    def __init__(self, texts: Texts, tools: Tools, known: Reading | None, cuts: Cuts) -> None:
        self._texts, self._tools, self._known, self._cuts = texts, tools, known, cuts
        self._looks: dict[int, tuple[Font, PatternFill, Alignment, Border, str]] = {}
        self.drawn: set[bytes] = set()

    def book(self, old: openpyxl.Workbook, progress: Progress) -> openpyxl.Workbook:
        """The new book."""
        new = openpyxl.Workbook()
        new.remove(new.active)
        new.properties.creator = new.properties.lastModifiedBy = None
        new.properties.created = new.properties.modified = datetime.datetime(1980, 1, 1)
        sheets = old.worksheets
        for number, sheet in enumerate(sheets, 1):
            if sheet.sheet_state == "visible":
                self._sheet(sheet, new)
            else:
                self._hidden_sheet(sheet)
            progress(number, len(sheets))
        if not new.worksheets:
            raise Unreadable("No sheet of this workbook is shown, so there is nothing to copy.")
        return new

    def _say(self, text: str, place: Place, label: str = "", *, stays: bool = True) -> str:
        """Add a passage; the text that is left of it."""
        index = self._texts.add(Passage(text, place, 0, label, stays))
        return cut_text(text, self._cuts.get(index, ())) if stays else ""

    def _hidden_sheet(self, sheet: Worksheet) -> None:
        self._say(sheet.title, Place.SHEET, "hidden sheet", stays=False)
        for cell, text in _cells(sheet):
            self._say(text, Place.CELL, f"hidden sheet, {cell.coordinate}", stays=False)

    def _sheet(self, old: Worksheet, new: openpyxl.Workbook) -> None:
        title = _BAD_TITLE.sub(" ", self._say(old.title, Place.SHEET, "sheet")).strip(" '")[:31] or "Sheet"
        made: Worksheet = new.create_sheet(title)
        _measures(old, made)
        for part in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
            for side in ("left", "center", "right"):
                text = getattr(getattr(old, part), side).text
                if text and text.strip():
                    getattr(getattr(made, part), side).text = self._say(text, Place.HEADER, part)
        hidden_columns = _hidden_columns(old)
        heads: dict[int, str] = {}
        for cell, text in _cells(old):
            hidden = cell.column in hidden_columns or bool(old.row_dimensions[cell.row].hidden)
            if hidden or ";;;" in (cell.number_format or ""):
                self._say(text, Place.CELL, f"hidden cell {cell.coordinate}", stays=False)
                continue
            label = heads.setdefault(cell.column, "")
            left = self._say(text, Place.CELL, label)
            if not label:
                heads[cell.column] = text[:80]
            target = made.cell(cell.row, cell.column)
            target.value = cell.value if left == text else left
            if isinstance(target.value, str):
                target.data_type = "s"  # never a formula, whatever it begins with
        self._dress(old, made, hidden_columns)
        for drawing in old._images:
            self._draw(drawing, made)

    def _dress(self, old: Worksheet, made: Worksheet, hidden_columns: set[int]) -> None:
        """Give cells their looks: visible ones, empty or not."""
        for row in old.iter_rows():
            for cell in row:
                if not cell.has_style or cell.column in hidden_columns or old.row_dimensions[cell.row].hidden:
                    continue
                look = self._looks.get(cell._style.__hash__()) or self._look(cell)
                target = made.cell(cell.row, cell.column)
                target.font, target.fill, target.alignment, target.border, form = look
                if not isinstance(target, MergedCell) and not (isinstance(target.value, str) and form == "General"):
                    target.number_format = form

    def _look(self, cell: Cell) -> tuple[Font, PatternFill, Alignment, Border, str]:
        font, fill, border = cell.font, cell.fill, cell.border
        form = cell.number_format or "General"
        if form not in _BUILTIN and not _FORMAT.match(form):
            form = "General"
        look = (
            Font(
                name=font.name if font.name in TYPEFACES else None, sz=font.sz, b=font.b, i=font.i, u=font.u,
                strike=font.strike, color=copy(font.color), vertAlign=font.vertAlign,
            ),
            PatternFill(fill.patternType, copy(fill.fgColor), copy(fill.bgColor))
            if getattr(fill, "patternType", None)
            else PatternFill(),
            copy(cell.alignment),
            Border(**{side: Side(getattr(border, side).style, copy(getattr(border, side).color))
                      for side in ("left", "right", "top", "bottom") if getattr(border, side) is not None}),
            form,
        )  # fmt: skip
        self._looks[cell._style.__hash__()] = look
        return look

    def _draw(self, drawing: Any, made: Worksheet) -> None:
        """A picture on a sheet, without what is cut from its words, in its place."""
        content = drawing._data()
        self.drawn.add(content)
        image = seeing.opened(content)
        words = seeing.seen(image, self._tools) if self._known is None else self._words_then()
        passage = seeing.passage_of(words, page=0, size=image.size)
        index = self._texts.add(passage)
        image, _ = rebuilt.without(image, [(passage, self._cuts.get(index, ()))])
        new = Drawing(io.BytesIO(pixels.saved(image, Kind.PNG)))
        new.anchor = _anchor(drawing.anchor)
        made.add_image(new)

    def _words_then(self) -> list[Seen]:
        index = len(self._texts.found)
        then = self._known.passages[index] if self._known and index < len(self._known.passages) else None
        return seeing.words_of(then) if then is not None else []


def _anchor(old: Any) -> Any:
    """Where a picture stands: cells and offsets alone, since an anchor also holds its name and description."""
    new = type(old)()
    for side in ("_from", "to", "pos", "ext"):
        if getattr(old, side, None) is not None:
            setattr(new, side, copy(getattr(old, side)))
    return new


def _cells(sheet: Worksheet) -> Iterator[tuple[Cell, str]]:
    """The cells that hold anything, row by row, with what they show."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None and not isinstance(cell, MergedCell) and (text := shown(cell)).strip():
                yield cell, text


def shown(cell: Cell) -> str:
    """What a cell shows, near enough to know a number or a date of birth by."""
    value: object = cell.value
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime.datetime() if value.time() == datetime.time():
            return f"{value:%d/%m/%Y}"
        case datetime.datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case datetime.date():
            return f"{value:%d/%m/%Y}"
        case float() if value.is_integer() and abs(value) < 1e15:
            value = int(value)
        case _:
            pass
    form = cell.number_format or ""
    if isinstance(value, int) and re.fullmatch("0{2,20}", form):
        return str(value).zfill(len(form))
    return str(value)


def _hidden_columns(sheet: Worksheet) -> set[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden or dimension.width == 0:
            hidden.update(range(dimension.min or 0, min(dimension.max or 0, 16_384) + 1))
    return hidden


def _measures(old: Worksheet, new: Worksheet) -> None:
    """Widths, heights, merged cells, what stays in view, how it is printed."""
    for dimension in old.column_dimensions.values():
        if dimension.min and dimension.max:
            for column in range(dimension.min, min(dimension.max, dimension.min + 200) + 1):
                made = new.column_dimensions[get_column_letter(column)]
                made.width, made.hidden = dimension.width, dimension.hidden
    for number, dimension in old.row_dimensions.items():
        if dimension.height is not None or dimension.hidden:
            new.row_dimensions[number].height, new.row_dimensions[number].hidden = dimension.height, dimension.hidden
    for area in old.merged_cells.ranges:
        new.merge_cells(area.coord)
    new.freeze_panes = old.freeze_panes
    new.sheet_format.defaultRowHeight = old.sheet_format.defaultRowHeight
    new.sheet_format.defaultColWidth = old.sheet_format.defaultColWidth
    new.sheet_view.showGridLines = old.sheet_view.showGridLines
    new.page_setup.orientation = old.page_setup.orientation
    new.page_setup.paperSize = old.page_setup.paperSize
    new.page_setup.fitToWidth, new.page_setup.fitToHeight = old.page_setup.fitToWidth, old.page_setup.fitToHeight
    new.sheet_properties.pageSetUpPr = copy(old.sheet_properties.pageSetUpPr)
