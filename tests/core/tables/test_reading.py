"""Files of tables: whatever their code, separator and shape, read as they were meant; hostile ones refused."""

import io
import json
import zipfile
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kithwork.core.tables import Broken, Unreadable, best_sheet, safe, table_of, unsafe
from kithwork.core.tables.reading import read
from kithwork.core.tables.shape import Book, Sheet, letter, packed, unpacked
from kithwork.files.tables import tables_in
from tests.core.tables.messy import SEMICOLONS, workbook

KNOWN = {"name", "telephone", "referred on", "first name", "surname", "d o b", "tel", "post code", "referral date"}
LINES = [["Name", "Telephone", "Referred on"], ["Siân Ŵyn", "07700 900 123", "5/3/26"]]


def rows(book: Book) -> list[list[Any]]:
    return [list(row) for row in book.sheets[0].rows]


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (SEMICOLONS.encode(), "semicolons"),
        (SEMICOLONS.encode("utf-8-sig"), "semicolons"),
        (SEMICOLONS.encode("utf-16"), "UTF-16"),
        (SEMICOLONS.encode("utf-16-le"), "UTF-16"),
        (SEMICOLONS.encode("utf-16-be"), "UTF-16"),
        (SEMICOLONS.replace(";", "\t").encode(), "tabs"),
        (SEMICOLONS.replace(";", ",").encode(), ""),
        (("sep=;\r\n" + SEMICOLONS).encode(), "semicolons"),
    ],
)
def test_text_in_any_code_and_with_any_separator(data: bytes, note: str) -> None:
    book = read(data)
    assert rows(book) == LINES
    assert note in " ".join(book.notes)


def test_old_excel_text() -> None:
    book = read("Name,Place\nSiân,Penrhyndeudraeth – the café\n".encode("cp1252"))
    assert rows(book)[1] == ["Siân", "Penrhyndeudraeth – the café"]
    assert "Windows-1252" in book.notes[0]


def test_letters_garbled_once_are_mended_and_lost_ones_are_faults() -> None:
    garbled = "Siân Tŷ Ŵyn".encode().decode("latin-1")
    book = read(f"Name,Place\n{garbled},Caernarfon\nS\ufffdan,Bangor\nÂngharad,Rhyl\n".encode())
    assert rows(book)[1][0] == "Siân Tŷ Ŵyn"
    assert isinstance(rows(book)[2][0], Broken)
    assert rows(book)[3][0] == "Ângharad", "a letter that is meant stays"
    assert "1 cell and have been mended" in book.notes[0]


def test_a_messy_workbook() -> None:
    book = read(workbook())
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [
        ("Read me", False),
        ("Current mentees", False),
        ("Old", True),
    ]
    at = best_sheet(book.sheets, KNOWN)
    assert at == 1
    table = table_of(book.sheets[at], KNOWN)
    assert table.row == 4
    assert [heading.name for heading in table.headings][:5] == [
        "No.",
        "Name: First name",
        "Name: Surname",
        "D.O.B.",
        "Tel",
    ]
    assert table.headings[-1].hidden
    assert [line.number for line in table.lines] == [5, 6, 8, 9, 10, 11, 12]
    assert table.left_out == ((13, "a total"),)
    formula = table.lines[0].cells[10]
    assert isinstance(formula, Broken)
    assert "never saved" in formula.because


def test_the_heading_row_can_be_said() -> None:
    sheet = Sheet("x", (("a", "b"), ("Who", "When"), ("Siân", "today")))
    table = table_of(sheet, set(), 2)
    assert [heading.name for heading in table.headings] == ["Who", "When"]
    assert table.lines[0].number == 3


def test_headings_alike_missing_and_repeated() -> None:
    sheet = Sheet("x", (("Name", "Phone", "Phone", None), ("Siân", 1, 2, "said"), ("Name", "Phone", "Phone", None)))
    table = table_of(sheet, {"name"})
    assert [heading.name for heading in table.headings] == ["Name", "Phone", "Phone (2)", "Column D"]
    assert table.left_out == ((3, "the headings again"),)


def test_a_cell_merged_over_rows_counts_for_each() -> None:
    book = Workbook()
    sheet: Any = book.active
    for row in (["Mentor", "Mentee"], ["Mab Sorrel", "Cai"], [None, "Ola"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    out = io.BytesIO()
    book.save(out)
    table = table_of(read(out.getvalue()).sheets[0], {"mentor", "mentee"})
    assert [line.cells[:2] for line in table.lines] == [("Mab Sorrel", "Cai"), ("Mab Sorrel", "Ola")]


def hostile(part: str, content: bytes) -> bytes:
    """The messy workbook with one part more, or another content."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name != part:
                after.writestr(name, before.read(name))
        after.writestr(part, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\x00" * 50, "null"),
        (b"%PDF-1.7 x", "damaged"),
        (b"MZ\x90\x00" + b"\x00\x01" * 90, "program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "old Excel"),
        (b"<html><table><tr><td>Name", "Web pages"),
        (b" \n,,,\n", "nothing"),
        (hostile("xl/vbaProject.bin", b"x"), "macros"),
        (hostile("xl/worksheets/sheet2.xml", b"0" * 80_000_000), "unpacks"),
        (hostile("xl/worksheets/sheet2.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "entities"),
        (hostile("xl/externalLinks/externalLink1.xml", b"<a/>"), "link"),
        (workbook()[:4000], "damaged"),
        (b'Name,"' + b"x" * 2_000_000, "enormous"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read(data)


def test_the_process_answers_as_the_function_and_keeps_the_limits() -> None:
    assert tables_in(workbook(), "people.xlsx") == read(workbook())
    assert tables_in(SEMICOLONS.encode(), "people.csv").sheets[0].name == "people"
    with pytest.raises(Unreadable, match="the most that can be kept is 1 KB"):
        tables_in(b"x" * 2000, "people.csv", limit=1024)
    with pytest.raises(Unreadable, match="safely"):
        tables_in(workbook(), "people.xlsx", memory=40 * 1024 * 1024)
    with pytest.raises(Unreadable, match="too long"):
        tables_in(workbook(), "people.xlsx", wall=0.01)


CELLS = st.one_of(
    st.none(), st.text(max_size=20), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(),
    st.dates(), st.builds(Broken, st.text(max_size=5), st.text(max_size=5)),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=6).map(tuple), max_size=8).map(tuple))
@settings(max_examples=60)
def test_a_book_comes_through_another_process_as_it_was_and_any_table_is_understood(rows: tuple[Any, ...]) -> None:
    book = Book((Sheet("x", rows, spans=()),), ("a note",))
    assert unpacked(json.loads(json.dumps(packed(book)))) == book
    table = table_of(book.sheets[0], KNOWN)
    assert len({heading.name for heading in table.headings}) == len(table.headings)
    assert all(line.number > table.row for line in table.lines)


@given(st.binary(max_size=300))
@settings(max_examples=150)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(Unreadable):
        assert read(data).sheets


@given(st.text(max_size=30))
def test_a_cell_made_safe_can_be_read_back(text: str) -> None:
    assert unsafe(safe(text)) == text
    assert not safe(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_stay_numbers() -> None:
    assert [safe(value) for value in (-5, 2.5, None, "-5", "=1+1", date(2026, 3, 5))] == [
        "-5", "2.5", "", "'-5", "'=1+1", "2026-03-05",
    ]  # fmt: skip
    assert [letter(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_texts_in_their_cells_are_read_whole_without_how_they_are_pronounced() -> None:
    """As programs write them that stream; in runs where a part is bold (ECMA-376 part 1, 18.4.8). Rows that stand twice
    or out of order count once.
    """
    book = Workbook(write_only=True)
    book.create_sheet("People").append(["plain", "RUNS", 7])
    out = io.BytesIO()
    book.save(out)
    runs = '<is><r><t>Siân </t></r><r><rPr><b/></rPr><t>Ŵyn</t></r><rPh sb="0" eb="4"><t>sharn</t></rPh></is>'
    again = '<row r="1"><c r="A1" t="inlineStr"><is><t>again</t></is></c></row></sheetData>'
    mended = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(mended, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            new.writestr(name, part.replace("<is><t>RUNS</t></is>", runs).replace("</sheetData>", again))
    assert rows(read(mended.getvalue())) == [["plain", "Siân Ŵyn", 7]]
