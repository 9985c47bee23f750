"""The pages of an import: the file, its columns, the check, all of it or nothing, and back."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kithwork.accounts.models import User
from kithwork.caseload.models import Import, Mentee
from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast
from tests.core.tables.messy import workbook
from tests.running import a_mentee

At = Callable[..., str]
TEXT = "Name,Mobile,Referral date,Colour\nSiân Parry,7700900123,5/1/2026,red\nTomos Vale,12,soon,blue\n"


def file(content: str | bytes = TEXT, name: str = "people.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


@pytest.fixture
def held(ada: Client, at: At) -> Import:
    """A file with a sound row and a faulty one, read and held."""
    answer = ada.post(at("imports"), {"kind": "mentees", "upload": file()})
    row = Import.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, at("import", row.ref))
    return row


def test_from_the_file_to_the_people_and_back(ada: Client, at: At, held: Import) -> None:
    columns, check = at("import", held.ref), at("import_check", held.ref)
    page = ada.get(columns).content.decode()
    assert "3 columns are understood in 2 rows" in page
    assert "Colour – such as red" in page
    sent = {"heading_row": "1", "of-name": "Name", "of-phone": "Mobile", "of-came_on": "Referral date"}
    answer = ada.post(columns, {**sent, "of-gender": "Colour"})
    assert (answer.status_code, answer["Location"]) == (303, check)
    page = ada.get(check).content.decode()
    assert "1 row is sound; 1 has a fault" in page
    assert "‘12’ is no telephone number: it has 2 digits." in page
    assert "‘soon’ is not understood as a date." in page
    assert "nothing has been brought in yet" in page
    refused = ada.post(check, {})
    assert refused.status_code == 409
    assert "1 row is faulty" in refused.content.decode()
    assert not Mentee.objects.exists()
    assert ada.post(check, {"skip_faulty": "on"}).status_code == 303
    mentee = Mentee.objects.get()
    assert (mentee.name, mentee.phone, mentee.gender) == ("Siân Parry", "07700900123", "red")
    page = ada.get(columns).content.decode()
    assert "1 mentee brought in" in page
    assert ada.get(check).status_code == 303, "what was brought in is checked no more"
    undo = at("import_undo", held.ref)
    assert "Take back 1 mentee?" in ada.get(undo).content.decode()
    assert ada.post(undo).status_code == 303
    assert not Mentee.objects.exists()
    assert ada.post(undo).status_code == 409
    assert "1 mentee taken back" in ada.get(columns).content.decode()
    assert "1 spreadsheet read so far" in ada.get(at("imports")).content.decode()


def test_every_fault_as_csv(ada: Client, at: At, held: Import) -> None:
    text = ada.get(at("import_check", held.ref) + "?format=csv").content.decode()
    assert text.splitlines()[1].startswith("3,B,Mobile,‘12’ is no telephone number")


def test_a_file_that_cannot_be_read_says_why(ada: Client, at: At) -> None:
    for content, said in ((b"MZ\x90\x00" + b"\x00" * 99, "program"), (b"", "empty"), (b"PK\x03\x04", "damaged")):
        answer = ada.post(at("imports"), {"kind": "mentors", "upload": file(content)})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert "Choose the file" in ada.post(at("imports"), {"kind": "mentors"}).content.decode()
    assert ada.post(at("imports"), {"kind": "aliens", "upload": file()}).status_code == 422
    assert not Import.objects.exists()


def test_a_needed_column_has_to_be_said(ada: Client, at: At, held: Import) -> None:
    answer = ada.post(at("import", held.ref), {"heading_row": "1", "of-phone": "Mobile"})
    assert answer.status_code == 422
    assert "Say which column gives ‘Name’: every row needs it" in answer.content.decode()
    assert ada.post(at("import", held.ref), {"heading_row": "1", "of-name": "Fax"}).status_code == 422


def test_another_sheet_or_heading_row_is_understood_anew(ada: Client, at: At) -> None:
    ada.post(at("imports"), {"kind": "mentees", "upload": file(workbook(), "people.xlsx")})
    held = Import.objects.get()
    page = ada.get(at("import", held.ref)).content.decode()
    assert "Old (hidden)" in page
    assert "Notes (hidden in the workbook)" in page
    assert ada.post(at("import", held.ref), {"sheet": "2", "heading_row": "4"}).status_code == 303
    held.refresh_from_db()
    assert held.sheet == 2
    ada.post(at("import", held.ref), {"sheet": "1", "heading_row": "3"})
    held.refresh_from_db()
    assert (held.sheet, held.heading_row) == (1, 3)


def test_who_is_here_already_is_asked_about(ada: Client, at: At, people: Cast, service: Service, today: date) -> None:
    a_mentee(service, today, "Siân Parry")
    a_mentee(service, today, "Ola Finch")
    text = 'Name,Mobile,Referral date\nSian Parry,07700900123,5/1/2026\n"Finch, Ola",07700900124,5/1/2026\n'
    ada.post(at("imports"), {"kind": "mentees", "upload": file(text)})
    check = at("import_check", Import.objects.get().ref)
    page = ada.get(check).content.decode()
    assert "Row 2: Sian Parry" in page
    assert "Like Siân Parry" in page
    assert ada.post(check, {}).status_code == 422, "nobody is merged unasked"
    assert ada.post(check, {"same": "merge", "row-3": "new"}).status_code == 303
    assert Mentee.objects.get(name="Siân Parry").phone == "07700900123"
    assert Mentee.objects.filter(name="Ola Finch").count() == 2


def test_a_file_is_thrown_away(ada: Client, at: At, held: Import) -> None:
    assert ada.get(at("import_discard", held.ref)).status_code == 405
    assert ada.post(at("import_discard", held.ref)).status_code == 303
    assert not Import.objects.exists()
    assert ada.get(at("import", held.ref)).status_code == 404


def test_an_example_to_fill_in(ada: Client, at: At) -> None:
    text = ada.get(at("import_example", "matches")).content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Mentee,Mentor,Introduced on")
    assert ada.get(at("import_example", "aliens")).status_code == 404


def test_strangers_readers_and_other_services(
    people: Cast, at: At, held: Import, turned_away: Callable[..., None], cora: User, as_user: Callable[[User], Client]
) -> None:
    for name in ("import", "import_check", "import_undo"):
        turned_away(at(name, held.ref), people.bea, people.cid)
        turned_away(at(name, held.ref), people.bea, method="post")
    turned_away(at("imports"), people.bea, people.cid)
    turned_away(at("import_discard", held.ref), people.bea, method="post")
    assert as_user(cora).get(at("import", held.ref)).status_code == 200
    assert as_user(cora).delete(at("imports")).status_code == 405


def test_costs_the_same_for_one_and_for_thirty(
    service: Service, at: At, queries: Callable[[str], int], ada: Client, held: Import
) -> None:
    one, check = queries(at("imports")), queries(at("import_check", held.ref))
    for _ in range(29):
        Import.objects.create(service=service, kind="mentees", file_name="x", digest="x")
    assert queries(at("imports")) == one <= 12
    many = "Name,Referral date\n" + "".join(f"Person {number},5/1/2026\n" for number in range(30))
    ada.post(at("imports"), {"kind": "mentees", "upload": file(many)})
    assert queries(at("import_check", Import.objects.order_by("-pk")[0].ref)) == check <= 12
