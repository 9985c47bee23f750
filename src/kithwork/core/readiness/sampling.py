"""A sample of rows that nobody can choose: the same for the same rows, whoever draws it and however often.

Each row is given a place by a digest of its reference and of what the sample is for; the first so many are the sample.
A row's reference was drawn at random when it was made, so a service can place no row; and drawing again for the same
requirement of the same journey gives the same rows, save those that are new among the first or no longer asked about.
"""

import hashlib
from collections.abc import Iterable

LEAST, MOST = 5, 12


def drawn(refs: Iterable[str], *, journey: str, requirement: str, check: str, turn: int, size: int) -> list[str]:
    """The sample for one check of one requirement of a journey, `size` rows or all there are. `turn` counts from 1;
    another turn is another sample, for an assessor who asks for one.

    Raises ValueError for a turn below 1 or a size below nought.
    """
    if turn < 1 or size < 0:
        raise ValueError("a sample has a turn from 1, and a size from nought")
    seed = "\n".join(("kithwork sample 1", journey, requirement, check, str(turn)))
    return sorted(refs, key=lambda ref: (_place(seed, ref), ref))[:size]


def _place(seed: str, ref: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{ref}".encode()).digest()


def size_for(total: int) -> int:
    """How many rows are shown of so many: a tenth, five at least and twelve at most; all where there are fewer."""
    return min(total, max(LEAST, min(MOST, -(-total // 10))))
