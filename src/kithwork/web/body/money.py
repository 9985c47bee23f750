"""Fees: issuing an invoice, recording its payment, and all invoices of the body with the unpaid ones first."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.journey import Entry, EntryKind, may
from kithwork.core.schemes import Edition, Fee, FeeStage, Role
from kithwork.core.verdict import Refused
from kithwork.journeys.access import invoice_of
from kithwork.journeys.invoices import as_pdf
from kithwork.journeys.queries import InvoiceRow, Reading, figure, invoices_of, invoices_of_body, read
from kithwork.procedures.applying import issue_invoice as send_invoice
from kithwork.procedures.applying import price
from kithwork.procedures.applying import take_payment as record_payment
from kithwork.web.body import doors
from kithwork.web.body.lists import Filter, Sorting, asked, by_applicant, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.body.onward import onward_to
from kithwork.web.body.wording import applicant_of, organisation_of
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Column, Kind, Link, StateTag, SummaryRow
from kithwork.web.kit.forms import GovBoundField, GovDateField, PoundsField, hinted
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural, pounds, waited


class _Needed(GovBoundField):
    """Where a price can only be agreed by hand, nothing says that it may be left out."""

    optional = False


class InvoiceForm(forms.Form):
    how = forms.ChoiceField(label="Which price?", widget=forms.RadioSelect)
    amount = PoundsField(label="Price agreed by hand", required=False, min_value=0, max_value=1_000_000)
    by_hand = forms.CharField(
        label="Why it was agreed by hand",
        required=False,
        max_length=300,
        help_text="Kept with the invoice. For example: three services, agreed by e-mail on 2 March.",
    )

    def __init__(self, data: Any, known: int | None) -> None:
        asked = _Needed if known is None else GovBoundField
        super().__init__(data, initial={"how": "hand" if known is None else "known"}, bound_field_class=asked)
        how = self.fields["how"]
        assert isinstance(how, forms.ChoiceField)
        computed = [] if known is None else [("known", hinted(pounds(known), "As the scheme's fees say"))]
        how.choices = [*computed, ("hand", hinted("Another price", "Agreed by hand, with the reason"))]
        if known is None:
            how.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("how") == "hand":
            if given.get("amount") is None and "amount" not in self.errors:
                self.add_error("amount", "Enter the price in whole pounds, such as 550")
            if not given.get("by_hand"):
                self.add_error("by_hand", "Say why this price was agreed by hand")
        return given


def _fee_of(edition: Edition, stage: str) -> tuple[FeeStage, Fee]:
    model = next((one for one in edition.stages if one.id == stage), None)
    if not isinstance(model, FeeStage):
        raise Http404("No such page.")
    return model, edition.fee(model.fee)


def _label(edition: Edition, field: str | None) -> str:
    """The application's own words for a figure."""
    for stage in edition.stages:
        for one in getattr(stage, "fields", ()):
            if one.id == field:
                return str(one.label)
    return field or ""


def _bands(fee: Fee, number: int | None) -> list[tuple[object, ...]]:
    own = fee.band_for(number) if fee.bands and number is not None else None
    return [
        (band.title, pounds(band.amount), StateTag("This one", Kind.GREEN) if band == own else "") for band in fee.bands
    ]


@page(Desk.BODY, "GET", "POST")
def issue_invoice(request: Signed, org: str, ref: str, stage: str) -> HttpResponse:
    """The price from the scheme's bands, or by hand with the reason; sends the applicant a message."""
    journey = doors.journey(request, org, ref)
    reading = read(journey, timezone.localdate())
    edition = reading.edition
    model, fee = _fee_of(edition, stage)
    known, what = price(journey=journey, stage=stage)
    form = InvoiceForm(request.POST if request.method == "POST" else None, known)
    status = OK

    def send() -> None:
        hand = form.cleaned_data["how"] == "hand"
        send_invoice(
            journey=journey,
            stage=stage,
            by=request.user,
            today=reading.position.today,
            amount=form.cleaned_data["amount"] if hand else None,
            by_hand=form.cleaned_data["by_hand"] if hand else "",
        )

    if request.method == "POST":
        status = tried(form, send, onward_to(org, ref))
        if status == DONE:
            said = f"The invoice for ‘{fee.title}’ is sent. {applicant_of(journey)} has been told."
            return done(request, reverse("body_journey", args=[org, ref]), said)
    number = figure(journey, edition, fee.by)
    several = figure(journey, edition, fee.by_hand_when)
    facts = [SummaryRow("Applicant", [applicant_of(journey), organisation_of(journey)])]
    if fee.by:
        facts.append(SummaryRow(_label(edition, fee.by), pounds(number) if number is not None else None))
    if fee.by_hand_when:
        facts.append(SummaryRow(_label(edition, fee.by_hand_when), several))
    facts.append(SummaryRow("Price by the scheme", pounds(known) if known is not None else "Agreed by hand"))
    facts.append(SummaryRow("The invoice will say", what))
    sent = invoices_of(journey).filter(stage=stage).first()
    context = {
        "heading": _invoice_heading(reading, stage, fee, known, sent),
        "form": form,
        "facts": facts,
        "bands": _bands(fee, number),
        "band_columns": ["Band", Column("Fee", numeric=True), "Applies"],
        "fee": fee,
        "by_hand": fee.by_hand if known is None else "",
        "due": sent is None and _invoice_due(reading, stage),
        "sent": sent,
        "stage": model,
        "service": applicant_of(journey),
        "back_href": reverse("body_journey", args=[org, ref]),
        "org": org,
        "ref": ref,
    }
    return render(request, "body/issue_invoice.html", context, status=status)


def _invoice_due(reading: Reading, stage: str) -> bool:
    """Whether an invoice may be sent now; of an optional fee too, which nothing waits for."""
    entry = Entry(reading.position.today, EntryKind.INVOICED, Role.OFFICER, stage=stage, amount=0)
    return bool(may(reading.edition, reading.position, entry))


def _invoice_heading(reading: Reading, stage: str, fee: Fee, known: int | None, sent: InvoiceRow | None) -> str:
    if sent is not None:
        return f"{fee.title}: invoice {sent.number} of {pounds(sent.amount)} is sent"
    if not _invoice_due(reading, stage):
        return f"{fee.title} is not due yet"
    return f"{fee.title}: {pounds(known)}" if known is not None else f"{fee.title}: agree the price by hand"


def pdf_link(invoice: InvoiceRow, org: str, ref: str) -> Link:
    return Link("PDF", reverse("body_invoice_pdf", args=[org, ref, invoice.ref]), f"of invoice {invoice.number}")


class PaymentForm(forms.Form):
    paid_on = GovDateField(label="When was it paid?", help_text="The day the money arrived. For example, 27 3 2027.")
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=200,
        help_text="For your own books, such as the bank's reference. No personal details.",
    )


@page(Desk.BODY, "GET", "POST")
def take_payment(request: Signed, org: str, ref: str, invoice: str) -> HttpResponse:
    """Record that an invoice was paid, on which day; tells the applicant."""
    journey = doors.journey(request, org, ref)
    found = invoice_of(journey, invoice)
    found.journey = journey
    today = timezone.localdate()
    form = PaymentForm(request.POST if request.method == "POST" else None, initial={"paid_on": today})
    status = OK

    def take() -> None:
        if found.paid_on is not None:
            raise Refused(f"This invoice was recorded as paid on {longdate(found.paid_on)} already.")
        record_payment(
            invoice=found,
            by=request.user,
            today=today,
            paid_on=form.cleaned_data["paid_on"],
            note=form.cleaned_data["note"],
        )

    if request.method == "POST":
        status = tried(form, take, onward_to(org, ref))
        if status == DONE:
            said = f"{pounds(found.amount)} for invoice {found.number} is recorded. The applicant has been told."
            return done(request, reverse("body_journey", args=[org, ref]), said)
    age = (today - found.issued_on).days
    context = {
        "heading": f"Invoice {found.number} is paid"
        if found.paid_on
        else f"Invoice {found.number} has been unpaid for {waited(age)}"
        if age
        else f"Invoice {found.number} was sent today",
        "form": form,
        "invoice": found,
        "facts": [
            SummaryRow("Applicant", [applicant_of(journey), organisation_of(journey)]),
            SummaryRow("For", found.what),
            SummaryRow("Amount", pounds(found.amount)),
            SummaryRow("Invoice", pdf_link(found, org, ref)),
            *([SummaryRow("Agreed by hand", found.by_hand)] if found.by_hand else []),
            SummaryRow("Sent", found.issued_on),
            SummaryRow("Paid", found.paid_on or StateTag("Not yet", Kind.AMBER)),
            *([SummaryRow("Note", found.paid_note)] if found.paid_note else []),
            SummaryRow("Refundable", "Yes" if found.refundable else "No: it is never paid back"),
        ],
        "service": applicant_of(journey),
        "back_href": reverse("body_journey", args=[org, ref]),
    }
    return render(request, "body/take_payment.html", context, status=status)


@page(Desk.BODY)
def body_invoice_pdf(request: Signed, org: str, ref: str, invoice: str) -> HttpResponse:
    """The invoice as the applicant has it."""
    journey = doors.journey(request, org, ref)
    found = invoice_of(journey, invoice)
    found.journey = journey
    answer = HttpResponse(as_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="invoice-{found.number}.pdf"'
    return answer


class InvoiceFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Number, service or organisation", max_length=100)
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "All, unpaid first"), ("unpaid", "Unpaid"), ("old", "Unpaid over 30 days"), ("paid", "Paid")],
    )
    year = forms.ChoiceField(label="Sent in", required=False)

    def __init__(self, data: Any, years: list[int]) -> None:
        super().__init__(data)
        year = self.fields["year"]
        assert isinstance(year, forms.ChoiceField)
        year.choices = [("", "Any year"), *((str(one), str(one)) for one in years)]


def _narrowed(rows: QuerySet[InvoiceRow], wanted: dict[str, Any], today: date) -> QuerySet[InvoiceRow]:
    match wanted["state"]:
        case "unpaid":
            rows = rows.filter(paid_on__isnull=True)
        case "old":
            rows = rows.filter(paid_on__isnull=True, issued_on__lt=today - timedelta(days=30))
        case "paid":
            rows = rows.filter(paid_on__isnull=False)
        case _:
            pass
    if wanted["year"]:
        rows = rows.filter(issued_on__year=int(wanted["year"]))
    for word in wanted["q"].split():
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(journey__service__name__icontains=word)
            | Q(journey__service__organisation__name__icontains=word)
            | Q(journey__person__name__icontains=word)
        )
    return rows


def _sorting(request: Signed) -> Sorting:
    paid_last = Case(When(paid_on__isnull=True, then=Value(0)), default=Value(1), output_field=IntegerField())
    return Sorting(
        request,
        {
            "state": (paid_last, "issued_on", "serial"),
            "number": ("issued_on__year", "serial"),
            "applicant": (by_applicant("journey__"), "issued_on__year", "serial"),
            "amount": ("amount", "issued_on__year", "serial"),
            "sent": ("issued_on", "serial"),
        },
        "state",
    )


def _age(row: InvoiceRow, today: date) -> int | None:
    return None if row.paid_on else (today - row.issued_on).days


@page(Desk.BODY)
def invoices(request: Signed, org: str) -> HttpResponse:
    """Every invoice, unpaid first, with its age and the totals of what is shown."""
    body = doors.body(request, org, "invoices")
    today = timezone.localdate()
    everything = invoices_of_body(body)
    years = [day.year for day in everything.dates("issued_on", "year", order="DESC")]
    form = InvoiceFilter(request.GET, years)
    wanted = asked(form)
    sorting = _sorting(request)
    rows = sorting.apply(_narrowed(everything, wanted, today))
    if csv_wanted(request):
        return _csv(rows, today)
    totals = rows.order_by().aggregate(
        all=Sum("amount"),
        unpaid=Sum("amount", filter=Q(paid_on__isnull=True)),
        owing=Count("id", filter=Q(paid_on__isnull=True)),
    )
    shown = page_of(request, rows)
    total, unpaid, owing = totals["all"] or 0, totals["unpaid"] or 0, totals["owing"]
    context = {
        "heading": f"{pounds(unpaid)} is owed on {plural(owing, 'invoice')}" if owing else "Nothing is owed",
        "form": form,
        "filtered": any(value for name, value in wanted.items() if name != "sort"),
        "columns": [
            sorting.column("applicant", "Applicant"),
            sorting.column("number", "Number", numeric=True),
            "For",
            sorting.column("amount", "Amount", numeric=True),
            sorting.column("sent", "Sent"),
            sorting.column("state", "State"),
            "Invoice",
        ],
        "rows": [_cells(row, org, today) for row in shown.object_list],
        "caption": plural(shown.paginator.count, "invoice"),
        "lede": f"{plural(shown.paginator.count, 'invoice')}, {pounds(total)} in all,"
        f" {pounds(total - unpaid)} paid and {pounds(unpaid)} unpaid",
        "page_obj": shown,
        "csv": csv_address(request),
    }
    return render(request, "body/invoices.html", context)


def _cells(row: InvoiceRow, org: str, today: date) -> tuple[object, ...]:
    age = _age(row, today)
    if age is None:
        state: StateTag | str = f"Paid {longdate(row.paid_on)}"
    else:
        state = StateTag("Sent today" if age == 0 else f"Unpaid {waited(age)}", Kind.RED if age > 30 else Kind.AMBER)
    service = applicant_of(row.journey)
    fee = row.what if row.refundable else f"{row.what} (not refundable)"
    return (
        Link(service, reverse("body_journey", args=[org, row.journey.ref])),
        Link(row.number, reverse("take_payment", args=[org, row.journey.ref, row.ref]), f"for {service}"),
        fee,
        pounds(row.amount),
        row.issued_on,
        state,
        pdf_link(row, org, row.journey.ref),
    )


def _csv(rows: QuerySet[InvoiceRow], today: date) -> HttpResponse:
    heads = (
        "Number", "Applicant", "Organisation", "For", "Pounds", "Sent", "Paid", "Days unpaid", "Refundable", "By hand",
        "Note",
    )  # fmt: skip
    return csv_answer(
        f"invoices-{today.isoformat()}",
        heads,
        (
            (
                row.number,
                applicant_of(row.journey),
                organisation_of(row.journey),
                row.what,
                row.amount,
                row.issued_on,
                row.paid_on,
                _age(row, today),
                "yes" if row.refundable else "no",
                row.by_hand,
                row.paid_note,
            )
            for row in rows
        ),
    )
