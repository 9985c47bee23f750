"""Handing a portfolio in, what was handed in before, its files, and the whole as one file."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from kithwork.core.verdict import Refused
from kithwork.evidence.access import piece_once_owned
from kithwork.evidence.portfolios import RoundRow, handed_in, pieces_in
from kithwork.procedures import applying
from kithwork.web.kit.files import file_answer
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.portfolio_zip import zip_answer
from kithwork.web.kit.portfolios import cards_of, cover_of
from kithwork.web.service.gating import looked_through
from kithwork.web.service.portfolio.forms import HandInNote
from kithwork.web.service.portfolio.here import Here, open_portfolio
from kithwork.web.service.words import capital


@page(Desk.SERVICE, "GET", "POST")
def portfolio_hand_in(request: Signed, ref: str, stage: str) -> HttpResponse:
    """What is covered, what is not, by when, and that it locks; then the button."""
    here = open_portfolio(request, ref, stage, write=True)
    form = HandInNote(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        if not (may := here.may_hand_in):
            raise Refused(may)
        return _ask(request, here, form, 200)
    if not form.is_valid():
        return _ask(request, here, form, 422)
    try:
        looked_through(here.seen, form, request.user, "note")
        applying.hand_in(
            journey=here.seen.reading.journey,
            stage=stage,
            by=request.user,
            today=here.seen.today,
            note=form.cleaned_data["note"],
        )
    except Refused as refused:
        refuse(form, refused, here.onward)
        return _ask(request, here, form, 409)
    messages.success(request, f"{here.stage.title}: handed in. {capital(here.readers)} can read it now.")
    return here.go("portfolio")


def _ask(request: Signed, here: Here, form: HandInNote, status: int) -> HttpResponse:
    stopped = here.seen.position.clock.stopped is not None
    return render(
        request,
        "service/portfolio/hand_in.html",
        {
            "here": here,
            "form": form,
            "count": len(here.pieces),
            "cover": here.cover,
            "due": None if stopped else here.now.due,
            "late": here.now.overdue,
            "unlinked": [piece.item.title for piece in here.pieces if not piece.links],
            "back_href": here.at("portfolio"),
        },
        status=status,
    )


def _round(here: Here, number: str) -> RoundRow:
    rounds = handed_in(here.seen.reading.journey, here.stage.id)
    found = next((one for one in rounds if str(one.number) == number), None)
    if found is None:
        raise Http404("No such page.")
    return found


@page(Desk.SERVICE)
def portfolio_round(request: Signed, ref: str, stage: str, number: int) -> HttpResponse:
    """The portfolio as it was handed in at one time."""
    here = open_portfolio(request, ref, stage)
    handed = _round(here, str(number))
    pieces, edition = pieces_in(handed), here.seen.edition
    return render(
        request,
        "service/portfolio/round.html",
        {
            "here": here,
            "handed": handed,
            "cards": cards_of(edition, pieces, lambda one: here.at("portfolio_file", one)),
            "cover": cover_of(edition, here.asked, pieces, lambda _: ""),
            "back_href": here.at("portfolio"),
        },
    )


@page(Desk.SERVICE)
def portfolio_file(request: Signed, ref: str, stage: str, item: str) -> HttpResponseBase:
    """A piece's file, now in the portfolio or handed in earlier."""
    here = open_portfolio(request, ref, stage)
    return file_answer(piece_once_owned(here.seen.reading.journey, stage, item), view="view" in request.GET)


@page(Desk.SERVICE)
def portfolio_zip(request: Signed, ref: str, stage: str) -> HttpResponseBase:
    """The portfolio as it is now, or with `?round=1` as it was handed in then."""
    here = open_portfolio(request, ref, stage)
    handed = _round(here, request.GET["round"]) if "round" in request.GET else None
    return zip_answer(
        here.seen.edition,
        here.stage,
        here.asked,
        pieces_in(handed) if handed else here.pieces,
        name=here.seen.name,
        today=here.seen.today,
        handed_in=handed.sent_on if handed else None,
    )
