"""Mentees as a list: who waits, who is matched, who is away, who has left."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from datetime import date
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.actions.mentees import PRIORITIES
from kithwork.caseload.queries.mentees import MenteeRow, Stands, mentees_of, standing
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.mentees.cards import PRIORITY, STANDS
from kithwork.web.kit.cards import Link
from kithwork.web.kit.lists import Filter, Sorting, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural, waited

_NOW = {
    "": "{} here now",
    "referred": "{} referred, not decided yet",
    "waiting": "{} waiting for a mentor",
    "matched": "{} matched",
    "paused": "{} away for a while",
    "left": "{} who have left",
    "all": "{} on record",
}


class MenteeFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Name or number", max_length=100)
    state = forms.ChoiceField(
        label="Who",
        required=False,
        choices=[
            ("", "Everybody here now"),
            ("referred", "Referred"),
            ("waiting", "Waiting"),
            ("matched", "Matched"),
            ("paused", "Paused"),
            ("left", "Left"),
            ("all", "Everybody on record"),
        ],
    )


def narrowed(rows: QuerySet[MenteeRow], wanted: dict[str, Any], today: date) -> QuerySet[MenteeRow]:
    """Those a filter asks for."""
    if wanted["state"] == "":
        rows = rows.filter(Q(left_on__isnull=True) | Q(left_on__gte=today))
    elif wanted["state"] != "all":
        rows = standing(rows, Stands(wanted["state"]), today)
    for word in wanted["q"].split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(known_as__icontains=word) | Q(number__iexact=word) | Q(ref__iexact=word)
        )
    return rows


@page(Desk.SERVICE)
def mentees(request: Signed, slug: str) -> HttpResponse:
    run = doors.people(request, slug)
    today = timezone.localdate()
    form = MenteeFilter(request.GET)
    wanted = asked(form)
    sorting = Sorting(
        request,
        {
            "name": ("name",),
            "came": ("came_on", "name"),
            "waiting": (F("waits_from").asc(nulls_last=True), "name"),
            "heard": (F("heard").asc(nulls_first=True), "name"),
        },
        "name",
    )
    rows: Any = sorting.apply(narrowed(mentees_of(run.service, today), wanted, today))
    if csv_wanted(request):
        heads = ("Reference", "Number", "Name", "Stands", "Came", "Waiting since", "Last heard", "Priority")
        lines = (
            (m.ref, m.number, m.name, m.stands, m.came_on, m.waits_from, m.heard, PRIORITIES[m.priority])
            for m in rows.iterator(2000)
        )
        return csv_answer("mentees", heads, lines)
    shown = page_of(request, rows)
    count, word = shown.paginator.count, run.practice.mentee_word
    columns = [
        sorting.column("name", "Name"),
        "Stands",
        sorting.column("came", "Came"),
        sorting.column("waiting", "Waiting"),
        sorting.column("heard", "Last heard"),
    ]
    context = {
        "heading": _NOW[wanted["state"]].format(plural(count, f"{word},{word}s")),
        "form": form,
        "filtered": any(wanted[name] for name in ("q", "state")),
        "columns": columns,
        "rows": [line(one, slug, today) for one in shown],
        "page_obj": shown,
        "csv": csv_address(request),
        "run": run,
    }
    return render(request, "coordinator/mentees/list.html", context)


def line(mentee: Any, slug: str, today: date) -> tuple[object, ...]:
    """One row: name, how they stand, since when, last heard. `mentee` carries `stands` and `heard`."""
    tags = [STANDS[mentee.stands], PRIORITY[mentee.priority]]
    waits = mentee.stands == Stands.WAITING and mentee.waits_from
    return (
        Link(mentee.name, reverse("mentee", args=[slug, mentee.ref])),
        tags[1] if tags[1] and waits else tags[0],
        mentee.came_on,
        waited((today - mentee.waits_from).days) if waits else "",
        mentee.heard or "never",
    )
