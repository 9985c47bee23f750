"""What the roads of people have in common: coming to the site, being invited, courses, mail with a link in it."""

import email
import email.policy
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

from tests.browser import steps
from tests.browser.conftest import Site


@dataclass
class Body:
    """An awarding body as one of its officers works at it."""

    site: Site
    officer: Page
    slug: str

    @property
    def home(self) -> str:
        return f"/body/{self.slug}"

    def case(self, ref: str) -> str:
        return f"{self.home}/journeys/{ref}"


def body_of(site: Site, scheme: str, sign_in: Callable[..., Page]) -> Body:
    slug, officer = json.loads(site.program("whose", scheme))
    return Body(site, sign_in(officer), slug)


def follow(page: Page, name: str | re.Pattern[str], within: str = "main") -> None:
    """Follow the first link of that name, or the first that looks like a button."""
    place, exact = page.locator(within), isinstance(name, str)
    called = place.get_by_role("link", name=name, exact=exact).or_(place.get_by_role("button", name=name, exact=exact))
    found = place.locator("a").and_(called).first
    with page.expect_navigation(wait_until="domcontentloaded"):
        found.click()


def pick(page: Page, name: str, value: str) -> None:
    page.locator(f"main [name='{name}'][value='{value}']").check()


def mailed(body: Body, to: str) -> str:
    """What was mailed last to an address, once the officer has had the outbox sent from its page."""
    steps.go(body.officer, f"{body.home}/outbox/")
    send = body.officer.get_by_role("button", name="Send what waits now", exact=True)
    while send.count():  # some hundreds at a time
        steps.submit(send)
    return newest_mail(body.site, to)


def newest_mail(site: Site, to: str, holding: str = "") -> str:
    """What the site sent last to an address, of that which has these words in it."""
    newest = ""
    for file in sorted((site.data / "mail").iterdir(), key=lambda one: one.stat().st_mtime_ns):
        for text in re.split(r"^-{79}\n", file.read_text(), flags=re.MULTILINE):
            message = email.message_from_string(text, policy=email.policy.default)
            if to in str(message["To"]) and holding in message.get_content():
                newest = f"{message['Subject']}\n{message.get_content()}"
    assert newest, f"nothing was mailed to {to}"
    return newest


def link_in(text: str, begins: str) -> str:
    """The address on this site in a mail, without the site."""
    found = [urlsplit(one).path for one in re.findall(r"http://localhost:\d+[^\s>]*", text)]
    return next(path for path in found if path.startswith(begins))


def invited(body: Body, context_for: Callable[..., BrowserContext], name: str, address: str, role: str) -> Page:
    """Somebody whom the officer asks to join the body, at their desk there: by the link that was mailed to them."""
    steps.go(body.officer, f"{body.home}/people/")
    body.officer.locator("main [name=email]").fill(address)
    pick(body.officer, "role", role)
    steps.press(body.officer, "Send the invitation")
    page = context_for().new_page()
    steps.go(page, link_in(mailed(body, address), "/invitations/"))
    steps.press(page, "Create an account")
    steps.sign_up(page, name, address)
    steps.press(page, "Accept the invitation")
    return page


def fill_page(page: Page, answers: dict[str, str]) -> None:
    """One page of a form: what is empty is filled by its name, else with `*`; the first choice of those to choose."""
    for field in page.locator("main form :is(input, textarea, select)").all():
        name, kind = field.get_attribute("name") or "", field.evaluate("e => e.type")
        if kind == "radio":
            if not page.locator(f"main [name='{name}']:checked").count():
                field.check()
        elif kind == "select-one":
            field.select_option(index=1)
        elif kind not in {"hidden", "submit", "checkbox"} and not field.input_value():
            field.fill(answers.get(name, answers["*"]))
    steps.press(page, "Save and continue")


def course(body: Body, serves: str, title: str, days: Sequence[date], **part: str) -> str:
    """A course that an officer sets up and publishes, a part a day; its page. The first day is typed in."""
    page = body.officer
    steps.go(page, f"{body.home}/courses/")
    follow(page, "Set up a course or a meeting")
    page.locator("main [name=title]").fill(title)
    page.locator("main [name=capacity]").fill("12")
    page.locator("main [name=serves]").select_option(serves)
    steps.press(page, "Save and add its first day")
    here = urlsplit(page.url).path
    given = {"starts": "09:30", "ends": "16:30", "place": "The Invented Hall", **part}
    for name, value in given.items():
        page.locator(f"main [name={name}]").fill(value)
    steps.fill_date(page, "day", days[0])
    steps.press(page, "Save")
    for day in days[1:]:  # as the first one
        steps.send_form(page, here, {**given, **dated("day", day), "then": "done"})
    follow(page, "Look at it and publish")
    steps.press(page, "Publish it")
    return urlsplit(page.url).path


def dated(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def move_to_today(body: Body, course: str, count: int) -> None:
    """Every part of a course to today, for no test can wait for its days."""
    today = date.today()
    for number in range(1, count + 1):
        steps.send_form(body.officer, f"{course}parts/{number}/move/", dated("day", today))


def all_there(body: Body, course: str, count: int) -> None:
    """Whoever has a place is noted as present at every part; the first is noted by hand."""
    page = body.officer
    for number in range(1, count + 1):
        here = f"{course}parts/{number}/attendance/"
        if number == 1:
            steps.go(page, f"{course}attendance/")
            follow(page, re.compile("Part 1"))
            for radio in page.locator("main input[type=radio][value=present]").all():
                radio.check()
            steps.press(page, "Save")
        else:
            names = re.findall(r'name="(state_\w+)"', page.request.get(here).text())
            steps.send_form(page, here, dict.fromkeys(names, "present"))


def held_today(body: Body, course: str, parts: int) -> None:
    move_to_today(body, course, parts)
    all_there(body, course, parts)


def chosen(person: Page, journey: str, stage: str, title: str) -> None:
    """A person chooses a date of a course on their journey."""
    steps.go(person, f"{journey}/")
    follow(person, stage)
    person.get_by_role("radio", name=re.compile(title)).check()
    steps.press(person, "Send my choice")


def confirmed(body: Body, course: str) -> None:
    """Whoever has asked for a place of a course first has it."""
    steps.go(body.officer, course)
    steps.submit(body.officer.get_by_role("button", name=re.compile("^Confirm")).first)


def decide(officer: Page, outcome: str, reason: str) -> None:
    """The officer, on the page of a decision, and on the one that asks whether they are sure."""
    pick(officer, "outcome", outcome)
    officer.locator("main [name=reason]").fill(reason)
    steps.press(officer, "Decide")
    if officer.locator("button[name=sure]").count():
        steps.submit(officer.locator("button[name=sure]"))


def appointed(body: Body, case: str, assessor: Page, name: str, applicant: str) -> None:
    """The officer asks an assessor, who declares that no interest conflicts, and is then on the case's page."""
    page = body.officer
    steps.go(page, f"{case}/")
    follow(page, re.compile("^(Appoint an? |Ask somebody|Change who)"))
    page.get_by_role("radio", name=name).check()
    steps.press(page, "Ask")
    steps.go(assessor, "/assess/")
    follow(assessor, applicant)
    assessor.locator("main input[type=radio]").first.check()
    steps.press(assessor, "Send my declaration")
