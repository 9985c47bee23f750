"""Plain text and tables in CSV: new files of the text that is left, in UTF-8."""

import csv
import io
import re

from kithwork.core.documents import text as texts_of
from kithwork.core.documents.kinds import Kind, Refusal
from kithwork.core.redaction.files.shape import Cuts, Reading, Remade, Texts, Unreadable, cut_text
from kithwork.core.redaction.passages import Passage, Place
from kithwork.core.tables.writing import RISKY, safe

_NUMBER = re.compile(r"^[-+]?[\d.,  ]+%?$")
_BROKEN = (
    "This table cannot be read, perhaps because a quotation mark is not closed. Save it as CSV again and send that."
)


def _text(content: bytes) -> str:
    try:
        texts_of.refuse_markup(content)
        return texts_of.read(content)
    except Refusal as refusal:
        raise Unreadable(str(refusal)) from refusal


def read_text(content: bytes, texts: Texts) -> Reading:
    """One passage: its lines need each other."""
    texts.add(Passage(_text(content), Place.BODY))
    return Reading(tuple(texts.found), 0)


def remake_text(content: bytes, cuts: Cuts) -> Remade:
    """A new text."""
    return Remade(cut_text(_text(content), cuts.get(0, ())).encode(), Kind.TEXT, ".txt")


def _rows(content: bytes) -> tuple[list[list[str]], str]:
    """The cells, row by row, and what parts them."""
    text = _text(content)
    first = text.split("\n", 1)[0]
    mark = max((";", ",", "\t", "|"), key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark if first.count(mark) else ",")), mark
    except csv.Error as fault:
        raise Unreadable(_BROKEN) from fault


def read_table(content: bytes, texts: Texts) -> Reading:
    """One passage for each cell that holds anything, under the heading of its column."""
    rows, _ = _rows(content)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell.strip():
                label = rows[0][column].strip() if number and column < len(rows[0]) else ""
                texts.add(Passage(cell, Place.CELL, 0, label))
    return Reading(tuple(texts.found), 0)


def remake_table(content: bytes, cuts: Cuts) -> Remade:
    """A new table. Text that a spreadsheet would run as a formula is made safe: the copy is opened by others."""
    rows, mark = _rows(content)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=mark, lineterminator="\r\n")
    index = 0
    for row in rows:
        made = []
        for cell in row:
            text = cell
            if cell.strip():
                text = cut_text(cell, cuts.get(index, ()))
                index += 1
            made.append(safe(text) if text.startswith(RISKY) and not _NUMBER.match(text) else text)
        writer.writerow(made)
    return Remade(("\ufeff" + out.getvalue()).encode(), Kind.CSV, ".csv")
