"""All fits of a day's mentees and mentors, kept as 16-bit numbers while they are solved; scored anew where they are
too many to keep."""

from collections.abc import Collection, Iterator

import numpy as np
from numpy.typing import NDArray

from kithwork.core.matching.scoring import NEVER, Fits, Scorer

Places = NDArray[np.intp]
KEPT = 1 << 26  # so many fits are kept: 128 MiB; ten thousand mentees with six thousand mentors are 115
CELLS = 200_000  # pairs looked at together: their fits and what is made of them stay in the processor's cache


class Grid:
    """The fits of the mentees `of` (positions) with all mentors; a pair in `never` is as if vetoed.

    Rows are counted within `of`. A fit of -1 is a pair that can never be.
    """

    def __init__(self, scorer: Scorer, of: Places, never: Collection[tuple[int, int]] = ()) -> None:
        self._scorer, self.of, self.mentors = scorer, of, len(scorer.mentors)
        row_of = {int(mentee): row for row, mentee in enumerate(of.tolist())}
        self._never = sorted((row_of[one], other) for one, other in never if one in row_of)
        self._fits: Fits | None = None
        if len(of) * self.mentors <= KEPT:
            fits = np.empty((len(of), self.mentors), dtype=np.int16)
            for start, block in self._scored():
                fits[start : start + len(block)] = block
            self._fits = fits

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
        return self._scorer.rows(self.of[::step])

    def _scored(self) -> Iterator[tuple[int, Fits]]:
        step = self._scorer.step
        at = 0
        for start in range(0, len(self.of), step):
            block = self._scorer.rows(self.of[start : start + step])
            while at < len(self._never) and self._never[at][0] < start + len(block):
                row, mentor = self._never[at]
                block[row - start, mentor] = NEVER
                at += 1
            yield start, block
