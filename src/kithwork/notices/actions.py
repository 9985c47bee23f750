"""Putting mail into the outbox, sending it and trying again, stopping it, and forgetting the secrets in it."""

import logging
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.notices.models import Message, Told
from kithwork.notices.words import WORDS, AccountKind, Kind
from kithwork.organisations.models import Invitation, Organisation

State = Message.State

# after each try that failed; after the last wait comes one more try, and then no other
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
ACCOUNT_MAIL_KEPT = timedelta(days=30)  # anybody can have it written, for any address
_LOST = timedelta(minutes=10)  # a sender that has not come back by then was killed
_ON_ITS_WAY = (State.WAITING, State.SENDING)


def tell(
    *,
    kind: Kind,
    to: Iterable[User],
    organisation: Organisation,
    path: str,
    about: str = "",
    lines: Sequence[str] = (),
    at_once: bool = False,
) -> list[Message]:
    """One message a person, into the outbox. `about` is the scheme's name; `path` the page it leads to; `lines` are for
    the weekly mail, which lists counts. No personal detail. `at_once`: it is tried when the transaction commits, and
    does not wait for the next round.
    """
    subject, body = WORDS[kind]
    listed = "\n".join(f"- {line}" for line in lines)
    messages = Message.objects.bulk_create(
        Message(
            organisation=organisation,
            to=user,
            kind=kind,
            subject=subject.format(about=about)[:200],
            body=body.format(
                about=about,
                link=f"{settings.SITE_URL}{path}",
                body=organisation.name,
                lines=listed,
                settings=f"{settings.SITE_URL}/account/reminders/",
            ),
        )
        for user in {user.pk: user for user in to if user.is_active}.values()
    )
    if at_once:
        transaction.on_commit(lambda: _try_each(messages))
    return messages


def _try_each(messages: Iterable[Message]) -> None:
    for message in messages:
        _try(message, timezone.now())


@transaction.atomic
def first_time(*, subject: str, occasion: str, today: date) -> bool:
    """Note that an occasion was told of; False when it was before. Two who ask at once are told different things."""
    _, new = Told.objects.get_or_create(subject=subject, occasion=occasion[:120], defaults={"on": today})
    return new


def tell_invited(*, invitation: Invitation, path: str) -> Message:
    """One message to the address that is invited. The link (`path`) is a secret: the outbox never shows it, and forgets
    it when the invitation ends.
    """
    subject, body = WORDS[Kind.INVITED]
    about = invitation.organisation.name
    return Message.objects.create(
        organisation=invitation.organisation,
        email=invitation.email,
        kind=Kind.INVITED,
        subject=subject.format(about=about)[:200],
        body=body.format(about=about, link="{link}", body=about),
        secret=f"{settings.SITE_URL}{path}",
        good_until=invitation.expires_at,
        invitation=invitation,
    )


def tell_by_link(
    *, kind: Kind, email: str, organisation: Organisation, path: str, about: str, good_until: datetime
) -> Message:
    """One message to somebody without an account, whose link (`path`) is a secret that the outbox never shows."""
    subject, body = WORDS[kind]
    return Message.objects.create(
        organisation=organisation,
        email=email,
        kind=kind,
        subject=subject.format(about=about)[:200],
        body=body.format(about=about, link="{link}", body=organisation.name),
        secret=f"{settings.SITE_URL}{path}",
        good_until=good_until,
    )


def tell_account(*, kind: AccountKind, email: str, subject: str, text: str, lasts: timedelta) -> Message:
    """Account mail (a code, a link to choose a password), of no organisation. It leaves when the transaction commits,
    for whoever asked for it waits; the outbox keeps its whole `text` as a secret, and for no longer than `lasts`.
    """
    message = Message.objects.create(
        email=email,
        kind=kind,
        subject=subject[:200],
        secret=text,
        good_until=timezone.now() + lasts,
    )
    transaction.on_commit(lambda: _try(message, timezone.now()))
    return message


def stop(*, message: Message, by: User) -> None:
    """Keep a waiting message from being sent. Raises Refused when it has left. Writes the ledger."""
    with transaction.atomic():
        held = Message.objects.filter(pk=message.pk, state=State.WAITING).update(state=State.STOPPED, secret="")
        if not held:
            raise Refused("This message is no longer waiting.")
        write(
            act=Act.KEEPING_MAIL_STOPPED,
            actor=by.actor,
            subject=f"message:{message.ref}",
            organisation=message.organisation.ref if message.organisation else "",
        )


def send_again(*, message: Message, by: User, now: datetime) -> State:
    """Try a message that was given up, or that waits for its next try, now. All its tries begin anew.

    Gives how it stands afterwards. Raises Refused when it has left, was stopped, or held a secret that is forgotten.
    Writes the ledger.
    """
    with transaction.atomic():
        fresh = Message.objects.select_for_update().get(pk=message.pk)
        if fresh.state not in (State.FAILED, State.WAITING):
            raise Refused("This message was sent, is being sent or was stopped.")
        if fresh.good_until is not None and not fresh.secret:
            raise Refused("Its secret link is forgotten, so it cannot be sent again. Invite the person again.")
        fresh.state, fresh.tries, fresh.due_at, fresh.fault = State.WAITING, 0, now, ""
        fresh.save(update_fields=["state", "tries", "due_at", "fault"])
        write(
            act=Act.KEEPING_MAIL_AGAIN,
            actor=by.actor,
            subject=f"message:{message.ref}",
            organisation=message.organisation.ref if message.organisation else "",
        )
    _try(fresh, now)
    message.refresh_from_db()
    return State(message.state)


def send_waiting(*, now: datetime, limit: int = 200, organisation: Organisation | None = None) -> tuple[int, int]:
    """Send what is due, oldest first, outside any transaction: everybody's, or one organisation's.

    What fails waits for its next try (see `WAITS`), or is given up. Secrets of no use are wiped, and account mail of
    more than 30 days ago is dropped. Gives how many left and how many failed.
    """
    forget(now=now)
    Message.objects.filter(organisation=None, created_at__lt=now - ACCOUNT_MAIL_KEPT).delete()
    tried: list[State | None] = []
    due = Message.objects.filter(state__in=_ON_ITS_WAY, due_at__lte=now).select_related("to").order_by("id")
    if organisation is not None:
        due = due.filter(organisation=organisation)
    for message in due[:limit]:
        tried.append(_try(message, now))
    sent = tried.count(State.SENT)
    return sent, len(tried) - sent - tried.count(None)


def _try(message: Message, now: datetime) -> State | None:
    """One try to send a message: how it stands afterwards, or None when another sender has it."""
    # claimed first, by its count of tries, so that two senders at once never send it twice. The clock is asked, too,
    # for the list of which this is one may have begun long before
    claimed = Message.objects.filter(pk=message.pk, state=message.state, tries=message.tries).update(
        state=State.SENDING, tries=message.tries + 1, due_at=max(now, timezone.now()) + _LOST
    )
    if not claimed:
        return None
    address = message.to.email if message.to else message.email
    text = message.body.replace("{link}", message.secret) if message.body else message.secret
    try:
        EmailMessage(subject=message.subject, body=text, to=[address]).send()
    except Exception as fault:  # a mail service's own library raises what it likes, and must not keep up the others
        return _failed(message, fault, now)
    Message.objects.filter(pk=message.pk).update(state=State.SENT, sent_at=now, secret="", fault="")
    return State.SENT


def _failed(message: Message, fault: Exception, now: datetime) -> State:
    name = type(fault).__name__  # the text may hold an address
    logging.getLogger(__name__).warning("message %s was not sent: %s", message.ref, name)
    ours = Message.objects.filter(pk=message.pk, state=State.SENDING, tries=message.tries + 1)
    # ValueError: a header or an address that no mail can have, and that no other try will make better
    if message.tries >= len(WAITS) or isinstance(fault, ValueError):
        ours.update(state=State.FAILED, fault=name, secret="")
        return State.FAILED
    ours.update(state=State.WAITING, fault=name, due_at=now + WAITS[message.tries])
    return State.WAITING


def forget(*, now: datetime) -> None:
    """Wipe the secrets that are of no use any more: the invitation was taken up or withdrawn, the link or the code has
    run out. Their mail is stopped or given up; so is a message whose senders were lost again and again.
    """
    going = Message.objects.filter(state__in=_ON_ITS_WAY)
    ended = Q(invitation__accepted_at__isnull=False) | Q(invitation__withdrawn_at__isnull=False)
    going.filter(ended).update(state=State.STOPPED, secret="")
    going.filter(good_until__lte=now).update(state=State.FAILED, secret="", fault="TooLate")
    going.filter(tries__gt=len(WAITS), due_at__lte=now).update(state=State.FAILED, secret="", fault="SenderLost")


@transaction.atomic
def forget_person(*, emails: Iterable[str], user: User | None, organisation: Organisation | None) -> int:
    """Delete the mail to somebody who is erased, by address and account; of one organisation, or of all. What waits is
    never sent. Gives how many there were.
    """
    wanted = Q(pk__in=())
    for email in {one.strip() for one in emails if one.strip()}:
        wanted |= Q(email__iexact=email)
    if user is not None:
        wanted |= Q(to=user)
    rows = Message.objects.filter(wanted)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    return rows.delete()[1].get("notices.Message", 0)
