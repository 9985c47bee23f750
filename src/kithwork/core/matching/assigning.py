"""The best set of pairs, exactly: as many as possible matched, then the greatest total fit, then those who waited
longest; or the other orders that `Objective` names.

Only the best few mentors of each mentee are looked at first. Prices of the mentors' places prove whether a pair that
was left out could do better; those that could are added, and the rest is proven by the certificate: no pair beats what
its two sides have already, and the prices add up to what was reached.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching, min_weight_full_bipartite_matching

from kithwork.core.matching.people import MOST, Mentee
from kithwork.core.matching.scoring import CELLS, Scorer

Ints = NDArray[np.int64]
FIRST = 32  # candidates of each mentee to begin with
SECOND = 16  # and of each mentor
FEW = 60_000  # so many pairs are all candidates
LONGEST = 1000  # weeks of waiting that are told apart


class Objective(StrEnum):
    TOTAL = "total"  # the greatest total fit, however many are matched
    COVERAGE = "coverage"  # as many as possible matched, then the greatest total fit
    FAIR = "fair"  # as many as possible, then the worst fit as good as can be, then the greatest total


@dataclass(frozen=True, slots=True)
class Certificate:
    """Proof that nothing better exists: `reached` equals `bound`, in the solver's own units, and no pair beats it."""

    reached: int
    bound: int
    rounds: int  # how often pairs that were left out had to be added
    looked_again: int  # pairs left out that were scored again

    @property
    def holds(self) -> bool:
        return self.reached == self.bound


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who goes with whom, as positions in the lists given: mentee -> mentor, or -1."""

    mentor_of: NDArray[np.intp]
    fit_of: NDArray[np.int64]  # of the pair; -1 where there is none
    prices: Ints  # of each mentor's last place: 0 where there is room left
    unit: int  # a fit of 1 in the units of the prices
    certificate: Certificate

    @property
    def matched(self) -> int:
        return int((self.mentor_of >= 0).sum())

    @property
    def total(self) -> int:
        return int(self.fit_of[self.mentor_of >= 0].sum())

    @property
    def worst(self) -> int | None:
        fits = self.fit_of[self.mentor_of >= 0]
        return int(fits.min()) if len(fits) else None


class Inexact(RuntimeError):
    """The numbers grew beyond what can be proven; never to be swallowed."""


@dataclass(slots=True)
class _Edges:
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    fits: Ints


def assign(scorer: Scorer, capacities: Sequence[int], objective: Objective, today: date) -> Assignment:
    """The best assignment of the scorer's mentees to its mentors, each of whom has so many places.

    Raises Inexact when optimality could not be proven (it never has been seen).
    """
    places = np.asarray(capacities, dtype=np.int64)
    if not len(scorer) or not len(places):
        none = np.full(len(scorer), -1, dtype=np.intp)
        return Assignment(none, none.astype(np.int64), np.zeros(len(places), np.int64), 1, Certificate(0, 0, 0, 0))
    weeks = np.array([_weeks(mentee, today) for mentee in scorer.mentees], dtype=np.int64)
    if objective is Objective.FAIR:
        best = _solve(scorer, places, weeks, Objective.COVERAGE, 0)
        floor = _fairest(scorer, places, best)
        return best if best.worst is None or floor <= best.worst else _solve(
            scorer, places, weeks, Objective.COVERAGE, floor
        )
    return _solve(scorer, places, weeks, objective, 0)


def _weeks(mentee: Mentee, today: date) -> int:
    if mentee.waiting_since is None:
        return 0
    return min(max((today - mentee.waiting_since).days, 0) // 7, LONGEST)


def _solve(scorer: Scorer, places: Ints, weeks: Ints, objective: Objective, floor: int) -> Assignment:
    # at most so many pairs: one week, one step of fit and one more pair never weigh each other up
    most = int(min(len(scorer), places.sum()))
    unit = most * int(weeks.max(initial=0)) + 1
    pair = 0 if objective is Objective.TOTAL else most * (MOST * unit + int(weeks.max(initial=0))) + 1
    if (pair + (MOST + 1) * unit) * 64 > 2**53:
        raise Inexact("too many people for one exact solution")
    edges, left = _candidates(scorer, floor)
    rounds = again = 0
    while True:
        worth = pair + edges.fits * unit + weeks[edges.rows]
        chosen = _match(edges, worth, places, len(scorer))
        prices, utilities = _prices(edges, worth, chosen, places, len(scorer))
        rounds += 1
        if left is None:
            break
        added, seen = _better(scorer, left, prices, utilities, pair, unit, weeks, floor)
        again += seen
        if added is None:
            break
        edges = _merged(edges, added, len(places))
    mentor_of = np.full(len(scorer), -1, dtype=np.intp)
    fit_of = np.full(len(scorer), -1, dtype=np.int64)
    picked = chosen[chosen >= 0]
    mentor_of[edges.rows[picked]] = edges.columns[picked]
    fit_of[edges.rows[picked]] = edges.fits[picked]
    certificate = Certificate(
        reached=sum(map(int, worth[picked])),
        bound=sum(map(int, utilities)) + sum(int(p) * int(c) for p, c in zip(prices, places, strict=True)),
        rounds=rounds,
        looked_again=again,
    )
    if not certificate.holds:
        raise Inexact("the solution could not be proven the best")
    return Assignment(mentor_of, fit_of, prices, unit, certificate)


@dataclass(frozen=True, slots=True)
class _Left:
    """What the pairs that were left out can fit at most: of each mentee, and of each mentor; -1 where none was."""

    rows: Ints
    columns: Ints


def _candidates(scorer: Scorer, floor: int) -> tuple[_Edges, _Left | None]:
    """The best few mentors of each mentee and the best few mentees of each mentor; all pairs where they are few.

    A pair is left out only where it is among the best of neither side.
    """
    people, mentors = len(scorer), len(scorer.mentors)
    few = mentors <= 2 * FIRST or people * mentors <= FEW
    lowest = max(floor, 0)
    rows, columns, fits = [], [], []
    kth = np.full(people, -1, dtype=np.int64)
    best_of = np.full((0, mentors), -1, dtype=np.int16)  # of each mentor, the best fits so far
    best_at = np.zeros((0, mentors), dtype=np.intp)
    for block, scores in scorer.blocks():
        if few:
            at, column = np.nonzero(scores >= lowest)
            kept = scores[at, column]
            rows.append(block[at])
        else:
            best = np.argpartition(scores, mentors - FIRST, axis=1)[:, -FIRST:]
            kept = np.take_along_axis(scores, best, axis=1)
            kth[block] = kept.min(axis=1)
            good = kept >= lowest
            rows.append(np.repeat(block, good.sum(axis=1)))
            column, kept = best[good], kept[good]
            best_of, best_at = _leaders(best_of, best_at, scores, block)
        columns.append(column)
        fits.append(kept)
    edges = _Edges(np.concatenate(rows), np.concatenate(columns), np.concatenate(fits).astype(np.int64))
    if few:
        return edges, None
    good = best_of >= lowest
    theirs = _Edges(best_at[good], np.nonzero(good)[1], best_of[good].astype(np.int64))
    of_mentor = best_of.min(axis=0).astype(np.int64)
    return _merged(edges, theirs, mentors), _Left(kth, of_mentor)


def _leaders(
    best_of: NDArray[np.int16], best_at: NDArray[np.intp], scores: NDArray[np.int16], block: NDArray[np.intp]
) -> tuple[NDArray[np.int16], NDArray[np.intp]]:
    """The best few mentees of each mentor, with those of a further block considered."""
    of = np.concatenate((best_of, scores))
    at = np.concatenate((best_at, np.broadcast_to(block[:, None], scores.shape)))
    if len(of) <= SECOND:
        return of, at
    keep = np.argpartition(of, len(of) - SECOND, axis=0)[-SECOND:]
    return np.take_along_axis(of, keep, axis=0), np.take_along_axis(at, keep, axis=0)


def _match(edges: _Edges, worth: Ints, places: Ints, people: int) -> Ints:
    """For each mentee the edge chosen, or -1. Every place is a column; so is staying without, one for each mentee."""
    spread = places[edges.columns]
    first = np.concatenate(([0], np.cumsum(places)[:-1]))
    of = np.repeat(np.arange(len(edges.rows)), spread)
    step = np.arange(len(of)) - np.repeat(np.cumsum(spread) - spread, spread)
    slots = first[edges.columns[of]] + step
    room = int(places.sum())
    nothing = int(worth.max(initial=0)) + 1  # the solver wants costs above 0; staying without gains 0
    rows = np.concatenate((edges.rows[of], np.arange(people)))
    columns = np.concatenate((slots, room + np.arange(people)))
    cost = np.concatenate((nothing - worth[of], np.full(people, nothing))).astype(np.float64)
    graph = csr_array((cost, (rows, columns)), shape=(people, room + people))
    taken: Any = min_weight_full_bipartite_matching(graph)[1]
    chosen = np.full(people, -1, dtype=np.int64)
    with_mentor = np.flatnonzero(taken < room)
    mentor = np.searchsorted(first + places, taken[with_mentor], side="right")
    key = edges.rows * len(places) + edges.columns
    order = np.argsort(key, kind="stable")
    chosen[with_mentor] = order[np.searchsorted(key[order], with_mentor * len(places) + mentor)]
    return chosen


def _prices(
    edges: _Edges, worth: Ints, chosen: Ints, places: Ints, people: int
) -> tuple[Ints, Ints]:
    """The lowest price of each mentor's last place at which nobody wants another, and what each mentee is left with.

    A mentee who stays without bids their whole worth; one who is matched bids what another would be worth more. Bids
    are raised until none is left (Bellman and Ford); in an optimal assignment a free place ends at 0.
    """
    picked = np.flatnonzero(chosen >= 0)
    own_edge = chosen[picked]
    own_worth = np.zeros(people, dtype=np.int64)
    own_worth[picked] = worth[own_edge]
    own = np.full(people, len(places), dtype=np.intp)  # the last, free of charge: staying without
    own[picked] = edges.columns[own_edge]
    prices = np.zeros(len(places) + 1, dtype=np.int64)
    order = np.argsort(edges.columns, kind="stable")
    columns, rows = edges.columns[order], edges.rows[order]
    gain = worth[order] - own_worth[rows]
    starts = np.flatnonzero(np.r_[True, columns[1:] != columns[:-1]]) if len(columns) else np.array([], dtype=np.intp)
    heads = columns[starts]
    for _ in range(len(places) + 2):
        if not len(starts):
            break
        bids = np.maximum.reduceat(gain + prices[own[rows]], starts)
        raised = np.maximum(prices[heads], bids)
        if np.array_equal(raised, prices[heads]):
            break
        prices[heads] = raised
    else:
        raise Inexact("prices do not settle")
    return prices[:-1], own_worth - prices[own]


def _better(
    scorer: Scorer,
    left: _Left,
    prices: Ints,
    utilities: Ints,
    pair: int,
    unit: int,
    weeks: Ints,
    floor: int,
) -> tuple[_Edges | None, int]:
    """The pairs left out that would beat what their mentee has at today's prices, and how many were looked at.

    A pair is looked at only where neither its mentee's nor its mentor's bound rules it out.
    """
    row_gain = pair + left.rows * unit + weeks - utilities  # less the price: what a left-out mentor would gain
    column_gain = pair + left.columns * unit - prices  # and by the mentor's own bound, less the mentee's due
    due = utilities - weeks
    open_rows = np.flatnonzero((left.rows >= max(floor, 0)) & (row_gain > prices.min()) & (column_gain.max() > due))
    cheap = np.argsort(prices, kind="stable")
    found: list[_Edges] = []
    looked = 0
    order = open_rows[np.argsort(-row_gain[open_rows], kind="stable")]
    start = 0
    while start < len(order):
        # the mentors cheap enough for the first of these rows are enough for all that follow
        within = cheap[: np.searchsorted(prices[cheap], row_gain[order[start]], side="left")]
        within = within[column_gain[within] > due[order[start:]].min()]
        if not len(within):
            break
        part = order[start : start + max(1, CELLS // len(within))]
        start += len(part)
        within = np.sort(within)
        scores = scorer.rows(part, within).astype(np.int64)
        looked += scores.size
        gain = pair + scores * unit + weeks[part, None] - prices[within] - utilities[part, None]
        gain[scores < max(floor, 0)] = 0
        at, column = np.nonzero(gain > 0)
        if len(at) > FIRST * len(part) and len(within) > FIRST:  # many: the best will do, the next round tells
            keep = np.argpartition(gain, len(within) - FIRST, axis=1)[:, -FIRST:]
            at, column = np.repeat(np.arange(len(part)), FIRST), keep.ravel()
            good = gain[at, column] > 0
            at, column = at[good], column[good]
        if len(at):
            found.append(_Edges(part[at], within[column], scores[at, column]))
    if not found:
        return None, looked
    together = (np.concatenate([getattr(one, name) for one in found]) for name in ("rows", "columns", "fits"))
    return _Edges(*together), looked


def _merged(edges: _Edges, added: _Edges, mentors: int) -> _Edges:
    rows = np.concatenate((edges.rows, added.rows))
    columns = np.concatenate((edges.columns, added.columns))
    fits = np.concatenate((edges.fits, added.fits))
    _, first = np.unique(rows * mentors + columns, return_index=True)
    return _Edges(rows[first], columns[first], fits[first])


def _fairest(scorer: Scorer, places: Ints, best: Assignment) -> int:
    """The highest fit below which nobody need be matched, with as many matched as can be: by halving."""
    if best.worst is None:
        return 0
    every = np.concatenate([scores for _, scores in scorer.blocks()])
    low, high = best.worst, int(every.max())
    first = np.concatenate(([0], np.cumsum(places)[:-1]))
    room = int(places.sum())
    while low < high:
        middle = (low + high + 1) // 2
        rows, columns = np.nonzero(every >= middle)
        spread = places[columns]
        of = np.repeat(np.arange(len(rows)), spread)
        step = np.arange(len(of)) - np.repeat(np.cumsum(spread) - spread, spread)
        slots = first[columns[of]] + step
        graph = csr_array((np.ones(len(of), dtype=np.int8), (rows[of], slots)), shape=(len(scorer), room))
        reached = int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())
        if reached >= best.matched:
            low = middle
        else:
            high = middle - 1
    return low


def without(everybody: Collection[Any], taken: Collection[int]) -> list[int]:
    """The positions that are not taken."""
    return [at for at in range(len(everybody)) if at not in taken]
