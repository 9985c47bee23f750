"""The outbox: what failed is shown as such, and is sent again by hand."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.notices.actions import tell_account
from kithwork.notices.models import Message
from kithwork.notices.words import AccountKind
from kithwork.organisations.models import Role
from kithwork.procedures import applying
from kithwork.procedures.sample import Cast
from tests.notices.backends import Flaky

At = Callable[..., str]


@pytest.fixture
def message(people: Cast) -> Message:
    return Message.objects.create(
        organisation=people.body, to=people.ada, kind="decided", subject="A decision", body="Look."
    )


def stands(message: Message, **how: Any) -> None:
    Message.objects.filter(pk=message.pk).update(**how)


def test_what_is_tried_again_says_so_and_when(olu: Client, at: At, message: Message) -> None:
    later = timezone.now() + timedelta(minutes=5)
    stands(message, tries=2, fault="SMTPServerDisconnected", due_at=later)
    page = olu.get(at("outbox")).content.decode()
    assert "Nothing waits to be sent; 1 to be tried again" in page
    assert "Send what waits now" not in page
    page = olu.get(at("outbox_message", message.ref)).content.decode()
    for words in ("To be tried again", "SMTPServerDisconnected", "2 times", "Next try", "Send again", "Stop this"):
        assert words in page, words


def test_what_was_never_tried_has_no_send_again(olu: Client, at: At, message: Message) -> None:
    page = olu.get(at("outbox_message", message.ref)).content.decode()
    assert "Send again" not in page
    assert "Stop this message" in page


def test_what_was_given_up_is_sent_again(olu: Client, at: At, message: Message) -> None:
    stands(message, state="failed", tries=5, fault="SMTPServerDisconnected")
    assert "1 failed" in olu.get(at("outbox")).content.decode()
    assert "Send again" in olu.get(at("outbox_message", message.ref)).content.decode()
    answer = olu.post(at("send_message_again", message.ref), follow=True)
    assert answer.redirect_chain == [(at("outbox_message", message.ref), 303)]
    page = answer.content.decode()
    assert "Sent: ‘A decision’" in page
    assert "Send again" not in page
    assert len(mail.outbox) == 1


def test_it_says_when_it_fails_again(
    olu: Client, at: At, message: Message, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands(message, state="failed", tries=5, fault="SMTPServerDisconnected")
    settings.EMAIL_BACKEND = "tests.notices.backends.Flaky"
    monkeypatch.setattr(Flaky, "left", 1)
    page = olu.post(at("send_message_again", message.ref), follow=True).content.decode()
    assert "‘A decision’ could not be sent" in page
    assert "To be tried again" in page
    message.refresh_from_db()
    assert (message.state, message.tries) == ("waiting", 1)


def test_what_was_sent_or_stopped_is_not_sent_again(olu: Client, at: At, message: Message) -> None:
    for state in ("sent", "stopped"):
        stands(message, state=state)
        answer = olu.post(at("send_message_again", message.ref))
        assert answer.status_code == 409
        assert "was sent, is being sent or was stopped" in answer.content.decode()
    assert not mail.outbox


def test_a_forgotten_link_is_not_sent_again(olu: Client, at: At, people: Cast) -> None:
    applying.invite(
        organisation=people.body, email="new@example.org", role=Role.ASSESSOR, by=people.olu, now=timezone.now()
    )
    message = Message.objects.get()
    stands(message, state="failed", secret="", fault="TooLate")
    page = olu.get(at("outbox_message", message.ref)).content.decode()
    assert "Send again" not in page
    assert "Invite the person again" in page
    assert "Its link or code ran out" in page
    assert olu.post(at("send_message_again", message.ref)).status_code == 409
    assert not mail.outbox


def test_an_invitation_withdrawn_or_taken_up_on_its_page_leaves_no_secret(
    olu: Client, at: At, people: Cast, as_user: Callable[[User], Client]
) -> None:
    for role in (Role.ASSESSOR, Role.PANEL):
        applying.invite(organisation=people.body, email=people.eve.email, role=role, by=people.olu, now=timezone.now())
    withdrawn, taken = Message.objects.order_by("id")
    assert withdrawn.invitation is not None
    link = taken.secret[taken.secret.index("/invitations/") :]
    assert olu.post(at("withdraw_invite", withdrawn.invitation.ref)).status_code == 303
    withdrawn.refresh_from_db()
    taken.refresh_from_db()
    assert (withdrawn.state, withdrawn.secret) == ("stopped", "")
    assert (taken.state, bool(taken.secret)) == ("waiting", True)
    assert as_user(people.eve).post(link).status_code == 303
    taken.refresh_from_db()
    assert (taken.state, taken.secret) == ("stopped", "")


def test_sending_again_is_for_officers_of_this_body_alone(
    olu: Client, at: At, people: Cast, message: Message, turned_away: Callable[..., None]
) -> None:
    stands(message, state="failed", fault="x")
    turned_away(at("send_message_again", message.ref), "post")
    other = Message.objects.create(
        organisation=people.elsewhere, to=people.eve, kind="decided", subject="x", body="x", state="failed"
    )
    assert olu.post(at("send_message_again", other.ref)).status_code == 404
    assert olu.get(at("send_message_again", message.ref)).status_code == 405
    assert not mail.outbox


def test_account_mail_is_in_no_bodys_outbox(olu: Client, at: At, people: Cast) -> None:
    mine = tell_account(
        kind=AccountKind.RESET, email=people.ada.email, subject="A reset", text="x", lasts=timedelta(hours=1)
    )
    assert "A reset" not in olu.get(at("outbox")).content.decode()
    assert olu.get(at("outbox_message", mine.ref)).status_code == 404
    assert olu.post(at("send_outbox")).status_code == 303
    mine.refresh_from_db()
    assert mine.state == "waiting"
