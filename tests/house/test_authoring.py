"""What is written about adding a scheme is true: the fields, the kinds of stage, the commands."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from kithwork import cli
from kithwork.core.journey.replay import Step
from kithwork.core.schemes import Requirement, Stage, StageKind
from kithwork.core.schemes.crosswalks import CrosswalkFile
from kithwork.core.schemes.model.offer import Privacy
from kithwork.core.schemes.reference import reference
from kithwork.procedures import sample

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "adding-a-scheme.md").read_text()
EXAMPLES = re.findall(r"^```toml\n(.*?)^```$", GUIDE, re.M | re.S)
COMMANDS = re.findall(r"^    \.venv/bin/kithwork (.+)$", GUIDE, re.M)


def test_the_reference_is_what_the_model_says() -> None:
    written = (DOCS / "reference" / "scheme-fields.md").read_text()
    assert written == reference(), "run: kithwork scheme reference > docs/reference/scheme-fields.md"


def test_the_reference_names_every_field_of_a_stage() -> None:
    for name in ("supplementary_within", "judged_by", "reopens", "standardised", "at_least", "was", "grace"):
        assert f"| `{name}` |" in reference()
    assert "whole number, 1 to 100" in reference()
    assert "| `min_words` | whole number, 1 or more |" in reference()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split("\n", 2)[1])
def test_an_example_is_sound(example: str) -> None:
    found = tomllib.loads(example)
    TypeAdapter(list[Stage]).validate_python(found.pop("stages", []))
    TypeAdapter(list[Requirement]).validate_python(found.pop("requirement", []))
    TypeAdapter(list[Step]).validate_python(found.pop("steps", []))
    if "framework" in found:
        CrosswalkFile.model_validate({key: found.pop(key) for key in ("framework", "link")})
    Privacy.model_validate(found.pop("privacy", {}))
    assert not found


def test_there_is_an_example_of_each_kind_of_stage() -> None:
    shown = {stage["kind"] for example in EXAMPLES for stage in tomllib.loads(example).get("stages", [])}
    assert shown == {kind.value for kind in StageKind}


def test_a_stranger_gets_there_by_the_commands_alone(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the order of the page, in a place of their own; only serving the site is left out."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KITHWORK_SCHEMES", str(tmp_path / "schemes"))
    you = sample.person("You", "you@example.org")
    done = []
    for command in COMMANDS:
        words = shlex.split(command)
        if words[0] == "run":
            continue
        if words[:2] == ["scheme", "import"]:
            assert cli.main(["scheme", "export", "kind-gardens", "--case", words[2]]) == 0
            words += ["--slug", "another"]
        if "--mapping" in words:
            old, new = tmp_path / "schemes/kind-gardens/2027", tmp_path / "schemes/kind-gardens/2028"
            new.mkdir()
            text = (
                (old / "scheme.toml").read_text().replace('edition = "2027"', 'edition = "2028"\nsupersedes = "2027"')
            )
            (new / "scheme.toml").write_text(text)
            (new / "requirements.toml").write_text((old / "requirements.toml").read_text())
        assert cli.main(words) == 0, f"{command}: {capsys.readouterr().err}"
        done.append(words[:2])
    assert ["scheme", "publish"] in done
    assert ["scheme", "export"] in done
    assert "3 same" in capsys.readouterr().out
    assert you.memberships.get().organisation.editions.get().slug == "kind-gardens"
