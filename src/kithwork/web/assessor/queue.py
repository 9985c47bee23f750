"""The queue: which submission is next, and whose clock is running. And the request to take a case."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.verdict import Refused
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import longest_waiting, queue_counts, read, searched
from kithwork.journeys.queries import queue as queued
from kithwork.procedures import applying
from kithwork.web.assessor import doors
from kithwork.web.assessor.answers import again, see_other
from kithwork.web.assessor.cards import Next, applicant_name, case_row, next_thing, slots_of
from kithwork.web.assessor.forms import ConflictForm, FilterForm
from kithwork.web.kit.cards import Column, Link, SummaryRow
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural

PAGE = 50
SORTS = ("service", "waiting", "since", "due", "stage", "progress")
HEADINGS = {
    "me": "case waits for you,cases wait for you",
    "service": "case waits for the applicant alone,cases wait for the applicant alone",
    "all": "open case",
    "finished": "finished case",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to take a case."""

    href: str
    name: str
    scheme: str
    on: Any


def _columns(query: QueryDict, sort: str, down: bool) -> list[Column]:
    """The table's heads; each sorts, and once more the other way round."""
    heads = (
        ("service", "Applicant", False),
        ("", "Whose turn", False),
        ("waiting", "With you", True),
        ("since", "Since", False),
        ("due", "Next date", False),
        ("stage", "Stage", False),
        ("progress", "Confirmed", True),
    )
    columns = []
    for key, text, numeric in heads:
        if not key:
            columns.append(Column(text))
            continue
        now = sort == key
        asked = query.copy()
        asked.pop("page", None)
        asked["sort"] = key if not now or down else f"-{key}"
        columns.append(
            Column(text, numeric, f"?{asked.urlencode()}", ("descending" if down else "ascending") if now else "")
        )
    return columns


@page(Desk.ASSESSOR)
def queue(request: Signed) -> HttpResponse:
    cases, asked = doors.cases_of(request)
    today = timezone.localdate()
    words = request.GET.get("q", "").strip()[:100]
    asked_for = request.GET.get("show", "all")
    show = asked_for if asked_for in HEADINGS else "all"
    said = request.GET.get("sort", "since")
    down, sort = said.startswith("-"), said.removeprefix("-")
    sort = sort if sort in SORTS else "since"
    found = searched(cases, words)
    counts = queue_counts(found)
    paginator: Paginator[Any] = Paginator(queued(found, show=show, sort=sort, down=down), PAGE)
    paginator.count = counts[show]  # counted above, with the others, in one query
    shown: Page[Any] = paginator.get_page(request.GET.get("page"))
    plain = show in {"all", "me"} and sort == "since" and not down and not words and shown.number == 1
    doors.dress(request, here=show)
    context = {
        "heading": _heading(counts[show], show, words),
        "next": _next(_longest(cases, shown, plain=plain), today),
        "asked": [
            Asked(
                reverse("assess_request", args=[one.ref]),
                applicant_name(one.journey),
                one.journey.edition.name,
                one.asked_on,
            )
            for one in asked
        ],
        "form": FilterForm({"show": show, "q": words}, counts=counts),
        "filtered": bool(words) or show != "all",
        "columns": _columns(request.GET, sort, down),
        "rows": [case_row(journey, today) for journey in shown],
        "page_obj": shown,
    }
    return render(request, "assessor/queue.html", context)


def _heading(count: int, show: str, words: str) -> str:
    if words:
        return f"{plural(count, 'case')} found for '{words}'"
    return plural(count, HEADINGS[show])


def _longest(cases: Any, shown: Page[Any], *, plain: bool) -> Any:
    """The case to go on with: in the plain queue the first row that waits for the assessor, else it is looked for."""
    first = next((row for row in shown if " assessor " in row.waiting_on), None) if plain else None
    return first or longest_waiting(cases)


def _next(journey: Any, today: date) -> Next | None:
    """What to do next in a case: one journey is read for it."""
    if journey is None:
        return None
    reading = read(journey, today)
    return next_thing(reading, applicant_name(journey), slots_of(reading))


def wording(name: str) -> str:
    """What is declared, word for word; it is kept with the appointment."""
    return (
        f"I have no personal, paid or working tie to {name} or to anybody in it. "
        "If that changes, I tell the awarding body at once."
    )


@page(Desk.ASSESSOR, "GET", "POST")
def assess_request(request: Signed, ref: str) -> HttpResponse:
    appointment = doors.asked_for(request, ref)
    journey = appointment.journey
    name = applicant_name(journey)
    declaration = wording(name)
    form = ConflictForm(request.POST if request.method == "POST" else None, wording=declaration)
    refused = False
    if request.method == "POST" and form.is_valid():
        conflict = form.cleaned_data["answer"] == "conflict"
        words = form.cleaned_data["words"] if conflict else declaration
        try:
            applying.declare(appointment=appointment, conflict=conflict, wording=words, today=timezone.localdate())
        except Refused as reason:
            refuse(form, reason, Link("See your cases", reverse("queue")))
            refused = True
        else:
            if conflict:
                messages.success(
                    request,
                    f"Your conflict of interest is recorded. {journey.edition.body.name} will ask somebody else.",
                )
                return see_other(reverse("queue"))
            messages.success(request, f"You are now the {edition_of(journey.edition).words.assessor} of {name}.")
            return see_other(reverse("case", args=[journey.ref]))
    rows = [
        SummaryRow("Who asks", journey.edition.body.name),
        SummaryRow("Asked by", appointment.asked_by.name),
        SummaryRow("Asked on", appointment.asked_on),
        SummaryRow("Scheme", journey.edition.name),
    ]
    if journey.service is not None:
        rows += [SummaryRow("Service", name), SummaryRow("Organisation", journey.service.organisation.name)]
        rows += [SummaryRow("Place", journey.service.place)]
    else:
        rows.append(SummaryRow("Applicant", name))
    return again(request, "assessor/request.html", {"form": form, "rows": rows, "name": name}, form, refused=refused)
