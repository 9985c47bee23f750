"""What is kept, what is refused and in which words; and that no bytes at all bring the inspector down."""

import io
import random
import zipfile

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import kithwork.core.documents as documents
from kithwork.core.documents import Inspection, Kind, inspect
from tests.core.documents import samples
from tests.core.documents.samples import GOOD, docx_parts, odt_parts, rels, xlsx_parts, zipped

LIMIT = 25 * 1024 * 1024


def refused(data: bytes, name: str, *words: str) -> Inspection:
    found = inspect(data, name, limit=LIMIT)
    assert not found.ok
    assert found.reason is not None
    assert found.pages is None
    for word in words:
        assert word in found.reason, found.reason
    assert found.reason[0].isupper()
    assert found.reason.endswith(".")
    return found


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


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512


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


# PDF


def test_pdf_with_a_password_is_refused() -> None:
    for lock in (pikepdf.Encryption(owner="o", user="u"), pikepdf.Encryption(owner="o", user="")):
        refused(samples.pdf(encryption=lock), "a.pdf", "password")


def test_pdf_cut_short_or_broken_is_refused() -> None:
    whole = GOOD["policy.pdf"]
    refused(whole[: len(whole) // 2], "a.pdf", "damaged")
    refused(b"%PDF-1.7\nnot much", "a.pdf", "damaged")
    refused(samples.saved(pikepdf.new()), "a.pdf", "no pages")


def test_pdf_of_more_than_500_pages_is_refused() -> None:
    assert inspect(samples.pdf(500), "a.pdf", limit=LIMIT).pages == 500
    refused(samples.pdf(501), "a.pdf", "501 pages", "Split")


def _action(**entries: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(**{"S": pikepdf.Name("/URI"), **entries})


@pytest.mark.parametrize(
    ("action", "word"),
    [
        ({"S": pikepdf.Name.JavaScript, "JS": "app.alert(1)"}, "JavaScript"),
        ({"S": pikepdf.Name.Launch, "F": "calc.exe"}, "another program"),
        ({"S": pikepdf.Name.SubmitForm, "F": "https://example.org"}, "sends what is typed"),
        ({"S": pikepdf.Name.GoToE}, "attached"),
        ({"S": pikepdf.Name.Rendition}, "film"),
    ],
)
@pytest.mark.parametrize("place", ["open", "page", "note", "nested", "orphan"])
def test_pdf_that_acts_by_itself_is_refused_wherever_it_hides(action: dict[str, object], word: str, place: str) -> None:
    document = samples.new_pdf()
    act = pikepdf.Dictionary(**action)
    match place:
        case "open":
            document.Root.OpenAction = act
        case "page":
            document.pages[0].AA = pikepdf.Dictionary(O=act)
        case "note":
            note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=document.make_indirect(act))
            document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])
        case "nested":
            chain = _action(URI="https://example.org", Next=pikepdf.Array([_action(URI="x", Next=act)]))
            document.Root.OpenAction = document.make_indirect(chain)
        case "orphan":
            document.Root.PieceInfo = pikepdf.Dictionary(Deep=pikepdf.Array([pikepdf.Array([act])]))
    refused(samples.saved(document), "a.pdf", word)


def test_pdf_with_ordinary_links_is_kept() -> None:
    document = samples.new_pdf()
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=_action(URI="https://example.org")
    )
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    document.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(EF=font, JS=font))
    assert inspect(samples.saved(document), "a.pdf", limit=LIMIT).ok


def test_pdf_with_a_file_attached_is_refused() -> None:
    document = samples.new_pdf()
    document.attachments["list.xlsx"] = pikepdf.AttachedFileSpec(document, b"names of children", filename="list.xlsx")
    refused(samples.saved(document), "a.pdf", "attached")


def test_pdf_with_xfa_is_refused() -> None:
    document = samples.new_pdf()
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=document.make_stream(b"<xdp/>"))
    refused(samples.saved(document), "a.pdf", "XFA")


def test_pdf_that_unpacks_to_too_much_is_refused() -> None:
    document = samples.new_pdf()
    document.pages[0].Contents = document.make_stream(b" " * (300 * 1024 * 1024))
    small = samples.saved(document)
    assert len(small) < 2 * 1024 * 1024
    refused(small, "a.pdf", "unpacks")


def test_pdf_with_an_enormous_picture_is_refused() -> None:
    document = samples.new_pdf()
    image = document.make_stream(b"\x00" * 10, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
    image.Width, image.Height = 60_000, 60_000
    document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    refused(samples.saved(document), "a.pdf", "pixels")


# Pictures


def test_pictures_cut_short_are_refused() -> None:
    noise = Image.effect_noise((300, 300), 90)
    for kind in ("PNG", "JPEG"):
        out = io.BytesIO()
        noise.save(out, kind)
        assert inspect(out.getvalue(), "a", limit=LIMIT).ok
        refused(out.getvalue()[: len(out.getvalue()) // 2], "a", "damaged")


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("size", [(10_000, 9_000), (60_000, 60_000), (2_000_000_000, 2_000_000_000)])
def test_a_picture_of_enormous_size_is_refused_unopened(size: tuple[int, int]) -> None:
    refused(samples.png_that_claims(*size), "a.png", "pixels")


def test_a_moving_png_is_refused() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    refused(out.getvalue(), "a.png", "moves")


# Word, Excel, OpenDocument


def test_office_bombs_are_refused() -> None:
    flat = b"<a>" + b" " * (30 * 1024 * 1024) + b"</a>"
    refused(zipped(docx_parts() | {"word/a.xml": flat}), "a.docx", "unpacks")
    many = {f"word/{n}.xml": b"<a/>" for n in range(5_001)}
    refused(zipped(docx_parts() | many, zipfile.ZIP_STORED), "a.docx", "unpacks")
    wide = {f"word/media/{n}.bin": random.Random(n).randbytes(9_000) * 110 for n in range(330)}
    refused(zipped(docx_parts() | wide), "a.docx", "unpacks")


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(zipped(docx_parts() | {"word/media/a.bin": b"abc" * 1000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    refused(bytes(data), "a.docx", "damaged")


def test_parts_that_overlap_are_refused() -> None:
    whole = zipped(docx_parts() | {"word/media/a.bin": random.Random(1).randbytes(5000)}, zipfile.ZIP_STORED)
    start = whole.index(b"PK\x01\x02")
    last = whole.rindex(b"PK\x01\x02", 0, whole.rindex(b"PK\x05\x06"))
    entry = whole[last : whole.rindex(b"PK\x05\x06")]
    twins = b"".join(entry.replace(b"a.bin", b"%d.bin" % n) for n in range(9))
    directory = whole[start : whole.rindex(b"PK\x05\x06")] + twins
    count = 13
    tail = b"PK\x05\x06\0\0\0\0" + count.to_bytes(2, "little") * 2 + len(directory).to_bytes(4, "little")
    refused(whole[:start] + directory + tail + start.to_bytes(4, "little") + b"\0\0", "a.docx", ".")


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "a\\b", "C:x"])
def test_parts_that_climb_out_are_refused(path: str) -> None:
    refused(zipped(docx_parts() | {path: b"x"}), "a.docx", "damaged")


def test_something_in_front_or_twice_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in docx_parts().items():
            archive.writestr(name, data)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", b"<other/>")
    refused(out.getvalue(), "a.docx", "damaged")
    refused(b"PK\x03\x04 padding" + GOOD["policy.docx"], "a.docx", "damaged")


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/vbaData.xml", "xl/macrosheets/sheet1.xml"])
def test_macros_are_refused(name: str) -> None:
    refused(zipped(docx_parts() | {name: b"<a/>"}), "a.docx", "macros")


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        "application/vnd.ms-office.vbaProject",
    ],
)
def test_macro_types_are_refused_under_any_name(kind: str) -> None:
    parts = docx_parts() | {"[Content_Types].xml": samples.types(kind, "word/document.xml")}
    refused(zipped(parts), "a.docx", "macros")


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", "PowerPoint"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", "template"),
        ("application/vnd.ms-excel.sheet.binary.main", "xlsb"),
        ("application/whatever", "not kept"),
    ],
)
def test_other_office_files_are_refused(kind: str, word: str) -> None:
    parts = docx_parts() | {"[Content_Types].xml": samples.types(kind, "word/document.xml")}
    refused(zipped(parts), "a", word)


def test_files_packed_inside_are_refused() -> None:
    for inner in (GOOD["policy.docx"], OLE, b"MZ\x90", GOOD["policy.pdf"], b"\x1f\x8b\x08"):
        refused(zipped(docx_parts() | {"word/media/image1.png": inner}), "a.docx", "packed inside")
    refused(zipped(docx_parts() | {"word/embeddings/oleObject1.bin": b"x"}), "a.docx", "packed inside")
    refused(zipped(odt_parts() | {"Object 1": OLE}), "a.odt", "packed inside")


@pytest.mark.parametrize(
    ("kind", "target", "word"),
    [
        ("attachedTemplate", "https://example.org/t.dotm", "template"),
        ("attachedTemplate", "file://server/share/t.dotm", "template"),
        ("attachedTemplate", "\\\\server\\share\\t.dotm", "template"),
        ("oleObject", "file:///C:/x.xlsx", "packed"),
        ("image", "https://example.org/pixel.png", "fetches"),
        ("frame", "https://example.org/", "fetches"),
        ("externalLinkPath", "file:///C:/x.xlsx", "fetches"),
    ],
)
def test_links_that_fetch_are_refused(kind: str, target: str, word: str) -> None:
    links = {"word/_rels/settings.xml.rels": rels((kind, target, "External"))}
    refused(zipped(docx_parts() | links), "a.docx", word)


def test_links_that_a_person_clicks_and_house_templates_are_kept() -> None:
    links = rels(
        ("hyperlink", "https://example.org/", "External"),
        ("attachedTemplate", "file:///C:\\Users\\Ada\\Templates\\House.dotx", "External"),
    )
    assert inspect(zipped(docx_parts() | {"word/_rels/settings.xml.rels": links}), "a.docx", limit=LIMIT).ok


def test_external_workbooks_connections_and_dde_are_refused() -> None:
    refused(zipped(xlsx_parts() | {"xl/externalLinks/externalLink1.xml": b"<a/>"}), "a.xlsx", "fetches")
    refused(zipped(xlsx_parts() | {"xl/connections.xml": b"<a/>"}), "a.xlsx", "fetches")
    split = "<w:p><w:r><w:instrText> DDE</w:instrText></w:r><w:r><w:instrText>AUTO c:\\cmd</w:instrText></w:r></w:p>"
    refused(zipped(docx_parts(split)), "a.docx", "fetches")
    refused(zipped(docx_parts('<w:fldSimple w:instr="INCLUDETEXT x"/>')), "a.docx", "fetches")


def test_entities_are_refused_wherever_they_are() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'
    for part in ("word/document.xml", "[Content_Types].xml", "_rels/.rels", "docProps/app.xml"):
        refused(zipped(docx_parts() | {part: bomb}), "a.docx", "entities")
        refused(zipped(docx_parts() | {part: bomb.decode().encode("utf-16")}), "a.docx", "entities")
    refused(zipped(odt_parts() | {"content.xml": bomb}), "a.odt", "entities")
    outside = b'<!DOCTYPE a SYSTEM "https://example.org/a.dtd"><a/>'
    refused(zipped(docx_parts() | {"word/settings.xml": outside}), "a.docx", "entities")


def test_broken_and_locked_office_files_are_refused() -> None:
    refused(zipped(docx_parts() | {"word/document.xml": b"<a><b></a>"}), "a.docx", "damaged")
    refused(GOOD["policy.docx"][:300], "a.docx", "damaged")
    parts = docx_parts()
    del parts["word/document.xml"]
    refused(zipped(parts), "a.docx", "damaged")
    locked = bytearray(GOOD["policy.docx"])
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + at] |= 1
    refused(bytes(locked), "a.docx", "password")
    refused(zipped(odt_parts(manifest="<m:encryption-data/>")), "a.odt", "password")


def test_opendocument_macros_links_and_other_kinds_are_refused() -> None:
    refused(zipped(odt_parts() | {"Basic/Standard/Module1.xml": b"<a/>"}), "a.odt", "macros")
    refused(zipped(odt_parts() | {"Scripts/python/a.py": b"import os"}), "a.odt", "macros")
    refused(zipped(odt_parts('<draw:image xlink:href="https://example.org/a.png"/>')), "a.odt", "fetches")
    assert inspect(zipped(odt_parts('<draw:image xlink:href="Pictures/a.png"/>')), "a.odt", limit=LIMIT).ok
    sheet = odt_parts() | {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}
    refused(zipped(sheet), "a.ods", "spreadsheets")


# Whatever comes


def _mutant(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(changed) or 1)
        match dice.randrange(5):
            case 0:
                changed[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del changed[at : at + dice.randint(1, 40)]
            case 2:
                changed[at:at] = dice.randbytes(dice.randint(1, 40))
            case 3:
                changed[at:at] = changed[at : at + dice.randint(1, 200)]
            case 4:
                changed[at : at + 4] = dice.choice([b"\xff\xff\xff\x7f", b"\x00\x00\x00\x00", b"\xff\xff\xff\xff"])
    return bytes(changed[: dice.randint(1, len(changed))] if changed and dice.random() < 0.1 else changed)


def test_two_thousand_mutants_are_answered() -> None:
    dice = random.Random(20261122)
    answers = {True: 0, False: 0}
    for turn in range(2_000):
        name, data = list(GOOD.items())[turn % len(GOOD)]
        found = inspect(_mutant(data, dice), name, limit=LIMIT)
        assert found.ok == (found.reason is None)
        assert found.ok <= (found.kind is not None)
        answers[found.ok] += 1
    assert min(answers.values()) > 50  # the mutants are neither all dead nor all well


@given(data=st.binary(max_size=400), name=st.text(max_size=40))
def test_any_bytes_under_any_name_are_answered(data: bytes, name: str) -> None:
    found = inspect(data, name, limit=LIMIT)
    assert found.ok == (found.reason is None)
    assert found.reason is None or found.reason.encode()
