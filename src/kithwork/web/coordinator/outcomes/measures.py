"""What changed for people, in sum; the scales a service measures by; the people behind each."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from datetime import date
from typing import Any

from django import forms
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import measure_of
from kithwork.caseload.actions import outcomes as act
from kithwork.caseload.queries.outcomes import Whose, changes, measured, measures_of, people_measured
from kithwork.core.service.outcomes import way_of
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.outcomes import cards
from kithwork.web.coordinator.outcomes.forms import NewMeasure
from kithwork.web.kit.acting import DONE, OK, done, posted, tried
from kithwork.web.kit.cards import Column, Kind, Link, StateTag
from kithwork.web.kit.lists import Filter, Sorting, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural


class Year(Filter):
    """One year of those in which the service has run."""

    year = forms.TypedChoiceField(label="Year", required=False, coerce=int, empty_value=None)

    def __init__(self, *given: Any, first: int, last: int, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["year"].choices = [(year, str(year)) for year in range(last, first - 1, -1)]  # type: ignore[attr-defined]  # a choice field

    def wanted(self, otherwise: int) -> int:
        return int(asked(self)["year"] or otherwise)


@page(Desk.SERVICE)
def outcomes(request: Signed, slug: str) -> HttpResponse:
    """Each measure over a year, in sum; `?format=csv` gives the table."""
    run, today = doors.ground(request, slug), timezone.localdate()
    span = {"first": min(run.practice.begun_on.year, today.year), "last": today.year}
    year = Year(request.GET, **span).wanted(today.year)
    found = changes(run.service, date(year, 1, 1), date(year, 12, 31))
    rows = [cards.row(one, slug, linked=run.coordinates) for one in found]
    if csv_wanted(request):
        plain = [cards.row(one, slug, linked=False) for one in found]
        return csv_answer(f"outcomes-{year}", cards.HEADS, plain)
    context = {
        "run": run,
        "heading": cards.finding(found, year),
        "form": Year({"year": year}, **span),
        "columns": [Column(head, numeric=at > 1) for at, head in enumerate(cards.HEADS)],
        "rows": rows,
        "caption": f"What changed, {year}",
        "chart": cards.picture(found, year),
        "csv": csv_address(request),
        "any": bool(found) or measures_of(run.service).exists(),
    }
    return render(request, "coordinator/outcomes/list.html", context)


@page(Desk.SERVICE, "GET", "POST")
def measure_new(request: Signed, slug: str) -> HttpResponse:
    """Take up a scale: one that is offered, or one's own."""
    run = doors.people(request, slug)
    form, status, back = NewMeasure(posted(request)), OK, reverse("outcomes", args=[slug])
    if request.method == "POST":
        status = tried(
            form,
            lambda: act.take_up(
                service=run.service,
                whose=Whose(form.cleaned_data["whose"]),
                scale=form.chosen,
                by=request.user,
                today=timezone.localdate(),
            ),
            Link("See what is measured", back),
        )
        if status == DONE:
            return done(request, back, "It can be measured from now on, from each record.")
    context = {
        "form": form,
        "heading": "What will you measure?",
        "back_href": back,
        "button": "Measure it",
        "text": "Its words stay as they are, so that figures can be compared. To ask otherwise, leave it off and begin "
        "another.",
    }
    return render(request, "kit/ask.html", context, status=status)


class PeopleFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Name", max_length=100)
    how = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("", "All"), ("never", "Not asked yet"), ("once", "Asked once"), ("again", "Asked again")],
    )


_SORTS = {
    "name": ("name",),
    "first": (F("first_on").asc(nulls_first=True),),
    "last": (F("last_on").asc(nulls_first=True),),
}


@page(Desk.SERVICE)
def measure(request: Signed, slug: str, measure: str) -> HttpResponse:
    """The people behind a measure: the first figure of each and the latest; `?format=csv` gives all that is shown."""
    run = doors.people(request, slug)
    found = measure_of(run, measure)
    form = PeopleFilter(request.GET)
    wanted = asked(form)
    rows: Any = measured(people_measured(found), wanted["how"])
    for word in wanted["q"].split():
        rows = rows.filter(name__icontains=word)
    sorting = Sorting(request, _SORTS, "name")
    rows = sorting.apply(rows)
    side = "mentor" if found.whose == Whose.MENTOR else "mentee"

    def cells(one: Any) -> tuple[object, ...]:
        again = one.first_on is not None and one.last_on > one.first_on
        way = cards.WAYS[way_of(one.first, one.last, better_low=found.better_low)] if again else ""
        if one.first_on is None:
            way = StateTag("Not asked yet", Kind.AMBER)
        return (way, one.first, one.first_on, one.last if again else None, one.last_on if again else None)

    heads = ("Change", "First", "On", "Latest", "On")
    if csv_wanted(request):
        plain = ((one.name, one.number, *(_text(cell) for cell in cells(one))) for one in rows)
        return csv_answer(f"measure-{found.ref}", ("Name", "Number", *heads), plain)
    shown = page_of(request, rows)
    context = {
        "run": run,
        "measure": found,
        "heading": _stands(found.name, *(people_measured(found).filter(q).count() for q in (Q(first=None), Q()))),
        "form": form,
        "filtered": bool(wanted["q"] or wanted["how"]),
        "columns": [
            sorting.column("name", "Name"),
            Column("Change"),
            Column("First", numeric=True),
            sorting.column("first", "On"),
            Column("Latest", numeric=True),
            sorting.column("last", "On"),
        ],
        "rows": [(Link(one.name, reverse(f"{side}_measures", args=[slug, one.ref])), *cells(one)) for one in shown],
        "caption": plural(shown.paginator.count, side),
        "page_obj": shown,
        "csv": csv_address(request),
    }
    return render(request, "coordinator/outcomes/measure.html", context)


def _stands(name: str, never: int, everybody: int) -> str:
    if not everybody:
        return f"{name}: nobody to ask yet"
    return f"{name}: {never:,} of {everybody:,} not asked yet" if never else f"{name}: everybody was asked"


def _text(cell: object) -> object:
    return cell.word if isinstance(cell, StateTag) else longdate(cell) if isinstance(cell, date) else cell


@page(Desk.SERVICE, "POST")
def measure_end(request: Signed, slug: str, measure: str) -> HttpResponse:
    """Measure by it no longer."""
    run = doors.people(request, slug)
    found = measure_of(run, measure)
    act.leave_off(measure=found, service=run.service, by=request.user, today=timezone.localdate())
    return done(request, reverse("outcomes", args=[slug]), f"‘{found.name}’ is no longer asked. Its figures stay.")
