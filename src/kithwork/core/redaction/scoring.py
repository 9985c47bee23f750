"""How likely each word is to be a name: signals weighed twice, the second time knowing what its neighbours and its
other mentions in the same document turned out to be, and who is known.

The weights are numbers of ours, fitted by `tests/bench/fit.py`; see docs/redaction.md for on what.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from kithwork.core.redaction.cues import kinds_of
from kithwork.core.redaction.known import Hit
from kithwork.core.redaction.lexicon import Lexicon
from kithwork.core.redaction.reading import Reading
from kithwork.core.redaction.traits import first_signals, grade

__all__ = ["Others", "Weights", "first_scores", "likely", "second_scores", "second_signals", "weigh"]


@dataclass(frozen=True, slots=True)
class Weights:
    """Two sets of weights by signal, for the first and the second weighing."""

    first: Mapping[str, float]
    second: Mapping[str, float]

    @classmethod
    def parse(cls, text: str) -> "Weights":
        """Of text: a word for each set, then `weight*signal` by blanks; a signal holds no blank."""
        sets: dict[str, dict[str, float]] = {"first": {}, "second": {}}
        now = sets["first"]
        for told in text.split():
            if told in sets:
                now = sets[told]
                continue
            weight, _, signal = told.partition("*")
            now[signal.replace("␣", " ")] = float(weight)
        return cls(sets["first"], sets["second"])


def weigh(weights: Mapping[str, float], signals: Mapping[str, float]) -> float:
    """The sum of the weights of the signals that are there: a logarithm of odds."""
    return sum(weights[name] * value for name, value in signals.items() if name in weights)


def likely(odds: float) -> float:
    return 1 / (1 + math.exp(-max(min(odds, 30.0), -30.0)))


@dataclass(slots=True)
class Others:
    """What a whole document says of a word, over all its texts: the best odds of it, and how it is written."""

    best: dict[str, list[float]] = field(default_factory=dict)  # the two best odds
    small: dict[str, int] = field(default_factory=dict)
    capital: dict[str, int] = field(default_factory=dict)  # inside a sentence
    _sure: set[str] = field(default_factory=set)

    def like(self, folded: str) -> bool:
        """Whether a word that is a name for sure is like it but for one letter."""
        if not self._sure:
            self._sure = {word for word, best in self.best.items() if len(word) > 4 and best[0] > 1.0} or {""}
        return any(
            abs(len(other) - len(folded)) < 2 and other != folded and OSA.distance(folded, other, score_cutoff=1) < 2
            for other in self._sure
        )

    def add(self, reading: Reading, odds: Sequence[float]) -> None:
        for at, word in enumerate(reading.words):
            if len(word.text) < 2:
                continue
            best = self.best.setdefault(word.folded, [])
            best.append(odds[at])
            if len(best) > 2:
                best.sort(reverse=True)
                best.pop()
            if reading.shapes[at] == "l" and not reading.zones[at]:
                self.small[word.folded] = self.small.get(word.folded, 0) + 1
            elif reading.shapes[at] == "t" and reading.gaps[at] == " ":
                self.capital[word.folded] = self.capital.get(word.folded, 0) + 1


def first_scores(reading: Reading, lexicon: Lexicon, weights: Weights) -> list[float]:
    """The odds of each word by itself and what stands beside it."""
    return [weigh(weights.first, first_signals(reading, at, lexicon)) for at in range(len(reading.words))]


def second_signals(
    reading: Reading, at: int, odds: Sequence[float], others: Others, hits: Mapping[int, Hit]
) -> dict[str, float]:
    """Signals of one word, its own first odds among them."""
    word, kind = reading.words[at], reading.shapes[at]
    sort, named = reading.sorts[at], reading.lists[at]
    own = odds[at]
    step = grade(own)
    best = others.best.get(word.folded, [])
    elsewhere = next(
        (one for one in (best if own not in best else [*best[: best.index(own)], *best[best.index(own) + 1 :]])), None
    )
    found: dict[str, float] = {
        "": 1.0,
        "o": own / 4,
        f"o{step}": 1.0,
        f"o{step}{sort}{kind}": 1.0,
        f"k{kind}{sort}{named}": 1.0,
    }
    if reading.leans:
        lean = reading.leans[at]
        found |= {"h": lean / 4, f"h{grade(lean)}": 1.0, f"oh{step}{grade(lean)}": 1.0}
    if elsewhere is not None:
        found[f"e{grade(elsewhere)}{kind}"] = 1.0
        found[f"e{grade(elsewhere)}{sort}"] = 1.0
        found[f"e{grade(elsewhere)}{step}"] = 1.0
    if sort == "O" and len(word.text) > 4 and own < 3 and others.like(word.folded):
        found[f"like{kind}{named}{step}"] = 1.0
    if word.folded in others.small and kind != "l":
        found[f"small{sort}{kind}"] = 1.0
    if word.folded in others.capital:
        found[f"capital{sort}{kind}"] = 1.0
    if kind == "l" and word.folded in others.small and word.folded in others.capital:
        found[f"both{sort}"] = 1.0
    for way, mark in ((-1, "<"), (1, ">")):
        place = at + way
        if not 0 <= place < len(odds):
            continue
        gap = reading.gaps[max(at, place)]
        near = gap.strip(" \t") if "\n" not in gap else "n"
        near = near if len(near) < 2 else "*"
        found[f"{mark}{grade(odds[place])}{near}{kind}"] = 1.0
        found[f"{mark}{grade(odds[place])}{step}{'_' if gap == ' ' else '*'}"] = 1.0
        if place in hits:
            found[f"{mark}hit{hits[place].how}{kind}{near}"] = 1.0
    for place in (at - 2, at + 2):
        if 0 <= place < len(odds):
            found[f"{place - at}{grade(odds[place])}{kind}"] = 1.0
    if reading.zones[at]:
        found[f"z{reading.zones[at]}{step}"] = 1.0
    if (hit := hits.get(at)) is not None:
        for name in (
            f"hit{hit.how}{kind}{sort}", f"hit{hit.how}{hit.whole}{kind}", f"hit{hit.how}{step}",
            f"hit{hit.how}{reading.zones[at]}", f"hit{hit.how}{hit.whole}{sort}{step}",
        ):  # fmt: skip
            found[name] = 1.0
        for cue in kinds_of(word.folded):
            found[f"hit{cue}{kind}"] = 1.0
    return found


def second_scores(
    reading: Reading, odds: Sequence[float], others: Others, hits: Mapping[int, Hit], weights: Weights
) -> list[float]:
    return [weigh(weights.second, second_signals(reading, at, odds, others, hits)) for at in range(len(reading.words))]
