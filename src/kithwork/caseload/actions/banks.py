"""Mentor banks: which service takes in those who complete a scheme's programme. `scheme` is a slug, opaque here."""

from datetime import date

from django.db import IntegrityError, transaction

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Bank, Consent, Mentor, MentorStep, Practice
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Organisation, Service


@transaction.atomic
def ask_bank(*, service: Service, body: Organisation, scheme: str, by: User, today: date) -> Bank:
    """Ask a body to let this service be the mentor bank of its scheme. Writes the ledger. Raises Refused when this
    service has asked already.
    """
    if Bank.objects.filter(service=service, scheme=scheme, body=body, ended_on__isnull=True).exists():
        raise Refused("This service has asked for this scheme already.")
    row = Bank.objects.create(service=service, body=body, scheme=scheme, asked_on=today, asked_by=by)
    log(Act.CASELOAD_RECORDED, row, service=service, by=by, what="bank", scheme=scheme)
    return row


@transaction.atomic
def agree_bank(*, bank: Bank, by: User, today: date) -> Bank:
    """The body agrees. Writes the ledger. Raises Refused when it is answered or given up, or another service is the
    bank of this scheme.
    """
    row = _open(bank)
    if row.agreed_on is not None:
        raise Refused("This has been agreed already.")
    row.agreed_on, row.agreed_by = today, by
    try:
        with transaction.atomic():
            row.save(update_fields=["agreed_on", "agreed_by"])
    except IntegrityError:
        raise Refused("Another service is the mentor bank of this scheme. End that first.") from None
    # whoever mentors for a bank agrees in writing first; the service may set it otherwise afterwards
    Practice.objects.filter(service=row.service).update(agreement_first=True)
    log(Act.CASELOAD_DECIDED, row, service=bank.service, by=by, what="bank", scheme=row.scheme)
    return row


@transaction.atomic
def end_bank(*, bank: Bank, by: User, today: date) -> Bank:
    """Turned down by the body, or given up by either side. Mentors who came stay. Writes the ledger. Raises Refused
    when it has ended.
    """
    row = _open(bank)
    row.ended_on = today
    row.save(update_fields=["ended_on"])
    log(Act.CASELOAD_ENDED, row, service=bank.service, by=by, what="bank", scheme=row.scheme)
    return row


def _open(bank: Bank) -> Bank:
    row = Bank.objects.select_for_update().get(pk=bank.pk)
    if row.ended_on is not None:
        raise Refused("This has ended already.")
    return row


@transaction.atomic
def enter_bank(*, bank: Bank, person: User, programme: str, by: User, today: date) -> Mentor | None:
    """Somebody who completed the programme becomes a mentor of the bank; None when they are one already. `programme` is
    an opaque reference, by which the initial training counts as done. What else the service asks of mentors stands as
    missing until it is recorded; so does the consent to keep details, which the person gives themselves.

    Writes the ledger.
    """
    service = bank.service
    if Mentor.objects.filter(service=service, joined_by=programme).exists():
        return None
    here = Mentor.objects.filter(service=service, user=person, left_on__isnull=True, erased_at__isnull=True).first()
    if here is not None:
        here.joined_by = programme
        here.accepted_on = here.accepted_on or today
        here.save(update_fields=["joined_by", "accepted_on"])
        mentor = here
    else:
        mentor = Mentor.objects.create(
            service=service,
            name=person.name,
            email=person.email,
            user=person,
            applied_on=today,
            accepted_on=today,
            joined_by=programme,
        )
    MentorStep.objects.create(
        mentor=mentor,
        kind=MentorStep.Kind.SELECTION,
        on=today,
        outcome=MentorStep.Outcome.YES,
        note="Completed the programme of this bank.",
        by=by,
    )
    log(Act.CASELOAD_RECORDED, mentor, service=service, by=by, what="mentor", step="bank", scheme=bank.scheme)
    return mentor


def asks_consent(mentor: Mentor) -> bool:
    """Whether the question is still open: nothing was ever answered about keeping their details."""
    return not Consent.objects.filter(mentor=mentor, kind=Consent.Kind.DATA).exists()
