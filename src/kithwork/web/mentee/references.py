"""A referee's page: who asks, about whom, and the service's questions. The link is the door."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kithwork.caseload.actions.references import give
from kithwork.core.service import asked as usual
from kithwork.web.coordinator.mentors.forms import QuestionsForm
from kithwork.web.kit.acting import DONE, OK, posted, seen_at, tried
from kithwork.web.kit.pages import Desk, page
from kithwork.web.mentee.doors import Purpose, by_link, hushed


@page(Desk.MENTEE, "GET", "POST")
@by_link(Purpose.REFERENCE)
def give_reference(request: HttpRequest, link: Any, token: str) -> HttpResponse:
    """Every question can be left empty, but not all. Sent once, the link is spent."""
    reference = link.reference
    mentor = reference.mentor
    if reference.received_on or mentor.left_on or mentor.erased_at:
        raise Http404("No such page.")  # it came on paper, or is no longer asked for
    service = mentor.service
    form = QuestionsForm(posted(request), service.practice.reference_questions or usual.REFERENCE)
    status = OK
    if request.method == "POST":
        status = tried(form, lambda: give(link=link, answers=form.answers, now=timezone.now()))
        if status == DONE:
            return seen_at("/link/thanks/")
    context = {"service": service, "applicant": mentor.name, "reference": reference, "form": form, "link": link}
    return render(request, "mentee/reference.html", context, status=status)


@page(Desk.MENTEE)
def link_thanks(request: HttpRequest) -> HttpResponse:
    """After an answer by a link that is spent with it."""
    return hushed(render(request, "mentee/thanks.html"))
