"""All evidence of a journey, one item of it, its file; and an invoice as a PDF."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.credentials import InvoiceFacts, InvoiceLine, Party
from kithwork.core.credentials import invoice as invoice_as_pdf
from kithwork.core.freshness import freshness
from kithwork.core.verdict import Refused
from kithwork.evidence.access import item_for_applicant
from kithwork.evidence.actions import offer, take_back
from kithwork.evidence.queries import gathered, may_gather
from kithwork.journeys.access import invoice_of
from kithwork.web.kit.cards import Column, Link, StateTag
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.service.forms import OfferAlso
from kithwork.web.service.maps import asked
from kithwork.web.service.showing import card, what_is
from kithwork.web.service.words import freshness_words, slot_address, slot_name

INLINE = frozenset({"application/pdf", "image/png", "image/jpeg"})


@page(Desk.SERVICE)
def items(request: Signed, ref: str) -> HttpResponse:
    seen = doors.journey(request, ref)
    held = gathered(seen.reading.journey)
    everything = held.all()
    requirements = {one.id: one for one in seen.edition.requirements}
    rows: list[list[object]] = []
    late = 0
    for item in everything:
        slots = held.slots(item)
        ages = [freshness(requirements.get(slot), item.dated, seen.today) for slot in slots]
        worst = min(ages, key=lambda age: (bool(age.verdict), not age.soon, age.until or seen.today.max))
        words, tag = freshness_words(None, item.dated, worst)
        late += tag is not None
        rows.append(
            [
                Link(item.title, reverse("item", args=[ref, item.ref])),
                what_is(item),
                ", ".join(
                    requirements[slot].number if slot in requirements else slot_name(seen.edition, slot)
                    for slot in slots
                ),
                item.dated,
                tag or words,
            ]
        )
    count = len(everything)
    heading = f"You have added {count} {'item' if count == 1 else 'items'} of evidence" if count else "No evidence yet"
    if late:
        heading += f"; {late} {'needs' if late == 1 else 'need'} a look"
    columns = [
        Column("What it is"),
        Column("Kind"),
        Column(f"Used for {seen.edition.words.requirement}"),
        Column("Dated"),
        Column("Counts"),
    ]
    return render(
        request,
        "service/items.html",
        {"seen": seen, "heading": heading, "columns": columns, "rows": rows},
    )


@page(Desk.SERVICE, "GET", "POST")
def item(request: Signed, ref: str, item: str) -> HttpResponse:
    seen = doors.journey(request, ref, write=request.method == "POST")
    found = item_for_applicant(seen.reading.journey, item)
    held = gathered(seen.reading.journey)
    here = held.slots(found)
    wanted = [
        (one.id, f"{one.number} {one.title}")
        for one in asked(seen.edition, seen.position)
        if one.id not in here
        and may_gather(seen.edition, seen.position, one.id)
        and freshness(one, found.dated, seen.today).verdict
    ]
    form = OfferAlso(request.POST if request.POST.get("do") == "offer" else None, wanted)
    status = 200
    if request.method == "POST":
        try:
            if request.POST.get("do") == "take_back":
                slot = request.POST.get("slot", "")
                take_back(item=found, slot=slot, by=request.user, now=timezone.now())
                messages.success(request, f"No longer used for {slot_name(seen.edition, slot)}.")
                return doors.go("item", ref, item) if len(here) > 1 else doors.go("items", ref)
            status = 422
            if form.is_valid():
                slot = form.cleaned_data["slot"]
                offer(item=found, slot=slot, by=request.user, today=seen.today)
                messages.success(request, f"Used for {slot_name(seen.edition, slot)} as well.")
                return doors.go("item", ref, item)
        except Refused as refused:
            status = 409
            if form.is_bound:
                form.add_error(None, str(refused))
            else:
                messages.error(request, str(refused))
    requirements = {one.id: one for one in seen.edition.requirements}
    uses = []
    for slot in here:
        words, tag = freshness_words(None, found.dated, freshness(requirements.get(slot), found.dated, seen.today))
        free = seen.writes and found.kind != "piece" and bool(may_gather(seen.edition, seen.position, slot))
        uses.append(
            {
                "slot": slot,
                "name": slot_name(seen.edition, slot),
                "href": slot_address(seen.edition, ref, slot),
                "fresh": words,
                "tag": tag or (StateTag("Cannot be changed now") if not free and seen.writes else None),
                "free": free,
            }
        )
    return render(
        request,
        "service/item.html",
        {
            "seen": seen,
            "edition": seen.edition,
            "item": found,
            "card": card(found, ref, seen.today),
            "heading": found.title,
            "uses": uses,
            "form": form if seen.writes and wanted and found.kind != "piece" and not found.destroyed_at else None,
            "view": found.media_type in INLINE,
        },
        status=status,
    )


@page(Desk.SERVICE)
def item_file(request: Signed, ref: str, item: str) -> HttpResponseBase:
    """The file itself, for those who may see it; shown in the browser (?view) only for kinds that hold no script."""
    seen = doors.journey(request, ref)
    found = item_for_applicant(seen.reading.journey, item)
    if not found.file or found.destroyed_at is not None:
        raise Http404("No such page.")
    inline = "view" in request.GET and found.media_type in INLINE
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404("No such page.") from None
    answer = FileResponse(
        content,
        as_attachment=not inline,
        filename=found.file_name,
        content_type=found.media_type or "application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'"
    return answer


@page(Desk.SERVICE)
def invoice_pdf(request: Signed, ref: str, invoice: str) -> HttpResponse:
    seen = doors.journey(request, ref)
    found = invoice_of(seen.reading.journey, invoice)
    service = seen.reading.journey.service
    buyer = Party(seen.name)
    if service is not None:
        buyer = Party(
            service.organisation.name, tuple(filter(None, (service.name, *service.organisation.address.splitlines())))
        )
    pdf = invoice_as_pdf(
        InvoiceFacts(
            seller=Party(found.body.name, tuple(filter(None, found.body.address.splitlines()))),
            buyer=buyer,
            number=found.number,
            issued_on=found.issued_on,
            lines=(InvoiceLine(found.what, found.amount),),
            how_to_pay=found.body.how_to_pay,
            note="" if found.refundable else "This fee is not refundable.",
            paid_on=found.paid_on,
        )
    )
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="invoice-{found.number}.pdf"'
    return answer
