"""What people decide of what was found, what they add to it, and their approval."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.core.redaction.finds import Find, Kind
from kithwork.core.verdict import Refused
from kithwork.gate.actions.ground import case_of, held, keep_case, log
from kithwork.gate.models import Original, Scan
from kithwork.gate.queries import document_of
from kithwork.gate.scans import Choice, Document, packed, places_of
from kithwork.gate.sealing import seal_json
from kithwork.ledger.acts import Act

APPROVED = "I have looked through this. Whatever identifies anybody is reduced, and what is kept may be read by others."
_CHANGED = "A colleague has changed something here since you opened this page. Look at it as it is now, then decide."
_GONE = "This is no longer at the gate."
_SHORT = 2  # letters: one is an initial already


@transaction.atomic
def decide(
    *,
    original: Original,
    choices: Mapping[str, Choice],
    here: Mapping[str, Choice],
    read: Collection[int] = (),
    seen: int | None,
    by: User,
) -> Document:
    """Keep or reduce: `choices` by key for all alike, `here` by place for one; `read` are pages that `by` has read.

    `seen` is the version that they had before them, None for whichever. Raises Refused when a colleague was quicker, or
    it is not at the gate any more. Writes the ledger: counts alone.
    """
    locked, scan = _open(original, seen)
    before = document_of(scan)
    after = before.decided(dict(choices), dict(here))
    after = replace(after, read=tuple(sorted({*before.read, *read})))
    _keep(scan, after)
    log(Act.GATE_DECIDED, locked, by, undecided=after.undecided, reduced=after.reducing, kept=after.keeping)
    return after


@transaction.atomic
def mark_words(*, original: Original, words: str, kind: Kind, seen: int | None, by: User) -> int:
    """Mark what was missed, wherever it stands in the document, to be reduced. How many places that are.

    Raises Refused when it stands nowhere, is a single letter, or it is not at the gate any more. Writes the ledger.
    """
    locked, scan = _open(original, seen)
    found = document_of(scan)
    places = sum(len(places_of(words, passage.text)) for passage in found.passages if passage.stays)
    if len(words.strip()) < _SHORT:
        raise Refused("Write the words as they stand in the document, at least two letters.")
    if not places:
        raise Refused("These words were not found in the document. Write them just as they stand there.")
    _keep(scan, found.with_words(words, kind))
    log(Act.GATE_MARKED, locked, by, kind=str(kind), places=places)
    return places


@transaction.atomic
def teach(*, original: Original, name: str, by: User, find: Callable[[Document, str], list[tuple[Find, ...]]]) -> int:
    """Teach a name for the whole case: it is looked for in every file of the journey, those at the gate at once.

    `find` looks for one name in a document. How many other files it was found in. Raises Refused for less than two
    letters. Writes the ledger, without the name.
    """
    if len(name.strip()) < _SHORT:
        raise Refused("Write the name, at least two letters.")
    known = case_of(original.journey)
    if name.strip() not in (one for one, _ in known.taught):
        keep_case(original.journey, replace(known, taught=(*known.taught, (name.strip(), by.ref))))
    log(Act.GATE_TAUGHT, original, by, names=len(known.taught) + 1)
    rows = Original.objects.filter(journey=original.journey, state=Original.State.READY, destroyed_at__isnull=True)
    elsewhere = 0
    for scan in Scan.objects.select_for_update(of=("self",)).filter(original__in=rows).select_related("original"):
        before = document_of(scan)
        finds = find(before, name.strip())
        if any(finds):
            _keep(scan, before.with_finds(finds))
            elsewhere += scan.original_id != original.pk
    return elsewhere


@transaction.atomic
def approve(*, original: Original, seen: int | None, by: User, now: datetime) -> None:
    """A person lets the document through as it is decided; then its copy is made. Writes the ledger.

    Raises Refused while something waits for a decision, or a page for a reader where no language model has read it.
    """
    locked, scan = _open(original, seen)
    found = document_of(scan)
    if found.undecided:
        raise Refused("Decide first about everything that is doubtful.")
    if unread := found.unread(blind=scan.blind):
        what = f"page {unread[0]}" if unread[0] else "the document"
        raise Refused(f"A person has to read what no machine has read. Read {what}, and tick it.")
    locked.state, locked.reason, locked.tries = Original.State.COPYING, "", 0
    locked.approved_by, locked.approved_at, locked.wording = by, now, APPROVED
    locked.held_until, locked.done = None, 0
    locked.save()
    log(Act.GATE_APPROVED, locked, by, reduced=found.reducing, kept=found.keeping)


def _open(original: Original, seen: int | None) -> tuple[Original, Scan]:
    locked = held(original)
    if locked.destroyed_at is not None or locked.state != Original.State.READY:
        raise Refused(_GONE)
    scan = Scan.objects.select_for_update().get(original=locked)
    if seen is not None and seen != scan.version:
        raise Refused(_CHANGED)
    return locked, scan


def _keep(scan: Scan, document: Document) -> None:
    scan.sealed, scan.version = seal_json(packed(document), f"scan:{scan.original_id}"), scan.version + 1
    scan.save(update_fields=["sealed", "version"])
