"""What is arranged for a day and then takes place: a meeting, a course, an observation."""

from datetime import datetime, time

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.utils import timezone

from kithwork.assessment.queries import arranged, write_ups
from kithwork.core.journey import ActKind, StageState
from kithwork.core.schemes import ObservationStage, Outcome, Role
from kithwork.core.verdict import Refused
from kithwork.procedures import assessing, observing
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.observing import ReplyForm, WriteUpForm, observed, touched
from kithwork.web.kit.pages import Signed
from kithwork.web.service import doors
from kithwork.web.service.forms import Day
from kithwork.web.service.frame import At, show
from kithwork.web.service.gating import looked_through
from kithwork.web.templatetags.kit import clock, longdate


def happening(request: Signed, at: At) -> HttpResponse:
    """A meeting, a course or an observation: arranged for a day, then it takes place."""
    if request.method == "POST":
        do = request.POST.get("do")
        if do == "arrange":
            return _set_a_day(request, at)
        writes = do == "write" and isinstance(at.stage, ObservationStage)
        return _write_up(request, at) if writes else _sign(request, at)
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
    """Sign what was written up, or (`do=reply`) answer it without signing."""
    do = request.POST.get("do")
    if do not in {"sign", "reply"} or not isinstance(at.stage, ObservationStage):
        raise Http404("No such page.")
    form = ReplyForm(request.POST)
    if do == "reply" and form.is_valid() and not form.cleaned_data["text"]:
        form.add_error("text", "Write what you want to say to it.")
    if not form.is_valid():
        return _happening(request, at, 422, form=form, answer=form)
    journey, today = at.seen.reading.journey, at.seen.today
    try:
        looked_through(at.seen, form, request.user, "text")
        text = form.cleaned_data["text"]
        if do == "reply":
            observing.reply(journey=journey, stage=at.stage.id, text=text, by=request.user, today=today)
        else:
            version = form.cleaned_data["version"]
            observing.sign(journey=journey, stage=at.stage.id, by=request.user, today=today, version=version, text=text)
    except Refused as because:
        refuse(form, because, at.seen.onward)
        return _happening(request, at, 409, form=form, answer=form)
    said = "Your response is kept, and has been sent." if do == "reply" else f"{at.stage.title}: signed."
    messages.success(request, said)
    return doors.go("journey_stage", at.seen.ref, at.stage.id)


def _write_up(request: Signed, at: At) -> HttpResponse:
    """Where the scheme lets the applicant write up what was observed."""
    assert isinstance(at.stage, ObservationStage)
    form = WriteUpForm(request.POST, touched(at.seen.edition, at.stage, at.seen.position))
    if not form.is_valid():
        return _happening(request, at, 422, form=form, writing=form)
    try:
        looked_through(at.seen, form, request.user, "seen", "next_steps", *(f"note-{one.id}" for one in form.asked))
        observing.write_up(
            journey=at.seen.reading.journey,
            stage=at.stage.id,
            seen=form.cleaned_data["seen"],
            notes=form.notes,
            next_steps=form.cleaned_data["next_steps"],
            by=request.user,
            role=Role.APPLICANT,
            today=at.seen.today,
        )
    except Refused as because:
        refuse(form, because, at.seen.onward)
        return _happening(request, at, 409, form=form, writing=form)
    messages.success(request, "The write-up is kept, and waits for the signatures.")
    return doors.go("journey_stage", at.seen.ref, at.stage.id)


def _happening(
    request: Signed,
    at: At,
    status: int = 200,
    *,
    form: Form | None = None,
    day: Day | None = None,
    answer: ReplyForm | None = None,
    writing: WriteUpForm | None = None,
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
        **_observation(at, answer, writing),
    )


def _observation(at: At, answer: ReplyForm | None, writing: WriteUpForm | None) -> dict[str, object]:
    """What was written up of an observation, and what the applicant can do with it now."""
    stage = at.stage
    if not isinstance(stage, ObservationStage):
        return {}
    record = observed(at.seen.reading.journey, at.seen.edition, stage)
    writes = at.seen.writes and stage.by is Role.APPLICANT and at.now.state is StageState.OPEN
    if writes and at.now.holds(Outcome.ARRANGED) and writing is None:
        newest = write_ups(at.seen.reading.journey, stage.id).last()
        asked = touched(at.seen.edition, stage, at.seen.position)
        writing = WriteUpForm(None, asked, initial=WriteUpForm.initial_of(newest))
    version = record.now.number if record.now else None
    answers = at.seen.writes and record.now is not None and at.now.state is StageState.OPEN
    return {
        "of": stage.of,
        "record": record,
        "sign": at.mine is not None and at.mine.what is ActKind.SIGN,
        "answer": answer or (ReplyForm(None, initial={"version": version}) if answers else None),
        "writing": writing,
    }
