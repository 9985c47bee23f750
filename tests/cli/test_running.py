"""`kithwork import`, `export` and `subject-access`: what they print, and how they end."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from kithwork import cli
from kithwork.caseload.models import Import, Mentee, Practice
from kithwork.procedures.sample import Cast
from tests.core.tables.messy import workbook
from tests.running import a_mentee, a_practice


@pytest.fixture
def practice(people: Cast, today: date) -> Practice:
    return a_practice(people.service, people.ada, today)


@pytest.fixture
def words(practice: Practice, tmp_path: Path) -> list[str]:
    file = tmp_path / "people.xlsx"
    file.write_bytes(workbook())
    return ["import", "mentees", str(file), "--service", practice.service.slug]


def test_a_dry_run_lists_each_fault_and_brings_in_nothing(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*words, "--dry-run"]) == 1
    out = capsys.readouterr().out
    assert "11: D D.O.B.: ‘31/02/2007’ is no day of the calendar." in out
    assert "12: C Name: Surname: The row has no name." in out
    assert "13: left out: a total" in out
    assert "10: here already, skip: Siôn Gwynfryn is like Siôn Gwynfryn, born 05/03/2009 (row 5)" in out
    assert "3 would be brought in" in out
    assert not Mentee.objects.exists()
    assert not Import.objects.exists(), "a file that was only looked at is not kept"


def test_nothing_comes_in_with_a_fault_unless_it_is_said(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == 1
    assert "Nothing was brought in" in capsys.readouterr().out
    assert not Mentee.objects.exists()
    assert cli.main([*words, "--skip-faulty", "--map", "organisation="]) == 1
    assert "3 mentees brought in, 0 filled in, 4 rows left out" in capsys.readouterr().out
    assert set(Mentee.objects.values_list("referrals__organisation", flat=True)) == {""}
    assert cli.main([*words, "--skip-faulty"]) == 1
    assert "This very file was brought in on" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--map", "colour=Tel"], "no field ‘colour’"),
        (["--map", "phone=Fax"], "no column ‘Fax’"),
        (["--sheet", "None"], "no sheet ‘None’; there is Read me, Current mentees, Old"),
        (["--by", "eve@elsewhere.example"], "does not coordinate this service"),
    ],
)
def test_what_is_named_wrongly(
    more: list[str], said: str, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*words, *more]) == 1
    assert said in capsys.readouterr().err
    assert not Import.objects.exists()


def test_no_such_file_or_service(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*words[:2], str(tmp_path / "none.csv"), *words[3:]]) == 1
    assert cli.main([*words[:-1], "nowhere"]) == 1
    err = capsys.readouterr().err
    assert "No such file" in err
    assert "No service 'nowhere' runs its work here." in err


def test_a_service_leaves_and_comes_back(
    practice: Practice, people: Cast, today: date, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mentee, slug, file = a_mentee(people.service, today, "Cai Rowan"), practice.service.slug, tmp_path / "all.zip"
    assert cli.main(["export", "--service", slug, "--out", str(file)]) == 0
    assert "rows of" in capsys.readouterr().out
    assert file.stat().st_mode & 0o077 == 0, "for its owner's eyes"
    assert cli.main(["export", "--service", slug, "--out", str(file)]) == 1, "nothing is written over"
    assert cli.main(["export", "--service", slug, "--out", str(tmp_path / "x.zip"), "--with", "secrets"]) == 1
    assert not (tmp_path / "x.zip").exists()
    assert cli.main(["export", "--service", slug]) == 1
    assert cli.main(["import", "archive", str(file), "--service", slug]) == 1
    assert "not empty" in capsys.readouterr().err
    mentee.delete()
    assert cli.main(["import", "archive", str(file), "--service", slug]) == 0
    assert Mentee.objects.get().ref == mentee.ref, "a reference that is free stays"


def test_the_bundle_of_one_person(
    practice: Practice, people: Cast, today: date, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mentee, file = a_mentee(people.service, today, "Cai Rowan"), tmp_path / "cai.zip"
    words = ["subject-access", "--service", practice.service.slug, "--out", str(file), "--person"]
    assert cli.main([*words, mentee.ref]) == 0
    assert "left out: equalities answers" in capsys.readouterr().out
    with zipfile.ZipFile(file) as archive:
        assert "Cai Rowan" in archive.read("everything.html").decode()
    assert cli.main([*words, "nobody"]) == 1
    assert "Nobody of this service" in capsys.readouterr().err
