"""What assessors have confirmed on an applicant's other journeys, and on which evidence."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from kithwork.core.journey import EntryKind
from kithwork.core.schemes import EvidenceStage, VisitStage
from kithwork.evidence.models import Breach, Item, Offer, Round
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import EntryRow, Journey

_JUDGED = (EntryKind.SUBMITTED, EntryKind.CONFIRMED, EntryKind.RETURNED, EntryKind.BREACHED)
_KINDS = (Item.Kind.FILE, Item.Kind.LINK, Item.Kind.STATEMENT)  # a written piece was written for one scheme alone


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A live item, the requirement (its id, in its journey's edition) it was confirmed for, and when."""

    item: Item
    slot: str
    on: date


def confirmed_items(wanted: Mapping[Journey, Collection[str]], whole: Collection[Journey]) -> list[Confirmed]:
    """The evidence on which requirements of these journeys stand confirmed today: what was sent last, or, at a visit
    for which nothing was sent, what had been prepared. The newest confirmation first; an item once for each journey.

    Left out: what was destroyed or taken out, the pieces of portfolios, and a file in which a breach was reported on
    any of `whole`, the applicant's journeys. Four queries at most.
    """
    confirmed = _standing(wanted)
    if not confirmed:
        return []
    pairs = _sent(confirmed)
    struck = _struck(whole)
    found: dict[int, Confirmed] = {}
    for (journey, slot), on in sorted(confirmed.items(), key=lambda one: one[1], reverse=True):
        for item in pairs.get((journey, slot), ()):
            gone = item.removed_at is not None or item.destroyed_at is not None
            if not gone and item.kind in _KINDS and not item.portfolio and item.digest not in struck:
                found.setdefault(item.pk, Confirmed(item, slot, on))
    by_pk = {journey.pk: journey for journey in wanted}
    for one in found.values():
        one.item.journey = by_pk[one.item.journey_id]
    return list(found.values())


def _standing(wanted: Mapping[Journey, Collection[str]]) -> dict[tuple[int, str], date]:
    """(journey, requirement) -> since when it is confirmed, for those whose last judgement says so."""
    last: dict[tuple[int, str], tuple[str, date]] = {}
    stages = {
        journey.pk: {s.id for s in edition_of(journey.edition).stages if isinstance(s, EvidenceStage | VisitStage)}
        for journey in wanted
    }
    slots = {slot for slots in wanted.values() for slot in slots}
    rows = EntryRow.objects.filter(journey__in=[one.pk for one in wanted], item__in=slots, kind__in=_JUDGED)
    for journey, stage, slot, kind, on in rows.order_by("journey", "seq").values_list(
        "journey", "stage", "item", "kind", "on"
    ):
        if stage in stages[journey]:  # the kinds of an interview have names of their own, which may be the same
            last[journey, slot] = kind, on
    asked = {(journey.pk, slot) for journey, slots in wanted.items() for slot in slots}
    return {key: on for key, (kind, on) in last.items() if kind == EntryKind.CONFIRMED and key in asked}


def _sent(confirmed: Collection[tuple[int, str]]) -> dict[tuple[int, str], list[Item]]:
    journeys, slots = {journey for journey, _ in confirmed}, {slot for _, slot in confirmed}
    found: dict[tuple[int, str], list[Item]] = {}
    latest: dict[tuple[int, str], int] = {}
    pairs = Round.items.through.objects.filter(round__journey__in=journeys, round__slot__in=slots)
    for pair in pairs.select_related("round", "item__redacted_by").order_by("round__number", "item_id"):
        key = pair.round.journey_id, pair.round.slot
        if latest.get(key) != pair.round.number:
            latest[key], found[key] = pair.round.number, []
        found[key].append(pair.item)
    if any(key not in found for key in confirmed):
        offers = Offer.objects.filter(journey__in=journeys, slot__in=slots).select_related("item__redacted_by")
        prepared: dict[tuple[int, str], list[Item]] = {}
        for offer in offers.order_by("added_at", "id"):
            prepared.setdefault((offer.journey_id, offer.slot), []).append(offer.item)
        found = {**prepared, **found}
    return found


def _struck(journeys: Collection[Journey]) -> set[str]:
    """The digests of files in which a breach was reported."""
    rows = Breach.objects.filter(journey__in=[one.pk for one in journeys], digest__gt="")
    return set(rows.values_list("digest", flat=True))
