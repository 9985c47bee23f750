"""What people do on the pages, in their own order of clicks; the road test is written in these."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import lxml.html
from playwright.sync_api import Locator, Page, expect

PASSWORD = "a long enough password 7"


def go(page: Page, path: str) -> None:
    answer = page.goto(path, wait_until="domcontentloaded")
    assert answer is not None
    assert answer.status == 200, f"{path}: {answer.status}"


def press(page: Page | Locator, name: str) -> None:
    """Press the button that sends a form, and wait for the answer."""
    submit(page.get_by_role("button", name=name, exact=True).first)


def submit(button: Locator) -> None:
    with button.page.expect_navigation(wait_until="domcontentloaded"):
        button.click()


def send_form(page: Page, path: str, named: Mapping[str, str] | None = None, **answers: str) -> str:
    """Fetch a page and send the form on it that has these fields, without drawing either; where that leads to.

    `named` are fields by their names as they are; of `answers` the names have a dash where Python wants an underscore.

    For what has been done by hand on the same page before: it costs a tenth.
    """
    fetched = page.request.get(path)
    assert fetched.status == 200, f"{path}: {fetched.status}"
    given = {**(named or {}), **{name.replace("_", "-"): value for name, value in answers.items()}}
    for form in lxml.html.document_fromstring(fetched.body()).forms:
        if given.keys() <= {*form.fields, *(button.get("name") for button in form.iter("button"))}:
            break
    else:
        raise AssertionError(f"{path}: no form asks for {[*given]}")
    values = {**dict(form.form_values()), **given}
    answer = page.request.post(path, form=values, headers={"Referer": fetched.url}, max_redirects=0)
    if answer.status == 409 and (asked := kept_at_the_gate(answer.body())):
        answer = page.request.post(path, form={**values, **asked}, headers={"Referer": fetched.url}, max_redirects=0)
    assert answer.status == 303, f"{path}: {answer.status} {answer.text()[:2000]}"
    return answer.headers["location"]


def kept_at_the_gate(body: bytes) -> dict[str, str]:
    """What somebody answers who is asked of words that were found, and are nobody's name: keep them, I have looked."""
    boxes = lxml.html.document_fromstring(body).xpath("//input[contains(@name, 'gate-')]")
    return {box.get("name"): "on" if box.get("type") == "checkbox" else "keep" for box in boxes}


def keep_at_the_gate(page: Page) -> None:
    """The same by hand, where the page asks; then the form is sent again."""
    boxes = page.locator("input[name*='gate-'][value=keep]")
    if not page.locator("input[name*='gate-seen']").count():
        return
    for box in boxes.all():
        box.check()
    page.locator("input[name*='gate-seen']").check()
    submit(page.locator("form:has(input[name*='gate-seen']) button[type=submit]").first)


def fill_date(page: Page | Locator, name: str, day: date) -> None:
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name={name}_{part}]").fill(str(value))


def says(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.locator("main")).to_contain_text(text)


def say_yes_to_all(page: Page) -> None:
    for radio in page.locator("main input[type=radio][value=yes]").all():
        radio.check()


def sign_up(page: Page, name: str, email: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    submit(page.locator("main form button[type=submit]").first)


def adding(page: Page, way: str) -> Locator:
    """The open form of one of the ways to add evidence: file, link, statement, use."""
    details = page.locator(f"#add-{way}")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    return details


def add_statement(page: Page, path: str, text: str) -> None:
    go(page, path)
    form = adding(page, "statement")
    form.locator("[name=statement-title]").fill("How we do it")
    form.locator("[name=statement-text]").fill(text)
    for name in ("statement-casework", "statement-declared"):
        box = form.locator(f"[name={name}]")
        if box.count() and not box.is_checked():
            box.check()
    press(form, "Add the statement")
    keep_at_the_gate(page)
    says(page, "How we do it")


def add_file(page: Page, path: str, file: Path, title: str, dated: date | None) -> None:
    go(page, path)
    form = adding(page, "file")
    form.locator("[name=file-title]").fill(title)
    form.locator("[name=file-upload]").set_input_files(file)
    if dated:
        fill_date(form, "file-dated", dated)
    press(form, "Add the file")
    through_the_gate(page)


def through_the_gate(page: Page) -> None:
    """Wait until a file has been read, reduce what was found, tick what is to be read, approve it, wait for the copy.
    Nothing where the file was refused.
    """
    if "/gate/" not in page.url:
        return
    approve = page.get_by_role("button", name="Approve and make the redacted copy")
    expect(page.get_by_role("button", name="Take this file away, and destroy it")).to_be_visible(timeout=60_000)
    if not approve.count():
        for box in page.locator("input[name^=all-][value=reduce]").all():
            box.check(force=True)
        press(page, "Save my decisions")
    for box in page.locator("[name=read], [name=approved]").all():
        box.check()
    submit(approve)
    page.wait_for_url(lambda url: "/gate/" not in url, timeout=60_000)


def use_again(page: Page, path: str, title: str) -> None:
    """Offer something added already for one more requirement."""
    go(page, path)
    form = adding(page, "use")
    choice = form.get_by_role("radio", name=re.compile(re.escape(title)))
    if choice.count():
        choice.first.check()
    else:
        option = form.locator("select option", has_text=title).first
        form.locator("select").select_option(value=option.get_attribute("value"))
    press(form, "Use it here too")


def confirm(page: Page, path: str) -> None:
    go(page, path)
    press(page, "Confirm and next")


def fill_application(page: Page, answers: dict[str, str]) -> None:
    """Every page of the application, then hand it in."""
    for _ in range(12):
        if page.get_by_role("button", name="Hand in", exact=True).count():
            break
        for field in page.locator("main form :is(input, textarea, select)").all():
            name = field.get_attribute("name") or ""
            kind = field.get_attribute("type") or field.evaluate("e => e.tagName.toLowerCase()")
            bare = name.split("-")[-1]
            if kind in {"hidden", "submit", "checkbox"}:
                continue
            if kind == "radio":
                if not page.locator(f"main [name='{name}']:checked").count():
                    page.locator(f"main [name='{name}']").first.check()
            elif kind == "select":
                field.select_option(index=1)
            elif not field.input_value():
                field.fill(answers.get(bare, answers.get("*", "Lanternside")))
        submit(page.locator("main form button[type=submit]").last)
        assert not page.locator(".govuk-error-summary").count(), page.locator(".govuk-error-summary").inner_text()
    press(page, "Hand in")


def links(page: Page, pattern: str) -> list[str]:
    """Addresses on the page that match, each once, in order."""
    found: Sequence[str] = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href'))")
    return list(dict.fromkeys(address for address in found if re.search(pattern, address)))
