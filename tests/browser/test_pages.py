"""axe-core on every page of every desk, as whoever may see it: no violation, no sideways scroll, not heavy.

The site is the demo's, with the states added that the demo has no example of (`rarer.py`). Every page of the site map
is fetched in every state in which it is met; axe-core then looks at each once, and at as many more as hold every shape
of element that occurs at all. `crawl.py` says why that is as good as all: there are some five thousand addresses, most
of them of requirements, which differ by their words. What is asserted is that no page of the site map was left out, nor
any kind of stage, nor any state of a journey, a stage or a requirement.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from kithwork.core.journey import ItemState, StageState, Status
from kithwork.core.schemes import StageKind
from kithwork.procedures.sample import PASSWORD
from kithwork.urls import urlpatterns
from kithwork.web.kit.pages import Desk, desk_of
from tests.browser.axe import look, look_here
from tests.browser.conftest import Site
from tests.browser.crawl import Crawl, Fetched, Person, cover, told
from tests.browser.rarer_people import CHAIR, FOLDERS, HOLDER, KEEPER, LAPSED, PANEL, PERSON, SUPPORTED
from tests.house.test_matrix import SERVICE_HALF, pages

pytestmark = pytest.mark.browser
COLD_BYTES = 200 * 1024
RUNNING = tuple(route for route in SERVICE_HALF if "<" not in route)
BODY = "/body/befriending-networks-sample"

FILES = {
    "register_csv", "certificate", "badge", "calendar_feed", "item_file", "invoice_pdf", "assess_file",
    "body_invoice_pdf",
    "course_outline", "course_calendar", "course_letter", "place_letter", "place_outline", "place_calendar",
    "portfolio_file", "portfolio_zip", "assess_portfolio_file", "assess_portfolio_zip", "body_portfolio_file",
    "body_portfolio_zip", "my_letter", "my_outline", "preview_certificate", "preview_invoice", "preview_letter",
    "mfa_download_recovery_codes", "gate_picture", "gate_progress", "body_keys_progress", "my_rights_copy",
    "decision_pdf", "register_json", "credential", "credential_file", "standing_svg", "level_emblem",
}  # fmt: skip
ANSWERS_ONLY = {
    "send_outbox", "stop_message", "send_message_again", "withdraw_invite", "course_offers", "course_confirm",
    "part_remove", "stop_my_key",
}  # fmt: skip  # take a POST, and lead to a page
OF_NO_EDITION = {"assess_stage"}  # none has its assessor answer a checklist or a form; the page has tests of its own
FOR_PROGRAMS = {"health", "mfa_login_webauthn", "api-root", "openapi-json", "readiness"}
FOR_PROGRAMS |= {"did_json", "status_json", "case_documents", "case_one", "case_discovery"}


@dataclass
class World:
    """What `rarer.py` prints: sessions by address, pages that come by mail, and how everything stands."""

    sessions: dict[str, str]
    mailed: list[str]
    alone: list[str]
    states: dict[str, Any]

    def person(self, role: str, email: str = "") -> Person:
        return Person(role, self.sessions[email] if email else "")


@pytest.fixture(scope="session")
def world(site: Site) -> World:
    return World(**json.loads(site.program("rarer")))


def visitors(desk: Desk, world: World) -> list[tuple[Person, list[str]]]:
    """Who looks at a desk, and where they begin."""
    match desk:
        case Desk.PUBLIC:
            mailed = [path for path in world.mailed if not path.startswith("/accounts/")]
            return [(world.person("public"), ["/", "/check/", "/support/thanks/", "/account-erased/", *mailed])]
        case Desk.ACCOUNT:
            whose = ("dot@assessors.example", "newcomer@example.org", "protected@example.org", "lead@harbour.example")
            people = [(world.person(email, email), ["/home/", "/account/"]) for email in whose]
            several = world.person("several", "several@example.org")
            return [
                (world.person("public"), ["/accounts/login/"]),
                (several, ["/home/", "/account/", "/start/qim/"]),
                *people,
            ]
        case Desk.SERVICE:
            home = "/services/lanternside-trust/"
            colleagues = (("lead", "ada"), ("contributor", "bea"), ("reader", "cid"))
            mine = [(world.person(role, f"{name}@lanternside.example"), [home]) for role, name in colleagues]
            # first those of the rarer states: of pages alike three are looked at
            rarer = [PERSON, HOLDER, SUPPORTED, LAPSED, *FOLDERS]
            persons = [*rarer, *(email for email in world.alone if email not in rarer)]
            alone = [(world.person("person", email), ["/applying/"]) for email in persons]
            # the rarer states are of Eve's services
            leads = ["eve@elsewhere.example", *(email for email in world.sessions if email.startswith("lead@"))]
            return [*mine, *[(world.person("lead", email), ["/home/"]) for email in leads], *alone]
        case Desk.ASSESSOR:
            return [(world.person("assessor", f"{name}@assessors.example"), ["/assess/"]) for name in ("dot", "ivo")]
        case Desk.BODY:
            panel = [(world.person(email, email), ["/home/", f"{BODY}/panel/"]) for email in (PANEL, CHAIR, KEEPER)]
            mine = [ref for ref, one in world.states["courses"].items() if BODY.endswith(f"/{one[-1]}")]
            past = [f"{BODY}/courses/{ref}/" for ref in mine]  # no link leads to those that are over
            return [(world.person("officer", "olu@awards.example"), [f"{BODY}/", *past]), *panel]
        case _:
            raise AssertionError(f"say who looks at the pages of the desk '{desk}', and where they begin")


# a service's daily work and those who do it: `test_running_pages.py`
DESKS = (Desk.SERVICE, Desk.BODY, Desk.PUBLIC, Desk.ACCOUNT, Desk.ASSESSOR)  # longest first


@pytest.mark.parametrize("desk", DESKS)
def test_every_page_of_a_desk(desk: Desk, site: Site, world: World, context_for: Callable[..., BrowserContext]) -> None:
    with Crawl(site.address, desk, world.states, lambda path: not of_daily_work(path)) as crawl:
        for who, first in visitors(desk, world):
            crawl.walk(who, first)
    chosen = cover(crawl.pages)
    page = context_for().new_page()
    faults = crawl.faults
    for one in chosen:
        become(page, one.who, site)
        faults += look(page, one.path)
    seen = {one.name for one in chosen}
    if desk is Desk.ACCOUNT:
        seen |= by_hand(page, world, site, faults)
    assert not faults, "\n".join(faults)
    no_pages = FILES | ANSWERS_ONLY | FOR_PROGRAMS | OF_NO_EDITION
    assert not seen & no_pages, "a page after all"
    asked = {
        str(pattern.name)
        for route, pattern in pages(urlpatterns)
        if desk_of(pattern) is desk and not route.startswith(SERVICE_HALF)
    }
    left_out = sorted(asked - no_pages - seen)
    assert not left_out, f"never came to these pages of the site map: {left_out}"
    if desk is Desk.SERVICE:
        assert_every_state(chosen, world)


def of_daily_work(path: str) -> bool:
    """Of the half of the site on which a service is run."""
    return path.startswith(RUNNING) or "/run/" in path


def assert_every_state(chosen: Sequence[Fetched], world: World) -> None:
    """Every kind of stage in every state that it is met in, and every state that there is."""
    of_stages = {one for page in chosen if page.name == "journey_stage" for one in told(page)}
    there_are = {("stages", *state[:2]) for state in world.states["stages"].values()}
    # a portfolio's stage is a page of its own, which the site map's check has seen
    left_out = sorted(one for one in there_are - of_stages if one[1] != StageKind.PORTFOLIO)
    assert not left_out, f"never came to stages in these states: {left_out}"
    assert {kind for _, kind, _ in there_are} == {*StageKind}
    assert {state for _, _, state in there_are} == {*StageState}
    of_journeys = {one[1] for page in chosen if page.name == "journey" for one in told(page) if one[0] == "journeys"}
    assert of_journeys == {*Status}
    of_slots = {one[1] for page in chosen if page.name == "requirement" for one in told(page) if one[0] == "slots"}
    assert of_slots == {*ItemState}


def become(page: Page, who: Person, site: Site) -> None:
    """Sign in as somebody, by their session."""
    page.context.clear_cookies()
    if who.session:
        page.context.add_cookies([{"name": "sessionid", "value": who.session, "url": site.address}])


def by_hand(page: Page, world: World, site: Site, faults: list[str]) -> set[str]:
    """Pages of signing in that no link leads to: from a mail, between two steps, or with a key in hand."""

    def sees(who: Person, *paths: str) -> None:
        become(page, who, site)
        for path in paths:
            faults.extend(look(page, path))

    public, guarded = world.person("public"), world.person("", "protected@example.org")
    confirm, reset = (path for path in world.mailed if path.startswith("/accounts/"))
    sees(public, "/accounts/inactive/", "/accounts/confirm-email/", "/accounts/password/reset/done/", confirm, reset)
    for field in page.locator("main input[type=password]").all():
        field.fill(PASSWORD + "-new")
    press(page, "Save the new password")
    faults += look_here(page)
    sees(public, "/accounts/password/reset/key/1-too-old/", "/accounts/login/code/")
    page.get_by_label("Email").fill("ada@lanternside.example")
    press(page, "Send the code")
    faults += look_here(page)
    sees(guarded, "/accounts/2fa/reauthenticate/", "/accounts/reauthenticate/", "/accounts/logout/")
    sees(guarded, "/accounts/2fa/recovery-codes/", "/accounts/2fa/recovery-codes/generate/")
    sees(guarded, "/accounts/2fa/totp/deactivate/")
    sees(public, "/accounts/login/")
    page.get_by_label("Email").fill("protected@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    assert page.url.endswith("/accounts/2fa/authenticate/"), page.url
    faults += look_here(page)
    with_a_key(page, world.person("", "bea@lanternside.example"), site, faults)
    return {
        "account_inactive", "account_email_verification_sent", "account_reset_password_done", "account_confirm_email",
        "account_reset_password_from_key", "account_reset_password_from_key_done", "account_confirm_login_code",
        "mfa_reauthenticate", "account_reauthenticate", "account_logout", "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes", "mfa_deactivate_totp", "mfa_authenticate", "mfa_add_webauthn",
        "mfa_list_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_reauthenticate_webauthn",
    }  # fmt: skip


def with_a_key(page: Page, who: Person, site: Site, faults: list[str]) -> None:
    """Add a passkey by a key that Chromium plays, rename it, and come to the question whether to remove it."""
    become(page, who, site)
    player = page.context.new_cdp_session(page)
    player.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    key |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    player.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    faults += look(page, "/accounts/2fa/webauthn/add/")
    press(page, "Add the key")
    faults += look(page, "/accounts/2fa/webauthn/")
    for name in ("Rename", "Remove"):
        page.goto("/accounts/2fa/webauthn/")
        page.get_by_role("link", name=name).first.click()
        faults += look_here(page)
    faults += look(page, "/accounts/2fa/webauthn/reauthenticate/")


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def test_what_is_not_to_be_had_is_said_well(
    site: Site, world: World, context_for: Callable[..., BrowserContext]
) -> None:
    page = context_for().new_page()
    faults = look(page, "/nowhere/", 404) + look(page, "/invitations/not-one-of-ours/", 404)
    withdrawn = next(ref for ref, state in world.states["journeys"].items() if state[0] == Status.WITHDRAWN)
    become(page, world.person("lead", "eve@elsewhere.example"), site)
    faults += look(page, f"/journeys/{withdrawn}/withdraw/", 409) + look(page, "/services/lanternside-trust/", 404)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("email", "path", "button"),
    [
        ("", "/check/qim/", "See the answer"),
        ("eve@elsewhere.example", "/services/elsewhere-friends/new/", "Add the service"),
        ("eve@elsewhere.example", "/services/elsewhere-friends/colleagues/", "Send the invitation"),
        ("olu@awards.example", f"{BODY}/people/", "Send the invitation"),
        ("", "/accounts/login/", "Sign in"),
    ],
    ids=["self-check", "service", "colleagues", "people", "sign-in"],
)
def test_a_form_that_is_refused(
    email: str, path: str, button: str, site: Site, world: World, context_for: Callable[..., BrowserContext]
) -> None:
    page = context_for().new_page()
    become(page, world.person("", email), site)
    page.goto(path)
    press(page, button)
    assert page.locator(".govuk-error-summary").is_visible()
    faults = look_here(page)
    assert not faults, "\n".join(faults)


def test_a_page_seen_for_the_first_time_is_light(context_for: Callable[..., BrowserContext]) -> None:
    page = context_for().new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto("/schemes/qim/")
    page.wait_for_load_state("networkidle")
    assert sizes
    assert sum(sizes) <= COLD_BYTES, sizes


def test_the_desk_works_without_scripts(browser: Any, site: Any) -> None:
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill("ada@lanternside.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "login" not in url)
    page.goto("/services/lanternside-trust/")  # once she applies herself she has two desks, and is asked which
    page.get_by_role("link", name="Colleagues").click()
    assert page.get_by_role("heading", level=1).inner_text()
    assert page.url.endswith("/colleagues/")
    context.close()
