"""A portfolio's pieces: changed, linked, put in order, taken out, and handed in as a whole.

Adding one is `add_file`, `add_link` or `add_statement` with `portfolio`. While it is being built nobody but its owner
learns anything of it, so what happens to it is not among the records that the body reads.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.casework import redacted
from kithwork.core.journey import Entry, EntryKind, Position
from kithwork.core.portfolio import Link, may_link
from kithwork.core.schemes import Edition, PortfolioStage, Role
from kithwork.core.verdict import Refused
from kithwork.evidence.actions.declaring import keep_declaration
from kithwork.evidence.actions.ground import asked_by, line_up, log, may_change
from kithwork.evidence.actions.storing import arriving, tidy_on_commit
from kithwork.evidence.models import Item, Offer, Round, SentPiece
from kithwork.evidence.passing import Passing, has_passed, let_through
from kithwork.evidence.portfolios import asked_in, faulty, handed_in, living, pieces_of, version_of
from kithwork.evidence.queries import may_serve
from kithwork.journeys.actions import record
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import read
from kithwork.ledger.acts import Act

_GONE = "This piece has been taken out meanwhile. Add it again."
_CHANGED = "This piece was changed meanwhile, perhaps in another window. Look at what it says now, then save yours."


def _portfolio(edition: Edition, stage: str) -> PortfolioStage:
    found = next((one for one in edition.stages if one.id == stage), None)
    if not isinstance(found, PortfolioStage):
        raise Refused("There is nothing to hand in as a whole here.")
    return found


def _locked(item: Item, today: date) -> Item:
    """The piece as it is now, nobody else changing it. Raises Refused when it may not be changed, or is gone."""
    may_change(item.journey, [item.portfolio], today)
    found = Item.objects.select_for_update().get(pk=item.pk)
    if not found.portfolio or found.removed_at is not None or found.destroyed_at is not None:
        raise Refused(_GONE)
    return found


def revise_piece(
    *,
    item: Item,
    title: str,
    text: str,
    url: str,
    dated: date | None,
    casework: bool,
    declared: bool,
    was: str,
    by: User,
    today: date,
    passing: Passing | None = None,
) -> Item:
    """Change a piece's words, and give it. `was` is its version when its owner began to change it.

    What was handed in stays as it was: then a new piece takes its place, its order and its links. A file stays the
    same file. New words are declared redacted anew, or are not. Raises Refused without words or an address, for
    casework without its declaration, and when the piece was changed or taken out meanwhile. Without `passing` the new
    words have not been through the privacy gate. Must be called outside any transaction, for it may write a file.
    """
    words = {"title": title.strip() or item.title, "text": text.strip(), "url": url, "dated": dated}
    if item.kind == Item.Kind.STATEMENT and not words["text"]:
        raise Refused("Write your text first.")
    if item.kind == Item.Kind.LINK and not url.startswith(("https://", "http://")):
        raise Refused("Write the address of a page, such as https://www.example.org/video")
    given = {**words, "casework": casework}
    if item.file and item.rounds.exists():
        with item.file.open("rb") as file:
            content = file.read()
        copy = _copy(item)
        with arriving(copy, content):
            return _revise(item, copy, given, declared, was, by, today, passing)
    with transaction.atomic():
        return _revise(item, None, given, declared, was, by, today, passing)


def _copy(item: Item) -> Item:
    """The same again, not kept yet, and with no file."""
    own = ("journey", "kind", "portfolio", "file_name", "media_type", "size", "pages", "digest")
    return Item(**{name: getattr(item, name) for name in own})


def _revise(
    item: Item,
    copy: Item | None,
    given: Mapping[str, object],
    declared: bool,
    was: str,
    by: User,
    today: date,
    passing: Passing | None,
) -> Item:
    locked = _locked(item, today)
    if version_of(locked) != was:
        raise Refused(_CHANGED)
    through = not locked.file or bool(has_passed(locked))  # looking through the words does not see into a file
    edition = edition_of(item.journey.edition)
    for slot in ("", *Offer.objects.filter(item=locked).values_list("slot", flat=True)):
        verdict = redacted(asked_by(edition, slot), casework=bool(given["casework"]), declared=declared)
        if not verdict:
            raise Refused(verdict)
    kept = locked
    if locked.rounds.exists():
        if copy is None and locked.file:
            raise Refused("Your portfolio was handed in meanwhile. Open this piece again.")
        kept = copy or _copy(locked)
        kept.place, kept.added_on, kept.added_by = locked.place, today, by
        kept.redacted_by, kept.redacted_at, kept.redacted_wording = (
            locked.redacted_by,
            locked.redacted_at,
            locked.redacted_wording,
        )
        locked.removed_at = timezone.now()  # first: a portfolio holds one of each file
        locked.save(update_fields=["removed_at"])
    if not declared or any(getattr(locked, name) != given[name] for name in ("title", "text", "url")):
        kept.redacted_by, kept.redacted_at, kept.redacted_wording = None, None, ""
    for name, value in given.items():
        setattr(kept, name, value)
    if declared:
        keep_declaration(kept, by, timezone.now())
    let_through(kept, passing if through else None)
    kept.save()
    if kept is not locked:
        Offer.objects.filter(item=locked).update(item=kept)
    kept.journey = item.journey
    log(Act.EVIDENCE_CHANGED, item.journey, by, private=True, item=kept.ref, casework=kept.casework)
    return kept


@transaction.atomic
def link_piece(*, item: Item, links: Sequence[Link], by: User, today: date) -> None:
    """Link a piece to what it shows, and to nothing else.

    Raises Refused for what is not asked here, points that there are not, a sentence that is too long, a piece too old
    for what asks for fresh ones, and casework that nobody has declared redacted.
    """
    locked = _locked(item, today)
    reading = read(item.journey, today)
    stage = _portfolio(reading.edition, locked.portfolio)
    asked = {one.id: one for one in asked_in(reading.edition, reading.position, stage)}
    if len({link.slot for link in links}) < len(links):
        raise Refused("Say once what this piece shows.")
    for link in links:
        requirement = asked.get(link.slot)
        verdict = may_link(requirement, link)
        serves = verdict and may_serve(requirement, locked, today)
        if requirement is not None and verdict and not serves:
            raise Refused(f"{requirement.number} {requirement.title}: {serves.because}")
        if not verdict:
            raise Refused(verdict)
    Offer.objects.filter(item=locked).exclude(slot__in=[link.slot for link in links]).delete()
    for link in links:
        Offer.objects.update_or_create(
            item=locked,
            slot=link.slot,
            defaults={"journey": item.journey, "points": sorted(link.points), "says": link.says.strip()},
        )
    live = any(asked[link.slot].live for link in links)
    if live and not locked.casework:
        locked.casework = True
        locked.save(update_fields=["casework"])
    log(Act.EVIDENCE_CHANGED, item.journey, by, private=True, item=locked.ref, links=len(links))


@transaction.atomic
def move_piece(*, item: Item, up: bool, by: User, today: date) -> None:
    """Move a piece one place up or down; the first stays first, the last last."""
    _locked(item, today)
    order = living(item.journey, item.portfolio)
    at = next(number for number, one in enumerate(order) if one.pk == item.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(order):
        return
    order[at], order[to] = order[to], order[at]
    for number, one in enumerate(order, 1):
        if one.place != number:
            Item.objects.filter(pk=one.pk).update(place=number)
    log(Act.EVIDENCE_CHANGED, item.journey, by, private=True, item=item.ref, place=to + 1)


@transaction.atomic
def drop_piece(*, item: Item, by: User, now: datetime) -> None:
    """Take a piece out of the portfolio. One that was never handed in is deleted with its file."""
    locked = _locked(item, timezone.localdate(now))
    Offer.objects.filter(item=locked).delete()
    locked.removed_at = now
    locked.save(update_fields=["removed_at"])
    if not locked.rounds.exists():  # nobody else has read it, so nothing of it stays
        Item.objects.filter(pk=locked.pk).update(title="Deleted piece", text="", url="", file_name="")
    log(Act.EVIDENCE_TAKEN_BACK, item.journey, by, private=True, item=item.ref)
    tidy_on_commit(item.journey)


@transaction.atomic
def hand_in(
    *, journey: Journey, stage: str, by: User, today: date, role: Role = Role.APPLICANT, note: str = ""
) -> Position:
    """Hand a portfolio in as a whole: from now on others read it as it stands, and its owner cannot change it.

    Raises Refused at any other stage, when it is not open, when an applicant's is empty, and where a piece shows
    casework that nobody has declared redacted, is too old for what it shows, or has not been through the privacy gate.
    """
    line_up(journey)
    edition = edition_of(journey.edition)
    _portfolio(edition, stage)
    position = record(
        journey=journey, entries=[Entry(today, EntryKind.SUBMITTED, role, stage=stage)], by=by, today=today
    )
    pieces = pieces_of(journey, stage)
    if role is Role.APPLICANT and not pieces:
        raise Refused("Add a piece before you hand your portfolio in.")
    verdict = faulty(edition, position, pieces)
    if not verdict:
        raise Refused(verdict)
    before = handed_in(journey, stage)
    handed = Round.objects.create(
        journey=journey,
        stage=stage,
        slot=stage,
        number=before[0].number + 1 if before else 1,
        note=note.strip(),
        sent_on=today,
        sent_by=by,
    )
    handed.items.set([piece.item for piece in pieces])
    SentPiece.objects.bulk_create(
        SentPiece(
            round=handed,
            item=piece.item,
            place=place,
            links=[{"slot": one.slot, "points": list(one.points), "says": one.says} for one in piece.links],
        )
        for place, piece in enumerate(pieces, 1)
    )
    log(Act.EVIDENCE_SENT, journey, by, stage=stage, slots=1)
    return position
