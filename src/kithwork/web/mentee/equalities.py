"""Behind a link: who one is, as far as one likes to say. What was answered is never shown again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.actions import equalities as act
from kithwork.web.coordinator.equalities.forms import Equalities
from kithwork.web.kit.acting import DONE, OK, posted, seen_at
from kithwork.web.kit.pages import Desk, page
from kithwork.web.mentee.doors import Purpose, by_link
from kithwork.web.mentee.matching import slowly


@page(Desk.MENTEE, "GET", "POST")
@by_link(Purpose.EQUALITIES)
def link_equalities(request: HttpRequest, link: Any, token: str) -> HttpResponse:
    person = link.mentor or link.mentee
    if person.left_on is not None or person.erased_at is not None:
        raise Http404("No such page.")
    form, status = Equalities(posted(request)), OK
    if request.method == "POST":
        status = slowly(request, form, lambda: act.answer(link=link, given=form.given, now=timezone.now()))
        if status == DONE:
            return seen_at(reverse("link_thanks"))
    return render(request, "mentee/equalities.html", {"service": person.service, "form": form}, status=status)
