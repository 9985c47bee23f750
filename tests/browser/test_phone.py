"""A mentor's phone in a real browser: one tap, a lost connection, an answer read, and a worry that reaches a person.

Mab mentors at the demo's service; Cora reads what is logged; Ada answers for safeguarding.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import roads, steps

pytestmark = pytest.mark.browser
RUN = "/run/lanternside-mentoring"
PHONE = {"width": 390, "height": 780}


def test_a_mentors_phone(sign_in: Callable[..., Page]) -> None:
    mab, cora = sign_in("mab@mentors.example", **PHONE), sign_in("cora@lanternside.example")

    # one tap: who, when and how long are guessed
    steps.go(mab, "/mentoring/")
    tap = mab.get_by_role("button", name=re.compile("^We met today"))
    assert tap.count() == 2, "she meets two people"
    box = tap.first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < PHONE["height"], "no scrolling before the tap"
    assert box["height"] >= 40, "a thumb finds it"
    with mab.expect_navigation(wait_until="domcontentloaded"):
        tap.first.click()
    steps.says(mab, "minutes. Nobody has read it yet.")

    # no connection: what was typed is kept on the phone, and sent once there is one
    steps.go(mab, "/mentoring/")
    person = mab.locator("main section").nth(1)
    with mab.expect_navigation(wait_until="domcontentloaded"):
        person.get_by_role("link", name=re.compile("^Another day")).click()
    words = "We planted out the seedlings, and she told me about the course."
    mab.context.set_offline(True)
    mab.locator("main textarea").first.fill(words)
    mab.get_by_role("button", name="Save", exact=True).click()
    expect(mab.get_by_role("status").first).to_contain_text("kept on this phone")
    mab.context.set_offline(False)
    mab.wait_for_url(lambda url: not url.endswith("/log/"))  # sent without another tap
    steps.go(mab, "/mentoring/log/")
    with mab.expect_navigation(wait_until="domcontentloaded"):
        mab.locator("main table tbody a").first.click()
    steps.says(mab, words)
    entry = mab.url

    # a coordinator reads it and answers; Mab sees that somebody did
    steps.go(cora, f"{RUN}/contacts/?whose=all")
    article = cora.locator("main article").filter(has_text=words)
    with cora.expect_navigation(wait_until="domcontentloaded"):
        article.get_by_role("link").first.click()
    cora.locator("main textarea").first.fill("Lovely. Ask her when the course begins.")
    steps.submit(cora.locator("main button[type=submit]").first)
    steps.go(mab, entry)
    steps.says(mab, "Ask her when the course begins.")

    # somebody does not turn up, which is as quick
    steps.go(mab, "/mentoring/")
    roads.follow(mab, re.compile("did not turn up"))
    steps.press(mab, "Save")

    # a worry reaches a person at once; the coordinator, who does not answer for safeguarding, cannot read it
    steps.go(mab, "/mentoring/")
    roads.follow(mab, re.compile("^I am worried"))
    steps.says(mab, "999")
    worry = "She says that she is not safe where she sleeps."
    mab.locator("main textarea").first.fill(worry)
    mab.get_by_role("radio", name="Today", exact=True).check()
    steps.press(mab, "Send it now")
    ada = sign_in("ada@lanternside.example")
    steps.go(ada, f"{RUN}/")
    assert "/concerns/" in steps.links(ada, rf"^{RUN}/")[0], "the first thing on Today"
    steps.go(ada, f"{RUN}/concerns/")
    waiting = steps.links(ada, rf"^{RUN}/concerns/\w+/")
    steps.go(ada, next(path for path in waiting if worry in ada.request.get(path).text()))
    steps.says(ada, worry)
    concern = ada.url
    assert cora.request.get(concern).status == 404

    # and whom she does not meet she does not see
    for path in (f"{RUN}/mentees/", f"{RUN}/", f"{RUN}/contacts/", concern):
        assert mab.request.get(path).status == 404, path
