"""All fits of a day's mentees and mentors, kept while they are solved: exactly where they are few, in a byte each where
they are many, and scored anew where they are too many to keep."""

from collections.abc import Collection, Iterator
from copy import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kithwork.core.matching.scoring import NEVER, Fits, Scorer

Places = NDArray[np.intp]
EXACT = 1 << 20  # so many fits are kept as they are: 2 MiB
KEPT = 1 << 27  # so many are kept in a byte each: 128 MiB; ten thousand mentees with six thousand mentors are 57
CELLS = 200_000  # pairs looked at together: their fits and what is made of them stay in the processor's cache
STEP = 2  # bits that a byte leaves out: a fit is known to the next four


class Grid:
    """The fits of mentees with all mentors. A fit of -1 is a pair that can never be.

    `of` are the mentees it is about, as positions in the scorer's list: all, unless it is a part of another. Rows are
    counted within them.
    """

    def __init__(self, scorer: Scorer) -> None:
        self.scorer, self.mentors = scorer, len(scorer.mentors)
        self.of: Places = np.arange(len(scorer))
        self._never: Places = np.array([], dtype=np.intp)  # row times the number of mentors, and mentor; in order
        self._kept: NDArray[Any] | None = None
        cells = len(self.of) * self.mentors
        if cells <= KEPT:
            self._kept = np.empty((len(self.of), self.mentors), dtype=np.int16 if cells <= EXACT else np.uint8)
            for start, block in self._scored():
                self._kept[start : start + len(block)] = block if cells <= EXACT else (block >> STEP) + 1

    def part(self, of: Places, never: Collection[tuple[int, int]]) -> "Grid":
        """The same of these mentees alone, and as if these pairs were vetoed too."""
        if len(of) == len(self.of) and not never:
            return self
        part = copy(self)
        part.of = of
        row_of = {mentee: row for row, mentee in enumerate(of.tolist())}
        struck = [row_of[mentee] * self.mentors + mentor for mentee, mentor in never if mentee in row_of]
        part._never = np.array(sorted(struck), dtype=np.intp)
        if self._kept is not None:
            part._kept = self._kept[of]
            part._kept.ravel()[part._never] = NEVER if self.exact else 0
        return part

    def __len__(self) -> int:
        return len(self.of)

    @property
    def exact(self) -> bool:
        """Whether `blocks` are fits, and not what fits are at most."""
        return self._kept is None or self._kept.dtype == np.int16

    def blocks(self) -> Iterator[tuple[int, Fits]]:
        """What each fit is at most, some rows at a time, each with the first row's number: the fit itself or up to
        three more, and -1 for a pair that can never be.
        """
        if self._kept is None:
            yield from self._scored()
            return
        step = max(1, CELLS // max(self.mentors, 1))
        for start in range(0, len(self.of), step):
            yield start, self._most(self._kept[start : start + step])

    def some(self, step: int) -> Fits:
        """The same of every so many rows."""
        if self._kept is not None:
            return self._most(self._kept[::step])
        return self.scorer.rows(self.of[::step])

    def row(self, mentee: int) -> Fits:
        """The fits of one with all mentors."""
        found: Fits = self.scorer.rows(self.of[[mentee]])[0]
        found[self._never[self._never // self.mentors == mentee] % self.mentors] = NEVER
        return found

    def fits(self, rows: Places, columns: Places) -> Fits:
        """The fits of pairs."""
        if self._kept is not None and self.exact:
            kept: Fits = self._kept[rows, columns]
            return kept
        found = self.scorer.pairs(self.of[rows], columns)
        if len(self._never):
            found[np.isin(rows * self.mentors + columns, self._never)] = NEVER
        return found

    def _most(self, kept: NDArray[Any]) -> Fits:
        most: Fits = kept if self.exact else (kept.astype(np.int16) << STEP) - 1
        return most

    def _scored(self) -> Iterator[tuple[int, Fits]]:
        step = self.scorer.step
        for start in range(0, len(self.of), step):
            block = self.scorer.rows(self.of[start : start + step])
            first, last = np.searchsorted(self._never, (start * self.mentors, (start + len(block)) * self.mentors))
            block.ravel()[self._never[first:last] - start * self.mentors] = NEVER
            yield start, block
