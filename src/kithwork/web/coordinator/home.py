"""The first page of the desk, and the page of the service itself."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from datetime import date

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run
from kithwork.caseload.queries.concerns import OpenConcerns, open_figures
from kithwork.caseload.queries.lines import all_of, lines_of, number_of
from kithwork.caseload.queries.today import AS_ONE, Matter, anybody, asks, needed
from kithwork.governance.due import Due, insurance_due, near, policies_due, risk_actions_due, uncovered
from kithwork.web.coordinator import doors, todo
from kithwork.web.coordinator.governance import overview
from kithwork.web.kit.cards import Column, Kind, Link, StateTag, TaskRow
from kithwork.web.kit.lists import Filter, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural

MOST = 5  # of a kind; the list of it holds the rest
ABOUT = 30  # days before its date from which something about the service stands here; its own page shows it earlier


@page(Desk.SERVICE)
def today(request: Signed, slug: str) -> HttpResponse:
    """What needs somebody, in the order of harm; concerns only for those who answer for safeguarding."""
    run, day = doors.people(request, slug), timezone.localdate()
    run.practice.service = run.service
    concerns = open_figures(run.service) if run.safeguards else OpenConcerns(0, 0, 0, None)
    found = needed(run.practice, day, MOST)
    service, late = _about(run, day)
    number, overdue = todo.counted(found, [(concerns.open, concerns.untaken), (len(service), late)])
    context = {
        "run": run,
        "heading": todo.finding(number, overdue),
        "concerns": todo.concern_rows(concerns, slug),
        "groups": todo.groups_of(found, slug, day, MOST),
        "about": service,
        "begun": bool(found) or anybody(run.service),
    }
    return render(request, "coordinator/today.html", context)


def _about(run: Run, day: date) -> tuple[list[TaskRow], int]:
    """What is due about the service itself, and how much of it is late: policies, insurance, what was agreed against
    risks, staff away uncovered.
    """
    slug = run.service.slug
    held = [*policies_due(run.service), *insurance_due(run.service, day), *risk_actions_due(run.service)]
    dues: list[Due] = overview.merged(near(held, day, ABOUT))
    rows = [overview.task_of(due, slug, day) for due in dues]
    for one in uncovered(run.service, day):
        href = reverse("note_staff", args=[slug, one.ref, "away"]) if run.leads else ""
        hint = f"Since {longdate(one.away_from)}" + ("" if href else ". A lead can say who covers.")
        rows.append(TaskRow(f"Say who covers for {one.name}", href, hint, StateTag("Not covered", Kind.RED)))
    return rows, sum(due.overdue(day) for due in dues)


class AllFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Name", max_length=100)


@page(Desk.SERVICE)
def today_all(request: Signed, slug: str, matter: str) -> HttpResponse:
    """Everything of one kind, of which Today shows the first few."""
    run, day = doors.people(request, slug), timezone.localdate()
    run.practice.service = run.service
    kind = Matter(matter) if matter in set(Matter) - AS_ONE else None
    ask = asks(run.practice, day).get(kind) if kind else None
    if kind is None or ask is None:
        raise Http404("No such page.")
    form = AllFilter(request.GET)
    wanted = asked(form)
    rows = all_of(ask, wanted["q"])
    if csv_wanted(request):
        lines = lines_of(ask, rows.iterator(2000))
        return csv_answer(
            f"{kind}-{day.isoformat()}",
            ("What", "Day", "Who", "With"),
            ((todo.task(kind, line, slug, day).title, line.day, line.name, line.other) for line in lines),
        )
    shown = page_of(request, rows, number=number_of(ask, wanted["q"]))
    tasks = [todo.task(kind, line, slug, day) for line in lines_of(ask, shown)]
    context = {
        "run": run,
        "heading": plural(shown.paginator.count, todo.SAY[kind].all),
        "form": form,
        "filtered": bool(wanted["q"]),
        "columns": [Column("What"), Column("When"), Column("State")],
        "rows": [(Link(one.title, one.href), one.hint, one.state) for one in tasks],
        "page_obj": shown,
        "csv": csv_address(request),
    }
    return render(request, "coordinator/today_all.html", context)


@page(Desk.SERVICE)
def the_service(request: Signed, slug: str) -> HttpResponse:
    """What is due about the service, then the rooms in which things stand."""
    run, today = doors.ground(request, slug), timezone.localdate()
    dues = overview.due_about(run, today)
    hidden = len(dues) - overview.MOST
    context = {
        "run": run,
        "heading": overview.finding(dues),
        "tasks": [overview.task_of(due, slug, today) for due in dues[: overview.MOST]],
        "more": f"{hidden} more stand in the rooms below." if hidden > 0 else "",
        "rooms": overview.rooms(run, request.user, today),
    }
    return render(request, "coordinator/the_service.html", context)
