"""The licence of a PQASSO mentor in a real browser: Mia from the public page to the register, Hal through a renewal.

Olu stands for whichever officer works for the body that offers it; Tom is the trainer.
"""

import re
import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import roads, steps
from tests.browser.conftest import Site
from tests.browser.roads import Body

pytestmark = pytest.mark.browser
SLUG = "pqasso-mentor"
ANSWERS = {"phone": "020 7946 0018", "*": "Ten years of helping small charities to do this well."}


def test_to_the_licence(site: Site, context_for: Callable[..., BrowserContext], sign_in: Callable[..., Page]) -> None:
    mark = secrets.token_hex(2)
    name, address, area = f"Mia Corrie {mark}", f"mia-{mark}@example.org", f"Northvale {mark}"
    body = roads.body_of(site, SLUG, sign_in)
    mia = context_for().new_page()
    journey = from_the_public_page(mia, name, address)
    case = body.case(journey.split("/")[2])
    applied(mia, journey, area)
    assert "has received what you handed in" in roads.mailed(body, address), "the receipt"

    # more is asked for, then it is approved
    olu = body.officer
    steps.go(olu, f"{body.home}/?q={mark}")
    roads.follow(olu, re.compile(name))
    steps.says(olu, "waits for you")
    roads.follow(olu, "Approval")
    roads.decide(olu, "more", "Say more of the organisations that you plan to support.")
    steps.go(mia, f"{journey}/")
    roads.follow(mia, "Application")
    steps.says(mia, "Say more of the organisations that you plan to support.")
    roads.follow(mia, "Whom you will support")
    mia.locator("[name=clients]").fill("Three food banks and two youth clubs.")
    for button in ("Save and continue", "Save and continue", "Hand in"):
        steps.press(mia, button)
    steps.go(olu, f"{case}/")
    roads.follow(olu, "Approval")
    steps.says(olu, "Three food banks")
    roads.decide(olu, "yes", "Every point is shown.")

    course = taught(body, mia, journey, mark)
    pay(body, case, "480")
    steps.go(mia, f"{journey}/stages/course-fee/")
    steps.says(mia, "paid on")
    roads.held_today(body, course, 4)
    steps.go(mia, f"{journey}/stages/course/")
    steps.says(mia, "attended")

    # presentation and written assessment; extra work, with a fee for support
    tom = roads.invited(body, context_for, f"Tom Hale {mark}", f"tom-{mark}@example.org", "assessor")
    roads.appointed(body, case, tom, f"Tom Hale {mark}", name)
    roads.follow(tom, "Go to the next one")
    steps.press(tom, "Confirm and next")
    tom.locator("main [name=advice]").fill("Write two pages more on self-assessment.")
    steps.press(tom, "Ask for more and next")
    steps.go(mia, "/applying/")
    roads.follow(mia, "Do the extra work: Written assessment")
    steps.says(mia, "Write two pages more on self-assessment.")
    steps.go(olu, f"{case}/")
    roads.follow(olu, "Extra one-to-one support")
    pay(body, case, "60")
    steps.go(tom, "/assess/")
    roads.follow(tom, name)
    roads.follow(tom, "Go to the next one")
    steps.press(tom, "Confirm and next")

    steps.go(olu, f"{case}/")
    roads.follow(olu, "Decision on the licence")
    roads.decide(olu, "yes", "Everything is shown.")
    listed(context_for, mia, journey, area, name)
    kept_up(body, mia, journey, case, mark)
    for stranger, path in ((sign_in("eve@elsewhere.example"), f"{journey}/"), (tom, f"{case}/"), (mia, f"{case}/")):
        assert stranger.request.get(path, max_redirects=0).status == 404, "nobody else's"
    assert site.kithwork("ledger", "verify").returncode == 0


def from_the_public_page(mia: Page, name: str, address: str) -> str:
    """The scheme's page, its check, an account, an application begun; where the journey is."""
    steps.go(mia, "/schemes/")
    roads.follow(mia, "PQASSO mentor licence")
    steps.says(mia, "Who can become a PQASSO mentor")
    roads.follow(mia, re.compile("[Cc]heck"))
    steps.say_yes_to_all(mia)
    steps.press(mia, "See the answer")
    steps.press(mia, "Create an account")
    steps.sign_up(mia, name, address)
    steps.press(mia, "Begin")
    journey = urlsplit(mia.url).path.rstrip("/")
    roads.follow(mia, "Check that this is for you")
    steps.say_yes_to_all(mia)
    steps.press(mia, "Hand in the answers")
    return journey


def applied(mia: Page, journey: str, area: str) -> None:
    """An application with gaps goes no further, nor does one that somebody else filled in."""
    steps.go(mia, f"{journey}/")
    roads.follow(mia, "Application")
    roads.follow(mia, "Start")
    steps.press(mia, "Save and continue")
    assert mia.locator(".govuk-error-summary").is_visible()
    for title in ("About you", "Your role and the sector", "Your experience", "Whom you will support"):
        steps.says(mia, title)
        roads.fill_page(mia, {**ANSWERS, "area": area})
    roads.pick(mia, "myself", "no")
    roads.pick(mia, "duties", "yes")
    steps.press(mia, "Save and continue")
    steps.says(mia, "An application is accepted only from the person who applies.")
    roads.pick(mia, "myself", "yes")
    steps.press(mia, "Save and continue")
    steps.press(mia, "Hand in")


def taught(body: Body, mia: Page, journey: str, mark: str) -> str:
    """The first choice is not given: another date is offered, and taken up. The course's page."""
    spring, summer = (date.today() + timedelta(days=days) for days in (60, 120))
    days = [timedelta(days=number) for number in (0, 1, 14, 15)]
    roads.course(body, f"{SLUG}/course", f"Spring course {mark}", [spring + day for day in days])
    other = roads.course(body, f"{SLUG}/course", f"Summer course {mark}", [summer + day for day in days])
    roads.chosen(mia, journey, "Mentor course", f"Spring course {mark}")
    olu = body.officer
    steps.go(olu, f"{body.home}/courses/?q={mark}")
    roads.follow(olu, f"Spring course {mark}")
    roads.follow(olu, re.compile("^Offer another date"))
    olu.get_by_role("radio", name=re.compile(f"Summer course {mark}")).check()
    steps.press(olu, "Offer this date")
    steps.go(mia, "/applying/")
    roads.follow(mia, f"Answer the offer of a place: Summer course {mark}")
    steps.press(mia, "Take this place")
    for paper, begins in (("letter.pdf", b"%PDF"), ("outline.pdf", b"%PDF"), ("days.ics", b"BEGIN:VCALENDAR")):
        assert mia.request.get(steps.links(mia, paper)[0]).body().startswith(begins)
    steps.go(olu, f"{body.case(journey.split('/')[2])}/")
    roads.follow(olu, "Send the invoice")
    return other


def pay(body: Body, case: str, pounds: str) -> None:
    """Send the invoice whose page the officer is on, at a price set by hand, and take the payment."""
    olu = body.officer
    olu.locator("main [name=amount]").fill(pounds)
    olu.locator("main [name=by_hand]").fill("Set for this year.")
    steps.press(olu, "Send the invoice")
    steps.go(olu, steps.links(olu, rf"{case}/pay/\w+/")[-1])
    steps.submit(olu.locator("main form button[type=submit]").first)


def listed(context_for: Callable[..., BrowserContext], mia: Page, journey: str, area: str, name: str) -> None:
    """She agrees to be listed, is found by her area, and a client reads what a licence means."""
    steps.go(mia, f"{journey}/")
    roads.follow(mia, "Licence")
    public = context_for().new_page()
    steps.go(public, f"/register/?place={area}")
    assert name not in public.locator("main").inner_text(), "nobody is listed who has not agreed"
    steps.press(mia, "List me on the register")
    steps.go(public, "/register/")
    public.locator("main [name=place]").fill(area)
    steps.press(public, "Filter")
    roads.follow(public, name)
    steps.says(public, "This award is valid")
    assert public.request.get(f"{urlsplit(public.url).path}certificate.pdf").body().startswith(b"%PDF")
    roads.follow(public, "What a licence means")
    steps.says(public, "The licence is no promise")


def kept_up(body: Body, mia: Page, journey: str, case: str, mark: str) -> None:
    """What a holder keeps up: a change told of, and read by the body; the disclaimer stands there too."""
    roads.follow(mia, "What you keep up, and telling of changes")
    steps.says(mia, "The licence is no promise")
    mia.get_by_label("Your new area of operation").fill(f"Westvale {mark}")
    steps.press(mia, "Tell of a change")
    steps.says(mia, f"Westvale {mark}")
    steps.go(body.officer, f"{case}/")
    steps.says(body.officer, f"Westvale {mark}")
    steps.go(mia, f"{journey}/history/")


def test_a_renewal_by_application_and_workshop(site: Site, sign_in: Callable[..., Page]) -> None:
    mark = secrets.token_hex(2)
    address = f"hal-{mark}@example.org"
    body = roads.body_of(site, SLUG, sign_in)
    site.program("holder", f"Hal Reed {mark}", address, str(3 * 365 - 80))
    hal = sign_in(address)
    roads.follow(hal, "Ask to renew: Renewal")
    ends = re.search(r"your award ends on (\d+ \w+ \d{4})", hal.locator("h1").inner_text())
    assert ends
    steps.press(hal, "Renew")
    journey = urlsplit(hal.url).path.rstrip("/")
    roads.follow(hal, "Do this now")
    roads.follow(hal, "Start")
    for _ in range(3):
        roads.fill_page(hal, ANSWERS)
    steps.press(hal, "Hand in")
    day = date.today() + timedelta(days=30)
    course = roads.course(body, f"{SLUG}/workshop", f"Workshop {mark}", [day])
    roads.chosen(hal, journey, "Renewal workshop", f"Workshop {mark}")
    roads.confirmed(body, course)
    roads.held_today(body, course, 1)
    olu = body.officer
    steps.go(olu, f"{body.case(journey.split('/')[2])}/")
    roads.follow(olu, "Decision on the licence")
    roads.decide(olu, "yes", "")
    steps.go(hal, f"{journey}/stages/licence/")
    begins = datetime.strptime(ends[1], "%d %B %Y").date() + timedelta(days=1)
    steps.says(hal, re.compile(rf"Begins on\s*{begins.day} {begins:%B %Y}"))
