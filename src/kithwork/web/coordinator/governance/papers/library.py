"""The shared library: handbooks, links, things to borrow; what is new in each, and who has what."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run
from kithwork.governance.access import loan_of, resource_of, resource_version_of
from kithwork.governance.actions.ground import stamp
from kithwork.governance.actions.library import (
    add_resource,
    change_resource,
    give_back,
    lend,
    renew_resource,
    take_out,
)
from kithwork.governance.due import loans_due
from kithwork.governance.queries.papers import (
    KINDS,
    LoanRow,
    ResourceRow,
    ResourceVersionRow,
    library_of,
    loans_of,
    versions_of_resource,
)
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.governance.fields import Dated, Entry, day, later, line, one_of, prose, yes
from kithwork.web.coordinator.governance.papers.files import Titled
from kithwork.web.coordinator.governance.wording import heads_of, plain, standing
from kithwork.web.kit.acting import DONE, OK, ask, done, posted, sure, tried
from kithwork.web.kit.cards import Column, Kind, Link, StateTag, SummaryRow
from kithwork.web.kit.files import file_answer
from kithwork.web.kit.lists import PER_PAGE, Filter, Sorting, asked, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural

_SORTS = {"title": ("title",), "topic": ("topic", "title"), "kind": ("kind", "title"), "renewed": ("renewed",)}
_FILE = "PDF, Word, OpenDocument, text or a picture; up to 25 MB."


class LibraryFilter(Filter):
    q = forms.CharField(label="Search", required=False, max_length=100, help_text="Title, topic or what it is about")
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "All"), *((kind, text.capitalize()) for kind, text in KINDS)]
    )
    state = forms.ChoiceField(
        label="Show", required=False, choices=[("", "In the library"), ("lent", "Lent"), ("ended", "Taken out")]
    )


class ContentForm(forms.Form):
    url = forms.URLField(
        label="The link’s address", required=False, max_length=500, assume_scheme="https", help_text="For a link only."
    )
    upload = forms.FileField(label="The document’s file", required=False, help_text=f"For a document only. {_FILE}")

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if url and not url.startswith(("https://", "http://")):
            raise forms.ValidationError("Write the address of a page, such as https://www.example.org/games")
        return url


class ResourceForm(ContentForm):
    kind = one_of("What is it?", [(kind, text.capitalize()) for kind, text in KINDS])
    title = line("Title", 200)
    about = prose("What is it good for?", 2000, required=False)
    topic = line("Topic", 80, required=False, help_text="For example: Endings, Games, Money.")
    for_mentors = yes("Mentors see it", initial=True)
    field_order = ("kind", "title", "about", "topic", "url", "upload", "for_mentors")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == "document" and not data.get("upload") and "upload" not in self.errors:
            self.add_error("upload", "Choose the document’s file")
        if data.get("kind") == "link" and not data.get("url") and "url" not in self.errors:
            self.add_error("url", "Write the link’s address")
        return data


class RenewForm(ContentForm):
    note = line("What is new?", 500)
    field_order = ("note", "url", "upload")


class ChangeResource(Entry):
    title = line("Title", 200)
    about = prose("What is it good for?", 2000, required=False)
    topic = line("Topic", 80, required=False)
    for_mentors = yes("Mentors see it")


class LendForm(Dated):
    in_order: ClassVar[tuple[tuple[str, str], ...]] = (("lent_on", "due_on"),)
    past: ClassVar[tuple[str, ...]] = ("lent_on",)

    borrower = line("To whom?", 150)
    lent_on = day("Since")
    due_on = later("Back by")


def library_finding(run: Run, today: date) -> str:
    late = sum(due.overdue(today) for due in loans_due(run.service))
    if late:
        return f"{plural(late, 'thing is,things are')} not back in time"
    number = library_of(run.service).filter(ended_on__isnull=True).count()
    return f"{plural(number, 'thing is,things are')} in the library" if number else "The library is empty"


def _cells(row: ResourceRow, today: date) -> tuple[object, ...]:
    lent = getattr(row, "lent", False)
    state: StateTag | str = StateTag("Lent", Kind.BLUE) if lent else ""
    if row.ended_on:
        state = StateTag("Taken out")
    seen = "Yes" if row.for_mentors else "No"
    return (str(row.get_kind_display()).capitalize(), row.topic, getattr(row, "renewed", None), seen, state)


@page(Desk.SERVICE)
def library(request: Signed, slug: str) -> HttpResponse:
    run, today = doors.ground(request, slug), timezone.localdate()
    form = LibraryFilter(request.GET)
    wanted = asked(form)
    rows = library_of(run.service).filter(ended_on__isnull=wanted["state"] != "ended")
    if wanted["state"] == "lent":
        rows = rows.filter(lent=True)
    if wanted["kind"]:
        rows = rows.filter(kind=wanted["kind"])
    for word in wanted["q"].split():
        rows = rows.filter(Q(title__icontains=word) | Q(topic__icontains=word) | Q(about__icontains=word))
    sorting = Sorting(request, _SORTS, "title")
    rows = sorting.apply(rows)
    heads: list[Column | str] = [
        sorting.column("title", "Title"),
        sorting.column("kind", "Kind"),
        sorting.column("topic", "Topic"),
        sorting.column("renewed", "Latest version"),
        "Mentors see it",
        "State",
    ]
    if csv_wanted(request):
        return csv_answer("library", heads_of(heads), ([row.title, *map(plain, _cells(row, today))] for row in rows))
    shown = page_of(request, rows, PER_PAGE)
    context = {
        "run": run,
        "heading": library_finding(run, today),
        "form": form,
        "filtered": any(wanted[name] for name in ("q", "kind", "state")),
        "columns": heads,
        "rows": [(Link(row.title, reverse("resource", args=[slug, row.ref])), *_cells(row, today)) for row in shown],
        "page_obj": shown,
        "csv": csv_address(request),
    }
    return render(request, "coordinator/governance/library.html", context)


@page(Desk.SERVICE, "GET", "POST")
def new_resource(request: Signed, slug: str) -> HttpResponse:
    run, posted = doors.ground(request, slug, write=True), request.method == "POST"
    form = ResourceForm(request.POST if posted else None, request.FILES if posted else None)
    status = OK
    if posted:
        status = tried(form, lambda: _add(request, run, form))
        if status == DONE:
            return done(request, reverse("library", args=[slug]), f"{form.cleaned_data['title']} is in the library.")
    context = {"heading": "Add to the library", "form": form, "action_text": "Save"}
    return render(request, "kit/page.html", context | {"back_href": reverse("library", args=[slug])}, status=status)


def _add(request: Signed, run: Run, form: ResourceForm) -> None:
    add_resource(service=run.service, by=request.user, today=timezone.localdate(), **form.cleaned_data)


def _at(run: Run, row: ResourceRow) -> str:
    return reverse("resource", args=[run.service.slug, row.ref])


@page(Desk.SERVICE)
def resource(request: Signed, slug: str, resource: str) -> HttpResponse:
    """What it is, its versions, and, to those who see people's records, who has it."""
    run, today = doors.ground(request, slug), timezone.localdate()
    found = resource_of(run.service, resource)
    rows = [
        SummaryRow("Kind", str(found.get_kind_display()).capitalize()),
        SummaryRow("Topic", found.topic),
        SummaryRow("What it is good for", found.about),
        SummaryRow("Mentors see it", found.for_mentors),
        SummaryRow("Taken out on", found.ended_on),
    ]
    loans = loans_of(found) if run.coordinates else []
    context = {
        "run": run,
        "resource": found,
        "rows": [row for row in rows if row.value not in (None, "")],
        "version_columns": ["Version", "Added", "What is new", "Where"],
        "versions": [_version(run, found, one) for one in versions_of_resource(found)],
        "loans": [_loan(loan, today) for loan in loans],
        "writes": run.writes and found.ended_on is None,
        "lends": run.coordinates and found.kind == "thing" and found.ended_on is None,
        "out": any(loan.back_on is None for loan in loans),
    }
    return render(request, "coordinator/governance/resource.html", context)


def _version(run: Run, found: ResourceRow, one: ResourceVersionRow) -> tuple[object, ...]:
    where: object = Link(one.url, one.url) if one.url else ""
    if one.file:
        where = Link(one.file_name, reverse("resource_file", args=[run.service.slug, found.ref, one.ref]))
    return (str(one.number), one.on, one.note, where)


def _loan(loan: LoanRow, today: date) -> tuple[object, ...]:
    """Borrower, since when, how it stands, and the number by which it is noted as back."""
    if loan.back_on:
        return (loan.borrower, loan.lent_on, f"Back on {longdate(loan.back_on)}", None)
    return (loan.borrower, loan.lent_on, standing(loan.due_on, today) if loan.due_on else "Not back yet", loan.pk)


@page(Desk.SERVICE, "GET", "POST")
def renew_a_resource(request: Signed, slug: str, resource: str) -> HttpResponse:
    run, posted = doors.ground(request, slug, write=True), request.method == "POST"
    found = resource_of(run.service, resource)
    form = RenewForm(request.POST if posted else None, request.FILES if posted else None)
    for kind, name in (("link", "url"), ("document", "upload")):
        if found.kind != kind:
            del form.fields[name]
        else:
            form.fields[name].required, form.fields[name].help_text = True, _FILE if name == "upload" else ""
    status = OK
    if posted:
        status = tried(form, lambda: _renew(request, found, form), Link("See it as it is now", _at(run, found)))
        if status == DONE:
            return done(request, _at(run, found), "Saved.")
    context = {"heading": f"{found.title}: a newer version", "form": form, "action_text": "Save"}
    return render(request, "kit/page.html", context | {"back_href": _at(run, found)}, status=status)


def _renew(request: Signed, found: ResourceRow, form: RenewForm) -> None:
    given = {"url": "", "upload": None} | form.cleaned_data
    renew_resource(resource=found, by=request.user, today=timezone.localdate(), **given)


@page(Desk.SERVICE, "GET", "POST")
def change_a_resource(request: Signed, slug: str, resource: str) -> HttpResponse:
    run = doors.ground(request, slug, write=True)
    found = resource_of(run.service, resource)
    names = ("title", "about", "topic", "for_mentors")
    initial = {name: getattr(found, name) for name in names} | {"seen": stamp(found)}
    form, seen = ChangeResource(posted(request), initial=initial), request.POST.get("seen", "")
    return ask(
        request, form, lambda: change_resource(resource=found, seen=seen, by=request.user, **form.columns()),
        heading=f"Change {found.title}", button="Save", said="Saved.", to=_at(run, found),
    )  # fmt: skip


@page(Desk.SERVICE, "GET", "POST")
def take_a_resource_out(request: Signed, slug: str, resource: str) -> HttpResponse:
    run = doors.ground(request, slug, write=True)
    found = resource_of(run.service, resource)
    return sure(
        request,
        lambda: take_out(resource=found, by=request.user, today=timezone.localdate()),
        heading=f"Take {found.title} out of the library?",
        text="Mentors no longer see it. Its versions stay.",
        button="Take it out",
        said=f"{found.title} is taken out.",
        to=reverse("library", args=[slug]),
        back=_at(run, found),
    )


@page(Desk.SERVICE, "GET", "POST")
def lend_a_resource(request: Signed, slug: str, resource: str) -> HttpResponse:
    """To whom a thing is lent, which may be a mentor: for those who see people's records."""
    run = doors.people(request, slug)
    found = resource_of(run.service, resource)
    form = LendForm(request.POST if request.method == "POST" else None, initial={"lent_on": timezone.localdate()})
    status = OK
    if request.method == "POST":
        onward = Link("See it as it is now", _at(run, found))
        status = tried(form, lambda: lend(resource=found, by=request.user, **form.cleaned_data), onward)
        if status == DONE:
            return done(request, _at(run, found), "Noted.")
    context = {"heading": f"Lend {found.title}", "form": form, "action_text": "Save", "back_href": _at(run, found)}
    return render(request, "kit/page.html", context, status=status)


@page(Desk.SERVICE, "POST")
def resource_back(request: Signed, slug: str, resource: str, loan: int) -> HttpResponse:
    run = doors.people(request, slug)
    found = resource_of(run.service, resource)
    give_back(loan=loan_of(found, loan), resource=found, by=request.user, today=timezone.localdate())
    return done(request, _at(run, found), f"{found.title} is back.")


@page(Desk.SERVICE)
def resource_file(request: Signed, slug: str, resource: str, version: str) -> HttpResponseBase:
    """The file of a version, to anybody who belongs to the service."""
    run = doors.ground(request, slug)
    found = resource_of(run.service, resource)
    return file_answer(Titled(resource_version_of(found, version), found.title), view="view" in request.GET)
