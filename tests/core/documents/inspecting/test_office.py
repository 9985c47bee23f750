"""Word, Excel and OpenDocument."""

import io
import random
import zipfile

import pytest

from kithwork.core.documents import inspect
from tests.core.documents import samples
from tests.core.documents.inspecting.ground import LIMIT, OLE, refused
from tests.core.documents.samples import GOOD, docx_parts, odt_parts, rels, xlsx_parts, zipped


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
