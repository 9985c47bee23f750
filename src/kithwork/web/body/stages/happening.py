"""What is arranged for a day and takes place: meetings, visits, interviews, observations, courses.

An officer may arrange any of them, whoever holds it; to say that it was held, or to sign, is for whom the scheme names.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from kithwork.assessment.actions import hold
from kithwork.assessment.queries import arranged
from kithwork.core.journey import ActKind, Entry, EntryKind, may
from kithwork.core.schemes import CourseStage, InterviewStage, ObservationStage, Role, VisitStage
from kithwork.core.verdict import Refused
from kithwork.procedures.applying import sign
from kithwork.procedures.assessing import arrange
from kithwork.procedures.deciding import record_attendance
from kithwork.web.assessor.forms import ArrangeForm, HoldForm
from kithwork.web.body.answers import DONE, OK, done, tried
from kithwork.web.body.doors import Seat
from kithwork.web.body.stages.frame import show
from kithwork.web.kit.pages import Signed
from kithwork.web.templatetags.kit import clock, longdate


class PartForm(forms.Form):
    """Which part of a course was attended."""

    part = forms.ChoiceField(label="Which part?", widget=forms.RadioSelect)

    def __init__(self, data: Any, seat: Seat) -> None:
        super().__init__(data)
        left = [item.id for item in seat.now.items.values() if item.since is None]
        field = self.fields["part"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(part, f"Part {part}") for part in left]
        if len(left) == 1:
            field.initial = left[0]


def happening(request: Signed, seat: Seat) -> HttpResponse:
    """`do` is arrange, hold, sign or attend."""
    do = request.POST.get("do", "") if request.method == "POST" else ""
    arranging = _arrange_form(request, seat, bound=do == "arrange")
    ending = _end_form(request, seat, bound=do in _SAID)
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
        end_words=_WORDS.get(ends or do, ""),
        ahead=seat.now.planned is not None and seat.now.planned > seat.reading.position.today,
        of=seat.stage.of if isinstance(seat.stage, ObservationStage) else "",
        rules=seat.stage.rules if isinstance(seat.stage, InterviewStage) else (),
    )


_WORDS = {"hold": "It has taken place", "sign": "Sign", "attend": "It was attended"}
_SAID = {
    "hold": "recorded as held today.",
    "sign": "signed.",
    "attend": "attendance recorded.",
}


def _ends(seat: Seat) -> str:
    """What this person can say of it now, beside when it is to be."""
    for do, what in (("hold", ActKind.HOLD), ("sign", ActKind.SIGN), ("attend", ActKind.ATTEND)):
        if seat.mine(what):
            return do
    return ""


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


def _end_form(request: Signed, seat: Seat, *, bound: bool) -> forms.Form:
    data = request.POST if bound else None
    if isinstance(seat.stage, CourseStage):
        return PartForm(data, seat)
    if isinstance(seat.stage, VisitStage):
        return HoldForm(data, modes=seat.stage.modes)
    return forms.Form(data)


def _arrange(request: Signed, seat: Seat, form: Any) -> None:
    arrange(
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
    if seat.mine(ActKind.HOLD) is None:
        raise Refused("This is not yours to record, or not now.")
    mode = form.cleaned_data.get("mode", "")
    today = seat.reading.position.today
    hold(journey=seat.reading.journey, stage=seat.stage.id, by=request.user, today=today, mode=mode)


def _sign(request: Signed, seat: Seat, form: Any) -> None:
    act = seat.mine(ActKind.SIGN)
    if act is None:
        raise Refused("Your signature is not awaited.")
    today = seat.reading.position.today
    sign(journey=seat.reading.journey, stage=seat.stage.id, by=request.user, today=today, role=act.role)


def _attend(request: Signed, seat: Seat, form: Any) -> None:
    record_attendance(
        journey=seat.reading.journey,
        stage=seat.stage.id,
        part=form.cleaned_data["part"],
        by=request.user,
        today=seat.reading.position.today,
    )


_ACTS: dict[str, Callable[[Signed, Seat, Any], None]] = {
    "arrange": _arrange,
    "hold": _hold,
    "sign": _sign,
    "attend": _attend,
}
