"""One's training, by a link: beforehand the outline, days and places; afterwards what one thinks of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kithwork.caseload.actions.trainings import say
from kithwork.web.coordinator.mentors.training_forms import OpinionForm
from kithwork.web.kit.acting import DONE, OK, posted, seen_at, tried
from kithwork.web.kit.pages import Desk, page
from kithwork.web.mentee.doors import Purpose, by_link


@page(Desk.MENTEE, "GET", "POST")
@by_link(Purpose.TRAINING)
def own_training(request: HttpRequest, link: Any, token: str) -> HttpResponse:
    """The form opens once the person was noted as there; sent once, the link is spent."""
    row = link.attendance
    training = row.session.training
    if training.cancelled_on or row.mentor.erased_at:
        raise Http404("No such page.")
    there = row.mentor.attendance.filter(session__training=training, state="present").exists()
    form = OpinionForm(posted(request)) if there else None
    status = OK
    if request.method == "POST":
        if form is None:
            raise Http404("No such page.")
        asked = form

        def act() -> None:
            given = asked.cleaned_data
            say(
                attendance=row,
                satisfied=int(given["satisfied"]),
                learnt=int(given["learnt"]),
                said=given["said"],
                on=timezone.localdate(),
                by=None,
                link=link,
                now=timezone.now(),
            )

        status = tried(asked, act)
        if status == DONE:
            return seen_at("/link/thanks/")
    context = {
        "service": training.service,
        "training": training,
        "sessions": list(training.sessions.all()),
        "form": form,
    }
    return render(request, "mentee/training.html", context, status=status)
