"""Putting mail into the outbox, sending it, stopping it."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.notices.models import Message
from kithwork.notices.words import WORDS, Kind
from kithwork.organisations.models import Organisation


def tell(*, kind: Kind, to: Iterable[User], organisation: Organisation, path: str, about: str = "") -> list[Message]:
    """One message a person, into the outbox. `about` is the scheme's name; `path` the page it leads to. No personal
    detail.
    """
    subject, body = WORDS[kind]
    return Message.objects.bulk_create(
        Message(
            organisation=organisation,
            to=user,
            kind=kind,
            subject=subject.format(about=about)[:200],
            body=body.format(about=about, link=f"{settings.SITE_URL}{path}", body=organisation.name),
        )
        for user in {user.pk: user for user in to if user.is_active}.values()
    )


def tell_address(*, kind: Kind, email: str, organisation: Organisation, secret_path: str) -> Message:
    """One message to an address without an account. The link is a secret: the outbox never shows it."""
    subject, body = WORDS[kind]
    return Message.objects.create(
        organisation=organisation,
        email=email,
        kind=kind,
        subject=subject.format(about=organisation.name)[:200],
        body=body.format(about=organisation.name, link="{link}", body=organisation.name),
        secret=f"{settings.SITE_URL}{secret_path}",
    )


def stop(*, message: Message, by: User) -> None:
    """Keep a waiting message from being sent. Raises Refused when it has left. Writes the ledger."""
    with transaction.atomic():
        held = Message.objects.filter(pk=message.pk, state=Message.State.WAITING).update(
            state=Message.State.STOPPED, secret=""
        )
        if not held:
            raise Refused("This message is no longer waiting.")
        write(
            act=Act.KEEPING_MAIL_STOPPED,
            actor=by.actor,
            subject=f"message:{message.ref}",
            organisation=message.organisation.ref,
        )


def send_waiting(*, now: datetime, limit: int = 200, organisation: Organisation | None = None) -> tuple[int, int]:
    """Send what waits, oldest first, outside any transaction: everybody's, or one organisation's.

    Gives how many left and how many failed.
    """
    sent = failed = 0
    waiting = Message.objects.filter(state=Message.State.WAITING).select_related("to").order_by("id")
    if organisation is not None:
        waiting = waiting.filter(organisation=organisation)
    for message in waiting[:limit]:
        # claimed first, so that two senders at once never send it twice
        claimed = Message.objects.filter(pk=message.pk, state=Message.State.WAITING).update(
            state=Message.State.SENT, sent_at=now
        )
        if not claimed:
            continue
        address = message.to.email if message.to else message.email
        body = message.body.replace("{link}", message.secret) if message.secret else message.body
        try:
            EmailMessage(subject=message.subject, body=body, to=[address]).send()
        except (OSError, ValueError) as fault:  # ValueError: a header or an address that no mail can have
            Message.objects.filter(pk=message.pk).update(
                state=Message.State.FAILED, sent_at=None, fault=type(fault).__name__
            )
            failed += 1
        else:
            Message.objects.filter(pk=message.pk).update(secret="")
            sent += 1
    return sent, failed
