"""The operators' list of account mail: what was written to whom, never what it says."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.notices.actions import tell, tell_account
from kithwork.notices.models import Message
from kithwork.notices.words import AccountKind, Kind
from kithwork.organisations.models import Role
from kithwork.procedures.applying import invite
from kithwork.procedures.sample import Cast

SignIn = Callable[[User], Client]


def write(email: str = "nell@example.org") -> Message:
    return tell_account(
        kind=AccountKind.RESET, email=email, subject="Choose a new password", text="KEY-123", lasts=timedelta(hours=1)
    )


@pytest.fixture
def operator(people: Cast, as_user: SignIn) -> Client:
    """Cid, who has no body's desk, runs the installation."""
    people.cid.is_operator = True
    people.cid.save()
    return as_user(people.cid)


def test_an_operator_sees_what_no_body_sees_and_no_secret(operator: Client, people: Cast) -> None:
    write()
    now = timezone.now()
    for organisation, email in ((people.provider, "fay@example.org"), (people.body, "gus@example.org")):
        role = Role.READER if organisation == people.provider else Role.ASSESSOR
        invite(organisation=organisation, email=email, role=role, by=people.olu, now=now)
    tell(kind=Kind.DECIDED, to=[people.ada], organisation=people.body, path="/", about="Quality in Mentoring")
    text = operator.get("/mail/").content.decode()
    for words in (
        "Choose a new password",
        "nell@example.org",
        "fay@example.org",
        "Invitation",
        "Waiting",
        "2 messages",
    ):
        assert words in text
    assert "The text holds a secret and is not shown" in text
    for words in ("KEY-123", "/invitations/", "gus@example.org", people.ada.email, "Quality in Mentoring"):
        assert words not in text
    assert not Message.objects.filter(secret="", state="waiting").exclude(to=people.ada).exists(), "there was one"


def test_it_says_what_failed_and_what_was_sent(operator: Client) -> None:
    write()
    Message.objects.update(tries=1, fault="ConnectionRefusedError")
    text = operator.get("/mail/").content.decode()
    assert "To be tried again" in text
    assert "ConnectionRefusedError" in text
    Message.objects.update(state="failed", secret="", fault="TooLate")
    assert "Its link or code ran out before it could be sent" in operator.get("/mail/").content.decode()


def test_one_address_is_found(operator: Client) -> None:
    write("nell@example.org")
    write("omar@example.org")
    text = operator.get("/mail/?q=omar").content.decode()
    assert "omar@example.org" in text
    assert "nell@example.org" not in text
    assert "No message is like that" in operator.get("/mail/?state=sent").content.decode()


def test_it_is_for_operators_alone_and_no_officers(people: Cast, as_user: SignIn) -> None:
    write()
    for user in (people.ada, people.bea, people.cid, people.dot, people.olu, people.eve):
        assert as_user(user).get("/mail/").status_code == 404
        assert "/mail/" not in as_user(user).get("/home/", follow=True).content.decode()
    assert Client().get("/mail/")["Location"] == "/accounts/login/?next=/mail/"


def test_an_operator_finds_it_among_their_desks(operator: Client) -> None:
    assert 'href="/mail/"' in operator.get("/home/").content.decode()


def test_nothing_is_written_there(operator: Client) -> None:
    assert operator.post("/mail/").status_code == 405


def test_it_costs_the_same_for_one_and_many(operator: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            assert operator.get("/mail/").status_code == 200
        return len(found)

    write()
    one = cost()
    for number in range(20):
        write(f"person{number}@example.org")
    assert cost() == one <= 8
