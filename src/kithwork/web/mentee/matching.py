"""Behind a link: whether to meet somebody, and what was agreed. Plain words, no account."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.actions import agreements as signing
from kithwork.caseload.actions import matches as act
from kithwork.caseload.queries.matches import State, agreement_of, state_of
from kithwork.caseload.queries.mentoring import first_name
from kithwork.core.verdict import Refused
from kithwork.web.coordinator.matches.agreeing import terms
from kithwork.web.kit.acting import DONE, OK, posted, seen_at, tried
from kithwork.web.kit.forms import refusal
from kithwork.web.kit.pages import Desk, page
from kithwork.web.kit.throttle import TOO_MANY, TOO_OFTEN, slowed
from kithwork.web.mentee.doors import Purpose, by_link


class Meet(forms.Form):
    answer = forms.ChoiceField(
        label="Would you like to meet?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    because = forms.CharField(
        label="If not, would you like to say why?", max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )


def slowly(request: HttpRequest, form: forms.Form, act_now: Any) -> int:
    """Act, unless too much came from this address within the hour."""
    if form.is_valid() and slowed(request):
        form.add_error(None, TOO_OFTEN)
        return TOO_MANY
    return tried(form, act_now)


@page(Desk.MENTEE, "GET", "POST")
@by_link(Purpose.MATCH)
def link_meet(request: HttpRequest, link: Any, token: str) -> HttpResponse:
    """Who the other is, why the service thinks they fit, and yes or no."""
    match, today = link.match, timezone.localdate()
    if state_of(match, today) is not State.PROPOSED or getattr(match, f"{link.side}_answer"):
        raise Http404("No such page.")
    form, status = Meet(posted(request)), OK
    if request.method == "POST":
        status = slowly(
            request,
            form,
            lambda: act.answer_by_link(
                link=link,
                answer=act.ANSWERS[form.cleaned_data["answer"]],
                because=form.cleaned_data["because"],
                now=timezone.now(),
                today=today,
            ),
        )
        if status == DONE:
            return seen_at(reverse("link_thanks"))
    mentee_reads = link.side == "mentee"
    other = match.mentor if mentee_reads else match.mentee
    context = {
        "service": match.service,
        "practice": match.service.practice,
        "form": form,
        "other": other.known_as or first_name(match.mentee)
        if not mentee_reads
        else str(other.known_as or other.name.split()[0]),
        "interests": other.interests,
        "profile": other.profile,
        "rationale": match.rationale,
        "mentee_reads": mentee_reads,
    }
    return render(request, "mentee/meet.html", context, status=status)


@page(Desk.MENTEE, "GET", "POST")
@by_link(Purpose.AGREEMENT)
def link_agreement(request: HttpRequest, link: Any, token: str) -> HttpResponse:
    """What was agreed, to be read and signed."""
    match, today = link.match, timezone.localdate()
    found = agreement_of(match)
    if found is None or getattr(found, f"{link.side}_on") is not None:
        raise Http404("No such page.")
    summary, status = None, OK
    if request.method == "POST":
        try:
            if request.POST.get("agreement") != found.ref:
                raise Refused("The agreement was written anew meanwhile. Read the new one before you sign.")
            signing.sign_by_link(link=link, agreement=found, now=timezone.now(), today=today)
        except Refused as because:
            summary, status = refusal(because), 409
        else:
            return seen_at(reverse("link_thanks"))
    context = {
        "service": match.service,
        "agreement": found,
        "rows": terms(found),
        "summary": summary,
        "faulty": status != OK,
        "practice": match.service.practice,
    }
    return render(request, "mentee/agreement.html", context, status=status)
