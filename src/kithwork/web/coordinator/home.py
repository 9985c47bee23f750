"""The first page of the desk, and the page of the service itself."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kithwork.web.coordinator import doors
from kithwork.web.coordinator.governance import overview
from kithwork.web.kit.pages import Desk, Signed, page


@page(Desk.SERVICE)
def today(request: Signed, slug: str) -> HttpResponse:
    run = doors.people(request, slug)
    return render(request, "coordinator/today.html", {"run": run})


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
