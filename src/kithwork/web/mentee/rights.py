"""A mentee's own link: something that is held about them is wrong, or they want a copy, or to be erased."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.procedures.asking import ask_by_link
from kithwork.rights.actions import Right
from kithwork.web.kit.acting import DONE, OK, posted, seen_at, tried
from kithwork.web.kit.forms import LongText
from kithwork.web.kit.pages import Desk, page
from kithwork.web.kit.throttle import TOO_MANY, TOO_OFTEN, slowed
from kithwork.web.mentee.doors import Purpose, by_link
from kithwork.web.mentee.pages import own_mentee


class RightForm(forms.Form):
    right = forms.ChoiceField(
        label="What do you want?",
        choices=[
            (Right.RECTIFY.value, "Something you have written about me is wrong"),
            (Right.COPY.value, "I want a copy of what you keep about me"),
            (Right.ERASE.value, "I want you to delete what you keep about me"),
        ],
        widget=forms.RadioSelect,
    )
    words = LongText(
        label="Tell us more", help_text="What is wrong, and what should it say?", required=False, max_length=4000
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        if data.get("right") == Right.RECTIFY and not data.get("words"):
            self.add_error("words", "Tell us what is wrong, and what it should say")
        return data


@page(Desk.MENTEE, "GET", "POST")
@by_link(Purpose.MENTEE)
def link_rights(request: HttpRequest, link: Any, token: str) -> HttpResponse:
    """Ask something of their data: an answer comes within a month."""
    mentee = own_mentee(link)
    form, status = RightForm(posted(request)), OK
    if request.method == "POST":
        if form.is_valid() and slowed(request):
            form.add_error(None, TOO_OFTEN)
            status = TOO_MANY
        else:
            status = tried(form, lambda: _ask(mentee, form))
        if status == DONE:
            messages.success(request, "Thank you. You get an answer within a month.")
            return seen_at(reverse("link", args=[token]))
    context = {"form": form, "token": token, "service": mentee.service, "practice": mentee.service.practice}
    return render(request, "mentee/rights.html", context, status=status)


def _ask(mentee: Any, form: RightForm) -> None:
    right, words = Right(form.cleaned_data["right"]), form.cleaned_data["words"]
    ask_by_link(mentee=mentee, right=right, words=words, today=timezone.localdate())
