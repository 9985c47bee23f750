"""What a service says of its casework before anybody outside it reads it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.evidence.actions.ground import line_up, log
from kithwork.evidence.models import Item
from kithwork.journeys.queries import read
from kithwork.ledger.acts import Act

REDACTED = "I have redacted this: every name in it is down to one initial, and nothing else in it identifies anybody."


def keep_declaration(item: Item, by: User, now: datetime) -> None:
    """Note on an item who declared it redacted, when, and in which words; its caller saves it. The first one stands."""
    if item.redacted_at is None:
        item.redacted_by, item.redacted_at, item.redacted_wording = by, now, REDACTED


@transaction.atomic
def declare_redacted(*, item: Item, by: User, now: datetime) -> Item:
    """Keep that somebody declares something added earlier to be redacted. A second declaration changes nothing.

    Raises Refused when it is gone, or the journey has ended. Writes the ledger.
    """
    journey = item.journey
    line_up(journey)
    locked = Item.objects.select_for_update().get(pk=item.pk)
    if locked.removed_at is not None or locked.destroyed_at is not None:
        raise Refused("This has been taken out; add it again.")
    if read(journey, timezone.localdate(now)).position.status.is_over:
        raise Refused("This journey has ended; nothing in it can be changed.")
    if locked.redacted_at is not None:
        return locked
    keep_declaration(locked, by, now)
    locked.save(update_fields=["redacted_by", "redacted_at", "redacted_wording"])
    log(Act.EVIDENCE_DECLARED, journey, by, private=bool(locked.portfolio), item=locked.ref)
    return locked
