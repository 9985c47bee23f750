"""Behind a link: what somebody thinks of the service, in a few questions."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.actions import questionnaires as act
from kithwork.core.service.feedback import asked_of
from kithwork.web.kit.acting import DONE, OK, posted, seen_at
from kithwork.web.kit.forms import GovBoundField
from kithwork.web.kit.pages import Desk, page
from kithwork.web.mentee.doors import Purpose, by_link
from kithwork.web.mentee.matching import slowly


class _Free(GovBoundField):
    """Nothing has to be answered, and the page says so once."""

    optional = False


class Feedback(forms.Form):
    """The questions for one kind of people; any may be left out."""

    bound_field_class = _Free

    def __init__(self, *given: Any, whose: str, **more: Any) -> None:
        super().__init__(*given, **more)
        self.asked = asked_of(whose)
        for one in self.asked:
            if one.options:
                choices = list(one.options.items())
                self.fields[one.id] = forms.ChoiceField(
                    label=one.words, choices=choices, required=False, widget=forms.RadioSelect
                )
            else:
                box = forms.Textarea({"rows": 3})
                self.fields[one.id] = forms.CharField(label=one.words, required=False, max_length=2000, widget=box)

    @property
    def answers(self) -> dict[str, str]:
        """Question -> answer, both in words; without those that were left out."""
        given = self.cleaned_data
        return {one.words: one.options.get(given[one.id], given[one.id]) for one in self.asked if given[one.id]}


@page(Desk.MENTEE, "GET", "POST")
@by_link(Purpose.FEEDBACK)
def link_feedback(request: HttpRequest, link: Any, token: str) -> HttpResponse:
    person = link.mentor or link.mentee
    if person.erased_at is not None:
        raise Http404("No such page.")
    form, status = Feedback(posted(request), whose=link.side), OK
    if request.method == "POST":
        status = slowly(
            request,
            form,
            lambda: act.give(link=link, answers=form.answers, now=timezone.now(), today=timezone.localdate()),
        )
        if status == DONE:
            return seen_at(reverse("link_thanks"))
    return render(request, "mentee/feedback.html", {"service": person.service, "form": form}, status=status)
