"""The process apart: it reads and remakes with the real programs; whatever breaks it, or stands still, is a refusal."""

import io
import time
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import BadCut, Missing, Unreadable
from kithwork.core.redaction.passages import Cut, Place
from kithwork.files import redacting
from kithwork.files.redacting import packing, programs
from tests.core.documents import samples
from tests.core.redaction.files.mutating import SENTINEL, mutated, pdf_of, seed
from tests.core.redaction.files.planting.pictures import drawn


def picture(lines: list[str]) -> bytes:
    out = io.BytesIO()
    drawn(lines).save(out, "PNG")
    return out.getvalue()


def cut(reading: redacting.Reading, name: str, by: str) -> dict[int, list[Cut]]:
    found = {index: passage.text.find(name) for index, passage in enumerate(reading.passages)}
    return {index: [Cut(at, at + len(name), by)] for index, at in found.items() if at >= 0}


def test_a_page_is_read_with_its_places_and_remade_without_the_name() -> None:
    done: list[tuple[int, int]] = []
    content = pdf_of(f"{SENTINEL} came on Monday")
    reading = redacting.read(content, Kind.PDF, "Zebrandora.pdf", progress=lambda page, of: done.append((page, of)))
    body = next(passage for passage in reading.passages if passage.place is Place.BODY)
    assert body.text == f"{SENTINEL} came on Monday"
    assert [body.text[word.start : word.end] for word in body.words] == [SENTINEL, "came", "on", "Monday"]
    assert all(word.sure > 0.5 for word in body.words), "its pixels say the same"
    assert reading.passages[-1].place is Place.FILE
    assert done == [(1, 1)]
    made = redacting.remake(content, Kind.PDF, cut(reading, SENTINEL, "Z"), reading)
    said = redacting.verify(made.content, made.kind)
    assert any("Z came on Monday" in passage.text for passage in said)
    assert not any(SENTINEL in passage.text for passage in said)


def test_a_page_is_shown_as_it_was_read() -> None:
    with Image.open(io.BytesIO(redacting.picture(pdf_of("x"), Kind.PDF, 1))) as page:
        assert page.format == "PNG"
        assert page.size == (1112, 250)
    with pytest.raises(Unreadable, match="no such page"):
        redacting.picture(pdf_of("x"), Kind.PDF, 2)


def test_a_document_with_an_old_drawing_is_rebuilt_from_pictures() -> None:
    shape = '<w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml"/></w:pict></w:r>'
    deleted = '<w:del w:id="1" w:author="x"><w:r><w:delText>Karostuna</w:delText></w:r></w:del>'
    body = f"<w:p><w:r><w:t>{SENTINEL} came on Monday</w:t></w:r>{deleted}{shape}</w:p>"
    content = samples.zipped(samples.docx_parts(body))
    reading = redacting.read(content, Kind.DOCX, "notes.docx")
    assert reading.pages == 1
    assert "pictures of its pages" in reading.notes[0]
    made = redacting.remake(content, Kind.DOCX, cut(reading, SENTINEL, "Z"), reading)
    assert (made.kind, made.ending) == (Kind.PDF, ".pdf")
    said = " ".join(passage.text for passage in redacting.verify(made.content, made.kind))
    assert "came on Monday" in said
    assert SENTINEL not in said
    assert "Karostuna" not in said, "a printer draws what was deleted"


def test_cuts_that_fit_nothing_are_no_copy() -> None:
    content = seed(Kind.TEXT)
    for cuts in ({0: [Cut(0, 9_999, "x")]}, {7: [Cut(0, 1, "x")]}, {0: [Cut(0, 5, "x"), Cut(3, 7, "y")]}):
        with pytest.raises(BadCut):
            redacting.remake(content, Kind.TEXT, cuts)


def test_without_a_reader_of_pictures_no_picture_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redacting, "found", dict)
    for content, kind in ((picture(["Zebrandora"]), Kind.PNG), (pdf_of("x"), Kind.PDF), (seed(Kind.DOCX), Kind.DOCX)):
        with pytest.raises(Missing, match="Tesseract is not installed"):
            redacting.read(content, kind, "x")
    with pytest.raises(Missing, match="LibreOffice is not installed"):
        redacting.read(seed(Kind.ODT), Kind.ODT, "x")
    assert redacting.read(seed(Kind.TEXT), Kind.TEXT, "x").passages


def test_what_is_missing_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert redacting.missing() == ()
    monkeypatch.setattr(programs, "found", dict)
    assert [text.split(":")[0] for text in programs.missing()] == [
        "Pictures and scans cannot be read here",
        "This kind of document cannot be redacted here",
    ]


def test_a_file_that_takes_too_long_is_refused_and_nothing_of_it_runs_on() -> None:
    began = time.monotonic()
    with pytest.raises(Unreadable, match="too long"):
        redacting.read(picture(["a"]), Kind.PNG, "x", limits=redacting.Limits(still=0.2))
    assert time.monotonic() - began < 15


def test_a_file_that_needs_too_much_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"memory|safely"):
        redacting.read(
            samples.picture("PNG", (8000, 8000)), Kind.PNG, "x", limits=redacting.Limits(memory=400 * 1024 * 1024)
        )
    with pytest.raises(Unreadable, match="too large"):
        redacting.read(b"x" * 11, Kind.TEXT, "x", limits=redacting.Limits(size=10))


def _bomb() -> bytes:
    parts = samples.docx_parts()
    return samples.zipped({**parts, "word/document.xml": parts["word/document.xml"] + b" " * 60_000_000})


def _encrypted_pdf() -> bytes:
    import pikepdf

    return samples.pdf(1, pikepdf.Encryption(owner="a", user="b"))


def _locked_zip() -> bytes:
    content = bytearray(seed(Kind.DOCX))
    for at in range(len(content) - 4):
        if content[at : at + 4] == b"PK\x01\x02":
            content[at + 8] |= 1
    return bytes(content)


HOSTILE = {
    "a bomb": (_bomb, Kind.DOCX),
    "an encrypted PDF": (_encrypted_pdf, Kind.PDF),
    "a locked document": (_locked_zip, Kind.DOCX),
    "a huge picture": (lambda: samples.png_that_claims(60_000, 60_000), Kind.PNG),
    "half a PDF": (lambda: pdf_of("x" * 500)[:300], Kind.PDF),
    "half a picture": (lambda: picture(["Zebrandora"])[:-900], Kind.PNG),
    "a document by another name": (lambda: seed(Kind.PDF), Kind.DOCX),
    "an e-mail with a program": (
        lambda: b"From: a@example.org\r\nContent-Type: application/octet-stream; name=a.exe\r\n\r\nMZ\x90",
        Kind.EML,
    ),
    "a sealed e-mail": (
        lambda: b"From: a@example.org\r\nContent-Type: application/pkcs7-mime\r\n\r\nMIIB",
        Kind.EML,
    ),
    "letters in no encoding": (lambda: b"\x81\x8d\x8f\x90", Kind.TEXT),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_with_a_reason(name: str) -> None:
    make, kind = HOSTILE[name]
    with pytest.raises(Unreadable) as refused:
        redacting.read(make(), kind, "x")
    assert str(refused.value).endswith(".")


@pytest.mark.slow
@pytest.mark.parametrize("kind", Kind)
def test_broken_files_are_read_or_refused_by_the_real_programs(kind: Kind) -> None:
    for number in range(4):
        with suppress(Unreadable):
            assert redacting.read(mutated(kind, number), kind, "x", limits=redacting.Limits(still=60)).passages


def test_what_comes_back_is_what_was_read() -> None:
    reading = redacting.read(seed(Kind.CSV), Kind.CSV, "list.csv")
    assert packing.unpacked(packing.packed(reading)) == reading
    for broken in (b"", b"\x00" * 8, b"\x00" * 7 + b"\x05[1,2]"):
        with pytest.raises(ValueError, match=r"cut short|no object"):
            packing.got(broken)


def test_nothing_of_a_file_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redacting, "_in_memory", lambda: str(tmp_path))
    redacting.read(seed(Kind.ODT), Kind.ODT, "x")
    assert list(tmp_path.iterdir()) == []
