"""What a model cannot see piece by piece: ids that clash, names that lead nowhere, stages that can never open.

Each rule yields (place, message); a place is the path of keys and indexes in the edition, which the loader turns into a
file and a line.
"""

from collections.abc import Callable, Iterator

from kithwork.core.schemes.checker import actors, asked, levels, money, names, order, times
from kithwork.core.schemes.located import Place
from kithwork.core.schemes.model import Edition

Found = Iterator[tuple[Place, str]]

__all__ = ["mistakes"]


def mistakes(edition: Edition) -> Found:
    """Everything wrong with an edition whose pieces are each well formed; nothing when it can be used."""
    for rule in _RULES:
        yield from rule(edition)


_RULES: tuple[Callable[[Edition], Found], ...] = (
    names.ids,
    names.levels,
    names.led_to,
    order.reachable,
    order.order,
    order.award,
    money.fees,
    asked.requirements,
    asked.fields,
    asked.rows,
    asked.pieces,
    asked.checks,
    levels.shares,
    levels.deciders,
    actors.actors,
    times.milestones,
    times.renewal,
    times.lapses,
    times.periods,
)
