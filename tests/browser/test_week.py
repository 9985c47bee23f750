"""A coordinator's week in a real browser: from a referral at the public page to two people who meet, and what follows.

Cora coordinates the demo's service; Wilf asks for a mentor; whoever mentors him has no account and answers by a link.
"""

import re
import secrets
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import roads, steps
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser
RUN = "/run/lanternside-mentoring"


def test_a_coordinators_week(
    site: Site, context_for: Callable[..., BrowserContext], sign_in: Callable[..., Page]
) -> None:
    mark = secrets.token_hex(2)
    wilf, cora = f"Wilf Marrow {mark}", sign_in("cora@lanternside.example")
    address = f"wilf-{mark}@people.example"

    # Monday: a referral comes by the public page, and stands on Today
    someone = context_for(width=390, height=800).new_page()
    steps.go(someone, "/refer/lanternside-mentoring/")
    steps.press(someone, "Send")
    assert someone.locator(".govuk-error-summary").is_visible(), "what is missing is named"
    someone.get_by_role("radio", name="For me", exact=True).check()
    someone.get_by_label("Name of the person").fill(wilf)
    someone.get_by_label("What they like to be called").fill("Wilf")
    someone.locator("main [name=email]").fill(address)
    someone.get_by_label("Why would a mentor help?").fill("Since I moved I see nobody from one week to the next.")
    someone.get_by_role("checkbox", name=re.compile("knows of this and agrees")).check()
    steps.press(someone, "Send")
    steps.says(someone, "Lanternside Mentoring")

    steps.go(cora, f"{RUN}/")
    expect(cora.get_by_role("heading", level=1)).to_contain_text("need you")
    steps.go(cora, f"{RUN}/referrals/")
    roads.follow(cora, wilf)
    referral = cora.url
    answer_what_is_asked_first(cora, referral, wilf)
    steps.go(cora, referral)
    roads.follow(cora, "Decide")
    cora.get_by_role("radio", name="Onto the waiting list").check()
    cora.get_by_label("Why?").fill("He wants company, and we have mentors who like what he likes.")
    steps.press(cora, "Decide")
    steps.go(cora, f"{RUN}/waiting/")
    steps.says(cora, wilf)

    # Tuesday: a line of Today is one click from done
    steps.go(cora, f"{RUN}/")
    first = cora.locator("main a[href*='/contact/']").last  # the keyboard's days take from the front
    line = first.inner_text()
    with cora.expect_navigation(wait_until="domcontentloaded"):
        first.click()
    steps.press(cora, "Log it")
    steps.go(cora, f"{RUN}/")
    assert line not in cora.locator("main").inner_text(), "what is done no longer needs anybody"

    # Wednesday: a proposal with its reasons; both are asked by mail, and both say yes
    steps.go(cora, f"{RUN}/matches/new/")
    roads.follow(cora, wilf)
    mentor = cora.get_by_role("table", name="Ready").get_by_role("row").nth(1).get_by_role("link")
    name = mentor.inner_text()
    with cora.expect_navigation(wait_until="domcontentloaded"):
        mentor.click()
    cora.get_by_label("Why these two?").fill("")  # whatever their records say for a draft
    steps.press(cora, "Propose this match")
    assert cora.locator(".govuk-error-summary").is_visible(), "a decision without its reason is none"
    cora.get_by_label("Why these two?").fill(f"Both have time on the same days, and {name.split()[0]} listens well.")
    steps.press(cora, "Propose this match")
    match = cora.url
    for whom in ("Wilf", name.split()[0]):
        steps.press(cora, f"Ask {whom} by a link")
    while not site.kithwork("mail").stdout.startswith("0 sent"):  # some hundreds at a time
        pass
    for to in (address, mentors_address(cora, name)):
        asked = context_for(width=390, height=800).new_page()
        mail = roads.newest_mail(site, to, "/meet/")
        assert "Wilf" not in mail, "a mail names nobody"
        steps.go(asked, roads.link_in(mail, "/link/"))
        steps.says(asked, "Both have time on the same days")
        asked.get_by_role("radio", name=re.compile("^Yes")).check()
        steps.press(asked, "Send my answer")

    # Thursday: they are introduced, and meet
    steps.go(cora, match)
    roads.follow(cora, "Introduce them")
    cora.get_by_label("How often and where will they meet?").fill("Thursdays at the library")
    steps.press(cora, "They are introduced")
    steps.says(cora, "Running")
    steps.go(cora, f"{match}contact/mentee/")
    cora.get_by_label("What was said?").fill("They got on, and talked for two hours.")
    steps.press(cora, "Log it")
    steps.says(cora, "They got on")

    # Friday: what mentors logged is read and answered; a review is held; a policy is looked at again
    steps.go(cora, f"{RUN}/contacts/?whose=all")
    unread = cora.locator("main article").count()
    assert unread, "the demo's mentors have logged meetings"
    with cora.expect_navigation(wait_until="domcontentloaded"):
        cora.locator("main article h2 a").first.click()
    entry = cora.url
    cora.locator("main textarea").first.fill("Thank you. That sounds like a good afternoon.")
    steps.submit(cora.locator("main button[type=submit]").first)
    steps.go(cora, entry)
    steps.says(cora, "a good afternoon")
    steps.go(cora, f"{match}review/")
    for radio in ("Mostly", "Yes"):
        for one in cora.get_by_role("radio", name=radio, exact=True).all():
            one.check()
    steps.submit(cora.locator("main button[type=submit]").first)
    steps.go(cora, match)
    steps.says(cora, "Review")

    # and it ends, in the end: the last day, what follows, and both are told
    steps.go(cora, f"{match}end/")
    cora.locator("main input[type=radio]").first.check()
    steps.fill_date(cora, "known_on", date.today())
    steps.fill_date(cora, "last_day", date.today())
    for box in cora.locator("main textarea, main input[type=text]:not([inputmode])").all():
        if not box.input_value():
            box.fill("He has found his own way to the club.")
    steps.submit(cora.locator("main button[type=submit]").first)
    steps.go(cora, match)
    steps.says(cora, re.compile("End(ing|ed)"))

    # a stranger and a mentor learn nothing of all this
    for other in ("eve@elsewhere.example", "mab@mentors.example"):
        page = sign_in(other)
        for path in (f"{RUN}/", referral, match, f"{RUN}/waiting/"):
            assert page.request.get(path).status == 404, f"{other} at {path}"


def answer_what_is_asked_first(cora: Page, referral: str, wilf: str) -> None:
    """All that stands before the waiting list: told, talked with, right for the service, needs and risk."""
    steps.go(cora, f"{referral}decide/")
    steps.says(cora, "Missing for the waiting list")
    steps.go(cora, f"{referral}acknowledge/")
    steps.submit(cora.locator("main button[type=submit]"))
    steps.go(cora, f"{referral}talk/")
    cora.get_by_role("radio", name="Yes", exact=True).check()
    steps.press(cora, "Save")
    steps.go(cora, f"{referral}eligibility/")
    steps.say_yes_to_all(cora)
    steps.press(cora, "Save")
    steps.go(cora, f"{referral}needs/")
    cora.locator("main textarea").fill("company\ngetting out more")
    steps.press(cora, "Save")
    steps.go(cora, referral)
    roads.follow(cora, "Assess the risk to themselves and others")
    cora.get_by_role("radio", name="Risk to self and others").check()
    cora.get_by_role("radio", name="Low", exact=True).check()
    cora.get_by_label("What could go wrong?").fill("Nothing beyond the everyday.")
    steps.press(cora, "Save the assessment")


def mentors_address(cora: Page, name: str) -> str:
    """The e-mail address on a mentor's record."""
    steps.go(cora, f"{RUN}/mentors/")
    roads.follow(cora, name)
    found = re.search(r"[\w.+-]+@[\w.-]+\.example", re.sub(r"[\u200b\u00ad]", "", cora.locator("main").inner_text()))
    assert found
    return found[0]
