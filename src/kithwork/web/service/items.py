"""All evidence of a journey, one item of it, its file; and an invoice as a PDF."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.casework import redacted
from kithwork.core.freshness import freshness
from kithwork.core.readiness.reducing import Facts
from kithwork.core.schemes import Requirement
from kithwork.core.verdict import Refused
from kithwork.evidence.access import item_for_applicant
from kithwork.evidence.actions import REDACTED, declare_redacted, offer, take_back
from kithwork.evidence.passing import has_passed
from kithwork.evidence.queries import ItemRow, gathered, may_gather
from kithwork.gate.queries import open_originals
from kithwork.journeys.access import invoice_of
from kithwork.journeys.invoices import as_pdf
from kithwork.readiness.queries import snapshot_of
from kithwork.web.kit.cards import Column, Kind, Link, StateTag
from kithwork.web.kit.files import IN_PLACE, file_answer
from kithwork.web.kit.forms import refusal
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.snapshots import told
from kithwork.web.service import doors
from kithwork.web.service.forms import OfferAlso
from kithwork.web.service.maps import asked
from kithwork.web.service.records import newer_notes
from kithwork.web.service.showing import card, what_is
from kithwork.web.service.words import freshness_words, slot_address, slot_name


@page(Desk.SERVICE)
def items(request: Signed, ref: str) -> HttpResponse:
    seen = doors.journey(request, ref)
    held = gathered(seen.reading.journey)
    everything = held.apart()
    requirements = {one.id: one for one in seen.edition.requirements}
    rows: list[list[object]] = []
    late = 0
    for item in everything:
        slots = held.slots(item)
        ages = [freshness(requirements.get(slot), item.dated, seen.today) for slot in slots]
        worst = min(ages, key=lambda age: (bool(age.verdict), not age.soon, age.until or seen.today.max))
        words, tag = freshness_words(None, item.dated, worst)
        tag = tag or _undeclared(item, [requirement for _, requirement in _requirements(seen, slots)])
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
        {
            "seen": seen,
            "heading": heading,
            "columns": columns,
            "rows": rows,
            "at_gate": len(open_originals(ref)),
        },
    )


@page(Desk.SERVICE, "GET", "POST")
def item(request: Signed, ref: str, item: str) -> HttpResponse:
    seen = doors.journey(request, ref, write=request.method == "POST")
    found = item_for_applicant(seen.reading.journey, item)
    if found.portfolio:
        raise Http404("No such page.")  # a piece has pages of its own
    here = gathered(seen.reading.journey).slots(found)
    do = request.POST.get("do", "")
    if request.method == "POST" and do not in {"offer", "declare", "take_back"}:
        raise Http404("No such page.")
    wanted = _could_serve(seen, found, here)
    form = OfferAlso(request.POST if do == "offer" else None, wanted)
    refused: Form = Form()
    status = 200
    if request.method == "POST" and form.is_bound and not form.is_valid():
        status = 422
    elif request.method == "POST":
        try:
            return _change(request, seen, found, here, form)
        except Refused as because:
            refused, status = refusal(because, seen.onward), 409
    live = any(requirement is not None and requirement.live for _, requirement in _requirements(seen, here))
    declared = found.redacted_at is not None
    written = found.kind != "piece" and not found.destroyed_at and seen.writes
    return render(
        request,
        "service/item.html",
        {
            "seen": seen,
            "edition": seen.edition,
            "item": found,
            "card": card(found, ref, seen.today, note=newer_notes(seen, [found]).get(found.ref, "")),
            "shown": told(Facts.model_validate(snapshot.facts)) if (snapshot := snapshot_of(found)) else None,
            "heading": found.title,
            "uses": [_use(seen, found, slot, requirement) for slot, requirement in _requirements(seen, here)],
            "form": form if written and wanted else None,
            "refused": refused,
            "to_declare": written and not declared and not seen.position.status.is_over,
            "undeclared": "Casework is asked for where this is used. It does not count there yet." if live else "",
            "to_look": "" if found.destroyed_at else has_passed(found).because,
            "redacted": REDACTED,
            "view": found.media_type in IN_PLACE,
        },
        status=status,
    )


def _requirements(seen: doors.Seen, slots: list[str]) -> list[tuple[str, Requirement | None]]:
    known = {one.id: one for one in seen.edition.requirements}
    return [(slot, known.get(slot)) for slot in slots]


def _undeclared(found: ItemRow, requirements: list[Requirement | None]) -> StateTag | None:
    """A tag where it shows casework, or serves where casework is asked for, and nobody has declared it redacted."""
    declared = found.redacted_at is not None
    if all(redacted(one, casework=found.casework, declared=declared) for one in requirements):
        return None
    return StateTag("Not declared redacted", Kind.RED)


def _could_serve(seen: doors.Seen, found: ItemRow, here: list[str]) -> list[tuple[str, str]]:
    """What else it could be used for: what may be changed now and for which it is young enough."""
    return [
        (one.id, f"{one.number} {one.title}")
        for one in asked(seen.edition, seen.position)
        if one.id not in here
        and may_gather(seen.edition, seen.position, one.id)
        and freshness(one, found.dated, seen.today).verdict
    ]


def _change(request: Signed, seen: doors.Seen, found: ItemRow, here: list[str], form: OfferAlso) -> HttpResponse:
    """Use it for one thing more or one less, or declare it redacted; then the item again, or all of them."""
    match request.POST["do"]:
        case "declare":
            declare_redacted(item=found, by=request.user, now=timezone.now())
            messages.success(request, "Your declaration is kept.")
        case "offer":
            slot = form.cleaned_data["slot"]
            offer(item=found, slot=slot, by=request.user, today=seen.today)
            messages.success(request, f"Used for {slot_name(seen.edition, slot)} as well.")
        case _:
            slot = request.POST.get("slot", "")
            take_back(item=found, slot=slot, by=request.user, now=timezone.now())
            messages.success(request, f"No longer used for {slot_name(seen.edition, slot)}.")
            if len(here) < 2:
                return doors.go("items", seen.ref)
    return doors.go("item", seen.ref, found.ref)


def _use(seen: doors.Seen, found: ItemRow, slot: str, requirement: Requirement | None) -> dict[str, object]:
    """One row of what it is used for."""
    words, tag = freshness_words(None, found.dated, freshness(requirement, found.dated, seen.today))
    tag = tag or _undeclared(found, [requirement])
    free = seen.writes and found.kind != "piece" and bool(may_gather(seen.edition, seen.position, slot))
    return {
        "slot": slot,
        "name": slot_name(seen.edition, slot),
        "href": slot_address(seen.edition, seen.ref, slot),
        "fresh": words,
        "tag": tag or (StateTag("Cannot be changed now") if not free and seen.writes else None),
        "free": free,
    }


@page(Desk.SERVICE)
def item_file(request: Signed, ref: str, item: str) -> HttpResponseBase:
    """The file itself, for those who may see it; shown in the browser (?view) only for kinds that hold no script."""
    seen = doors.journey(request, ref)
    found = item_for_applicant(seen.reading.journey, item)
    if found.portfolio:
        raise Http404("No such page.")
    return file_answer(found, view="view" in request.GET)


@page(Desk.SERVICE)
def invoice_pdf(request: Signed, ref: str, invoice: str) -> HttpResponse:
    seen = doors.journey(request, ref)
    found = invoice_of(seen.reading.journey, invoice)
    found.journey = seen.reading.journey
    answer = HttpResponse(as_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="invoice-{found.number}.pdf"'
    return answer
