"""Names that are new: whoever joined a service, or was taught, since its evidence passed is looked for in it. A whole
name is a breach; whatever is less sure is held back until people have looked; see docs/decisions/011-the-gate.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from kithwork.core.documents.kinds import Kind as FileKind
from kithwork.core.redaction.files.shape import Unreadable
from kithwork.core.redaction.finds import CERTAIN, Source
from kithwork.core.redaction.passages import Passage, Place
from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from kithwork.evidence.actions import hold_back
from kithwork.evidence.models import Item
from kithwork.evidence.queries import slot_in_breach
from kithwork.gate import actions as gate
from kithwork.gate.queries import known_in
from kithwork.gate.scans import folded, places_of
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import read
from kithwork.notices.words import Kind
from kithwork.procedures.assessing import report_breach
from kithwork.procedures.gating import engine
from kithwork.procedures.gating.known import APPLICANT, STAFF, Somebody, known_to, mark_of
from kithwork.procedures.people import tell_applicants

WHAT = "A name, found when it was looked through again for names that are new"  # never the name


@dataclass(frozen=True, slots=True)
class Rescan:
    """What came of it: items looked through, those held back, and data breaches found."""

    looked: int = 0
    held: int = 0
    breached: int = 0


class Told(StrEnum):
    """What an item says of people who are new."""

    NOTHING = "nothing"
    PERHAPS = "perhaps"  # a word that may be one of them, or a file that cannot be read any more
    SURELY = "surely"  # the whole name of one of them


def rescan_all(*, now: datetime) -> Rescan:
    """Look for new names in all that has passed, of every journey. Tells those concerned."""
    found = Rescan()
    alive = Item.objects.filter(passed_at__isnull=False, destroyed_at__isnull=True).order_by().values("journey_id")
    rows = Journey.objects.filter(pk__in=alive).select_related("edition__body", "service__organisation", "person")
    for journey in rows.iterator(200):
        one = rescan(journey=journey, now=now)
        found = Rescan(found.looked + one.looked, found.held + one.held, found.breached + one.breached)
    return found


def rescan(*, journey: Journey, now: datetime) -> Rescan:
    """The same for one journey, in one transaction.

    A whole name in what others have had to read is a breach, and all follows that follows one reported by an assessor.
    Whatever is less sure is held back until the applicant has looked at it. Who was known when an item passed is not
    looked for in it: a person has decided. Writes the ledger: counts alone.
    """
    before = known_in(journey.ref)
    everybody = [one for one in known_to(journey) if one.key != APPLICANT and not one.key.startswith(STAFF)]
    new = {mark: one for one in everybody if (mark := mark_of(one)) not in before.looked_for}
    if not new:
        return Rescan()
    since = {mark: datetime.fromisoformat(before.since.get(mark, now.isoformat())) for mark in new}
    items = Item.objects.filter(journey=journey, passed_at__isnull=False, destroyed_at__isnull=True)
    told = []
    for item in items:  # reading files takes long: before anything is held
        people = [one for mark, one in new.items() if item.passed_at and item.passed_at < since[mark]]
        if people:
            told.append((item, _told(item, people)))
    held = breached = 0
    with transaction.atomic():
        for item, says in told:
            if says is Told.SURELY and _report(journey, item, now):
                breached += 1
            elif says is not Told.NOTHING:
                held += hold_back(item=item, now=now)
        noted = {mark: at.isoformat() for mark, at in since.items()}
        gate.remember(journey=journey.ref, looked_for=sorted({*before.looked_for, *new}), since=noted)
        gate.rescanned(journey=journey.ref, looked=len(told), held=held, breached=breached)
        if held:
            tell_applicants(journey, Kind.HELD_BACK)
    return Rescan(len(told), held, breached)


def _report(journey: Journey, item: Item, now: datetime) -> bool:
    """Report a breach that nobody reports. False where nobody outside has had the item to read, so that it is none."""
    today = timezone.localdate(now)
    slot = slot_in_breach(read(journey, today), item)
    if slot is None:
        return False
    if not Item.objects.filter(pk=item.pk, destroyed_at__isnull=True).exists():
        return False  # a copy of one just reported, and gone with it
    try:
        with transaction.atomic():
            report_breach(journey=journey, slot=slot, item=item, what=WHAT, by=None, role=Role.APPLICANT, today=today)
    except Refused:
        return False  # then it is held back, and a person reports it
    return True


def _told(item: Item, new: Sequence[Somebody]) -> Told:
    """What an item says of these people. A single word is never sure: a mentee called Hope is not whatever is hoped."""
    try:
        passages = list(_passages(item))
    except (Unreadable, OSError):
        return Told.PERHAPS
    people = {one.key: {folded(name) for name in (one.name, *one.also) if len(name.split()) > 1} for one in new}
    says = Told.NOTHING
    for passage, some in zip(passages, engine.find_known(passages, new), strict=True):
        for find in some:
            if find.whose not in people or Source.KNOWN not in find.sources:
                continue
            if find.confidence >= CERTAIN and any(places_of(name, folded(passage.text)) for name in people[find.whose]):
                return Told.SURELY  # the whole passage, for a name may be broken over two lines
            says = Told.PERHAPS
    return says


def _passages(item: Item) -> Iterator[Passage]:
    yield Passage(item.title, Place.FILE)
    yield Passage(item.text, Place.BODY)
    if item.file:
        with item.file.open("rb") as opened:
            content = opened.read()
        kind = next(one for one in FileKind if one.media_type == item.media_type)
        yield from (replace(one, words=()) for one in engine.read(content, kind, item.file_name).passages)
