"""The frame of every stage's page on this desk: whose stage it is, how it stands, on whom it waits."""

from django.http import HttpResponse
from django.shortcuts import render

from kithwork.core.journey import StageState
from kithwork.web.body.doors import Seat
from kithwork.web.body.wording import act_title, applicant_of, role_word, stage_hint
from kithwork.web.kit.pages import Signed


def waits(seat: Seat) -> str:
    """Why there is nothing to do here for this person."""
    edition = seat.reading.edition
    if seat.now.state is StageState.DONE:
        return "This is done."
    if seat.acts:
        act = seat.acts[0]
        return f"This waits on {role_word(act.role, edition)}: {act_title(act, edition)}."
    return "This is not open now."


def show(request: Signed, seat: Seat, name: str, heading: str, status: int = 200, **more: object) -> HttpResponse:
    """A stage's page in its frame. `mine` says whether the person can do anything on it."""
    context = {
        "seat": seat,
        "stage": seat.stage,
        "heading": heading,
        "service": applicant_of(seat.reading.journey),
        "hint": stage_hint(seat.now, seat.reading.position.today, seat.reading.edition),
        "waits": waits(seat),
        "stopped": seat.reading.position.clock.stopped,
        "back_href": seat.back,
        "back_words": applicant_of(seat.reading.journey) if seat.officer else "The panel's list",
        **more,
    }
    return render(request, f"body/stages/{name}.html", context, status=status)
