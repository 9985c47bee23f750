"""A service leaves as one archive and comes back as it was."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from kithwork.caseload.models import (
    Contact,
    Match,
    Mentee,
    Mentor,
    OneTimeLink,
    Pause,
    Practice,
    Reply,
    Vetting,
)
from kithwork.core.verdict import Refused
from kithwork.governance.actions import policies as governance
from kithwork.governance.models import PolicyVersion, Staff
from kithwork.ledger.models import Record
from kithwork.organisations import actions as organisations
from kithwork.procedures.exporting import export, format_of, put_back
from kithwork.procedures.exporting.tables import LEFT_OUT, ONLY_WITH, every_model, tables
from kithwork.procedures.sample import Cast
from tests.running import a_match, a_mentee, a_mentor, a_practice

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def practice(people: Cast, today: date) -> Practice:
    """A service with a match, contacts, a pause, a policy with its file, and staff who cover for each other."""
    service, ada = people.service, people.ada
    practice = a_practice(service, ada, today, about="=SUM(1;1)")
    mab = a_mentor(service, ada, today, "Mab Sorrel", user=people.bea)
    cai = a_mentee(service, today, "Cai Rowan", profile="- chess\n+ \"walks\", and 'tea'", interests=["chess"])
    Mentor.objects.filter(pk=mab.pk).update(line_manages=[cai.ref], was=cai)
    match = a_match(cai, mab, ada, today)
    for number in range(3):
        on = today - timedelta(days=number)
        made = Contact.objects.create(
            service=service, kind="meeting", mentee=cai, mentor=mab, match=match, on=on, by=ada
        )
    Reply.objects.create(contact=made, text="'=thank you", by=ada)
    Pause.objects.create(mentor=mab, begins=today, reason="Away", by=ada)
    policy = governance.begin_policy(service=service, subject="driving", by=ada)
    governance.approve(
        policy=policy, approved_on=today, approved_by="The board", changed=True, affects_people=False, summary="",
        upload=SimpleUploadedFile("driving.txt", b"Drive slowly."), by=ada,
    )  # fmt: skip
    first = Staff.objects.create(service=service, name="Cora Lyle", role="Coordinator", began_on=today)
    Staff.objects.create(service=service, name="Pat Holm", role="Coordinator", began_on=today, cover=first)
    return practice


@pytest.fixture
def empty(people: Cast, today: date) -> Practice:
    service = organisations.open_service(organisation=people.provider, name="Begun Again", by=people.ada)
    return a_practice(service, people.ada, today)


@pytest.fixture
def archived(practice: Practice, people: Cast, tmp_path: Path) -> Callable[..., Path]:
    """archived("vetting") -> the archive's file."""

    def make(*parts: str) -> Path:
        file = tmp_path / "service.zip"
        with file.open("wb") as out:
            export(practice=practice, out=out, parts=parts, by=people.ada, now=timezone.now())
        return file

    return make


def rows(file: Path, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(file) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline="")))


def said(practice: Practice, parts: frozenset[str]) -> dict[str, list[tuple[Any, ...]]]:
    """All that a service has, without the keys of the rows."""
    found = {}
    for table in tables(parts):
        names = [
            field.name
            for field in table.columns
            if field.related_model is None and field.name not in ("id", "ref", "file")
        ]
        found[table.name] = sorted(tuple(map(str, row)) for row in table.rows_of(practice.service).values_list(*names))
    return found


def test_a_service_comes_back_as_it_was(
    archived: Callable[..., Path], practice: Practice, empty: Practice, people: Cast
) -> None:
    parts = frozenset({"vetting"})
    file = archived("vetting")
    counts = put_back(practice=empty, file=file, by=people.ada)
    assert (counts["Contact"], counts["Vetting"]) == (3, 1)
    before, after = said(practice, parts), said(empty, parts)
    old = Mentee.objects.get(service=practice.service)
    new = Mentee.objects.get(service=empty.service)
    assert [row[names_at("Mentor", "line_manages")] for row in before["Mentor"]] == [f"['{old.ref}']"]
    assert [row[names_at("Mentor", "line_manages")] for row in after["Mentor"]] == [f"['{new.ref}']"], (
        "as they are called here"
    )
    before.pop("Mentor")
    after.pop("Mentor")
    assert after == before
    match = Match.objects.get(service=empty.service)
    assert (match.mentee, match.mentor.was, match.proposed_by) == (new, new, people.ada)
    assert match.mentor.user is None, "an account is tied anew"
    assert set(match.contacts.values_list("mentee", "mentor")) == {(new.pk, match.mentor.pk)}
    assert Staff.objects.get(service=empty.service, name="Pat Holm").cover == Staff.objects.get(
        service=empty.service, name="Cora Lyle"
    )
    version = PolicyVersion.objects.get(policy__service=empty.service)
    with version.file.open("rb") as kept:
        assert kept.read() == b"Drive slowly."
    empty.refresh_from_db()
    assert empty.about == "=SUM(1;1)"


def names_at(table: str, name: str) -> int:
    one = next(one for one in tables() if one.name == table)
    names = [
        field.name for field in one.columns if field.related_model is None and field.name not in ("id", "ref", "file")
    ]
    return names.index(name)


def test_formulas_are_harmless_and_vetting_stays_unless_asked_for(archived: Callable[..., Path]) -> None:
    file = archived()
    assert rows(file, "practice.csv")[0]["about"] == "'=SUM(1;1)"
    assert rows(file, "mentee.csv")[0]["profile"].startswith("'- chess")
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        told = json.loads(archive.read("archive.json"))
        assert archive.read("format.md").decode() == format_of()
    assert not names & {"vetting.csv", "staffvetting.csv", "onetimelink.csv", "equalityanswer.csv", "import.csv"}
    assert told["rows"]["Mentee"] == 1
    assert "vetting.csv" in zipfile.ZipFile(archived("vetting")).namelist()


def test_the_ledger_says_that_it_left_and_no_more(archived: Callable[..., Path]) -> None:
    archived("vetting")
    record = Record.objects.order_by("seq").last()
    assert record is not None
    assert (record.act, record.facts["what"], record.facts["parts"]) == ("caseload.exported", "archive", ["vetting"])


def test_nothing_of_another_service_is_in_it(
    people: Cast, today: date, archived: Callable[..., Path], practice: Practice
) -> None:
    other = organisations.open_service(organisation=people.elsewhere, name="Elsewhere", by=people.eve)
    a_practice(other, people.eve, today)
    a_match(a_mentee(other, today, "Secret Sara"), a_mentor(other, people.eve, today, "Secret Sam"), people.eve, today)
    with zipfile.ZipFile(archived("vetting")) as archive:
        assert not any(b"Secret" in archive.read(name) for name in archive.namelist())
    assert Vetting.objects.count() == 2


def test_only_an_empty_service_takes_it(
    archived: Callable[..., Path], practice: Practice, empty: Practice, people: Cast, today: date
) -> None:
    file = archived()
    a_mentee(empty.service, today)
    with pytest.raises(Refused, match="not empty: it has mentees"):
        put_back(practice=empty, file=file, by=people.ada)


def changed(file: Path, **members: bytes | None) -> Path:
    """The archive with members put in another way; None takes one out. Names stand with _ for ."""
    other = file.with_name("changed.zip")
    given = {name.replace("_", "."): content for name, content in members.items()}
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(other, "w") as after:
        for name in before.namelist():
            if name not in given:
                after.writestr(name, before.read(name))
        for name, content in given.items():
            if content is not None:
                after.writestr(name, content)
    return other


def test_what_is_not_as_it_should_be_is_refused_whole(
    archived: Callable[..., Path], empty: Practice, people: Cast, tmp_path: Path
) -> None:
    file = archived()
    with zipfile.ZipFile(file) as archive:
        mentees = archive.read("mentee.csv")
        told = json.loads(archive.read("archive.json"))
    broken: list[tuple[Path, str]] = [
        (changed(file, mentee_csv=mentees.replace(b",any,", b",by-boat,")), "‘way’ cannot be ‘by-boat’"),
    ]
    for path, words in broken:
        with pytest.raises(Refused, match=words):
            put_back(practice=empty, file=path, by=people.ada)
    for members, words in (
        ({"mentee_csv": mentees.splitlines(keepends=True)[0]}, "not as many rows"),
        ({"mentee_csv": b"id,name\r\n1,x\r\n"}, "other columns"),
        ({"mentee_csv": None}, "damaged"),
        ({"archive_json": json.dumps({**told, "version": 9}).encode()}, "version 9"),
        ({"archive_json": b"{}"}, "not an archive"),
    ):
        with pytest.raises(Refused, match=words):
            put_back(practice=empty, file=changed(file, **members), by=people.ada)  # type: ignore[arg-type]
    (tmp_path / "none.zip").write_bytes(b"no zip")
    with pytest.raises(Refused, match="damaged"):
        put_back(practice=empty, file=tmp_path / "none.zip", by=people.ada)
    assert not Mentee.objects.filter(service=empty.service).exists()


def test_every_kind_of_row_is_in_it_or_is_said_to_be_left_out() -> None:
    there = {table.name for table in tables(frozenset(ONLY_WITH))}
    assert there | set(LEFT_OUT) == {model.__name__ for model in every_model()}
    assert not there & set(LEFT_OUT)
    assert OneTimeLink.__name__ in LEFT_OUT


def test_the_reference_is_what_the_models_say() -> None:
    written = (DOCS / "reference" / "service-archive.md").read_text()
    assert written == format_of(), "run: kithwork export --format > docs/reference/service-archive.md"
