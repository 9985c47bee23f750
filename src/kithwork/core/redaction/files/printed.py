"""The pages of a PDF, by PDFium: each as a picture, and the text that lies in it, letter by letter with its place.

Whatever a PDF may hold beside (`hidden.py` reads it), a page is what is drawn of it: that alone goes into a copy.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from kithwork.core.redaction.files.shape import PAGES, Unreadable
from kithwork.core.redaction.passages import Box

DOTS = 200  # per inch: letters of 6 points are still read, and a page is a tenth of a megabyte
_LARGEST = 30_000_000  # pixels of one page: a sheet of A0 is rendered more coarsely
_LOCKED = "This PDF is locked with a password. Take the password off, save it, and send that."
_BROKEN = "This PDF is damaged, so that not all of it could be read. Print it to a new PDF, and send that."


@dataclass(frozen=True, slots=True)
class Letters:
    """The text of a page in the order in which it is stored; a box for each character, None for one never drawn."""

    text: str
    boxes: tuple[Box | None, ...]


@contextmanager
def opened(content: bytes) -> Iterator[pdfium.PdfDocument]:
    """The document. Raises Unreadable: locked, damaged, too long."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as fault:
        locked = "assword" in str(fault) or "ecurity" in str(fault)
        raise Unreadable(_LOCKED if locked else _BROKEN) from fault
    try:
        count = len(document)
        if not count:
            raise Unreadable("This PDF has no pages.")
        if count > PAGES:
            raise Unreadable(f"This PDF has {count:,} pages; the most is {PAGES}. Split it and send what matters.")
        document.init_forms()  # so that what is typed into a form is drawn
        yield document
    finally:
        document.close()


def drawn(page: pdfium.PdfPage) -> Image.Image:
    """The page as it is shown, with its annotations and what its form holds: mode RGB."""
    width, height = page.get_size()
    if not (0.5 < width < 20_000 and 0.5 < height < 20_000):
        raise Unreadable(_BROKEN)
    scale = DOTS / 72
    if width * height * scale * scale > _LARGEST:
        scale = (_LARGEST / (width * height)) ** 0.5
    try:
        bitmap = page.render(scale=scale, may_draw_forms=True, draw_annots=True, fill_color=(255, 255, 255, 255))
        picture: Image.Image = bitmap.to_pil().convert("RGB")
    except (pdfium.PdfiumError, ValueError) as fault:
        raise Unreadable(_BROKEN) from fault
    return picture


def page_of(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """A page, from 1."""
    try:
        return document[number - 1]
    except (pdfium.PdfiumError, IndexError) as fault:
        raise Unreadable(_BROKEN) from fault


def letters(page: pdfium.PdfPage) -> Letters:
    """The text that lies in a page, drawn or not, whatever colour it has, and on or off its paper."""
    try:
        layer = page.get_textpage()
    except pdfium.PdfiumError as fault:
        raise Unreadable(_BROKEN) from fault
    try:
        return _letters(page, layer)
    finally:
        layer.close()


def _letters(page: pdfium.PdfPage, layer: Any) -> Letters:
    width, height = (max(1, round(side * 10)) for side in page.get_size())
    text: list[str] = []
    boxes: list[Box | None] = []
    waiting = 0
    for index in range(raw.FPDFText_CountChars(layer)):
        code = raw.FPDFText_GetUnicode(layer, index)
        if 0xD800 <= code < 0xDC00:
            waiting = code
            continue
        if 0xDC00 <= code < 0xE000 and waiting:
            code, waiting = 0x10000 + ((waiting - 0xD800) << 10) + (code - 0xDC00), 0
        letter = _LETTERS.get(code) or (chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd")
        text.append(letter)
        boxes.append(None if letter in "\r\n" else _box(page, layer, index, width, height))
    return Letters("".join(text), tuple(boxes))


_LETTERS = {0: "\ufffd", 2: "-", 0xFFFE: "-", 0xA0: " "}  # PDFium's own sign for a hyphen at the end of a line


def _box(page: pdfium.PdfPage, layer: Any, index: int, width: int, height: int) -> Box | None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(layer, index, left, right, bottom, top):
        return None
    sides = (left.value, top.value, right.value, bottom.value)
    if abs(sides[0] - sides[2]) < 0.05 or abs(sides[1] - sides[3]) < 0.05:  # letters without a shape, over a scan
        loose = raw.FS_RECTF()
        if not raw.FPDFText_GetLooseCharBox(layer, index, loose):
            return None
        sides = (loose.left, loose.top, loose.right, loose.bottom)
    if sides[0] == sides[2] and sides[1] == sides[3]:
        return None
    corners = []
    for x, y in (sides[:2], sides[2:]):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down)
        corners.append((across.value / width, down.value / height))
    (x0, y0), (x1, y1) = corners
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
