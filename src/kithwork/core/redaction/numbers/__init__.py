"""The weights of the signals, as `tests/bench/fit.py` wrote them: constants of this package, read once."""

from functools import lru_cache
from importlib.resources import files

from kithwork.core.redaction.scoring import Weights

__all__ = ["weights"]


@lru_cache(maxsize=2)
def weights(kind: str) -> Weights:
    """Of `seeing` (a language model reads along) or `blind`."""
    return Weights.parse((files(__package__) / f"{kind}.txt").read_text(encoding="utf-8"))
