"""From an organisation's page to running one of its services here."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kithwork.caseload.actions import practice
from kithwork.organisations.queries import services_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.service.doors import go


@page(Desk.SERVICE, "GET", "POST")
def begin_running(request: Signed, slug: str, service: str) -> HttpResponse:
    """What running the work here means, and one button. Only a lead can begin."""
    place = doors.provider(request, slug, lead=True)
    chosen = next((one for one in services_of(place.organisation) if one.slug == service), None)
    if chosen is None:
        raise Http404("No such page.")
    if request.method == "POST":
        practice.begin(service=chosen, by=request.user, today=timezone.localdate())
        messages.success(request, f"{chosen.name} runs its work here from today.")
        return go("today", chosen.slug)
    return render(request, "coordinator/begin.html", {"place": place, "service": chosen})
