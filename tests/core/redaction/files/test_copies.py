"""What stays in a copy is as it was: looks, numbers, page numbers, forms of text; and each cut is made where it is."""

import csv
import datetime
import io
import zipfile
from email import message_from_bytes, policy

import openpyxl
import pytest
from openpyxl.styles import Font

from kithwork.core.documents import inspect
from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import BadCut, Reading, Unreadable, read, remake
from kithwork.core.redaction.passages import Cut, Place
from tests.core.documents import samples
from tests.core.redaction.files.ground import cuts_of
from tests.core.redaction.files.mutating import Blind, pdf_of
from tests.core.redaction.files.planting import docx, mail, xlsx
from tests.core.redaction.files.planting.names import Planted

NAME = {"somebody": "Zebrandora"}


def word(body: str) -> bytes:
    return samples.zipped(samples.docx_parts(body))


def redacted(content: bytes, kind: Kind) -> tuple[Reading, bytes]:
    reading = read(content, kind, "file", Blind())
    made = remake(content, kind, cuts_of(reading, NAME), Blind(), reading=reading)
    assert made.kind is kind
    return reading, made.content


def main_part(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode()


def test_a_name_in_three_runs_goes_and_their_looks_stay() -> None:
    body = docx.p(
        docx.r("Met "), docx.r("Zeb", "<w:b/>"), docx.r("ran", "<w:i/>"), docx.r("dora's", "<w:b/>"), docx.r(" cat")
    )
    reading, made = redacted(word(body), Kind.DOCX)
    assert reading.passages[0].text == "Met Zebrandora's cat"
    said = main_part(made)
    assert '<w:t xml:space="preserve">Z</w:t>' in said
    assert '<w:t xml:space="preserve">\'s</w:t>' in said
    assert said.count("<w:b/>") == 2


def test_page_numbers_stay_fields_and_nothing_else_does() -> None:
    page, other = docx._field(" PAGE \\* MERGEFORMAT ", "1"), docx._field(' REF Zebrandora "x" ', "see above")
    reading, made = redacted(word(docx.p(page) + docx.p(other)), Kind.DOCX)
    said = main_part(made)
    assert said.count("w:instrText") == 2
    assert "> PAGE <" in said
    assert "see above" in said
    assert [passage.text for passage in reading.passages if passage.place is Place.LINK] == ['REF Zebrandora "x"']


def test_a_cell_is_read_under_the_heading_of_its_column() -> None:
    rows = "".join(
        f"<w:tr>{docx._cell(docx.p(docx.r(a)))}{docx._cell(docx.p(docx.r(b)))}</w:tr>"
        for a, b in (("Mentee", "Notes"), ("Zebrandora", "late"))
    )
    reading, _ = redacted(word(f"<w:tbl><w:tblPr/>{rows}</w:tbl>"), Kind.DOCX)
    cells = [(passage.label, passage.text) for passage in reading.passages if passage.place is Place.CELL]
    assert cells == [("", "Mentee"), ("", "Notes"), ("Mentee", "Zebrandora"), ("Notes", "late")]


def test_looks_that_a_paragraph_has_stay_and_made_up_values_go() -> None:
    look = '<w:pPr><w:jc w:val="center"/><w:spacing w:after="240"/><w:outlineLvl w:val="Zebrandora"/>'
    look += '<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>'
    _, made = redacted(word(f"<w:p>{look}<w:r><w:t>Here</w:t></w:r></w:p>"), Kind.DOCX)
    said = main_part(made)
    assert '<w:jc w:val="center"/><w:spacing w:after="240"/><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>' in said
    assert "outlineLvl" not in said


@pytest.mark.parametrize("kind", [Kind.DOCX, Kind.XLSX, Kind.EML])
def test_a_copy_is_a_file_that_may_be_kept(kind: Kind) -> None:
    plant = {Kind.DOCX: lambda _: word(docx.p(docx.r("Zebrandora"))), Kind.XLSX: xlsx.planted, Kind.EML: mail.planted}[
        kind
    ]
    _, made = redacted(plant(Planted()), kind)
    assert inspect(made, f"copy.{kind}").ok


def test_numbers_dates_and_looks_of_a_workbook_stay() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Who", "Hours", "Day", "Phone"])
    sheet.append(["Zebrandora", 7.5, datetime.date(2026, 3, 2), 7700900123])
    sheet["A1"].font, sheet["B2"].number_format, sheet["C2"].number_format = Font(bold=True), "0.00", "dd/mm/yyyy"
    sheet["D2"].number_format = "00000000000"
    sheet.column_dimensions["A"].width = 33
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    reading, made = redacted(out.getvalue(), Kind.XLSX)
    said = {(passage.label, passage.text) for passage in reading.passages if passage.place is Place.CELL}
    assert {("Who", "Zebrandora"), ("Hours", "7.5"), ("Day", "02/03/2026"), ("Phone", "07700900123")} <= said
    copy = openpyxl.load_workbook(io.BytesIO(made)).active
    assert [cell.value for cell in copy[2]] == ["Z", 7.5, datetime.datetime(2026, 3, 2), 7700900123]
    assert (copy["A1"].font.b, copy["B2"].number_format, copy["C2"].number_format) == (True, "0.00", "dd/mm/yyyy")
    assert (copy.column_dimensions["A"].width, copy.freeze_panes) == (33, "A2")


def test_a_table_keeps_its_shape_and_runs_nothing() -> None:
    content = b'Who;Notes;Sum\r\nZebrandora;"two\r\nlines";=1+1\r\n;-5;+44 7700 900123\r\n'
    reading, made = redacted(content, Kind.CSV)
    assert [passage.label for passage in reading.passages[3:6]] == ["Who", "Notes", "Sum"]
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows == [["Who", "Notes", "Sum"], ["Z", "two\r\nlines", "'=1+1"], ["", "-5", "+44 7700 900123"]]


def test_a_message_keeps_its_text_and_its_attachments_without_their_names() -> None:
    head = b"From: Zebrandora <z@example.org>\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\nX-Own: x\r\n"
    head += b"Content-Type: multipart/mixed; boundary=xx\r\n\r\n"
    text = (
        "--xx\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Zebrandora came</p><p>at six – café</p>\r\n".encode()
    )
    table = b"--xx\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=Zebrandora.csv\r\n\r\n"
    table += b"a,Zebrandora\r\n--xx--\r\n"
    _, made = redacted(head + text + table, Kind.EML)
    copy = message_from_bytes(made, policy=policy.default)
    assert (copy["From"], copy["Subject"], copy["X-Own"]) == ("Z <z@example.org>", "Café", None)
    body, attached = copy.iter_parts()
    assert body.get_content().split() == ["Z", "came", "at", "six", "–", "café"]
    assert attached.get_filename() == "attachment-1.csv"
    assert attached.get_payload(decode=True).decode("utf-8-sig") == "a,Z\r\n"


def test_text_that_nobody_can_see_is_not_in_the_copy() -> None:
    """A page whose pixels nobody could read has no text laid over it: it could be anything."""
    content = pdf_of("Karostuna came")
    reading = read(content, Kind.PDF, "x", Blind())
    assert all(one.sure == 0 for passage in reading.passages for one in passage.words)
    made = remake(content, Kind.PDF, {}, Blind(), reading=reading)
    again = read(made.content, Kind.PDF, "x", Blind())
    assert not any("Karostuna" in passage.text for passage in again.passages)


def test_a_cut_in_what_is_not_there_stops_the_copy() -> None:
    content = pdf_of("Karostuna came")
    reading = read(content, Kind.PDF, "x", Blind())
    with pytest.raises(BadCut):
        remake(content, Kind.PDF, {len(reading.passages): [Cut(0, 1, "x")]}, Blind(), reading=reading)
    with pytest.raises(BadCut):
        remake(content, Kind.PDF, {0: [Cut(5, 5, "x")]}, Blind(), reading=reading)


def test_a_file_within_that_cannot_be_read_stops_the_whole() -> None:
    parts = samples.docx_parts()
    parts["word/embeddings/secret.zip"] = samples.zipped({"a.txt": b"Zebrandora"})
    with pytest.raises(Unreadable, match="A file within this one cannot be checked"):
        read(samples.zipped(parts), Kind.DOCX, "x", Blind())


def test_reading_twice_gives_the_same() -> None:
    for content, kind in ((docx.planted(Planted()), Kind.DOCX), (xlsx.planted(Planted()), Kind.XLSX)):
        assert read(content, kind, "x", Blind()) == read(content, kind, "x", Blind())
