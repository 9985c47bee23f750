"""One staff file: what is due first, what is held, one click to note each thing; and one's own."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.governance.access import own_staff_file, staff_of
from kithwork.governance.actions.ground import stamp
from kithwork.governance.actions.staff import (
    appraise,
    change_staff,
    leave_staff,
    receive_reference,
    supervise_staff,
    train_staff,
    vet_staff,
)
from kithwork.governance.due import due_of
from kithwork.governance.queries.staff import LEVELS, Held, StaffRow, colleagues_of, file_of, held_in
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.governance.fields import Dated
from kithwork.web.coordinator.governance.staff.forms import FORM, HEADING, LEDE, AwayForm, Noted, StaffForm
from kithwork.web.coordinator.governance.staff.lists import accounts, away, columns, due_tasks
from kithwork.web.coordinator.governance.wording import dated
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Kind, Link, StateTag, SummaryRow, TaskRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate

Table = tuple[str, list[str], list[tuple[object, ...]]]


def _about(found: StaffRow, today: date) -> list[SummaryRow]:
    rows = [
        SummaryRow("Role", found.role),
        SummaryRow("Began", found.began_on),
        SummaryRow("Line manager", found.line_manager),
        SummaryRow("Meets mentees one to one", found.one_to_one),
        SummaryRow("Trains mentors", found.trains),
        SummaryRow("Induction", found.inducted_on),
        SummaryRow("ID badge given", found.badge_on),
    ]
    if found.away_from and (found.away_until is None or found.away_until >= today):
        until = f" to {longdate(found.away_until)}" if found.away_until else ""
        cover = f"; {found.cover.name} looks after the work" if found.cover else "; nobody looks after the work yet"
        rows.append(SummaryRow("Away", f"{longdate(found.away_from)}{until}{cover}"))
    if found.ended_on:
        rows.append(SummaryRow("Left on", found.ended_on))
    return rows


def _tables(held: Held, *, own: bool) -> list[Table]:
    """What the file holds. Of their own, people see dates and training; references and notes are the leads'."""
    minutes = [
        (one.on, one.supervisor, StateTag("With minutes", Kind.GREEN) if one.minuted else StateTag("No minutes"))
        for one in held.supervisions
    ]
    level = dict(LEVELS)
    shown: list[Table] = [
        ("Supervision", ["When", "With", "Minutes"], list(minutes)),
        (
            "Appraisals",
            ["When", "By the job description", "Learning needs"],
            [(a.on, "Yes" if a.by_job_description else "No", a.needs or "–") for a in held.appraisals],
        ),
        (
            "Training",
            ["What", "About", "When", "Hours"],
            [(t.title, str(t.get_topic_display()).capitalize(), t.on, f"{float(t.hours):g}") for t in held.trainings],
        ),
        (
            "Vetting",
            ["Date", "Level", "Outcome", "Counts until"],
            [
                (v.on, level[v.level], "May work" if v.clear else "May not work", dated(v.expires_on))
                for v in held.vettings
            ],
        ),
    ]
    if not own:
        refs = [(r.name, r.received_on, "Yes" if r.satisfactory else "No") for r in held.references]
        shown.append(("References", ["From", "Received", "Satisfactory"], list(refs)))
    return [table for table in shown if table[2]]


@page(Desk.SERVICE)
def staff_file(request: Signed, slug: str, staff: str) -> HttpResponse:
    run, today = doors.ground(request, slug, lead=True), timezone.localdate()
    found = file_of(run.service, staff_of(run.service, staff))
    held = held_in(found)
    tasks = due_tasks(due_of(found, today), slug, today)
    notes = [(one.on, one.minutes) for one in held.supervisions if one.minutes]
    context = {
        "run": run,
        "staff": found,
        "heading": f"{found.name}: {_said(found, tasks, today)}",
        "tasks": tasks,
        "rows": _about(found, today),
        "tables": _tables(held, own=False),
        "minutes": notes,
        "appraisals": [(one.on, one.notes) for one in held.appraisals if one.notes],
        "acts": [(HEADING[act], reverse("note_staff", args=[slug, staff, act.value])) for act in Noted],
        "open": found.ended_on is None,
    }
    return render(request, "coordinator/governance/staff_file.html", context)


def _said(found: StaffRow, tasks: list[TaskRow], today: date) -> str:
    if found.ended_on:
        return "has left"
    if away(found, today):
        return "away"
    if not tasks:
        return "nothing is due"
    return "one thing is due" if len(tasks) == 1 else f"{len(tasks)} things are due"


@page(Desk.SERVICE)
def my_file(request: Signed, slug: str) -> HttpResponse:
    """A member of staff's own file: when supervision and appraisal are due, their training."""
    run, today = doors.ground(request, slug), timezone.localdate()
    found = file_of(run.service, own_staff_file(run.service, request.user))
    tasks = [TaskRow(task.title, state=task.state) for task in due_tasks(due_of(found, today), slug, today)]
    context = {
        "run": run,
        "heading": f"Your file: {_said(found, tasks, today)}",
        "tasks": tasks,
        "rows": _about(found, today),
        "tables": _tables(held_in(found), own=True),
    }
    return render(request, "coordinator/governance/my_file.html", context)


@page(Desk.SERVICE, "GET", "POST")
def change_a_file(request: Signed, slug: str, staff: str) -> HttpResponse:
    run = doors.ground(request, slug, lead=True)
    found = staff_of(run.service, staff)
    initial = {name: getattr(found, name) for name in StaffForm.base_fields if name not in {"seen", "user"}}
    initial |= {"seen": stamp(found), "user": found.user.ref if found.user else ""}
    users = accounts(run, found)
    form = StaffForm(request.POST if request.method == "POST" else None, users, initial=initial)
    at, status = reverse("staff_file", args=[slug, staff]), OK
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        status = tried(
            form,
            lambda: change_staff(staff=found, seen=seen, by=request.user, **columns(form, users)),
            Link("See the file as it is now", at),
        )
        if status == DONE:
            return done(request, at, "Saved.")
    context = {"heading": f"Change {found.name}’s file", "form": form, "action_text": "Save", "back_href": at}
    return render(request, "kit/page.html", context, status=status)


def _act(request: Signed, found: StaffRow, act: Noted, data: dict[str, Any]) -> None:
    plain: dict[Noted, Callable[..., object]] = {
        Noted.REFERENCE: receive_reference,
        Noted.TRAINING: train_staff,
        Noted.SUPERVISION: supervise_staff,
        Noted.APPRAISAL: appraise,
        Noted.LEFT: leave_staff,
        Noted.INDUCTION: change_staff,
        Noted.BADGE: change_staff,
    }
    match act:
        case Noted.VETTING:
            vet_staff(staff=found, by=request.user, **(data | {"clear": data["clear"] == "yes"}))
        case Noted.AWAY:
            colleagues = {one.ref: one for one in colleagues_of(found, timezone.localdate())}
            change_staff(staff=found, by=request.user, **(data | {"cover": colleagues.get(data["cover"])}))
        case _:
            plain[act](staff=found, by=request.user, **data)


@page(Desk.SERVICE, "GET", "POST")
def note_staff(request: Signed, slug: str, staff: str, act: str) -> HttpResponse:
    """One thing noted in a file: a reference, a check, a supervision, ..."""
    run, today = doors.ground(request, slug, lead=True), timezone.localdate()
    found = staff_of(run.service, staff)
    if act not in {*Noted}:
        raise Http404("No such page.")
    noted, at = Noted(act), reverse("staff_file", args=[slug, staff])
    form = _form(request, found, noted, today)
    status = OK
    if request.method == "POST":
        onward = Link("See the file as it is now", at)
        status = tried(form, lambda: _act(request, found, noted, form.cleaned_data), onward)
        if status == DONE:
            return done(request, at, "Noted.")
    context = {"heading": f"{found.name}: {HEADING[noted][0].lower()}{HEADING[noted][1:]}", "lede": LEDE.get(noted, "")}
    return render(
        request, "kit/page.html", context | {"form": form, "action_text": "Save", "back_href": at}, status=status
    )


def _form(request: Signed, found: StaffRow, noted: Noted, today: date) -> Dated:
    data = request.POST if request.method == "POST" else None
    if noted is Noted.AWAY:
        cover = found.cover.ref if found.cover else ""
        initial = {"away_from": found.away_from, "away_until": found.away_until, "cover": cover}
        return AwayForm(data, list(colleagues_of(found, today)), initial=initial)
    days = {name: today for name in ("on", "received_on", "inducted_on", "badge_on") if noted is not Noted.VETTING}
    return FORM[noted](data, initial=days)
