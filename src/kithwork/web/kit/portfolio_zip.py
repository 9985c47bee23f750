"""A portfolio as one file: a page that anybody can read without this site, and every file of it."""

from collections.abc import Sequence
from datetime import date

from django.http import FileResponse
from django.template.loader import render_to_string

from kithwork.core.bundle import pack, safe_name
from kithwork.core.schemes import Edition, PortfolioStage, Requirement
from kithwork.evidence.portfolios import Piece
from kithwork.web.kit.portfolios import cards_of, cover_of


def zip_answer(
    edition: Edition,
    stage: PortfolioStage,
    asked: Sequence[Requirement],
    pieces: Sequence[Piece],
    *,
    name: str,
    today: date,
    handed_in: date | None = None,
) -> FileResponse:
    """`portfolio.html` with text, pictures and links in order and an index by requirement; and `files/`.

    `name` is whose portfolio it is, `handed_in` the day on which it was handed in as it stands here. A file that
    cannot be found is said to be missing, and the rest is given.
    """
    names = {
        piece.item.ref: f"files/{safe_name(at, piece.item.title, piece.item.file_name, piece.item.media_type)}"
        for at, piece in enumerate(pieces, 1)
        if piece.item.file and piece.item.destroyed_at is None
    }
    there = {
        piece.item.ref: piece.item.file
        for piece in pieces
        if piece.item.ref in names and piece.item.file.storage.exists(str(piece.item.file.name))
    }
    shown = cards_of(edition, pieces, lambda ref: names[ref] if ref in there else "")
    index = [
        (row, [card for card, piece in zip(shown, pieces, strict=True) if piece.shows(row.id)])
        for row in cover_of(edition, asked, pieces, lambda _: "").rows
    ]
    page = render_to_string(
        "kit/portfolio_export.html",
        {
            "edition": edition,
            "stage": stage,
            "name": name,
            "today": today,
            "handed_in": handed_in,
            "cards": shown,
            "index": index,
            "missing": names.keys() - there.keys(),
        },
    )

    files = ((names[ref], file.open("rb")) for ref, file in there.items())  # each opened when its turn comes
    made = pack(files, {"portfolio.html": page.encode()}, today)
    answer = FileResponse(made, as_attachment=True, filename=f"{edition.scheme.slug}-{stage.id}.zip")
    answer["Content-Type"] = "application/zip"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
