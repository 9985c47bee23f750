"""Everybody who works for the service, what is due with each, a new file."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.access import Run
from kithwork.governance.actions.staff import take_on
from kithwork.governance.due import Due, Matter, due_of, near
from kithwork.governance.queries.staff import StaffRow, staff_list
from kithwork.organisations.queries import members_of
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.governance.staff.forms import Noted, StaffForm
from kithwork.web.coordinator.governance.wording import heads_of, plain, standing
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Column, Kind, Link, StateTag, TaskRow
from kithwork.web.kit.lists import PER_PAGE, Filter, Sorting, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural

_SORTS = {"name": ("name",), "role": ("role", "name"), "began": ("began_on",)}
TOPIC = {"protection": "protection", "risk": "managing risk", "volunteers": "managing volunteers"}
WORDS: dict[Matter, tuple[str, Noted]] = {
    Matter.STAFF_REFERENCES: ("Two references", Noted.REFERENCE),
    Matter.STAFF_VETTING: ("Vetting", Noted.VETTING),
    Matter.STAFF_TRAINING: ("Training", Noted.TRAINING),
    Matter.STAFF_INDUCTION: ("Induction", Noted.INDUCTION),
    Matter.STAFF_SUPERVISION: ("Supervision", Noted.SUPERVISION),
    Matter.STAFF_APPRAISAL: ("Appraisal", Noted.APPRAISAL),
}


class StaffFilter(Filter):
    q = forms.CharField(label="Search", required=False, max_length=100, help_text="Name or role")
    state = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("", "Works here"), ("away", "Away today"), ("left", "Has left")],
    )


def due_tasks(dues: Sequence[Due], slug: str, today: date, named: dict[str, str] | None = None) -> list[TaskRow]:
    """What is due, each leading to where it is noted; with names where several people's stand together."""
    rows = []
    for due in near(dues, today):
        text, act = WORDS[due.matter]
        if due.matter is Matter.STAFF_TRAINING:
            text = f"Training in {TOPIC[due.what]}"
        title = f"{named[due.ref]}: {text[0].lower()}{text[1:]}" if named else text
        href = reverse("note_staff", args=[slug, due.ref, act.value])
        rows.append(TaskRow(title, href, state=standing(due.on, today, never="Missing")))
    return rows


def away(row: StaffRow, today: date) -> bool:
    return row.away_from is not None and row.away_from <= today and (row.away_until is None or today <= row.away_until)


def _cells(row: StaffRow, today: date) -> tuple[object, ...]:
    dues = {due.matter: due.on for due in due_of(row, today)}
    if row.ended_on:
        state: StateTag = StateTag("Has left")
    elif away(row, today):
        state = StateTag("Away", Kind.BLUE)
    else:
        number = len(near(due_of(row, today), today))
        state = StateTag(f"{number} due", Kind.AMBER) if number else StateTag("Nothing due", Kind.GREEN)
    upkeep = (dues.get(Matter.STAFF_SUPERVISION), dues.get(Matter.STAFF_APPRAISAL), dues.get(Matter.STAFF_VETTING))
    return (row.role, row.began_on, *upkeep, state)


@page(Desk.SERVICE)
def staff(request: Signed, slug: str) -> HttpResponse:
    """What is due first, then everybody. Leads alone."""
    run, today = doors.ground(request, slug, lead=True), timezone.localdate()
    form = StaffFilter(request.GET)
    wanted = asked(form)
    rows = staff_list(run.service).filter(ended_on__isnull=wanted["state"] != "left")
    if wanted["state"] == "away":
        rows = rows.filter(Q(away_until__isnull=True) | Q(away_until__gte=today), away_from__lte=today)
    for word in wanted["q"].split():
        rows = rows.filter(Q(name__icontains=word) | Q(role__icontains=word))
    sorting = Sorting(request, _SORTS, "name")
    rows = sorting.apply(rows)
    heads: list[Column | str] = [
        sorting.column("name", "Name"),
        sorting.column("role", "Role"),
        sorting.column("began", "Since"),
        "Supervision by",
        "Appraisal by",
        "Vetting until",
        "State",
    ]
    if csv_wanted(request):
        return csv_answer("staff", heads_of(heads), ([row.name, *map(plain, _cells(row, today))] for row in rows))
    shown = page_of(request, rows, PER_PAGE)
    here = list(shown)
    filtered = bool(wanted["q"] or wanted["state"])
    dues = [due for row in here for due in due_of(row, today)]
    context = {
        "run": run,
        "heading": _finding(here, dues, today, filtered=filtered),
        "tasks": due_tasks(dues, slug, today, {row.ref: row.name for row in here}),
        "form": form,
        "filtered": filtered,
        "columns": heads,
        "rows": [(Link(row.name, reverse("staff_file", args=[slug, row.ref])), *_cells(row, today)) for row in here],
        "page_obj": shown,
        "csv": csv_address(request),
    }
    return render(request, "coordinator/governance/staff.html", context)


def _finding(rows: list[StaffRow], dues: list[Due], today: date, *, filtered: bool) -> str:
    """'3 things are due with staff'."""
    if not rows and not filtered:
        return "No staff files are here yet"
    number = len(near(dues, today))
    return f"{plural(number, 'thing is,things are')} due with staff" if number else "Nothing is due with staff"


def accounts(run: Run, found: StaffRow | None = None) -> dict[str, User]:
    """By reference, everybody who can sign in for the service's organisation, and whom the file has already."""
    users = [row.user for row in members_of(run.service.organisation)]
    if found is not None and found.user is not None:
        users.append(found.user)
    return {user.ref: user for user in users}


def columns(form: StaffForm, users: dict[str, User]) -> dict[str, Any]:
    """A staff form's answers as columns."""
    return form.columns() | {"user": users.get(form.cleaned_data["user"])}


@page(Desk.SERVICE, "GET", "POST")
def new_staff(request: Signed, slug: str) -> HttpResponse:
    run = doors.ground(request, slug, lead=True)
    users = accounts(run)
    form = StaffForm(request.POST if request.method == "POST" else None, users)
    status = OK
    made: list[StaffRow] = []
    if request.method == "POST":
        status = tried(form, lambda: made.append(take_on(service=run.service, by=request.user, **columns(form, users))))
        if status == DONE:
            return done(request, reverse("staff_file", args=[slug, made[0].ref]), "Saved.")
    context = {"heading": "Add a member of staff", "form": form, "action_text": "Save"}
    return render(request, "kit/page.html", context | {"back_href": reverse("staff", args=[slug])}, status=status)
