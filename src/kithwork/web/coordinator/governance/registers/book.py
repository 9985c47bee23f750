"""The pages that every register has: its list, a new entry, one entry. What differs, its `Book` says."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from kithwork.caseload.access import Run
from kithwork.governance.access import entry_of
from kithwork.governance.actions.entries import amend, enter
from kithwork.governance.actions.ground import stamp
from kithwork.governance.queries.entries import Row, entries_of
from kithwork.governance.registers import Register
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.governance.fields import Entry
from kithwork.web.coordinator.governance.wording import plain, said
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Column, Link, SummaryRow
from kithwork.web.kit.lists import PER_PAGE, Filter, Sorting, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page

Rows = QuerySet[Any]


def only(**wanted: object) -> Callable[[Rows, date], Rows]:
    """A filter of a book: the rows that have these values."""
    return lambda rows, today: rows.filter(**wanted)


@dataclass(frozen=True, slots=True)
class Head:
    """A column of the list; `by` are the fields that order it, none when it cannot be sorted by."""

    name: str
    text: str
    by: tuple[Any, ...] = ()
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """What one register is called, asks and shows.

    `cells(row, today, beside)` gives a row's cells without the first, which is `title(row)` and leads to its page;
    `beside(run, rows)` reads what stands elsewhere for the rows of a page, in a constant number of queries.
    `finding(run, today)` is the list's heading.
    """

    register: Register
    title: str
    adds: str  # 'Add a risk'
    lede: str
    empty: str
    form: type[Entry]
    finding: Callable[[Run, date], str]
    names: Callable[[Row], str]
    heads: tuple[Head, ...]
    cells: Callable[[Row, date, Any], Sequence[object]]
    search: tuple[str, ...]
    sort: str
    states: Mapping[str, tuple[str, Callable[[Rows, date], Rows]]] = field(default_factory=dict)
    beside: Callable[[Run, Sequence[Row]], Any] | None = None
    private: bool = False  # may tell of people: for those who see people's records
    start: Callable[[date], dict[str, Any]] = lambda today: {}

    def address(self, slug: str, *more: str) -> str:
        name = f"register_{self.register}" + ("_one" if more else "")
        return reverse(name, args=[slug, *more])


def _door(book: Book, request: Signed, slug: str, *, write: bool = False) -> Run:
    return doors.people(request, slug) if book.private else doors.ground(request, slug, write=write)


def _filter(book: Book, request: Signed) -> Filter:
    form = Filter(request.GET)
    form.fields["q"] = forms.CharField(label="Search", required=False, max_length=100)
    if book.states:
        states = [("", "All"), *((key, text) for key, (text, _) in book.states.items())]
        form.fields["state"] = forms.ChoiceField(label="Show", required=False, choices=states)
    return form


def _listed(book: Book, request: Signed, slug: str) -> HttpResponse:
    """All entries: searched, filtered, sorted, in pages, as CSV."""
    run, today = _door(book, request, slug), timezone.localdate()
    form = _filter(book, request)
    wanted = asked(form)
    rows = entries_of(run.service, book.register)
    for word in str(wanted["q"]).split():
        rows = rows.filter(reduce(or_, (Q(**{f"{name}__icontains": word}) for name in book.search)))
    if state := wanted.get("state"):
        rows = book.states[state][1](rows, today)
    sorting = Sorting(request, {head.name: head.by for head in book.heads if head.by}, book.sort)
    rows = sorting.apply(rows)
    if csv_wanted(request):
        every = list(rows)
        return csv_answer(book.register, [head.text for head in book.heads], _plain(book, run, every, today))
    shown = page_of(request, rows, PER_PAGE)
    filtered = bool(wanted["q"] or wanted.get("state"))
    context = {
        "run": run,
        "book": book,
        "heading": book.finding(run, today),
        "form": form,
        "filtered": filtered,
        "columns": [_column(sorting, head) for head in book.heads],
        "rows": _linked(book, run, list(shown), today),
        "page_obj": shown,
        "csv": csv_address(request),
        "writes": run.coordinates if book.private else run.writes,
        "new": reverse(f"register_{book.register}_new", args=[slug]),
    }
    return render(request, "coordinator/governance/book.html", context)


def _column(sorting: Sorting, head: Head) -> Column:
    return sorting.column(head.name, head.text, numeric=head.numeric) if head.by else Column(head.text, head.numeric)


def _cells(book: Book, run: Run, rows: list[Row], today: date) -> list[tuple[Row, Sequence[object]]]:
    beside = book.beside(run, rows) if book.beside else None
    return [(row, book.cells(row, today, beside)) for row in rows]


def _linked(book: Book, run: Run, rows: list[Row], today: date) -> list[tuple[object, ...]]:
    slug = run.service.slug
    return [
        (Link(book.names(row), book.address(slug, row.ref)), *cells) for row, cells in _cells(book, run, rows, today)
    ]


def _plain(book: Book, run: Run, rows: list[Row], today: date) -> list[list[str]]:
    return [[book.names(row), *map(plain, cells)] for row, cells in _cells(book, run, rows, today)]


def _new(book: Book, request: Signed, slug: str) -> HttpResponse:
    run, today = _door(book, request, slug, write=True), timezone.localdate()
    form = book.form(request.POST if request.method == "POST" else None, initial=book.start(today))
    status = OK
    if request.method == "POST":
        status = tried(
            form, lambda: enter(register=book.register, service=run.service, by=request.user, **form.columns())
        )
        if status == DONE:
            return done(request, book.address(slug), "Saved.")
    context = {"heading": book.adds, "form": form, "action_text": "Save", "back_href": book.address(slug)}
    return render(request, "kit/page.html", context, status=status)


def _one(book: Book, request: Signed, slug: str, entry: str) -> HttpResponse:
    """One entry: to those who may write a form with what stands there, to others what it says."""
    run = _door(book, request, slug, write=request.method == "POST")
    row: Row = entry_of(run.service, book.register, entry)
    if not run.writes:
        return _read(book, request, run, row)
    initial = {name: getattr(row, name) for name in book.form.base_fields if name != "seen"}
    form = book.form(request.POST if request.method == "POST" else None, initial=initial | {"seen": stamp(row)})
    status = OK
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        status = tried(
            form,
            lambda: amend(register=book.register, entry=row, seen=seen, by=request.user, **form.columns()),
            Link("See how it stands now", book.address(slug, entry)),
        )
        if status == DONE:
            return done(request, book.address(slug), "Saved.")
    context = {
        "heading": book.names(row),
        "lede": book.title,
        "form": form,
        "action_text": "Save",
        "back_href": book.address(slug),
    }
    return render(request, "kit/page.html", context, status=status)


def _read(book: Book, request: Signed, run: Run, row: Row) -> HttpResponse:
    fields = [(name, one) for name, one in book.form.base_fields.items() if name != "seen"]
    rows = [SummaryRow(one.label or name, said(one, getattr(row, name))) for name, one in fields]
    context = {"book": book, "heading": book.names(row), "rows": rows, "back": book.address(run.service.slug)}
    return render(request, "coordinator/governance/entry.html", context)


def pages_of(book: Book) -> list[URLPattern]:
    """The addresses of a register."""

    @page(Desk.SERVICE)
    def listed(request: Signed, slug: str) -> HttpResponse:
        return _listed(book, request, slug)

    @page(Desk.SERVICE, "GET", "POST")
    def new(request: Signed, slug: str) -> HttpResponse:
        return _new(book, request, slug)

    @page(Desk.SERVICE, "GET", "POST")
    def one(request: Signed, slug: str, entry: str) -> HttpResponse:
        return _one(book, request, slug, entry)

    at, name = f"run/<slug:slug>/service/{book.register}/", f"register_{book.register}"
    return [
        path(at, listed, name=name),
        path(f"{at}new/", new, name=f"{name}_new"),
        path(f"{at}<slug:entry>/", one, name=f"{name}_one"),
    ]
