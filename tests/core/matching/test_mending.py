"""Pairs that turn out better are fitted in one by one, and the result is as good as if all had been solved anew."""

import random

import numpy as np
import pytest

from kithwork.core.matching import Grid, Objective, Rules, Scorer, assign, solving
from kithwork.core.matching.exact import Edges, Ints, match, prices_of
from kithwork.core.matching.mending import mended
from tests.core.matching.cohort import TODAY, cohort


def test_as_good_as_solved_anew() -> None:
    chance, moved = random.Random(3), 0
    for _ in range(400):
        people, mentors, high = chance.randint(1, 30), chance.randint(1, 15), chance.choice((3, 40, 1000))
        places = np.array([chance.randint(0, 3) for _ in range(mentors)])
        cells = [divmod(cell, mentors) for cell in range(people * mentors) if chance.random() < 0.5]
        if not cells or not places.any():
            continue
        rows, columns = (np.array(side, dtype=np.intp) for side in zip(*cells, strict=True))
        values = np.array([chance.randint(1, high) for _ in cells])
        edges = Edges(rows, columns, values)
        known = np.array([chance.random() < 0.8 for _ in cells])
        part = Edges(rows[known], columns[known], values[known])
        chosen = match(part, values[known], places, people, cover=False)
        prices, dues = prices_of(part, values[known], chosen, places, people)
        better = np.flatnonzero(values - prices[columns] - dues[rows] > 0)
        before = np.where(chosen >= 0, np.flatnonzero(known)[chosen], -1) if known.any() else chosen
        found = mended(edges, values, before, better, prices, places)
        assert (rows[found[found >= 0]] == np.flatnonzero(found >= 0)).all()
        assert (np.bincount(columns[found[found >= 0]], minlength=mentors) <= places).all()
        assert reached(values, found) == reached(values, match(edges, values, places, people, cover=False))
        moved += bool((found != before).any())
    assert moved > 100


def reached(values: Ints, chosen: Ints) -> int:
    return int(values[chosen[chosen >= 0]].sum())


@pytest.mark.parametrize("patch", [0, 10**9])
@pytest.mark.parametrize("ratio", [0.3, 0.6, 1.0])
def test_a_crowd_that_asks_twice_comes_out_the_same(patch: int, ratio: float, monkeypatch: pytest.MonkeyPatch) -> None:
    mentees, mentors = cohort(600, ratio, seed=5)
    grid, places = Grid(Scorer(mentees, mentors, Rules(), TODAY)), [mentor.capacity for mentor in mentors]
    once = assign(grid, places, Objective.COVERAGE, TODAY)
    for name, value in {"CROWD": 0, "FEW": 4, "PATCH": patch}.items():
        monkeypatch.setattr(solving, name, value)
    twice = assign(grid, places, Objective.COVERAGE, TODAY)
    assert twice.certificate.holds
    assert twice.certificate.rounds > 1
    assert (twice.matched, twice.total) == (once.matched, once.total)
