"""Which editions a service can look at its records for, and where it stands on its way through them."""

from dataclasses import dataclass

from kithwork.core.journey import Status
from kithwork.core.schemes import Edition
from kithwork.evidence.models import Item
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import on_offer
from kithwork.organisations.models import Service
from kithwork.readiness.counting import questions
from kithwork.readiness.models import SampleAsked, Snapshot

__all__ = ["Offer", "SnapshotRow", "asked_another", "asks_records", "offers", "snapshot_of", "snapshots_in", "turn_of"]

_OVER = [one.value for one in Status if one.is_over]


@dataclass(frozen=True, slots=True)
class Offer:
    """An edition that asks something of a service's records; with the service's open journey in it, where there is one:
    its reference and the level it aims at.
    """

    edition: Edition
    journey: str = ""
    level: str = ""

    @property
    def aim(self) -> str:
        """The level looked at first: the journey's, or the edition's first."""
        return self.level or self.edition.levels[0].id


def asks_records(edition: Edition) -> bool:
    """Whether an edition is for services and asks anything of their records."""
    return edition.scheme.applicant == "service" and any(questions(one) for one in edition.requirements)


def offers(service: Service) -> list[Offer]:
    """The editions of the service's open journeys, newest first, then what else is on offer. Two queries."""
    rows = Journey.objects.filter(service=service).exclude(status__in=_OVER).select_related("edition")
    found: dict[str, Offer] = {}
    for row in rows.defer("edition__texts").order_by("-created_at"):
        edition = edition_of(row.edition)
        found.setdefault(edition.key, Offer(edition, row.ref, row.level))
    for published in on_offer().defer("texts").order_by("name", "-published_at"):
        edition = edition_of(published)
        found.setdefault(edition.key, Offer(edition))
    return [one for one in found.values() if asks_records(one.edition)]


def turn_of(journey: Journey, requirement: str) -> int:
    """Which sample is to be drawn for a requirement of a journey: the first, or the last that was asked for."""
    asked = SampleAsked.objects.filter(snapshot__item__journey=journey, snapshot__requirement=requirement)
    return asked.order_by("-turn").values_list("turn", flat=True).first() or 1


def asked_another(journey: Journey, requirement: str) -> bool:
    """Whether the assessor asked for another sample, and none has been made since."""
    made = Snapshot.objects.filter(item__journey=journey, requirement=requirement)
    last = made.order_by("-turn").values_list("turn", flat=True).first()
    return last is not None and turn_of(journey, requirement) > last


def snapshots_in(journey: Journey) -> dict[int, Snapshot]:
    """Item's id -> the snapshot in it, for all of a journey that is not destroyed. One query."""
    found = Snapshot.objects.filter(
        item__journey=journey, item__destroyed_at__isnull=True, item__held_at__isnull=True
    ).select_related("item")
    return {one.item_id: one for one in found}


def snapshot_of(item: Item) -> Snapshot | None:
    """The snapshot in an item that one has got through a door; None where it is none, or destroyed."""
    found = Snapshot.objects.filter(item=item, item__destroyed_at__isnull=True, item__held_at__isnull=True).first()
    if found is not None:
        found.item = item
    return found


SnapshotRow = Snapshot  # the type's name for pages, which import no models
