"""The exact optimum over a grid of fits, and its proof.

Places are given rough prices first, as a market would find them: dearer where more want them than there are. Fits less
prices say which few pairs are worth a look; the assignment among those is solved exactly. The exact prices that follow
from it then show, over all pairs, whether one that was left out could do better; those are added until there is none.
What is left is the certificate: no pair beats what its two sides have, and the prices add up to what was reached.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from kithwork.core.matching.grid import Grid
from kithwork.core.matching.people import MOST
from kithwork.core.matching.scoring import Fits

Ints = NDArray[np.int64]
Places = NDArray[np.intp]
WIDE = 24  # pairs of each mentee that the rough prices are found with
FEW = 12  # pairs of each mentee that are solved first
MANY = 64  # pairs of a mentee that are added at most in one round
SWEEPS = 40
STEEP, GENTLE = 30.0, 3.0  # by how much a price moves for each that is wanted too often: at first, and at the end
LARGE = 30_000  # prices beyond do not fit into 16 bits with a fit
SAMPLE = 128  # mentees asked for a first guess of prices


class Inexact(RuntimeError):
    """The numbers grew beyond what can be proven; never to be swallowed."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Proof that nothing better exists: `reached` equals `bound`, in the solver's own units, and no pair beats it."""

    reached: int
    bound: int
    rounds: int  # how often it was solved
    added: int  # pairs that were left out at first and had to be added

    @property
    def holds(self) -> bool:
        return self.reached == self.bound


@dataclass(frozen=True, slots=True)
class Worth:
    """What a pair is worth to the solver: `pair` for being one, `unit` for each step of fit, one for each week waited.

    So composed that a pair more outweighs any fits, and a step of fit any weeks.
    """

    pair: int
    unit: int
    weeks: Ints  # of each mentee

    @classmethod
    def of(cls, weeks: Ints, places: Ints, cover: bool) -> "Worth":
        most = int(min(len(weeks), places.sum()))  # pairs there can be
        longest = int(weeks.max(initial=0))
        unit = most * longest + 1
        pair = most * (MOST * unit + longest) + 1 if cover else 0
        if (pair + (MOST + 1) * unit) * 64 > 2**53:  # the solver counts in 64-bit floats
            raise Inexact("too many people for one exact solution")
        return cls(pair, unit, weeks)


@dataclass(frozen=True, slots=True)
class Solution:
    mentor_of: Places  # of each mentee; -1 for none
    fit_of: Ints  # of each pair; -1 where there is none
    prices: Ints  # of each mentor's last place, in the solver's units; 0 where there is room left
    certificate: Certificate


@dataclass(slots=True)
class Edges:
    """Pairs that are looked at, in order of mentee and mentor."""

    rows: Places
    columns: Places
    fits: Ints

    def __len__(self) -> int:
        return len(self.rows)

    def joined(self, other: "Edges", mentors: int) -> "Edges":
        key = np.concatenate((self.rows * mentors + self.columns, other.rows * mentors + other.columns))
        found, first = np.unique(key, return_index=True)
        rows, columns = np.divmod(found, mentors)
        return Edges(rows, columns, np.concatenate((self.fits, other.fits))[first])


def solve(grid: Grid, places: Ints, worth: Worth, lowest: int = 0) -> Solution:
    """The best pairs of which none fits less than `lowest`. Raises Inexact where that could not be proven."""
    people, mentors = len(grid), len(places)
    none = np.full(people, -1, dtype=np.intp)
    if not people or not places.any():
        return Solution(none, none.astype(np.int64), np.zeros(mentors, np.int64), Certificate(0, 0, 0, 0))
    prices = _guess(grid, lowest)
    if mentors > 2 * FEW:
        wide = nearest(grid, prices, WIDE, lowest)
        prices = _market(wide, places, people)
    edges = nearest(grid, prices, FEW, lowest)
    rounds = added = 0
    while True:
        values = worth.pair + edges.fits * worth.unit + worth.weeks[edges.rows]
        chosen = _match(edges, values, places, people, worth.pair > 0)
        exact, dues = _prices(edges, values, chosen, places, people)
        rounds += 1
        more = _better(grid, exact, dues, worth, lowest)
        if not len(more):
            break
        added += len(more)
        edges = edges.joined(more, mentors)
    fit_of = none.astype(np.int64)
    own = np.flatnonzero(chosen >= 0)
    none[own] = edges.columns[chosen[own]]
    fit_of[own] = edges.fits[chosen[own]]
    certificate = Certificate(
        reached=sum(map(int, values[chosen[own]])),
        bound=sum(map(int, dues)) + sum(int(price) * int(room) for price, room in zip(exact, places, strict=True)),
        rounds=rounds,
        added=added,
    )
    if not certificate.holds or int(dues.min()) < 0 or int(exact.min()) < 0:
        raise Inexact("the solution could not be proven the best")
    return Solution(none, fit_of, exact, certificate)


def _guess(grid: Grid, lowest: int) -> Fits:
    """A first guess of prices: half of what a sample of mentees think of each mentor."""
    some = grid.some(max(1, len(grid) // SAMPLE))
    liked = np.where(some >= lowest, some, 0).mean(axis=0)
    guess: Fits = (liked / 2).astype(np.int16)
    return guess


def nearest(grid: Grid, prices: Fits, most: int, lowest: int) -> Edges:
    """The best pairs of each mentee by fit less price, so many at most and ties besides."""
    mentors = grid.mentors
    keys, fits = [], []
    for start, block in grid.blocks():
        if mentors <= most:
            wanted = block >= lowest
        else:
            left = block - prices
            last = np.partition(left, mentors - most, axis=1)[:, mentors - most]
            wanted = left >= last[:, None]
            wanted &= block >= lowest
        at = np.flatnonzero(wanted)
        if len(at) > 2 * most * len(block):  # all alike: chance keeps a few, and the same few every time
            at = _spread(left, most, start, at)
        keys.append(at + start * mentors)
        fits.append(block.ravel()[at])
    rows, columns = np.divmod(np.concatenate(keys), mentors)
    return Edges(rows, columns, np.concatenate(fits).astype(np.int64))


def _spread(left: Fits, most: int, start: int, wanted: Places) -> Places:
    """So many of each row, ties told apart by a number made of the two positions."""
    rows, mentors = left.shape
    mixed = (np.arange(start, start + rows)[:, None] * 40_503 + np.arange(mentors) * 2_654_435_761) >> 7 & 0xFFF
    key = (left.astype(np.int32) << 12) + mixed.astype(np.int32)
    best = np.argpartition(key, mentors - most, axis=1)[:, mentors - most :]
    return np.intersect1d((best + np.arange(rows)[:, None] * mentors).ravel(), wanted)


def _market(wide: Edges, places: Ints, people: int) -> Fits:
    """Rough prices: everybody asks for the best that is left to them after the price; what is asked for too often gets
    dearer, what is asked for too seldom cheaper, by less each time. The mean of the last quarter is taken."""
    mentors = len(places)
    count = np.bincount(wide.rows, minlength=people)
    step = np.arange(len(wide)) - np.repeat(np.cumsum(count) - count, count)
    shape = (people, int(count.max(initial=1)))
    columns = np.full(shape, mentors, dtype=np.intp)  # the last: nobody
    fits = np.full(shape, -1, dtype=np.float32)
    columns[wide.rows, step] = wide.columns
    fits[wide.rows, step] = wide.fits
    prices = np.zeros(mentors + 1, dtype=np.float32)
    settled = np.zeros(mentors, dtype=np.float64)
    everybody = np.arange(people)
    for sweep in range(SWEEPS):
        left = fits - prices[columns]
        best = left.argmax(axis=1)
        asked = columns[everybody, best][left[everybody, best] > 0]
        excess = np.bincount(asked, minlength=mentors + 1)[:mentors] - places
        move = STEEP * (GENTLE / STEEP) ** (sweep / (SWEEPS - 1))
        np.maximum(prices[:-1] + move * excess, 0, out=prices[:-1])
        if 4 * sweep >= 3 * SWEEPS:
            settled += prices[:-1]
    rough: Fits = np.minimum(settled / (SWEEPS - 3 * SWEEPS // 4), MOST).astype(np.int16)
    return rough


def slots(edges: Edges, places: Ints) -> tuple[Places, Places]:
    """Every place of a mentor as a column of its own: the edges as often as that, and their columns."""
    spread = places[edges.columns]
    of = np.repeat(np.arange(len(edges)), spread)
    step = np.arange(len(of)) - np.repeat(np.cumsum(spread) - spread, spread)
    return of, (np.cumsum(places) - places)[edges.columns[of]] + step


def _match(edges: Edges, values: Ints, places: Ints, people: int, cover: bool) -> Ints:
    """For each mentee the edge chosen, or -1."""
    of, column = slots(edges, places)
    room = int(places.sum())
    highest = int(values.max(initial=0)) + 1  # the solver wants costs above 0
    cost = (highest - values[of]).astype(np.float64)
    row = edges.rows[of]
    chosen = np.full(people, -1, dtype=np.int64)
    taken = None
    if cover:  # where everybody on one side can have somebody, nobody need be given the choice to stay without
        taken = _full(cost, row, column, people, room)
    if taken is None:
        # staying without is a column for each mentee
        own = np.arange(people)
        cost = np.concatenate((cost, np.full(people, float(highest))))
        taken = _full(cost, np.concatenate((row, own)), np.concatenate((column, room + own)), people, room + people)
        assert taken is not None
    rows, columns = taken
    placed = columns < room
    mentor = np.searchsorted(np.cumsum(places), columns[placed], side="right")
    key = edges.rows * len(places) + edges.columns  # in order
    chosen[rows[placed]] = np.searchsorted(key, rows[placed] * len(places) + mentor)
    return chosen


def _full(
    cost: NDArray[np.float64], row: Places, column: Places, rows: int, columns: int
) -> tuple[Places, Places] | None:
    """The cheapest matching in which the smaller side is whole; None where there is none."""
    graph = csr_array((cost, (row, column)), shape=(rows, columns))
    try:
        found: Any = min_weight_full_bipartite_matching(graph)
    except ValueError:
        return None
    return found


def _prices(edges: Edges, values: Ints, chosen: Ints, places: Ints, people: int) -> tuple[Ints, Ints]:
    """The lowest price of each mentor's last place at which nobody wants another, and what each mentee is left with.

    A mentee who stays without bids their whole worth; one who is matched bids what another would be worth more. Bids
    are raised until none is left (Bellman and Ford); in an optimal assignment a free place ends at 0.
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
    raise Inexact("prices do not settle")


def _better(grid: Grid, prices: Ints, dues: Ints, worth: Worth, lowest: int) -> Edges:
    """The pairs that would beat what their mentee has at today's prices; the best of each mentee where they are many.

    A pair does so where fit > price + due, both in steps of fit. Whole numbers below the two find all that do, and a
    few that do not; those are told apart exactly.
    """
    mentors = grid.mentors
    base = int(prices.min())
    dear, owed = (prices - base) // worth.unit, (dues + base - worth.pair - worth.weeks) // worth.unit
    kind: type[Any] = np.int16
    if int(dear.max()) > LARGE:  # a last place may be worth a whole pair more than another
        kind, owed = np.float32, owed - 4  # which holds such numbers to the nearest 1
    cheap = dear.astype(kind)
    due = np.clip(owed, -LARGE - 2, 2 * MOST).astype(kind) if kind is np.int16 else owed.astype(kind)
    found = []
    for start, block in grid.blocks():
        part = due[start : start + len(block), None]
        at = np.flatnonzero((block >= np.int16(lowest)) & (block - cheap > part))
        if not len(at):
            continue
        row, column = np.divmod(at, mentors)
        fits = block.ravel()[at].astype(np.int64)
        row += start
        gain = worth.pair + fits * worth.unit + worth.weeks[row] - prices[column] - dues[row]
        good = np.flatnonzero(gain > 0)
        if len(good) > MANY * len(block):
            good = good[np.lexsort((-gain[good], row[good]))]
            count = np.bincount(row[good] - start, minlength=len(block))
            good = good[np.arange(len(good)) - np.repeat(np.cumsum(count) - count, count) < MANY]
        found.append(Edges(row[good], column[good], fits[good]))
    if not found:
        nobody = np.array([], dtype=np.intp)
        return Edges(nobody, nobody, nobody.astype(np.int64))
    return Edges(*(np.concatenate([getattr(one, name) for one in found]) for name in ("rows", "columns", "fits")))
