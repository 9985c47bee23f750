"""Gathering: what is added, offered for one thing more, and taken out again."""

import hashlib
from collections.abc import Callable, Collection
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.casework import redacted
from kithwork.core.schemes import Edition, PortfolioStage
from kithwork.core.verdict import Refused
from kithwork.core.words import count_words
from kithwork.evidence.actions.declaring import declare_redacted, keep_declaration
from kithwork.evidence.actions.ground import asked_by, known_slots, line_up, log, may_change
from kithwork.evidence.actions.storing import arriving, tidy_on_commit
from kithwork.evidence.models import Breach, Item, Offer
from kithwork.evidence.passing import Passing, let_through
from kithwork.evidence.portfolios import living, portfolio_of
from kithwork.evidence.queries import journeys_beside
from kithwork.files.intake import examine
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.ledger.acts import Act


@transaction.atomic
def keep(
    *,
    item: Item,
    slots: Collection[str],
    by: User,
    declared: bool,
    passing: Passing | None = None,
    instead: Item | None = None,
) -> Item:
    """Write an item and what it is offered for. Where casework is asked for, it is casework whatever it was called.

    Without `passing` it is the applicant's alone until it has been through the privacy gate. It takes the place of
    `instead`.
    """
    journey = item.journey
    edition = edition_of(journey.edition)
    item.portfolio = may_offer(journey=journey, slots=slots, portfolio=item.portfolio, today=item.added_on)
    if instead is not None:
        Offer.objects.filter(item=instead).delete()
        Item.objects.filter(pk=instead.pk).update(removed_at=timezone.now())
        tidy_on_commit(journey)
    if item.portfolio:
        item.place = max((one.place for one in living(journey, item.portfolio)), default=0) + 1
    for slot in slots or ("",):  # a piece may be linked to nothing yet
        verdict = redacted(asked_by(edition, slot), casework=item.casework, declared=declared)
        if not verdict:
            raise Refused(verdict)
    item.casework = item.casework or any(one is not None and one.live for one in (asked_by(edition, s) for s in slots))
    if declared:
        keep_declaration(item, by, timezone.now())
    let_through(item, passing)
    item.save()
    Offer.objects.bulk_create(Offer(item=item, journey=journey, slot=slot) for slot in slots)
    log(
        Act.EVIDENCE_ADDED,
        journey,
        by,
        private=bool(item.portfolio),
        item=item.ref,
        kind=item.kind,
        digest=item.digest,
        casework=item.casework,
        passed=passing is not None,
    )
    return item


@transaction.atomic
def may_offer(*, journey: Journey, slots: Collection[str], portfolio: str, today: date) -> str:
    """Whether something may be added for these slots today: the portfolio it would be a piece of, '' for none.

    Nothing is written. Raises Refused when it may not.
    """
    edition = edition_of(journey.edition)
    home = _home(edition, slots, portfolio)
    if set(slots) - known_slots(edition) or not (slots or home):
        raise Refused("Say what this is evidence for.")
    may_change(journey, [*slots, home] if home else slots, today)
    return home


def _home(edition: Edition, slots: Collection[str], portfolio: str) -> str:
    """The portfolio that something added for these slots becomes a piece of; '' for what stands by itself."""
    known = {stage.id for stage in edition.stages if isinstance(stage, PortfolioStage)}
    homes = {portfolio_of(edition, slot) for slot in slots} | ({portfolio} if portfolio else set())
    if len(homes) > 1 or homes - known - {""}:
        raise Refused("A piece belongs to one portfolio, and shows what is asked there.")
    return next(iter(homes), "")


def add_file(
    *,
    journey: Journey,
    slots: Collection[str],
    title: str,
    upload: "UploadedFile[bytes]",
    dated: date | None,
    casework: bool,
    declared: bool,
    by: User,
    today: date,
    portfolio: str = "",
    text: str = "",
    along: Callable[[Item], None] | None = None,
    passing: Passing | None = None,
    instead: Item | None = None,
) -> Item:
    """Keep a file as evidence for some slots, or as a piece of a portfolio with `text` to say what it shows. `along`
    writes what must stand or fall with it, in the same transaction. It takes the place of `instead`.

    It is opened only in a process of its own, and refused with a reason. Raises Refused for a file that cannot be kept,
    casework without its declaration, or the same file a second time, also when both come at once. Must be called
    outside any transaction.
    """
    if upload.size is not None and upload.size > settings.UPLOAD_LIMIT:
        raise Refused(f"The file is too large: at most {settings.UPLOAD_LIMIT // 1024 // 1024} MB.")
    name = (upload.name or "file")[-200:]
    item = Item(
        journey=journey,
        kind=Item.Kind.FILE,
        portfolio=portfolio or _home(edition_of(journey.edition), slots, ""),
        title=title.strip() or name,
        text=text.strip(),
        dated=dated,
        casework=casework,
        file_name=name,
        added_by=by,
        added_on=today,
    )
    return keep_file(
        item, upload.read(), slots=slots, by=by, declared=declared, along=along, passing=passing, instead=instead
    )


def keep_file(
    item: Item,
    content: bytes,
    *,
    slots: Collection[str],
    by: User,
    declared: bool,
    along: Callable[[Item], None] | None = None,
    passing: Passing | None = None,
    instead: Item | None = None,
) -> Item:
    """Examine a file, and keep it with its item and what it is offered for. Raises Refused as `add_file` does."""
    inspection = examine(content, item.file_name, settings.UPLOAD_LIMIT)
    if not inspection.ok:
        raise Refused(inspection.reason or "This file cannot be kept.")
    item.media_type = inspection.media_type or "application/octet-stream"
    item.size, item.pages = len(content), inspection.pages
    item.digest = hashlib.sha256(content).hexdigest()
    try:
        with arriving(item, content):
            _first_of_its_kind(item, instead)
            added = keep(item=item, slots=slots, by=by, declared=declared, passing=passing, instead=instead)
            if along is not None:
                along(added)
            return added
    except IntegrityError:
        _first_of_its_kind(item, instead)  # the table's constraint says so too: then another upload was quicker
        raise


def _first_of_its_kind(item: Item, instead: Item | None = None) -> None:
    """Raises Refused for a file that the journey has already, or that was destroyed."""
    twin = (
        Item.objects.exclude(pk__in=[instead.pk] if instead else [])
        .filter(
            journey=item.journey,
            portfolio=item.portfolio,
            digest=item.digest,
            removed_at__isnull=True,
            destroyed_at__isnull=True,
        )
        .first()
    )
    if twin is not None and item.portfolio:
        raise Refused(f"You have added this file already, as '{twin.title}'. One piece may show several things.")
    if twin is not None:
        raise Refused(f"You have added this file already, as '{twin.title}'. Choose it from your evidence instead.")
    theirs = Q(journey=item.journey) | Q(journey__in=journeys_beside(item.journey))  # destroyed on one, so on all
    if Breach.objects.filter(theirs, digest=item.digest).exists():
        raise Refused("This very file was destroyed after a data breach. Send a redacted one.")


def add_link(
    *,
    journey: Journey,
    slots: Collection[str],
    title: str,
    url: str,
    dated: date | None,
    by: User,
    today: date,
    declared: bool = False,
    casework: bool = False,
    portfolio: str = "",
    text: str = "",
    passing: Passing | None = None,
) -> Item:
    """A public page as evidence, or a video or another page as a piece of a portfolio; `text` says what it shows.

    `declared`: that nobody can be found on it, needed where casework is asked for. Raises Refused for an address that
    is not a page's.
    """
    if urlsplit(url).scheme not in {"http", "https"}:
        raise Refused("Write the address of a page, such as https://www.example.org/video")
    item = Item(
        journey=journey,
        kind=Item.Kind.LINK,
        portfolio=portfolio,
        text=text.strip(),
        casework=casework,
        title=title.strip() or url[:200],
        url=url,
        dated=dated,
        added_by=by,
        added_on=today,
    )
    return keep(item=item, slots=slots, by=by, declared=declared, passing=passing)


def add_statement(
    *,
    journey: Journey,
    slots: Collection[str],
    title: str,
    text: str,
    dated: date | None,
    casework: bool,
    declared: bool,
    by: User,
    today: date,
    portfolio: str = "",
    passing: Passing | None = None,
) -> Item:
    """The service's own words as evidence, or a text as a piece of a portfolio, which has a date only where it is given
    one. Raises Refused without any words.
    """
    if not text.strip():
        raise Refused("Write your text first." if portfolio else "Write your statement first.")
    item = Item(
        journey=journey,
        kind=Item.Kind.STATEMENT,
        portfolio=portfolio,
        title=title.strip() or "Statement",
        text=text.strip(),
        dated=dated if portfolio else dated or today,
        casework=casework,
        added_by=by,
        added_on=today,
    )
    return keep(item=item, slots=slots, by=by, declared=declared, passing=passing)


def write_piece(
    *,
    journey: Journey,
    stage: str,
    piece_id: str,
    text: str,
    declared: Collection[str],
    by: User,
    today: date,
    seen: str | None = None,
    passing: Passing | None = None,
) -> Item:
    """The text of a case study or an assignment, with what it must declare. A new text takes the place of the one
    before.

    `seen` is the reference of the text that the writer had before them, '' for none; without it nobody is asked.
    Raises Refused when it is too short or too long, something is not declared, or a colleague has kept another text
    since.
    """
    edition = edition_of(journey.edition)
    piece = next((p for p in getattr(edition.stage(stage), "pieces", ()) if p.id == piece_id), None)
    if piece is None:
        raise Refused("This scheme asks for no such piece.")
    words = count_words(text)
    if piece.min_words and words < piece.min_words:
        raise Refused(f"It has {words} words; at least {piece.min_words} are needed.")
    if piece.max_words and words > piece.max_words:
        raise Refused(f"It has {words} words; at most {piece.max_words} are allowed.")
    missing = [d for d in piece.declarations if d.id not in declared]
    if missing:
        raise Refused(f"Please confirm: {missing[0].says}")
    with transaction.atomic():
        line_up(journey)
        kept = Item.objects.filter(
            journey=journey, kind=Item.Kind.PIECE, offers__slot=piece_id, removed_at__isnull=True
        )
        now = kept.filter(destroyed_at__isnull=True).values_list("ref", flat=True).first() or ""
        if seen is not None and seen != now:
            raise Refused("A colleague has kept another text since you opened this one. Read it before you go on.")
        kept.update(removed_at=timezone.now())
        item = Item(
            journey=journey,
            kind=Item.Kind.PIECE,
            title=piece.title,
            text=text.strip(),
            dated=today,
            casework=True,
            declarations={d.id: d.says for d in piece.declarations},
            added_by=by,
            added_on=today,
        )
        return keep(item=item, slots=[piece_id], by=by, declared=True, passing=passing)


@transaction.atomic
def offer(*, item: Item, slot: str, by: User, today: date, declared: bool = False) -> None:
    """Let an item serve one more requirement; with `declared`, keep with it that it is redacted.

    Raises Refused while that one cannot be changed, or asks for casework and nobody has declared the item redacted.
    """
    edition = edition_of(item.journey.edition)
    if slot not in known_slots(edition):
        raise Refused("Say what this is evidence for.")
    if portfolio_of(edition, slot) != item.portfolio:
        raise Refused("A piece belongs to one portfolio, and shows what is asked there.")
    if item.removed_at is not None or item.destroyed_at is not None:
        raise Refused("This has been taken out; add it again.")
    may_change(item.journey, [slot], today)
    if declared:
        declare_redacted(item=item, by=by, now=timezone.now())
    declared = declared or item.redacted_at is not None
    verdict = redacted(asked_by(edition, slot), casework=item.casework, declared=declared)
    if not verdict:
        raise Refused(verdict)
    _, new = Offer.objects.get_or_create(item=item, journey=item.journey, slot=slot)
    if new:
        log(Act.EVIDENCE_OFFERED, item.journey, by, private=bool(item.portfolio), item=item.ref, slot=slot)


@transaction.atomic
def take_back(*, item: Item, slot: str, by: User, now: datetime) -> None:
    """Take an item from a slot. One that nothing needs any more and that was never sent is deleted with its file; a
    portfolio's piece stays in its portfolio.

    Raises Refused while the slot lies with the assessor, or is confirmed.
    """
    may_change(item.journey, [slot], timezone.localdate(now))
    Offer.objects.filter(item=item, slot=slot).delete()
    log(Act.EVIDENCE_TAKEN_BACK, item.journey, by, private=bool(item.portfolio), item=item.ref, slot=slot)
    if item.portfolio or item.offers.exists():
        return
    item.removed_at = now
    item.save(update_fields=["removed_at"])
    tidy_on_commit(item.journey)
