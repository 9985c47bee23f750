"""`kithwork redact`: texts in, redacted texts or finds out."""

import io
import json
from pathlib import Path

import pytest

from kithwork.cli import main


@pytest.fixture
def known(tmp_path: Path) -> Path:
    file = tmp_path / "known.csv"
    file.write_text("name,aka\nAngharad Treharne,Haz\n", encoding="utf-8")
    return file


def test_lines_of_json_in_spans_out(
    known: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [{"text": "Haz rang 01632 960123."}, {"text": "Nothing here."}, {"text": "04/05/2009", "label": "DOB"}]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(map(json.dumps, lines)) + "\n"))
    assert main(["redact", "--jsonl", "--known", str(known)]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told == [
        {"spans": [[0, 3, "person"], [9, 21, "phone"]]},
        {"spans": []},
        {"spans": [[0, 10, "birth"]]},
    ]


def test_a_text_comes_back_reduced(tmp_path: Path, known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "note.txt"
    file.write_text("Angharad met Haz. Ring 01632 960123.\n", encoding="utf-8")
    assert main(["redact", str(file), "--text", "--known", str(known)]) == 0
    assert capsys.readouterr().out == "A met A. Ring [phone number].\n"
    assert file.read_text(encoding="utf-8").startswith("Angharad")


def test_a_copy_is_written_beside_and_never_over(tmp_path: Path, known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "AngharadTreharne.txt"
    file.write_text("Angharad Treharne came.", encoding="utf-8")
    out = tmp_path / "out"
    assert main(["redact", str(file), "--known", str(known), "--out", str(out)]) == 0
    (copy,) = out.iterdir()
    assert "Angharad" not in copy.name
    assert copy.read_text(encoding="utf-8") == "A came."
    assert main(["redact", str(file), "--known", str(known), "--out", str(out)]) == 1
    assert "there already" in capsys.readouterr().err


def test_finds_are_told_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "note.txt"
    file.write_text("Ring 01632 960123", encoding="utf-8")
    assert main(["redact", str(file), "--json", "--blind"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["blind"] is True
    assert told["finds"] == [{"start": 5, "end": 17, "kind": "phone", "sources": ["pattern"], "confidence": 0.97}]


@pytest.mark.parametrize(
    ("line", "says"), [("not json", "line 1"), ('{"words": 1}', "line 1"), ('{"text": 5}', "not a text")]
)
def test_a_line_that_is_none_is_named(
    line: str, says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line))
    assert main(["redact", "--jsonl", "--blind"]) == 1
    assert says in capsys.readouterr().err


def test_a_list_without_names_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "known.csv"
    file.write_text("person\nAda\n", encoding="utf-8")
    assert main(["redact", "--jsonl", "--known", str(file), "--blind"]) == 1
    assert "no column 'name'" in capsys.readouterr().err
