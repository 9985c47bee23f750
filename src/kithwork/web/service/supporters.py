"""A form that a third party fills in: whom the applicant asked, what came of it, and asking somebody else."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone

from kithwork.core.journey import ActKind
from kithwork.core.schemes import FormStage
from kithwork.core.verdict import Refused
from kithwork.journeys.queries import supports_of
from kithwork.procedures.supporting import ask_support
from kithwork.web.kit.cards import Kind, StateTag, SummaryRow
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Signed
from kithwork.web.service import doors
from kithwork.web.service.frame import At, show
from kithwork.web.templatetags.kit import longdate


class Ask(forms.Form):
    name = forms.CharField(label="Their name", max_length=150, widget=forms.TextInput({"autocomplete": "off"}))
    email = forms.EmailField(
        label="Their e-mail address",
        help_text="We send them a link that works once. They need no account.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )


def supporters(request: Signed, at: At) -> HttpResponse:
    may_ask = at.mine is not None and at.mine.what is ActKind.ASK
    form, status = Ask(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() or not may_ask:
            try:
                if not may_ask:
                    raise Refused("Nobody is asked for this now.")
                ask_support(
                    journey=at.seen.reading.journey,
                    stage=at.stage.id,
                    name=form.cleaned_data["name"],
                    email=form.cleaned_data["email"],
                    by=request.user,
                    today=at.seen.today,
                    now=timezone.now(),
                )
            except Refused as because:
                refuse(form, because, at.seen.onward)
                status = 409
            else:
                messages.success(request, f"{form.cleaned_data['name']} has been asked.")
                return doors.go("journey_stage", at.seen.ref, at.stage.id)
    return _show(request, at, form, may_ask=may_ask, status=status)


def _show(request: Signed, at: At, form: Ask, *, may_ask: bool, status: int) -> HttpResponse:
    assert isinstance(at.stage, FormStage)
    rows: list[SummaryRow] = []
    waiting = ""
    heading = at.stage.title
    for one in supports_of(at.seen.reading.journey, at.stage.id):
        if one.answered_on:
            tag, words = StateTag("Signed", Kind.GREEN), f"On {longdate(one.answered_on)}"
            heading = f"{at.stage.title}: {one.name} has signed"
        elif one.declined_on:
            tag, words = StateTag("Declined", Kind.AMBER), f"On {longdate(one.declined_on)}: {one.reason}"
        elif one.withdrawn_at:
            tag, words = StateTag("Taken back", Kind.GREY), f"Asked on {longdate(one.asked_on)}"
        else:
            tag, words = StateTag("Asked", Kind.BLUE), f"On {longdate(one.asked_on)}"
            waiting = one.name
        rows.append(SummaryRow(one.name, [tag, words, one.email]))
    return show(
        request,
        at,
        "supporters",
        heading,
        status,
        form=form,
        may_ask=may_ask,
        rows=rows,
        waiting=waiting,
        supporter=at.stage.supporter,
    )
