"""Files of which nobody is given more than a copy made anew: what stays behind in making it is no reason to refuse."""

import pikepdf
import pytest

from kithwork.core.documents import inspect
from kithwork.core.documents.kinds import Kind
from tests.core.documents import samples
from tests.core.documents.samples import saved, zipped
from tests.core.redaction.files.planting import FORMATS
from tests.core.redaction.files.planting.names import Planted

MACRO = {
    ".docm": ("application/vnd.ms-word.document.macroEnabled.main+xml", samples.docx_parts, "word/document.xml"),
    ".xlsm": ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", samples.xlsx_parts, "xl/workbook.xml"),
}


def with_macros(ending: str) -> bytes:
    kind, parts, main = MACRO[ending]
    return zipped(
        {**parts(), "[Content_Types].xml": samples.types(kind, main), "word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
    )


@pytest.mark.parametrize("kind", Kind)
def test_every_hiding_place_gets_as_far_as_the_reader(kind: Kind) -> None:
    content, name = FORMATS[kind](Planted()), f"file{min(kind.endings)}"
    assert inspect(content, name, anew=True).ok
    assert inspect(content, name).ok == (kind not in {Kind.PDF, Kind.DOCX, Kind.EML}), "kept as they are, they are not"


@pytest.mark.parametrize("ending", MACRO)
def test_a_document_with_macros_is_what_it_is_without_them(ending: str) -> None:
    found = inspect(with_macros(ending), f"file{ending}", anew=True)
    assert (found.ok, found.kind) == (True, Kind.DOCX if ending == ".docm" else Kind.XLSX)
    assert not inspect(with_macros(ending), f"file{ending}").ok
    assert not inspect(with_macros(ending), "file.pdf", anew=True).ok, "an ending that contradicts"


def xfa() -> bytes:
    document = samples.new_pdf()
    document.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.Array([]), Fields=pikepdf.Array([]))
    return saved(document)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (samples.pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "a.pdf"),
        (xfa(), "a.pdf"),
        (zipped({**samples.docx_parts(), "word/a.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}), "a.docx"),
        (zipped({**samples.docx_parts(), "word/a.bin": bytes(9_000_000)}), "a.docx"),
        (zipped({"a.docx": zipped(samples.docx_parts())}), "a.zip"),
    ],
    ids=["locked", "a form of programs", "entities", "bomb", "archive"],
)
def test_what_cannot_be_read_is_refused_all_the_same(content: bytes, name: str) -> None:
    found = inspect(content, name, anew=True)
    assert not found.ok
    assert found.reason
