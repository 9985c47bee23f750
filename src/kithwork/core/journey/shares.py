"""How much of what is asked is met: everything, or a level's share of it overall and in each area.

A share counts within each stage that assesses, by the requirements' worth.
"""

from collections.abc import Collection, Iterable, Mapping

from kithwork.core.journey.items import Items
from kithwork.core.journey.position import ItemPosition, ItemState
from kithwork.core.schemes.model import Edition, Share


def enough(edition: Edition, level: str, items: Items) -> bool:
    """Whether a stage's items meet what the level asks: all confirmed, or its share with nothing left unjudged."""
    share = edition.level(level).share
    if share is None:
        return not items.unconfirmed
    if items.in_state(ItemState.BLANK, ItemState.SENT, ItemState.BREACHED):
        return False
    return _reaches(edition, share, items.now, items.in_state(ItemState.CONFIRMED))


def earned(edition: Edition, aimed: str, stages: Iterable[Mapping[str, ItemPosition]], *, at_most: bool = False) -> str:
    """The level that the items of all assessing stages come to: the highest whose share is met in each of them.

    Without shares it is the level aimed at; with them it may be above it, unless that is the most there is to win, as
    at a lighter renewal, which looks at a part only. Empty when not even the lowest is met.
    """
    if edition.level(aimed).share is None:
        return aimed
    found = [items for items in stages if items]
    best = ""
    ids = [level.id for level in edition.levels]
    for level in edition.levels[: ids.index(aimed) + 1] if at_most else edition.levels:
        if level.share and all(
            _reaches(edition, level.share, items, [i for i in items.values() if i.state is ItemState.CONFIRMED])
            for items in found
        ):
            best = level.id
    return best


def percentages(edition: Edition, asked: Collection[str], met: Iterable[ItemPosition]) -> tuple[int, dict[str, int]]:
    """Per cent met overall and in each area, by worth, rounded down; 100 where nothing is asked."""
    total: dict[str, int] = {}
    got: dict[str, int] = {}
    for item in asked:
        requirement = edition.requirement(item)
        total[requirement.area] = total.get(requirement.area, 0) + requirement.worth
    for one in met:
        requirement = edition.requirement(one.id)
        got[requirement.area] = got.get(requirement.area, 0) + requirement.worth
    areas = {area: 100 * got.get(area, 0) // worth for area, worth in total.items()}
    return (100 * sum(got.values()) // sum(total.values()) if total else 100), areas


def _reaches(edition: Edition, share: Share, asked: Collection[str], met: Iterable[ItemPosition]) -> bool:
    overall, areas = percentages(edition, asked, met)
    return overall >= share.overall and all(area >= share.each_area for area in areas.values())
