"""All courses and other dated things of the body: who waits for an answer, what is coming, how full it is."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.courses.queries import offerings_of_body, offerings_with, schemes_served
from kithwork.web.body import doors
from kithwork.web.body.courses.wording import KINDS, days, standing_tag
from kithwork.web.body.lists import Filter, Sorting, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.cards import Kind, Link, StateTag
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural


class CoursesFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Title or place", max_length=100)
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All"), *KINDS.items()])
    when = forms.ChoiceField(
        label="When",
        required=False,
        choices=[("", "To come, drafts included"), ("past", "Over"), ("cancelled", "Cancelled"), ("all", "All")],
    )
    scheme = forms.ChoiceField(label="Scheme", required=False)
    needs = forms.ChoiceField(
        label="Places",
        required=False,
        choices=[("", "All"), ("asked", "Somebody waits for your answer"), ("waiting", "With a waiting list")],
    )

    def __init__(self, data: Any, schemes: list[str]) -> None:
        super().__init__(data)
        field = self.fields["scheme"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "All"), *((slug, slug) for slug in schemes)]


def _narrowed(rows: QuerySet[Any], wanted: dict[str, Any], today: date) -> QuerySet[Any]:
    match wanted["when"]:
        case "past":
            rows = rows.filter(last_day__lt=today, cancelled_on__isnull=True)
        case "cancelled":
            rows = rows.filter(cancelled_on__isnull=False)
        case "all":
            pass
        case _:
            rows = rows.filter(Q(last_day__gte=today) | Q(last_day__isnull=True), cancelled_on__isnull=True)
    if wanted["kind"]:
        rows = rows.filter(kind=wanted["kind"])
    if wanted["scheme"]:
        rows = rows.filter(scheme=wanted["scheme"])
    if wanted["needs"]:
        rows = rows.filter(**{f"{wanted['needs']}__gt": 0})
    return offerings_with(rows, wanted["q"].split())


def _sorting(request: Signed) -> Sorting:
    undated_last = Case(When(first_day__isnull=True, then=Value(1)), default=Value(0), output_field=IntegerField())
    return Sorting(
        request,
        {
            "first": (undated_last, "first_day"),
            "title": ("title",),
            "kind": ("kind", "first_day"),
            "taken": ("confirmed",),
            "asked": ("asked",),
            "waiting": ("waiting",),
        },
        "first",
    )


def _cells(row: Any, org: str, today: date) -> tuple[object, ...]:
    taken = row.confirmed + row.held
    return (
        Link(row.title, reverse("course", args=[org, row.ref])),
        KINDS[row.kind],
        days(row.first_day, row.last_day),
        f"{taken} of {row.capacity}",
        StateTag(str(row.asked), Kind.AMBER) if row.asked else 0,
        row.waiting,
        standing_tag(row, row.first_day, row.last_day, today),
    )


@page(Desk.BODY)
def courses(request: Signed, org: str) -> HttpResponse:
    """The list; `?format=csv` gives all that is shown, every page of it."""
    body = doors.body(request, org, "breaches")
    today = timezone.localdate()
    everything = offerings_of_body(body, today)
    form = CoursesFilter(request.GET, schemes_served(body))
    wanted = asked(form)
    sorting = _sorting(request)
    rows = sorting.apply(_narrowed(everything, wanted, today))
    if csv_wanted(request):
        return _csv(rows, today)
    shown = page_of(request, rows)
    coming = _narrowed(everything, dict.fromkeys(wanted, ""), today).aggregate(
        asking=Sum("asked"), all=Count("id"), queue=Sum("waiting")
    )
    context = {
        "heading": _heading(coming["asking"] or 0, coming["all"] or 0),
        "waiting": coming["queue"] or 0,
        "places": doors.records(body, "courses"),
        "form": form,
        "filtered": any(value for name, value in wanted.items() if name != "sort"),
        "columns": [
            sorting.column("title", "Title"),
            sorting.column("kind", "Kind"),
            sorting.column("first", "Days"),
            sorting.column("taken", "Places taken", numeric=True),
            sorting.column("asked", "Wait for you", numeric=True),
            sorting.column("waiting", "Waiting list", numeric=True),
            "State",
        ],
        "rows": [_cells(row, org, today) for row in shown.object_list],
        "caption": plural(shown.paginator.count, "course or meeting,courses and meetings"),
        "page_obj": shown,
        "csv": csv_address(request),
        "org": org,
    }
    return render(request, "body/courses/list.html", context)


def _heading(asking: int, coming: int) -> str:
    if asking:
        return f"{plural(asking, 'request for a place waits,requests for places wait')} for your answer"
    if coming:
        return f"No request waits for you; {plural(coming, 'course or meeting is,courses and meetings are')} to come"
    return "No courses or meetings are to come"


def _csv(rows: QuerySet[Any], today: date) -> HttpResponse:
    heads = (
        "Title", "Kind", "First day", "Last day", "Parts", "Places", "Confirmed", "Offered", "Wait for an answer",
        "Waiting list", "State", "Scheme", "Stage",
    )  # fmt: skip
    return csv_answer(
        f"courses-{today.isoformat()}",
        heads,
        (
            (
                row.title,
                KINDS[row.kind],
                row.first_day,
                row.last_day,
                row.sittings,
                row.capacity,
                row.confirmed,
                row.held,
                row.asked,
                row.waiting,
                standing_tag(row, row.first_day, row.last_day, today).word,
                row.scheme,
                row.stage,
            )
            for row in rows
        ),
    )
