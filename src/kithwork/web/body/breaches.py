"""The register of data breaches: what kind, when reported and by whom, when destroyed, and 72 hours from the report."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.evidence.queries import BreachRow, BreachSide, breaches_of_body, settled
from kithwork.journeys.editions import edition_of
from kithwork.web.body import doors
from kithwork.web.body.lists import Filter, Sorting, asked, by_applicant, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.body.wording import applicant_of, organisation_of, slot_words
from kithwork.web.kit.breaches import HOURS, breach_page, deadline, reported
from kithwork.web.kit.cards import Kind, Link, StateTag
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import clock, plural


class BreachFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Applicant, organisation or kind", max_length=100)
    when = forms.ChoiceField(
        label="Reported",
        required=False,
        choices=[("", "Any time"), ("open", "Less than 72 hours ago"), ("year", "In the last 12 months")],
    )


def _narrowed(rows: QuerySet[BreachRow], wanted: dict[str, Any], now: datetime) -> QuerySet[BreachRow]:
    since = {"open": timedelta(hours=HOURS), "year": timedelta(days=365)}.get(wanted["when"])
    if since:
        rows = rows.filter(reported_at__gt=now - since)
    for word in wanted["q"].split():
        rows = rows.filter(
            Q(what__icontains=word)
            | Q(journey__service__name__icontains=word)
            | Q(journey__service__organisation__name__icontains=word)
            | Q(journey__person__name__icontains=word)
        )
    return rows


def _where(row: BreachRow) -> str:
    return slot_words(edition_of(row.journey.edition), row.stage, row.slot)


@page(Desk.BODY)
def breaches(request: Signed, org: str) -> HttpResponse:
    """The register; nothing that was in a document is shown, for it is gone."""
    body = doors.body(request, org, "breaches")
    now = timezone.now()
    everything = breaches_of_body(body)
    form = BreachFilter(request.GET)
    wanted = asked(form)
    sorting = Sorting(
        request, {"reported": ("reported_at",), "applicant": (by_applicant("journey__"), "reported_at")}, "-reported"
    )
    rows = sorting.apply(_narrowed(everything, wanted, now))
    if csv_wanted(request):
        heads = ("Applicant", "Organisation", "In", "Kind of detail", "Reported", "By", "Destroyed", "72 hours end")
        return csv_answer(
            f"breaches-{timezone.localdate().isoformat()}",
            heads,
            (
                (applicant_of(r.journey), organisation_of(r.journey), _where(r), r.what, r.reported_at.isoformat(),
                 r.reporter, r.destroyed_at.isoformat() if r.destroyed_at else "",
                 (r.reported_at + timedelta(hours=HOURS)).isoformat())
                for r in rows
            ),
        )  # fmt: skip
    shown = page_of(request, rows)
    done = settled(list(shown.object_list), BreachSide.BODY)
    recent = everything.filter(reported_at__gt=now - timedelta(hours=HOURS)).count()
    total = everything.count()
    heading = f"{plural(total, 'data breach,data breaches')} reported" if total else "No data breach has been reported"
    context = {
        "heading": f"{heading}; {recent} less than 72 hours ago" if recent else heading,
        "places": doors.records(body, "breaches"),
        "form": form,
        "filtered": any(value for name, value in wanted.items() if name != "sort"),
        "columns": [
            sorting.column("applicant", "Applicant"),
            "In",
            "Kind of detail",
            sorting.column("reported", "Reported"),
            "Document destroyed",
            "72 hours from the report",
        ],
        "rows": [
            (
                Link(applicant_of(row.journey), reverse("body_journey", args=[org, row.journey.ref])),
                _where(row),
                Link(row.what, reverse("body_breach", args=[org, row.ref])),
                reported(row),
                clock(row.destroyed_at) if row.destroyed_at else StateTag("Not yet", Kind.RED),
                deadline(row, now, settled=row.pk in done),
            )
            for row in shown.object_list
        ],
        "caption": plural(shown.paginator.count, "data breach,data breaches"),
        "page_obj": shown,
        "csv": csv_address(request),
    }
    return render(request, "body/breaches.html", context)


@page(Desk.BODY, "GET", "POST")
def body_breach(request: Signed, org: str, breach: str) -> HttpResponse:
    """One breach, what the body did about it, and noting more."""
    body = doors.body(request, org, "breaches")
    found = breaches_of_body(body).filter(ref=breach).first()
    if found is None:
        raise Http404("No such page.")
    return breach_page(
        request, found, BreachSide.BODY, where=_where(found), whose=applicant_of(found.journey),
        up=Link("Data breaches", reverse("breaches", args=[org])),
    )  # fmt: skip
