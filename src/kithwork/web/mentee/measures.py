"""Behind a link: how things are, in one's own figures. Earlier ones are not shown."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.actions import outcomes as act
from kithwork.caseload.queries.outcomes import Whose, current
from kithwork.web.coordinator.outcomes.forms import Answers
from kithwork.web.kit.acting import DONE, OK, posted, seen_at
from kithwork.web.kit.pages import Desk, page
from kithwork.web.mentee.doors import Purpose, by_link
from kithwork.web.mentee.matching import slowly


@page(Desk.MENTEE, "GET", "POST")
@by_link(Purpose.MEASURES)
def link_measures(request: HttpRequest, link: Any, token: str) -> HttpResponse:
    person, today = link.mentor or link.mentee, timezone.localdate()
    measures = current(person.service, Whose.MENTOR if link.mentor else Whose.MENTEE, today)
    if person.left_on is not None or person.erased_at is not None or not measures:
        raise Http404("No such page.")
    form, status = Answers(posted(request), measures=measures, dated=False), OK
    if request.method == "POST":
        status = slowly(
            request, form, lambda: act.give(link=link, values=form.values(), now=timezone.now(), today=today)
        )
        if status == DONE:
            return seen_at(reverse("link_thanks"))
    return render(request, "mentee/measures.html", {"service": person.service, "form": form}, status=status)
