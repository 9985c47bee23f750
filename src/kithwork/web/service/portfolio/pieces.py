"""One piece: added, read, changed, linked to what it shows, taken out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kithwork.core.verdict import Refused
from kithwork.evidence.access import piece_for_owner
from kithwork.evidence.actions import add_link, add_statement, drop_piece, link_piece, revise_piece
from kithwork.evidence.portfolios import Piece, version_of
from kithwork.evidence.queries import ItemRow
from kithwork.journeys.actions import drop_draft
from kithwork.journeys.queries import draft_of
from kithwork.procedures.gating.offering import offer_file
from kithwork.web.account.drafts import draft_url
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.portfolios import cards_of
from kithwork.web.service import doors
from kithwork.web.service.forms import from_draft
from kithwork.web.service.gating import NOBODY_ON_IT, looked_through
from kithwork.web.service.portfolio.forms import (
    FilePiece,
    FileWords,
    LinkPiece,
    LinksForm,
    PieceForm,
    TextPiece,
    Version,
)
from kithwork.web.service.portfolio.here import Here, open_portfolio

_ADDED: dict[str, tuple[type[PieceForm], str]] = {
    "text": (TextPiece, "Write a text"),
    "file": (FilePiece, "Add a picture or a file"),
    "link": (LinkPiece, "Add a video or another link"),
}
_WORDS: dict[str, type[PieceForm]] = {"statement": TextPiece, "file": FileWords, "link": LinkPiece}


@page(Desk.SERVICE, "GET", "POST")
def portfolio_add(request: Signed, ref: str, stage: str, kind: str) -> HttpResponse:
    """A new piece: text, file or link. What is typed into a text is kept as a draft."""
    here = open_portfolio(request, ref, stage, write=True)
    if kind not in _ADDED:
        raise Http404("No such page.")
    shape, heading = _ADDED[kind]
    key = f"portfolio-{kind}:{ref}:{stage}"
    if request.method != "POST":
        if not here.may_change:
            raise Refused(here.may_change)
        return _form_page(request, here, _drafted(request, shape(today=here.seen.today), key), heading, key)
    form = shape(request.POST, request.FILES, today=here.seen.today)
    if not form.is_valid():
        return _form_page(request, here, form, heading, key, status=422)
    try:
        if kind == "file":
            return _to_the_gate(request, here, form.cleaned_data)
        item = _add(request, here, kind, form)
    except Refused as refused:
        refuse(form, refused, here.onward)
        return _form_page(request, here, form, heading, key, status=409)
    drop_draft(user=request.user, key=key)
    messages.success(request, f"\u2018{item.title}\u2019 is added. Say now what it shows, or do so later.")
    return here.go("portfolio_links", item.ref)


def _add(request: Signed, here: Here, kind: str, form: PieceForm) -> ItemRow:
    wording = NOBODY_ON_IT if kind == "link" else ""
    passing = looked_through(here.seen, form, request.user, "title", "text", wording=wording)
    more = _given(request, here, form.cleaned_data)
    more |= {"passing": passing, "declared": form.cleaned_data["declared"]}
    if kind == "text":
        return add_statement(**more)
    return add_link(url=form.cleaned_data["url"], **more)


def _to_the_gate(request: Signed, here: Here, given: dict[str, Any]) -> HttpResponse:
    original = offer_file(upload=given["upload"], **_given(request, here, given))
    return doors.go("gate_one", here.seen.ref, original.ref)


def _given(request: Signed, here: Here, given: dict[str, Any]) -> dict[str, Any]:
    more: dict[str, Any] = {name: given[name] for name in ("title", "dated", "casework", "text")}
    more |= {"journey": here.seen.reading.journey, "slots": (), "portfolio": here.stage.id}
    return more | {"by": request.user, "today": here.seen.today}


def _drafted(request: Signed, form: PieceForm, key: str) -> PieceForm:
    draft = draft_of(request.user, key)
    if draft is not None:
        form.initial = {**form.initial, **from_draft(form, draft.fields)}
    return form


def _form_page(
    request: Signed,
    here: Here,
    form: PieceForm,
    heading: str,
    key: str,
    *,
    status: int = 200,
    version: Version | None = None,
    back: str = "",
    now: object = None,
) -> HttpResponse:
    return render(
        request,
        "service/portfolio/form.html",
        {
            "here": here,
            "form": form,
            "version": version,
            "heading": heading,
            "now": now,
            "again": status in {409, 422} and form.is_multipart(),
            "draft_url": draft_url(key) if here.changes else "",
            "has_draft": not form.is_bound and draft_of(request.user, key) is not None,
            "back_href": back or here.at("portfolio"),
        },
        status=status,
    )


def _piece(here: Here, item: ItemRow) -> Piece:
    return next((one for one in here.pieces if one.item.pk == item.pk), Piece(item, ()))


def _found(request: Signed, ref: str, stage: str, item: str, *, write: bool) -> tuple[Here, ItemRow]:
    here = open_portfolio(request, ref, stage, write=write)
    return here, piece_for_owner(here.seen.reading.journey, stage, item)


@page(Desk.SERVICE)
def portfolio_piece(request: Signed, ref: str, stage: str, item: str) -> HttpResponse:
    """One piece to read, with what can be done with it."""
    here, found = _found(request, ref, stage, item, write=False)
    cards = cards_of(here.seen.edition, here.pieces, lambda one: here.at("portfolio_file", one))
    at = next(number for number, card in enumerate(cards) if card.ref == found.ref)
    return render(
        request,
        "service/portfolio/piece.html",
        {
            "here": here,
            "card": cards[at],
            "changes": here.changes,
            "before": cards[at - 1] if at else None,
            "after": cards[at + 1] if at + 1 < len(cards) else None,
            "back_href": here.at("portfolio"),
        },
    )


@page(Desk.SERVICE, "GET", "POST")
def portfolio_change(request: Signed, ref: str, stage: str, item: str) -> HttpResponse:
    """Other words for a piece. What was handed in earlier stays as it was."""
    here, found = _found(request, ref, stage, item, write=True)
    shape, key = _WORDS[found.kind], f"portfolio-{found.kind}:{ref}:{item}"
    back, heading = here.at("portfolio_piece", item), f"Change \u2018{found.title}\u2019"
    if request.method != "POST":
        if not here.may_change:
            raise Refused(here.may_change)
        own = {name: getattr(found, name) for name in ("title", "text", "url", "dated", "casework")}
        form = shape(today=here.seen.today, initial=own | {"declared": found.redacted_at is not None})
        version = Version(initial={"was": version_of(found)})
        return _form_page(request, here, _drafted(request, form, key), heading, key, version=version, back=back)
    form, version = shape(request.POST, today=here.seen.today), Version(request.POST)
    if not form.is_valid():
        return _form_page(request, here, form, heading, key, status=422, version=version, back=back)
    was = request.POST.get("was", "")
    wording = NOBODY_ON_IT if found.kind == "link" else ""
    try:
        passing = looked_through(here.seen, form, request.user, "title", "text", wording=wording)
        given = {"url": "", **{name: form.cleaned_data[name] for name in shape.base_fields}}
        kept = revise_piece(item=found, was=was, by=request.user, today=here.seen.today, passing=passing, **given)
    except Refused as refused:
        refuse(form, refused, here.onward)
        changed = was != version_of(found)
        fresh = Version(initial={"was": version_of(found)}) if changed else version
        shown = cards_of(here.seen.edition, [_piece(here, found)], lambda one: here.at("portfolio_file", one))[0]
        return _form_page(
            request, here, form, heading, key, status=409, version=fresh, back=back, now=shown if changed else None
        )
    drop_draft(user=request.user, key=key)
    messages.success(request, f"\u2018{kept.title}\u2019 is changed.")
    return here.go("portfolio_piece", kept.ref)


@page(Desk.SERVICE, "GET", "POST")
def portfolio_links(request: Signed, ref: str, stage: str, item: str) -> HttpResponse:
    """What a piece shows: any of the requirements, and of their points."""
    here, found = _found(request, ref, stage, item, write=True)
    if request.method != "POST" and not here.may_change:
        raise Refused(here.may_change)
    form = LinksForm(request.POST if request.method == "POST" else None, here.asked, _piece(here, found))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                looked_through(here.seen, form, request.user, *(f"says-{one.id}" for one in here.asked))
                link_piece(item=found, links=form.links, by=request.user, today=here.seen.today)
            except Refused as refused:
                refuse(form, refused, here.onward)
                status = 409
            else:
                messages.success(request, f"What \u2018{found.title}\u2019 shows is kept.")
                return here.go("portfolio", anchor=f"piece-{found.ref}")
    words = here.seen.edition.words
    return render(
        request,
        "service/portfolio/links.html",
        {
            "here": here,
            "item": found,
            "form": form,
            "heading": f"What does \u2018{found.title}\u2019 show?",
            "lede": f"One piece may show several {words.requirements}, and may wait to be linked.",
            "pairs": [(form[f"on-{one.id}"], form[f"says-{one.id}"]) for one in here.asked],
            "back_href": here.at("portfolio_piece", found.ref),
        },
        status=status,
    )


@page(Desk.SERVICE, "GET", "POST")
def portfolio_drop(request: Signed, ref: str, stage: str, item: str) -> HttpResponse:
    """Take a piece out, after a question."""
    here, found = _found(request, ref, stage, item, write=True)
    form, status = Version(request.POST if request.method == "POST" else None), 200
    if request.method != "POST" and not here.may_change:
        raise Refused(here.may_change)
    if request.method == "POST":
        try:
            drop_piece(item=found, by=request.user, now=timezone.now())
        except Refused as refused:
            refuse(form, refused, here.onward)
            status = 409
        else:
            drop_draft(user=request.user, key=f"portfolio-{found.kind}:{ref}:{item}")
            messages.success(request, f"\u2018{found.title}\u2019 is taken out.")
            return here.go("portfolio")
    kept = (
        "What you handed in earlier stays as it was." if here.now.items[stage].rounds else "It cannot be brought back."
    )
    return render(
        request,
        "kit/interruption.html",
        {
            "heading": f"Take out \u2018{found.title}\u2019?",
            "text": f"The piece leaves your portfolio, with what it is linked to. {kept}",
            "form": form,
            "action_text": "Yes, take it out",
            "cancel_href": here.at("portfolio_piece", found.ref),
        },
        status=status,
    )
