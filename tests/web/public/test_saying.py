"""Where anybody can say something of a service: no name needed, told to those who run it, slowed when too much."""

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from lxml import html

from kithwork.governance.models import Complaint
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast
from kithwork.web.kit import throttle
from tests.running import a_practice
from tests.web.refusals import typed

SENT = {"kind": "complaint", "what": "Nobody rang back, says Cai Rowanberry.", "whose": "Cai"}


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def service(people: Cast, today: date) -> Service:
    a_practice(people.service, people.ada, today, call_first="ring 01539 000000")
    return people.service


@pytest.fixture
def address(service: Service) -> str:
    return reverse("say_something", args=[service.slug])


def test_what_is_said_arrives_and_those_who_run_it_are_told(
    client: Client, people: Cast, service: Service, address: str
) -> None:
    assert "ring 01539 000000" in client.get(address).content.decode()
    answer = client.post(address, SENT)
    assert answer.status_code == 303
    assert "Thank you" in client.get(answer["Location"]).content.decode()
    said = Complaint.objects.get()
    assert (said.kind, said.whose, said.by) == ("complaint", "Cai", None)
    mail = Message.objects.get(kind="said-of-service")
    assert mail.to == people.ada
    assert "Cai" not in mail.body + mail.subject
    record = Record.objects.latest("seq")
    assert (record.actor, record.subject) == ("visitor", f"complaints:{said.ref}")
    assert "Cai" not in str(record.facts)


def test_nothing_that_was_said_is_shown(client: Client, address: str) -> None:
    client.post(address, SENT)
    assert "Cai" not in client.get(address).content.decode()


def test_empty_is_said_and_nothing_is_kept(client: Client, address: str) -> None:
    answer = client.post(address, {"kind": "praise", "whose": "Cai"})
    assert answer.status_code == 422
    assert typed(html.fromstring(answer.content), "whose") == "Cai"
    assert not Complaint.objects.exists()


def test_too_many_from_one_address_wait_and_lose_nothing(client: Client, address: str) -> None:
    for _ in range(30):
        assert client.post(address, SENT).status_code == 303
    answer = client.post(address, SENT)
    assert answer.status_code == 429
    assert throttle.TOO_OFTEN in answer.content.decode()
    assert typed(html.fromstring(answer.content), "what") == SENT["what"]
    assert Complaint.objects.count() == 30


def test_a_service_that_does_not_run_here_is_absent(client: Client, people: Cast, db: None) -> None:
    assert client.get(reverse("say_something", args=[people.service.slug])).status_code == 404
    assert client.get(reverse("said_something", args=["nowhere"])).status_code == 404


def test_wrong_methods(client: Client, service: Service, address: str) -> None:
    assert client.put(address).status_code == 405
    assert client.post(reverse("said_something", args=[service.slug])).status_code == 405
