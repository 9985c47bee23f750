"""Names that are new: whoever joined a service since its evidence passed is looked for in it, and what holds them is
held back at once. Whether it is a breach is for people to say; see docs/decisions/011-the-gate.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files.shape import Unreadable
from kithwork.core.redaction.finds import CERTAIN, Source
from kithwork.core.redaction.passages import Passage, Place
from kithwork.evidence.actions import hold_back
from kithwork.evidence.models import Item
from kithwork.gate import actions as gate
from kithwork.gate.queries import known_in
from kithwork.journeys.models import Journey
from kithwork.notices.words import Kind as Told
from kithwork.procedures.gating import engine
from kithwork.procedures.gating.known import APPLICANT, STAFF, Somebody, known_to
from kithwork.procedures.people import tell_applicants


@dataclass(frozen=True, slots=True)
class Rescan:
    """What came of it: items looked through, and those held back."""

    looked: int = 0
    held: int = 0


def rescan_all(*, now: datetime) -> Rescan:
    """Look for new names in all that has passed, of every journey that is not over. Tells the applicants."""
    looked = held = 0
    alive = Item.objects.filter(passed_at__isnull=False, destroyed_at__isnull=True).order_by().values("journey_id")
    rows = Journey.objects.filter(pk__in=alive).select_related("edition__body", "service__organisation", "person")
    for journey in rows.iterator(200):
        one = rescan(journey=journey, now=now)
        looked, held = looked + one.looked, held + one.held
    return Rescan(looked, held)


def rescan(*, journey: Journey, now: datetime) -> Rescan:
    """The same for one journey. What cannot be read any more is held back too: nobody can say what is in it."""
    before = known_in(journey.ref)
    everybody = [one for one in known_to(journey) if one.key != APPLICANT and not one.key.startswith(STAFF)]
    new = [one for one in everybody if _mark(one) not in before.looked_for]
    if not new:
        return Rescan()
    items = list(Item.objects.filter(journey=journey, passed_at__isnull=False, destroyed_at__isnull=True))
    with transaction.atomic():
        held = [item for item in items if _names(item, new) and hold_back(item=item, now=now)]
        gate.remember(journey=journey.ref, looked_for=sorted({*before.looked_for, *map(_mark, new)}))
        if held:
            tell_applicants(journey, Told.HELD_BACK)
    return Rescan(len(items), len(held))


def _mark(one: Somebody) -> str:
    """That a name has been looked for, without the name."""
    return sha256("\x00".join((one.key, one.name, *one.also)).encode()).hexdigest()[:16]


def _names(item: Item, new: Sequence[Somebody]) -> bool:
    """Whether one of these people is named in an item, or nobody can tell."""
    try:
        passages = list(_passages(item))
    except (Unreadable, OSError):
        return True
    keys = {one.key for one in new}
    finds = engine.find_known(passages, new)
    return any(
        find.whose in keys and Source.KNOWN in find.sources and find.confidence >= CERTAIN
        for some in finds
        for find in some
    )


def _passages(item: Item) -> Iterator[Passage]:
    yield Passage(item.title, Place.FILE)
    yield Passage(item.text, Place.BODY)
    if item.file:
        with item.file.open("rb") as opened:
            content = opened.read()
        kind = next(one for one in Kind if one.media_type == item.media_type)
        yield from (replace(one, words=()) for one in engine.read(content, kind, item.file_name).passages)
