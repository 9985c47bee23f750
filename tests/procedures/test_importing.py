"""People out of spreadsheets as they are: each fault explained, nothing brought in by halves, all of it undone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kithwork.caseload.actions import moving
from kithwork.caseload.models import (
    Consent,
    Contact,
    Ending,
    Import,
    Match,
    Mentee,
    Mentor,
    MentorStep,
    Practice,
    Referral,
    Vetting,
)
from kithwork.core.verdict import Refused
from kithwork.ledger.models import Record
from kithwork.procedures import daily, importing
from kithwork.procedures.importing import Of, Plan
from kithwork.procedures.sample import Cast
from tests.core.tables.messy import TODAY, workbook
from tests.running import a_match, a_mentee, a_mentor, a_practice


@pytest.fixture
def practice(people: Cast, today: date) -> Practice:
    return a_practice(people.service, people.ada, today)


@pytest.fixture
def take(people: Cast, practice: Practice) -> Callable[..., Import]:
    """take(kind, text) -> the file, read and held."""

    def read(kind: str, text: str | bytes, **changes: Any) -> Import:
        content = text if isinstance(text, bytes) else text.encode()
        held = importing.take_up(
            service=people.service,
            kind=kind,
            content=content,
            file_name="people.csv",
            by=people.ada,
            now=timezone.now(),
        )
        return moving.set_up(imported=held, **changes) if changes else held

    return read


@pytest.fixture
def bring(people: Cast, practice: Practice, today: date) -> Callable[..., Import]:
    """bring(held) -> brought in, with `same` and `skip_faulty`."""

    def do(held: Import, *, same: str = "", skip_faulty: bool = False, **answers: str) -> Import:
        told = {**({"": same} if same else {}), **{row.removeprefix("row"): answer for row, answer in answers.items()}}
        return importing.bring_in(
            imported=held, practice=practice, answers=told, skip_faulty=skip_faulty, by=people.ada, now=timezone.now(),
            today=today,
        )  # fmt: skip

    return do


def by_row(found: Plan) -> dict[int, list[str]]:
    said: dict[int, list[str]] = {}
    for fault in found.faults:
        said.setdefault(fault.row, []).append(f"{fault.column} {fault.message}")
    return said


def test_a_messy_workbook_is_understood_and_every_fault_explained(take: Callable[..., Import]) -> None:
    held = take(Of.MENTEES, workbook())
    assert held.sheet == 1
    assert held.mapping == {
        "number": "No.",
        "given": "Name: First name",
        "family": "Name: Surname",
        "born": "D.O.B.",
        "phone": "Tel",
        "email": "E-mail",
        "postcode": "Post code",
        "came_on": "Referral date",
        "accepted_on": "Accepted",
        "organisation": "Agency",
    }
    found = importing.check(held, TODAY)
    assert [row.number for row in found.new] == [5, 6, 8]
    first = found.new[0].values
    assert first["name"] == "Siôn Gwynfryn"
    assert (first["born"], first["came_on"], first["accepted_on"]) == (
        date(2009, 3, 5),
        date(2026, 3, 5),
        date(2026, 4, 1),
    )
    assert (first["phone"], first["postcode"]) == ("07700900123", "LL57 2DG")
    second = found.new[1].values
    assert (second["born"], second["came_on"], second["accepted_on"]) == (
        date(2009, 3, 5),
        date(2026, 3, 13),
        date(2026, 4, 1),
    )
    assert "email" not in second, "n/a is nothing"
    assert found.new[2].values["born"] == date(2010, 5, 3)
    said = by_row(found)
    assert set(said) == {9, 11, 12}
    assert said[9] == [
        "E ‘7.7009E+09’ was shortened by the spreadsheet, and digits are lost. Write the whole number, as text."
    ]
    assert [text.split()[0] for text in said[11]] == ["D", "F", "G", "H"]
    assert "no day of the calendar" in said[11][0]
    assert "not understood as a date" in said[11][3]
    assert said[12] == ["C The row has no name."]
    assert found.left_out == ((13, "a total"),)
    assert [(twin.row, twin.like.row, twin.answer) for twin in found.twins] == [(10, 5, "skip")]


def test_nothing_comes_in_while_a_row_is_faulty(take: Callable[..., Import], bring: Callable[..., Import]) -> None:
    held = take(Of.MENTEES, workbook())
    with pytest.raises(Refused, match="3 rows are faulty"):
        bring(held)
    assert not Mentee.objects.exists()
    done = bring(held, skip_faulty=True, row10="merge")
    assert (done.rows, done.skipped) == (7, 3)
    assert bytes(done.table) == b"", "what the file said is kept no longer"
    assert set(Mentee.objects.values_list("name", flat=True)) == {
        "Siôn Gwynfryn",
        "Llŷr Ap Rhydderch",
        "Mair Ó Braonáin",
    }
    referral = Referral.objects.get(mentee__number="1")
    assert (referral.outcome, referral.decided_on, referral.source) == ("accepted", date(2026, 4, 1), "agency")
    assert Referral.objects.get(mentee__number="3").outcome == "", "nobody has decided about her yet"
    with pytest.raises(Refused, match="already"):
        bring(held, skip_faulty=True)


def test_one_line_in_the_ledger_without_names(take: Callable[..., Import], bring: Callable[..., Import]) -> None:
    before = Record.objects.count()
    bring(take(Of.MENTEES, "Name,Referred on\nSiân Parry,2026-01-05\nTomos Vale,2026-01-06\n"))
    record = Record.objects.order_by("seq").last()
    assert Record.objects.count() == before + 1
    assert record is not None
    assert (record.act, record.facts["made"]) == ("caseload.imported", 2)
    assert "Parry" not in str(record.facts)


@pytest.mark.parametrize(
    ("answer", "names", "phones"),
    [
        ("skip", ["Siân Parry"], [""]),
        ("merge", ["Siân Parry"], ["01632 960123"]),
        ("new", ["Parry, Siân", "Siân Parry"], ["", "01632 960123"]),
    ],
)
def test_somebody_who_is_here_already(
    answer: str, names: list[str], phones: list[str], people: Cast, today: date, take: Callable[..., Import],
    bring: Callable[..., Import],
) -> None:  # fmt: skip
    a_mentee(people.service, today, "Siân Parry", email="sian@example.org")
    held = take(Of.MENTEES, 'Name,Tel,Email,Referral date\n"Parry, Sian",01632 960123,other@example.org,2026-01-05\n')
    if answer == "skip":
        with pytest.raises(Refused, match="nothing to bring in"):
            bring(held, same=answer)
    else:
        bring(held, same=answer)
    assert sorted(Mentee.objects.values_list("phone", flat=True)) == phones
    old = Mentee.objects.get(name="Siân Parry")
    assert old.email == "sian@example.org", "what a record says already stays"
    if answer == "merge":
        moving.undo(imported=held, by=people.ada, now=timezone.now())
        old.refresh_from_db()
        assert old.phone == ""


def test_another_date_of_birth_is_another_person(people: Cast, today: date, take: Callable[..., Import]) -> None:
    a_mentee(people.service, today, "Siân Parry", born=date(2008, 1, 1))
    held = take(Of.MENTEES, "Name,DOB,Referral date\nSiân Parry,02/01/2008,2026-01-05\nSiân Parry,1/1/08,2026-01-05\n")
    found = importing.check(held, today)
    assert [row.number for row in found.new] == [2]
    assert [twin.row for twin in found.twins] == [3]


def test_mentors_come_with_their_steps_and_checks(
    practice: Practice, take: Callable[..., Import], bring: Callable[..., Import]
) -> None:
    text = (
        "Volunteer;Applied on;Approved;Interview;Consent;DBS date;DBS level;Update service;Availability\r\n"
        "Mab Sorrel;1/2/24;1/4/24;20/2/24;1/2/24;10/3/24;enhanced DBS;Y;Mon am, Wed evenings\r\n"
        "Nye Marlow;1/2/25;;;;;;;\r\n"
    )
    bring(take(Of.MENTORS, text))
    mab = Mentor.objects.get(name="Mab Sorrel")
    assert (mab.accepted_on, mab.availability) == (date(2024, 4, 1), ["mon-am", "wed-eve"])
    assert set(mab.steps.values_list("kind", flat=True)) == {"interview", "selection"}
    check = mab.vettings.get()
    assert (check.level, check.outcome, check.expires_on, check.update_service) == (
        "enhanced",
        "clear",
        date(2027, 3, 9),
        True,
    )
    assert mab.consents.get().answer == Consent.Answer.GIVEN
    assert not Mentor.objects.get(name="Nye Marlow").steps.exists()
    assert MentorStep.objects.count() == 2
    assert Vetting.objects.count() == 1


def test_a_check_without_its_level_is_a_fault(take: Callable[..., Import], today: date) -> None:
    found = importing.check(take(Of.MENTORS, "Name,Applied,DBS date\nMab Sorrel,1/2/24,10/3/24\n"), today)
    assert [str(fault) for fault in found.faults] == ["2: -: A check needs its level, such as enhanced."]


def test_matches_find_their_people(
    people: Cast, today: date, take: Callable[..., Import], bring: Callable[..., Import]
) -> None:
    cai = a_mentee(people.service, today, "Cai Rowan", number="12")
    a_mentee(people.service, today, "Siân Parry")
    a_mentee(people.service, today, "Sian Parry", number="77")
    a_mentee(people.service, today, "Ola Finch", accepted_on=None, waiting_since=None)
    mab = a_mentor(people.service, people.ada, today, "Mab Sorrel", ready=False, accepted_on=today)
    text = (
        "Client,Volunteer,Start date,End date,How it ended,Reason for ending\n"
        "12,Mab Sorrel,1/3/2026,,,\n"
        "Siân Parry,Mab Sorrel,1/3/2026,,,\n"
        "77,Sorrel Mab,1/3/2025,1/9/2025,Planned,Aims met\n"
        "Ola Finch,Mab Sorrel,1/3/2026,,,\n"
        "Nobody Known,Mab Sorrel,1/3/2026,1/2/2026,,\n"
    )
    held = take(Of.MATCHES, text)
    said = by_row(importing.check(held, today))
    assert "2 mentees are called ‘Siân Parry’" in said[3][0]
    assert "has not been accepted" in said[5][0]
    assert "No mentee here is called ‘Nobody Known’" in said[6][0]
    assert any("before they were introduced" in text for text in said[6])
    bring(held, skip_faulty=True)
    running, ended = Match.objects.order_by("-introduced_on")
    assert (running.mentee, running.mentor, running.mentee_answer) == (cai, mab, "yes")
    assert (ended.ended_on, Ending.objects.get().reason) == (date(2025, 9, 1), "Aims met")
    again = importing.check(take(Of.MATCHES, "Client,Volunteer,Start date\n12,Mab Sorrel,2/3/2026\n"), today)
    assert [(twin.row, twin.fixed) for twin in again.twins] == [(2, True)], "a running match is not begun twice"


def test_contacts_find_their_match(
    people: Cast, today: date, take: Callable[..., Import], bring: Callable[..., Import]
) -> None:
    mab = a_mentor(people.service, people.ada, today, "Mab Sorrel", ready=False, accepted_on=today)
    match = a_match(a_mentee(people.service, today, "Cai Rowan"), mab, people.ada, today)
    day = today - timedelta(days=3)
    text = (
        "Date\tMentee\tMentor\tType\tDuration\tAttended\tNotes\n"
        f"{day:%d/%m/%Y}\tCai Rowan\tMab Sorrel\t\t1:30\tY\tChess\n"
        f"{day:%d/%m/%Y}\tCai Rowan\tMab Sorrel\t\t1.5 h\tyes\tChess\n"
        f"{day:%d/%m/%Y}\tCai Rowan\t\tstaff with mentee\t\tno\tNo answer\n"
        f"{day:%d/%m/%Y}\t\t\t\t\t\tNobody\n"
    )
    held = take(Of.CONTACTS, text)
    found = importing.check(held, today)
    assert by_row(found) == {5: ["B Empty, and the mentee is needed."]}
    assert [twin.row for twin in found.twins] == [3], "the same meeting twice"
    bring(held, skip_faulty=True)
    met = Contact.objects.get(kind="meeting")
    assert (met.match, met.minutes, met.words, met.on) == (match, 90, "Chess", day)
    assert met.read_at is not None, "meetings of old are not laid before anybody to read"
    assert Contact.objects.get(kind="mentee").reached is False


def test_an_import_is_taken_back_while_nothing_hangs_on_it(
    people: Cast, practice: Practice, today: date, take: Callable[..., Import], bring: Callable[..., Import]
) -> None:
    text = "Name,Referral date,Accepted\nSiân Parry,2026-01-05,2026-01-09\n"
    first = bring(take(Of.MENTEES, text))
    mentee = Mentee.objects.get()
    contact = Contact.objects.create(service=people.service, kind="mentee", mentee=mentee, on=today, by=people.ada)
    with pytest.raises(Refused, match="1 contact"):
        moving.undo(imported=first, by=people.ada, now=timezone.now())
    contact.delete()
    Mentee.objects.update(changed_at=timezone.now() + timedelta(seconds=5))
    with pytest.raises(Refused, match="1 of these records has been changed"):
        moving.undo(imported=first, by=people.ada, now=timezone.now())
    assert first.brought_at is not None
    Mentee.objects.update(changed_at=first.brought_at)
    moving.undo(imported=first, by=people.ada, now=timezone.now())
    assert not Mentee.objects.exists()
    assert not Referral.objects.exists()
    with pytest.raises(Refused, match="already"):
        moving.undo(imported=first, by=people.ada, now=timezone.now())


def test_files_that_nobody_brings_in_are_forgotten(take: Callable[..., Import]) -> None:
    old = take(Of.MENTEES, "Name,Referral date\nSiân Parry,2026-01-05\n")
    Import.objects.update(at=timezone.now() - timedelta(days=8))
    take(Of.MENTEES, "Name,Referral date\nTomos Vale,2026-01-05\n")
    assert not Import.objects.filter(pk=old.pk).exists()


def test_the_daily_round_forgets_them_too_and_keeps_what_was_brought_in(
    take: Callable[..., Import], bring: Callable[..., Import]
) -> None:
    """Though no other file is ever looked at."""
    done = bring(take(Of.MENTEES, "Name,Referral date\nSiân Parry,2026-01-05\n"))
    Import.objects.update(at=timezone.now() - timedelta(days=8))
    new = take(Of.MENTEES, "Name,Referral date\nTomos Vale,2026-01-05\n")
    now = timezone.now()
    assert not any("spreadsheets" in words for words, _ in daily.run(now=now, send=False).done)
    told = dict(daily.run(now=now + timedelta(days=7, minutes=1), send=False).done)
    assert told["spreadsheets forgotten that nobody brought in"] == 1
    assert list(Import.objects.all()) == [done]
    assert new.pk != done.pk


def test_the_same_file_twice_is_noticed(
    people: Cast, take: Callable[..., Import], bring: Callable[..., Import]
) -> None:
    text = "Name,Referral date\nSiân Parry,2026-01-05\n"
    first = bring(take(Of.MENTEES, text))
    again = take(Of.MENTEES, text)
    assert importing.same_file(again) == first
    moving.undo(imported=first, by=people.ada, now=timezone.now())
    assert importing.same_file(again) is None


def test_a_file_that_is_no_table_is_refused(take: Callable[..., Import]) -> None:
    with pytest.raises(Refused, match=r"PDF|damaged"):
        take(Of.MENTEES, b"%PDF-1.4 nothing")
    with pytest.raises(Refused, match="empty"):
        take(Of.MENTEES, b"")
    with pytest.raises(Refused, match="program"):
        take(Of.MENTEES, b"MZ\x90\x00" + b"\x00" * 100)
    assert not Import.objects.exists()


def test_a_column_that_every_row_needs(take: Callable[..., Import], today: date) -> None:
    found = importing.check(take(Of.MENTEES, "Who,Where\nSiân,Bangor\n"), today)
    assert [fault.message for fault in found.faults] == ["No column gives ‘Name’, which every row needs."]
