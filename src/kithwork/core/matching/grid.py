"""All fits of a day's mentees and mentors, kept as 16-bit numbers while they are solved; scored anew where they are
too many to keep."""

from collections.abc import Collection, Iterator
from copy import copy

import numpy as np
from numpy.typing import NDArray

from kithwork.core.matching.scoring import NEVER, Fits, Scorer

Places = NDArray[np.intp]
KEPT = 1 << 26  # so many fits are kept: 128 MiB; ten thousand mentees with six thousand mentors are 115
CELLS = 200_000  # pairs looked at together: their fits and what is made of them stay in the processor's cache


class Grid:
    """The fits of mentees with all mentors. A fit of -1 is a pair that can never be.

    `of` are the mentees it is about, as positions in the scorer's list: all, unless it is a part of another. Rows are
    counted within them.
    """

    def __init__(self, scorer: Scorer) -> None:
        self.scorer, self.mentors = scorer, len(scorer.mentors)
        self.of: Places = np.arange(len(scorer))
        self._never: list[tuple[int, int]] = []
        self._fits: Fits | None = None
        if len(self.of) * self.mentors <= KEPT:
            fits = np.empty((len(self.of), self.mentors), dtype=np.int16)
            for start, block in self._scored():
                fits[start : start + len(block)] = block
            self._fits = fits

    def part(self, of: Places, never: Collection[tuple[int, int]]) -> "Grid":
        """The same of these mentees alone, and as if these pairs were vetoed too."""
        if len(of) == len(self.of) and not never:
            return self
        part = copy(self)
        part.of = of
        row_of = {mentee: row for row, mentee in enumerate(of.tolist())}
        part._never = sorted((row_of[mentee], mentor) for mentee, mentor in never if mentee in row_of)
        if self._fits is not None:
            part._fits = self._fits[of]
            for row, mentor in part._never:
                part._fits[row, mentor] = NEVER
        return part

    def __len__(self) -> int:
        return len(self.of)

    def blocks(self) -> Iterator[tuple[int, Fits]]:
        """All fits, some rows at a time, each with the first row's number."""
        if self._fits is None:
            yield from self._scored()
            return
        step = max(1, CELLS // max(self.mentors, 1))
        for start in range(0, len(self.of), step):
            yield start, self._fits[start : start + step]

    def some(self, step: int) -> Fits:
        """Every so many rows."""
        if self._fits is not None:
            return self._fits[::step]
        return self.scorer.rows(self.of[::step])

    def _scored(self) -> Iterator[tuple[int, Fits]]:
        step = self.scorer.step
        at = 0
        for start in range(0, len(self.of), step):
            block = self.scorer.rows(self.of[start : start + step])
            while at < len(self._never) and self._never[at][0] < start + len(block):
                row, mentor = self._never[at]
                block[row - start, mentor] = NEVER
                at += 1
            yield start, block
