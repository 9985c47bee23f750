"""A coordinator's day by keyboard alone: a contact, a referral up to the waiting list, a match proposed and agreed."""

import re
import secrets
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from kithwork.procedures.sample import PASSWORD
from tests.browser.keyboard import Keyboard

pytestmark = pytest.mark.browser
WORDS = "Would like company, and has time on the same days."


def test_a_coordinators_day_with_the_keyboard_alone(context_for: Callable[..., BrowserContext]) -> None:
    """No mouse from signing in to two people who are introduced; every stop on the way shows that it has the focus."""
    page = context_for().new_page()
    keys = Keyboard(page)
    name = f"Keziah Lock {secrets.token_hex(2)}"
    page.goto("/accounts/login/")
    keys.type("^Email", "cora@lanternside.example")
    keys.type("^Password$", PASSWORD)
    keys.go("^Sign in$", type="submit")
    if "/home/" in page.url:
        keys.go("^Lanternside Mentoring$", main=True)

    # a contact: from its line on Today, with what the form guesses
    stop = keys.reach("^(Ring|Be in touch with) ", tag="a", main=True)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keys.go("^Log it$", type="submit")
    page.goto("/run/lanternside-mentoring/")
    assert stop.words.strip() not in page.locator("main").inner_text(), "what is done no longer needs anybody"

    # a referral that came by telephone, each of its steps, and the waiting list
    keys.go("^Mentees$")
    keys.go("^Referrals$", main=True)
    keys.go("^Record a referral$", main=True)
    answers = {"name": name, "email": "keziah@people.example", "why": WORDS, "phone": "01632 960177"}
    blank = {"referrer_name", "organisation", "referrer_email", "referrer_phone", "born_day", "born_month", "born_year"}
    keys.fill(answers | dict.fromkeys(blank, ""), "", "^Record it$")
    for step in ("Acknowledge it", "Talk with the person", "Look at each criterion", "Write down their needs"):
        keys.go(f"^{step}$", main=True)
        keys.fill({}, "company", "^(Save|Record it)$")
    keys.go("^Assess the risk", main=True)
    days = {"actions": "", "actions_due_day": "", "actions_due_month": "", "actions_due_year": ""}
    keys.fill(days, "Nothing beyond the everyday.", "^Save the assessment$")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ready to decide")
    keys.go("^Decide$", main=True)
    keys.fill({"signposted_to": ""}, WORDS, "^Decide$")
    expect(page.get_by_role("heading", level=1)).to_contain_text("On the waiting list")

    # a match: whom, with whom, why; both say yes; they are introduced
    keys.go("^Matches$")
    keys.go("^Propose a match$", main=True)
    keys.go(f"^{name}$", main=True)
    keys.reach("", tag="a", main=True)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Propose that")
    keys.fill({"characteristic": "", "justification": ""}, WORDS, "^Propose this match$")
    for _ in range(2):
        keys.go("note the answer$|^Explain the reasons", main=True)
        keys.reach("^They have not answered yet$", type="radio")
        page.keyboard.press("ArrowDown")  # round to the first answer
        said = keys.look()
        assert said is not None
        assert (said.words.strip(), said.answered) == ("Yes, they want to meet", True)
        keys.go("^Save$", type="submit")
    keys.go("^Introduce", main=True)
    keys.fill({"meets": "Tuesdays at the library"}, "", "^They are introduced$")
    expect(page.locator("main")).to_contain_text(re.compile("Running"))
