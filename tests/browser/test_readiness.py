"""From a cell that is not met to the record mended, to the cell met, to evidence signed off, sent and confirmed.

Ada leads Lanternside and files her staff's supervision; Dot assesses it. Staff is who the sample is about.
"""

import re
from collections.abc import Callable

import pikepdf
import pytest
from playwright.sync_api import Page

from tests.browser import steps
from tests.browser.axe import look_here
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser
MAP = "/run/lanternside-mentoring/readiness/qim/2022/award/"
NUMBER = "29"


def cell(page: Page) -> str:
    """What the map says of the requirement, after it was opened anew."""
    steps.go(page, MAP)
    return page.locator("a.kw-map__cell", has=page.get_by_text(NUMBER, exact=True)).inner_text()


def test_from_a_cell_that_is_not_met_to_its_confirmation(site: Site, sign_in: Callable[..., Page]) -> None:
    ada, dot = sign_in("ada@lanternside.example"), sign_in("dot@assessors.example")

    # 1. the map says that it is not met; the requirement says who; the row is one click from the record
    assert "Not met" in cell(ada)
    with ada.expect_navigation():
        ada.locator("a.kw-map__cell", has=ada.get_by_text(NUMBER, exact=True)).click()
    steps.says(ada, re.compile(r"\d of \d members of staff had supervision"))
    one = ada.url
    rows = [link.inner_text() for link in ada.locator("main tbody a").all()]
    assert rows
    names = {part for row in rows for part in row.split()}

    # 2. what fails is mended on the form it leads to
    for _ in rows:
        steps.go(ada, one)
        with ada.expect_navigation():
            ada.locator("main tbody a").first.click()
        ada.locator("[name=supervisor]").fill("The chair of the trustees")
        ada.locator("[name=minutes]").fill("Workload, and the summer.")
        steps.press(ada, "Save")
    steps.go(ada, MAP)
    steps.press(ada, "Count again")  # on a busy machine what was slow to count is shown for some minutes
    assert "Not met" not in cell(ada)

    # 3. on the journey the records are looked at, and signed off
    steps.go(ada, one)
    with ada.expect_navigation():
        ada.get_by_role("link", name="Your evidence for it").click()
    requirement = ada.url
    ref = re.findall(r"/journeys/(\w+)/", requirement)[0]
    with ada.expect_navigation():
        ada.get_by_role("button", name="Use my records").click()
    steps.says(ada, "This is exactly what your assessor will see")
    assert look_here(ada) == []
    shown = [row.inner_text() for row in ada.locator("main tbody th").all()]
    assert shown
    assert all(re.fullmatch(r"[A-Z]\d*", row) for row in shown)
    for box in ("signed", "declared"):
        ada.locator(f"[name={box}]").check()
    steps.press(ada, "Sign off and add it")
    assert ada.url.startswith(requirement)
    steps.says(ada, "What our records show")

    # 4. sent, looked at beside the PDF, and confirmed; no name anywhere
    steps.press(ada, "Send to your assessor")
    steps.go(dot, f"/assess/{ref}/requirements/{NUMBER}/")
    with dot.expect_navigation():
        dot.get_by_role("link", name=re.compile("See its figures and sample")).click()
    assert [row.inner_text() for row in dot.locator("main tbody th").all()] == shown
    told = dot.locator("main").inner_text()
    assert not any(re.search(rf"\b{re.escape(name)}\b", told) for name in names)
    assert "/run/" not in dot.content()
    assert look_here(dot) == []
    href = dot.get_by_role("link", name=re.compile(r"Open \(PDF")).get_attribute("href") or ""
    answer = dot.request.get(href)
    assert answer.status == 200
    kept = site.data / "snapshot.pdf"
    kept.write_bytes(answer.body())
    with pikepdf.open(kept) as pdf:
        assert pdf.Root.Lang == "en-GB"
    steps.confirm(dot, f"/assess/{ref}/requirements/{NUMBER}/")
    steps.go(ada, requirement)
    steps.says(ada, "Confirmed on")
