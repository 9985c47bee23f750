"""From the code on a certificate to a verdict, and from a file that somebody was sent; then the award is suspended.

Tidewater Mentors hold an award in the demo; Nan looks it up on a telephone, and has no account.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import steps
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser
NUMBER = re.compile(r"QIM-\d{4}-\d{4}")


def test_from_the_code_on_a_certificate_to_a_verdict(
    context_for: Callable[..., BrowserContext], sign_in: Callable[..., Page], site: Site, tmp_path: Path
) -> None:
    nan = context_for(width=360, height=740).new_page()

    # the register leads to the page that the code on the certificate leads to
    steps.go(nan, "/register/?search=Tidewater")
    nan.get_by_role("link", name=re.compile("^Tidewater")).first.click()
    where = nan.url
    assert "/awards/" in where
    expect(nan.get_by_role("heading", level=1)).to_have_text("This award is valid")
    steps.says(nan, "and not changed since")
    steps.says(nan, "Tidewater Mentors")
    assert nan.evaluate("document.documentElement.scrollWidth") <= 360, "nothing runs off a telephone"

    # the file that goes with it, checked by itself
    with nan.expect_download() as waiting:
        nan.get_by_role("link", name=re.compile("^The badge with the signed credential")).click()
    file = tmp_path / "badge.png"
    waiting.value.save_as(file)
    nan.get_by_role("link", name="Check the file itself").click()
    nan.locator("#id_credential").set_input_files(file)
    steps.press(nan, "Check it")
    expect(nan.get_by_role("heading", level=1)).to_have_text("This credential is valid")
    steps.says(nan, "awarding body of this site")

    # the same words changed by one letter
    nan.goto(where)
    with nan.expect_download() as waiting:
        nan.get_by_role("link", name="The signed credential (JSON)").click()
    forged = json.loads(waiting.value.path().read_text())
    forged["credentialSubject"]["name"] = "Tidewater Menders"
    steps.go(nan, "/verify/file/")
    nan.locator("#id_pasted").fill(json.dumps(forged))
    steps.press(nan, "Check it")
    expect(nan.get_by_role("heading", level=1)).to_have_text("This credential was tampered with")

    # what the command says of the same file
    done = site.kithwork("credential", "verify", str(file))
    assert done.returncode == 1
    assert "keys not known" in done.stderr, "offline, and without the body's document, nobody can tell"

    # an officer suspends the award; every place says so at once
    number = NUMBER.search(waiting.value.suggested_filename)
    assert number
    olu = sign_in("olu@awards.example")
    steps.go(olu, "/body/befriending-networks-sample/register/?q=Tidewater")
    olu.locator("main table").get_by_role("link", name=re.compile("^Tidewater")).first.click()
    steps.press(olu, "Suspend it")
    olu.locator("main textarea").first.fill("A complaint is being looked into.")
    steps.press(olu, "Suspend it")
    nan.goto(where)
    expect(nan.get_by_role("heading", level=1)).to_have_text("This award is suspended")
    steps.go(nan, "/verify/file/")
    nan.locator("#id_credential").set_input_files(file)
    steps.press(nan, "Check it")
    expect(nan.get_by_role("heading", level=1)).to_have_text("This credential was withdrawn")
    picture = nan.request.get(f"{where}standing.svg")
    assert "Suspended" in picture.text()
