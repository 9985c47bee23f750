"""The status of a mentor of trainee teachers in a real browser: from an interest to the badge, and the lead's on top.

Quin is the mentor, Ines the partnership tutor who observes, Pat and Pam the panel, Cleo its chair. Head and tutor sign
by the link that was mailed to them, without an account.
"""

import io
import re
import secrets
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page

from tests.browser import roads, steps
from tests.browser.conftest import Site
from tests.browser.roads import Body

pytestmark = pytest.mark.browser
SLUG = "qms"
WORDS = "I asked before telling, and waited for the trainee to find the next step."


def test_to_the_status_and_the_lead_status_on_top(
    site: Site, context_for: Callable[..., BrowserContext], sign_in: Callable[..., Page]
) -> None:
    mark = secrets.token_hex(2)
    name = f"Quin Vale {mark}"
    body = roads.body_of(site, SLUG, sign_in)
    olu, quin = body.officer, context_for().new_page()
    journey = interested(body, quin, name, f"quin-{mark}@fellside.example")
    case = body.case(journey.split("/")[2])
    applied(quin, journey)
    for stage, who in (("Your head's agreement", "head"), ("Your partnership tutor's signature", "tutor")):
        signed_by_link(body, context_for, quin, stage, f"{who}-{mark}@fellside.example")
    briefed(body, quin, journey, "Enrolment", "Half-day briefing", f"briefing/{mark}")

    # a portfolio, private until it is handed in
    folder = f"{journey}/portfolio/portfolio/"
    ines = roads.invited(body, context_for, f"Ines Holt {mark}", f"ines-{mark}@cumbria.example", "assessor")
    roads.appointed(body, case, ines, f"Ines Holt {mark}", name)
    steps.go(quin, f"{journey}/")
    roads.follow(quin, "Do this now")
    built(quin, folder)
    read = f"/assess/{journey.split('/')[2]}/portfolio/portfolio/"
    assert ines.request.get(read).status == 404, "nobody reads it before it is handed in"
    roads.follow(quin, "Hand it in")
    steps.says(quin, "4 Self-development and working in partnership")
    steps.press(quin, "Hand it in")
    assert ines.request.get(read).status == 200

    observed(ines, quin, name, "Joint observation")

    # the panel reads, keeps its record and recommends; the chair confirms; the officer grants
    pat, pam, cleo = (
        roads.invited(body, context_for, f"{who} {mark}", f"{who.split()[0].lower()}-{mark}@cumbria.example", role)
        for who, role in (("Pat Lowe", "panel"), ("Pam Ridd", "panel"), ("Cleo Fen", "chair"))
    )
    judged(body, (pat, pam, cleo), name, case, "Qualified Mentor Status")
    steps.go(quin, f"{journey}/stages/status/")
    steps.says(quin, f"{name} holds the Qualified Mentor Status")
    assert quin.request.get(steps.links(quin, "certificate.pdf")[0]).body().startswith(b"%PDF")

    # the lead's status on top, and what is held stays valid meanwhile
    roads.follow(quin, "Go for Qualified Lead Mentor Status")
    roads.pick(quin, "level", "qlms")
    steps.press(quin, "Aim at this")
    lead_applied(quin, journey)
    signed_by_link(body, context_for, quin, "Your partnership tutor's signature", f"lead-{mark}@fellside.example")
    lead = "Half-day briefing for lead mentors"
    briefed(body, quin, journey, "Enrolment as a lead mentor", lead, f"lead-briefing/{mark}")
    built(quin, f"{journey}/portfolio/lead-portfolio/")
    roads.follow(quin, "Hand it in")
    steps.press(quin, "Hand it in")
    observed(ines, quin, name, "Joint observation of a training session")
    judged(body, (pat, pam, cleo), name, case, "Qualified Lead Mentor Status")
    steps.go(quin, f"{journey}/stages/status/")
    steps.says(quin, f"{name} holds the Qualified Lead Mentor Status")
    steps.go(olu, f"{body.home}/impact/")
    steps.says(olu, "Qualified Lead Mentor Status")


def interested(body: Body, quin: Page, name: str, address: str) -> str:
    """Two questions, and the handbook in return; where the journey is."""
    steps.go(quin, "/schemes/")
    roads.follow(quin, "Qualified Mentor Status")
    roads.follow(quin, "Apply")
    roads.follow(quin, "Create an account")
    steps.sign_up(quin, name, address)
    steps.press(quin, "Begin")
    journey = urlsplit(quin.url).path.rstrip("/")
    roads.follow(quin, "Register your interest")
    roads.follow(quin, "Start")
    roads.fill_page(quin, {"*": "Fellside School"})
    steps.press(quin, "Hand in")
    steps.go(quin, roads.link_in(roads.mailed(body, address), "/journeys/"))
    steps.says(quin, "Here are the handbook and who can apply.")
    quin.get_by_text("Handbook", exact=True).click()
    steps.says(quin, "There are two levels.")
    return journey


def row(page: Page, field: str, number: int, day: date, **cells: str) -> None:
    """A row of a form's table."""
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"main [name='{field}-{number}-ended_{part}']").fill(str(value))
    for cell, text in cells.items():
        box = page.locator(f"main [name='{field}-{number}-{cell}']")
        box.select_option(text) if cell == "point" else box.fill(text)


def applied(quin: Page, journey: str) -> None:
    """Trainees of four years ago do not count, nor two at the same point."""
    today = date.today()
    steps.go(quin, f"{journey}/")
    roads.follow(quin, "Application")
    roads.follow(quin, "Start")
    roads.pick(quin, "qts", "yes")
    steps.fill_date(quin, "training", today - timedelta(days=800))
    steps.press(quin, "Save and continue")
    row(quin, "trainees", 1, today - timedelta(days=200), placement="Fellside School", point="beginning")
    row(quin, "trainees", 2, today - timedelta(days=4 * 366), placement="Fellside School", point="beginning")
    steps.press(quin, "Save and continue")
    steps.says(quin, "within the last 3 years.")
    row(quin, "trainees", 2, today - timedelta(days=20), point="beginning")
    steps.press(quin, "Save and continue")
    assert quin.locator(".govuk-error-summary").is_visible(), "across a range of experience"
    row(quin, "trainees", 2, today - timedelta(days=20), point="developing")
    steps.press(quin, "Save and continue")
    steps.press(quin, "Save and continue")
    steps.press(quin, "Hand in")


def lead_applied(quin: Page, journey: str) -> None:
    day = date.today() - timedelta(days=60)
    steps.go(quin, f"{journey}/")
    roads.follow(quin, "Application for Qualified Lead Mentor Status")
    roads.follow(quin, "Start")
    for number in (1, 2):
        row(quin, "mentors", number, day, where="Fellside School")
    steps.press(quin, "Save and continue")
    roads.fill_page(quin, {"*": WORDS})
    steps.press(quin, "Hand in")


def signed_by_link(
    body: Body, context_for: Callable[..., BrowserContext], quin: Page, stage: str, address: str
) -> None:
    """Somebody without an account reads the application and signs."""
    steps.go(quin, "/applying/")
    roads.follow(quin, f"Ask for it: {stage}")
    quin.get_by_label("Their name").fill("Hana Okafor")
    quin.get_by_label("Their e-mail address").fill(address)
    steps.press(quin, "Ask")
    hana = context_for().new_page()
    link = roads.link_in(roads.mailed(body, address), "/support/")
    steps.go(hana, link)
    steps.says(hana, "Fellside School")
    for box in hana.locator("main input[type=text][name=role]").all():
        box.fill("Head")
    steps.say_yes_to_all(hana)
    steps.press(hana, "Sign and send")
    steps.says(hana, "Thank you")
    assert hana.request.get(link).status == 404, "it works once"
    hana.context.close()


def briefed(body: Body, quin: Page, journey: str, enrolment: str, stage: str, serves: str) -> None:
    """Enrolled, and at a briefing; `serves` is the stage's name and a mark."""
    name, mark = serves.split("/")
    olu = body.officer
    steps.go(olu, f"{body.case(journey.split('/')[2])}/")
    roads.follow(olu, enrolment)
    roads.decide(olu, "yes", "Everybody has signed.")
    title = f"{stage} {mark}"
    course = roads.course(body, f"{SLUG}/{name}", title, [date.today() + timedelta(days=20)])
    roads.chosen(quin, journey, stage, title)
    roads.confirmed(body, course)
    roads.held_today(body, course, 1)


def built(quin: Page, folder: str) -> None:
    """A text, a picture and a film, each linked to what it shows; what is covered; all of it as one file."""
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(picture, "PNG")
    steps.go(quin, folder)
    roads.follow(quin, "Write the first text")
    quin.locator("main [name=title]").fill("A lesson that went wrong")
    quin.locator("main [name=text]").fill(WORDS)
    steps.press(quin, "Save")
    boxes = quin.locator("main input[type=checkbox]")
    boxes.nth(0).check()
    steps.press(quin, "Save")
    roads.follow(quin, "Add a picture or a file")
    quin.locator("main [name=title]").fill("The board afterwards")
    board = {"name": "board.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    quin.locator("main [name=upload]").set_input_files(board)  # type: ignore[arg-type]  # a file's payload
    steps.press(quin, "Save")
    steps.through_the_gate(quin)
    boxes.nth(1).check()
    steps.press(quin, "Save")
    roads.follow(quin, "Add a video or another link")
    quin.locator("main [name=title]").fill("A film of my feedback")
    quin.locator("main [name=url]").fill("https://video.example.org/1")
    quin.locator("main [name=declared]").check()
    steps.press(quin, "Save")
    steps.press(quin, "Save")
    roads.follow(quin, "See the map of what is covered")
    steps.says(quin, "1 of 4 standards")
    steps.go(quin, folder)
    assert quin.request.get(steps.links(quin, "portfolio.zip")[0]).body().startswith(b"PK")


def observed(ines: Page, quin: Page, name: str, title: str) -> None:
    """Arranged, written up, signed by the tutor and, with a response, by the mentor."""
    steps.go(ines, "/assess/")
    roads.follow(ines, name)
    roads.follow(ines, title)
    steps.fill_date(ines, "day", date.today())
    ines.locator("main [name=at]").fill("23:30")
    ines.locator("main [name=place]").fill("Fellside School")
    steps.press(ines, "Arrange and tell the applicant")
    roads.follow(ines, title)
    ines.locator("main [name=seen]").fill("Asked before telling.")
    steps.press(ines, "Save and ask for the signatures")
    steps.press(ines, "Sign this write-up")
    steps.go(quin, "/applying/")
    roads.follow(quin, f"Sign: {title}")
    steps.says(quin, "Asked before telling.")
    quin.locator("main textarea").first.fill("I learned to wait longer.")
    steps.press(quin, "Sign")


def judged(body: Body, panel: tuple[Page, Page, Page], name: str, case: str, level: str) -> None:
    pat, pam, cleo = panel
    for member in (pat, pam):
        steps.go(member, "/home/")
        roads.follow(member, re.compile(name))
        if member is pat:
            steps.says(member, "Joint observation")
            assert member.request.get(steps.links(member, r"/portfolio/\w")[0]).status == 200
        member.locator("main [name=outcome]").first.check()
        member.locator("main [name=summary]").fill("It reflects, and is linked to the standards.")
        steps.press(member, "Recommend")
    steps.go(cleo, "/home/")
    roads.follow(cleo, re.compile(name))
    roads.follow(cleo, re.compile("(Fill in|Change) the record"))
    for number in range(3):
        roads.pick(cleo, f"found-{number}", "yes")
    steps.press(cleo, "Keep the record")
    roads.decide(cleo, "yes", "The panel agrees.")
    olu = body.officer
    steps.go(olu, f"{case}/")
    roads.follow(olu, "Grant it")
    steps.says(olu, level)
    steps.press(olu, "Grant it")
