"""The evidence map of a journey: every requirement of the level aimed at, and how it stands. One map for every desk."""

from collections.abc import Callable, Collection, Mapping

from kithwork.core.journey import Position
from kithwork.core.schemes import Edition, Requirement
from kithwork.evidence.queries import item_of
from kithwork.web.kit.cards import EvidenceMap, MapArea, MapCell, MapState, StateTag, Text

__all__ = ["asked", "map_of"]


def asked(edition: Edition, position: Position) -> list[Requirement]:
    """The requirements of the level aimed at, in the edition's order; at a lighter renewal only those asked again."""
    within = {position.level, *edition.level(position.level).includes}
    return [
        one
        for one in edition.requirements
        if one.level in within and (not position.renewal or item_of(edition, position, one.id) is not None)
    ]


def map_of(
    edition: Edition,
    position: Position,
    *,
    title: Text,
    href: Callable[[str], str],
    gathered: Collection[str] = (),
    said: Mapping[MapState, StateTag] | None = None,
    id: str = "map",
) -> EvidenceMap:
    """The map of where a journey stands.

    `href` gives a requirement's page from its id, or nothing where the desk has none; `gathered` are the ids of those
    that have evidence not sent yet, which only the applicant is told; `said` holds the desk's own words for states.
    """
    words = said or {}
    cells: dict[str, list[MapCell]] = {area.id: [] for area in edition.areas}
    for one in asked(edition, position):
        item = item_of(edition, position, one.id)
        state = MapState[item.state.name] if item is not None else MapState.BLANK
        if state is MapState.BLANK and one.id in gathered:
            state = MapState.GATHERED
        cells[one.area].append(MapCell(one.number, one.title, state, href(one.id), words.get(state)))
    areas = tuple(MapArea(area.title, tuple(cells[area.id])) for area in edition.areas if cells[area.id])
    unit = edition.words.requirement
    return EvidenceMap(title, areas, unit[:1].upper() + unit[1:], id)
