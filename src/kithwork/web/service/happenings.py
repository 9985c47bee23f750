"""What is arranged for a day and then takes place: a meeting, a course, an observation."""

from datetime import datetime, time

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.utils import timezone

from kithwork.assessment.queries import arranged
from kithwork.core.journey import ActKind
from kithwork.core.schemes import ObservationStage, Role
from kithwork.core.verdict import Refused
from kithwork.procedures import applying, assessing
from kithwork.web.kit.forms import refusal, refuse
from kithwork.web.kit.pages import Signed
from kithwork.web.service import doors
from kithwork.web.service.forms import Day
from kithwork.web.service.frame import At, show
from kithwork.web.templatetags.kit import clock, longdate


def happening(request: Signed, at: At) -> HttpResponse:
    """A meeting, a course or an observation: arranged for a day, then it takes place."""
    if request.method == "POST":
        return _set_a_day(request, at) if request.POST.get("do") == "arrange" else _sign(request, at)
    return _happening(request, at)


def _set_a_day(request: Signed, at: At) -> HttpResponse:
    form = Day(request.POST)
    if not form.is_valid():
        return _happening(request, at, 422, form=form, day=form)
    try:
        assessing.arrange(
            journey=at.seen.reading.journey,
            stage=at.stage.id,
            starts_at=timezone.make_aware(datetime.combine(form.cleaned_data["day"], time(9))),
            place=form.cleaned_data["place"],
            by=request.user,
            role=Role.APPLICANT,
            today=at.seen.today,
        )
    except Refused as because:
        refuse(form, because, at.seen.onward)
        return _happening(request, at, 409, form=form, day=form)
    messages.success(request, "The day is set.")
    return doors.go("journey_stage", at.seen.ref, at.stage.id)


def _sign(request: Signed, at: At) -> HttpResponse:
    if request.POST.get("do") != "sign":
        raise Http404("No such page.")
    try:
        applying.sign(journey=at.seen.reading.journey, stage=at.stage.id, by=request.user, today=at.seen.today)
    except Refused as because:
        return _happening(request, at, 409, form=refusal(because, at.seen.onward))
    messages.success(request, f"{at.stage.title}: recorded.")
    return doors.go("journey_stage", at.seen.ref, at.stage.id)


def _happening(
    request: Signed, at: At, status: int = 200, *, form: Form | None = None, day: Day | None = None
) -> HttpResponse:
    """`form` is what the summary is of, `day` the form to fill in; by itself one that is open to the applicant."""
    when = arranged(at.seen.reading.journey).get((at.stage.id, ""))
    heading = at.stage.title
    if at.now.done:
        heading = f"{at.stage.title}: took place on {longdate(at.now.done)}"
    elif when:
        heading = f"{at.stage.title}: {clock(when.starts_at)}"
    mine = at.mine
    if day is None and mine is not None and mine.what is ActKind.ARRANGE:
        day = Day()
    return show(
        request,
        at,
        "happening",
        heading,
        status,
        when=when,
        form=form,
        day=day,
        sign=mine is not None and mine.what is ActKind.SIGN,
        of=at.stage.of if isinstance(at.stage, ObservationStage) else "",
    )
