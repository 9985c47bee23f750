"""Checking a credential from the shell: one verdict, the reason, and 1 when it fails; no site is loaded."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kithwork import cli
from kithwork.core.credentials.openbadge import bake_png, bake_svg
from tests.core.credentials.openbadge.pictures import PNG, SVG
from tests.core.credentials.openbadge.sample import DOCUMENT, STRANGER, issued, listed

Out = pytest.CaptureFixture[str]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A credential in all shapes, its issuer's document, its list, and a list in which it is revoked."""
    for name, said in {
        "award.json": issued(),
        "forged.json": {**issued(), "name": "Kestrel Platinum"},
        "stranger.json": issued(key=STRANGER),
        "did.json": DOCUMENT,
        "status.json": listed(),
        "revoked.json": listed(94_321),
        "hello.json": {"hello": "world"},
    }.items():
        (tmp_path / name).write_text(json.dumps(said), encoding="utf-8")
    (tmp_path / "award.png").write_bytes(bake_png(PNG, issued()))
    (tmp_path / "award.svg").write_bytes(bake_svg(SVG, issued()))
    (tmp_path / "plain.png").write_bytes(PNG)
    return tmp_path


def verify(files: Path, name: str, *more: str, status: str = "status.json", at: str = "2027-01-01") -> int:
    words = ["credential", "verify", str(files / name), "--did", str(files / "did.json"), "--at", at, *more]
    return cli.main([*words, "--status", str(files / status)])


@pytest.mark.parametrize("name", ["award.json", "award.png", "award.svg"])
def test_a_good_one_says_who_holds_what_until_when_and_how_that_is_known(files: Path, capsys: Out, name: str) -> None:
    assert verify(files, name) == 0
    out = capsys.readouterr().out
    for said in (
        f"{name}: valid",
        "What: Kestrel Gold",
        "Holder: Lanternside Mentoring",
        "Number: KESTREL-2026-0007",
        "Issuer: The Kestrel Body (did:web:kithwork.example:bodies:kestrel)",
        "Valid: from 2026-07-01 until 2029-06-30",
        "Its status list, signed by its issuer too, says nothing against it.",
    ):
        assert said in out


@pytest.mark.parametrize(
    ("name", "more", "verdict"),
    [
        ("award.json", {"status": "revoked.json"}, "revoked"),
        ("award.json", {"at": "2029-07-01"}, "expired"),
        ("award.json", {"at": "2026-06-30T22:59:00Z"}, "not yet valid"),
        ("forged.json", {}, "tampered"),
        ("stranger.json", {}, "wrong key"),
        ("award.json", {"status": "hello.json"}, "status not known"),
        ("hello.json", {}, "unreadable"),
        ("plain.png", {}, "unreadable"),
    ],
)
def test_any_other_ends_with_1_and_the_reason(
    files: Path, capsys: Out, name: str, more: dict[str, str], verdict: str
) -> None:
    assert verify(files, name, **more) == 1
    said = capsys.readouterr()
    first, reason = said.err.splitlines()[:2]
    assert first.endswith(f"{name}: {verdict}")
    assert reason.endswith(".")
    assert said.out == ""


def test_what_is_missing_is_told_with_where_it_is_to_be_had(files: Path, capsys: Out) -> None:
    assert cli.main(["credential", "verify", str(files / "award.json"), "--at", "2027-01-01"]) == 1
    said = capsys.readouterr().err
    assert "keys not known" in said
    assert "https://kithwork.example/bodies/kestrel/did.json; hand it in with --did" in said


def test_programs_read_it_as_json(files: Path, capsys: Out) -> None:
    assert verify(files, "award.png", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["found"], told["about"]["holder"]) == ("valid", "Lanternside Mentoring")
    assert verify(files, "forged.json", "--json") == 1
    assert json.loads(capsys.readouterr().out)["found"] == "tampered"


def test_a_file_that_is_not_there_is_named(files: Path, capsys: Out) -> None:
    assert cli.main(["credential", "verify", str(files / "none.json")]) == 1
    assert "none.json: No such file" in capsys.readouterr().err


def test_a_day_that_is_none_is_refused(files: Path, capsys: Out) -> None:
    with pytest.raises(SystemExit):
        verify(files, "award.json", at="soon")
    assert "'soon' is no day" in capsys.readouterr().err


def test_it_needs_no_site_and_leaves_nothing_behind(files: Path, tmp_path: Path) -> None:
    words = ["credential", "verify", str(files / "award.json"), "--did", str(files / "did.json"), "--at", "2027-01-01"]
    code = (
        "import sys; from kithwork import cli; "
        f"end = cli.main({[*words, '--status', str(files / 'status.json')]!r}); "
        "assert 'django' not in sys.modules; sys.exit(end)"
    )
    before = sorted(tmp_path.rglob("*"))
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted(tmp_path.rglob("*")) == before
