"""The best assignment among pairs that are listed, and the prices that prove it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

Ints = NDArray[np.int64]
Places = NDArray[np.intp]


class Inexact(RuntimeError):
    """The numbers grew beyond what can be proven; never to be swallowed."""


class Unsettled(Inexact):
    """Prices that rise without end: the pairs they were asked of are not the best."""


@dataclass(slots=True)
class Edges:
    """Pairs that are looked at, in order of mentee and mentor."""

    rows: Places
    columns: Places
    fits: Ints

    def __len__(self) -> int:
        return len(self.rows)

    def joined(self, other: "Edges", chosen: Ints, mentors: int) -> tuple["Edges", Ints]:
        """With others, of which none is here yet; and where the chosen ones are then."""
        key = np.concatenate((self.rows * mentors + self.columns, other.rows * mentors + other.columns))
        order = np.argsort(key, kind="stable")
        rows, columns = np.divmod(key[order], mentors)
        now = np.empty(len(order) + 1, dtype=np.int64)
        now[order], now[-1] = np.arange(len(order)), -1
        return Edges(rows, columns, np.concatenate((self.fits, other.fits))[order]), now[chosen]


def slots(edges: Edges, places: Ints) -> tuple[Places, Places]:
    """Every place of a mentor as a column of its own: the edges as often as that, and their columns."""
    spread = places[edges.columns]
    of = np.repeat(np.arange(len(edges)), spread)
    step = np.arange(len(of)) - np.repeat(np.cumsum(spread) - spread, spread)
    return of, (np.cumsum(places) - places)[edges.columns[of]] + step


def match(edges: Edges, values: Ints, places: Ints, people: int, cover: bool) -> Ints:
    """For each mentee the edge chosen, or -1."""
    room = int(places.sum())
    of, column = slots(edges, places)
    highest = int(values.max(initial=0)) + 1  # the solver wants costs above 0
    cost = (highest - values[of]).astype(np.float64)
    count = np.bincount(edges.rows, weights=places[edges.columns], minlength=people).astype(np.int64)
    chosen = np.full(people, -1, dtype=np.int64)
    taken = None
    if cover:  # where everybody on one side can have somebody, nobody need be given the choice to stay without
        taken = _cover(cost, count, column, room)
    if taken is None:
        # staying without is a column for each mentee, the last of their row
        last = np.cumsum(count)
        taken = _full(
            np.insert(cost, last, float(highest)),
            count + 1,
            np.insert(column, last, room + np.arange(people)),
            room + people,
        )
        assert taken is not None
    rows, columns = taken
    placed = columns < room
    mentor = np.searchsorted(np.cumsum(places), columns[placed], side="right")
    key = edges.rows * len(places) + edges.columns  # in order
    chosen[rows[placed]] = np.searchsorted(key, rows[placed] * len(places) + mentor)
    return chosen


def _cover(cost: NDArray[np.float64], count: Ints, column: Places, room: int) -> tuple[Places, Places] | None:
    """A matching in which everybody has somebody who can have anybody, on one side; None where there is none."""
    rows, columns = np.flatnonzero(count), np.flatnonzero(np.bincount(column, minlength=room))
    number = np.empty(room, dtype=np.intp)
    number[columns] = np.arange(len(columns))
    found = _full(cost, count[rows], number[column], len(columns))
    return None if found is None else (rows[found[0]], columns[found[1]])


def _full(cost: NDArray[np.float64], count: Ints, column: Places, columns: int) -> tuple[Places, Places] | None:
    """The cheapest matching in which the smaller side is whole, of rows with so many entries each; None where there is
    none.
    """
    starts = np.concatenate(([0], np.cumsum(count)))
    graph = csr_array((cost, column, starts), shape=(len(count), columns))
    try:
        found: tuple[Places, Places] = min_weight_full_bipartite_matching(graph)
    except ValueError:
        return None
    return found


def prices_of(edges: Edges, values: Ints, chosen: Ints, places: Ints, people: int) -> tuple[Ints, Ints]:
    """The lowest price of each mentor's last place at which nobody wants another, and what each mentee is left with.

    A mentee who stays without bids their whole worth; one who is matched bids what another would be worth more. Bids
    are raised until none is left (Bellman and Ford); in an optimal assignment a free place ends at 0, and in another
    they rise without end. Raises Unsettled then.
    """
    picked = np.flatnonzero(chosen >= 0)
    own_worth = np.zeros(people, dtype=np.int64)
    own_worth[picked] = values[chosen[picked]]
    own = np.full(people, len(places), dtype=np.intp)  # the last, free of charge: staying without
    own[picked] = edges.columns[chosen[picked]]
    prices = np.zeros(len(places) + 1, dtype=np.int64)
    if not len(edges):
        return prices[:-1], own_worth
    order = np.argsort(edges.columns.astype(np.int32), kind="stable")
    columns, rows = edges.columns[order], edges.rows[order]
    gain, held = values[order] - own_worth[rows], own[rows]
    starts = np.flatnonzero(np.concatenate(([True], columns[1:] != columns[:-1])))
    heads = columns[starts]
    for _ in range(len(places) + 2):
        bids = np.maximum(np.maximum.reduceat(gain + prices[held], starts), prices[heads])
        if np.array_equal(bids, prices[heads]):
            return prices[:-1], own_worth - prices[own]
        prices[heads] = bids
    raise Unsettled("prices do not settle")


def solved(table: Ints, places: Ints, rough: Ints) -> tuple[Places, Ints, Ints]:
    """The mentor of each mentee, or -1, and prices as `prices_of` has them, where a full table is quicker: what each
    pair is worth, 0 where it can never be. Raises Unsettled.

    Every place is taken by somebody, or by nobody (a row of zeros); so its price may be taken off for all, and by
    `rough` prices most have the best of what is left to them at once.
    """
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415  # 18 MB that larger problems do without

    people, mentors = table.shape
    columns = np.repeat(np.arange(mentors), places)
    square = np.empty((max(people, len(columns)), len(columns)))
    square[people:] = rough[columns]
    np.take((rough - table).astype(np.float64), columns, axis=1, out=square[:people], mode="clip")
    matched, taken = linear_sum_assignment(square)
    own = np.full(len(square), mentors, dtype=np.intp)  # the last, free of charge: staying without
    own[matched] = columns[taken]
    own = own[:people]
    worth = np.append(table, np.zeros((people, 1), dtype=np.int64), axis=1)[np.arange(people), own]
    own[worth == 0] = mentors
    order = np.argsort(own, kind="stable")
    starts = np.flatnonzero(np.concatenate(([True], np.diff(own[order]) > 0)))
    gains = table[order]
    gains[gains == 0] = -(2**60)
    gains -= worth[order, None]
    most, held = np.maximum.reduceat(gains, starts, axis=0), own[order[starts]]
    prices = np.zeros(mentors + 1, dtype=np.int64)
    row_of = np.full(mentors + 1, -1, dtype=np.intp)
    row_of[held] = rows = np.arange(len(held))
    for _ in range(mentors + 2):
        bids = (most[rows] + prices[held[rows], None]).max(axis=0)
        risen = np.flatnonzero(bids > prices[:-1])
        prices[risen] = bids[risen]
        rows = row_of[risen]  # whoever has one of those bids anew
        rows = rows[rows >= 0]
        if not len(rows):
            return np.where(own < mentors, own, -1), prices[:-1], worth - prices[own]
    raise Unsettled("prices do not settle")
