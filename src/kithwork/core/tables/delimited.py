"""Tables as text: whatever the letters are coded in and whatever stands between the cells."""

import codecs
import csv
import io
import re
from collections import Counter

from kithwork.core.tables.shape import CELL, COLUMNS, ROWS, Book, Broken, Sheet, Unreadable, Value

_BETWEEN = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_TWICE = re.compile(
    "[ÂÃÄÅÆâ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_HELD = "Save it again as CSV in UTF-8, or as an Excel workbook (.xlsx)."


def read(data: bytes, name: str = "") -> Book:
    """The one sheet of a CSV, TSV or text file; `name` is what to call it. Raises Unreadable.

    Cells are text without spaces around it, None where empty. Letters that were read in the wrong code once and saved
    so are mended, cell by cell, and a note says so.
    """
    text, coded = decoded(data)
    notes = [coded] if coded else []
    between, text = separator(text)
    if between != ",":
        notes.append(f"The cells are separated by {_BETWEEN[between]}.")
    rows: list[tuple[Value, ...]] = []
    mended: list[str] = []
    csv.field_size_limit(1_000_000)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=between):
            if len(row) > COLUMNS and any(cell.strip() for cell in row[COLUMNS:]):
                raise Unreadable(f"A row has more than {COLUMNS} columns. Delete those that are not needed.")
            rows.append(tuple(_cell(cell, mended) for cell in row[:COLUMNS]))
            if len(rows) > ROWS:
                raise Unreadable(f"There are more than {ROWS:,} rows. Split the file in two.")
    except csv.Error:
        raise Unreadable(f"A cell is enormous: perhaps a quotation mark is not closed. {_HELD}") from None
    if not any(value is not None for row in rows for value in row):
        raise Unreadable("There is nothing in this file but empty cells.")
    if mended:
        cells = "1 cell" if len(mended) == 1 else f"{len(mended)} cells"
        notes.append(f"Letters with accents were garbled in {cells} and have been mended, such as ‘{mended[0]}’.")
    return Book((Sheet(name or "Table", tuple(rows)),), tuple(notes))


def decoded(data: bytes) -> tuple[str, str]:
    """The text, and a sentence about its code where it is not plain UTF-8. Raises Unreadable."""
    try:
        if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)) and len(data) % 4 == 0:
            raise Unreadable(f"The letters of this file are in UTF-32. {_HELD}")
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16"), "The letters were read as UTF-16."
        sample = data[:2000]
        if sample.count(0) > len(sample) // 4:  # every other byte of Western text in UTF-16
            little = sample[1::2].count(0) > sample[::2].count(0)
            return data.decode("utf-16-le" if little else "utf-16-be"), "The letters were read as UTF-16."
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise Unreadable(f"This is no text: it holds null characters. {_HELD}")
    # five bytes have no letter in Windows-1252; they become the mark of a lost one, and their cells a fault
    return data.decode("cp1252", "replace"), "The letters were read as Windows-1252, as older Excel saves them."


def separator(text: str) -> tuple[str, str]:
    """What stands between the cells, and the text without Excel's own line about it (`sep=;`)."""
    first = text.split("\n", 1)[0].strip().strip('"')
    if re.fullmatch(r"sep=[,;|\t]", first, re.IGNORECASE):
        return first[4], text.split("\n", 1)[1] if "\n" in text else ""
    start = text[:20_000]
    best, most = ",", (0.0, 0)
    for between in _BETWEEN:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(start, newline=""), delimiter=between) if any(row)]
        except csv.Error:
            continue
        width, often = Counter(widths).most_common(1)[0] if widths else (1, 0)
        # many rows of one width, and wide ones: a comma inside some addresses makes neither
        score = (often / max(1, len(widths)), width)
        if width > 1 and (score[0] * min(width, 4), width) > most:
            best, most = between, (score[0] * min(width, 4), width)
    return best, text


def _cell(text: str, mended: list[str]) -> Value:
    said = text.strip(" \u00a0\t\r\n\u200b\ufeff")
    if not said:
        return None
    if len(said) > CELL:
        return Broken(f"{said[:40]}…", f"holds more than {CELL:,} characters")
    if _TWICE.search(said) and (better := _once(said)) != said:
        mended.append(better)
        said = better
    if "\ufffd" in said:
        return Broken(said, "has lost a letter, shown as \ufffd, when the file was saved")
    return said


def _once(text: str) -> str:
    """UTF-8 that was read as Windows-1252 once too often, put right; anything else as it is."""
    raw = bytearray()
    for character in text:
        try:
            raw += character.encode("cp1252")
        except UnicodeEncodeError:
            if ord(character) > 255:
                return text
            raw.append(ord(character))  # the five bytes without a letter come through as themselves
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return text
