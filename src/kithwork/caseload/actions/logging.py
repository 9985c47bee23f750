"""What a mentor logs of a meeting, and the conversation with whoever reads it."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.caseload.actions import contacts
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Contact, Match, Mentor, Reply
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.actions import tell
from kithwork.notices.words import Kind as Mail
from kithwork.organisations.models import Service

LONGEST = 24 * 60  # minutes


@transaction.atomic
def log_meeting(
    *,
    match: Match,
    on: date,
    by: User,
    reached: bool = True,
    way: Contact.Way = Contact.Way.MET,
    minutes: int | None = None,
    words: str = "",
) -> tuple[Contact, bool]:
    """Log that the two met, or that somebody did not turn up. Gives the entry, and whether it is a new one: the same
    thing logged twice (a second tap, a phone that sends again what had arrived) stays one entry. Writes the ledger.

    Raises Refused when the day is still to come, or outside the time the match runs.
    """
    Match.objects.select_for_update().get(pk=match.pk)  # a second tap waits for the first
    if match.introduced_on is None or on < match.introduced_on:
        raise Refused("You had not been introduced then. Check the date.")
    if match.ended_on is not None and on > match.ended_on:
        raise Refused("This match had ended then. Check the date, or speak to the service.")
    same = Contact.objects.filter(
        match=match, kind=Contact.Kind.MEETING, on=on, reached=reached, way=way, minutes=minutes, words=words, by=by
    ).first()
    if same is not None:
        return same, False
    entry = contacts.log_contact(
        service=match.service,
        kind=Contact.Kind.MEETING,
        on=on,
        by=by,
        way=way,
        reached=reached,
        minutes=minutes if reached else None,
        words=words,
        match=match,
    )
    return entry, True


@transaction.atomic
def correct_own(
    *,
    contact: Contact,
    on: date,
    reached: bool,
    way: Contact.Way,
    minutes: int | None,
    words: str,
    by: User,
) -> Contact:
    """A mentor corrects an entry of theirs until somebody has read it; after that they answer instead."""
    _unread(contact)
    match = contact.match
    if match is not None and match.introduced_on is not None and on < match.introduced_on:
        raise Refused("You had not been introduced then. Check the date.")
    return contacts.correct(
        contact=contact, by=by, on=on, reached=reached, way=way, minutes=minutes if reached else None, words=words
    )


@transaction.atomic
def take_back(*, contact: Contact, by: User) -> None:
    """A mentor removes an entry that was a mistake, until somebody has read it. The ledger keeps that it was there."""
    fresh = _unread(contact)
    log(Act.CASELOAD_ENDED, fresh, service=contact.service, by=by, on=fresh.on.isoformat(), step="taken back")
    fresh.delete()


def _unread(contact: Contact) -> Contact:
    fresh = Contact.objects.select_for_update().get(pk=contact.pk)
    if fresh.read_at is not None or Reply.objects.filter(contact=fresh).exists():
        raise Refused("Somebody has read this already. Write an answer beneath it instead.")
    return fresh


@transaction.atomic
def mark_read(*, service: Service, refs: Collection[str], by: User, now: datetime) -> int:
    """Say that these entries were read, those of them that nobody has read; gives how many. One line in the ledger."""
    rows = Contact.objects.filter(service=service, ref__in=refs, read_at__isnull=True, kind=Contact.Kind.MEETING)
    first = rows.order_by("pk").first()
    if first is None:
        return 0
    count = rows.update(read_at=now, read_by=by)
    log(Act.CASELOAD_SEEN, first, service=service, by=by, what="contact", count=count)
    return count


@transaction.atomic
def answer(*, contact: Contact, text: str, asks: bool, by: User, now: datetime) -> Reply:
    """Somebody of the staff answers an entry, which counts as read; `asks` wants an answer back. Tells the mentor by
    mail, without detail. Writes the ledger.
    """
    Contact.objects.filter(pk=contact.pk, read_at__isnull=True).update(read_at=now, read_by=by)
    reply = Reply.objects.create(contact=contact, text=text, flagged=asks, by=by, at=now)
    log(Act.CASELOAD_ANSWERED, contact, service=contact.service, by=by, asks=asks)
    if contact.mentor is not None and contact.mentor.user is not None:
        tell(
            kind=Mail.ENTRY_ANSWERED,
            to=[contact.mentor.user],
            organisation=contact.service.organisation,
            path=f"/mentoring/contacts/{contact.ref}/",
            about=contact.service.name,
        )
    return reply


@transaction.atomic
def answer_back(*, contact: Contact, text: str, by: User, now: datetime) -> Reply:
    """The mentor answers: open questions are closed, and the entry is unread again, so that the answer is seen."""
    Reply.objects.filter(contact=contact, flagged=True, closed_at__isnull=True).update(closed_at=now)
    reply = Reply.objects.create(contact=contact, text=text, by=by, at=now)
    Contact.objects.filter(pk=contact.pk).update(read_at=None, read_by=None)
    log(Act.CASELOAD_ANSWERED, contact, service=contact.service, by=by, asks=False)
    return reply


@transaction.atomic
def close_question(*, contact: Contact, by: User, now: datetime) -> int:
    """Staff no longer wait for the mentor's answer, having had it another way. Gives how many questions were closed."""
    closed = Reply.objects.filter(contact=contact, flagged=True, closed_at__isnull=True).update(closed_at=now)
    if closed:
        log(Act.CASELOAD_CHANGED, contact, service=contact.service, by=by, step="question closed")
    return closed


# what mentors say of themselves


@transaction.atomic
def be_available(*, mentor: Mentor, availability: list[str], places: int, contact_wishes: str, by: User) -> Mentor:
    """A mentor changes when they are free, for how many, and how to reach them. Only what differs is saved."""
    fresh = Mentor.objects.select_for_update().get(pk=mentor.pk)
    wanted: dict[str, object] = {
        "availability": availability,
        "places": places,
        "contact_wishes": contact_wishes.strip(),
    }
    changed = sorted(field for field, value in wanted.items() if getattr(fresh, field) != value)
    for field in changed:
        setattr(fresh, field, wanted[field])
    if changed:
        fresh.save(update_fields=changed)
        log(Act.CASELOAD_CHANGED, fresh, service=mentor.service, by=by, fields=changed)
    return fresh
