"""Behind a link: the four questions of a review, in plain words."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.actions import reviews as act
from kithwork.caseload.queries.matches import Degree, State, plan_of, state_of
from kithwork.caseload.queries.outcomes import Whose, current
from kithwork.web.coordinator.outcomes.forms import Scales
from kithwork.web.kit.acting import DONE, OK, posted, seen_at
from kithwork.web.kit.pages import Desk, page
from kithwork.web.mentee.doors import Purpose, by_link
from kithwork.web.mentee.matching import slowly

YES_NO = (("yes", "Yes"), ("no", "No"))


class Review(Scales):
    scales_title = "How are things with you?"
    scales_say = "There is no right answer. Leave out what you do not want to answer."
    achieved = forms.ChoiceField(
        label="1. Are you getting what you hoped for?",
        choices=[("not", "Not yet"), ("partly", "A little"), ("mostly", "Mostly"), ("wholly", "Yes, all of it")],
        widget=forms.RadioSelect,
    )
    aims = forms.CharField(
        label="Would you like to say more?", required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    goes_on = forms.TypedChoiceField(
        label="2. Do you want to go on meeting?",
        choices=YES_NO,
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    needed = forms.TypedChoiceField(
        label="3. Do you still need us?", choices=YES_NO, coerce=lambda value: value == "yes", widget=forms.RadioSelect
    )
    of_service = forms.CharField(
        label="4. What do you think of us?",
        required=False,
        max_length=4000,
        help_text="What is good, and what should be better",
        widget=forms.Textarea({"rows": 4}),
    )


@page(Desk.MENTEE, "GET", "POST")
@by_link(Purpose.REVIEW)
def link_review(request: HttpRequest, link: Any, token: str) -> HttpResponse:
    match, today = link.match, timezone.localdate()
    if state_of(match, today) not in (State.RUNNING, State.ENDING):
        raise Http404("No such page.")
    measures = current(match.service, Whose.MENTEE, today)
    form, status = Review(posted(request), measures=measures), OK
    if request.method == "POST":
        status = slowly(request, form, lambda: _give(link, form))
        if status == DONE:
            return seen_at(reverse("link_thanks"))
    plan = plan_of(match)
    context = {
        "service": match.service,
        "practice": match.service.practice,
        "form": form,
        "aims": plan.aims if plan else "",
        "other": match.mentor.known_as or match.mentor.name.split()[0],
    }
    return render(request, "mentee/review.html", context, status=status)


def _give(link: Any, form: Review) -> None:
    given = form.rest()
    degree, today = Degree(given.pop("achieved")), timezone.localdate()
    act.give(link=link, achieved=degree, now=timezone.now(), today=today, measured=form.values(), **given)
