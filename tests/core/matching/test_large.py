"""Large crowds: the same sums as dense scipy and OR-tools, every certificate checked by somebody else's arithmetic."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow
from scipy.optimize import linear_sum_assignment

from kithwork.core.matching import Grid, Inexact, Mentee, Mentor, Objective, Rules, Scorer, assign
from kithwork.core.matching import grid as grids
from kithwork.core.matching.exact import Edges, prices_of
from tests.core.matching.cohort import TODAY, cohort

Fits = NDArray[np.int64]


def fits_of(grid: Grid) -> Fits:
    return np.concatenate([block for _, block in grid.scorer.blocks()]).astype(np.int64)


def dense(fits: Fits, places: list[int], bonus: int) -> tuple[int, int]:
    """Matched and total fit, by the full table; each pair is worth so much more than its fit."""
    table = np.repeat(np.where(fits >= 0, fits + bonus, 0), places, axis=1)
    chosen = table[linear_sum_assignment(table, maximize=True)]
    return int((chosen > 0).sum()), int(chosen.sum() - bonus * (chosen > 0).sum())


def flow(fits: Fits, places: list[int], bonus: int) -> tuple[int, int]:
    """The same as the cheapest flow from everybody who waits to everybody who has room, or past them."""
    people, mentors = fits.shape
    solver = min_cost_flow.SimpleMinCostFlow()
    rows, columns = np.nonzero(fits >= 0)
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        rows, people + columns, np.ones(len(rows), np.int64), -(fits[rows, columns] + bonus)
    )
    end = people + mentors
    for mentor, room in enumerate(places):
        solver.add_arc_with_capacity_and_unit_cost(people + mentor, end, room, 0)
    for mentee in range(people):
        solver.add_arc_with_capacity_and_unit_cost(mentee, end, 1, 0)
        solver.set_node_supply(mentee, 1)
    solver.set_node_supply(end, -people)
    assert solver.solve() == solver.OPTIMAL
    used = solver.flows(arcs) > 0
    return int(used.sum()), int(fits[rows[used], columns[used]].sum())


@pytest.mark.parametrize("other", [dense, flow])
@pytest.mark.parametrize(("ratio", "seed"), [(0.6, 1), (0.45, 2), (0.3, 3), (1.0, 4)])
@pytest.mark.parametrize("objective", [Objective.COVERAGE, Objective.TOTAL])
def test_equals_other_solvers(
    other: Callable[[Fits, list[int], int], tuple[int, int]], ratio: float, seed: int, objective: Objective
) -> None:
    mentees, mentors = cohort(350, ratio, seed)
    grid = Grid(Scorer(mentees, mentors, Rules(), TODAY))
    places = [mentor.capacity for mentor in mentors]
    found = assign(grid, places, objective, TODAY)
    matched, total = other(fits_of(grid), places, 1_000_000 if objective is Objective.COVERAGE else 0)
    assert found.total == total
    assert found.matched == matched or objective is Objective.TOTAL


def test_the_worst_is_as_good_as_can_be() -> None:
    mentees, mentors = cohort(350, 0.5, 6)
    grid = Grid(Scorer(mentees, mentors, Rules(), TODAY))
    places = [mentor.capacity for mentor in mentors]
    fits = fits_of(grid)
    most = dense(fits, places, 1_000_000)
    found = assign(grid, places, Objective.FAIR, TODAY)
    assert found.worst is not None
    assert (found.matched, found.total) == dense(np.where(fits >= found.worst, fits, -1), places, 1_000_000)
    assert found.matched == most[0]
    assert dense(np.where(fits > found.worst, fits, -1), places, 1_000_000)[0] < most[0]


def test_the_certificate_proves_it_to_anybody() -> None:
    mentees, mentors = cohort(400, 0.4, 7)
    grid = Grid(Scorer(mentees, mentors, Rules(), TODAY))
    places = np.array([mentor.capacity for mentor in mentors])
    found = assign(grid, places.tolist(), Objective.TOTAL, TODAY)
    waited = np.array([(TODAY - mentee.waiting_since).days // 7 for mentee in mentees if mentee.waiting_since])
    fits = fits_of(grid)
    worth = np.where(fits >= 0, fits * found.unit + found.pair + waited[:, None], 0)
    dues = np.maximum((worth - found.prices).max(axis=1), 0)  # what each mentee can have at these prices
    assert (found.prices >= 0).all()
    reached = sum(int(worth[pair]) for pair in found.pairs)
    assert reached == int(dues.sum()) + int((found.prices * places).sum()) == found.certificate.bound


def test_fits_that_are_kept_in_a_byte_or_not_at_all_come_out_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    mentees, mentors = cohort(200, 0.5, 8)
    scorer = Scorer(mentees, mentors, Rules(), TODAY)
    places = [mentor.capacity for mentor in mentors]
    refused = [(at, at % 50) for at in range(100)]
    kept = assign(Grid(scorer), places, Objective.FAIR, TODAY, forbid=refused)
    for limit in ("EXACT", "KEPT"):
        monkeypatch.setattr(grids, limit, 0)
        again = assign(Grid(scorer), places, Objective.FAIR, TODAY, forbid=refused)
        assert kept.mentor_of.tolist() == again.mentor_of.tolist()
        assert kept.fit_of.tolist() == again.fit_of.tolist()
        assert not set(refused) & set(again.pairs)


def test_a_byte_is_the_fit_to_the_next_four(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grids, "EXACT", 0)
    scorer = Scorer(*cohort(100), Rules(), TODAY)
    grid = Grid(scorer)
    fits = fits_of(grid)
    most = np.concatenate([block for _, block in grid.blocks()])
    assert ((most >= 0) == (fits >= 0)).all()
    assert set((most - fits)[fits >= 0].tolist()) == {0, 1, 2, 3}
    rows, columns = np.divmod(np.arange(fits.size), grid.mentors)
    assert grid.fits(rows, columns).tolist() == fits.ravel().tolist()


def test_a_crowd_all_alike_is_solved_without_looking_at_every_pair_twice() -> None:
    mentees = [Mentee(f"e{at}", waiting_since=TODAY - timedelta(weeks=at % 50)) for at in range(600)]
    mentors = [Mentor(f"o{at}") for at in range(400)]
    found = assign(Grid(Scorer(mentees, mentors, Rules(), TODAY)), [1] * 400, Objective.COVERAGE, TODAY)
    waited = sorted((at % 50 for at in range(600)), reverse=True)[:400]
    assert found.matched == 400
    assert sorted((pair[0] % 50 for pair in found.pairs), reverse=True) == waited


def test_prices_of_what_is_not_the_best_never_settle() -> None:
    edges = Edges(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([9, 1, 1, 9]))
    worse = np.array([1, 2])  # each has the other's mentor
    with pytest.raises(Inexact):
        prices_of(edges, edges.fits, worse, np.array([1, 1]), 2)
