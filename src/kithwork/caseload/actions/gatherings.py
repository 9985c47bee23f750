"""What all mentors are asked to: peer groups, social events, newsletters, standardisation meetings."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Gathering, Invited, Mentor
from kithwork.caseload.queries.due import current_mentors
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.actions import tell
from kithwork.notices.words import Kind as Mail
from kithwork.organisations.models import Service


@transaction.atomic
def hold(
    *,
    service: Service,
    kind: Gathering.Kind,
    on: date,
    title: str,
    about: str,
    with_mentees: bool,
    everybody: bool,
    by: User,
) -> Gathering:
    """Something for all mentors. `everybody`: all who are here today are asked, or were sent it; those with an account
    hear of it (see `_tell`). Writes the ledger.

    Raises Refused for a newsletter of a day to come: it is recorded once it was sent.
    """
    if kind == Gathering.Kind.NEWSLETTER and on > timezone.localdate():
        raise Refused("Record a newsletter once it was sent.")
    row = Gathering.objects.create(
        service=service, kind=kind, on=on, title=title, about=about, with_mentees=with_mentees, by=by
    )
    if everybody:
        here = list(current_mentors(service, timezone.localdate()).filter(erased_at__isnull=True))
        Invited.objects.bulk_create(Invited(gathering=row, mentor=mentor) for mentor in here)
        _tell(row, service, here)
    log(Act.CASELOAD_RECORDED, row, service=service, by=by, what="gathering", kind=str(kind), on=on.isoformat())
    return row


@transaction.atomic
def change(*, gathering: Gathering, by: User, **changes: object) -> Gathering:
    """Change what it is or its day; only what differs is saved. Writes the ledger, naming the fields."""
    row = Gathering.objects.select_for_update().get(pk=gathering.pk)
    changed = sorted(field for field, value in changes.items() if getattr(row, field) != value)
    for field in changed:
        setattr(row, field, changes[field])
    if row.kind == Gathering.Kind.NEWSLETTER and row.on > timezone.localdate():
        raise Refused("Record a newsletter once it was sent.")
    if changed:
        row.save(update_fields=changed)
        log(Act.CASELOAD_CHANGED, row, service=gathering.service, by=by, what="gathering", fields=changed)
    return row


@transaction.atomic
def invite(*, gathering: Gathering, mentors: Collection[Mentor], by: User) -> int:
    """Ask some mentors; who is asked already is left as they are, the others hear of it where they have an account (see
    `_tell`). Gives how many are new. Writes the ledger.
    """
    there = set(Invited.objects.filter(gathering=gathering).values_list("mentor_id", flat=True))
    new = [mentor for mentor in mentors if mentor.pk not in there and mentor.service_id == gathering.service_id]
    Invited.objects.bulk_create((Invited(gathering=gathering, mentor=mentor) for mentor in new), ignore_conflicts=True)
    if new:
        log(Act.CASELOAD_CHANGED, gathering, service=gathering.service, by=by, what="gathering", invited=len(new))
        _tell(gathering, gathering.service, new)
    return len(new)


def _tell(row: Gathering, service: Service, mentors: Collection[Mentor]) -> None:
    """A mail to those with an account, which leads to their own pages. Of what is over, and of a newsletter that holds
    nothing to read here, nobody is told.
    """
    letter = row.kind == Gathering.Kind.NEWSLETTER
    if row.on < timezone.localdate() or (letter and not row.about.strip()):
        return
    tell(
        kind=Mail.NEWSLETTER_SENT if letter else Mail.GATHERING_ASKED,
        to=User.objects.filter(pk__in=[one.user_id for one in mentors if one.user_id]),
        organisation=service.organisation,
        path="/mentoring/you/",
        about=service.name,
    )


@transaction.atomic
def note_came(*, gathering: Gathering, came: Collection[str], by: User) -> int:
    """Who came, by the mentors' references; everybody else who was asked did not. Gives how many came. Writes the
    ledger. Raises Refused before the day, and for a newsletter.
    """
    row = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if row.kind == Gathering.Kind.NEWSLETTER:
        raise Refused("A newsletter is sent; nobody comes to it.")
    if row.on > timezone.localdate():
        raise Refused("This can be noted from the day itself.")
    asked = Invited.objects.filter(gathering=row)
    number = asked.filter(mentor__ref__in=came).update(came=True)
    asked.exclude(mentor__ref__in=came).update(came=False)
    log(Act.CASELOAD_CHANGED, row, service=gathering.service, by=by, what="gathering", came=number)
    return number
