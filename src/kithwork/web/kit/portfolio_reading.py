"""A portfolio for those who read it once it is handed in: its assessor, and the body with its panel."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from kithwork.core.journey import OWED
from kithwork.core.schemes import PortfolioStage
from kithwork.evidence.access import piece_for_reader
from kithwork.evidence.portfolios import RoundRow, asked_in, handed_in, pieces_in
from kithwork.journeys.queries import Reading
from kithwork.web.kit.files import file_answer
from kithwork.web.kit.portfolio_zip import zip_answer
from kithwork.web.kit.portfolios import cards_of, cover_of, filtered, rounds_of
from kithwork.web.templatetags.kit import longdate, plural


def _choose(request: HttpRequest, reading: Reading, stage: PortfolioStage) -> tuple[RoundRow, list[RoundRow]]:
    """The time asked for by `?round=`, else the newest; 404 before it was ever handed in."""
    rounds = handed_in(reading.journey, stage.id)
    wanted = request.GET.get("round")
    found = next((one for one in rounds if wanted is None or str(one.number) == wanted), None)
    if found is None:
        raise Http404("No such page.")
    return found, rounds


def reading_of(
    request: HttpRequest,
    reading: Reading,
    stage: PortfolioStage,
    *,
    name: str,
    home: str,
    file: Callable[[str], str],
    breach: Callable[[str], str],
) -> dict[str, Any]:
    """What the page shows, for its template. `home` is the page's address, `file` gives that of a piece's file,
    `breach` that on which a name left in it is reported.

    Raises Http404 before the portfolio was ever handed in: nobody learns whether there is anything yet.
    """
    handed, rounds = _choose(request, reading, stage)
    pieces = pieces_in(handed, outside=True)
    asked = asked_in(reading.edition, reading.position, stage)
    cover = cover_of(reading.edition, asked, pieces, lambda what: f"{home}?round={handed.number}&shows={what}#pieces")
    shown, what = filtered(asked, pieces, request.GET.get("shows", ""))
    cards = cards_of(reading.edition, pieces, file, breach)
    found = f", {cover.finding}" if asked else ""
    newest = handed.number == rounds[0].number
    item = reading.position.stages[stage.id].items[stage.id]
    return {
        "stage": stage,
        "name": name,
        "heading": f"{name}: {plural(len(pieces), 'piece')}{found}",
        "handed": handed,
        "newest": newest,
        "again": newest and item.state in OWED,
        "cards": [cards[at - 1] for at, _ in shown],
        "what": what,
        "cover": cover,
        "rounds": rounds_of(rounds, handed.number, lambda number: f"{home}?round={number}"),
        "caption": f"{stage.title}, handed in on {longdate(handed.sent_on)}",
    }


def zip_of(request: HttpRequest, reading: Reading, stage: PortfolioStage, *, name: str) -> HttpResponseBase:
    """The same as one file."""
    handed, _ = _choose(request, reading, stage)
    return zip_answer(
        reading.edition,
        stage,
        asked_in(reading.edition, reading.position, stage),
        pieces_in(handed, outside=True),
        name=name,
        today=reading.position.today,
        handed_in=handed.sent_on,
    )


def file_of(request: HttpRequest, reading: Reading, stage: PortfolioStage, item: str) -> HttpResponseBase:
    """The file of a piece that was handed in."""
    return file_answer(piece_for_reader(reading.journey, stage.id, item), view="view" in request.GET)
