"""The shared library, as a mentor sees it: what their services share, and what can be borrowed."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from kithwork.governance.access import resource_for_mentor
from kithwork.governance.queries.papers import ResourceRow, library_for_mentors, newest_of
from kithwork.organisations.models import Service
from kithwork.web.coordinator.governance.papers.files import Titled
from kithwork.web.kit.cards import Kind, Link, StateTag
from kithwork.web.kit.files import file_answer
from kithwork.web.kit.lists import PER_PAGE, page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.mentor import doors


def _services(request: Signed) -> list[Service]:
    """The services for which this person mentors; 404 for whoever mentors nowhere."""
    return [mentor.service for mentor in doors.mentors(request)]


def _where(row: ResourceRow) -> Link | StateTag | str:
    """Where a thing is to be had."""
    if row.kind == "document":
        return Link("Download", reverse("mentor_library_file", args=[row.ref]), f"‘{row.title}’")
    if row.kind == "link":
        return Link("Open the page", getattr(row, "url", ""), f"‘{row.title}’")
    return StateTag("Lent", Kind.GREY) if getattr(row, "lent", False) else "Ask to borrow it"


@page(Desk.MENTOR)
def mentor_library(request: Signed) -> HttpResponse:
    """Everything shared with mentors, by topic."""
    services = _services(request)
    shown = page_of(request, library_for_mentors(services), PER_PAGE)
    several = len(services) > 1
    columns = ["What it is", "What it is good for", "Topic", *(["Service"] if several else []), "Where"]
    rows = [(row.title, row.about, row.topic, *([row.service.name] if several else []), _where(row)) for row in shown]
    context = {"columns": columns, "rows": rows, "page_obj": shown}
    return render(request, "mentor/library.html", context)


@page(Desk.MENTOR)
def mentor_library_file(request: Signed, resource: str) -> HttpResponseBase:
    """The newest version of a document that mentors may see."""
    found = resource_for_mentor(_services(request), resource)
    newest = newest_of(found)
    if newest is None:
        raise Http404("No such page.")
    return file_answer(Titled(newest, found.title), view="view" in request.GET)
