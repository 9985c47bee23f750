"""From the waiting list to both sides' yes, in a real browser: the best pairs found, one accepted in one's own words,
both told why by a link, both free to decline. The way to the decision goes by the keyboard.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import roads, steps
from tests.browser.conftest import Site
from tests.browser.keyboard import Keyboard

pytestmark = pytest.mark.browser
RUN = "/run/lanternside-mentoring"
OWN = "Both are patient, and it is a short walk from one to the other."


def test_from_the_waiting_list_to_both_sides_yes(
    site: Site, context_for: Callable[..., BrowserContext], sign_in: Callable[..., Page]
) -> None:
    cora = sign_in("cora@lanternside.example")
    keys = Keyboard(cora)
    steps.go(cora, f"{RUN}/matches/proposed/")
    keys.go("^(Look again|Find the best pairs)$", type="submit")
    expect(cora.get_by_role("heading", level=1)).to_contain_text("to decide")
    mentee, mentor, addresses = who_can_be_written_to(cora)

    # what if it were somebody else? nothing is decided by looking
    roads.follow(cora, re.compile(f"^Change.*{re.escape(mentee)}$"))
    first = mentee.split()[0]
    expect(cora.get_by_role("heading", level=1)).to_contain_text(f"could meet {first}")
    steps.press(cora, "What if?")
    expect(cora.locator("#tried")).to_contain_text(first)
    cora.go_back()
    cora.go_back()

    # accepted, in the coordinator's own words after the draft
    keys.go(f"^Accept\\s+{re.escape(mentee)}", main=True)
    expect(cora.get_by_role("heading", level=1)).to_contain_text("Propose that")
    reasons = cora.get_by_label("Why these two?")
    draft = reasons.input_value()
    assert draft, "the reasons stand there as a draft"
    assert "weeks" not in draft, "how long somebody waited is not told to the other"
    reasons.fill(f"{draft}\n{OWN}")
    cora.get_by_label("Send both the link to the reasons now").check()
    steps.press(cora, "Propose this match")
    match = cora.url
    steps.says(cora, "Both have been sent the link")
    while not site.kithwork("mail").stdout.startswith("0 sent"):  # some hundreds at a time
        pass
    for to in addresses:
        asked = context_for(width=390, height=800).new_page()
        mail = roads.newest_mail(site, to, "/meet/")
        assert first not in mail, "a mail names nobody"
        assert mentor.split()[0] not in mail, "a mail names nobody"
        steps.go(asked, roads.link_in(mail, "/link/"))
        steps.says(asked, OWN)
        steps.says(asked, "You are free to say no")
        asked.get_by_role("radio", name=re.compile("^Yes")).check()
        steps.press(asked, "Send my answer")
    steps.go(cora, match)
    expect(cora.get_by_role("link", name="Introduce them").first).to_be_visible()
    steps.go(cora, f"{RUN}/matches/proposed/")
    row = cora.get_by_role("table", name="Decided in the last two months").get_by_role("row", name=mentee)
    expect(row).to_contain_text("Both are being asked")


def who_can_be_written_to(cora: Page) -> tuple[str, str, list[str]]:
    """The first pair of whom both have an address: what each is called, and the addresses."""
    for card in cora.locator("main section.govuk-summary-card").all():
        links = card.get_by_role("heading").get_by_role("link").all()
        addresses = [address_on(cora, link.get_attribute("href") or "") for link in links]
        if all(addresses):
            mentee, mentor = (link.inner_text() for link in links)
            return mentee, mentor, addresses
    raise AssertionError("no pair of whom both can be written to")


def address_on(cora: Page, href: str) -> str:
    """The e-mail address on somebody's record, '' where there is none."""
    text = re.sub(r"[\u200b\u00ad]|<wbr>|&shy;", "", cora.request.get(href).text())
    found = re.search(r"[\w.+-]+@[\w.-]+\.example", text.split("</header>")[-1])
    return found[0] if found else ""
