"""Plain text and CSV: readable, in an encoding that can be told, and not a page or script in disguise."""

import csv
import io
import re

from kithwork.core.documents.kinds import Refusal

_RESAVE = "Open it in a text editor, save it as plain text in UTF-8, and upload that."
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f]")  # tab, newline, form feed and return are text
_TAG = re.compile(
    r"<(?:!doctype|html|head|body|script|svg|iframe|style|meta|link|math|xsl|table)\b|<!--", re.IGNORECASE
)
_CELL = 1_000_000  # characters in one cell; a real one is a hundredth of that


def read(data: bytes) -> str:
    """The text of the file. Raises Refusal when it is not text in UTF-8, UTF-16 (with its mark) or Windows-1252."""
    text = _decode(data)
    if "\x00" in text:
        raise Refusal(f"This is not plain text: it holds null characters. {_RESAVE}")
    if _CONTROL.search(text):
        raise Refusal(f"This is not plain text, and not a kind of file that is kept. {_RESAVE}")
    return text


def _decode(data: bytes) -> str:
    try:
        if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
            raise Refusal(f"This text is in UTF-32. {_RESAVE}")
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise Refusal(f"This is not plain text: it holds null characters. {_RESAVE}")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise Refusal(
            f"The letters of this text cannot be told: it is in none of the usual encodings. {_RESAVE}"
        ) from None


def refuse_markup(data: bytes) -> None:
    """Raises Refusal when the text is a web page, a drawing in SVG or other mark-up that a browser would run."""
    start = data[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = start.decode("utf-16", "replace").lstrip("\ufeff")
    else:
        text = start.decode("utf-8", "replace").lstrip("\ufeff")
    bare = _after_comments(text)
    if _TAG.match(bare):
        what = "SVG drawings" if re.search(r"<svg\b", text, re.IGNORECASE) else "Web pages"
        raise Refusal(f"{what} are not kept, because they can run programs. Save it as PDF or PNG and upload that.")
    if bare.startswith("<?"):
        raise Refusal("XML files are not kept. Save it as PDF, CSV or plain text and upload that.")


def _after_comments(text: str) -> str:
    """The text after leading spaces, whole comments and, when more mark-up follows, declarations (`<?xml … ?>`)."""
    while True:
        text = text.lstrip()
        for opens, closes in (("<!--", "-->"), ("<?", "?>")):
            end = text.find(closes) if text.startswith(opens) else -1
            if end >= 0 and (opens == "<!--" or _TAG.match(_after_comments(text[end + 2 :]))):
                text = text[end + len(closes) :]
                break
        else:
            return text


def look_csv(data: bytes) -> None:
    """Raises Refusal when the text does not hold together as a table."""
    reader = csv.reader(io.StringIO(read(data), newline=""), strict=False)
    try:
        widest = max((max(map(len, row), default=0) for row in reader), default=0)
    except csv.Error:
        widest = _CELL + 1
    if widest > _CELL:
        raise Refusal(
            "This table cannot be read: a cell is enormous, perhaps because a quotation mark is not closed. "
            "Open it in a spreadsheet, save it as CSV again, and upload that."
        )
