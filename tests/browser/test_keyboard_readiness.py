"""By keyboard alone from the map of readiness to a row that fails, to the form that mends it, and back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from kithwork.procedures.sample import PASSWORD
from tests.browser.keyboard import Keyboard

pytestmark = pytest.mark.browser
NUMBER = "53"  # a mentor whom nobody was in touch with: no other browser test looks at these rows


def test_from_the_map_to_a_row_to_its_form_and_back(context_for: Callable[..., BrowserContext]) -> None:
    """No mouse; every stop on the way shows that it has the focus."""
    page = context_for().new_page()
    keys = Keyboard(page)
    page.goto("/accounts/login/")
    keys.type("^Email", "cora@lanternside.example")
    keys.type("^Password$", PASSWORD)
    keys.go("^Sign in$", type="submit")
    if "/home/" in page.url:
        keys.go("^Lanternside Mentoring$", main=True)

    def to_the_requirement() -> None:
        keys.go("^The service$")
        keys.go("^Ready for an award", main=True)
        keys.go(f"^{NUMBER} ", tag="a", main=True)

    # the map, its cell, the requirement and who is behind its figure
    to_the_requirement()
    requirement = page.url
    rows = page.locator("main tbody a")
    first = rows.first.inner_text()

    # the form it leads to, filled in and sent
    keys.go(f"^{first}$", main=True)
    assert page.url != requirement
    keys.fill({"minutes": "10"}, "All is well.", "^Log it$")

    # saved; the requirement has the row no more, and all is counted again
    expect(page.locator("main")).to_contain_text("The contact is logged")
    to_the_requirement()
    expect(rows.get_by_text(first, exact=True)).to_have_count(0)
    keys.go("^Count again$", type="submit")
    keys.go(f"^{NUMBER} ", tag="a", main=True)
    expect(page).to_have_url(requirement)
