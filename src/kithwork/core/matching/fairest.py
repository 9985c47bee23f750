"""How good the worst pair can be while as many are matched as can be."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from kithwork.core.matching.exact import Edges, Ints, slots
from kithwork.core.matching.grid import Grid
from kithwork.core.matching.solving import FEW, nearest

SOME = 4 * FEW  # pairs of each mentee that are asked first


def fairest(grid: Grid, places: Ints, matched: int, known: int) -> int:
    """The highest fit below which nobody need be matched when so many are: by halving, from one known to do.

    A few pairs of each mentee mostly show that a fit will do; only all pairs show that one will not.
    """
    free = np.zeros(grid.mentors, dtype=np.int16)
    best = nearest(grid, free, 1, known)
    # a mentee's best fit is as good as theirs can be: with so many matched, the worst is no better than the
    # so-manieth best of those
    high = int(np.sort(_best_of_each(best, len(grid)))[-matched])
    low = known
    while low < high:
        middle = (low + high + 1) // 2
        for most in (SOME, grid.mentors):
            if _most(nearest(grid, free, most, middle), places, len(grid)) >= matched:
                low = middle
                break
        else:
            high = middle - 1
    return low


def _best_of_each(edges: Edges, people: int) -> Ints:
    best = np.full(people, -1, dtype=np.int64)
    np.maximum.at(best, edges.rows, edges.fits)
    return best


def _most(edges: Edges, places: Ints, people: int) -> int:
    """How many can be matched along these edges."""
    of, column = slots(edges, places)
    graph = csr_array((np.ones(len(of), dtype=np.int8), (edges.rows[of], column)), shape=(people, int(places.sum())))
    return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())
