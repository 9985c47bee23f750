"""Every write to evidence."""

import hashlib
from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.freshness import freshness
from kithwork.core.journey import Entry, EntryKind, Position
from kithwork.core.schemes import Edition, Role, VisitStage
from kithwork.core.verdict import Refused
from kithwork.core.words import count_words
from kithwork.evidence.intake import examine
from kithwork.evidence.models import Breach, Feedback, Item, Offer, Remark, Round
from kithwork.evidence.queries import may_gather
from kithwork.journeys.actions import record
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import read
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act

REDACTED = "I have redacted this: every name in it is down to one initial, and nothing else in it identifies anybody."


def _log(act: Act, journey: Journey, by: User, **facts: str | int | bool | None) -> None:
    write(
        act=act,
        actor=by.actor,
        subject=f"journey:{journey.ref}",
        organisation=journey.edition.body.ref,
        facts=facts,
    )


def _known_slots(edition: Edition) -> set[str]:
    slots = {requirement.id for requirement in edition.requirements}
    for stage in edition.stages:
        slots.update(piece.id for piece in getattr(stage, "pieces", ()))
    return slots


def _may_change(journey: Journey, slots: Collection[str], today: date) -> None:
    """Raises Refused when what is offered for a slot lies with the assessor, is confirmed, or is not asked for."""
    reading = read(journey, today)
    for slot in slots:
        verdict = may_gather(reading.edition, reading.position, slot)
        if not verdict:
            raise Refused(verdict)


@transaction.atomic
def _add(*, item: Item, slots: Collection[str], by: User, declared: bool, content: bytes | None = None) -> Item:
    journey = item.journey
    unknown = set(slots) - _known_slots(edition_of(journey.edition))
    if unknown or not slots:
        raise Refused("Say what this is evidence for.")
    _may_change(journey, slots, item.added_on)
    if item.casework and not declared:
        raise Refused("Redact it first: every name down to one initial. Then say that you have done so.")
    if item.casework:
        item.redacted_by, item.redacted_at, item.redacted_wording = by, timezone.now(), REDACTED
    if content is not None:
        item.file.save(item.file_name, ContentFile(content), save=False)
    item.save()
    Offer.objects.bulk_create(Offer(item=item, journey=journey, slot=slot) for slot in slots)
    _log(Act.EVIDENCE_ADDED, journey, by, item=item.ref, kind=item.kind, digest=item.digest, casework=item.casework)
    return item


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
) -> Item:
    """Keep a file as evidence for some slots. It is opened only in a process of its own, and refused with a reason.

    Raises Refused for a file that cannot be kept, casework without its declaration, or the same file a second time.
    """
    if upload.size is not None and upload.size > settings.UPLOAD_LIMIT:
        raise Refused(f"The file is too large: at most {settings.UPLOAD_LIMIT // 1024 // 1024} MB.")
    content = upload.read()
    name = (upload.name or "file")[-200:]
    inspection = examine(content, name, settings.UPLOAD_LIMIT)
    if not inspection.ok:
        raise Refused(inspection.reason or "This file cannot be kept.")
    digest = hashlib.sha256(content).hexdigest()
    twin = Item.objects.filter(
        journey=journey, digest=digest, removed_at__isnull=True, destroyed_at__isnull=True
    ).first()
    if twin is not None:
        raise Refused(f"You have added this file already, as '{twin.title}'. Choose it from your evidence instead.")
    if Breach.objects.filter(journey=journey, digest=digest).exists():
        raise Refused("This very file was destroyed after a data breach. Send a redacted one.")
    item = Item(
        journey=journey,
        kind=Item.Kind.FILE,
        title=title.strip() or name,
        dated=dated,
        casework=casework,
        file_name=name,
        media_type=inspection.media_type or "application/octet-stream",
        size=len(content),
        pages=inspection.pages,
        digest=digest,
        added_by=by,
        added_on=today,
    )
    return _add(item=item, slots=slots, by=by, declared=declared, content=content)


def add_link(
    *, journey: Journey, slots: Collection[str], title: str, url: str, dated: date | None, by: User, today: date
) -> Item:
    """A public page as evidence."""
    item = Item(
        journey=journey,
        kind=Item.Kind.LINK,
        title=title.strip() or url[:200],
        url=url,
        dated=dated,
        added_by=by,
        added_on=today,
    )
    return _add(item=item, slots=slots, by=by, declared=True)


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
) -> Item:
    """The service's own words as evidence. Raises Refused without any."""
    if not text.strip():
        raise Refused("Write your statement first.")
    item = Item(
        journey=journey,
        kind=Item.Kind.STATEMENT,
        title=title.strip() or "Statement",
        text=text.strip(),
        dated=dated or today,
        casework=casework,
        added_by=by,
        added_on=today,
    )
    return _add(item=item, slots=slots, by=by, declared=declared)


def write_piece(
    *, journey: Journey, stage: str, piece_id: str, text: str, declared: Collection[str], by: User, today: date
) -> Item:
    """The text of a case study or an assignment, with what it must declare. A new text takes the place of the one
    before.

    Raises Refused when it is too short or too long, or something is not declared.
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
        Item.objects.filter(
            journey=journey, kind=Item.Kind.PIECE, offers__slot=piece_id, removed_at__isnull=True
        ).update(removed_at=timezone.now())
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
        return _add(item=item, slots=[piece_id], by=by, declared=True)


@transaction.atomic
def offer(*, item: Item, slot: str, by: User, today: date) -> None:
    """Let an item serve one more requirement. Raises Refused while that one cannot be changed."""
    if slot not in _known_slots(edition_of(item.journey.edition)):
        raise Refused("Say what this is evidence for.")
    if item.removed_at is not None or item.destroyed_at is not None:
        raise Refused("This has been taken out; add it again.")
    _may_change(item.journey, [slot], today)
    _, new = Offer.objects.get_or_create(item=item, journey=item.journey, slot=slot)
    if new:
        _log(Act.EVIDENCE_OFFERED, item.journey, by, item=item.ref, slot=slot)


@transaction.atomic
def take_back(*, item: Item, slot: str, by: User, now: datetime) -> None:
    """Take an item from a slot. One that nothing needs any more and that was never sent is deleted with its file.

    Raises Refused while the slot lies with the assessor, or is confirmed.
    """
    _may_change(item.journey, [slot], timezone.localdate(now))
    Offer.objects.filter(item=item, slot=slot).delete()
    _log(Act.EVIDENCE_TAKEN_BACK, item.journey, by, item=item.ref, slot=slot)
    if item.offers.exists():
        return
    item.removed_at = now
    item.save(update_fields=["removed_at"])
    if not item.rounds.exists() and item.file:
        name, storage = item.file.name, item.file.storage
        if name:
            transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def send(*, journey: Journey, stage: str, slots: Collection[str], by: User, today: date, note: str = "") -> Position:
    """Send what is offered for some slots to the assessor: all of them or none.

    Raises Refused when a slot is empty, may not be sent now, or a document in it is too old or has no date.
    """
    if not slots:
        raise Refused("Choose what you want to send.")
    edition = edition_of(journey.edition)
    requirements = {r.id: r for r in edition.requirements}
    position = record(
        journey=journey,
        entries=[Entry(today, EntryKind.SUBMITTED, Role.APPLICANT, stage=stage, item=slot) for slot in slots],
        by=by,
        today=today,
    )
    offers = Offer.objects.filter(
        journey=journey, slot__in=slots, item__removed_at__isnull=True, item__destroyed_at__isnull=True
    ).select_related("item")
    items: dict[str, list[Item]] = {slot: [] for slot in slots}
    for one in offers:
        items[one.slot].append(one.item)
    numbers = dict(
        Round.objects.filter(journey=journey, slot__in=slots).values_list("slot").annotate(last=Max("number"))
    )
    for slot in slots:
        requirement = requirements.get(slot)
        label = f"{requirement.number} {requirement.title}" if requirement else slot
        if not items[slot]:
            raise Refused(f"{label}: add evidence before you send it.")
        for item in items[slot]:
            verdict = freshness(requirement, item.dated, today).verdict
            if not verdict:
                raise Refused(f"{label}, '{item.title}': {verdict.because}")
            if item.casework and item.redacted_at is None:
                raise Refused(f"{label}, '{item.title}': say that it is redacted.")
        row = Round.objects.create(
            journey=journey,
            stage=stage,
            slot=slot,
            number=numbers.get(slot, 0) + 1,
            note=note.strip(),
            sent_on=today,
            sent_by=by,
        )
        row.items.set(items[slot])
    _log(Act.EVIDENCE_SENT, journey, by, stage=stage, slots=len(slots))
    return position


@transaction.atomic
def give_feedback(
    *, journey: Journey, stage: str, slot: str, outcome: Feedback.Outcome, advice: str, by: User, today: date
) -> Position:
    """Confirm a slot, or ask for more with advice. Raises Refused without advice, or when the slot is not to be
    judged.
    """
    if outcome == Feedback.Outcome.BREACHED:
        raise Refused("A breach is reported, not given as feedback.")
    if outcome == Feedback.Outcome.RETURNED and not advice.strip():
        raise Refused("Say what fell short and what would help.")
    kind = EntryKind.CONFIRMED if outcome == Feedback.Outcome.CONFIRMED else EntryKind.RETURNED
    position = record(
        journey=journey,
        entries=[Entry(today, kind, Role.ASSESSOR, stage=stage, item=slot)],
        by=by,
        today=today,
    )
    latest = Round.objects.filter(journey=journey, slot=slot).order_by("-number").first()
    Feedback.objects.create(
        journey=journey, stage=stage, slot=slot, round=latest, outcome=outcome, advice=advice.strip(), on=today, by=by
    )
    _log(Act.EVIDENCE_JUDGED, journey, by, slot=slot, outcome=str(outcome))
    return position


@transaction.atomic
def remark(*, journey: Journey, slot: str, text: str, side: str, by: User, today: date) -> Remark:
    """A question or an answer in a slot's thread."""
    if not text.strip():
        raise Refused("Write something first.")
    row = Remark.objects.create(journey=journey, slot=slot, text=text.strip(), side=side, on=today, by=by)
    _log(Act.EVIDENCE_REMARKED, journey, by, slot=slot, side=side)
    return row


def _visit_of(journey: Journey, slot: str) -> str | None:
    """The visit at which a requirement is looked at; None for one that is sent."""
    edition = edition_of(journey.edition)
    requirement = next((r for r in edition.requirements if r.id == slot), None)
    stage = edition.stage_for(requirement) if requirement else None
    return stage.id if isinstance(stage, VisitStage) else None


@transaction.atomic
def report_breach(*, journey: Journey, slot: str, item: Item, what: str, by: User, role: Role, today: date) -> Breach:
    """A name was left in: every requirement the item was last sent for fails at once, and the item is destroyed.

    What is prepared for a visit is read without having been sent; there the requirement it is prepared for fails. The
    file goes when the transaction commits; its digest and who reported it stay. `what` names the kind of detail, never
    the detail. Raises Refused when the item was neither sent nor prepared for this, or is destroyed already.
    """
    if not what.strip():
        raise Refused("Say what kind of detail was left in, without repeating it.")
    locked = Item.objects.select_for_update().get(pk=item.pk)
    if locked.destroyed_at is not None:
        raise Refused("This document has been destroyed already.")
    latest: dict[str, Round] = {}
    for row in Round.objects.filter(journey=journey).order_by("number").prefetch_related("items"):
        latest[row.slot] = row
    hit: dict[str, Round | None] = {
        s: row for s, row in latest.items() if any(i.pk == item.pk for i in row.items.all())
    }
    stages = {s: row.stage for s, row in latest.items()}
    if slot not in hit:
        seen_at = _visit_of(journey, slot)
        if seen_at is None or not Offer.objects.filter(item=item, slot=slot).exists():
            raise Refused("This document was not sent for this.")
        hit[slot], stages[slot] = None, seen_at
    record(
        journey=journey,
        entries=[Entry(today, EntryKind.BREACHED, role, stage=stages[s], item=s) for s in hit],
        by=by,
        today=today,
    )
    for s, sent in hit.items():
        Feedback.objects.create(
            journey=journey,
            stage=stages[s],
            slot=s,
            round=sent,
            outcome=Feedback.Outcome.BREACHED,
            advice="A name or another detail that identifies somebody was left in. The document has been destroyed. "
            "Redact it, every name down to one initial, and send it again.",
            on=today,
            by=by,
        )
    breach = Breach.objects.create(
        journey=journey,
        stage=stages[slot],
        slot=slot,
        item=locked,
        what=what.strip(),
        digest=locked.digest,
        reported_on=today,
        reported_by=by,
    )
    name, storage = locked.file.name, locked.file.storage
    locked.destroyed_at = timezone.now()
    locked.text = ""
    locked.url = ""
    locked.file_name = ""
    locked.title = "Destroyed document"
    locked.save(update_fields=["destroyed_at", "text", "url", "file_name", "title"])
    Offer.objects.filter(item=locked).delete()
    _log(Act.EVIDENCE_BREACHED, journey, by, slot=slot, item=locked.ref, digest=breach.digest, slots=len(hit))

    def destroy() -> None:
        if name:
            storage.delete(name)
        Item.objects.filter(pk=locked.pk).update(file="")
        Breach.objects.filter(pk=breach.pk).update(destroyed_at=timezone.now())

    transaction.on_commit(destroy)
    return breach
