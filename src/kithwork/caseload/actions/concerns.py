"""A worry about somebody's safety: raised by anybody who works or meets here, and at once with those who answer."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Concern, ConcernStep, Contact, Mentee, Mentor
from kithwork.caseload.queries.staff import answering_for
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.actions import tell
from kithwork.notices.words import Kind as Mail
from kithwork.organisations.models import Service

Urgency = Concern.Urgency


class RaisedAs(StrEnum):
    """As whom a concern was raised."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    STAFF = "staff"
    PUBLIC = "public"


@transaction.atomic
def raise_concern(
    *,
    service: Service,
    words: str,
    urgency: Concern.Urgency,
    raised_as: RaisedAs,
    now: datetime,
    by: User | None,
    mentee: Mentee | None = None,
    mentor: Mentor | None = None,
    contact: Contact | None = None,
) -> Concern:
    """Raise a concern. A message goes out as soon as it is saved, to the safeguarding leads or else the leads; it says
    how urgent it is and nothing else. `by` None is somebody who came by a link. Writes the ledger.
    """
    concern = Concern.objects.create(
        service=service,
        mentee=mentee,
        mentor=mentor,
        contact=contact,
        urgency=urgency,
        words=words,
        raised_at=now,
        raised_by=by,
        raised_as=raised_as.value,
    )
    tell(
        kind=Mail.CONCERN_IN_DANGER if urgency == Urgency.DANGER else Mail.CONCERN_RAISED,
        to=answering_for(service),
        organisation=service.organisation,
        path=f"/run/{service.slug}/concerns/{concern.ref}/",
        about=service.name,
        at_once=True,
    )
    log(Act.CASELOAD_RECORDED, concern, service=service, by=by, urgency=str(urgency), raised_as=raised_as.value)
    return concern


def _open(concern: Concern) -> Concern:
    locked = Concern.objects.select_for_update().get(pk=concern.pk)
    if locked.closed_at is not None:
        raise Refused("This concern has been closed meanwhile.")
    return locked


@transaction.atomic
def take(*, concern: Concern, by: User, now: datetime) -> Concern:
    """Take a concern on, or over from somebody else. Writes the ledger. Raises Refused when it is closed or is held by
    this person already.
    """
    locked = _open(concern)
    if locked.taken_by_id == by.pk:
        raise Refused("You have taken this concern on already.")
    if locked.taken_by_id != concern.taken_by_id:
        raise Refused("Somebody else has taken this concern on meanwhile. Look again before you take it over.")
    locked.taken_at, locked.taken_by = now, by
    locked.save(update_fields=["taken_at", "taken_by"])
    log(Act.CASELOAD_CHANGED, locked, service=concern.service, by=by, step="taken")
    return locked


@transaction.atomic
def add_step(*, concern: Concern, what: str, told: str, by: User, now: datetime) -> ConcernStep:
    """Write down what was done, and who outside the service was told. Writes the ledger. Raises Refused when closed."""
    locked = _open(concern)
    step = ConcernStep.objects.create(concern=locked, what=what, told=told, by=by, at=now)
    log(
        Act.CASELOAD_RECORDED,
        locked,
        service=concern.service,
        by=by,
        what="concern",
        step="done",
        told_outside=bool(told),
    )
    return step


@transaction.atomic
def close(*, concern: Concern, outcome: str, by: User, now: datetime) -> Concern:
    """Close a concern with what came of it. Writes the ledger. Raises Refused when it is closed, or nobody has taken it
    on: what nobody looked into has no outcome.
    """
    locked = _open(concern)
    if locked.taken_at is None:
        raise Refused("Nobody has taken this concern on. Take it on first.")
    locked.closed_at, locked.outcome = now, outcome
    locked.save(update_fields=["closed_at", "outcome"])
    log(Act.CASELOAD_ENDED, locked, service=concern.service, by=by)
    return locked
