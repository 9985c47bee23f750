"""The outbox: one message a person, sent once, stopped in time, and its secrets kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.http import Http404
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.ledger.models import Record
from kithwork.notices.access import message_of, messages_of
from kithwork.notices.actions import send_waiting, stop, tell, tell_invited
from kithwork.notices.models import Message
from kithwork.notices.words import WORDS, Kind
from kithwork.organisations.models import Invitation, Role
from kithwork.procedures.applying import invite
from kithwork.procedures.sample import Cast

NOW = timezone.now() + timedelta(hours=1)  # after whatever a test writes


def told(people: Cast, *to: User, kind: Kind = Kind.FEEDBACK_GIVEN) -> list[Message]:
    return tell(kind=kind, to=to, organisation=people.body, path="/journeys/abc/", about="Quality in Mentoring")


def invited(people: Cast) -> Message:
    """An invitation to Ada's organisation, as yet unsent."""
    invitation = Invitation.objects.create(
        organisation=people.provider,
        email="x@x.example",
        role=Role.READER,
        token_digest="t",
        invited_by=people.ada,
        expires_at=NOW + timedelta(days=14),
    )
    return tell_invited(invitation=invitation, path="/i/t/")


# Words


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_words_that_fit(people: Cast, kind: Kind) -> None:
    subject, body = WORDS[kind]
    assert subject
    assert "{link}" in body, "every message leads somewhere"
    (message,) = told(people, people.ada, kind=kind)
    assert "{" not in message.subject + message.body
    assert "Quality in Mentoring" in message.subject
    assert "/journeys/abc/" in message.body


def test_there_are_no_words_without_a_kind() -> None:
    assert set(WORDS) == set(Kind)


def test_a_name_of_any_length_fits_the_subject(people: Cast) -> None:
    people.provider.name = "N" * 200
    longest = Message._meta.get_field("subject").max_length
    assert longest is not None
    (message,) = tell(
        kind=Kind.BREACH_REPORTED, to=[people.ada], organisation=people.provider, path="/", about="S" * 200
    )
    asked = invited(people)
    assert len(message.subject) <= longest
    assert len(asked.subject) <= longest


# Who is told


def test_everybody_is_told_once(people: Cast) -> None:
    told(people, people.ada, people.bea, people.ada)
    assert [message.to for message in Message.objects.order_by("id")] == [people.ada, people.bea]


def test_who_is_no_longer_active_is_not_told(people: Cast) -> None:
    people.bea.is_active = False
    people.bea.save()
    assert [message.to for message in told(people, people.ada, people.bea)] == [people.ada]
    assert told(people) == []


# Sending


def test_what_waits_is_sent_once_however_often_one_sends(people: Cast) -> None:
    told(people, people.ada, people.bea)
    assert send_waiting(now=NOW) == (2, 0)
    assert send_waiting(now=NOW) == (0, 0)
    assert [message.to for message in mail.outbox] == [[people.ada.email], [people.bea.email]]
    assert {(m.state, m.sent_at) for m in Message.objects.all()} == {("sent", NOW)}


def test_a_second_sender_at_work_sends_nothing_twice(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another sender runs while the first is in the middle of the very same list."""
    told(people, people.ada, people.bea, people.cid)
    real = mail.EmailMessage.send

    def and_another(self: mail.EmailMessage, *args: Any, **more: Any) -> int:
        monkeypatch.setattr(mail.EmailMessage, "send", real)
        send_waiting(now=NOW)
        return real(self, *args, **more)

    monkeypatch.setattr(mail.EmailMessage, "send", and_another)
    send_waiting(now=NOW)
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        u.email for u in (people.ada, people.bea, people.cid)
    )


def test_oldest_first_and_no_more_than_asked_for(people: Cast) -> None:
    told(people, people.ada)
    told(people, people.bea)
    told(people, people.cid)
    assert send_waiting(now=NOW, limit=2) == (2, 0)
    assert [message.to[0] for message in mail.outbox] == [people.ada.email, people.bea.email]


def test_one_organisations_mail_alone(people: Cast) -> None:
    told(people, people.ada)
    tell(kind=Kind.FEEDBACK_GIVEN, to=[people.eve], organisation=people.elsewhere, path="/", about="x")
    assert send_waiting(now=NOW, organisation=people.elsewhere) == (1, 0)
    assert [message.to[0] for message in mail.outbox] == [people.eve.email]


# Failing


def test_a_failing_server_leaves_no_detail(people: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.notices.backends.Down"
    told(people, people.ada)
    assert send_waiting(now=NOW) == (0, 1)
    message = Message.objects.get()
    assert (message.state, message.sent_at, message.fault) == ("waiting", None, "ConnectionRefusedError")


def test_one_address_refused_keeps_no_other_from_its_mail(people: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.notices.backends.Picky"
    told(people, people.ada, people.bea)
    assert send_waiting(now=NOW) == (1, 1)
    assert dict(Message.objects.values_list("to__name", "state")) == {
        people.ada.name: "waiting",
        people.bea.name: "sent",
    }
    failed = Message.objects.get(state="waiting")
    assert failed.fault == "SMTPRecipientsRefused"
    assert "@" not in failed.fault + failed.body + failed.subject
    assert send_waiting(now=NOW) == (0, 0), "what failed is not tried again at once"


def test_a_name_that_no_header_can_hold_fails_alone(people: Cast) -> None:
    people.provider.name = "Quayside\nBcc: all@quayside.example"
    message = invited(people)
    told(people, people.ada)
    assert send_waiting(now=NOW) == (1, 1)
    assert [message.to for message in mail.outbox] == [[people.ada.email]]
    message.refresh_from_db()
    assert (message.state, message.secret) == ("failed", ""), "no other try would make it better"


# Stopping


def test_what_waits_can_be_stopped_and_is_not_sent(people: Cast) -> None:
    (message,) = told(people, people.ada)
    stop(message=message, by=people.olu)
    assert send_waiting(now=NOW) == (0, 0)
    assert mail.outbox == []
    record = Record.objects.latest("seq")
    assert (record.act, record.subject) == ("keeping.mail_stopped", f"message:{message.ref}")


def test_what_has_left_cannot_be_stopped(people: Cast) -> None:
    sent, stopped = told(people, people.ada, people.bea)
    stop(message=stopped, by=people.olu)
    send_waiting(now=NOW)
    records = Record.objects.count()
    for message in (sent, stopped):
        with pytest.raises(Refused, match="no longer waiting"):
            stop(message=message, by=people.olu)
    assert Record.objects.count() == records
    sent.refresh_from_db()
    assert sent.state == "sent"


# Secrets


def test_the_secret_link_is_in_the_mail_and_nowhere_in_the_outbox(people: Cast) -> None:
    invite(organisation=people.provider, email="fay@lanternside.example", role=Role.READER, by=people.ada, now=NOW)
    message = Message.objects.get()
    secret = message.secret
    token = secret.rstrip("/").rpartition("/")[2]
    assert len(token) > 30
    assert token not in message.body + message.subject
    assert "/invitations/" not in message.body
    send_waiting(now=NOW)
    (sent,) = mail.outbox
    assert secret in sent.body
    assert sent.to == ["fay@lanternside.example"]
    message.refresh_from_db()
    assert message.secret == "", "wiped once it has left"
    assert token not in message.body


def test_a_secret_is_wiped_when_the_message_is_stopped(people: Cast) -> None:
    message = invited(people)
    stop(message=message, by=people.ada)
    message.refresh_from_db()
    assert message.secret == ""


# The door


def test_an_organisation_sees_its_own_mail(people: Cast) -> None:
    (ours,) = told(people, people.ada)
    (theirs,) = tell(kind=Kind.DECIDED, to=[people.eve], organisation=people.elsewhere, path="/", about="x")
    assert list(messages_of(people.body)) == [ours]
    assert message_of(people.body, ours.ref) == ours
    for ref in (theirs.ref, "nothing"):
        with pytest.raises(Http404):
            message_of(people.body, ref)


def test_the_newest_is_shown_first(people: Cast) -> None:
    first, second = (told(people, who)[0] for who in (people.ada, people.bea))
    Message.objects.filter(pk=first.pk).update(created_at=NOW - timedelta(days=1))
    assert list(messages_of(people.body)) == [second, first]
