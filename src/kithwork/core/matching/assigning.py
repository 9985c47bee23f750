"""Who goes with whom: the best set of pairs, exactly, by the order of aims that is asked for.

Pairs that somebody has confirmed are kept and the rest is solved around them; pairs that somebody has refused never
come back. Among equals the longest wait comes first.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kithwork.core.matching.exact import Ints
from kithwork.core.matching.fairest import fairest
from kithwork.core.matching.fit import fit, veto
from kithwork.core.matching.grid import Grid
from kithwork.core.matching.people import Mentee
from kithwork.core.matching.scoring import Scorer, whole_weeks
from kithwork.core.matching.solving import Certificate, Solution, Worth, solve

LONGEST = 1000  # weeks of waiting that are told apart

Pair = tuple[int, int]  # positions of a mentee and of a mentor


class Objective(StrEnum):
    TOTAL = "total"  # the greatest total fit, then as many as possible matched
    COVERAGE = "coverage"  # as many as possible matched, then the greatest total fit
    FAIR = "fair"  # as many as possible, then the worst fit as good as can be, then the greatest total


class Impossible(ValueError):
    """A pair that was to be kept can never be; the message says why."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who goes with whom, as positions in the lists given: mentee -> mentor, or -1."""

    mentor_of: NDArray[np.intp]
    fit_of: Ints  # of the pair, 0 to 1000; -1 where there is none
    kept: frozenset[Pair]  # pairs that were given and not chosen
    prices: Ints  # of each mentor's last place, in the solver's units; 0 where there is room left
    unit: int  # a step of fit in those units
    pair: int  # and that two are matched at all; each week waited is 1
    certificate: Certificate  # of the pairs that were chosen

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

    @property
    def pairs(self) -> list[Pair]:
        """In order of mentees."""
        return [(at, mentor) for at, mentor in enumerate(self.mentor_of.tolist()) if mentor >= 0]


def assign(
    grid: Grid,
    capacities: Sequence[int],
    objective: Objective,
    today: date,
    *,
    keep: Collection[Pair] = (),
    forbid: Collection[Pair] = (),
) -> Assignment:
    """The best assignment of the grid's mentees to its mentors, each of whom has so many places.

    `keep` are pairs that stand; each takes a place. `forbid` are pairs that are not to be. Raises Impossible where a
    pair that is kept is vetoed, or there is no place for it; Inexact when optimality could not be proven (it never
    has been seen).
    """
    scorer = grid.scorer
    places = np.asarray(capacities, dtype=np.int64).clip(min=0)
    mentor_of = np.full(len(scorer), -1, dtype=np.intp)
    fit_of = np.full(len(scorer), -1, dtype=np.int64)
    for mentee, mentor in keep:
        fit_of[mentee] = _kept(scorer, mentee, mentor, today)
        if mentor_of[mentee] >= 0 or not places[mentor]:
            raise Impossible(f"There is no place to keep {_names(scorer, mentee, mentor)}.")
        mentor_of[mentee] = mentor
        places[mentor] -= 1
    of = np.flatnonzero(mentor_of < 0)
    weeks = _waited([scorer.mentees[at] for at in of.tolist()], today)
    part = grid.part(of, forbid)
    worth = Worth.of(weeks, places, cover=objective is not Objective.TOTAL)
    found = _solved(part, places, worth, objective)
    mentor_of[of], fit_of[of] = found.mentor_of, found.fit_of
    return Assignment(mentor_of, fit_of, frozenset(keep), found.prices, worth.unit, worth.pair, found.certificate)


def _solved(grid: Grid, places: Ints, worth: Worth, objective: Objective) -> Solution:
    best = solve(grid, places, worth)
    if objective is not Objective.FAIR or not (best.mentor_of >= 0).any():
        return best
    matched = best.fit_of[best.mentor_of >= 0]
    lowest = fairest(grid, places, len(matched), int(matched.min()))
    return best if lowest <= matched.min() else solve(grid, places, worth, lowest)


def waited(mentee: Mentee, today: date) -> int:
    """Whole weeks on the list; 0 where that is not told."""
    return int(_waited([mentee], today)[0])


def _waited(mentees: Sequence[Mentee], today: date) -> Ints:
    return whole_weeks([one.waiting_since for one in mentees], today).clip(0, LONGEST)


def _kept(scorer: Scorer, mentee: int, mentor: int, today: date) -> int:
    ours, theirs = scorer.mentees[mentee], scorer.mentors[mentor]
    if why := veto(ours, theirs, scorer.rules):
        raise Impossible(f"{_names(scorer, mentee, mentor)} cannot be kept. {why}")
    return fit(ours, theirs, scorer.rules, today).total


def _names(scorer: Scorer, mentee: int, mentor: int) -> str:
    return f"{scorer.mentees[mentee].id} with {scorer.mentors[mentor].id}"
