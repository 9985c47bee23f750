"""Held back, and let through again: what was found to name somebody after it had passed."""

from datetime import datetime

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.evidence.actions.ground import line_up
from kithwork.evidence.models import Item
from kithwork.evidence.passing import Passing, let_through
from kithwork.journeys.models import Journey
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act


@transaction.atomic
def hold_back(*, item: Item, now: datetime) -> bool:
    """A later look found somebody in it: from now on nobody outside the applicant's side gets to see it. Whether it was
    to be seen before. Writes the ledger.
    """
    line_up(item.journey)
    locked = Item.objects.select_for_update().get(pk=item.pk)
    if locked.destroyed_at is not None or locked.passed_at is None:
        return False
    let_through(locked, None)
    locked.held_at = now
    locked.save(update_fields=["passed_by", "passed_at", "passed_wording", "passed_digest", "held_at"])
    _log(Act.EVIDENCE_HELD, locked, None)
    return True


@transaction.atomic
def pass_item(*, item: Item, passing: Passing, title: str, text: str) -> Item:
    """Let an item through that was added before there was a gate, or was held back; with other words where it was never
    sent. Writes the ledger.

    Raises Refused for a file that was never looked through, for other words of what was sent, and when it is gone.
    """
    line_up(item.journey)
    locked = Item.objects.select_for_update().get(pk=item.pk)
    if locked.destroyed_at is not None or locked.removed_at is not None:
        raise Refused("This has been taken out; add it again.")
    if locked.file and locked.held_at is None and not locked.rounds.exists():
        raise Refused("A file is looked through at the privacy gate.")
    changed = (title.strip(), text.strip()) != (locked.title, locked.text)
    if changed and locked.rounds.exists():
        raise Refused("It was sent as it is, so its words cannot be changed. Report it if somebody can be found in it.")
    locked.title, locked.text, locked.held_at = title.strip() or locked.title, text.strip(), None
    let_through(locked, passing)
    locked.save()
    _log(Act.EVIDENCE_PASSED, locked, passing.by)
    return locked


def _log(act: Act, item: Item, by: User | None) -> None:
    journey: Journey = item.journey
    write(
        act=act,
        actor=by.actor if by else "system",
        subject=f"journey:{journey.ref}",
        organisation="" if item.portfolio else journey.edition.body.ref,
        facts={"item": item.ref, "digest": item.digest},
    )
