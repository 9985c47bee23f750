"""Originals go when the scheme says: their content is destroyed, and the ledger has the proof."""

from datetime import datetime

from django.utils import timezone

from kithwork.core.days import Period
from kithwork.gate import actions as gate
from kithwork.gate.models import Original
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import Reading, read

WHY_OVER, WHY_DECIDED, WHY_TIME = "over", "decided", "time"


def destroy_due(*, now: datetime) -> int:
    """Destroy the originals whose time is over. How many."""
    today, done = timezone.localdate(now), 0
    refs = Original.objects.filter(destroyed_at__isnull=True).order_by().values_list("journey", flat=True).distinct()
    journeys = Journey.objects.select_related("edition__body", "service__organisation", "person")
    for journey in journeys.filter(ref__in=list(refs)).iterator(200):
        reading = read(journey, today)
        for original in Original.objects.filter(journey=journey.ref, destroyed_at__isnull=True):
            if why := due(original, reading):
                done += gate.destroy(original=original, why=why, now=now)
    return done


def due(original: Original, reading: Reading) -> str:
    """Why an original is to go today, in one word; '' while it may stay."""
    position, keeps = reading.position, reading.edition.privacy.originals
    if position.status.is_over:
        return WHY_OVER
    if keeps == "until decision" and position.granted is not None:
        return WHY_DECIDED
    if isinstance(keeps, Period):
        since = timezone.localdate(original.approved_at) if original.approved_at else original.added_on
        return WHY_TIME if keeps.after(since) <= position.today else ""
    return ""
