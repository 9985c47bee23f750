"""A decision that the scheme leaves to its assessors, alone or together: each decides on a page of their own."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kithwork.core.journey import ActKind, Answer, StageState
from kithwork.core.schemes import ChecklistStage, DecisionStage, FormStage, Role
from kithwork.core.verdict import Refused
from kithwork.journeys.queries import latest_responses, voices
from kithwork.procedures.deciding import decide as give_voice
from kithwork.procedures.deciding import has_spoken
from kithwork.web.account.drafts import draft_url
from kithwork.web.assessor import doors
from kithwork.web.assessor.answers import again, drafted, forget, see_other
from kithwork.web.assessor.doors import Case
from kithwork.web.assessor.forms import NO_NAMES
from kithwork.web.assessor.stages import Part, answers_of
from kithwork.web.kit.cards import SummaryRow
from kithwork.web.kit.forms import LongText, refuse
from kithwork.web.kit.gating import through
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.stale import stale
from kithwork.web.kit.voices import heard
from kithwork.web.templatetags.kit import plural


class DecideForm(forms.Form):
    outcome = forms.ChoiceField(
        label="What do you decide?",
        choices=[("yes", "Yes"), ("more", "More first"), ("no", "No")],
        widget=forms.RadioSelect,
    )
    reason = LongText(
        label="Reason",
        required=False,
        rows=6,
        max_length=8000,
        help_text="The applicant reads it once it is decided. Needed for anything but yes. " + NO_NAMES,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # how much had happened when it was opened

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("outcome") in {"no", "more"} and not str(given.get("reason", "")).strip():
            self.add_error("reason", "Give the reason; the applicant will read it.")
        return given


@page(Desk.ASSESSOR, "GET", "POST")
def assess_decide(request: Signed, ref: str, stage: str) -> HttpResponse:
    today = timezone.localdate()
    case = doors.case_for(request, ref, today)
    model = case.stage(stage, DecisionStage)
    assert isinstance(model, DecisionStage)  # the door has said so
    if model.by is not Role.ASSESSOR:
        raise Http404("No such page.")
    reading = case.reading
    acts = reading.position.acts_for(Role.ASSESSOR)
    act = next((one for one in acts if one.stage == stage and one.what is ActKind.DECIDE), None)
    spoken = act is not None and has_spoken(request.user, act, reading, voices([reading.journey]))
    open_now = act is not None and not spoken
    key = f"decide:{ref}:{stage}"
    initial = {**(drafted(request, key) if open_now else {}), "seen": len(reading.entries)}
    form = DecideForm(request.POST if request.method == "POST" else None, initial=initial)
    refused = False
    if request.method == "POST" and form.is_valid():
        try:
            return _decide(request, case, model, form, key)
        except Refused as reason:
            refused = True
            refuse(form, reason, case.onward)
    here = reading.position.stages[stage]
    context = {
        "case": case,
        "stage": model,
        "heading": _heading(case, model, open_now=open_now, spoken=spoken),
        "open_now": open_now,
        "spoken": spoken,
        "left": act.count if act else 0,
        "rounds": heard(reading.journey, model, spoken=spoken),
        "disagreed": here.disagreed and here.state is StageState.OPEN,
        "together": model.deciders,
        "facts": _facts(case),
        "handed": _handed(case) if model.decides != "award" else [],
        **stale(reading),
        "form": form,
        "draft_url": draft_url(key),
    }
    return again(request, "assessor/decide.html", context, form, refused=refused)


def _heading(case: Case, stage: DecisionStage, *, open_now: bool, spoken: bool) -> str:
    here = case.reading.position.stages[stage.id]
    if open_now:
        return f"{stage.title}: what do you decide on {case.name}?"
    if spoken:
        return f"{stage.title}: you have decided, and it waits for the others"
    if here.state is StageState.DONE:
        return f"{stage.title}: it has been decided"
    return f"{stage.title}: not open yet"


def _decide(request: Signed, case: Case, stage: DecisionStage, form: DecideForm, key: str) -> HttpResponse:
    seen = form.cleaned_data["seen"]
    if seen is not None and seen != len(case.reading.entries):
        raise Refused("Something has been added to this case since you opened the page. Look again, then decide.")
    through(form, "reason")
    _, _ = give_voice(
        journey=case.reading.journey,
        stage=stage.id,
        outcome=Answer(form.cleaned_data["outcome"]),
        reason=form.cleaned_data["reason"],
        by=request.user,
        role=Role.ASSESSOR,
        today=case.reading.position.today,
    )
    forget(request, key)
    messages.success(request, f"{stage.title}: what you decided is kept.")
    alone = stage.deciders == 1
    return see_other(case.href if alone else reverse("assess_decide", args=[case.ref, stage.id]))


def _facts(case: Case) -> list[SummaryRow]:
    """What it rests on: counts by area of what was confirmed, and the level that comes to."""
    edition, position = case.reading.edition, case.reading.position
    rows = [
        SummaryRow(edition.area(area).title, f"{counts.confirmed} of {counts.total} confirmed")
        for areas in position.progress.values()
        for area, counts in areas.items()
    ]
    total = position.total()
    if total.total:
        words = plural(total.total, f"{edition.words.requirement},{edition.words.requirements}")
        rows.insert(0, SummaryRow("In all", f"{total.confirmed} of {words} confirmed"))
    if position.earned and edition.level(position.level).share is not None:
        rows.append(SummaryRow("What that comes to", edition.level(position.earned).title))
    return rows


@dataclass(frozen=True, slots=True)
class Handed:
    title: str
    parts: list[Part]


def _handed(case: Case) -> list[Handed]:
    """The newest answers, without what identifies or reaches somebody."""
    kept = latest_responses(case.reading.journey)
    return [
        Handed(stage.title, answers_of(case, stage, kept[stage.id], personal=False))
        for stage in case.reading.edition.stages
        if isinstance(stage, ChecklistStage | FormStage) and stage.id in kept
    ]
