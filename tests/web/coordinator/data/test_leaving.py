"""What goes out: the archive of a service and the file of one person. Leads alone, and the ledger says so."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from kithwork.accounts.models import User
from kithwork.caseload.models import Mentee, Referral
from kithwork.governance.models import Staff
from kithwork.ledger.models import Record
from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast
from tests.running import a_mentee, a_mentor

At = Callable[..., str]


@pytest.fixture
def cai(people: Cast, service: Service, today: date) -> Mentee:
    return a_mentee(service, today, "Cai Rowan")


def opened(answer: object) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(answer.getvalue()))  # type: ignore[attr-defined]  # a streamed answer


def test_the_archive_is_asked_about_made_and_written_down(ada: Client, at: At, cai: Mentee) -> None:
    url = at("export_service")
    assert "Take everything of Lanternside Mentoring with you?" in ada.get(url).content.decode()
    before = Record.objects.count()
    answer = ada.post(url, {"parts": ["vetting"]})
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "no-store"
    with opened(answer) as archive:
        assert {"mentee.csv", "vetting.csv", "format.md", "archive.json"} <= set(archive.namelist())
        assert "Cai Rowan" in archive.read("mentee.csv").decode()
    assert Record.objects.count() == before + 1
    assert ada.post(url, {"parts": ["secrets"]}).status_code == 422
    assert Record.objects.count() == before + 1


def test_the_file_of_one_person(ada: Client, at: At, cai: Mentee, people: Cast, service: Service, today: date) -> None:
    mab = a_mentor(service, people.ada, today, "Mab Sorrel")
    for url, name in (
        (at("mentee_everything", cai.ref), "Cai Rowan"),
        (at("mentor_everything", mab.ref), "Mab Sorrel"),
    ):
        assert f"Give {name} all that is held about them?" in ada.get(url).content.decode()
        with opened(ada.post(url)) as archive:
            assert name in archive.read("everything.html").decode()
    assert Record.objects.filter(act="caseload.exported").count() == 2
    assert ada.get(at("mentee_everything", mab.ref)).status_code == 404


def test_vetting_goes_with_it_only_when_ticked_and_said_why(
    ada: Client, at: At, people: Cast, service: Service, today: date
) -> None:
    url = at("mentor_everything", a_mentor(service, people.ada, today, "Mab Sorrel").ref)
    assert ada.post(url, {"apart": ["vetting"]}).status_code == 422
    with opened(ada.post(url)) as archive:
        assert "enhanced" not in archive.read("everything.html").decode()
    with opened(ada.post(url, {"apart": ["vetting"], "because": "they-ask"})) as archive:
        assert "enhanced" in archive.read("everything.html").decode()


def test_the_files_of_staff_and_of_a_referrer(ada: Client, at: At, cai: Mentee, service: Service, today: date) -> None:
    staff = Staff.objects.create(service=service, name="Ida Penn", role="Lead", began_on=today)
    referral = Referral.objects.create(mentee=cai, source="agency", came_on=cai.came_on, name="Nerys Pugh")
    for name, ref, said in (
        ("staff_everything", staff.ref, "Ida Penn"),
        ("referrer_everything", referral.ref, "Nerys Pugh"),
    ):
        url = at(name, ref)
        assert f"Give {said} all that is held about them?" in ada.get(url).content.decode()
        with opened(ada.post(url)) as archive:
            assert said in archive.read("everything.html").decode()
    assert at("staff_everything", staff.ref) in ada.get(at("staff_file", staff.ref)).content.decode()
    assert at("referrer_everything", referral.ref) in ada.get(at("referral", referral.ref)).content.decode()


def test_coordinators_and_strangers_take_nothing(
    people: Cast, at: At, cai: Mentee, cora: User, turned_away: Callable[..., None]
) -> None:
    staff = Staff.objects.create(service=cai.service, name="Ida Penn", role="Lead", began_on=cai.came_on)
    for url in (at("export_service"), at("mentee_everything", cai.ref), at("staff_everything", staff.ref)):
        for method in ("get", "post"):
            turned_away(url, cora, people.bea, people.cid, method=method)
    assert not Record.objects.filter(act="caseload.exported").exists()


def test_the_lead_alone_is_offered_it(
    ada: Client, at: At, cora: User, as_user: Callable[[User], Client], cai: Mentee
) -> None:
    for name in ("export_service", "service_outbox"):
        assert at(name) in ada.get(at("the_service")).content.decode()
        assert at(name) not in as_user(cora).get(at("the_service")).content.decode()
    assert at("imports") in as_user(cora).get(at("the_service")).content.decode()
    assert at("mentee_everything", cai.ref) in ada.get(at("mentee", cai.ref)).content.decode()
    assert at("mentee_everything", cai.ref) not in as_user(cora).get(at("mentee", cai.ref)).content.decode()


def test_wrong_method(ada: Client, at: At, cai: Mentee) -> None:
    assert ada.delete(at("export_service")).status_code == 405
    assert ada.put(at("mentee_everything", cai.ref)).status_code == 405
