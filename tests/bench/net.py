"""Fits the small net of `core/redaction/marks.py`: by Adam, in single numbers, with some of what goes in left out."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kithwork.core.redaction.lexicon import Lexicon
from kithwork.core.redaction.marks import HELD, plain_of, rows_of
from kithwork.core.redaction.model import Seen
from kithwork.core.redaction.reading import Reading
from kithwork.files.weights import model_with

Floats = NDArray[np.float32]
SIZE = 48


class Held:
    """Keeps what the model holds of each piece as it is."""

    width = HELD
    table = None


def seen_by(texts: Sequence[str]) -> list[tuple[Seen, NDArray[np.float16]]]:
    """Each text as the model reads it, with what it held of each piece."""
    model = model_with(Held)
    found: list[tuple[Seen, NDArray[np.float16]]] = []
    for begin in range(0, len(texts), 200):
        for one in model.see(texts[begin : begin + 200]):
            assert one.marks is not None
            found.append((replace(one, shares=one.shares.copy(), marks=None), one.marks.astype(np.float16)))
    return found


def entered(reading: Reading, seen: Seen, held: NDArray[np.float16], words: Lexicon) -> Floats:
    """What goes into the net for each word of a text."""
    twice = np.concatenate([held, held], axis=1).astype(np.float32)
    plain = plain_of(reading, [words.namely(word.folded) for word in reading.words])
    return np.concatenate([rows_of(reading, seen, twice, HELD), plain], axis=1)


class Several:
    """Nets that were fitted from other beginnings, as one: what each says, in the mean. Each errs where it began."""

    def __init__(self, nets: "Sequence[Trained]") -> None:
        self._nets = nets

    def odds(self, rows: Floats) -> Floats:
        told: Floats = np.mean([one.odds(rows) for one in self._nets], axis=0, dtype=np.float32)
        return told

    def numbers(self) -> dict[str, Floats]:
        """As `marks.Net` takes them: a net as large as all of them."""
        each = [one.numbers() for one in self._nets]
        found = {name: np.concatenate([one[name] for one in each], axis=-1) for name in each[0]}
        share = np.float32(1 / len(each))
        return found | {"out": found["out"] * share, "end": found["end"].sum(keepdims=True) * share}


class Trained:
    """A net as it is fitted; rows of what `entered` gives."""

    def __init__(self, wide: int, seed: int, size: int = SIZE) -> None:
        rng = np.random.default_rng(seed)
        self._rng = rng
        self.into: Floats = (rng.standard_normal((wide, size)) * np.sqrt(2 / wide)).astype(np.float32)
        self.bias: Floats = np.zeros(size, dtype=np.float32)
        self.out: Floats = (rng.standard_normal(size) * np.sqrt(1 / size)).astype(np.float32)
        self.end: Floats = np.zeros(1, dtype=np.float32)
        self._all = [self.into, self.bias, self.out, self.end]

    def odds(self, rows: Floats) -> Floats:
        told: Floats = np.maximum(rows @ self.into + self.bias, 0) @ self.out + self.end
        return told

    def fit(self, rows: NDArray[np.float16], told: Floats, heavy: Floats, *, turns: int, hold: float) -> None:
        """Over all rows `turns` times; a tenth of what goes in and a fifth of the layer is left out each time."""
        steps = [(np.zeros_like(one), np.zeros_like(one)) for one in self._all]
        batch, now, count = 512, 0, len(rows)
        total = turns * (count // batch + 1)
        for _ in range(turns):
            order = self._rng.permutation(count)
            for begin in range(0, count, batch):
                pick = np.sort(order[begin : begin + batch])
                some = rows[pick].astype(np.float32)
                some *= (self._rng.random(some.shape, dtype=np.float32) > 0.1) / np.float32(0.9)
                inside = some @ self.into + self.bias
                on = (inside > 0) * ((self._rng.random(inside.shape, dtype=np.float32) > 0.2) / np.float32(0.8))
                layer = inside * on
                odds = layer @ self.out + self.end
                slope = (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - told[pick]) * heavy[pick] / len(pick)
                back = np.outer(slope, self.out) * on
                ways = [some.T @ back, back.sum(axis=0), layer.T @ slope, np.array([slope.sum()])]
                now += 1
                pace = 0.002 * (1 - now / total) + 1e-5
                for at, way in enumerate(ways):
                    one, (mean, square) = self._all[at], steps[at]
                    np.add(mean, 0.1 * (way - mean), out=mean, casting="same_kind")
                    np.add(square, 0.001 * (way * way - square), out=square, casting="same_kind")
                    step = (mean / (1 - 0.9**now)) / (np.sqrt(square / (1 - 0.999**now)) + 1e-8)
                    step += hold * one if one.ndim > 1 else 0.0
                    np.subtract(one, pace * step, out=one, casting="same_kind")

    def numbers(self) -> dict[str, Floats]:
        """As `marks.Net` takes them."""
        return {
            "first": self.into[:HELD], "mean": self.into[HELD : 2 * HELD], "plain": self.into[2 * HELD :],
            "bias": self.bias, "out": self.out, "end": self.end,
        }  # fmt: skip
