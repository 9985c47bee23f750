"""The exact optimum over a grid of fits, and its proof.

Places are given rough prices first, as a market would find them: dearer where more want them than there are. Fits less
prices say which few pairs are worth a look; the assignment among those is solved exactly. The exact prices that follow
from it then show, over all pairs, whether one that was left out could do better; those are added until there is none.
What is left is the certificate: no pair beats what its two sides have, and the prices add up to what was reached.
"""

from dataclasses import dataclass
from operator import mul
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kithwork.core.matching.exact import Edges, Inexact, Ints, Places, match, prices_of, solved
from kithwork.core.matching.grid import Grid
from kithwork.core.matching.mending import mended
from kithwork.core.matching.people import MOST
from kithwork.core.matching.scoring import Fits

WIDE = 24  # pairs of each mentee that the rough prices are found with
FEW = 12  # pairs of each mentee that are solved first
MANY = 64  # pairs of a mentee that are added at most in one round
# how often everybody asks, and by how much a price moves for each that is wanted too often, at first and at the end
ALONE = (40, 30.0, 3.0)
CROWD = 2_000  # people of whom each looks at a small part of all mentors: they ask twice, and not for long at first
FIRST, AFTERWARDS = (10, 20.0, 6.0), (40, 15.0, 2.0)
SMALL = 50_000  # so many pairs of a mentee and a place are all looked at at once, as a full table;
HANDFUL = 2_500  # of so few nothing is asked first: of mentors who fit alike the first in the list is taken
QUICKLY = (12, 40.0, 6.0)  # then hardly anything is asked of rough prices
PATCH = 5  # so many pairs that are added are fitted in one by one; more are solved with all the rest
TOGETHER = 50_000  # pairs whose fits are asked for at once
ALL = 60_000  # of so many pairs those are looked at at once that are likely by the first guess of prices:
MOSTLY = 32  # pairs of each mentee
LARGE = 30_000  # prices beyond do not fit into 16 bits with a fit
GROUP = 8  # mentors of whom the best is looked at first
SAMPLE = 128  # mentees asked for a first guess of prices


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

    So composed that of the three aims each outweighs any of those after it: pairs, fit, weeks where most are to be
    matched (`cover`); fit, pairs, weeks else.
    """

    pair: int
    unit: int
    weeks: Ints  # of each mentee
    cover: bool

    def values(self, edges: Edges) -> Ints:
        return self.pair + edges.fits * self.unit + self.weeks[edges.rows]

    @classmethod
    def of(cls, weeks: Ints, places: Ints, cover: bool) -> "Worth":
        most = int(min(len(weeks), places.sum()))  # pairs there can be
        longest = int(weeks.max(initial=0))
        if cover:
            unit = most * longest + 1
            pair = most * (MOST * unit + longest) + 1
        else:
            pair = most * longest + 1
            unit = most * (pair + longest) + 1
        if (pair + (MOST + 1) * unit) * 64 > 2**53:  # the solver counts in 64-bit floats
            raise Inexact("too many people for one exact solution")
        return cls(pair, unit, weeks, cover)


@dataclass(frozen=True, slots=True)
class Solution:
    mentor_of: Places  # of each mentee; -1 for none
    fit_of: Ints  # of each pair; -1 where there is none
    prices: Ints  # of each mentor's last place, in the solver's units; 0 where there is room left
    certificate: Certificate


def solve(grid: Grid, places: Ints, worth: Worth, lowest: int = 0) -> Solution:
    """The best pairs of which none fits less than `lowest`. Raises Inexact where that could not be proven."""
    people, mentors = len(grid), len(places)
    none = np.full(people, -1, dtype=np.intp)
    if not people or not places.any():
        return Solution(none, none.astype(np.int64), np.zeros(mentors, np.int64), Certificate(0, 0, 0, 0))
    if people * int(places.sum()) <= SMALL and grid.exact:
        return _small(grid, places, worth, lowest)
    if people * mentors <= ALL:
        edges = nearest(grid, _guess(grid, lowest), MOSTLY, lowest)
    else:
        edges = nearest(grid, _rough(grid, places, lowest), FEW, lowest)
    edges = _exactly(grid, edges, lowest)
    values = worth.values(edges)
    chosen = match(edges, values, places, people, worth.cover)
    exact, dues = prices_of(edges, values, chosen, places, people)
    rounds, added = 1, 0
    while len(more := _better(grid, exact, dues, worth, lowest)):
        rounds, added = rounds + 1, added + len(more)
        edges, chosen = edges.joined(more, chosen, mentors)
        values = worth.values(edges)
        if len(more) <= PATCH:
            better = np.flatnonzero(values - exact[edges.columns] - dues[edges.rows] > 0)
            chosen = mended(edges, values, chosen, better, exact, places)
        else:
            chosen = match(edges, values, places, people, worth.cover)
        exact, dues = prices_of(edges, values, chosen, places, people)
    fit_of = none.astype(np.int64)
    own = np.flatnonzero(chosen >= 0)
    none[own] = edges.columns[chosen[own]]
    fit_of[own] = edges.fits[chosen[own]]
    reached = sum(values[chosen[own]].tolist())
    return Solution(none, fit_of, exact, _certificate(reached, exact, dues, places, rounds, added))


def _small(grid: Grid, places: Ints, worth: Worth, lowest: int) -> Solution:
    """The same of few: every pair is looked at at once."""
    fits = grid.some(1)
    values = worth.pair + fits.astype(np.int64) * worth.unit + worth.weeks[:, None]
    values[fits < lowest] = 0
    rough = np.zeros(len(places), dtype=np.int64)
    if values.size > HANDFUL:
        settled = _settled(fits.astype(np.float32), None, places, _guess(grid, lowest), QUICKLY)
        rough = settled.astype(np.int64) * worth.unit
    mentor_of, prices, dues = solved(values, places, rough)
    placed = np.flatnonzero(mentor_of >= 0)
    fit_of = np.full(len(grid), -1, dtype=np.int64)
    fit_of[placed] = fits[placed, mentor_of[placed]]
    reached = int(values[placed, mentor_of[placed]].sum())
    return Solution(mentor_of, fit_of, prices, _certificate(reached, prices, dues, places, 1, 0))


def _certificate(reached: int, prices: Ints, dues: Ints, places: Ints, rounds: int, added: int) -> Certificate:
    """Raises Inexact where it does not hold."""
    bound = sum(dues.tolist()) + sum(map(mul, prices.tolist(), places.tolist()))
    certificate = Certificate(reached, bound, rounds, added)
    if not certificate.holds or int(dues.min()) < 0 or int(prices.min()) < 0:
        raise Inexact("the solution could not be proven the best")
    return certificate


def _rough(grid: Grid, places: Ints, lowest: int) -> Fits:
    """Rough prices, where there are mentors enough for prices to save work. In a crowd they are found twice: among the
    pairs that are best by a first guess, and from there among those that are best by then. Long among the first, and
    mentors whom nobody outside them would take would get dear beyond measure.
    """
    guess = _guess(grid, lowest)
    if len(places) <= 2 * FEW:
        return guess
    prices, course = np.zeros_like(guess), ALONE
    if len(grid) > CROWD:
        prices, course = _market(nearest(grid, guess, WIDE, lowest), places, len(grid), prices, FIRST), AFTERWARDS
        guess = prices
    return _market(nearest(grid, guess, WIDE, lowest), places, len(grid), prices, course)


def _guess(grid: Grid, lowest: int) -> Fits:
    """A first guess of prices: half of what a sample of mentees think of each mentor."""
    some = grid.some(max(1, len(grid) // SAMPLE))
    liked = np.where(some >= lowest, some, 0).mean(axis=0)
    guess: Fits = (liked / 2).astype(np.int16)
    return guess


def nearest(grid: Grid, prices: Fits, most: int, lowest: int) -> Edges:
    """The best pairs of each mentee by fit less price, so many at most and ties besides; fits are what they are at
    most, as the grid knows them.
    """
    mentors = grid.mentors
    keys, fits = [], []
    for start, block in grid.blocks():
        wanted = block >= np.int16(lowest)
        if mentors > most:
            left = block - prices
            wanted &= left >= _reached(left, most)[:, None]
        at = np.flatnonzero(wanted)
        if len(at) > 2 * most * len(block):  # all alike: chance keeps a few, and the same few every time
            at = _spread(left, most, start, at)
        keys.append(at + start * mentors)
        fits.append(block.ravel()[at])
    rows, columns = np.divmod(np.concatenate(keys), mentors)
    return Edges(rows, columns, np.concatenate(fits).astype(np.int64))


def _exactly(grid: Grid, edges: Edges, lowest: int) -> Edges:
    """The same with their fits, where the grid knows more or less."""
    if grid.exact:
        return edges
    fits = grid.fits(edges.rows, edges.columns).astype(np.int64)
    good = fits >= lowest
    return Edges(edges.rows[good], edges.columns[good], fits[good])


def _reached(left: Fits, most: int) -> Fits:
    """What so many of each row reach, and hardly more: found among the best of groups, which are fewer."""
    rows, mentors = left.shape
    groups = mentors // GROUP
    if groups >= 4 * most:
        left, mentors = left[:, : groups * GROUP].reshape(rows, GROUP, groups).max(axis=1), groups
    reached: Fits = np.partition(left, mentors - most, axis=1)[:, mentors - most]
    return reached


def _spread(left: Fits, most: int, start: int, wanted: Places) -> Places:
    """So many of each row, ties told apart by a number made of the two positions."""
    rows, mentors = left.shape
    mixed = (np.arange(start, start + rows)[:, None] * 40_503 + np.arange(mentors) * 2_654_435_761) >> 7 & 0xFFF
    key = (left.astype(np.int32) << 12) + mixed.astype(np.int32)
    best = np.argpartition(key, mentors - most, axis=1)[:, mentors - most :]
    return np.intersect1d((best + np.arange(rows)[:, None] * mentors).ravel(), wanted)


def _market(wide: Edges, places: Ints, people: int, prices: Fits, course: tuple[int, float, float]) -> Fits:
    """Rough prices by the pairs that are listed."""
    count = np.bincount(wide.rows, minlength=people)
    step = np.arange(len(wide)) - np.repeat(np.cumsum(count) - count, count)
    shape = (people, int(count.max(initial=1)))
    columns = np.full(shape, len(places), dtype=np.intp)  # the last: nobody
    fits = np.full(shape, -1, dtype=np.float32)
    columns[wide.rows, step] = wide.columns
    fits[wide.rows, step] = wide.fits
    return _settled(fits, columns, places, prices, course)


def _settled(
    fits: NDArray[np.float32], columns: Places | None, places: Ints, prices: Fits, course: tuple[int, float, float]
) -> Fits:
    """Rough prices, from those given: everybody asks for the best that is left to them after the price; what is asked
    for too often gets dearer, what is asked for too seldom cheaper, by less each time. The mean of the last quarter is
    taken. `columns` are the mentors that the fits are with, where not all of them stand in order.
    """
    mentors = len(places)
    now = prices.astype(np.float32) if columns is None else np.append(prices, 0).astype(np.float32)
    settled = np.zeros(mentors, dtype=np.float64)
    everybody = np.arange(len(fits))
    sweeps, steep, gentle = course
    for sweep in range(sweeps):
        left = fits - (now if columns is None else now[columns])
        best = left.argmax(axis=1)
        some = left[everybody, best] > 0
        asked = best[some] if columns is None else columns[everybody, best][some]
        excess = np.bincount(asked, minlength=mentors + 1)[:mentors] - places
        move = steep * (gentle / steep) ** (sweep / (sweeps - 1))
        np.maximum(now[:mentors] + move * excess, 0, out=now[:mentors])
        if 4 * sweep >= 3 * sweeps:
            settled += now[:mentors]
    rough: Fits = np.minimum(settled / (sweeps - 3 * sweeps // 4), MOST).astype(np.int16)
    return rough


def _better(grid: Grid, prices: Ints, dues: Ints, worth: Worth, lowest: int) -> Edges:
    """The pairs that would beat what their mentee has at today's prices; the best of each mentee where they are many.

    A pair does so where fit > price + due, both in steps of fit. Whole numbers below the two, and what a fit is at
    most, find all that do, and a few that do not; those are told apart exactly.
    """
    mentors = grid.mentors
    base = int(prices.min())
    dear, owed = (prices - base) // worth.unit, (dues + base - worth.pair - worth.weeks) // worth.unit
    kind: type[Any] = np.int16
    if int(dear.max()) > LARGE:  # a last place may be worth a whole pair more than another
        kind, owed = np.float32, owed - 4  # which holds such numbers to the nearest 1
    cheap = dear.astype(kind)
    due = np.clip(owed, -LARGE - 2, 2 * MOST).astype(kind) if kind is np.int16 else owed.astype(kind)
    found, waiting, many = [], [], 0
    for start, block in grid.blocks():
        part = due[start : start + len(block), None]
        at = np.flatnonzero((block >= np.int16(lowest)) & (block - cheap > part))
        waiting.append(at + start * mentors)
        many += len(at)
        if many > TOGETHER:
            found.append(_gaining(grid, np.concatenate(waiting), prices, dues, worth, lowest))
            waiting, many = [], 0
    found.append(_gaining(grid, np.concatenate(waiting or [np.array([], dtype=np.intp)]), prices, dues, worth, lowest))
    return Edges(*(np.concatenate([getattr(one, name) for one in found]) for name in ("rows", "columns", "fits")))


def _gaining(grid: Grid, keys: Places, prices: Ints, dues: Ints, worth: Worth, lowest: int) -> Edges:
    """Those of these pairs, in order of mentee and mentor, that are worth more than their two have."""
    row, column = np.divmod(keys, grid.mentors)
    fits = grid.fits(row, column).astype(np.int64)
    gain = worth.pair + fits * worth.unit + worth.weeks[row] - prices[column] - dues[row]
    good = np.flatnonzero((gain > 0) & (fits >= lowest))
    if len(good) > MANY:
        good = good[np.lexsort((-gain[good], row[good]))]
        first = np.flatnonzero(np.concatenate(([True], row[good][1:] != row[good][:-1])))
        count = np.diff(np.append(first, len(good)))
        good = good[np.arange(len(good)) - np.repeat(first, count) < MANY]
    return Edges(row[good], column[good], fits[good])
