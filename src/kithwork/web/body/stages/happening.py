"""What is arranged for a day and takes place: meetings, visits, interviews, observations.

An officer may arrange any of them, whoever holds it; to say that it was held, or to sign, is for whom the scheme names.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from kithwork.assessment.queries import arranged, write_ups
from kithwork.core.journey import ActKind, Entry, EntryKind, StageState, may
from kithwork.core.schemes import InterviewStage, ObservationStage, Outcome, Role, VisitStage
from kithwork.core.verdict import Refused
from kithwork.procedures import assessing, observing
from kithwork.web.assessor.forms import ArrangeForm, HoldForm
from kithwork.web.body.doors import Seat
from kithwork.web.body.stages.frame import show
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.observing import SignForm, WriteUpForm, observed, touched
from kithwork.web.kit.pages import Signed
from kithwork.web.templatetags.kit import clock, longdate


def happening(request: Signed, seat: Seat) -> HttpResponse:
    """`do` is arrange, hold or sign."""
    do = request.POST.get("do", "") if request.method == "POST" else ""
    arranging = _arrange_form(request, seat, bound=do == "arrange")
    ending = _end_form(request, seat, do)
    form = arranging if do == "arrange" else ending if do in _SAID else None
    status = OK
    if form is not None:
        act = _ACTS[do]
        status = tried(form, lambda: act(request, seat, form))
        if status == DONE:
            said = f"Arranged for {clock(arranging.starts_at)}." if do == "arrange" else _SAID[do]
            return done(request, seat.back, f"{seat.stage.title}: {said}")
    when = arranged(seat.reading.journey).get((seat.stage.id, ""))
    heading = seat.stage.title
    if seat.now.done:
        heading = f"{heading}: took place on {longdate(seat.now.done)}"
    elif when is not None and seat.now.planned is not None:
        heading = f"{heading}: {clock(when.starts_at)}"
    ends = _ends(seat)
    observing_here = isinstance(seat.stage, ObservationStage)
    return show(
        request,
        seat,
        "happening",
        heading,
        status,
        form=form,
        mine=bool(ends) or can_arrange(seat),
        when=when if seat.now.planned else None,
        arranging=arranging if can_arrange(seat) or do == "arrange" else None,
        moving=seat.now.planned is not None,
        ending=ending if ends or do in _SAID else None,
        ends=ends,
        end_words="Write it up" if ends == "hold" and observing_here else _WORDS.get(ends or do, ""),
        ahead=seat.now.planned is not None and seat.now.planned > seat.reading.position.today,
        **_observation(seat, ending),
        rules=seat.stage.rules if isinstance(seat.stage, InterviewStage) else (),
    )


def _observation(seat: Seat, ending: forms.Form) -> dict[str, object]:
    """What was written up of an observation, and the form to change it for whom the scheme lets write."""
    stage = seat.stage
    if not isinstance(stage, ObservationStage):
        return {}
    record = observed(seat.reading.journey, seat.reading.edition, stage)
    changes = record.now is not None and seat.now.state is StageState.OPEN and stage.by.value in seat.roles
    again = ending if isinstance(ending, WriteUpForm) else _write_up_form(seat, None)
    return {"of": stage.of, "record": record, "changing": again if changes else None}


def _write_up_form(seat: Seat, data: Any) -> WriteUpForm:
    assert isinstance(seat.stage, ObservationStage)
    newest = write_ups(seat.reading.journey, seat.stage.id).last()
    asked = touched(seat.reading.edition, seat.stage, seat.reading.position)
    return WriteUpForm(data, asked, initial=WriteUpForm.initial_of(newest))


_WORDS = {"hold": "It has taken place", "sign": "Sign"}
_SAID = {
    "hold": "recorded today.",
    "sign": "signed.",
}


def _ends(seat: Seat) -> str:
    """What this person can say of it now, beside when it is to be."""
    for do, what in (("hold", ActKind.HOLD), ("sign", ActKind.SIGN)):
        if seat.mine(what):
            return do
    return ""


def _may_write(seat: Seat) -> bool:
    """Whether this person writes up the observation, for the first time or anew."""
    open_now = seat.now.state is StageState.OPEN and seat.now.holds(Outcome.ARRANGED)
    return isinstance(seat.stage, ObservationStage) and open_now and seat.stage.by.value in seat.roles


def can_arrange(seat: Seat) -> bool:
    """Whether the rules let this person set the day, or move it."""
    today = seat.reading.position.today
    entry = Entry(today, EntryKind.ARRANGED, _arranger(seat), stage=seat.stage.id, until=today)
    return bool(may(seat.reading.edition, seat.reading.position, entry))


def _arranger(seat: Seat) -> Role:
    """In which role: the one it is asked of, or else as an officer."""
    act = seat.mine(ActKind.ARRANGE)
    if act is not None:
        return act.role
    return Role.OFFICER if seat.officer else seat.stage.by


def _arrange_form(request: Signed, seat: Seat, *, bound: bool) -> ArrangeForm:
    kinds = list(seat.stage.interviews) if isinstance(seat.stage, InterviewStage) else []
    initial: dict[str, object] = {"item": kinds[0].id if len(kinds) == 1 else ""}
    now = arranged(seat.reading.journey).get((seat.stage.id, ""))
    if now is not None and seat.now.planned is not None:
        starts = timezone.localtime(now.starts_at)
        initial |= {"day": starts.date(), "at": starts.time(), "mode": now.mode, "place": now.place}
    return ArrangeForm(request.POST if bound else None, initial=initial, stage=seat.stage, kinds=kinds)


def _end_form(request: Signed, seat: Seat, do: str) -> forms.Form:
    data = request.POST if do in _SAID else None
    if isinstance(seat.stage, ObservationStage):
        if do == "hold" or (not do and seat.mine(ActKind.HOLD)):
            return _write_up_form(seat, data)
        newest = write_ups(seat.reading.journey, seat.stage.id).last()
        return SignForm(data, initial={"version": newest.number if newest else None})
    if isinstance(seat.stage, VisitStage):
        return HoldForm(data, modes=seat.stage.modes)
    return forms.Form(data)


def _arrange(request: Signed, seat: Seat, form: Any) -> None:
    assessing.arrange(
        journey=seat.reading.journey,
        stage=seat.stage.id,
        starts_at=form.starts_at,
        by=request.user,
        role=_arranger(seat),
        today=seat.reading.position.today,
        item=form.cleaned_data.get("item", ""),
        mode=form.cleaned_data.get("mode", ""),
        place=form.cleaned_data["place"],
    )


def _hold(request: Signed, seat: Seat, form: Any) -> None:
    if isinstance(form, WriteUpForm):
        if not _may_write(seat):
            raise Refused("This is not yours to write up, or not now.")
        observing.write_up(
            journey=seat.reading.journey,
            stage=seat.stage.id,
            seen=form.cleaned_data["seen"],
            notes=form.notes,
            next_steps=form.cleaned_data["next_steps"],
            by=request.user,
            role=seat.stage.by,
            today=seat.reading.position.today,
        )
        return
    if seat.mine(ActKind.HOLD) is None:
        raise Refused("This is not yours to record, or not now.")
    mode = form.cleaned_data.get("mode", "")
    today = seat.reading.position.today
    assessing.hold(journey=seat.reading.journey, stage=seat.stage.id, by=request.user, today=today, mode=mode)


def _sign(request: Signed, seat: Seat, form: Any) -> None:
    act = seat.mine(ActKind.SIGN)
    if act is None:
        raise Refused("Your signature is not awaited.")
    observing.sign(
        journey=seat.reading.journey,
        stage=seat.stage.id,
        by=request.user,
        role=act.role,
        version=form.cleaned_data.get("version"),
        today=seat.reading.position.today,
    )


_ACTS: dict[str, Callable[[Signed, Seat, Any], None]] = {
    "arrange": _arrange,
    "hold": _hold,
    "sign": _sign,
}
