"""Fit the weights by which signals of names are weighed: `python -m tests.bench.fit`, some minutes.

Fitted on development notes (made up by the hand that wrote the finder) and on half of the two public sets given for
development; never on notes kept aside. A third of the lists of names is hidden while fitting, lest the lists, from
which the made-up people come, be trusted more than they deserve. Written into core/redaction/numbers/.
"""

import argparse
import dataclasses
import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from kithwork.core.redaction.finding import borne
from kithwork.core.redaction.known import Known, Person
from kithwork.core.redaction.lexicon import Lexicon
from kithwork.core.redaction.marks import packed
from kithwork.core.redaction.reading import Reading, legible, read
from kithwork.core.redaction.scoring import Others, Weights, second_signals, weigh
from kithwork.core.redaction.traits import first_signals
from kithwork.core.redaction.words import words_of
from kithwork.files.weights import lexicon
from tests.bench.net import Several, Trained, entered, seen_by
from tests.core.redaction.notes.made import Note, by_hand, carried, many

ROOT = Path(__file__).parents[2]
NUMBERS = ROOT / "src" / "kithwork" / "core" / "redaction" / "numbers"
Signals = list[dict[str, float]]
HEAVY = {"hand": 3.0, "btc_test": 0.5}
TURNS = 5
NETS = 4
CARRIERS = 130  # sources that ten rounds of carriers are told apart by


def public(path: Path, part: int, share: float = 0.5) -> list[Note]:
    """Every other line of a public set, with what is to be ignored left out of the fit."""
    notes = []
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if at % 2 != part:
            continue
        told = json.loads(line)
        spans = [(a, b, "public", "") for a, b, *_ in told["spans"]]
        spans += [(a, b, "ignore", "") for a, b, *_ in told["ignore"]]
        notes.append(Note(told["text"], spans, path.stem))
    return notes


def hidden(full: Lexicon, third: int) -> Lexicon:
    """The lexicon less a third of its names, another for each number; what dictionaries know by a capital stays."""

    def kept(words: frozenset[str]) -> frozenset[str]:
        return frozenset(word for word in words if hashlib.md5(word.encode()).digest()[0] % 3 != third)

    return dataclasses.replace(full, given=kept(full.given), family=kept(full.family))


def gold(note: Note, reading: Reading) -> list[int]:
    """For each word 1 a name, 0 none, -1 not to be learned from (bare initials, titles within)."""
    told = []
    for word in reading.words:
        inside = [span for span in note.spans if span[0] < word.end and word.start < span[1]]
        if any(span[2] == "ignore" for span in inside):
            told.append(-1)
        elif inside:
            told.append(1 if len(word.text) > 1 else -1)
        else:
            told.append(0)
    return told


FREE = {"", "o", "h"}  # what the first weighing and the net made of a word: held to nothing


def fit(rows: Signals, told: Sequence[int], weights: Sequence[float], *, least: int, hold: float) -> dict[str, float]:
    """Logistic regression, smaller weights preferred; signals that are seen fewer times than `least` are left out."""
    seen = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in seen.items() if count >= least)
    place = {name: at for at, name in enumerate(names)}
    lines, columns, values = [], [], []
    for at, row in enumerate(rows):
        for name, value in row.items():
            if name in place:
                lines.append(at)
                columns.append(place[name])
                values.append(value)
    matrix = csr_matrix((values, (lines, columns)), shape=(len(rows), len(names)), dtype=np.float64)
    wanted = np.asarray(told, dtype=np.float64)
    weight = np.asarray(weights, dtype=np.float64)
    held = np.asarray([0.01 if name in FREE else hold for name in names])

    def loss(now: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = matrix @ now
        shares = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
        value = float((weight * (np.logaddexp(0, odds) - wanted * odds)).sum() + (held * now) @ now / 2)
        return value, matrix.T @ (weight * (shares - wanted)) + held * now

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    print(f"  {len(rows)} words, {sum(told)} names, {len(names)} signals, loss {best.fun:.0f}", flush=True)
    return {name: float(value) for name, value in zip(names, best.x, strict=True) if abs(value) > 0.02}


def write(path: Path, weights: Weights) -> None:
    """As Python text that a person can compare line by line."""
    lines = []
    for which, found in (("first", weights.first), ("second", weights.second)):
        now = which
        for name in sorted(found):
            told = f"{found[name]:.2f}*{name.replace(' ', '␣')}"
            if len(now) + len(told) > 116:
                lines.append(now)
                now = told
            else:
                now += " " + told
        lines.append(now)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def entering(notes: Sequence[Note], full: Lexicon, *, sees: bool) -> list[tuple[Reading, Lexicon]]:
    """Each note read, with the lexicon that it was read with. Where a model sees, it is left to the net what it does:
    each half of the notes is leant on by a net that was fitted on the other, and the net of both is written down.
    """
    hide = [full, hidden(full, 0), hidden(full, 1), hidden(full, 2)]
    seen = seen_by([legible(note.text, full) for note in notes]) if sees else []
    found: list[tuple[Reading, Lexicon]] = []
    rows: list[NDArray[np.float16]] = []
    for at, note in enumerate(notes):
        words = hide[at % 4]
        reading = read(note.text, words, words_of(note.text), seen[at][0] if sees else None)
        found.append((reading, words))
        if sees:
            rows.append(entered(reading, *seen[at], words).astype(np.float16))
    if not sees:
        return found
    told = [np.array(gold(note, one), dtype=np.float32) for note, (one, _) in zip(notes, found, strict=True)]
    heavy = [
        np.full(len(one), HEAVY.get(note.register, 1.0), np.float32) for note, one in zip(notes, told, strict=True)
    ]

    def net(part: Sequence[int], seed: int) -> Several:
        wanted = np.concatenate([told[at] for at in part])
        known = wanted >= 0
        weights = np.concatenate([heavy[at] for at in part])
        entering = np.concatenate([rows[at] for at in part])[known]
        nets = [Trained(rows[0].shape[1], seed * 10 + number) for number in range(NETS)]
        for one in nets:
            one.fit(entering, wanted[known], weights[known], turns=TURNS, hold=0.02)
        return Several(nets)

    for turn in (0, 1):
        other = net([at for at, note in enumerate(notes) if half(note, at) != turn], turn)
        for at, note in enumerate(notes):
            if half(note, at) == turn:
                odds = other.odds(rows[at].astype(np.float32))
                found[at][0].leans = [float(one) for one in np.clip(odds, -8, 8)]
    (NUMBERS / "net.txt").write_text(packed(net(range(len(notes)), 9).numbers()), encoding="utf-8")
    return found


def half(note: Note, at: int) -> int:
    """In which half a note is; all of one source are in one."""
    return (int(hashlib.md5(note.source.encode()).hexdigest(), 16) if note.source else at // 4) % 2


def learn(notes: Sequence[Note], found: Sequence[tuple[Reading, Lexicon]]) -> Weights:
    told = [gold(note, reading) for note, (reading, _) in zip(notes, found, strict=True)]

    def rows(picked: Iterable[tuple[int, Signals]]) -> tuple[Signals, list[int], list[float]]:
        out: tuple[Signals, list[int], list[float]] = [], [], []
        for at, signals in picked:
            for place, right in enumerate(told[at]):
                if right >= 0:
                    out[0].append(signals[place])
                    out[1].append(right)
                    out[2].append(HEAVY.get(notes[at].register, 1.0))
        return out

    firsts = [[first_signals(one, at, words) for at in range(len(one.words))] for one, words in found]
    everything = range(len(notes))
    odds: list[list[float]] = [[] for _ in notes]
    for turn in (0, 1):  # the second weighing learns from odds that the first gave to notes it had not seen
        other = fit(*rows((at, firsts[at]) for at in everything if half(notes[at], at) != turn), least=6, hold=2.0)
        for at in everything:
            if half(notes[at], at) == turn:
                odds[at] = [weigh(other, row) for row in firsts[at]]
    first = fit(*rows(enumerate(firsts)), least=6, hold=2.0)
    rng = random.Random(5)
    pick: list[int] = []
    seconds: list[Signals] = []
    circles: dict[tuple[tuple[str, str], ...], Known] = {}
    for at, (note, (reading, words), one) in enumerate(zip(notes, found, odds, strict=True)):
        others = Others()
        others.add(reading, one)
        told_of = tuple(note.known)
        if told_of not in circles:
            circles[told_of] = Known(Person(name, (aka,) if aka else ()) for name, aka in told_of)
        for known in lists_for(note, circles[told_of], rng):
            hits = borne(reading, one, known.hits(reading.words, words))
            pick.append(at)
            seconds.append([second_signals(reading, at, one, others, hits) for at in range(len(reading.words))])
    second = fit(*rows(zip(pick, seconds, strict=True)), least=5, hold=30.0)
    return Weights(first, second)


def lists_for(note: Note, known: Known, rng: random.Random) -> list[Known]:
    """With what lists a note is learned from: one by hand both with and without, of others three in five with."""
    if note.register == "hand":
        return [Known(), known]
    return [known if rng.random() < 0.6 else Known()]


def development(data: Path, count: int, *, aside: bool) -> list[Note]:
    """All notes that are learned from; less the share `kept_aside`, by which choices are made, unless `aside`."""
    notes: list[Note] = [note for note in by_hand() if aside or not kept_aside(note)]
    for at, note in enumerate(carried(10, seed=3, part=-1 if aside else 0)):
        note.source = f"carrier {at % CARRIERS}"
        notes.append(note)
    notes += many(count, seed=1)
    for name in ("presidio_synth.jsonl", "btc_test.jsonl"):
        notes += public(data / name, 0)
    random.Random(2).shuffle(notes)
    return notes


def kept_aside(note: Note) -> bool:
    """A quarter of the notes by hand."""
    return hashlib.md5(note.text.encode()).digest()[0] % 4 == 0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options.add_argument("--notes", type=int, default=2600)
    options.add_argument("--only", choices=("seeing", "blind"))
    options.add_argument("--choose", action="store_true", help="leave out the quarter by which choices are made")
    given = options.parse_args()
    notes = development(given.data, given.notes, aside=not given.choose)
    full = lexicon()
    for kind, sees in (("seeing", True), ("blind", False)):
        if given.only not in (None, kind):
            continue
        print(kind, flush=True)
        with threadpool_limits(1, user_api="blas"):  # threads cost such small products more than they save
            write(NUMBERS / f"{kind}.txt", learn(notes, entering(notes, full, sees=sees)))


if __name__ == "__main__":
    main()
