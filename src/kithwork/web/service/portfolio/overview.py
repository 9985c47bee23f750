"""The portfolio's first page: how it stands, its pieces in order; and the map of what they cover."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render

from kithwork.assessment.queries import decisions
from kithwork.core.journey import ItemState, StageState
from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from kithwork.evidence.access import piece_for_owner
from kithwork.evidence.actions import move_piece
from kithwork.evidence.portfolios import advice_on, handed_in
from kithwork.web.kit.forms import refusal
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.portfolios import cards_of, filtered
from kithwork.web.service.portfolio.here import Here, open_portfolio
from kithwork.web.service.words import capital, opens_when, stage_tag
from kithwork.web.templatetags.kit import longdate, plural


@page(Desk.SERVICE, "GET", "POST")
def portfolio(request: Signed, ref: str, stage: str) -> HttpResponse:
    """The pieces in order; a POST moves one of them up or down."""
    here = open_portfolio(request, ref, stage, write=request.method == "POST")
    if request.method != "POST":
        return overview(request, here)
    do = request.POST.get("do", "")
    if do not in {"up", "down"}:
        raise Http404("No such page.")
    item = piece_for_owner(here.seen.reading.journey, stage, request.POST.get("item", ""))
    try:
        move_piece(item=item, up=do == "up", by=request.user, today=here.seen.today)
    except Refused as refused:
        return overview(request, here, refusal(refused, here.onward), 409)
    messages.success(request, f"\u2018{item.title}\u2019 is moved {do}.")
    return here.go("portfolio", anchor=f"piece-{item.ref}")


def overview(request: Signed, here: Here, form: Form | None = None, status: int = 200) -> HttpResponse:
    """The portfolio's page, also where the journey asks for the stage's."""
    seen, now = here.seen, here.now
    shown, what = filtered(here.asked, here.pieces, request.GET.get("shows", ""))
    cards = cards_of(seen.edition, here.pieces, lambda ref: here.at("portfolio_file", ref))
    journey = seen.reading.journey
    open_now = now.state is StageState.OPEN
    shut = now.state is StageState.SHUT and now.opened is None
    return render(
        request,
        "service/portfolio/overview.html",
        {
            "here": here,
            "seen": seen,
            "stage": here.stage,
            "form": form,
            "heading": heading(here),
            "tag": stage_tag(seen.edition, seen.position, now),
            "cards": [cards[at - 1] for at, _ in shown],
            "what": what,
            "last": len(cards),
            "cover": here.cover,
            "changes": here.changes,
            "hands_in": here.changes and open_now and bool(here.pieces),
            "locked": here.may_change.because if not here.changes and not seen.position.status.is_over else "",
            "opens": opens_when(seen.edition, seen.position, here.stage) if shut else "",
            "due": now.due if open_now and not seen.position.clock.stopped else None,
            "rounds": [(one, here.at("portfolio_round", one.number)) for one in handed_in(journey, here.stage.id)],
            "advice": _advice(here),
        },
        status=status,
    )


def heading(here: Here) -> str:
    """The finding of the portfolio in one line."""
    title, since = here.stage.title, here.now.items[here.stage.id].since
    match here.state:
        case ItemState.SENT:
            return f"{title}: handed in on {longdate(since)}"
        case ItemState.CONFIRMED:
            return f"{title}: confirmed on {longdate(since)}"
        case ItemState.RETURNED | ItemState.BREACHED:
            return f"{title}: more is asked for"
        case _:
            if not here.pieces:
                return f"{title}: no pieces yet"
            shown = f", {here.cover.finding}" if here.asked else ""
            return f"{title}: {plural(len(here.pieces), 'piece')}{shown}"


def _advice(here: Here) -> tuple[str, str]:
    """Why it is asked for again, and who says so: the panel with its decision, or the assessor."""
    if here.state is not ItemState.RETURNED:
        return "", ""
    journey, stage = here.seen.reading.journey, here.stage.id
    if here.stage.judged_by is Role.ASSESSOR:
        said = next(iter(advice_on(journey, stage)), None)
        if said is not None and said.outcome == "returned":
            return said.advice, f"Your {here.seen.edition.words.assessor}"
    deciding = {
        one.id
        for one in here.seen.edition.stages
        if stage in (names if not isinstance(names := getattr(one, "reopens", None) or (), str) else (names,))
    }
    more = [one for one in decisions(journey) if one.stage in deciding and one.outcome == "more"]
    return (more[-1].reason, "The panel") if more else ("", "")


@page(Desk.SERVICE)
def portfolio_map(request: Signed, ref: str, stage: str) -> HttpResponse:
    """Requirements down, points across, and how many pieces are linked to each."""
    here = open_portfolio(request, ref, stage)
    return render(
        request,
        "service/portfolio/map.html",
        {
            "here": here,
            "heading": capital(here.cover.finding),
            "cover": here.cover,
            "as_table": request.GET.get("map") == "table",
            "back_href": here.at("portfolio"),
        },
    )
