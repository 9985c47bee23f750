"""The main task by keyboard alone: from the public self-check to evidence that the assessor confirms."""

import re
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from kithwork.procedures.sample import PASSWORD
from tests.browser.conftest import Site
from tests.browser.keyboard import Keyboard

pytestmark = pytest.mark.browser
WORDS = "Young people and trained volunteers."


def test_the_main_task_with_the_keyboard_alone(
    site: Site, context_for: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    """Self-check, account, organisation, application, one requirement's evidence with a file, sent; then the assessor's
    way from the queue to 'Confirm and next'. The body's part in between is done by its functions."""
    mark = secrets.token_hex(2)
    service, email = f"Keyside {mark}", f"kay-{mark}@keyside.example"
    page = context_for().new_page()
    keys = Keyboard(page)

    # the self-check: the first answer with an arrow and back, the others with Space
    page.goto("/")
    keys.go("^Check whether your service is eligible$")
    if re.search(r"/check/$", page.url):
        keys.go("Quality in Mentoring")
    keys.reach("^Yes$", type="radio")
    for key in ("Space", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    stop = keys.look()
    assert stop is not None
    assert (stop.words.strip(), stop.answered) == ("Yes", True), "arrows go from choice to choice"
    keys.fill({}, "", "^See the answer$")
    keys.go("^Create an account$", tag="a", main=True)

    # an account, an organisation and its service
    keys.type("^Email", email)
    keys.type("^Your name$", "Kay Orr")
    keys.type("^Password$", PASSWORD + mark)
    keys.go("^Create account$")
    keys.fill({"service": service, "website": "", "address": ""}, f"Keyside {mark}", "^Save and continue$")
    keys.go("^Begin$")
    ref = re.findall(r"/journeys/(\w+)/", page.url)[0]

    # the checklist and the application
    keys.go("^Do this now$")
    keys.fill({}, "", "^Hand in the answers$")
    keys.go("^The journey$")
    keys.go("^Do this now$")
    if not re.search("page=", page.url):
        keys.go("^(Start|Continue|About the service)", main=True)
    answers = {
        "annual_turnover": "99999",
        "services_applying": "1",
        "contact_email": email,
        "contact_phone": "020 7946 0018",
    }
    answers |= {"website": "https://keyside.example", "service_name": service, "contact_name": "Kay Orr"}
    hand_in = page.get_by_role("button", name="Hand in", exact=True)
    keys.until(lambda: hand_in.count() > 0, lambda: keys.fill(answers, WORDS, "^Save and continue$"))
    keys.go("^Hand in$")

    # what the body and its assessor do meanwhile
    site.program("forward", ref)

    # evidence for the first requirement: a file, sent
    (tmp_path / "minutes.txt").write_text("Minutes of the board: the members were elected in spring.")
    keys.go("^The journey$")
    keys.go("^Evidence sent online$")
    keys.go("^The service$")
    keys.go("^1 Board of trustees$")
    keys.reach("^Add a file$", tag="summary")
    if not page.locator("#add-file[open]").count():
        page.keyboard.press("Enter")
    keys.type("^What is it", "Minutes of the board")
    keys.choose_file("^File", tmp_path / "minutes.txt")
    keys.go("^Add the file$")
    taken_away = page.get_by_role("button", name="Take this file away, and destroy it")
    expect(taken_away).to_be_visible(timeout=60_000)  # it has been read, and nothing was found
    keys.reach("^I have looked through this")
    page.keyboard.press("Space")
    keys.go("^Approve and make the redacted copy$")
    page.wait_for_url(lambda url: "/gate/" not in url, timeout=60_000)
    expect(page.locator("main")).to_contain_text("Minutes of the board")
    keys.go("^Send to your assessor$")
    expect(page.locator("h1")).to_contain_text("With your assessor")

    # the assessor: from the queue by its search to the case, the answer by the link that leads to it
    dot = context_for().new_page()
    keys = Keyboard(dot)
    dot.goto("/accounts/login/")
    keys.type("^Email", "dot@assessors.example")
    keys.type("^Password$", PASSWORD)
    keys.go("^Sign in$", type="submit")
    keys.reach("^Filter and search$", tag="summary")
    dot.keyboard.press("Enter")
    keys.type("^Search", service)
    with dot.expect_navigation():
        dot.keyboard.press("Enter")
    keys.go(f"^{service}$", tag="a")
    keys.go("^1 Board of trustees$", tag="a")
    keys.reach("^Go to your answer$")
    dot.keyboard.press("Enter")
    keys.go("^Confirm and next$")
    expect(dot.locator("main")).not_to_contain_text("Board of trustees: 1 item sent")
    page.reload()
    expect(page.locator("h1")).to_contain_text("Confirmed")
