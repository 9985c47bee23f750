"""The evidence map as the applicant sees it: what is gathered and not sent yet has its own colour."""

from kithwork.core.journey import Position
from kithwork.core.schemes import Edition
from kithwork.evidence.queries import Gathered
from kithwork.web.kit import maps
from kithwork.web.kit.cards import EvidenceMap, Kind, MapState, StateTag
from kithwork.web.kit.maps import asked
from kithwork.web.service.words import slot_address

__all__ = ["asked", "map_of"]


def map_of(edition: Edition, position: Position, held: Gathered, ref: str) -> EvidenceMap:
    return maps.map_of(
        edition,
        position,
        title=f"All {edition.words.requirements}",
        href=lambda slot: slot_address(edition, ref, slot),
        gathered={slot for slot, items in held.items.items() if items},
        said={MapState.SENT: StateTag(f"With your {edition.words.assessor}", Kind.PURPLE)},
    )
