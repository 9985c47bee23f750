"""Every kind of page with axe-core, at a desk's width and a phone's: no violation, no sideways scroll, not heavy."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, Page

from kithwork.procedures.sample import PASSWORD

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLD_BYTES = 200 * 1024
BODY = "/body/befriending-networks-sample"
MISSING = "/nowhere/"
LEAVE = {"account_logout", "front", "gallery"}  # leads away, or was looked at

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
    MISSING,
)


def name_of(path: str) -> str:
    """Which page of the site map an address leads to; empty for files and for what is not ours."""
    if not path.startswith("/") or "." in path.rsplit("/", 1)[-1] or path.endswith("/file"):
        return ""
    try:
        return str(resolve(path.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]).url_name)
    except Resolver404:
        return ""


def look(page: Page, path: str) -> list[str]:
    """What is wrong with a page; empty when all is well. Axe at a desk's width, then the width of a small phone."""
    faults: list[str] = []
    page.set_viewport_size({"width": 1280, "height": 900})
    answer = page.goto(path)
    assert answer is not None
    if answer.status >= 400 and path != MISSING:
        return [f"{path}: {answer.status}"]
    hosts = page.evaluate("performance.getEntriesByType('resource').map(e => new URL(e.name).host)")
    if set(hosts) - {page.url.split("/")[2]}:
        faults.append(f"{path}: asks another host: {hosts}")
    if len(html := answer.body()) > 60 * 1024:
        faults.append(f"{path}: {len(html)} bytes of HTML")
    for violation in Axe().run(page, options={"runOnly": TAGS}).response["violations"]:
        targets = [node["target"] for node in violation["nodes"]][:3]
        faults.append(f"{path}: {violation['id']} {targets}")
    page.set_viewport_size({"width": 320, "height": 900})
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        faults.append(f"{path}: scrolls sideways at 320 pixels")
    return faults


def walk(page: Page, first: Sequence[str]) -> tuple[list[str], set[str]]:
    """Look at the pages given, and at every kind of page that links lead to: two of a kind, of stages all."""
    faults: list[str] = []
    waiting, asked, kinds = list(first), set(first), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        kinds[name_of(path)] += 1
        faults.extend(look(page, path))
        for link in page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))"):
            name = name_of(link)
            most = 14 if name == "journey_stage" else 2
            ahead = sum(name_of(one) == name for one in waiting)
            if name and name not in LEAVE and link not in asked and kinds[name] + ahead < most:
                asked.add(link)
                waiting.append(link)
    return faults, set(kinds)


def test_public_pages(context_for: Callable[..., BrowserContext]) -> None:
    faults, _ = walk(context_for().new_page(), PUBLIC)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("email", "first", "must"),
    [
        (
            "ada@lanternside.example",
            ("/services/lanternside-trust/", "/account/"),
            {"journey", "evidence_map", "area", "requirement", "piece", "items", "item", "history", "journey_stage"},
        ),
        ("dot@assessors.example", ("/assess/",), {"queue", "case", "assess", "breach", "arrange", "interview"}),
        (
            "olu@awards.example",
            (f"{BODY}/",),
            {"body_journey", "decide", "appoint", "clock", "outbox", "body_register"},
        ),
    ],
    ids=["service", "assessor", "body"],
)
def test_desk_pages(sign_in: Callable[..., Page], email: str, first: tuple[str, ...], must: set[str]) -> None:
    faults, seen = walk(sign_in(email), first)
    assert not faults, "\n".join(faults)
    assert must <= seen, f"never came to {must - seen}"


def test_a_page_seen_for_the_first_time_is_light(context_for: Callable[..., BrowserContext]) -> None:
    page = context_for().new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto("/schemes/qim/")
    page.wait_for_load_state("networkidle")
    assert sizes
    assert sum(sizes) <= COLD_BYTES, sizes


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
