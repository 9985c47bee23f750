"""A script that several markers mark: each alone, then side by side, then one mark that all agree on."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone

from kithwork.assessment.queries import AgreedRow, MarkOutcome, MarkPoint, MarkRow, Script, script_of
from kithwork.core.schemes import AssignmentStage, Piece
from kithwork.core.verdict import Refused
from kithwork.evidence.queries import thread
from kithwork.procedures import marking
from kithwork.web.account.drafts import draft_url
from kithwork.web.assessor import doors
from kithwork.web.assessor.answers import again, drafted, forget, see_other
from kithwork.web.assessor.cards import Slot
from kithwork.web.assessor.doors import Case
from kithwork.web.assessor.forms import NO_NAMES
from kithwork.web.assessor.judge import latest_sent
from kithwork.web.kit.forms import LongText, refuse
from kithwork.web.kit.gating import through
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural

OUTCOMES = [(MarkOutcome.PASS.value, "It passes"), (MarkOutcome.AGAIN.value, "It is to be handed in again")]
POINTS = [(one.value, str(one.label).capitalize()) for one in MarkPoint]


class MarkForm(forms.Form):
    """One marker's own view, point by point."""

    outcome = forms.ChoiceField(label="Your mark", choices=OUTCOMES, widget=forms.RadioSelect)
    feedback = LongText(
        label="What your mark rests on",
        rows=6,
        max_length=8000,
        help_text="The other markers read it once all have marked. " + NO_NAMES,
    )
    round = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the handing-in that was on the page

    def __init__(self, data: Mapping[str, Any] | None, piece: Piece, **more: Any) -> None:
        super().__init__(data, **more)
        self.names = [f"point-{number}" for number, _ in enumerate(piece.points)]
        for name, point in zip(self.names, piece.points, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=point, choices=POINTS, widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"})
            )
        self.order_fields([*self.names, "outcome", "feedback", "round"])

    @property
    def points(self) -> list[MarkPoint]:
        return [MarkPoint(self.cleaned_data[name]) for name in self.names]


class AgreeForm(forms.Form):
    """The mark that all came to."""

    outcome = forms.ChoiceField(label="The mark you agree on", choices=OUTCOMES, widget=forms.RadioSelect)
    reason = LongText(
        label="Why you agreed on it",
        rows=4,
        max_length=4000,
        help_text="Kept with the marks; the applicant does not read it.",
    )
    feedback = LongText(
        label="Feedback for the applicant", rows=6, max_length=8000, help_text="The applicant reads it. " + NO_NAMES
    )
    round = forms.IntegerField(widget=forms.HiddenInput, required=False)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed on in one round, with the marks that it came from."""

    title: str
    on: date
    by: str
    reason: str
    feedback: str
    columns: list[str]
    rows: list[tuple[str, ...]]


@page(Desk.ASSESSOR, "GET", "POST")
def assess_mark(request: Signed, ref: str, slot: str) -> HttpResponse:
    """`do` is mark or agree."""
    today = timezone.localdate()
    case = doors.case_for(request, ref, today)
    asked = case.slot(slot)
    stage = asked.stage
    script = script_of(case.reading.journey, stage, slot, today, case.reading)
    if script is None or not isinstance(stage, AssignmentStage):
        raise Http404("No such page.")
    given = any(one.by_id == request.user.pk for one in script.marks)
    comparing = script.waits and not script.missing and given
    do = request.POST.get("do", "mark") if request.method == "POST" else ""
    key = f"mark:{ref}:{slot}"
    typed = drafted(request, key) if script.waits and not do else {}
    start = {**typed, "round": script.round}
    form = MarkForm(request.POST if do == "mark" else None, script.piece, initial=start)
    agree = AgreeForm(request.POST if do == "agree" else None, initial=start)
    refused = False
    try:
        if do == "mark" and form.is_valid():
            return _mark(request, case, asked, script, form, key)
        if do == "agree" and agree.is_valid():
            return _agree(request, case, asked, script, agree, key)
    except Refused as reason:
        refused = True
        refuse(form if do == "mark" else agree, reason, case.onward)
    columns, rows = side_by_side(script.piece, list(script.marks)) if comparing else ([], [])
    context = {
        "case": case,
        "slot": asked,
        "script": script,
        "heading": _heading(asked, script, given=given, comparing=comparing),
        "sent": latest_sent(case, asked, thread(case.reading.journey, slot, outside=True), today),
        "marking": script.waits and not given,
        "given": given and script.waits and not comparing,
        "comparing": comparing,
        "differ": len({one.outcome for one in script.marks}) > 1,
        "columns": columns,
        "rows": rows,
        "agreed": [_agreed(script.piece, row) for row in reversed(script.agreed)],
        "form": form,
        "agree": agree,
        "draft_url": draft_url(key),
        "words": case.reading.edition.words,
    }
    return again(request, "assessor/mark.html", context, form, agree, refused=refused)


def _heading(slot: Slot, script: Script, *, given: bool, comparing: bool) -> str:
    if comparing:
        alike = len({one.outcome for one in script.marks}) == 1
        return f"{slot.label}: all markers say the same" if alike else f"{slot.label}: the markers say different things"
    if given and script.waits:
        return f"{slot.label}: you have marked it, {plural(script.missing, 'marker,markers')} to come"
    if script.waits:
        return f"{slot.label}: give your own mark"
    if script.agreed:
        return f"{slot.label}: agreed on {longdate(script.agreed[-1].on)}"
    return f"{slot.label}: nothing to mark now"


def side_by_side(piece: Piece, marks: list[MarkRow]) -> tuple[list[str], list[tuple[str, ...]]]:
    """A column a marker; a row for the mark, for each point, and for the words."""
    words, outcomes = dict(POINTS), dict(OUTCOMES)
    rows = [("Mark", *(outcomes[one.outcome] for one in marks))]
    for number, point in enumerate(piece.points):
        rows.append((point, *(words.get(one.points[number], "") for one in marks if number < len(one.points))))
    rows.append(("It rests on", *(one.feedback for one in marks)))
    return ["", *(one.by.name for one in marks)], rows


def _agreed(piece: Piece, row: AgreedRow) -> Agreed:
    marks = list(row.marks.select_related("by").order_by("at", "id"))
    columns, rows = side_by_side(piece, marks)
    title = f"{dict(OUTCOMES)[row.outcome]}, agreed on {longdate(row.on)}"
    return Agreed(title, row.on, row.by.name, row.reason, row.feedback, columns, rows)


def _same_round(form: forms.Form, script: Script) -> None:
    if form.cleaned_data["round"] not in {None, script.round}:
        raise Refused("Something newer was handed in since you opened this page. Read it, then mark.")


def _mark(request: Signed, case: Case, slot: Slot, script: Script, form: MarkForm, key: str) -> HttpResponse:
    _same_round(form, script)
    through(form, "feedback")
    marking.mark(
        journey=case.reading.journey,
        stage=slot.stage.id,
        slot=slot.id,
        outcome=MarkOutcome(form.cleaned_data["outcome"]),
        points=form.points,
        feedback=form.cleaned_data["feedback"],
        by=request.user,
        today=case.reading.position.today,
    )
    forget(request, key)
    messages.success(request, f"{slot.label}: your mark is kept. The others see it once all have marked.")
    return see_other(request.path)


def _agree(request: Signed, case: Case, slot: Slot, script: Script, form: AgreeForm, key: str) -> HttpResponse:
    _same_round(form, script)
    through(form, "reason", "feedback")
    marking.agree_mark(
        journey=case.reading.journey,
        stage=slot.stage.id,
        slot=slot.id,
        outcome=MarkOutcome(form.cleaned_data["outcome"]),
        reason=form.cleaned_data["reason"],
        feedback=form.cleaned_data["feedback"],
        by=request.user,
        today=case.reading.position.today,
    )
    forget(request, key)
    messages.success(request, f"{slot.label}: the agreed mark is kept, and the applicant has been told.")
    return see_other(case.href)
