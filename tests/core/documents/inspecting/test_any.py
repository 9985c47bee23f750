"""What a file is, judged by its content; whatever comes is answered."""

import pytest

import kithwork.core.documents as documents
from kithwork.core.documents import Kind, inspect
from tests.core.documents.inspecting.ground import LIMIT, OLE, refused
from tests.core.documents.samples import GOOD, zipped


@pytest.mark.parametrize("name", GOOD)
def test_an_honest_file_is_kept(name: str) -> None:
    found = inspect(GOOD[name], name, limit=LIMIT)
    assert found.reason is None
    assert found.ok
    assert found.kind is not None
    assert found.media_type == found.kind.media_type
    assert found.pages == (2 if found.kind is Kind.PDF else None)


def test_every_kind_has_an_honest_sample() -> None:
    assert {inspect(data, name, limit=LIMIT).kind for name, data in GOOD.items()} == set(Kind)


def test_the_face_is_true() -> None:
    for name in documents.__all__:
        assert hasattr(documents, name)


@pytest.mark.parametrize("name", GOOD)
def test_a_name_without_an_ending_is_no_contradiction(name: str) -> None:
    assert inspect(GOOD[name], "policy", limit=LIMIT).ok


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("wrong", ["report.exe", "report.pdf.html", "a.doc", "b.docm", "x.zip", "y.svg", "z.gif"])
def test_an_ending_that_contradicts_is_refused(name: str, wrong: str) -> None:
    found = refused(GOOD[name], wrong, "The name ends in", "Check that it is the right file")
    assert found.kind is not None


def test_content_decides_not_the_name() -> None:
    refused(GOOD["policy.pdf"], "policy.docx", "the file is a PDF")
    refused(GOOD["policy.docx"], "hours.xlsx", "the file is a Word document")
    refused(GOOD["stall.png"], "stall.jpg", "the file is a PNG picture")
    refused(b"just words", "policy.pdf", "the file is plain text")


def test_empty_and_too_large() -> None:
    refused(b"", "a.pdf", "empty")
    found = inspect(b"x" * 2049, "a.txt", limit=2048)
    assert found.reason is not None
    assert "2 KB" in found.reason
    assert "split" in found.reason
    assert inspect(b"x" * 2048, "a.txt", limit=2048).ok


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "old Word document"),
        (OLE + "Workbook".encode("utf-16-le"), "old Excel workbook"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE, "not kept"),
        (b"<!DOCTYPE html><p>hello", "Web pages"),
        (b"\xef\xbb\xbf <!-- x --> <HTML>", "Web pages"),
        (b"<!-- " + b"x" * 9000 + b" --><html>", "Web pages"),
        ("<html><body>".encode("utf-16"), "Web pages"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"<svg onload='alert(1)'/>", "SVG"),
        (b'<?xml version="1.0"?><a/>', "XML"),
        (b"MZ\x90\x00", "program"),
        (b"\x7fELF\x02", "program"),
        (b"#!/bin/sh\nrm -rf /", "script"),
        (b"Rar!\x1a\x07", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"a" * 257 + b"ustar", "archive"),
        (b"GIF89a", "GIF"),
        (b"II*\x00", "TIFF"),
        (b"\x00\x00\x00\x18ftypheic", "HEIC"),
        (b"\x00\x00\x00\x18ftypmp42", "Films"),
        (b"{\\rtf1 hello}", "RTF"),
        (zipped({"a.txt": b"hello"}), "archive"),
        (b"PK\x05\x06" + b"\x00" * 18, "damaged"),
        (b"\x00\x01\x02\x03 whatever", "null"),
        (b"half \x00 text", "null"),
        (b"bell \x07 rings \x1b[2J", "not plain text"),
        ("h\x00i".encode("utf-16"), "null"),
        ("words".encode("utf-32"), "UTF-32"),
        (b"caf\x81 \x8d", "encodings"),
    ],
)
def test_what_is_not_welcome_is_refused(data: bytes, word: str) -> None:
    refused(data, "evidence", word)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_in_the_usual_encodings_is_kept(encoding: str) -> None:
    text = "Caf\u00e9 \u201cquoted\u201d \u2013 it\u2019s \u00a3550\r\n\tdone\f"
    assert inspect(text.encode(encoding), "note.txt", limit=LIMIT).kind is Kind.TEXT


def test_a_table_with_an_enormous_cell_is_refused() -> None:
    refused(b'a,"' + b"x" * 2_000_000, "a.csv", "quotation mark")
