"""Who completes a programme enters its mentor bank; a bank takes the service's lead and the body's officer."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from kithwork.accounts.models import User
from kithwork.caseload.actions import banks
from kithwork.caseload.models import Bank, Mentor
from kithwork.caseload.queries.clearing import cleared
from kithwork.core.verdict import Refused
from kithwork.notices.models import Message
from kithwork.organisations import actions as organisations
from kithwork.procedures import joining, sample
from kithwork.procedures.sample import Cast
from tests.conftest import SCHEMES
from tests.running import a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def hwstpa(people: Cast) -> Any:
    return sample.publish(next((SCHEMES / "hwstpa").iterdir()), people)


def an_award(edition: Any, person: User | None) -> Any:
    """As far as joining looks at one: whose, of which edition, by which journey."""
    return SimpleNamespace(journey=SimpleNamespace(person=person, edition=edition, ref="bcdfghjkmnpq"))


def test_a_lead_asks_and_an_officer_agrees(
    people: Cast, hwstpa: Any, today: date, as_user: Callable[[User], Client]
) -> None:
    a_practice(people.service, people.ada, today)
    ada, olu = as_user(people.ada), as_user(people.olu)
    page, desk = f"/run/{people.service.slug}/mentors/bank/", f"/body/{hwstpa.body.slug}/banks/"
    assert ada.post(page, {"scheme": "nothing"}).status_code == 422
    assert ada.post(page, {"scheme": "hwstpa"}).status_code == 303
    assert ada.post(page, {"scheme": "hwstpa"}).status_code == 409
    bank = Bank.objects.get()
    assert joining.join_bank(award=an_award(hwstpa, people.dot), by=people.olu, today=today) is None, "not agreed yet"
    assert "1 service asks to be your mentor bank" in olu.get(desk).content.decode()
    assert as_user(people.eve).post(desk, {"bank": bank.ref, "do": "agree"}).status_code == 404
    assert olu.post(desk, {"bank": "nothing", "do": "agree"}).status_code == 404
    assert olu.post(desk, {"bank": bank.ref, "do": "agree"}).status_code == 303
    assert olu.post(desk, {"bank": bank.ref, "do": "agree"}).status_code == 409
    assert {one.kind for one in Message.objects.all()} == {"bank-asked", "bank-answered"}
    assert as_user(people.bea).get(page).status_code == 404
    assert ada.post(page, {"end": bank.ref}).status_code == 303
    assert ada.post(page, {"end": bank.ref}).status_code == 409


@pytest.fixture
def bank(people: Cast, hwstpa: Any, today: date) -> Bank:
    a_practice(people.service, people.ada, today)
    row = joining.ask_bank(service=people.service, scheme="hwstpa", by=people.ada, today=today)
    return joining.answer_bank(bank=row, agreed=True, by=people.olu, today=today)


def test_who_completes_the_programme_is_a_mentor_once(people: Cast, hwstpa: Any, today: date, bank: Bank) -> None:
    mentor = joining.join_bank(award=an_award(hwstpa, people.dot), by=people.olu, today=today)
    assert mentor is not None
    assert (mentor.user, mentor.accepted_on, mentor.joined_by) == (people.dot, today, "journey:bcdfghjkmnpq")
    practice = people.service.practice
    missing = {what.value for what in cleared([mentor], practice, today)[mentor.pk].missing}
    assert not missing & {"training", "selection"}
    assert "consent" in missing
    practice.refresh_from_db()
    assert practice.agreement_first, "whoever mentors for a bank agrees in writing first"
    desk = Client()
    desk.force_login(people.dot)
    question = f"/mentoring/consent/{mentor.ref}/"
    assert question in desk.get("/mentoring/").content.decode(), "the open question is found from the desk"
    assert desk.post(question, {"answer": "given"}).status_code == 303
    assert question not in desk.get("/mentoring/").content.decode()
    assert Message.objects.filter(kind="bank-joined", to=people.dot).exists()
    assert joining.join_bank(award=an_award(hwstpa, people.dot), by=people.olu, today=today) is None, "a renewal"
    assert joining.join_bank(award=an_award(hwstpa, None), by=people.olu, today=today) is None, "a service's award"
    assert Mentor.objects.count() == 1


def test_one_bank_for_a_scheme(people: Cast, hwstpa: Any, today: date, bank: Bank) -> None:
    other = organisations.open_service(organisation=people.elsewhere, name="Other", by=people.eve)
    row = banks.ask_bank(service=other, body=hwstpa.body, scheme="hwstpa", by=people.eve, today=today)
    with pytest.raises(Refused, match="Another service"):
        banks.agree_bank(bank=row, by=people.olu, today=today)
    banks.end_bank(bank=bank, by=people.olu, today=today)
    assert banks.agree_bank(bank=row, by=people.olu, today=today).agreed_on == today
