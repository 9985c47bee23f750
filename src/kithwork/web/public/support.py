"""A third party's page: what somebody asks them to agree to, and their answer. The link is the door."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.schemes import Edition, FormStage, Role, form_at
from kithwork.core.verdict import Refused
from kithwork.journeys.access import support_by
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import SupportRow, latest_responses, read
from kithwork.procedures.supporting import decline_support, give_support
from kithwork.web.kit.answers import shown
from kithwork.web.kit.cards import SummaryRow
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Desk, page
from kithwork.web.kit.questions import StageForm


class Decline(forms.Form):
    prefix = "decline"
    reason = forms.CharField(
        label="Why can you not support this?",
        help_text="In a sentence or two. The applicant reads it.",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )


@page(Desk.PUBLIC, "GET", "POST")  # the link is the door: whoever was sent it needs no account
def support(request: HttpRequest, token: str) -> HttpResponse:
    """The application in view, the form, and a way to say no. A link used up or run out says so, and no more."""
    try:
        found = support_by(token, timezone.now())
    except Http404:
        answer = render(request, "public/support_dead.html", status=404)
    else:
        answer = _support(request, found)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "strict-origin"  # a secret address; with `no-referrer` its forms come from "null"
    return answer


def _support(request: HttpRequest, found: SupportRow) -> HttpResponse:
    today = timezone.localdate()
    edition = edition_of(found.journey.edition)
    model = edition.stage(found.stage)
    assert isinstance(model, FormStage)  # only a form is asked of a third party
    level = read(found.journey, today).position.level
    stage = form_at(edition, model, level)
    saying_no = request.method == "POST" and request.POST.get("do") == "decline"
    form = StageForm(request.POST if request.method == "POST" and not saying_no else None, edition, stage, today=today)
    decline = Decline(request.POST if saying_no else None)
    posted = decline if saying_no else form
    status = 200
    if request.method == "POST":
        status = 422
        if posted.is_valid():
            try:
                if saying_no:
                    decline_support(support=found, reason=decline.cleaned_data["reason"], today=today)
                else:
                    give_support(support=found, answers=form.answers, today=today)
            except Refused as because:
                refuse(posted, because)
                status = 409
            else:
                return HttpResponseRedirect(reverse("support_thanks"), status=303)
    return render(
        request,
        "public/support.html",
        {
            "support": found,
            "edition": edition,
            "stage": stage,
            "applicant": str(found.journey.service or found.journey.person),
            "form": form,
            "decline": decline,
            "posted": posted,
            "groups": _application(found, edition, level),
        },
        status=status,
    )


def _application(found: SupportRow, edition: Edition, level: str) -> list[tuple[str, list[SummaryRow]]]:
    """What the applicant has handed in to their own forms, for whoever is to agree to it."""
    responses = latest_responses(found.journey)
    groups = []
    for stage in edition.stages:
        response = responses.get(stage.id)
        if response is None or not isinstance(stage, FormStage) or stage.by is not Role.APPLICANT:
            continue
        asked = form_at(edition, stage, level).fields
        rows = [SummaryRow(one.label, shown(one, response.answers.get(one.id), edition)) for one in asked]
        groups.append((stage.title, rows))
    return groups


@page(Desk.PUBLIC)
def support_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "public/support_thanks.html")
