"""The best assignment once a few better pairs have been added to one that was the best."""

from heapq import heappop, heappush

import numpy as np

from kithwork.core.matching.exact import Edges, Ints, Places

Way = tuple[int | None, int]  # who comes to a place, and by which pair; nobody, and from which free place it is made up


def mended(edges: Edges, values: Ints, chosen: Ints, better: Places, prices: Ints, places: Ints) -> Ints:
    """For each mentee the pair chosen, or -1. `better` are the pairs worth more than what their two have at these
    prices; no other pair is.
    """
    standing = _Standing(edges, values, chosen, better, prices, places)
    for mentee in np.unique(edges.rows[better]).tolist():
        standing.admit(mentee)
    return np.array(standing.chosen, dtype=np.int64)


class _Standing:
    """Who has whose place, at what prices; as lists, since few of them are asked.

    At these prices no pair that is open is worth more than its two have, and whoever has a place has it at its price.
    To stay without is a place as well, the last, with room for all; a free place costs what that costs.
    """

    def __init__(self, edges: Edges, values: Ints, chosen: Ints, better: Places, prices: Ints, places: Ints) -> None:
        people, self.without = len(chosen), len(places)
        self.columns, self.values = edges.columns.tolist(), values.tolist()
        self.first = np.searchsorted(edges.rows, np.arange(people + 1)).tolist()
        self.closed = set(better.tolist())
        self.chosen = chosen.tolist()
        self.prices = [*prices.tolist(), 0]
        self.rooms = [*places.tolist(), people + 1]
        self.held: list[list[int]] = [[] for _ in self.rooms]
        for mentee in range(people):
            self.held[self._place(mentee)].append(mentee)

    def admit(self, mentee: int) -> None:
        """Opens the better pairs of a mentee. They leave their place and come to the best one, whoever had that to the
        next, and so on until the place that was left is taken or made up: by the chain that costs least.
        """
        pairs = range(self.first[mentee], self.first[mentee + 1])
        self.closed.difference_update(pairs)
        left = self._place(mentee)
        self.held[left].remove(mentee)
        most = max(self.values[pair] - self.prices[self.columns[pair]] for pair in pairs)
        cost, passed, came = self._chain(mentee, most, left)
        for place, way in passed.items():
            self.prices[place] += cost - way
        self._move(mentee, left, came)

    def _chain(self, mentee: int, most: int, end: int) -> tuple[int, dict[int, int], dict[int, Way]]:
        """What the cheapest chain to that place costs, the places that cost less, and how each place is come to."""
        costs: dict[int, int] = {}
        came: dict[int, Way] = {}
        passed: dict[int, int] = {}
        heap: list[tuple[int, int]] = []

        def come(place: int, cost: int, way: Way) -> None:
            if place not in costs or cost < costs[place]:
                costs[place], came[place] = cost, way
                heappush(heap, (cost, place))

        def ask(someone: int, due: int) -> None:
            """They have so much where they are, and would go wherever they lose little."""
            come(self.without, due + self.prices[-1], (someone, -1))
            for pair in range(self.first[someone], self.first[someone + 1]):
                if pair not in self.closed:
                    place = self.columns[pair]
                    come(place, due + self.prices[place] - self.values[pair], (someone, pair))

        ask(mentee, most)
        made_up = False
        while True:
            cost, place = heappop(heap)
            if place == end:
                return cost, passed, came
            if place in passed:
                continue
            passed[place] = cost
            if not made_up and len(self.held[place]) < self.rooms[place]:
                made_up = True
                for other, price in enumerate(self.prices):
                    come(other, cost + price - self.prices[-1], (None, place))
            for someone in self.held[place]:
                ask(someone, cost + self._worth(someone) - self.prices[place])

    def _move(self, mentee: int, end: int, came: dict[int, Way]) -> None:
        place, someone = end, None
        while someone != mentee:
            someone, way = came[place]
            if someone is None:
                place = way
                continue
            before = self._place(someone)
            if someone != mentee:
                self.held[before].remove(someone)
            self.held[place].append(someone)
            self.chosen[someone] = way
            place = before

    def _place(self, mentee: int) -> int:
        pair = self.chosen[mentee]
        return self.columns[pair] if pair >= 0 else self.without

    def _worth(self, mentee: int) -> int:
        pair = self.chosen[mentee]
        return self.values[pair] if pair >= 0 else 0
