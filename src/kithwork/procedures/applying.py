"""From the self-check to a journey that runs: apply, decide on eligibility, invoice, pay, appoint, withdraw."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.assessment.models import Decision
from kithwork.core.journey import Answer, Entry, EntryKind, Position
from kithwork.core.schemes import (
    ChecklistStage,
    DecisionStage,
    FeeStage,
    FieldKind,
    FormStage,
    Role,
    faults,
    form_at,
)
from kithwork.core.verdict import Refused
from kithwork.evidence import actions as evidence
from kithwork.journeys import actions as journeys
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Appointment, Invoice, Journey, PublishedEdition
from kithwork.journeys.queries import figure, read
from kithwork.notices.actions import forget, tell, tell_invited
from kithwork.notices.words import Kind
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Invitation, Membership, Organisation, Service
from kithwork.organisations.models import Role as Member
from kithwork.procedures import deciding
from kithwork.procedures.people import panel_hears, tell_applicants, tell_assessors, tell_officers
from kithwork.procedures.renewing import asked_at_renewal


@transaction.atomic
def begin(*, edition: PublishedEdition, service: Service, by: User, today: date) -> Journey:
    """Begin an application of a service at the scheme's first level; the application may choose another."""
    return journeys.begin(edition=edition, service=service, by=by, today=today)


@transaction.atomic
def begin_yourself(*, edition: PublishedEdition, by: User, today: date) -> Journey:
    """Begin a person's own application at the scheme's first level. Raises Refused for a scheme of services."""
    return journeys.begin(edition=edition, by=by, today=today)


@transaction.atomic
def answer_checklist(
    *,
    journey: Journey,
    stage: str,
    answers: Mapping[str, bool],
    by: User,
    today: date,
    role: Role = Role.APPLICANT,
) -> Position:
    """Hand in a checklist. Every question is answered; a no does not end the journey, the body decides."""
    model = edition_of(journey.edition).stage(stage)
    if not isinstance(model, ChecklistStage):
        raise Refused("There are no questions to answer here.")
    missing = [question for question in model.questions if question.id not in answers]
    if missing:
        raise Refused(f"Answer every question: {missing[0].asks}")
    journeys.keep_response(journey=journey, stage=stage, answers=answers, by=by, today=today)
    passed = all(answers[question.id] for question in model.questions)
    entry = Entry(today, EntryKind.ANSWERED, role, stage=stage, outcome=Answer.YES if passed else Answer.NO)
    with panel_hears(journey, today):
        return journeys.record(journey=journey, entries=[entry], by=by, today=today)


@transaction.atomic
def hand_in_form(
    *,
    journey: Journey,
    stage: str,
    answers: Mapping[str, Any],
    by: User,
    today: date,
    role: Role = Role.APPLICANT,
) -> Position:
    """Hand in a form. In the applicant's, a level field that names a higher level raises the aim, and both sides are
    told; a form of the body's own is its own business.
    """
    edition = edition_of(journey.edition)
    model = edition.stage(stage)
    if not isinstance(model, FormStage):
        raise Refused("There is no form to hand in here.")
    level = read(journey, today).position.level
    wrong = faults(form_at(edition, model, level), answers, today)
    if wrong:
        raise Refused(wrong[0].says)
    entries = [Entry(today, EntryKind.SUBMITTED, role, stage=stage)]
    wanted = next((answers.get(f.id) for f in model.fields if f.kind is FieldKind.LEVEL), None)
    if role is Role.APPLICANT and wanted and wanted != level:
        entries.insert(0, Entry(today, EntryKind.RAISED, Role.APPLICANT, level=str(wanted)))
    with panel_hears(journey, today) as told:
        journeys.keep_response(journey=journey, stage=stage, answers=answers, by=by, today=today)
        position = journeys.record(journey=journey, entries=entries, by=by, today=today)
        journeys.drop_draft(user=by, key=f"form:{journey.ref}:{stage}")
        if role is Role.APPLICANT:
            told.extend(tell_officers(journey, Kind.APPLICATION_ARRIVED))
            here = f"/journeys/{journey.ref}/stages/{stage}/"  # the reply and the papers that go with it
            told.extend(tell_applicants(journey, Kind.APPLICATION_RECEIVED, here, but=told))
    return position


@transaction.atomic
def decide_eligibility(
    *, journey: Journey, stage: str, outcome: Answer, reason: str, by: User, today: date
) -> Decision:
    """Yes, no or more wanted, with the reason the applicant reads. Tells the applicant."""
    model = edition_of(journey.edition).stage(stage)
    if not isinstance(model, DecisionStage) or model.decides == "award":
        raise Refused("This is not where eligibility is decided.")
    decision, _ = deciding.decide(
        journey=journey, stage=stage, outcome=outcome, reason=reason, by=by, role=Role.OFFICER, today=today
    )
    return decision


def price(*, journey: Journey, stage: str) -> tuple[int | None, str]:
    """What a fee stage costs: whole pounds and what the invoice calls it. No price when it is agreed by hand."""
    edition = edition_of(journey.edition)
    model = edition.stage(stage)
    if not isinstance(model, FeeStage):
        raise Refused("There is no fee here.")
    fee = edition.fee(model.fee)
    several = figure(journey, edition, fee.by_hand_when)
    if several is not None and several > 1:
        return None, f"{edition.scheme.name}: {fee.title} ({several} services, price agreed by hand)"
    number = figure(journey, edition, fee.by)
    if fee.set_by_hand or (fee.bands and number is None):
        return None, f"{edition.scheme.name}: {fee.title}"  # nobody has given the figure, so a person sets the price
    amount = fee.price(number)
    band = f" ({fee.band_for(number).title})" if fee.bands and number is not None else ""
    return amount, f"{edition.scheme.name}: {fee.title}{band}"


@transaction.atomic
def issue_invoice(
    *, journey: Journey, stage: str, by: User, today: date, amount: int | None = None, by_hand: str = ""
) -> Invoice:
    """Issue the invoice of a fee stage. `amount` only where the price is agreed by hand, and then with the reason."""
    edition = edition_of(journey.edition)
    model = edition.stage(stage)
    known, what = price(journey=journey, stage=stage)
    if known is None and amount is None:
        raise Refused("The price is agreed by hand: enter it, and why.")
    if amount is not None and amount != known and not by_hand.strip():
        raise Refused("Say why this price was agreed by hand.")
    assert isinstance(model, FeeStage)  # price() has refused any other
    invoice = journeys.issue_invoice(
        journey=journey,
        stage=stage,
        what=what,
        amount=amount if amount is not None else known or 0,
        refundable=edition.fee(model.fee).refundable,
        by=by,
        today=today,
        by_hand=by_hand.strip(),
    )
    tell_applicants(journey, Kind.INVOICE_ISSUED)
    return invoice


@transaction.atomic
def take_payment(*, invoice: Invoice, by: User, today: date, paid_on: date, note: str = "") -> Position:
    """Record a payment. Tells the applicant."""
    with panel_hears(invoice.journey, today) as told:
        position = journeys.take_payment(invoice=invoice, by=by, today=today, paid_on=paid_on, note=note)
        told.extend(tell_applicants(invoice.journey, Kind.PAYMENT_RECORDED))
    return position


@transaction.atomic
def ask_assessor(*, journey: Journey, assessor: User, by: User, today: date) -> Appointment:
    """Ask an assessor of the body whether they will take it and are free of conflict. Tells them."""
    body = journey.edition.body
    if not assessor.memberships.filter(organisation=body, role=Member.ASSESSOR, ended_at__isnull=True).exists():
        raise Refused("This person is not one of your assessors.")
    appointment = journeys.ask_assessor(journey=journey, assessor=assessor, by=by, today=today)
    tell(
        kind=Kind.ASSESSOR_ASKED,
        to=[assessor],
        organisation=body,
        path=f"/assess/requests/{appointment.ref}/",
        about=journey.edition.name,
    )
    return appointment


@transaction.atomic
def declare(*, appointment: Appointment, conflict: bool, wording: str, today: date) -> Appointment:
    """The assessor's declaration. Tells the officers, and the applicant once they have an assessor."""
    answered = journeys.declare(appointment=appointment, conflict=conflict, wording=wording, today=today)
    told = tell_officers(appointment.journey, Kind.ASSESSOR_DECLARED)
    if not conflict:
        tell_applicants(appointment.journey, Kind.ASSESSOR_APPOINTED, but=told)
    return answered


@transaction.atomic
def extend(*, journey: Journey, stage: str, until: date, reason: str, by: User, today: date) -> Position:
    """Give one stage of one applicant a later last day. Needs a reason; tells the applicant."""
    return _clock(journey, Entry(today, EntryKind.EXTENDED, Role.OFFICER, stage=stage, until=until), reason, by, today)


@transaction.atomic
def stop_clock(*, journey: Journey, expected: date, reason: str, by: User, today: date) -> Position:
    """Stop every clock of a journey until further notice. Needs a reason; tells the applicant."""
    return _clock(journey, Entry(today, EntryKind.STOPPED, Role.OFFICER, until=expected), reason, by, today)


@transaction.atomic
def resume_clock(*, journey: Journey, by: User, today: date, reason: str = "") -> Position:
    """Let the clocks run on; due dates move by the days they stood still."""
    return _clock(journey, Entry(today, EntryKind.RESUMED, Role.OFFICER), reason or "The clock runs again.", by, today)


def _clock(journey: Journey, entry: Entry, reason: str, by: User, today: date) -> Position:
    if not reason.strip():
        raise Refused("Give the reason; the applicant will read it.")
    position = journeys.record(journey=journey, entries=[entry], by=by, today=today, reason=reason.strip())
    tell_applicants(journey, Kind.CLOCK_CHANGED)
    return position


@transaction.atomic
def withdraw(*, journey: Journey, by: User, today: date, reason: str = "") -> Position:
    """The applicant ends the journey. Tells the body. Fees paid stay paid."""
    position = journeys.record(
        journey=journey,
        entries=[Entry(today, EntryKind.WITHDRAWN, Role.APPLICANT)],
        by=by,
        today=today,
        reason=reason.strip(),
    )
    journeys.drop_request(journey=journey, by=by, today=today)
    told = tell_officers(journey, Kind.WITHDRAWN)
    tell_assessors(journey, Kind.WITHDRAWN, but=told)
    return position


@transaction.atomic
def close(*, journey: Journey, by: User, today: date, reason: str) -> Position:
    """The body ends the journey. Needs a reason; tells the applicant."""
    if not reason.strip():
        raise Refused("Give the reason; the applicant will read it.")
    position = journeys.record(
        journey=journey,
        entries=[Entry(today, EntryKind.CLOSED, Role.OFFICER)],
        by=by,
        today=today,
        reason=reason.strip(),
    )
    journeys.drop_request(journey=journey, by=by, today=today)
    tell_applicants(journey, Kind.DECIDED)
    return position


@transaction.atomic
def raise_level(*, journey: Journey, level: str, by: User, today: date) -> Position:
    """Aim at a higher level, before or after an award of the lower one. Tells the officers."""
    position = journeys.record(
        journey=journey,
        entries=[Entry(today, EntryKind.RAISED, Role.APPLICANT, level=level)],
        by=by,
        today=today,
    )
    tell_officers(journey, Kind.LEVEL_RAISED)
    return position


@transaction.atomic
def invite(*, organisation: Organisation, email: str, role: Member, by: User, now: datetime) -> Invitation:
    """Invite a colleague, an assessor or an officer by e-mail; the link works for 14 days. Mail with an earlier link
    of the same address is not sent any more.
    """
    invitation, token = organisations.invite(organisation=organisation, email=email, role=role, by=by, now=now)
    forget(now=now)
    tell_invited(invitation=invitation, path=f"/invitations/{token}/")
    return invitation


@transaction.atomic
def take_up_invitation(*, token: str, user: User, now: datetime) -> Membership:
    """Join by an invitation. Its secret is wiped from the outbox. Raises Refused when it cannot be used."""
    membership = organisations.accept(token=token, user=user, now=now)
    forget(now=now)
    return membership


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, now: datetime) -> None:
    """Take an invitation back, and its mail if that has not left. Raises Refused when it was taken up or withdrawn."""
    organisations.withdraw_invitation(invitation=invitation, by=by, now=now)
    forget(now=now)


@transaction.atomic
def hand_in(
    *, journey: Journey, stage: str, by: User, today: date, role: Role = Role.APPLICANT, note: str = ""
) -> Position:
    """Hand in a portfolio as it stands. Tells the body and the assessor. Raises Refused at any other stage."""
    with panel_hears(journey, today) as told:
        position = evidence.hand_in(journey=journey, stage=stage, by=by, today=today, role=role, note=note)
        told.extend(tell_assessors(journey, Kind.EVIDENCE_SENT))
        told.extend(tell_officers(journey, Kind.PORTFOLIO_HANDED_IN, but=told))
    return position


@transaction.atomic
def renew(*, journey: Journey, by: User, today: date) -> Journey:
    """Ask to renew, and begin the journey that renews: on a newer edition what was confirmed carries over as its
    mapping says, and the rest is asked for. Tells the body and the assessor.
    """
    renewal = journeys.begin_renewal(journey=journey, asked_again=asked_at_renewal(journey, today), by=by, today=today)
    told = tell_officers(renewal, Kind.RENEWAL_ASKED)
    tell_assessors(journey, Kind.RENEWAL_ASKED, but=told)
    return renewal
