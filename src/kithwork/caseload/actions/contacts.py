"""Somebody was in touch with somebody: one row for each contact, whoever logs it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Contact, Match, Mentee, Mentor
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Service

Kind = Contact.Kind
Way = Contact.Way


@transaction.atomic
def log_contact(
    *,
    service: Service,
    kind: Contact.Kind,
    on: date,
    by: User | None,
    way: Contact.Way = Contact.Way.PHONE,
    reached: bool = True,
    minutes: int | None = None,
    words: str = "",
    mentee: Mentee | None = None,
    mentor: Mentor | None = None,
    match: Match | None = None,
) -> Contact:
    """Log one contact. A meeting needs its match, which gives mentee and mentor; `reached` False is a try that failed,
    or a meeting to which somebody did not turn up. `by` None is somebody who came by a link.

    A staff contact that reached the person answers their wish to be called; the first meeting after the introduction
    dates the match's beginning. Writes the ledger. Raises Refused when nobody is named, the day is still to come, or
    the people are not of this service.
    """
    if match is not None:
        mentee, mentor = mentee or match.mentee, mentor or match.mentor
    if kind == Kind.MEETING and match is None:
        raise Refused("Say which match met.")
    if (mentor if kind == Kind.MENTOR else mentee) is None:
        raise Refused("Say with whom the contact was.")
    if on > timezone.localdate():
        raise Refused("The day of this contact is still to come. Log it once it has happened.")
    if any(one is not None and one.service_id != service.pk for one in (mentee, mentor, match)):
        raise Refused("This person is not of this service.")
    about: dict[str, Any] = {"mentee": mentee, "mentor": mentor, "match": match}
    if kind == Kind.MENTOR:
        about["mentee"] = None
    elif kind in (Kind.MENTEE, Kind.REFERRER):
        about["mentor"] = None
    contact = Contact.objects.create(
        service=service, kind=kind, on=on, way=way, reached=reached, minutes=minutes, words=words, by=by, **about
    )
    if reached:
        _what_follows(contact)
    log(
        Act.CASELOAD_RECORDED,
        contact,
        service=service,
        by=by,
        kind=str(kind),
        on=on.isoformat(),
        way=str(way),
        reached=reached,
    )
    return contact


def _what_follows(contact: Contact) -> None:
    if contact.kind == Kind.MENTEE and contact.mentee is not None:
        Mentee.objects.filter(pk=contact.mentee.pk, call_me_at__date__lte=contact.on).update(call_me_at=None)
    elif contact.kind == Kind.MENTOR and contact.mentor is not None:
        Mentor.objects.filter(pk=contact.mentor.pk, call_me_at__date__lte=contact.on).update(call_me_at=None)
    elif contact.kind == Kind.MEETING and contact.match is not None:
        beginning = Match.objects.filter(pk=contact.match.pk, first_met_on__isnull=True, introduced_on__lte=contact.on)
        beginning.update(first_met_on=contact.on)


@transaction.atomic
def correct(*, contact: Contact, by: User, **changes: Any) -> Contact:
    """Change what was logged (`on`, `way`, `reached`, `minutes`, `words`); only what differs is saved.

    Writes the ledger, naming the fields and not the words. Raises Refused when the day is still to come.
    """
    locked = Contact.objects.select_for_update().get(pk=contact.pk)
    changed = sorted(field for field, value in changes.items() if getattr(locked, field) != value)
    for field in changed:
        setattr(locked, field, changes[field])
    if locked.on > timezone.localdate():
        raise Refused("The day of this contact is still to come. Log it once it has happened.")
    if changed:
        locked.save(update_fields=changed)
        log(Act.CASELOAD_CHANGED, locked, service=contact.service, by=by, fields=changed)
    return locked
