"""The list of mentors: who is ready, what is missing, whose check ends."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run
from kithwork.caseload.queries.clearing import cleared
from kithwork.caseload.queries.mentors import (
    MentorRow,
    Standing,
    counts,
    exemptions_holding,
    exemptions_over,
    found,
    listed,
    mentors_of,
    narrowed,
    standing,
)
from kithwork.core.service import MISSING_WORDS, Cleared, Missing
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.mentors.frame import room
from kithwork.web.coordinator.mentors.wording import FILTERS, STANDS, missing, vetting_words
from kithwork.web.kit.cards import Column, Link
from kithwork.web.kit.lists import PER_PAGE, Filter, Sorting, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural, waited

PLAIN, PLAIN_SORTING = frozenset({"here", "champions"}), frozenset({"name", "applied"})


class MentorsFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Name, interest, language or skill", max_length=100)
    state = forms.ChoiceField(label="Show", required=False, choices=FILTERS)


def _sorting(request: Signed) -> Sorting:
    return Sorting(
        request,
        {
            "name": ("name",),
            "applied": ("applied_on",),
            "contact": (F("last").asc(nulls_first=True),),
            "vetting": (F("checked_until").asc(nulls_last=True),),
            "matches": ("running",),
        },
        "name",
    )


@page(Desk.SERVICE)
def mentors(request: Signed, slug: str) -> HttpResponse:
    """The list, those who are here first; `?format=csv` gives all that is shown, every page of it."""
    run = doors.people(request, slug)
    today = timezone.localdate()
    form = MentorsFilter(request.GET)
    wanted = asked(form)
    state = wanted["state"] or "here"
    sorting = _sorting(request)
    # of whom nothing is asked but whether they are here, nothing is worked out before they are on a page
    plain = state in PLAIN and sorting.name in PLAIN_SORTING and not csv_wanted(request)
    rows = mentors_of(run.service) if plain else listed(run.service, run.practice, today)
    rows = sorting.apply(found(narrowed(rows, run.practice, state, today), wanted["q"].split()))
    if csv_wanted(request):
        return _csv(run, rows, today)
    shown = page_of(request, rows.values_list("pk", flat=True), PER_PAGE)
    keys = list(shown.object_list)
    seen = {one.pk: one for one in listed(run.service, run.practice, today).filter(pk__in=keys)}
    people = [seen[key] for key in keys if key in seen]
    clear = cleared(people, run.practice, today)
    context = {
        "run": run,
        "heading": _heading(counts(run.service, run.practice, today)),
        "places": room(run, "mentors"),
        "form": form,
        "filtered": bool(wanted["q"] or wanted["state"]),
        "columns": [
            sorting.column("name", "Name"),
            "Stands",
            "Missing",
            sorting.column("vetting", "Vetting"),
            sorting.column("contact", "Last contact"),
            sorting.column("matches", "Matches", numeric=True),
            sorting.column("applied", "Applied"),
        ],
        "rows": [_cells(one, clear[one.pk], slug, today) for one in people],
        "caption": plural(shown.paginator.count, "mentor"),
        "page_obj": shown,
        "csv": csv_address(request),
        "form_address": reverse("volunteer", args=[slug]),
    }
    return render(request, "coordinator/mentors/list.html", context)


def _heading(number: dict[str, int]) -> str:
    coming = number.get(Standing.APPLIED, 0) + number.get(Standing.TRAINING, 0)
    ready, lacking = number.get(Standing.READY, 0), number.get(Standing.MISSING, 0)
    if ready:
        return f"{plural(ready, 'mentor is,mentors are')} ready for a match"
    if lacking:
        return f"No mentor is ready: {plural(lacking, 'has,have')} something missing"
    if coming:
        return f"{plural(coming, 'person has,people have')} applied to mentor"
    if number.get(Standing.MATCHED):
        return f"All {plural(number[Standing.MATCHED], 'mentor is,mentors are')} matched"
    return "No mentors yet"


def _cells(one: Any, clear: Cleared, slug: str, today: date) -> tuple[object, ...]:
    gone = standing(one) in (Standing.LEFT, Standing.NOT_SELECTED)
    return (
        Link(one.name, reverse("mentor", args=[slug, one.ref])),
        STANDS[standing(one)],
        "" if gone else missing(clear, most=3),
        "" if gone else vetting_words(clear.vetting, one.checked_until),
        f"{waited((today - one.last).days)} ago"
        if one.last and one.last < today
        else ("today" if one.last else "never"),
        f"{one.running} of {one.places}",
        one.applied_on,
    )


def _csv(run: Run, rows: QuerySet[MentorRow], today: date) -> HttpResponse:
    heads: tuple[str, ...] = (
        "Name",
        "Number",
        "Stands",
        "Missing",
        "Vetting",
        "Counts until",
        "Last contact",
        "Matches",
        "Places",
    )
    heads += ("Applied", "Selected", "Champion since", "Interests", "Languages")
    people: list[Any] = list(rows)
    clear = cleared(people, run.practice, today)
    return csv_answer(
        f"mentors-{today.isoformat()}",
        heads,
        (
            (
                one.name,
                one.number,
                STANDS[standing(one)].word,
                missing(clear[one.pk]),
                clear[one.pk].vetting.value,
                one.checked_until,
                one.last,
                one.running,
                one.places,
                one.applied_on,
                one.accepted_on,
                one.champion_since,
                ", ".join(one.interests),
                ", ".join(one.languages),
            )
            for one in people
        ),
    )


@page(Desk.SERVICE)
def exemptions(request: Signed, slug: str) -> HttpResponse:
    """Who may be matched although something is missing, until when and why; and those that have ended."""
    run = doors.people(request, slug)
    today = timezone.localdate()
    holding = list(exemptions_holding(run.service, today))
    soon = sum(one.until < today + timedelta(days=14) for one in holding)

    def cells(one: Any) -> tuple[object, ...]:
        return (
            Link(one.mentor.name, reverse("mentor", args=[slug, one.mentor.ref])),
            MISSING_WORDS[Missing(one.missing)],
            one.reason,
            one.by.name,
            one.begins,
            one.ended_on or one.until,
        )

    if csv_wanted(request):
        heads = ("Mentor", "Missing", "Reason", "By", "From", "Until")
        return csv_answer(
            f"exemptions-{today.isoformat()}",
            heads,
            ((one.mentor.name, *cells(one)[1:]) for one in [*holding, *exemptions_over(run.service, today)]),
        )
    heading = (
        f"{plural(len(holding), 'exemption holds,exemptions hold')} today" if holding else "No exemption holds today"
    )
    context = {
        "heading": heading + (f", {soon} ending within two weeks" if soon else ""),
        "places": room(run, "exemptions"),
        "columns": [
            Column("Mentor"),
            Column("Missing"),
            Column("Reason"),
            Column("By"),
            Column("From"),
            Column("Until"),
        ],
        "rows": [cells(one) for one in holding],
        "over": [cells(one) for one in exemptions_over(run.service, today)[:50]],
        "csv": csv_address(request),
        "today": longdate(today),
    }
    return render(request, "coordinator/mentors/exemptions.html", context)
