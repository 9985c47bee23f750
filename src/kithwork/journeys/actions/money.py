"""Invoices issued and paid."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from kithwork.accounts.models import User
from kithwork.core.journey import Entry, EntryKind, Position
from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from kithwork.journeys.actions.recording import record
from kithwork.journeys.models import Invoice, Journey
from kithwork.organisations.models import Organisation


@transaction.atomic
def issue_invoice(
    *, journey: Journey, stage: str, what: str, amount: int, refundable: bool, by: User, today: date, by_hand: str = ""
) -> Invoice:
    """Issue the invoice of a fee stage. Numbers run YEAR-0001 up per body, without gaps. Raises Refused when not
    due.
    """
    body = Organisation.objects.select_for_update().get(pk=journey.edition.body_id)
    of_year = Invoice.objects.filter(body=body, number__startswith=f"{today.year}-")
    serial = (of_year.aggregate(last=Max("serial"))["last"] or 0) + 1
    record(
        journey=journey,
        entries=[Entry(today, EntryKind.INVOICED, Role.OFFICER, stage=stage, amount=amount)],
        by=by,
        today=today,
    )
    return Invoice.objects.create(
        journey=journey,
        body=body,
        stage=stage,
        number=f"{today.year}-{serial:04d}",
        serial=serial,
        what=what,
        amount=amount,
        by_hand=by_hand,
        refundable=refundable,
        issued_on=today,
    )


@transaction.atomic
def take_payment(*, invoice: Invoice, by: User, today: date, paid_on: date, note: str = "") -> Position:
    """Record that an invoice was paid. Raises Refused when it was, or the day lies ahead or before the invoice."""
    if paid_on > today:
        raise Refused("The payment cannot lie in the future.")
    if paid_on < invoice.issued_on:
        raise Refused("The payment cannot be older than the invoice.")
    position = record(
        journey=invoice.journey,
        entries=[Entry(today, EntryKind.PAID, Role.OFFICER, stage=invoice.stage, amount=invoice.amount)],
        by=by,
        today=today,
    )
    invoice.paid_on = paid_on
    invoice.paid_note = note
    invoice.save(update_fields=["paid_on", "paid_note"])
    return position
