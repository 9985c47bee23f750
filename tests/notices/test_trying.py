"""Mail that fails is tried again with growing waits, then given up; and no secret is kept longer than it is of use."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from kithwork.core.verdict import Refused
from kithwork.ledger.models import Record
from kithwork.notices.actions import WAITS, send_again, send_waiting, stop, tell
from kithwork.notices.models import Message
from kithwork.notices.words import Kind
from kithwork.organisations.models import Invitation, Role
from kithwork.procedures.applying import invite, take_up_invitation, withdraw_invitation
from kithwork.procedures.sample import Cast
from tests.notices.backends import Flaky

NOW = timezone.now() + timedelta(hours=1)  # after whatever a test writes
MINUTE = timedelta(minutes=1)


@pytest.fixture
def fails(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """fails(2): the mail server fails twice, then takes everything."""

    def go(times: int) -> None:
        settings.EMAIL_BACKEND = "tests.notices.backends.Flaky"
        monkeypatch.setattr(Flaky, "left", times)

    return go


def written(people: Cast) -> Message:
    (message,) = tell(
        kind=Kind.FEEDBACK_GIVEN, to=[people.ada], organisation=people.body, path="/journeys/abc/", about="x"
    )
    return message


def invited(people: Cast, now: datetime = NOW) -> tuple[Message, str]:
    """The invitation's message as it waits, and the token of its link."""
    invite(organisation=people.body, email="fay@lanternside.example", role=Role.ASSESSOR, by=people.olu, now=now)
    message = Message.objects.get(email="fay@lanternside.example", state="waiting")
    return message, message.secret.rstrip("/").rpartition("/")[2]


def again(message: Message) -> Message:
    message.refresh_from_db()
    return message


# Trying again


def test_what_fails_twice_leaves_at_the_third_try(people: Cast, fails: Any) -> None:
    message, token = invited(people)
    fails(2)
    assert send_waiting(now=NOW) == (0, 1)
    assert (again(message).state, message.tries, message.due_at) == ("waiting", 1, NOW + MINUTE)
    assert send_waiting(now=NOW + MINUTE * 0.9) == (0, 0), "not before its time"
    assert send_waiting(now=NOW + MINUTE) == (0, 1)
    assert (again(message).tries, message.due_at) == (2, NOW + 6 * MINUTE)
    assert message.secret, "it is needed still"
    assert send_waiting(now=NOW + 6 * MINUTE) == (1, 0)
    assert token in str(mail.outbox[0].body)
    assert (again(message).state, message.fault, message.secret) == ("sent", "", "")
    assert send_waiting(now=NOW + timedelta(days=1)) == (0, 0)


def test_the_waits_grow_and_then_it_is_given_up_and_its_secret_gone(people: Cast, fails: Any) -> None:
    message, _ = invited(people)
    fails(99)
    at, waits = NOW, []
    while again(message).state == "waiting":
        assert message.secret
        at = max(at, message.due_at)
        assert send_waiting(now=at) == (0, 1)
        if again(message).state == "waiting":
            waits.append(message.due_at - at)
    assert waits == [MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE] == list(WAITS)
    assert (message.state, message.tries, message.secret) == ("failed", 5, "")
    assert send_waiting(now=at + timedelta(days=2)) == (0, 0)
    assert Flaky.left == 99 - 5


def test_one_that_waits_to_be_tried_again_keeps_up_no_other(people: Cast, fails: Any) -> None:
    first = written(people)
    fails(1)
    send_waiting(now=NOW)
    second = written(people)
    assert send_waiting(now=NOW) == (1, 0)
    assert (again(first).state, again(second).state) == ("waiting", "sent")


def test_a_fault_nobody_thought_of_fails_one_message_alone(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library of a mail service may raise what it likes."""
    bad, good = written(people), written(people)
    real = mail.EmailMessage.send

    def send(self: mail.EmailMessage, *args: Any, **more: Any) -> int:
        monkeypatch.setattr(mail.EmailMessage, "send", real)
        raise LookupError("ada@lanternside.example")

    monkeypatch.setattr(mail.EmailMessage, "send", send)
    assert send_waiting(now=NOW) == (1, 1)
    assert (again(bad).state, bad.fault, again(good).state) == ("waiting", "LookupError", "sent")


def test_two_senders_at_once_use_up_one_try(people: Cast, fails: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another sender fails with the whole list while the first is at its beginning."""
    messages = [written(people) for _ in range(3)]
    fails(99)
    real = mail.EmailMessage.send

    def and_another(self: mail.EmailMessage, *args: Any, **more: Any) -> int:
        monkeypatch.setattr(mail.EmailMessage, "send", real)
        send_waiting(now=NOW)
        return real(self, *args, **more)

    monkeypatch.setattr(mail.EmailMessage, "send", and_another)
    send_waiting(now=NOW)
    assert [again(message).tries for message in messages] == [1, 1, 1]
    assert Flaky.left == 99 - 3


# A sender that is killed


def killed(message: Message, tries: int, due_at: datetime) -> None:
    """As the row stands when its sender died between taking it and sending it."""
    Message.objects.filter(pk=message.pk).update(state="sending", tries=tries, due_at=due_at)


def test_what_a_killed_sender_had_in_hand_is_sent_by_another(people: Cast) -> None:
    message, _ = invited(people)
    killed(message, 1, NOW + 10 * MINUTE)
    assert send_waiting(now=NOW + 9 * MINUTE) == (0, 0), "it may be at work yet"
    assert send_waiting(now=NOW + 10 * MINUTE) == (1, 0)
    assert (again(message).state, message.secret) == ("sent", "")


def test_what_kills_every_sender_is_given_up(people: Cast) -> None:
    message, _ = invited(people)
    killed(message, 5, NOW)
    assert send_waiting(now=NOW) == (0, 0)
    assert (again(message).state, message.fault, message.secret) == ("failed", "SenderLost", "")
    assert not mail.outbox


def test_what_is_being_sent_cannot_be_stopped(people: Cast) -> None:
    message = written(people)
    killed(message, 1, NOW + MINUTE)
    with pytest.raises(Refused, match="no longer waiting"):
        stop(message=message, by=people.olu)


# Sending again by hand


def test_one_that_was_given_up_is_sent_again_with_all_its_tries(people: Cast, fails: Any) -> None:
    message = written(people)
    fails(6)
    for wait in (timedelta(0), *WAITS):
        send_waiting(now=again(message).due_at + wait)
    assert again(message).state == "failed"
    assert send_again(message=message, by=people.olu, now=NOW) == "waiting"
    assert (message.tries, message.due_at) == (1, NOW + MINUTE)
    assert send_again(message=message, by=people.olu, now=NOW) == "sent"
    assert [one.to for one in mail.outbox] == [[people.ada.email]]
    record = Record.objects.latest("seq")
    assert (record.act, record.subject, record.actor) == (
        "keeping.mail_again",
        f"message:{message.ref}",
        people.olu.actor,
    )


@pytest.mark.parametrize("state", ["sent", "stopped", "sending"])
def test_what_has_left_or_was_stopped_is_not_sent_again(people: Cast, state: str) -> None:
    message = written(people)
    Message.objects.update(state=state)
    records = Record.objects.count()
    with pytest.raises(Refused, match="was sent"):
        send_again(message=message, by=people.olu, now=NOW)
    assert Record.objects.count() == records
    assert not mail.outbox


def test_a_forgotten_link_cannot_be_sent_again(people: Cast) -> None:
    message, _ = invited(people)
    Message.objects.update(state="failed", secret="")
    with pytest.raises(Refused, match="Invite the person again"):
        send_again(message=message, by=people.olu, now=NOW)
    assert not mail.outbox


# Secrets


def test_no_secret_outlives_its_message(people: Cast) -> None:
    """The table itself refuses it."""
    message, _ = invited(people)
    for state in ("sent", "stopped", "failed"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.filter(pk=message.pk).update(state=state)


def test_an_invitation_that_runs_out_before_it_left_is_not_sent(people: Cast) -> None:
    message, _ = invited(people)
    assert message.good_until == Invitation.objects.get().expires_at
    assert send_waiting(now=message.good_until) == (0, 0)
    assert (again(message).state, message.fault, message.secret) == ("failed", "TooLate", "")
    assert not mail.outbox


def test_an_invitation_that_was_taken_up_leaves_no_secret(people: Cast) -> None:
    """It left, and the sender was killed before it could say so."""
    message, token = invited(people)
    killed(message, 1, NOW + 10 * MINUTE)
    people.cid.email = "fay@lanternside.example"
    people.cid.save()
    take_up_invitation(token=token, user=people.cid, now=NOW)
    assert (again(message).state, message.secret) == ("stopped", "")


def test_an_invitation_that_is_withdrawn_is_not_sent(people: Cast) -> None:
    message, _ = invited(people)
    withdraw_invitation(invitation=Invitation.objects.get(), by=people.olu, now=NOW)
    assert (again(message).state, message.secret) == ("stopped", "")
    assert send_waiting(now=NOW) == (0, 0)


def test_of_two_invitations_the_later_is_sent(people: Cast) -> None:
    first, _ = invited(people)
    second, token = invited(people, NOW + MINUTE)
    assert (again(first).state, first.secret) == ("stopped", "")
    assert send_waiting(now=NOW + MINUTE) == (1, 0)
    assert token in str(mail.outbox[0].body)
    assert again(second).state == "sent"
