"""What a reader of files says of its work: that it has begun, how far it is, what it found, that it is done."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.gate.actions.destroying import tidy_on_commit
from kithwork.gate.actions.ground import MACHINE, case_of, held, keep_case, log
from kithwork.gate.models import Original, Scan
from kithwork.gate.queries import HOLDS, TRIES, waiting
from kithwork.gate.scans import Document, packed
from kithwork.gate.sealing import seal_json
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act

TIRED = "It could not be read: reading it broke off several times. Save it as a PDF, and upload that."


@transaction.atomic
def claim(*, now: datetime, ref: str = "", alone: bool = False) -> Original | None:
    """Take the next file that waits for a reader, or `ref`; None when there is none. Nobody else gets it meanwhile.

    One whose reader has not been heard of is read again, at once where the caller knows to be `alone` at work; after
    some tries it counts as unreadable, never as clean.
    """
    rows = waiting(now, alone=alone)
    rows = rows.filter(ref=ref) if ref else rows
    found = rows.select_for_update(skip_locked=True, of=("self",)).first()
    if found is None:
        return None
    found.tries += 1
    if found.tries > TRIES:
        _fail(found, TIRED)
        return claim(now=now, ref=ref, alone=alone)
    if found.state == Original.State.WAITING:
        found.state = Original.State.SCANNING
    found.held_until, found.done = now + HOLDS, 0
    found.save()
    return found


@transaction.atomic
def say_so(*, original: Original, done: int, of: int, now: datetime) -> bool:
    """A sign of life, and how many pages are done of how many. Whether the work is still wanted."""
    rows = Original.objects.filter(
        pk=original.pk, destroyed_at__isnull=True, state__in=(Original.State.SCANNING, Original.State.COPYING)
    )
    return bool(rows.update(done=done, of=of, held_until=now + HOLDS))


@transaction.atomic
def keep_scan(*, original: Original, document: Document, blind: bool, now: datetime) -> None:
    """What was read in a file and found in it. A person looks at it next. Writes the ledger: counts alone."""
    locked = held(original)
    if locked.destroyed_at is not None or locked.state != Original.State.SCANNING:
        return  # withdrawn meanwhile
    Scan.objects.filter(original=locked).delete()
    Scan.objects.create(
        original=locked, sealed=seal_json(packed(document), f"scan:{locked.pk}"), blind=blind, made_at=now
    )
    locked.state, locked.held_until, locked.tries, locked.reason = Original.State.READY, None, 0, ""
    locked.of = locked.done = document.pages
    locked.save()
    log(Act.GATE_SCANNED, locked, None, found=len(document.marks), doubtful=document.undecided, blind=blind)


@transaction.atomic
def fail(*, original: Original, reason: str) -> None:
    """A file that could not be read, and why. It never passes. Writes the ledger."""
    locked = held(original)
    if locked.destroyed_at is None and locked.state == Original.State.SCANNING:
        _fail(locked, reason)


@transaction.atomic
def try_again(*, original: Original, by: User) -> None:
    """Have a file read once more that could not be read. Raises Refused for any other. Writes the ledger."""
    locked = held(original)
    if locked.destroyed_at is not None or locked.state != Original.State.FAILED:
        raise Refused("It is not waiting for another try any more.")
    locked.state, locked.reason, locked.tries = Original.State.WAITING, "", 0
    locked.held_until, locked.done = None, 0
    locked.save()
    log(Act.GATE_TRIED_AGAIN, locked, by, digest=locked.digest)


def _fail(locked: Original, reason: str) -> None:
    locked.state, locked.reason, locked.held_until = Original.State.FAILED, reason[:500], None
    locked.save()
    log(Act.GATE_FAILED, locked, None, digest=locked.digest)


@transaction.atomic
def send_back(*, original: Original, reason: str, document: Document | None = None) -> None:
    """The copy of an approved file could not be made, or something was found in it: a person looks again."""
    locked = held(original)
    if locked.destroyed_at is not None or locked.state != Original.State.COPYING:
        return
    if document is not None:
        scan = Scan.objects.select_for_update().get(original=locked)
        scan.sealed, scan.version = seal_json(packed(document), f"scan:{locked.pk}"), scan.version + 1
        scan.save()
    locked.state, locked.reason, locked.held_until, locked.tries = Original.State.READY, reason[:500], None, 0
    locked.approved_by, locked.approved_at, locked.wording = None, None, ""
    locked.save()
    log(Act.GATE_SENT_BACK, locked, None)


@transaction.atomic
def finished(*, original: Original, item: str, digest: str, reduced: int, kept: int, by: User) -> None:
    """The redacted copy is evidence now; `item` is its reference, `digest` the copy's. Writes the ledger."""
    locked = held(original)
    locked.state, locked.held_until, locked.item, locked.copy_digest = Original.State.APPROVED, None, item, digest
    locked.save()
    log(Act.GATE_PASSED, locked, by, item=item, digest=locked.digest, copy=digest, reduced=reduced, kept=kept)
    tidy_on_commit()


@transaction.atomic
def rescanned(*, journey: str, looked: int, held: int, breached: int) -> None:
    """Note that what had passed was looked through again for new names. Writes the ledger: counts alone."""
    write(
        act=Act.GATE_RESCANNED,
        actor=MACHINE,
        subject=f"journey:{journey}",
        organisation="",
        facts={"looked": looked, "held": held, "breached": breached},
    )


@transaction.atomic
def remember(
    *,
    journey: str,
    initials: dict[str, Any] | None = None,
    looked_for: Collection[str] | None = None,
    since: dict[str, str] | None = None,
) -> None:
    """Keep who has which initial in a journey's case, who has been looked for, or since when each is known, which
    nobody moves; the rest stays as it is.
    """
    known = case_of(journey)
    if initials is not None:
        known = replace(known, initials=initials)
    if looked_for is not None:
        known = replace(known, looked_for=tuple(looked_for))
    if since is not None:
        known = replace(known, since={**since, **known.since})
    keep_case(journey, known)
