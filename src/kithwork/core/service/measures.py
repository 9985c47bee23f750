"""Counts of people that may be shown, and those that may not.

A small number tells who somebody is. So does the difference between two large ones: what a filter leaves out is the
whole less what it shows. Both are held back.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SMALLEST = 5


@dataclass(frozen=True, slots=True)
class Count:
    """How many; None where it is held back."""

    shown: int | None

    def __str__(self) -> str:
        return f"fewer than {SMALLEST}, or held back" if self.shown is None else str(self.shown)


def suppressed(counts: Mapping[str, int], *, smallest: int = SMALLEST) -> dict[str, Count]:
    """The counts with small ones (1 to `smallest` - 1) held back, and with one more where the total would give it away.

    Zero is shown: it tells of nobody. When exactly one count is held back, the smallest of the others that is not zero
    is held back with it, since the sum is known.
    """
    held = {key for key, count in counts.items() if 0 < count < smallest}
    if len(held) == 1:
        others = sorted((count, key) for key, count in counts.items() if key not in held and count)
        if others:
            held.add(others[0][1])
    return {key: Count(None if key in held else count) for key, count in counts.items()}
