"""Every kind of page with axe-core, at a desk's width and a phone's: no violation, no sideways scroll, not heavy."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from kithwork.procedures.sample import PASSWORD
from tests.browser import steps

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLD_BYTES = 200 * 1024
BODY = "/body/befriending-networks-sample"

PUBLIC = (
    "/",
    "/schemes/",
    "/schemes/qim/",
    "/schemes/qim/requirements/",
    "/schemes/qim/requirements/the-service/",
    "/check/qim/",
    "/register/",
    "/verify/",
    "/accessibility/",
    "/privacy/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/login/code/",
    "/nowhere/",
)


def look(page: Page, path: str) -> list[str]:
    """What is wrong with a page; empty when all is well."""
    sent = 0

    def weigh(response: Any) -> None:
        nonlocal sent
        sent += int(response.request.sizes()["responseBodySize"])

    faults: list[str] = []
    page.on("requestfinished", lambda request: weigh(request.response()) if request.response() else None)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    hosts = page.evaluate("performance.getEntriesByType('resource').map(e => new URL(e.name).host)")
    if set(hosts) - {page.url.split("/")[2]}:
        faults.append(f"{path}: asks another host: {hosts}")
    html = len(page.evaluate("fetch(location.href).then(r => r.text())").encode())
    if html > 60 * 1024:
        faults.append(f"{path}: {html} bytes of HTML")
    for violation in Axe().run(page, options={"runOnly": TAGS}).response["violations"]:
        targets = [node["target"] for node in violation["nodes"]][:3]
        faults.append(f"{path} at {page.viewport_size}: {violation['id']} {targets}")
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    if wide:
        faults.append(f"{path} at {page.viewport_size}: scrolls sideways")
    if sent > COLD_BYTES:
        faults.append(f"{path}: {sent} bytes over the wire")
    return faults


def walk(make: Callable[[int], Page], first: tuple[str, ...], follow: str, most: int) -> list[str]:
    """Look at the pages given and those they link to, at two widths."""
    faults: list[str] = []
    for width in (1280, 320):
        page = make(width)
        seen: dict[str, None] = dict.fromkeys(first)
        for path in list(seen):
            steps.go(page, path) if "nowhere" not in path else page.goto(path)
            seen.update(dict.fromkeys(link for link in steps.links(page, follow) if "." not in link.rsplit("/", 1)[-1]))
        for path in list(seen)[:most]:
            faults.extend(look(page, path))
    return faults


def test_public_pages(context_for: Callable[..., BrowserContext]) -> None:
    faults = walk(lambda width: context_for(width=width).new_page(), PUBLIC, r"^/awards/\w+/$", 18)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("email", "first", "follow", "most"),
    [
        (
            "ada@lanternside.example",
            ("/services/lanternside-trust/", "/account/"),
            r"^/(journeys|services|accounts)/",
            14,
        ),
        ("dot@assessors.example", ("/assess/",), r"^/assess/", 12),
        (
            "olu@awards.example",
            (f"{BODY}/", f"{BODY}/invoices/", f"{BODY}/people/", f"{BODY}/outbox/", f"{BODY}/register/"),
            rf"^{BODY}/",
            18,
        ),
    ],
)
def test_desk_pages(sign_in: Callable[..., Page], email: str, first: tuple[str, ...], follow: str, most: int) -> None:
    faults = walk(lambda width: sign_in(email, width=width), first, follow, most)
    assert not faults, "\n".join(faults)


def test_the_journey_with_the_keyboard_alone(sign_in: Callable[..., Page]) -> None:
    """From the desk's first page to a requirement, and to the form that adds evidence, without a mouse."""
    page = sign_in("ada@lanternside.example")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip().startswith("Skip")
    for _ in range(60):
        page.keyboard.press("Tab")
        if "/journeys/" in (page.evaluate("document.activeElement.href || ''")):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/journeys/" in page.url


def test_the_desk_works_without_scripts(browser: Any, site: Any) -> None:
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill("ada@lanternside.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "login" not in url)
    assert page.get_by_role("link", name="Colleagues").count()
    context.close()
