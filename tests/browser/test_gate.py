"""From upload to the assessor's view, in a browser: a document with names, progress, decisions, approval, the copy."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps

pytestmark = pytest.mark.browser

NAME = "Quenby Yarrow"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
LEADS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(*paragraphs: str) -> bytes:
    """A Word document of plain paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr("_rels/.rels", LEADS)
        packed.writestr(
            "word/document.xml", f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
    return made.getvalue()


def test_a_name_does_not_leave_the_house(sign_in: Callable[..., Page], tmp_path: Path) -> None:
    ada, dot = sign_in("ada@lanternside.example"), sign_in("dot@assessors.example")
    notes = tmp_path / f"{NAME}.docx"
    notes.write_bytes(
        document("Notes of the first month.", f"{NAME} met her mentor on Tuesday.", "Ring 07700 900123.", "It helps.")
    )
    steps.go(ada, "/services/lanternside-trust/")
    journey = steps.links(ada, r"^/journeys/\w+/")[0].split("/")[2]
    slot = next(
        one for one in map(str, range(1, 62))
        if 'id="add-file"' in ada.request.get(f"/journeys/{journey}/requirements/{one}/").text()
    )  # fmt: skip
    page = f"/journeys/{journey}/requirements/{slot}/"
    steps.go(ada, page)
    form = steps.adding(ada, "file")
    form.locator("[name=file-title]").fill(f"Notes about {NAME}")
    form.locator("[name=file-upload]").set_input_files(notes)
    for name, value in (("day", "1"), ("month", "10"), ("year", "2026")):
        if form.locator(f"[name=file-dated_{name}]").count():
            form.locator(f"[name=file-dated_{name}]").fill(value)
    steps.press(form, "Add the file")

    # it is read, and the page tells how far it is until there is something to decide
    expect(ada.locator("[data-gate-text]")).to_be_visible(timeout=120_000)
    marked = ada.locator("[data-gate-text] mark")
    expect(marked.filter(has_text="Yarrow").first).to_be_visible()

    # what was missed is selected, and stands in the field
    ada.locator(".kw-gate__passage").filter(has_text="first month").last.evaluate(
        "p => { const r = document.createRange(); r.selectNodeContents(p); getSelection().removeAllRanges();"
        " getSelection().addRange(r); p.dispatchEvent(new MouseEvent('mouseup', {bubbles: true})); }"
    )
    assert "first month" in ada.locator("[data-gate-words]").input_value()
    steps.press(ada, "Mark it everywhere")
    steps.says(ada, "1 place marked, to be reduced")

    # decided, approved, copied
    steps.through_the_gate(ada)
    steps.says(ada, "Notes about Q")
    steps.press(ada, "Send to your assessor")
    steps.go(dot, f"/assess/{journey}/requirements/{slot}/")
    steps.says(dot, "Notes about")
    assert "Yarrow" not in dot.content()
    file = steps.links(dot, rf"^/assess/{journey}/.*file")[0]
    copy = dot.request.get(file).body()
    with zipfile.ZipFile(io.BytesIO(copy)) as packed:
        text = " ".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    assert "Yarrow" not in text
    assert "900123" not in text
    assert "first month" not in text
    assert re.search("met her mentor", re.sub("<[^>]+>", "", text))
