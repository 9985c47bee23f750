"""What only a lead sets: the questions asked of every mentor alike, and whose mentor bank this service is."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.actions import banks
from kithwork.caseload.actions import practice as practices
from kithwork.caseload.queries.banks import BankRow, banks_of
from kithwork.core.service import asked as usual
from kithwork.procedures import joining
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.mentors.forms import LinesField
from kithwork.web.coordinator.mentors.frame import asking, room
from kithwork.web.kit.acting import DONE, OK, done, posted, tried
from kithwork.web.kit.cards import Kind, StateTag
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate


class QuestionsSettingForm(forms.Form):
    """One question a line; a list left empty goes back to the usual questions."""

    application_questions = LinesField(label="On the application form", help_text="One question a line")
    interview_questions = LinesField(label="At the interview", help_text="One question a line")
    reference_questions = LinesField(label="Of referees", help_text="One question a line")


@page(Desk.SERVICE, "GET", "POST")
def mentor_questions(request: Signed, slug: str) -> HttpResponse:
    """The same questions for everybody, in the service's own words. Answers keep the questions they were given to."""
    run = doors.ground(request, slug, lead=True)
    practice = run.practice
    kept = {
        "application_questions": practice.application_questions or list(usual.APPLICATION),
        "interview_questions": practice.interview_questions or list(usual.INTERVIEW),
        "reference_questions": practice.reference_questions or list(usual.REFERENCE),
    }
    form = QuestionsSettingForm(posted(request), initial=kept)
    return asking(
        request,
        form,
        lambda: practices.change(practice=practice, by=request.user, **form.cleaned_data),
        heading="The questions you ask everybody who wants to mentor",
        lede="New words count from now. Answers already given keep the questions they were given to. A list left empty "
        "goes back to the usual questions.",
        back=reverse("mentors", args=[slug]),
        said="The questions are saved.",
    )


class BankForm(forms.Form):
    scheme = forms.ChoiceField(
        label="Whose programme?",
        help_text="People who complete it become mentors here, once the body agrees.",
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, programmes: list[joining.Programme]) -> None:
        super().__init__(data)
        field = self.fields["scheme"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.slug, f"{one.name} ({one.body})") for one in programmes]


def state_of(bank: BankRow) -> StateTag:
    """How a bank stands, for either side."""
    if bank.ended_on:
        return StateTag(f"Ended {longdate(bank.ended_on)}" if bank.agreed_on else "Turned down", Kind.GREY)
    if bank.agreed_on:
        return StateTag(f"Agreed {longdate(bank.agreed_on)}", Kind.GREEN)
    return StateTag("Waits for the body", Kind.AMBER)


@page(Desk.SERVICE, "GET", "POST")
def bank(request: Signed, slug: str) -> HttpResponse:
    """Whose mentor bank this service is; asking for it, and giving it up."""
    run = doors.ground(request, slug, lead=True)
    rows = list(banks_of(run.service))
    names = joining.names_of(rows)
    here = reverse("bank", args=[slug])
    today = timezone.localdate()
    ending = request.POST.get("end", "") if request.method == "POST" else ""
    form = BankForm(None if ending else posted(request), joining.programmes())
    status = OK
    if ending:
        found = next((row for row in rows if row.ref == ending), None)
        if found is None:
            raise Http404("No such page.")
        banks.end_bank(bank=found, by=request.user, today=today)
        return done(request, here, "It has ended. Mentors who came by it stay.")
    if request.method == "POST":
        status = tried(
            form,
            lambda: joining.ask_bank(
                service=run.service, scheme=form.cleaned_data["scheme"], by=request.user, today=today
            ),
        )
        if status == DONE:
            return done(request, here, "The body is asked.")
    live = [row for row in rows if row.agreed_on and not row.ended_on]
    context = {
        "heading": f"The mentor bank of {', '.join(names.get(row.scheme, row.scheme) for row in live)}"
        if live
        else "This service is no mentor bank",
        "places": room(run, "bank"),
        "banks": [(names.get(row.scheme, row.scheme), row.body.name, state_of(row), row) for row in rows],
        "form": form,
        "any": bool(form.fields["scheme"].choices),  # type: ignore[attr-defined]  # a choice field
    }
    return render(request, "coordinator/mentors/bank.html", context, status=status)
