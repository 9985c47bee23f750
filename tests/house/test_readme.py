"""The commands the README names run, and say what it says."""

import json
import re
from pathlib import Path

import pytest

from kithwork import cli

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
WITHOUT_A_SITE = [
    words
    for words in re.findall(r"^    \.venv/bin/kithwork (.+)$", README, re.M)
    if words.split()[0] in {"scheme", "journey"}
]


@pytest.mark.parametrize("words", WITHOUT_A_SITE)
def test_the_command_runs(words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert cli.main(words.split()) == 0
    assert capsys.readouterr().out.strip()


def test_qim_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["scheme", "show", "qim", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["levels"] == {"award": 61, "excellence": 23}
    assert facts["assessed"] == {"online": 38, "visit": 23}
    assert list(facts["areas"].values()) == [7, 19, 6, 6, 6, 10, 7]


def test_every_make_target_it_names_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in set(re.findall(r"make ([a-z]+)", README + (ROOT / "docs" / "one-click.md").read_text())):
        assert re.search(rf"^{target}:", makefile, re.M), target


def test_links_in_the_documentation_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page.name}: {link}"
