"""Evidence that has not been through the gate, or was held back: looked through, let through again, or reported."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from kithwork.evidence.access import item_for_applicant
from kithwork.evidence.actions import pass_item
from kithwork.evidence.passing import NOBODY_ON_IT, Passing, has_passed
from kithwork.evidence.queries import ItemRow, slot_in_breach
from kithwork.procedures.assessing import report_breach
from kithwork.procedures.gating.offering import take_through
from kithwork.web.kit.forms import LongText, refuse
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.service.gating import looked_through

LOOKED = "I have looked through it once more, and nobody who is supported or mentors can be found in it."


class Words(forms.Form):
    """The words of an item, once more; with a declaration where words alone do not tell."""

    title = forms.CharField(label="Title", max_length=200)
    text = LongText(label="Text", max_length=20000, rows=10, required=False)

    def __init__(self, data: Mapping[str, Any] | None, item: ItemRow) -> None:
        super().__init__(data, initial={"title": item.title, "text": item.text})
        if not item.text:
            del self.fields["text"]
        if item.kind == "link" or item.held_at is not None or item.file:
            self.fields["declared"] = forms.BooleanField(label=NOBODY_ON_IT if item.kind == "link" else LOOKED)


@page(Desk.SERVICE, "GET", "POST")
def gate_item(request: Signed, ref: str, item: str) -> HttpResponse:
    seen = doors.journey(request, ref, write=True)
    found = item_for_applicant(seen.reading.journey, item)
    if has_passed(found) or found.destroyed_at is not None:
        raise Http404("No such page.")
    file = bool(found.file) and found.held_at is None and not found.rounds.exists()
    form = Words(request.POST if request.method == "POST" else None, found)
    if request.method != "POST":
        return _show(request, seen, found, form, file=file)
    try:
        if request.POST.get("do") == "report":
            return _report(request, seen, found)
        if file:
            original = take_through(item=found, by=request.user, today=seen.today)
            return doors.go("gate_one", ref, original.ref)
        if not form.is_valid():
            return _show(request, seen, found, form, file=file, status=422)
        _let_through(request, seen, found, form)
    except Refused as refused:
        if not form.is_bound or file:
            form = Words({}, found)
        refuse(form, refused, seen.onward)
        return _show(request, seen, found, form, file=file, status=409)
    messages.success(request, f"‘{found.title}’ is through the privacy gate.")
    return _out(seen, found)


def _let_through(request: Signed, seen: doors.Seen, found: ItemRow, form: Words) -> None:
    wording = NOBODY_ON_IT if found.kind == "link" else LOOKED if found.held_at is not None or found.file else ""
    if found.held_at is not None or found.file:  # a person has looked at what the machine was wrong about, and says so
        passing = Passing(request.user, timezone.now(), wording)
    else:
        passing = looked_through(seen, form, request.user, "title", "text", wording=wording)
    given = form.cleaned_data
    pass_item(item=found, passing=passing, title=given["title"], text=given.get("text", ""))


def _report(request: Signed, seen: doors.Seen, found: ItemRow) -> HttpResponse:
    slot = slot_in_breach(seen.reading, found)
    if found.held_at is None or slot is None:
        raise Http404("No such page.")
    report_breach(
        journey=seen.reading.journey,
        slot=slot,
        item=found,
        what="A name, found when the service's records were looked through again",
        by=request.user,
        today=seen.today,
        role=Role.APPLICANT,
    )
    messages.success(request, "The breach is recorded, and the document is destroyed in every copy.")
    return doors.go("journey", seen.ref)


def _out(seen: doors.Seen, found: ItemRow) -> HttpResponse:
    if found.portfolio:
        return doors.go("portfolio_piece", seen.ref, found.portfolio, found.ref)
    return doors.go("item", seen.ref, found.ref)


def _show(
    request: Signed, seen: doors.Seen, found: ItemRow, form: Words, *, file: bool, status: int = 200
) -> HttpResponse:
    held = found.held_at is not None
    context = {
        "heading": f"‘{found.title}’ is held back" if held else f"‘{found.title}’ has not been looked through yet",
        "form": form,
        "file": file,
        "held": held,
        "report": held and slot_in_breach(seen.reading, found) is not None,
        "up": reverse("items", args=[seen.ref]),
    }
    return render(request, "service/gate/item.html", context, status=status)
