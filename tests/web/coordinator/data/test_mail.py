"""The mail of a service's organisation, as its leads see it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from kithwork.accounts.models import User
from kithwork.notices.models import Message
from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast

At = Callable[..., str]


@pytest.fixture
def message(people: Cast, service: Service) -> Message:
    return written(people, subject="A review is due")


def written(people: Cast, **more: Any) -> Message:
    given: dict[str, Any] = {
        "organisation": people.provider,
        "email": "cai@example.org",
        "kind": "x",
        "body": "See {link}",
    }
    return Message.objects.create(**{**given, **more})


def test_what_waits_and_what_failed(ada: Client, at: At, people: Cast, message: Message) -> None:
    assert "1 message waits to be sent" in ada.get(at("service_outbox")).content.decode()
    failed = written(people, subject="Lost", state="failed", fault="SMTPServerDisconnected", tries=5)
    page = ada.get(at("service_outbox")).content.decode()
    assert "1 could not be sent; 1 message waits to be sent" in page
    assert "SMTPServerDisconnected" in page
    assert "Lost" not in ada.get(at("service_outbox") + "?state=waiting").content.decode()
    assert "cai@example.org" in ada.get(at("service_outbox") + "?format=csv").content.decode()
    assert "Send again" in ada.get(at("service_message", failed.ref)).content.decode()
    assert ada.post(at("service_message_again", failed.ref)).status_code == 303
    assert [one.subject for one in mail.outbox] == ["Lost"]
    assert ada.post(at("service_message_again", failed.ref)).status_code == 409


def test_a_waiting_message_is_stopped_and_its_link_stays_secret(ada: Client, at: At, message: Message) -> None:
    Message.objects.update(secret="/link/secret/")
    page = ada.get(at("service_message", message.ref)).content.decode()
    assert "the link is a secret" in page
    assert "/link/secret/" not in page
    assert ada.post(at("service_message_stop", message.ref)).status_code == 303
    assert ada.post(at("service_message_stop", message.ref)).status_code == 409
    message.refresh_from_db()
    assert (message.state, message.secret) == ("stopped", "")


def test_an_empty_list_says_what_belongs_there(ada: Client, at: At) -> None:
    Message.objects.all().delete()
    page = ada.get(at("service_outbox")).content.decode()
    assert "All mail has left" in page
    assert "from the moment it is written" in page


def test_leads_of_this_organisation_alone(
    people: Cast, at: At, message: Message, cora: User, turned_away: Callable[..., None], ada: Client
) -> None:
    turned_away(at("service_outbox"), cora, people.bea)
    turned_away(at("service_message", message.ref), cora, people.bea)
    for name in ("service_message_again", "service_message_stop"):
        turned_away(at(name, message.ref), cora, method="post")
        assert ada.get(at(name, message.ref)).status_code == 405
    other = written(people, organisation=people.elsewhere, subject="Theirs")
    assert ada.get(at("service_message", other.ref)).status_code == 404


def test_costs_the_same_for_one_and_for_thirty(
    people: Cast, at: At, message: Message, queries: Callable[[str], int]
) -> None:
    one = queries(at("service_outbox"))
    for number in range(29):
        written(people, subject=f"Message {number}", to=people.ada)
    assert queries(at("service_outbox")) == one <= 12
