"""The doors to an item of evidence. The journey has been got through its own door first."""

from django.db.models import Q
from django.http import Http404

from kithwork.evidence.models import Item
from kithwork.evidence.passing import has_passed
from kithwork.journeys.models import Journey


def item_for_applicant(journey: Journey, ref: str) -> Item:
    """Any item of the journey that has not been taken out."""
    found = Item.objects.filter(journey=journey, ref=ref, removed_at__isnull=True).first()
    if found is None:
        raise Http404("No such page.")
    found.journey = journey
    return found


def item_for_assessor(journey: Journey, ref: str, prepared_slots: frozenset[str] = frozenset()) -> Item:
    """What has been sent, and what is prepared for `prepared_slots` (those of a visit that is arranged). Never what
    was destroyed, nor what has not been through the privacy gate.
    """
    items = Item.objects.filter(journey=journey, ref=ref, destroyed_at__isnull=True, passed_at__isnull=False)
    found = items.filter(rounds__isnull=False).first()
    if found is None and prepared_slots:
        found = items.filter(removed_at__isnull=True, offers__slot__in=prepared_slots).first()
    if found is None or not has_passed(found):
        raise Http404("No such page.")
    found.journey = journey
    return found


def piece_for_owner(journey: Journey, stage: str, ref: str) -> Item:
    """A piece that is in the portfolio now, for those on the applicant's side."""
    pieces = Item.objects.filter(journey=journey, portfolio=stage, removed_at__isnull=True, destroyed_at__isnull=True)
    return _one(pieces.filter(ref=ref).first(), journey)


def piece_once_owned(journey: Journey, stage: str, ref: str) -> Item:
    """The same, and what was in the portfolio when it was handed in earlier; never what was destroyed."""
    pieces = Item.objects.filter(journey=journey, portfolio=stage, destroyed_at__isnull=True)
    return _one(pieces.filter(Q(removed_at__isnull=True) | Q(sent_as__isnull=False), ref=ref).first(), journey)


def piece_for_reader(journey: Journey, stage: str, ref: str) -> Item:
    """A piece as it was handed in, for those who read the portfolio then; never one that has not been."""
    pieces = Item.objects.filter(journey=journey, portfolio=stage, destroyed_at__isnull=True, sent_as__isnull=False)
    found = pieces.filter(ref=ref).first()
    return _one(found if found is not None and has_passed(found) else None, journey)


def _one(found: Item | None, journey: Journey) -> Item:
    if found is None:
        raise Http404("No such page.")
    found.journey = journey
    return found
