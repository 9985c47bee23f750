"""The weights of the signals, as `tests/bench/fit.py` wrote them: constants of this package, read once."""

from functools import lru_cache
from importlib.resources import files

from kithwork.core.redaction.marks import Net, unpacked
from kithwork.core.redaction.scoring import Weights

__all__ = ["net", "own_names", "weights"]


@lru_cache(maxsize=2)
def weights(kind: str) -> Weights:
    """Of `seeing` (a language model reads along) or `blind`."""
    return Weights.parse((files(__package__) / f"{kind}.txt").read_text(encoding="utf-8"))


def net() -> Net:
    """The net that reads along with the language model."""
    return Net(unpacked((files(__package__) / "net.txt").read_text(encoding="utf-8")))


def own_names() -> list[tuple[list[str], list[str]]]:
    """Given and family names that the packages' lists lack, an origin each."""
    told = (files(__package__) / "names.txt").read_text(encoding="utf-8").strip().split("\n\n")
    return [(given.split(), family.split()) for _, given, family in (one.split("\n") for one in told)]
