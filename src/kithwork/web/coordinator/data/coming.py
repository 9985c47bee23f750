"""Bringing in a spreadsheet: the file, its columns, the check, and then all of it or nothing."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run, import_of
from kithwork.caseload.actions import moving
from kithwork.caseload.queries.moving import ImportKind, ImportRow, imports_of
from kithwork.core.tables import Kind, Table
from kithwork.core.verdict import Refused
from kithwork.procedures import importing
from kithwork.procedures.importing import FIELDS, Plan
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.data.forms import BringForm, ColumnsForm, TakeForm
from kithwork.web.kit.acting import CLASH, DONE, FAULTY, OK, done, posted, seen_at, tried
from kithwork.web.kit.cards import Kind as Colour
from kithwork.web.kit.cards import Link, StateTag, SummaryRow
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.lists import csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import clock, plural

SHOWN = 100  # faults on the page; all of them are in the CSV
_ONE = {"mentees": "mentee", "mentors": "mentor", "matches": "match,matches", "contacts": "contact"}
_EXAMPLE = {
    Kind.DAY: "5 March 2026", Kind.NUMBER: "60", Kind.YES: "yes", Kind.PHONE: "01632 960123", Kind.SLOTS: "Mon am",
    Kind.EMAIL: "name@example.org", Kind.POSTCODE: "LL57 2DG", Kind.LIST: "chess, walking",
}  # fmt: skip


def _state(one: ImportRow) -> StateTag:
    if one.undone_at:
        return StateTag("Taken back", Colour.GREY)
    return StateTag("Brought in", Colour.GREEN) if one.brought_at else StateTag("Being looked at", Colour.BLUE)


@page(Desk.SERVICE, "GET", "POST")
def imports(request: Signed, slug: str) -> HttpResponse:
    """A new file, and those that came before."""
    run = doors.people(request, slug)
    form = TakeForm(posted(request), request.FILES or None)
    status = OK
    if request.method == "POST":
        held: list[ImportRow] = []
        status = tried(form, lambda: held.append(_take(run, form, request)))
        if status == DONE:
            return seen_at(reverse("import", args=[slug, held[0].ref]))
        status = FAULTY  # a file that cannot be read is a faulty answer, not a later state
    shown = page_of(request, imports_of(run.service))
    rows = [
        (Link(one.file_name, reverse("import", args=[slug, one.ref])), one.get_kind_display().capitalize(), _state(one),
         clock(one.brought_at or one.at), one.by.name if one.by else "")
        for one in shown
    ]  # fmt: skip
    number = shown.paginator.count
    context = {
        "run": run,
        "heading": f"{plural(number, 'spreadsheet')} read so far"
        if number
        else "Bring in what you have in spreadsheets",
        "form": form,
        "columns": ("File", "What", "State", "When", "By"),
        "rows": rows,
        "page_obj": shown,
        "examples": [(str(kind.label), reverse("import_example", args=[slug, kind])) for kind in ImportKind],
    }
    return render(request, "coordinator/data/imports.html", context, status=status)


def _take(run: Run, form: TakeForm, request: Signed) -> ImportRow:
    upload = form.cleaned_data["upload"]
    return importing.take_up(
        service=run.service,
        kind=form.cleaned_data["kind"],
        content=upload.read(),
        file_name=(upload.name or "file")[-200:],
        by=request.user,
        now=timezone.now(),
    )


@page(Desk.SERVICE)
def import_example(request: Signed, slug: str, kind: str) -> HttpResponse:
    """An empty table with every column, and one line that shows what belongs there."""
    doors.people(request, slug)
    if kind not in FIELDS:
        raise Http404("No such page.")
    fields = [field for field in FIELDS[kind] if field.name not in ("given", "family")]
    line = [
        next(iter(field.choices.values()))[0] if field.choices else _EXAMPLE.get(field.kind, "") for field in fields
    ]
    return csv_answer(f"{kind}-example", [field.label for field in fields], [line])


@page(Desk.SERVICE, "GET", "POST")
def one_import(request: Signed, slug: str, imported: str) -> HttpResponse:
    """While it is looked at: which column means what. Once brought in: what came of it."""
    run = doors.people(request, slug)
    row = import_of(run, imported)
    if row.brought_at is not None:
        if request.method == "POST":
            raise Refused("This file has been brought in already.")
        return _brought(request, run, row)
    book, table = importing.look_at(row)
    initial = ColumnsForm.initial_of(row.mapping, row.sheet, table.row)
    form = ColumnsForm(posted(request), kind=row.kind, book=book, table=table, initial=initial)
    if request.method == "POST":
        if _looks_elsewhere(row, table, request, form):
            return seen_at(reverse("import", args=[slug, imported]))
        status = tried(form, lambda: moving.set_up(imported=row, mapping=form.mapping))
        if status == DONE:
            return seen_at(reverse("import_check", args=[slug, imported]))
    else:
        status = OK
    known = sum(1 for name in row.mapping if name)
    context = {
        "run": run,
        "row": row,
        "heading": f"{plural(known, 'column is,columns are')} understood in {plural(len(table.lines), 'row')}",
        "form": form,
        "notes": book.notes,
        "columns": [heading.name for heading in table.headings],
        "rows": [[_cell(line.cell(one.at)) for one in table.headings] for line in table.lines[:5]],
        "before": importing.same_file(row),
    }
    return render(request, "coordinator/data/columns.html", context, status=status)


def _cell(value: object) -> str:
    text = (
        f"{value:%d/%m/%Y}" if isinstance(value, date) else str(getattr(value, "shown", "" if value is None else value))
    )
    return f"{text[:60]}…" if len(text) > 60 else text


def _looks_elsewhere(row: ImportRow, table: Table, request: Signed, form: ColumnsForm) -> bool:
    """Another sheet or heading row was asked for: its columns are guessed anew."""
    sheet, heading = request.POST.get("sheet", str(row.sheet)), request.POST.get("heading_row", "")
    if not sheet.isdecimal() or not heading.isdecimal() or not 0 < int(heading) <= 100_000:
        return False
    if (int(sheet), int(heading)) == (row.sheet, table.row):
        return False
    book = importing.taken_up(row)
    if int(sheet) >= len(book.sheets):
        return False
    asked = int(heading) if int(heading) != table.row else None
    number, found = importing.table_in(book, row.kind, int(sheet), asked)
    moving.set_up(imported=row, sheet=number, heading_row=asked, mapping=importing.guess(row.kind, found))
    return True


@page(Desk.SERVICE, "GET", "POST")
def import_check(request: Signed, slug: str, imported: str) -> HttpResponse:
    """The dry run: each fault with its cell, who is here already, what would come in. And then bringing it in."""
    run = doors.people(request, slug)
    row = import_of(run, imported)
    at = reverse("import", args=[slug, imported])
    if row.brought_at is not None:
        if request.method == "POST":
            raise Refused("This file has been brought in already.")
        return seen_at(at)
    plan = importing.check(row, timezone.localdate())
    if csv_wanted(request):
        return csv_answer("faults", ("Row", "Column", "Heading", "What is wrong"), _fault_lines(plan))
    form = BringForm(posted(request), plan=plan)
    status = OK
    if request.method == "POST":
        status = tried(form, lambda: _bring(run, row, form, request), Link("See how it stands now", request.path))
        if status == DONE:
            return done(request, at, "Brought in.")
    context = {"run": run, "row": row, "form": form, "back_href": at, "csv": csv_address(request), **_shown(plan)}
    return render(request, "coordinator/data/check.html", context, status=status)


def _bring(run: Run, row: ImportRow, form: BringForm, request: Signed) -> ImportRow:
    return importing.bring_in(
        imported=row,
        practice=run.practice,
        answers=form.answers,
        skip_faulty=bool(form.cleaned_data.get("skip_faulty")),
        by=request.user,
        now=timezone.now(),
        today=timezone.localdate(),
    )


def _here(plan: Plan) -> str:
    """How many rows look like something on record; which, where it is one alone."""
    one = plan.twins[0]
    return (
        f"Row {one.row}: {one.shown}, like {one.like.shown}" if len(plan.twins) == 1 else plural(len(plan.twins), "row")
    )


def _fault_lines(plan: Plan) -> Iterator[tuple[object, ...]]:
    return ((fault.row, fault.column, fault.heading, fault.message) for fault in plan.faults)


def _shown(plan: Plan) -> dict[str, Any]:
    sound = plan.read - plan.faulty
    word = _ONE[plan.kind]
    said = f"{plural(sound, 'row is,rows are')} sound"
    said += f"; {plan.faulty} {'has a fault' if plan.faulty == 1 else 'have faults'}" if plan.faulty else ""
    fixed = [twin for twin in plan.twins if twin.fixed]
    return {
        "heading": said if plan.read else "Nothing in this file can be brought in as it stands",
        "facts": [
            SummaryRow("Would be brought in", plural(len(plan.new), word)),
            *([SummaryRow("Here already", _here(plan))] if plan.twins else []),
            *([SummaryRow("Faulty", plural(plan.faulty, "row"))] if plan.faulty else []),
            *([SummaryRow("Left out", [f"Row {number}: {why}" for number, why in plan.left_out[:20]])]
              if plan.left_out else []),
            *([SummaryRow("Still running here", [f"Row {twin.row}: {twin.shown}" for twin in fixed[:20]])]
              if fixed else []),
            *([SummaryRow("How it was read", plan.notes)] if plan.notes else []),
        ],
        "columns": ("Row", "Column", "What is wrong, and what to do"),
        "rows": [
            (str(fault.row), f"{fault.column} {fault.heading}".strip(), fault.message) for fault in plan.faults[:SHOWN]
        ],
        "more": len(plan.faults) - SHOWN if len(plan.faults) > SHOWN else 0,
        "any": bool(plan.new or plan.twins),
    }  # fmt: skip


def _brought(request: Signed, run: Run, row: ImportRow) -> HttpResponse:
    made = sum(len(keys) for keys in list(row.made.values())[:1])
    said = plural(made, _ONE[row.kind])
    because = "" if row.undone_at else moving.hanging(row)
    facts = [
        SummaryRow("File", row.file_name),
        SummaryRow("Read", plural(row.rows, "row")),
        SummaryRow("Brought in", said),
        *([SummaryRow("Filled in", plural(len(row.filled), "record"))] if row.filled else []),
        *([SummaryRow("Left out", plural(row.skipped, "row"))] if row.skipped else []),
        SummaryRow("When", clock(row.brought_at)),
        *([SummaryRow("By", row.by.name)] if row.by else []),
        *([SummaryRow("Taken back", clock(row.undone_at))] if row.undone_at else []),
    ]
    context = {
        "run": run,
        "row": row,
        "heading": f"{said} taken back" if row.undone_at else f"{said} brought in",
        "facts": facts,
        "because": because,
    }
    return render(request, "coordinator/data/brought.html", context)


@page(Desk.SERVICE, "GET", "POST")
def import_undo(request: Signed, slug: str, imported: str) -> HttpResponse:
    """Take back all that a file brought in. It asks first."""
    run = doors.people(request, slug)
    row = import_of(run, imported)
    at = reverse("import", args=[slug, imported])
    if row.brought_at is None or row.undone_at is not None:
        raise Refused("There is nothing to take back.")
    form = forms.Form(posted(request))
    status = OK
    if request.method == "POST":
        try:
            moving.undo(imported=row, by=request.user, now=timezone.now())
        except Refused as refused:
            refuse(form, refused, Link("See how it stands now", at))
            status = CLASH
        else:
            return done(request, at, "Taken back.")
    made = sum(len(keys) for keys in list(row.made.values())[:1])
    context = {
        "heading": f"Take back {plural(made, _ONE[row.kind])}?",
        "text": "Every record that came from this file is deleted, and what it filled in is emptied again. "
        "The file itself is not kept here.",
        "form": form,
        "action_text": "Yes, take them back",
        "cancel_href": at,
    }
    return render(request, "kit/interruption.html", context, status=status)


@page(Desk.SERVICE, "POST")
def import_discard(request: Signed, slug: str, imported: str) -> HttpResponse:
    """Forget a file that was only looked at."""
    run = doors.people(request, slug)
    moving.throw_away(imported=import_of(run, imported))
    return done(request, reverse("imports", args=[slug]), "Thrown away. Nothing was brought in.")
