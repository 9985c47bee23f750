"""Arranging a meeting, a visit or an interview, and saying that it has taken place."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kithwork.assessment.queries import arranged
from kithwork.core.journey import StageState
from kithwork.core.schemes import InterviewStage, MeetingStage, ObservationStage, Role, VisitStage
from kithwork.core.verdict import Refused
from kithwork.procedures import assessing
from kithwork.web.assessor import doors
from kithwork.web.assessor.answers import again, see_other
from kithwork.web.assessor.forms import ArrangeForm, HoldForm
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import clock, longdate


@page(Desk.ASSESSOR, "GET", "POST")
def arrange(request: Signed, ref: str, stage: str) -> HttpResponse:
    today = timezone.localdate()
    case = doors.case_for(request, ref, today)
    model = case.stage(stage, MeetingStage, VisitStage, InterviewStage, ObservationStage)
    if model.by is not Role.ASSESSOR:
        raise Http404("No such page.")
    kinds = list(model.interviews) if isinstance(model, InterviewStage) else []
    wanted = request.GET.get("kind", "")
    now = arranged(case.reading.journey).get((stage, wanted))
    initial: dict[str, object] = {"item": wanted or (kinds[0].id if len(kinds) == 1 else "")}
    if now is not None:
        starts = timezone.localtime(now.starts_at)
        initial |= {"day": starts.date(), "at": starts.time(), "mode": now.mode, "place": now.place}
    form = ArrangeForm(request.POST if request.method == "POST" else None, initial=initial, stage=model, kinds=kinds)
    refused = False
    if request.method == "POST" and form.is_valid():
        try:
            assessing.arrange(
                journey=case.reading.journey,
                stage=stage,
                starts_at=form.starts_at,
                by=request.user,
                role=Role.ASSESSOR,
                today=today,
                item=form.cleaned_data.get("item", ""),
                mode=form.cleaned_data.get("mode", ""),
                place=form.cleaned_data["place"],
            )
        except Refused as reason:
            refused = True
            refuse(form, reason, case.onward)
        else:
            messages.success(request, f"Arranged for {clock(form.starts_at)}. The applicant has been told.")
            return see_other(case.href)
    context = {
        "case": case,
        "title": model.title,
        "heading": "Move it to another time" if now is not None else "Arrange a time",
        "now": now,
        "state": case.reading.position.stages[stage],
        "form": form,
        "rules": model.rules if isinstance(model, InterviewStage) else (),
    }
    return again(request, "assessor/arrange.html", context, form, refused=refused)


@page(Desk.ASSESSOR, "GET", "POST")
def hold(request: Signed, ref: str, stage: str) -> HttpResponse:
    today = timezone.localdate()
    case = doors.case_for(request, ref, today)
    model = case.stage(stage, MeetingStage, VisitStage)
    if model.by is not Role.ASSESSOR:
        raise Http404("No such page.")
    modes = model.modes if isinstance(model, VisitStage) else ()
    now = arranged(case.reading.journey).get((stage, ""))
    form = HoldForm(
        request.POST if request.method == "POST" else None,
        modes=modes,
        initial={"mode": now.mode if now is not None else ""},
    )
    refused = False
    if request.method == "POST" and form.is_valid():
        try:
            assessing.hold(
                journey=case.reading.journey,
                stage=stage,
                by=request.user,
                today=today,
                mode=form.cleaned_data.get("mode", ""),
            )
        except Refused as reason:
            refused = True
            refuse(form, reason, case.onward)
        else:
            messages.success(request, f"{model.title}: held on {longdate(today)}.")
            return see_other(reverse("visit", args=[ref, stage]) if isinstance(model, VisitStage) else case.href)
    here = case.reading.position.stages[stage]
    context = {
        "case": case,
        "title": model.title,
        "is_visit": isinstance(model, VisitStage),
        "within": model.supplementary_within if isinstance(model, VisitStage) else None,
        "now": now,
        "ahead": here.planned is not None and here.planned > today,
        "done": here.state is StageState.DONE,
        "today": today,
        "form": form,
    }
    return again(request, "assessor/hold.html", context, form, refused=refused)
