"""Excel workbooks, read row by row. Formulas are never worked out: what the sheet showed when it was saved counts.

What the reader of rows does not tell (merged cells, hidden columns, formulas without a value) is looked up in the
sheet's own XML, which `core.documents` has found well-formed and without entities (ECMA-376 part 1, 18.3.1).
"""

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from kithwork.core.tables.shape import CELL, COLUMNS, ROWS, Book, Broken, Sheet, Span, Unreadable, Value

SHEETS = 40
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"})
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_INLINE, _RUN, _TEXT = f"{_MAIN}is", f"{_MAIN}r", f"{_MAIN}t"
_NUMBER = re.compile(rb'\b(min|max|hidden)="([^"]*)"')
_UNWORKED = re.compile(
    rb'<(?:\w+:)?c\b[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*'
    rb"<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def read(data: bytes) -> Book:
    """Every sheet of a workbook that has something in it. Raises Unreadable."""
    from openpyxl import load_workbook  # noqa: PLC0415 - loads for longer than a table of text takes to read

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions which say nothing about values
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            if len(book.worksheets) > SHEETS:
                raise Unreadable(f"There are more than {SHEETS} sheets. Save the one with the people by itself.")
            sheets = [_sheet(one, book) for one in book.worksheets]
        finally:
            book.close()
    found = tuple(sheet for sheet in sheets if sheet.rows)
    if not found:
        raise Unreadable("There is nothing in this workbook but empty cells.")
    return Book(found)


def _sheet(sheet: Any, book: Any) -> Sheet:
    part: bytes = book._archive.read(sheet._worksheet_path)
    unworked = {(int(row) - 1, _index(column)) for column, row in _UNWORKED.findall(part)}
    spans = tuple(
        Span(int(top) - 1, _index(left), int(bottom) - 1, _index(right))
        for left, top, right, bottom in _MERGED.findall(part)
        if int(top) - 1 < ROWS
    )
    hidden = _hidden_columns(part)
    del part
    rows: list[tuple[Value, ...]] = []
    last = 0
    for at, row in _rows(sheet, book):
        if any(value is not None for value in row) or any((at, column) in unworked for column in range(len(row))):
            if at >= ROWS:
                raise Unreadable(f"A sheet has more than {ROWS:,} rows. Split the file in two.")
            if any(value is not None for value in row[COLUMNS:]):
                raise Unreadable(f"A row has more than {COLUMNS} columns. Delete those that are not needed.")
            rows.extend([()] * (at - last))
            rows.append(tuple(_value(value, (at, column) in unworked) for column, value in enumerate(row[:COLUMNS])))
            last = at + 1
    return Sheet(str(sheet.title), tuple(rows), sheet.sheet_state != "visible", hidden, spans)


def _rows(sheet: Any, book: Any) -> Iterator[tuple[int, Sequence[object]]]:
    """The rows that a sheet has, from 0, each as wide as its last cell: what it says of its own size may be a lie.

    By openpyxl's reader, but for texts that stand in their cells: those it reads as rich text, which takes longer than
    all else, and programs that write large workbooks write them all so.
    """
    from openpyxl.worksheet._reader import WorkSheetParser  # noqa: PLC0415 - as in `read`

    with sheet._get_source() as source:
        reader: Any = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        usual = reader.parse_cell

        def cell(element: Any) -> Any:
            text = element.find(_INLINE) if element.get("t") == "inlineStr" else None
            if text is None:
                return usual(element)
            element.remove(text)
            runs = [text, *text.findall(_RUN)]  # not how it is pronounced, which is `rPh`
            return {**usual(element), "value": "".join(run.findtext(_TEXT) or "" for run in runs), "data_type": "s"}

        reader.parse_cell = cell
        last = 0
        for number, cells in reader.parse():
            if number <= last:
                continue
            last = number
            row: list[object] = [None] * max((one["column"] for one in cells), default=0)
            for one in cells:
                row[one["column"] - 1] = one["value"]
            yield number - 1, row


def _index(letters: bytes) -> int:
    number = 0
    for byte in letters:
        number = number * 26 + byte - 64
    return number - 1


def _hidden_columns(part: bytes) -> frozenset[int]:
    found: set[int] = set()
    for column in _COLUMN.findall(part):
        told = {name: value.decode("ascii", "replace") for name, value in _NUMBER.findall(column)}
        if told.get(b"hidden") in ("1", "true") and told.get(b"min", "").isdigit() and told.get(b"max", "").isdigit():
            found.update(range(int(told[b"min"]) - 1, min(int(told[b"max"]), COLUMNS)))
    return frozenset(found)


def _value(value: object, unworked: bool) -> Value:
    match value:
        case None:
            because = "holds a formula whose result was never saved; open the workbook in Excel and save it"
            return Broken("a formula", because) if unworked else None
        case bool() | int() | float():
            return value
        case datetime():
            return value.date()
        case date():
            return value
        case time() | timedelta():
            return str(value)
        case _:
            return _text(str(value))


def _text(text: str) -> Value:
    said = text.strip(" \u00a0\t\r\n\u200b\ufeff")
    if not said:
        return None
    if said in _ERRORS:
        return Broken(said, f"shows the error {said}")
    if len(said) > CELL:
        return Broken(f"{said[:40]}…", f"holds more than {CELL:,} characters")
    return said
