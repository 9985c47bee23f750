"""Originals do not stay: they are withdrawn, or destroyed when the scheme says, with proof in the ledger."""

from datetime import datetime

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.files.storing import tidy as tidy_folder
from kithwork.gate.actions.ground import held, log
from kithwork.gate.models import FOLDER, Original, Scan
from kithwork.gate.sealing import seal_json
from kithwork.ledger.acts import Act


@transaction.atomic
def withdraw(*, original: Original, by: User, now: datetime) -> None:
    """Take a file away from the gate before it became evidence; it is destroyed. Writes the ledger.

    Raises Refused once it has been approved.
    """
    locked = held(original)
    if locked.state in {Original.State.APPROVED, Original.State.COPYING}:
        raise Refused("It has been approved; take the evidence out instead.")
    locked.state, locked.withdrawn_at = Original.State.WITHDRAWN, now
    _empty(locked, now)
    log(Act.GATE_WITHDRAWN, locked, by, digest=locked.digest)


@transaction.atomic
def destroy(*, original: Original, why: str, now: datetime, by: User | None = None) -> bool:
    """Destroy a file, what was read in it and what it was called; its digest and its row stay. Whether there was
    anything to destroy. `why` is one word of our own, never of its content. Writes the ledger.
    """
    locked = held(original)
    if locked.destroyed_at is not None:
        return False
    _empty(locked, now)
    log(Act.GATE_DESTROYED, locked, by, why=why, digest=locked.digest, copy=locked.copy_digest)
    return True


def _empty(locked: Original, now: datetime) -> None:
    Scan.objects.filter(original=locked).delete()
    locked.file = ""
    locked.sealed = seal_json({"file_name": "", "title": "Destroyed", "text": ""}, f"words:{locked.ref}")
    locked.destroyed_at, locked.held_until = now, None
    locked.save()
    tidy_on_commit()


def tidy_on_commit() -> None:
    """Delete what rows let go in this transaction once it is committed. A fault then is logged, and mended later."""
    transaction.on_commit(_tidy, robust=True)


def _tidy() -> None:
    tidy()


@transaction.atomic
def tidy() -> int:
    """Delete the files of originals that no row names: what was destroyed, and what a crash left."""
    return tidy_folder(Original, FOLDER)
