"""How good the worst pair can be while as many are matched as can be."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from kithwork.core.matching.exact import Edges, Ints, slots
from kithwork.core.matching.grid import STEP, Grid
from kithwork.core.matching.solving import FEW, nearest

SOME = 4 * FEW  # pairs of each mentee that are asked first


def fairest(grid: Grid, places: Ints, matched: int, known: int) -> int:
    """The highest fit below which nobody need be matched when so many are: by halving, from one known to do.

    A few pairs of each mentee mostly show that a fit will do; only all pairs show that one will not.
    """
    free = np.zeros(grid.mentors, dtype=np.int16)
    # a mentee's best fit is as good as theirs can be: with so many matched, the worst is no better than the
    # so-manieth best of those
    high = int(np.sort(np.concatenate([block.max(axis=1) for _, block in grid.blocks()]))[-matched])
    low = known
    while low < high:
        middle = (low + high + 1) // 2
        for most in (SOME, grid.mentors):
            if _most(_sure(grid, nearest(grid, free, most, middle), middle), places, len(grid)) >= matched:
                low = middle
                break
        else:
            high = middle - 1
    return low


def _sure(grid: Grid, edges: Edges, lowest: int) -> Edges:
    """Those among them that fit so well, where the grid knows of some only what they are at most."""
    if grid.exact:
        return edges
    doubtful = np.flatnonzero(edges.fits < lowest + (1 << STEP))
    good = np.ones(len(edges), dtype=np.bool_)
    good[doubtful] = grid.fits(edges.rows[doubtful], edges.columns[doubtful]) >= lowest
    return Edges(edges.rows[good], edges.columns[good], edges.fits[good])


def _most(edges: Edges, places: Ints, people: int) -> int:
    """How many can be matched along these edges."""
    of, column = slots(edges, places)
    graph = csr_array((np.ones(len(of), dtype=np.int8), (edges.rows[of], column)), shape=(people, int(places.sum())))
    return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())
