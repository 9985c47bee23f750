"""Behind a link: what family or referrer say at the end of a match (excellence 9)."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.actions import endings as act
from kithwork.core.service.feedback import AT_THE_END
from kithwork.web.kit.acting import DONE, OK, posted, seen_at
from kithwork.web.kit.pages import Desk, page
from kithwork.web.mentee.doors import Purpose, by_link
from kithwork.web.mentee.matching import slowly

CHANGED, WELL, BETTER, AGAIN = (one.words for one in AT_THE_END)
SCALE, YES_NO = tuple(AT_THE_END[0].options.items()), tuple(AT_THE_END[3].options.items())


class Exit(forms.Form):
    changed = forms.ChoiceField(label=CHANGED, choices=SCALE, widget=forms.RadioSelect)
    well = forms.CharField(label=WELL, required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))
    better = forms.CharField(label=BETTER, required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))
    again = forms.ChoiceField(label=AGAIN, choices=YES_NO, widget=forms.RadioSelect)

    @property
    def answers(self) -> dict[str, str]:
        """Question -> answer in words."""
        given = self.cleaned_data
        return {
            CHANGED: dict(SCALE)[given["changed"]],
            WELL: given["well"],
            BETTER: given["better"],
            AGAIN: dict(YES_NO)[given["again"]],
        }


@page(Desk.MENTEE, "GET", "POST")
@by_link(Purpose.EXIT)
def link_exit(request: HttpRequest, link: Any, token: str) -> HttpResponse:
    service = link.ending.match.service
    form, status = Exit(posted(request)), OK
    if request.method == "POST":
        status = slowly(
            request,
            form,
            lambda: act.give_exit(
                link=link, service=service, answers=form.answers, now=timezone.now(), today=timezone.localdate()
            ),
        )
        if status == DONE:
            return seen_at(reverse("link_thanks"))
    return render(request, "mentee/exit.html", {"service": service, "form": form}, status=status)
