"""`kithwork redact` on files: read, reduced as one case, remade, read again, and only then written."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from kithwork.cli import main
from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import Reading, Remade
from kithwork.core.redaction.passages import Cut
from kithwork.files import redacting
from tests.core.documents import samples
from tests.core.redaction.files import attacking
from tests.core.redaction.files.mutating import SENTINEL, seed
from tests.core.redaction.files.planting.pictures import drawn

MAIL = b"""From: Angharad Treharne <angharad@example.org>\r
Subject: Thursday\r
Content-Type: multipart/mixed; boundary=xx\r
\r
--xx\r
Content-Type: text/plain; charset=utf-8\r
\r
Haz moved it to Friday.\r
--xx\r
Content-Type: text/csv\r
Content-Disposition: attachment; filename=Treharne.csv\r
\r
who,hours\r
Angharad,7\r
--xx--\r
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "known.csv").write_text(f"name,aka\nAngharad Treharne,Haz\n{SENTINEL},\n", encoding="utf-8")
    return tmp_path


def redact(folder: Path, *names: str | Path, out: str = "out") -> int:
    words = ["redact", *(str(folder / name) for name in names), "--known", str(folder / "known.csv"), "--blind"]
    return main([*words, "--out", str(folder / out)])


def test_a_table_and_a_message_come_out_as_what_they_were(folder: Path) -> None:
    (folder / "Haz Treharne.csv").write_text("Who;Hours\r\nAngharad Treharne;7\r\n", encoding="utf-8")
    (folder / "mail.eml").write_bytes(MAIL)
    assert redact(folder, "Haz Treharne.csv", "mail.eml") == 0
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["A.csv", "mail.eml"]
    rows = list(csv.reader((folder / "out" / "A.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert rows == [["Who", "Hours"], ["A", "7"]]
    content = (folder / "out" / "mail.eml").read_bytes()
    body, attached = message_from_bytes(content, policy=policy.default).iter_parts()
    assert b"From: A <[email address]>" in content
    assert body.get_content().strip() == "A moved it to Friday."
    assert attached.get_filename() == "attachment-1.csv"
    assert b"Angharad" not in attached.get_payload(decode=True)


def test_somebody_is_the_same_initial_in_all_files_of_a_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "one.txt").write_text("Dear Sarah Jones\n", encoding="utf-8")
    (folder / "two.txt").write_text("Dear Simon Wood\n", encoding="utf-8")
    (folder / "three.txt").write_text("Dear Simon\n", encoding="utf-8")
    files = [str(folder / f"{name}.txt") for name in ("one", "two", "three")]
    assert main(["redact", *files, "--text", "--blind"]) == 0
    said = capsys.readouterr().out.split("\n")
    assert said[0::2][:3] == ["==> one.txt <==", "==> two.txt <==", "==> three.txt <=="]
    sarah, simon, again = (line.removeprefix("Dear ") for line in said[1::2][:3])
    assert {sarah, simon} == {"S", "S2"}
    assert again == simon


def test_the_initial_of_a_known_person_is_that_of_the_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "Review Angharad Treharne.txt").write_text("Treharne came, and Angharad.", encoding="utf-8")
    assert redact(folder, "Review Angharad Treharne.txt") == 0
    (copy,) = (folder / "out").iterdir()
    assert copy.read_text("utf-8") == "A came, and A."


def test_two_names_that_become_one_are_told_apart(folder: Path) -> None:
    for name in ("Angharad Treharne.txt", "Haz.txt"):
        (folder / name).write_text(f"from {name}", encoding="utf-8")
    assert redact(folder, "Angharad Treharne.txt", "Haz.txt") == 0
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["A-2.txt", "A.txt"]


def test_what_cannot_be_read_is_named_with_its_reason_and_the_rest_goes_on(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.pdf").write_bytes(b"%PDF-1.4 and no more")
    (folder / "b.docx").write_bytes(seed(Kind.PDF))
    (folder / "c.txt").write_text("Haz came", encoding="utf-8")
    assert redact(folder, "a.pdf", "gone.txt", "b.docx", folder, "c.txt") == 1
    said = capsys.readouterr()
    for name, why in (
        ("a.pdf", "damaged"),
        ("gone.txt", "No such file"),
        ("b.docx", "but the file is a PDF"),
        ("", "Is a directory"),
    ):
        line = next(line for line in said.err.splitlines() if line.startswith(f"{folder / name}: "))
        assert why in line
    assert [path.name for path in (folder / "out").iterdir()] == ["c.txt"]


def test_a_copy_in_which_a_name_is_left_is_never_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def careless(
        content: bytes, kind: Kind, cuts: Mapping[int, Sequence[Cut]], reading: Reading | None = None, **_: object
    ) -> Remade:
        return Remade(content, kind, ".txt")

    monkeypatch.setattr(redacting, "remake", careless)
    (folder / "a.txt").write_text("Angharad came", encoding="utf-8")
    (folder / "b.txt").write_text("Nobody came", encoding="utf-8")
    assert redact(folder, "a.txt", "b.txt") == 1
    assert "can still be read in the copy (person), so it is not written" in capsys.readouterr().err
    assert [path.name for path in (folder / "out").iterdir()] == ["b.txt"]


def test_a_file_that_changes_meanwhile_is_not_copied(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "a.txt"
    file.write_text("Angharad came", encoding="utf-8")
    real = redacting.read

    def slow(content: bytes, kind: Kind, name: str, **more: object) -> Reading:
        file.write_text("Angharad and Zofia came", encoding="utf-8")
        return real(content, kind, name)

    monkeypatch.setattr(redacting, "read", slow)
    assert redact(folder, "a.txt") == 1
    assert "was changed" in capsys.readouterr().err
    assert list((folder / "out").iterdir()) == []


def test_finds_of_a_table_are_told_with_their_passages(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "Treharne.csv").write_text("Who,Rang\r\nAngharad,01632 960123\r\n", encoding="utf-8")
    words = ["redact", str(folder / "Treharne.csv"), "--json", "--known", str(folder / "known.csv"), "--blind"]
    assert main([*words, "--out", str(folder / "out")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["file"], told["kind"], told["blind"], told["copy"]) == ("Treharne.csv", "csv", True, "A.csv")
    assert [(find["passage"], find["start"], find["end"], find["kind"]) for find in told["finds"]] == [
        (2, 0, 8, "person"),
        (3, 0, 12, "phone"),
    ]
    assert told["passages"][3] == {
        "text": "01632 960123", "place": "cell", "page": 0, "label": "Rang", "stays": True
    }  # fmt: skip
    assert [(find["start"], find["end"]) for find in told["finds_in_name"]] == [(0, 8)], "and not its ending"


def test_a_fault_is_told_as_json_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["redact", str(folder / "gone.pdf"), "--json", "--blind"]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "file": "gone.pdf", "fault": "cannot be read or written (No such file or directory)."
    }  # fmt: skip


def test_without_a_language_model_it_says_that_a_person_must_read(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kithwork.cli import redacting as command
    from kithwork.files.weights import Missing

    def none() -> None:
        raise Missing("Its weights are not installed.")

    monkeypatch.setattr(command, "model", none)
    (folder / "a.txt").write_text("Nothing", encoding="utf-8")
    assert main(["redact", str(folder / "a.txt")]) == 0
    said = capsys.readouterr().err
    assert "not installed" in said
    assert "a person must read every page" in said


def test_standard_input_can_be_any_kind(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(seed(Kind.PDF))))
    assert main(["redact", "-", "--known", str(folder / "known.csv"), "--blind", "--out", str(folder / "out")]) == 0
    assert [path.name for path in (folder / "out").iterdir()] == ["standard-input.pdf"]


def _page(kind: str) -> bytes:
    out = io.BytesIO()
    drawn([f"{SENTINEL} came on Monday", "and stayed until six"]).save(out, kind)
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("kind", Kind)
def test_every_format_goes_the_whole_way(kind: Kind, folder: Path) -> None:
    """With the real programs; and what comes out opens in others, which find the rest of the text and not the name."""
    content = _page(kind.name) if kind in {Kind.PNG, Kind.JPEG} else seed(kind)
    if kind is Kind.DOCX:
        paragraph = f"<w:p><w:r><w:t>{SENTINEL} came on Monday</w:t></w:r></w:p>"
        content = samples.zipped(samples.docx_parts(paragraph))
    ending = min(kind.endings, key=lambda one: (len(one), one != ".txt"))
    (folder / f"{SENTINEL} file{ending}").write_bytes(content)
    assert redact(folder, f"{SENTINEL} file{ending}") == 0
    (copy,) = (folder / "out").iterdir()
    assert SENTINEL not in copy.name
    assert zipfile.is_zipfile(copy) == (kind in {Kind.DOCX, Kind.XLSX})
    said = attacking.loot(copy.read_bytes(), copy.suffix)
    assert SENTINEL not in said
    assert "Monday" in said


@pytest.mark.slow
def test_of_a_document_with_macros_a_copy_without_them_is_made(folder: Path) -> None:
    paragraph = f"<w:p><w:r><w:t>{SENTINEL} came on Monday</w:t></w:r></w:p>"
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    parts = {
        **samples.docx_parts(paragraph),
        "[Content_Types].xml": samples.types(kind, "word/document.xml"),
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + SENTINEL.encode(),
    }
    (folder / "notes.docm").write_bytes(samples.zipped(parts))
    assert redact(folder, "notes.docm") == 0
    with zipfile.ZipFile(folder / "out" / "notes.docx") as copy:
        assert not [name for name in copy.namelist() if "vba" in name.lower()]
        assert all(SENTINEL.encode() not in copy.read(name) for name in copy.namelist())
        assert b"macroEnabled" not in copy.read("[Content_Types].xml")
