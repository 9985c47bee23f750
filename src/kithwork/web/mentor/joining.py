"""A mentor's own answer on whether the service may keep their details; asked of who enters a mentor bank."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access_mentors import own_mentoring_for
from kithwork.caseload.actions.consents import record_answer
from kithwork.caseload.queries.consents import Answer, Kind, may, words_for
from kithwork.web.kit.acting import ask, posted
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.mentor import doors


class KeepForm(forms.Form):
    answer = forms.ChoiceField(label="Do you agree?", widget=forms.RadioSelect)

    def __init__(self, data: object, given: bool) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # Django's own
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)
        no = ("withdrawn", "I no longer agree") if given else ("refused", "No")
        field.choices = [("given", "Yes"), no]


@page(Desk.MENTOR, "GET", "POST")
def mentor_consent_own(request: Signed, mentor: str) -> HttpResponse:
    """The service's words of today; yes, no, or no longer."""
    found = own_mentoring_for(request.user, mentor)
    doors.dress(request, found.service.name)
    wording = words_for(found.service.practice, Kind.DATA)
    today = timezone.localdate()
    form = KeepForm(posted(request), may(found, Kind.DATA, today))

    def act() -> None:
        answer = Answer(form.cleaned_data["answer"])
        record_answer(
            kind=Kind.DATA, answer=answer, on=today, wording=wording, by=request.user, how="signed in", mentor=found
        )

    return ask(
        request,
        form,
        act,
        heading=f"May {found.service.name} keep your details?",
        text=wording,
        button="Send my answer",
        said="Thank you, your answer is recorded.",
        to=reverse("mentor_home"),
    )
