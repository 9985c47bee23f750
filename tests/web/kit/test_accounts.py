"""allauth's pages keep to the content policy: no script or style inside a page, no data: image."""

import re
from pathlib import Path

import allauth
import pytest
from django.template.loader import get_template

THEIRS = Path(allauth.__file__).parent / "templates"
PAGES = sorted(
    str(path.relative_to(THEIRS))
    for part in ("account", "mfa", "allauth")
    for path in (THEIRS / part).rglob("*.html")
    if "email" not in path.parent.name
    and path.name
    not in {"email_change.html", "phone_change.html"}  # of ways to change an address that are not switched on
)


@pytest.mark.parametrize("name", PAGES)
def test_no_page_needs_a_looser_policy(name: str) -> None:
    source = get_template(name).template.source  # type: ignore[attr-defined]  # Django's own backend
    for script in re.findall(r"<script[^>]*>", source):
        assert "src=" in script or 'type="application/json"' in script, script
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|data_uri|load humanize", source)


@pytest.mark.parametrize("name", [page for page in PAGES if page.startswith("allauth/")])
def test_our_frame_and_elements_stand_before_theirs(name: str) -> None:
    assert "site-packages" not in get_template(name).origin.name  # type: ignore[attr-defined]
