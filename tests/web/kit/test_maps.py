"""The evidence map is made of a journey's position, the same way for every desk."""

from collections.abc import Callable

from kithwork.core.journey import ItemState
from kithwork.journeys.queries import read
from kithwork.procedures.sample import Walk
from kithwork.web.kit.cards import EvidenceMap, Kind, MapState, StateTag
from kithwork.web.kit.maps import asked, map_of


def test_every_state_of_a_requirement_has_its_place_on_the_map() -> None:
    assert {state.name for state in ItemState} <= {state.name for state in MapState}
    assert len({state.letter for state in MapState}) == len({state.css for state in MapState}) == len(MapState)


def made(walk: Walk, **more: object) -> EvidenceMap:
    reading = read(walk.journey, walk.today)
    return map_of(reading.edition, reading.position, title="All", href=lambda slot: f"/{slot}/", **more)  # type: ignore[arg-type]  # by name


def test_the_map_holds_what_is_asked_area_by_area_and_says_how_it_stands(short_walk: Callable[..., Walk]) -> None:
    walk = short_walk("visited")
    reading = read(walk.journey, walk.today)
    wanted = asked(reading.edition, reading.position)
    items = {one.id: reading.position.stages[reading.edition.stage_for(one).id].items[one.id] for one in wanted}
    shown = made(walk)
    areas = [area for area in reading.edition.areas if any(one.area == area.id for one in wanted)]
    assert [area.title for area in shown.areas] == [area.title for area in areas]
    for area, drawn in zip(areas, shown.areas, strict=True):
        here = [one for one in wanted if one.area == area.id]
        assert [(cell.number, cell.href) for cell in drawn.cells] == [(one.number, f"/{one.id}/") for one in here]
        assert [cell.state.name for cell in drawn.cells] == [items[one.id].state.name for one in here]
        assert drawn.confirmed == sum(items[one.id].state is ItemState.CONFIRMED for one in here)
    assert {MapState.CONFIRMED, MapState.RETURNED} <= {cell.state for area in shown.areas for cell in area.cells}
    assert shown.unit == "Indicator"


def test_what_is_gathered_is_told_only_of_what_was_never_sent(short_walk: Callable[..., Walk]) -> None:
    walk = short_walk("returned")
    everything = [one.id for one in walk.edition.requirements]
    plain = {cell.href: cell.state for area in made(walk).areas for cell in area.cells}
    gathered = {cell.href: cell.state for area in made(walk, gathered=everything).areas for cell in area.cells}
    for slot, state in plain.items():
        assert gathered[slot] is (MapState.GATHERED if state is MapState.BLANK else state)


def test_a_desk_has_words_of_its_own_and_the_key_says_them(short_walk: Callable[..., Walk]) -> None:
    said = {MapState.SENT: StateTag("Waiting for you", Kind.BLUE)}
    shown = made(short_walk("sent"), said=said)
    key = {state: (word, count) for state, word, count in shown.key()}
    assert key[MapState.SENT][0] == "Waiting for you"
    assert sum(count for _, count in key.values()) == sum(len(area.cells) for area in shown.areas)
    assert MapState.BREACHED not in key
