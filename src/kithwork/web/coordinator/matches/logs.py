"""Every contact of a service as a list: by kind, person and days. Half a million rows, and none of them is counted."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.queries.logs import ContactRow, Wanted, contacts_of, page_after
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.matches.inbox import WAY, places, title_of
from kithwork.web.kit.cards import Kind, Link, StateTag
from kithwork.web.kit.forms import GovDateField
from kithwork.web.kit.lists import PER_PAGE, Filter, asked, csv_address, csv_answer, csv_wanted
from kithwork.web.kit.pages import Desk, Signed, page

MOST = 50_000  # rows in one CSV; more come with a narrower range of days


class ContactFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Name or number", max_length=100)
    kind = forms.ChoiceField(
        label="Which",
        required=False,
        choices=[
            ("", "All contacts"),
            ("meeting", "Mentor and mentee"),
            ("mentee", "Staff with the mentee"),
            ("mentor", "Staff with the mentor"),
            ("referrer", "Staff with the referrer"),
        ],
    )
    missed = forms.BooleanField(label="Only where nobody was reached or came", required=False)
    first = GovDateField(label="From", required=False)
    last = GovDateField(label="Until", required=False)


@page(Desk.SERVICE)
def contacts(request: Signed, slug: str) -> HttpResponse:
    run = doors.people(request, slug)
    form = ContactFilter(request.GET)
    rows = contacts_of(run.service, _wanted(asked(form)))
    if csv_wanted(request):
        name = f"contacts-{timezone.localdate().isoformat()}"
        heads = ("Reference", "Day", "Kind", "Mentee", "Mentor", "How", "Reached", "Minutes", "Words", "Read")
        return csv_answer(name, heads, _lines(rows[:MOST].iterator(2000)))
    found, onwards = page_after(rows, request.GET.get("after", ""), PER_PAGE)
    query = request.GET.copy()
    query["after"] = onwards
    first = request.GET.copy()
    first.pop("after", None)
    context = {
        "heading": "Contacts" if found else "No contact of this kind is logged",
        "run": run,
        "places": places(slug, "contacts"),
        "form": form,
        "columns": ["What", "When", "How", "Minutes", "Read"],
        "rows": [_row(one, slug) for one in found],
        "onwards": f"?{query.urlencode()}" if onwards else "",
        "back_to_first": f"?{first.urlencode()}" if request.GET.get("after") else "",
        "csv": csv_address(request),
        "most": MOST,
    }
    return render(request, "coordinator/contacts/list.html", context)


def _wanted(given: dict[str, Any]) -> Wanted:
    return Wanted(
        kind=given["kind"],
        first=given["first"] or None,
        last=given["last"] or None,
        missed=bool(given["missed"]),
        words=given["q"].strip(),
    )


def _row(one: ContactRow, slug: str) -> tuple[object, ...]:
    read: object = ""
    if one.kind == "meeting":
        read = StateTag("Read", Kind.GREEN) if one.read_at else StateTag("Unread", Kind.AMBER)
    how = WAY[one.way] if one.reached else StateTag("Not reached", Kind.GREY)
    return (Link(title_of(one), reverse("contact", args=[slug, one.ref])), one.on, how, one.minutes or "", read)


def _lines(rows: Iterator[ContactRow]) -> Iterator[tuple[object, ...]]:
    for one in rows:
        yield (
            one.ref,
            one.on,
            one.get_kind_display(),
            one.mentee.name if one.mentee else "",
            one.mentor.name if one.mentor else "",
            WAY[one.way],
            "yes" if one.reached else "no",
            one.minutes or "",
            one.words,
            "yes" if one.read_at else "",
        )
