"""References: asked for by a one-time link or on paper, received as written, judged by the service."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.actions.links import make, send, spend
from kithwork.caseload.actions.mentors import Referee, present
from kithwork.caseload.models import Mentor, OneTimeLink, Reference
from kithwork.caseload.queries.staff import coordinators_of
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.actions import tell
from kithwork.notices.words import Kind as Mail


@transaction.atomic
def add(*, mentor: Mentor, referee: Referee, by: User) -> Reference:
    """One more referee, named later or instead of another. Writes the ledger."""
    locked = present(mentor)
    row = Reference.objects.create(
        mentor=locked, name=referee.name, relation=referee.relation, email=referee.email, phone=referee.phone
    )
    log(Act.CASELOAD_RECORDED, row, service=mentor.service, by=by, what="reference", mentor=mentor.ref)
    return row


def _locked(reference: Reference) -> Reference:
    return Reference.objects.select_for_update().get(pk=reference.pk)


@transaction.atomic
def ask(*, reference: Reference, by: User, now: datetime) -> Reference:
    """Send the referee a link; an earlier one stops working. Writes the ledger.

    Raises Refused without an address, when it has come already, or when the mentor has left.
    """
    mentor = present(reference.mentor)
    row = _locked(reference)
    if row.received_on is not None:
        raise Refused("This reference has come already.")
    if not row.email:
        raise Refused("There is no e-mail address for this referee. Record the reference on paper instead.")
    link, token = make(service=mentor.service, purpose=OneTimeLink.Purpose.REFERENCE, now=now, by=by, reference=row)
    send(
        link=link, service=mentor.service, kind=Mail.REFERENCE_ASKED, email=row.email, path=f"/link/{token}/reference/"
    )
    row.asked_on = row.asked_on or timezone.localdate(now)
    row.save(update_fields=["asked_on"])
    return row


@transaction.atomic
def give(*, link: OneTimeLink, answers: Mapping[str, str], now: datetime) -> Reference:
    """What the referee wrote by their link, a question and its answer each. Tells the coordinators. Writes the ledger.

    Raises Refused when the link is spent, the reference has come on paper, or the mentor has left.
    """
    assert link.reference is not None
    mentor = present(link.reference.mentor)
    spend(link=link, now=now)
    row = _receive(_locked(link.reference), answers, timezone.localdate(now), mentor, None)
    tell(
        kind=Mail.REFERENCE_ARRIVED,
        to=coordinators_of(mentor.service),
        organisation=mentor.service.organisation,
        path=f"/run/{mentor.service.slug}/mentors/{mentor.ref}/",
        about=mentor.service.name,
    )
    return row


@transaction.atomic
def receive_on_paper(*, reference: Reference, answers: Mapping[str, str], on: date, by: User) -> Reference:
    """A reference that came on paper or was taken by telephone. Open links for it stop working. Writes the ledger.

    Raises Refused when it has come already, or the day is still to come.
    """
    mentor = present(reference.mentor)
    if on > timezone.localdate():
        raise Refused("This day is still to come.")
    row = _receive(_locked(reference), answers, on, mentor, by)
    OneTimeLink.objects.filter(reference=row, used_at=None, stopped_at=None).update(stopped_at=timezone.now())
    return row


def _receive(row: Reference, answers: Mapping[str, str], on: date, mentor: Mentor, by: User | None) -> Reference:
    if row.received_on is not None:
        raise Refused("This reference has come already.")
    row.received_on, row.answers = on, dict(answers)
    row.save(update_fields=["received_on", "answers"])
    log(Act.CASELOAD_ANSWERED, row, service=mentor.service, by=by, what="reference", mentor=mentor.ref)
    return row


@transaction.atomic
def judge(*, reference: Reference, suitable: bool, note: str, by: User) -> Reference:
    """Read, and found suitable or not; not suitable needs a word why. Judged again, the ledger keeps both. Writes the
    ledger. Raises Refused before it has come.
    """
    mentor = present(reference.mentor)
    row = _locked(reference)
    if row.received_on is None:
        raise Refused("This reference has not come yet.")
    if not suitable and not note.strip():
        raise Refused("Say why it is not suitable.")
    row.suitable, row.note = suitable, note.strip()
    row.save(update_fields=["suitable", "note"])
    log(Act.CASELOAD_DECIDED, row, service=mentor.service, by=by, what="reference", mentor=mentor.ref, yes=suitable)
    return row
