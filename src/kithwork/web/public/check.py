"""The self-check before anything is sent to anybody: questions, and what the answers mean. Nothing is kept."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import escape

from kithwork.core.schemes import ChecklistStage
from kithwork.web.kit.pages import Desk, page
from kithwork.web.public.doors import Offer, offered, offers

AGAIN = "again"  # the button that leads from the answer back to the questions, with what was answered


class CheckForm(forms.Form):
    """One question after another, yes or no; made from the checklist."""

    def __init__(self, stage: ChecklistStage, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, handed on
        for number, question in enumerate(stage.questions, start=1):
            self.fields[question.id] = forms.ChoiceField(
                label=f"{number}. {question.asks}",
                error_messages={"required": f"Question {number}: choose yes or no"},
                help_text=escape(question.hint or ""),  # the field's template takes help for markup
                choices=[("yes", "Yes"), ("no", "No")],
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
            )


@page(Desk.PUBLIC)
def check(request: HttpRequest) -> HttpResponse:
    """Which scheme to check for; straight on when there is one."""
    found = [offer for offer in offers() if offer.check]
    if len(found) == 1:
        return redirect("self_check", found[0].slug)
    return render(request, "public/check_which.html", {"offers": found})


@page(Desk.PUBLIC, "GET", "POST")
def self_check(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions; answered, what they mean. Nothing is written down, signed in or not."""
    offer = offered(request, slug)
    if offer.closed_on:  # its page says so; there is nothing to be eligible for
        return redirect("scheme", slug)
    stage = offer.check
    if stage is None:
        raise Http404("This scheme has no questions to begin with.")
    if request.method == "POST" and AGAIN not in request.POST:
        form = CheckForm(stage, request.POST)
        if form.is_valid():
            return _answer(request, offer, stage, form)
        return _questions(request, offer, stage, form, status=422)
    return _questions(request, offer, stage, CheckForm(stage, initial=request.POST.dict()))


def _questions(
    request: HttpRequest, offer: Offer, stage: ChecklistStage, form: CheckForm, status: int = 200
) -> HttpResponse:
    return render(request, "public/check.html", {"offer": offer, "stage": stage, "form": form}, status=status)


def _answer(request: HttpRequest, offer: Offer, stage: ChecklistStage, form: CheckForm) -> HttpResponse:
    answers: dict[str, str] = form.cleaned_data
    not_yet = [question for question in stage.questions if answers[question.id] == "no"]
    who = "Your service looks" if offer.for_services else "You look"
    onwards = urlencode({"next": reverse("start", args=[offer.slug])})
    context = {
        "heading": f"{who} not eligible yet" if not_yet else f"{who} eligible",
        "offer": offer,
        "stage": stage,
        "not_yet": not_yet,
        "answers": answers.items(),
        "sign_up": f"{reverse('account_signup')}?{onwards}",
        "sign_in": f"{reverse('account_login')}?{onwards}",
    }
    return render(request, "public/check_answer.html", context)
