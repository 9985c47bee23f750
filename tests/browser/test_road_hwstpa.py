"""The programme of HWSTPA in a real browser, and what follows it: Wren completes it, enters the bank, and meets Tess.

Mo and Jan mark each on their own and then agree; Una runs the bank of the sample data.
"""

import re
import secrets
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import roads, steps
from tests.browser.conftest import Site
from tests.browser.roads import Body

pytestmark = pytest.mark.browser
SLUG = "hwstpa"
UNA = "una@mentorbank.example"
EXEMPT = ("role", "interview", "references", "vetting", "induction", "badge")


def test_to_the_bank_and_to_a_trainee(
    site: Site, context_for: Callable[..., BrowserContext], sign_in: Callable[..., Page]
) -> None:
    mark = secrets.token_hex(2)
    name = f"Wren Hale {mark}"
    body = roads.body_of(site, SLUG, sign_in)
    olu, wren, una = body.officer, context_for().new_page(), sign_in(UNA)
    journey = selected(body, wren, name, f"wren-{mark}@college.example")
    case = body.case(journey.split("/")[2])

    # fifteen hours taught and fifteen alone, in four parts
    days = [date.today() + timedelta(days=ahead) for ahead in (20, 21, 40, 41)]
    hours = {"hours_taught": "3.75", "hours_self_study": "3.75"}
    course = roads.course(body, f"{SLUG}/programme", f"Cohort {mark}", days, **hours)
    roads.chosen(wren, journey, "Mentor programme", f"Cohort {mark}")
    roads.confirmed(body, course)

    mo, jan = (
        roads.invited(body, context_for, f"{who} {mark}", f"{short}-{mark}@warwick.example", "assessor")
        for who, short in (("Mo Lind", "mo"), ("Jan Rook", "jan"))
    )
    roads.appointed(body, case, mo, f"Mo Lind {mark}", name)
    roads.appointed(body, case, jan, f"Jan Rook {mark}", name)
    marked(wren, mo, jan, journey, name)

    roads.held_today(body, course, 4)
    steps.go(wren, "/applying/hours/")
    steps.says(wren, "15 of 15")
    steps.go(olu, f"{case}/")
    roads.follow(olu, "Completion: decide")
    roads.decide(olu, "yes", "Both are passed, and every part was attended.")
    steps.go(wren, f"{journey}/stages/bank/")
    steps.says(wren, "10 credits at level 4")
    in_the_bank(una, wren, name, mark)


def selected(body: Body, wren: Page, name: str, address: str) -> str:
    """Read what a mentor does, applied, selected; where the journey is."""
    steps.go(wren, "/schemes/")
    roads.follow(wren, "Mentor programme and mentor bank")
    roads.follow(wren, "Apply")
    roads.follow(wren, "Create an account")
    steps.sign_up(wren, name, address)
    steps.press(wren, "Begin")
    journey = urlsplit(wren.url).path.rstrip("/")
    roads.follow(wren, "Application")
    steps.says(wren, "What a mentor in the bank does")
    roads.follow(wren, "Start")
    for _ in range(3):
        roads.fill_page(wren, {"*": "Ten years as a joiner, and two of teaching it."})
    steps.press(wren, "Hand in")
    olu = body.officer
    steps.go(olu, f"{body.case(journey.split('/')[2])}/")
    roads.follow(olu, "Selection")
    roads.decide(olu, "yes", "It fits the role.")
    return journey


def write(wren: Page, journey: str, piece: str, text: str) -> None:
    steps.go(wren, f"{journey}/pieces/{piece}/")
    if not wren.locator("main [name=text]").count():
        roads.follow(wren, "Change the text")
    wren.locator("main [name=text]").fill(text)
    for box in wren.locator("main [name^=declare-]").all():
        box.check()
    steps.press(wren, "Keep this text")


def mark_alone(marker: Page, name: str, piece: str, outcome: str) -> None:
    """One marker's own view, from their list of cases."""
    steps.go(marker, "/assess/")
    roads.follow(marker, name)
    roads.follow(marker, piece)
    roads.follow(marker, "Go to the marks")
    for point in range(2):
        roads.pick(marker, f"point-{point}", "met" if outcome == "pass" else "partly")
    roads.pick(marker, "outcome", outcome)
    marker.locator("main [name=feedback]").fill("Read twice.")
    steps.press(marker, "Keep my mark")
    steps.keep_at_the_gate(marker)


def agree(marker: Page, outcome: str) -> None:
    """Side by side, on the page of whoever marked last."""
    roads.pick(marker, "outcome", outcome)
    marker.locator("main [name=reason]").fill("We met and read it together.")
    marker.locator("main [name=feedback]").fill("Link it to what you did yourself.")
    steps.press(marker, "Keep it and tell the applicant")
    steps.keep_at_the_gate(marker)


def marked(wren: Page, mo: Page, jan: Page, journey: str, name: str) -> None:
    """Too short is refused; the markers differ, meet and agree; it is handed in again, and both pass."""
    theory, practice = "Theory and process", "Your practice as a mentor"
    write(wren, journey, "theory", "GROW is a model. " * 20)
    steps.says(wren, "at least 900 are needed")
    write(wren, journey, "theory", "GROW is a model. " * 240)
    steps.press(wren, "Send it")
    mark_alone(mo, name, theory, "pass")
    steps.says(mo, "you have marked it, 1 marker to come")
    mark_alone(jan, name, theory, "again")
    steps.says(jan, "the markers say different things")
    agree(jan, "again")
    steps.go(wren, "/applying/")
    roads.follow(wren, "Answer the feedback on Theory and process")
    steps.says(wren, "Link it to what you did yourself.")
    write(wren, journey, "theory", "GROW in my own work. " * 190)
    steps.press(wren, "Send it")
    write(wren, journey, "practice", "I mentored a colleague, and would wait longer another time. " * 4)
    steps.press(wren, "Send it")
    for piece in (theory, practice):
        mark_alone(mo, name, piece, "pass")
        mark_alone(jan, name, piece, "pass")
        steps.says(jan, "all markers say the same")
        agree(jan, "pass")


def in_the_bank(una: Page, wren: Page, name: str, mark: str) -> None:
    """Wren is among the bank's mentors, is cleared, and is assigned to Tess, agreed in writing first."""
    steps.go(una, "/home/")
    found = re.search(r"/run/[\w-]+", una.content())
    assert found, "Una's desk leads to the service that she runs"
    run = found[0]
    steps.go(una, f"{run}/mentors/")
    roads.follow(una, name)
    mentor = urlsplit(una.url).path
    steps.says(una, "A completed programme counts")
    steps.go(wren, "/mentoring/")
    roads.follow(wren, "May we keep your details?")
    roads.pick(wren, "answer", "given")
    steps.press(wren, "Send my answer")
    until = roads.dated("until", date.today() + timedelta(days=60))
    for missing in EXEMPT:  # each has its own pages, and tests of its own
        steps.send_form(una, f"{mentor}exempt/", {"missing": missing, "reason": "Known to the college.", **until})
    match = proposed(una, run, name, mark)
    steps.go(wren, "/mentoring/")
    roads.follow(wren, "Would you like to meet somebody?")
    roads.pick(wren, "answer", "yes")
    steps.press(wren, "Send my answer")
    steps.go(una, f"{match}answer/mentee/")
    roads.pick(una, "answer", "yes")
    steps.fill_date(una, "told_on", date.today())
    steps.press(una, "Save")
    introduce(una, match)
    steps.says(una, "agrees in writing first")
    agreed(una, wren, match)
    introduce(una, match)
    steps.says(una, "They are introduced.")
    steps.go(wren, "/mentoring/")
    steps.says(wren, "You meet Tess")


def proposed(una: Page, run: str, name: str, mark: str) -> str:
    """A trainee referred, taken on, and proposed to Wren; the match's page."""
    today, trainee = date.today(), f"Tess Young {mark}"
    steps.go(una, f"{run}/mentees/")
    roads.follow(una, "Referrals")
    roads.follow(una, "Record a referral")
    steps.fill_date(una, "on", today)
    roads.pick(una, "source", "agency")
    given = {"name": trainee, "known_as": "Tess", "email": f"tess-{mark}@college.example", "referrer_name": "A tutor"}
    for field, text in {**given, "organisation": "Riverside College", "why": "First year of the diploma."}.items():
        una.locator(f"main [name={field}]").fill(text)
    una.locator("main [name=agreed]").check()
    steps.press(una, "Record it")
    referral = urlsplit(una.url).path
    risk = steps.links(una, "/risk/")[0]
    criteria = re.findall(r'name="(c\d+)"', una.request.get(f"{referral}eligibility/").text())
    steps.send_form(una, f"{referral}eligibility/", dict.fromkeys(criteria, "yes"))
    steps.send_form(una, f"{referral}needs/", {"needs": "Staying with the course"})
    on = roads.dated("on", today)
    steps.send_form(una, risk, {"kind": "person", "level": "low", "findings": "Nothing known.", **on})
    steps.send_form(una, f"{referral}decide/", {"outcome": "accepted", "reason": "It fits.", **on})
    steps.go(una, f"{run}/matches/")
    roads.follow(una, "Propose a match")
    roads.follow(una, trainee)
    roads.follow(una, name)
    una.locator("main [name=rationale]").fill("Wren knows the first year of the diploma.")
    roads.pick(una, "kind", "one")
    steps.press(una, "Propose this match")
    return urlsplit(una.url).path


def introduce(una: Page, match: str) -> None:
    steps.go(una, f"{match}introduce/")
    una.locator("main [name=introduced_by]").fill("Una Vale")
    steps.fill_date(una, "on", date.today())
    roads.pick(una, "met", "no")
    steps.press(una, "They are introduced")


def agreed(una: Page, wren: Page, match: str) -> None:
    """Time, face to face, roles, boundaries, disputes: written down, and signed by all three."""
    steps.go(una, match)
    steps.go(una, steps.links(una, "/agreement/$")[0])
    roads.follow(una, "Draw it up")
    steps.fill_date(una, "on", date.today())
    words = {
        "time": "Two hours a fortnight",
        "face_to_face": "75",
        "roles": "Wren listens and asks; the tutor assesses.",
        "boundaries": "Nothing goes to whoever assesses.",
        "disputes": "Una arbitrates.",
        "notice": "Two weeks",
    }
    for field, text in words.items():
        una.locator(f"main [name={field}]").fill(text)
    steps.press(una, "Save for signing")
    steps.go(wren, "/mentoring/")
    roads.follow(wren, "Read and sign what was agreed with Tess")
    steps.says(wren, "Two hours a fortnight")
    steps.press(wren, "I agree, and sign")
    for who in ("mentee", "service"):
        steps.go(una, f"{match}agreement/")
        steps.go(una, next(one for one in steps.links(una, "/signed/") if one.endswith(f"/{who}/")))
        if una.locator("main [name=on_day]").count():
            steps.fill_date(una, "on", date.today())
        steps.submit(una.locator("main form button[type=submit]").first)
