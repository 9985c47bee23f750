"""What is held about whoever signs in: a copy, asking whoever holds more, what came of it, and erasing the account."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions.links import Purpose, make
from kithwork.caseload.models import Mentee
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.organisations.models import Membership, Role
from kithwork.procedures.asking import addressees, answer
from kithwork.procedures.sample import Cast
from kithwork.rights.actions import Outcome
from kithwork.rights.models import Asked
from tests.running import a_mentee, a_mentor, a_practice


@pytest.fixture
def bea(people: Cast, as_user: Callable[[User], Client]) -> Client:
    return as_user(people.bea)


@pytest.fixture
def running(people: Cast, today: date) -> None:
    a_practice(people.service, people.ada, today)


def test_the_page_says_who_holds_something_and_is_reached_from_the_account(
    bea: Client, people: Cast, running: None, today: date
) -> None:
    assert reverse("my_rights") in bea.get(reverse("my_account")).content.decode()
    page = bea.get(reverse("my_rights")).content.decode()
    assert "What is held about you" in page
    assert f"{people.service.name}, as a colleague" in page
    a_mentor(people.service, people.ada, today, "Bea Okoro", ready=False, user=people.bea)
    assert f"{people.service.name}, as a mentor" in bea.get(reverse("my_rights")).content.decode()
    assert [one.title for one in addressees(people.dot)] == [people.body.name]
    assert addressees(people.eve) == []


def test_a_copy_is_ones_own_alone(bea: Client, people: Cast, running: None) -> None:
    assert bea.get(reverse("my_rights_copy")).status_code == 405
    answered = bea.post(reverse("my_rights_copy"))
    assert answered["Content-Disposition"].startswith("attachment")
    assert answered["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answered.getvalue())) as archive:  # type: ignore[attr-defined]  # it streams
        told = json.loads(archive.read("everything.json"))
    said = json.dumps(told)
    assert people.bea.email in said
    assert people.provider.name in said
    assert people.ada.email not in said
    record = Record.objects.get(act="rights.handed_over")
    assert (record.actor, record.facts) == (people.bea.actor, {"own": True})


def test_a_request_reaches_the_service_and_its_answer_comes_back(
    bea: Client, people: Cast, running: None, today: date, as_user: Callable[[User], Client]
) -> None:
    url, key = reverse("my_rights_ask"), f"{people.service.slug}-user"
    assert bea.post(url, {"to": key, "right": "rectify"}).status_code == 422
    assert bea.post(url, {"to": "elsewhere", "right": "copy"}).status_code == 422
    assert bea.post(url, {"to": key, "right": "rectify", "words": "My name is Bea O."}).status_code == 303
    row = Asked.objects.get()
    assert (row.subject, row.service, row.by) == (f"user:{people.bea.ref}", people.service, people.bea)
    again = bea.post(url, {"to": key, "right": "rectify", "words": "Once more."})
    assert again.status_code == 409
    assert "Once more." in again.content.decode()
    mail = Message.objects.get(kind="rights-asked")
    assert mail.to == people.ada
    assert "Bea" not in mail.subject + mail.body
    at = reverse("right_asked", args=[people.service.slug, row.ref])
    assert at in mail.body
    page = as_user(people.ada).get(at).content.decode()
    assert "Bea Okoro says that something held about them is wrong" in page
    assert "1 question of yours waits" in bea.get(reverse("my_rights")).content.decode()
    answer(asked=row, outcome=Outcome.DONE, words="Put right, with thanks.", by=people.ada, today=today)
    assert Message.objects.get(kind="rights-answered").to == people.bea
    assert "Put right, with thanks." in bea.get(reverse("my_rights")).content.decode()


def test_a_stranger_has_nobody_to_ask(people: Cast, as_user: Callable[[User], Client]) -> None:
    eve = as_user(people.eve)
    assert eve.get(reverse("my_rights")).status_code == 200
    assert eve.get(reverse("my_rights_ask")).status_code == 409


def test_an_account_is_erased_after_a_typed_address(
    bea: Client, people: Cast, as_user: Callable[[User], Client]
) -> None:
    url = reverse("my_rights_erase")
    page = bea.get(url).content.decode()
    for said in ("Erase your account?", "What stays, and why", "Record of acts", "The record of acts"):
        assert said.lower() in page.lower()
    assert bea.post(url, {"email": "bea"}).status_code == 422
    answered = bea.post(url, {"email": people.bea.email.upper()})
    assert answered.status_code == 303
    assert "Your account is erased" in bea.get(answered["Location"]).content.decode()
    assert bea.get(reverse("my_account")).status_code == 302
    assert not User.objects.get(pk=people.bea.pk).is_active
    assert not Membership.objects.filter(user=people.bea, ended_at__isnull=True).exists()
    members = as_user(people.ada).get(reverse("colleagues", args=[people.provider.slug])).content.decode()
    assert "Bea Okoro" not in members


def test_the_last_lead_is_told_what_to_do_first(people: Cast, as_user: Callable[[User], Client]) -> None:
    ada, url = as_user(people.ada), reverse("my_rights_erase")
    page = ada.get(url).content.decode()
    assert "Your account cannot be erased yet" in page
    assert "You are the only lead of Lanternside Trust" in page
    assert ada.post(url, {"email": people.ada.email}).status_code == 409
    assert User.objects.get(pk=people.ada.pk).is_active
    Membership.objects.create(user=people.bea, organisation=people.provider, role=Role.LEAD)
    assert "Erase your account?" in ada.get(url).content.decode()


def test_for_the_signed_in_alone() -> None:
    for name in ("my_rights", "my_rights_ask", "my_rights_erase"):
        answered = Client().get(reverse(name))
        assert answered.status_code == 302
        assert "login" in answered["Location"]


# A mentee's own link


def opened(cai: Mentee, people: Cast) -> str:
    _, token = make(service=people.service, purpose=Purpose.MENTEE, now=timezone.now(), by=people.ada, mentee=cai)
    return reverse("link_rights", args=[token])


def test_a_mentee_asks_by_their_link(people: Cast, running: None, today: date) -> None:
    cai, client = a_mentee(people.service, today), Client()
    url = opened(cai, people)
    own = url.removesuffix("rights/")
    assert url in client.get(own).content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url, {"right": "rectify", "words": ""}).status_code == 422
    assert client.post(url, {"right": "rectify", "words": "I was born in May."}).status_code == 303
    row = Asked.objects.get()
    assert (row.subject, row.by, row.words) == (f"mentee:{cai.ref}", None, "I was born in May.")
    assert row.due_on > today + timedelta(days=27)
    assert client.post(url, {"right": "rectify", "words": "Again."}).status_code == 409
    assert client.get(url)["Referrer-Policy"] == "strict-origin"
    Mentee.objects.update(left_on=today)
    assert client.get(url).status_code == 404
    assert client.get(reverse("link_rights", args=["nothing"])).status_code == 404
