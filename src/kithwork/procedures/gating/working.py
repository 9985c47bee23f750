"""The work behind the gate: files are read, and copies made, in a process apart that takes what waits and ends.

There is no broker and nobody has to keep a worker running: whoever uploads starts one, and so does whoever looks at a
file on which nobody works any more. A worker that is killed leaves its file to the next (`gate.actions.claim`).
"""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files.shape import Reading, Remade, Unreadable, cut_text
from kithwork.core.redaction.finds import CERTAIN, Find, Source
from kithwork.core.redaction.finds import Kind as Identifier
from kithwork.core.redaction.passages import Passage, Place
from kithwork.core.verdict import Refused
from kithwork.evidence.actions import add_file
from kithwork.evidence.models import Item
from kithwork.evidence.passing import Passing
from kithwork.gate import actions as gate
from kithwork.gate.models import Original
from kithwork.gate.queries import WORKING, content_of, document_of, gone_quiet, known_in, waiting, words_of
from kithwork.gate.scans import Choice, Document, Mark, folded
from kithwork.gate.sealing import Broken
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.procedures.apart import Apart
from kithwork.procedures.gating import engine
from kithwork.procedures.gating.known import APPLICANT, STAFF, Somebody, known_to, note_known

log = logging.getLogger(__name__)

BROKEN = (
    "This file could not be read. Try again; if that does not help, open it on your own device, choose Print, then "
    "'Save as PDF', and upload that."
)
LEFT_IN = "Something that should have gone was found in the copy, so no copy was kept: {}. Look at it once more."
NOT_MADE = "A redacted copy could not be made: {}"
BROKE_OFF = "it broke off. Approve it again; if that does not help, save it as a PDF and upload that."
OWN = ("Title", "Words")  # passages of ours after those of the file: what it is called, what is said of it
SIGN = timedelta(seconds=2)  # between two signs of life
APART = Apart("gate", ("gate", "work"))


def begin(ref: str) -> None:
    """Once this transaction is committed, see to it that somebody reads what waits."""
    transaction.on_commit(lambda: _begin(ref), robust=True)


def awake(original: Original, now: datetime) -> None:
    """Start a worker where nobody works on a file that waits for one."""
    if original.state in WORKING and (gone_quiet(original, now) or (_own_database() and settings.GATE_APART)):
        _begin(original.ref)


def _begin(ref: str) -> None:
    if not settings.GATE_APART:
        work(ref=ref)
        return
    APART.start()  # whoever is at work, or about to be, takes what waits before it ends


def _own_database() -> bool:
    """Whether no other machine can be at work: SQLite is this machine's own."""
    return connection.vendor == "sqlite"


def work_alone() -> int:
    """`work`, unless somebody of this machine is at it: one is enough, each takes a third of a gigabyte. How many."""
    done = 0
    while waiting(timezone.now(), alone=_own_database()).exists():
        with APART.alone() as alone:
            if alone:
                APART.begun()
            new = work(alone=_own_database()) if alone else 0
        done += new
        if not new:
            break
    return done


def work(*, ref: str = "", alone: bool = False) -> int:
    """Do all that waits, or what `ref` names alone: read files, and make copies of those approved. How many. `alone`:
    nobody else is at work, so that what somebody began is taken up at once.
    """
    done = 0
    while (original := gate.claim(now=timezone.now(), ref=ref, alone=alone)) is not None:
        if original.state == Original.State.COPYING:
            _copy(original)
        else:
            _scan(original)
        done += 1
    return done


class _Alive:
    """Tells how far the work is, and not more often than anybody would look."""

    def __init__(self, original: Original) -> None:
        self.original, self.last = original, timezone.now()

    def __call__(self, done: int, of: int) -> None:
        now = timezone.now()
        if now - self.last >= SIGN or done >= of:
            self.last = now
            gate.say_so(original=self.original, done=done, of=of, now=now)


def _scan(original: Original) -> None:
    try:
        document, blind = _read(original, _journey(original))
        gate.keep_scan(original=original, document=document, blind=blind, now=timezone.now())
    except Unreadable as error:
        gate.fail(original=original, reason=str(error))
    except (OSError, Broken):
        gate.fail(original=original, reason="This file is not there any more. Upload it again.")
    except Exception as error:
        log.error("reading an original broke off: %s", type(error).__name__)  # its message may hold what it read
        gate.fail(original=original, reason=BROKEN)


def _read(original: Original, journey: Journey) -> tuple[Document, bool]:
    words = words_of(original)
    alive = _Alive(original)
    reading = engine.read(content_of(original), Kind(original.kind), words.file_name, alive)
    own = [Passage(said, Place.FILE, label=name) for name, said in zip(OWN, (words.title, words.text), strict=True)]
    passages = (*reading.passages, *own)
    alive(reading.pages, reading.pages)
    known = known_to(journey)
    note_known(journey, known, timezone.now())
    finds, blind = engine.find_in(passages, known)
    keeps = kept_by_rule(journey)
    marks = [Mark(at, find, keeps(find)) for at, some in enumerate(finds) for find in some]
    then = Document(passages, tuple(marks), reading.pages, reading.notes, reading.look)
    return replace(then, sizes=reading.sizes, parts=reading.parts), blind


class kept_by_rule:  # noqa: N801 - asked like a function
    """What stays by rule, on record as anybody's decision is: what the scheme says, and who applies for themselves."""

    def __init__(self, journey: Journey) -> None:
        self.keeps = edition_of(journey.edition).privacy.keeps

    def __call__(self, find: Find) -> Choice | None:
        staff = "staff" in self.keeps and find.whose.startswith(STAFF)
        return Choice.KEEP if staff or find.whose == APPLICANT or str(find.kind) in self.keeps else None


def find_name(document: Document, name: str) -> list[tuple[Find, ...]]:
    """One more name, in a document that has been read already: somebody waits for the answer, so that nothing else is
    looked for.
    """
    taught = Somebody("taught", name)
    found = engine.find_known(document.passages, (taught,))
    return [tuple(find for find in some if find.whose == taught.key) for some in found]


def _copy(original: Original) -> None:
    try:
        _make(original, document_of(original.scan))
    except Unreadable as error:
        gate.send_back(original=original, reason=NOT_MADE.format(error))
    except Refused as refused:
        gate.send_back(original=original, reason=str(refused))
    except Exception as error:
        log.error("making a copy broke off: %s", type(error).__name__)
        gate.send_back(
            original=original,
            reason=NOT_MADE.format(
                "it broke off. Approve it again; if that does not help, save it as a PDF and upload that."
            ),
        )


def _make(original: Original, document: Document) -> None:
    """The copy, looked through by other means than made it; when nothing is left in it, it becomes evidence."""
    journey = _journey(original)
    cuts, initials = engine.cuts_of(document, known_in(original.journey).initials)
    first = len(document.passages) - len(OWN)
    title, text = (cut_text(document.passages[first + at].text, cuts.get(first + at, ())) for at in range(len(OWN)))
    within = {at: some for at, some in cuts.items() if at < first and document.passages[at].stays}
    then = _reading_of(document, first)
    made = engine.remake(content_of(original), Kind(original.kind), within, then, _Alive(original))
    left = left_in(document, made, known_to(journey), known_in(original.journey).initials)
    if left:
        what = ", ".join(sorted({str(find.kind) for find, _ in left}))
        again = document
        for find, said in left:
            again = again.with_words(said, find.kind)
        gate.send_back(original=original, reason=LEFT_IN.format(what), document=again)
        return
    gate.remember(journey=original.journey, initials=initials)
    _keep(original, journey, made, title, text, document)


def _reading_of(document: Document, first: int) -> Reading | None:
    """What was read of the file, less what is ours: to make a copy without reading it again, which takes as long as all
    the rest. None where it was read before all that a copy needs was kept.
    """
    if not document.exact:
        return None
    return Reading(
        document.passages[:first], document.pages, document.notes, document.look, document.sizes, document.parts
    )


def left_in(
    document: Document, made: Remade, known: Sequence[Somebody], initials: Mapping[str, Any]
) -> list[tuple[Find, str]]:
    """What other programs than its maker's can read in a copy, and should not be there: words that were to be reduced,
    whole names known and addresses that are not in the text as it was approved.

    Not whatever the finder finds: a copy read to its last part is full of names of parts and styles.
    """
    texts, _ = engine.reduced(document, initials)
    meant = folded("\n".join(text for text, one in zip(texts, document.passages, strict=True) if one.stays))
    passages = engine.read_again(made)
    whole = folded("\n".join(passage.text for passage in passages))
    gone = {
        folded(document.text(mark)): mark
        for mark in document.marks
        if mark.outcome is Choice.REDUCE and (document.passages[mark.passage].stays or _telling(document, mark))
    }
    left = [
        (mark.find, document.text(mark))
        for said, mark in gone.items()
        if len(said) > 2 and _stands_in(said, whole) and not _stands_in(said, meant)
    ]
    finds, _ = engine.find_in(passages, known)
    for passage, some in zip(passages, finds, strict=True):
        for find in some:
            said = passage.text[find.start : find.end]
            whole_name = Source.KNOWN in find.sources and len(said.split()) > 1
            sure = find.confidence >= CERTAIN and (whole_name or find.kind is Identifier.EMAIL)
            if sure and folded(said) not in meant:
                left.append((find, said))
    return left


def _telling(document: Document, mark: Mark) -> bool:
    """Whether a find in what is left out anyway is more than the name of a part of the file that looks like one."""
    several = len(document.text(mark).split()) > 1
    return several or Source.KNOWN in mark.find.sources or mark.find.kind is not Identifier.PERSON


def _stands_in(said: str, whole: str) -> bool:
    at = whole.find(said)
    while at >= 0:
        before, after = whole[at - 1 : at], whole[at + len(said) : at + len(said) + 1]
        if not before.isalnum() and not after.isalnum():
            return True
        at = whole.find(said, at + 1)
    return False


def _keep(original: Original, journey: Journey, made: Remade, title: str, text: str, document: Document) -> None:
    """The copy becomes evidence, and what it replaces goes."""
    by, at = original.approved_by, original.approved_at
    assert by is not None  # a copy is made only of what somebody approved
    assert at is not None
    name = f"{slugify(title)[:60] or 'document'}{made.ending}"
    before = Item.objects.filter(
        journey=journey, digest=original.digest, removed_at__isnull=True, destroyed_at__isnull=True
    ).first()
    digest = hashlib.sha256(made.content).hexdigest()

    def along(item: Item) -> None:
        gate.finished(
            original=original, item=item.ref, digest=digest, reduced=document.reducing, kept=document.keeping, by=by
        )

    add_file(
        journey=journey,
        slots=original.slots,
        title=title,
        upload=SimpleUploadedFile(name, made.content),
        dated=original.dated,
        casework=original.casework,
        declared=True,
        by=by,
        today=timezone.localdate(),
        portfolio=original.portfolio,
        text=text,
        along=along,
        passing=Passing(by, at, original.wording),
        instead=before,
    )


def _journey(original: Original) -> Journey:
    return Journey.objects.select_related("edition__body", "service__organisation", "person").get(ref=original.journey)
