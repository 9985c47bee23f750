"""What is done with one button: granting what a decision has opened the way to, handing in what goes as a whole."""

from django import forms
from django.http import Http404, HttpResponse

from kithwork.assessment.queries import recommendations
from kithwork.awards.queries import awards_of
from kithwork.core.journey import ActKind, term
from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from kithwork.procedures import applying
from kithwork.procedures.deciding import grant
from kithwork.web.body.doors import Seat
from kithwork.web.body.stages.frame import show
from kithwork.web.body.wording import applicant_of
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.pages import Signed
from kithwork.web.templatetags.kit import longdate


def award(request: Signed, seat: Seat) -> HttpResponse:
    """Grant the level that has been earned. Officers alone."""
    if not seat.officer:
        raise Http404("No such page.")
    reading, today = seat.reading, seat.reading.position.today
    form = forms.Form(request.POST if request.method == "POST" else None)
    status = OK
    if request.method == "POST":
        status = tried(form, lambda: grant(journey=reading.journey, by=request.user, today=today))
        if status == DONE:
            return done(request, seat.back, f"{applicant_of(reading.journey)} is granted it, and has been told.")
    open_now = any(act.what is ActKind.GRANT for act in seat.acts)
    level = reading.edition.level(reading.position.earned or reading.position.level).title
    until = term(reading.edition, reading.position, today)
    held = [one for one in awards_of(reading.journey) if one.superseded_on is None]
    heading = f"Grant {level} to {applicant_of(reading.journey)}?" if open_now else seat.stage.title
    return show(
        request,
        seat,
        "granting",
        heading,
        status,
        form=form,
        mine=open_now,
        until=f"until {longdate(until)}" if until else "without an end",
        replaces=held[0] if held and open_now else None,
        recommended=list(recommendations(reading.journey)),
        button="Grant it",
    )


def hand_in(request: Signed, seat: Seat) -> HttpResponse:
    """Hand in a portfolio, or the wish to renew, where the scheme leaves that to the body."""
    if seat.stage.by in {Role.APPLICANT, Role.SUPPORTER, Role.ASSESSOR}:
        raise Http404("No such page.")
    act = seat.mine(ActKind.SEND, ActKind.RENEW)
    form = forms.Form(request.POST if request.method == "POST" else None)
    status = OK

    def send() -> None:
        if act is None:
            raise Refused("This is not open now, or not yours to hand in.")
        journey, today = seat.reading.journey, seat.reading.position.today
        applying.hand_in(journey=journey, stage=seat.stage.id, by=request.user, today=today, role=act.role)

    if request.method == "POST":
        status = tried(form, send)
        if status == DONE:
            return done(request, seat.back, f"{seat.stage.title}: handed in.")
    heading = f"{seat.stage.title}: handed in on {longdate(seat.now.done)}" if seat.now.done else seat.stage.title
    return show(request, seat, "granting", heading, status, form=form, mine=act, button="Hand it in")
