"""What counted on the day it was offered, and is too old before it was sent."""

from django.utils import timezone

from kithwork.core.freshness import freshness
from kithwork.core.journey import Position
from kithwork.core.schemes import Edition
from kithwork.evidence.queries import Gathered, Stale, may_gather

__all__ = ["stale_since_offered"]


def stale_since_offered(edition: Edition, position: Position, held: Gathered) -> list[Stale]:
    """In the scheme's order, for all that may still be changed. Sending refuses these one by one; nothing hides them.

    What was too old already when it was offered is not among them. No query.
    """
    found: list[Stale] = []
    for one in edition.requirements:
        if one.fresh is None or not may_gather(edition, position, one.id):
            continue
        for item in held.items.get(one.id, ()):
            offered = timezone.localdate(held.since[one.id, item.pk])
            now = freshness(one, item.dated, position.today)
            if now.until is not None and not now.verdict and freshness(one, item.dated, offered).verdict:
                found.append(Stale(item, one, now.until))
    return found
