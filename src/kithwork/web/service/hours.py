"""A person's hours of learning: what they come to each year, what is asked, and the lines they write themselves."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.verdict import Refused
from kithwork.courses import actions
from kithwork.courses.access import hours_record_for
from kithwork.courses.completion import HoursKind
from kithwork.courses.hours import HoursRow, Line, lines_of, summed
from kithwork.courses.queries import HoursRecordKind
from kithwork.journeys.access import journeys_of_person
from kithwork.journeys.queries import read_all
from kithwork.procedures.learning import Goal, goals_of
from kithwork.web.kit.cards import Column, Kind, Link, StateTag
from kithwork.web.kit.forms import GovDateField, refuse
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.spreadsheets import csv_address, csv_answer, csv_wanted
from kithwork.web.service import doors
from kithwork.web.templatetags.kit import longdate

ROWS = 50
KINDS = {
    HoursKind.TAUGHT: "Taught",
    HoursKind.SELF_STUDY: "Self-study",
    HoursKind.CPD: "Professional development",
}


def number(value: Decimal) -> str:
    """Hours without idle noughts: '7.5', '6'."""
    return f"{value.normalize():f}" if value else "0"


class HoursForm(forms.Form):
    """One line: what it was, of which kind, on which day, how long."""

    what = forms.CharField(
        label="What was it?",
        max_length=300,
        help_text="Such as 'Workshop on boundaries'. Leave out the names of other people.",
    )
    kind = forms.ChoiceField(
        label="Which kind?", widget=forms.RadioSelect, choices=[(kind.value, words) for kind, words in KINDS.items()]
    )
    day = GovDateField(label="On which day?")
    hours = forms.DecimalField(
        label="How many hours?",
        min_value=Decimal("0.25"),
        max_value=Decimal(24),
        max_digits=4,
        decimal_places=2,
        help_text="A quarter of an hour is 0.25.",
        widget=forms.TextInput({"inputmode": "decimal", "class": "govuk-input--width-4", "spellcheck": "false"}),
    )

    def given(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        given["kind"] = HoursRecordKind(given["kind"])
        return given


@page(Desk.SERVICE)
def hours(request: Signed) -> HttpResponse:
    """Sums by year, held against what is asked; every line, from attendance too. `?format=csv` gives the lines."""
    doors.yourself(request)
    lines = lines_of(request.user)
    years = sorted({line.earned.day.year for line in lines}, reverse=True)
    year = request.GET.get("year", "")
    shown = [line for line in lines if str(line.earned.day.year) == year] if year else lines
    if csv_wanted(request):
        return _csv(shown)
    goals = goals_of(read_all(journeys_of_person(request.user), timezone.localdate()), lines)
    page_obj = Paginator(shown, ROWS).get_page(request.GET.get("page"))
    context = {
        "heading": _heading(goals, lines),
        "goals": [_goal(one) for one in goals],
        "goal_columns": ["What is asked", "When", Column("Hours", numeric=True), "State"],
        "years": [_year(one, lines) for one in years],
        "year_columns": ["Year", *(Column(words, numeric=True) for words in (*KINDS.values(), "Together"))],
        "year": year,
        "columns": ["Day", "What", "Kind", Column("Hours", numeric=True), "Change"],
        "rows": [_row(line) for line in page_obj.object_list],
        "caption": f"Hours in {year}" if year else "All hours, newest first",
        "page_obj": page_obj,
        "csv": csv_address(request),
    }
    return render(request, "service/hours.html", context)


def _heading(goals: Sequence[Goal], lines: Sequence[Line]) -> str:
    open_now = [one for one in goals if not one.met]
    if open_now:
        first = min(open_now, key=lambda one: one.until or date.max)
        by = f" by {longdate(first.until)}" if first.until else ""
        return f"{number(first.done)} of {first.wanted} hours: {first.title}{by}"
    if goals:
        return "You have all the hours that are asked of you"
    return f"{number(summed(lines).total)} hours of learning" if lines else "No hours are written down yet"


def _goal(goal: Goal) -> tuple[object, ...]:
    when = f"Since {longdate(goal.since)}"
    if goal.until:
        when = f"{longdate(goal.since)} to {longdate(goal.until)}"
    tag = StateTag("Reached", Kind.GREEN) if goal.met else StateTag(f"{number(goal.left)} to go", Kind.AMBER)
    name = Link(f"{goal.title}, {goal.scheme}", reverse("journey", args=[goal.ref]))
    return name, when, f"{number(goal.done)} of {goal.wanted}", tag


def _year(year: int, lines: Iterable[Line]) -> tuple[object, ...]:
    sums = summed(line for line in lines if line.earned.day.year == year)
    link = Link(str(year), f"?year={year}")
    return link, number(sums.taught), number(sums.self_study), number(sums.cpd), number(sums.total)


def _row(line: Line) -> tuple[object, ...]:
    change: object = "From attendance"
    if line.record is not None:
        change = Link("Change", reverse("hours_change", args=[line.record.ref]), line.what)
    return longdate(line.earned.day), line.what, KINDS[line.earned.kind], number(line.earned.hours), change


def _csv(lines: Iterable[Line]) -> HttpResponse:
    return csv_answer(
        "hours",
        ("Day", "What", "Kind", "Hours", "From"),
        (
            (
                line.earned.day.isoformat(),
                line.what,
                KINDS[line.earned.kind],
                line.earned.hours,
                "written down" if line.record else "attendance",
            )
            for line in lines
        ),
    )


@page(Desk.SERVICE, "GET", "POST")
def hours_new(request: Signed) -> HttpResponse:
    """Write hours down."""
    doors.yourself(request)
    return _form(request, None, {"day": timezone.localdate(), "kind": HoursKind.CPD})


@page(Desk.SERVICE, "GET", "POST")
def hours_change(request: Signed, record: str) -> HttpResponse:
    """Mend a line of one's own."""
    doors.yourself(request)
    found = hours_record_for(request.user, record)
    return _form(request, found, {"what": found.what, "kind": found.kind, "day": found.day, "hours": found.hours})


def _form(request: Signed, record: HoursRow | None, initial: dict[str, Any]) -> HttpResponse:
    form = HoursForm(request.POST if request.method == "POST" else None, initial=initial)
    status, today = 200, timezone.localdate()
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                if record is None:
                    actions.log_hours(person=request.user, today=today, **form.given())
                else:
                    actions.change_hours(record=record, today=today, **form.given())
            except Refused as because:
                refuse(form, because)
                status = 409
            else:
                messages.success(request, "Your hours are written down." if record is None else "The line is changed.")
                return doors.go("hours")
    context = {
        "heading": "Write hours down" if record is None else "Change these hours",
        "lede": "You see every line, and the awarding body sees the sums.",
        "form": form,
        "action_text": "Save",
        "back_href": reverse("hours"),
        "cancel_href": reverse("hours"),
        "remove": reverse("hours_remove", args=[record.ref]) if record else "",
    }
    return render(request, "service/hours_form.html", context, status=status)


@page(Desk.SERVICE, "GET", "POST")
def hours_remove(request: Signed, record: str) -> HttpResponse:
    """Take a line out, after a question."""
    doors.yourself(request)
    found = hours_record_for(request.user, record)
    if request.method == "POST":
        actions.remove_hours(record=found)
        messages.success(request, "The line is taken out.")
        return doors.go("hours")
    context = {
        "heading": f"Take out {number(found.hours)} hours of {longdate(found.day)}?",
        "text": f"‘{found.what}’ no longer counts. This cannot be undone.",
        "form": forms.Form(),
        "action_text": "Take it out",
        "cancel_href": reverse("hours_change", args=[record]),
    }
    return render(request, "kit/interruption.html", context)
