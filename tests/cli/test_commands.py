"""The `kithwork` command: what it prints, and how it ends."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from kithwork import cli
from kithwork.notices.models import Message
from kithwork.procedures.sample import Cast
from tests.notices.backends import Flaky

ROOT = Path(__file__).parents[2]
QIM = ROOT / "schemes" / "qim" / "2022"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Quality in Mentoring with one slip: a period that is none."""
    folder = tmp_path / "qim" / "2022"
    folder.mkdir(parents=True)
    text = (QIM / "scheme.toml").read_text()
    (folder / "scheme.toml").write_text(text.replace('within = "6 months"', 'within = "half a year"', 1))
    (folder / "requirements.toml").write_text((QIM / "requirements.toml").read_text())
    return folder


def test_scheme_check_names_file_line_and_mistake(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = next(
        n for n, text in enumerate((broken / "scheme.toml").read_text().split("\n"), 1) if "half a year" in text
    )
    assert cli.main(["scheme", "check", str(broken)]) == 1
    out = capsys.readouterr().out
    assert f"scheme.toml:{line}: " in out
    assert "6 months" in out, "the message says how to write it"


def test_scheme_check_of_a_folder_of_schemes(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["scheme", "check", str(ROOT / "schemes")]) == 0
    assert "84 requirements" in capsys.readouterr().out


def test_scheme_check_replays_the_worked_journeys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "qim" / "2022"
    (folder / "journeys").mkdir(parents=True)
    for name in ("scheme.toml", "requirements.toml"):
        (folder / name).write_text((QIM / name).read_text())
    (folder / "journeys" / "wrong.toml").write_text(
        'title = "w"\n[[steps]]\non = 2026-01-05\ndo = "opened"\nlevel = "award"\nthen = {status = "awarded"}'
    )
    assert cli.main(["scheme", "check", str(folder)]) == 1
    assert "wrong.toml:1: step 1 (2026-01-05): status: expected awarded, is active" in capsys.readouterr().out


def test_scheme_check_where_there_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["scheme", "check", str(tmp_path)]) == 1
    assert "no scheme.toml" in capsys.readouterr().out


def test_scheme_show_of_an_unknown_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["scheme", "show", "nothing"]) == 1
    assert "no scheme 'nothing'" in capsys.readouterr().err


def test_journey_replay_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["journey", "replay", str(QIM / "journeys" / "breach.toml"), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["ok"] is True
    assert facts["scheme"] == "qim/2022"
    assert {"on", "did", "summary", "faults"} <= set(facts["steps"][0])


def test_journey_replay_of_a_file_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "qim" / "2022"
    (folder / "journeys").mkdir(parents=True)
    for name in ("scheme.toml", "requirements.toml"):
        (folder / name).write_text((QIM / name).read_text())
    file = folder / "journeys" / "none.toml"
    file.write_text("title = ")
    assert cli.main(["journey", "replay", str(file)]) == 1
    assert "none.toml" in capsys.readouterr().err


def test_mail_sends_what_is_due_and_says_what_failed(
    people: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for user in (people.ada, people.bea):
        Message.objects.create(organisation=people.body, to=user, kind="decided", subject="x", body="x")
    settings.EMAIL_BACKEND = "tests.notices.backends.Flaky"
    monkeypatch.setattr(Flaky, "left", 1)
    assert cli.main(["mail"]) == 1
    assert capsys.readouterr().out == "1 sent, 1 failed\n"
    assert cli.main(["mail"]) == 0, "the one that failed is not due yet"
    Message.objects.filter(state="waiting").update(due_at=timezone.now())
    assert cli.main(["mail"]) == 0
    assert capsys.readouterr().out == "0 sent, 0 failed\n1 sent, 0 failed\n"
    assert [message.to for message in mail.outbox] == [[people.bea.email], [people.ada.email]]


def test_an_operator_is_appointed_and_ended(people: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["operator", people.olu.email]) == 0
    assert cli.main(["operator", people.olu.email, "--end"]) == 0
    assert capsys.readouterr().out == f"{people.olu.email} sees the account mail\n{people.olu.email} sees it no more\n"
    assert cli.main(["operator", "nobody@example.org"]) == 1
    assert "Nobody has an account of this address" in capsys.readouterr().err


def test_no_command_is_told_how(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([])
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err
