"""How well names are found: `python -m tests.bench.names [FILE.jsonl ...] [--known names.csv]`.

By default the notes kept aside in tests/bench/notes/, written by a hand that has not seen the finder's rules. Prints
sums alone, never a text. A mention is found when every letter of its words is covered; bare initials, titles and
particles are not asked for. A run of found text is right when it touches any mention.
"""

import argparse
import csv
import json
import os
import resource
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kithwork.core.redaction.cues import TITLES
from kithwork.core.redaction.finding import Finder
from kithwork.core.redaction.finds import CERTAIN, Find, Kind
from kithwork.core.redaction.known import PARTICLES, Known
from kithwork.core.redaction.words import words_of

NOTES = Path(__file__).parent / "notes"


@dataclass
class Sums:
    """What was found of what was there."""

    mentions: int = 0
    found: int = 0
    runs: int = 0
    right: int = 0
    words: int = 0
    notes: int = 0
    whole: int = 0  # notes with names of which none was missed
    groups: dict[str, Counter[str]] = field(default_factory=dict)

    def told(self, name: str) -> str:
        recall = 100 * self.found / (self.mentions or 1)
        precision = 100 * self.right / (self.runs or 1)
        wrong = 1000 * (self.runs - self.right) / (self.words or 1)
        whole = 100 * self.whole / (self.notes or 1)
        return (
            f"{name:34} recall {recall:5.1f} ({self.mentions - self.found} of {self.mentions} missed)  "
            f"precision {precision:5.1f}  {wrong:4.1f} wrong per 1,000 words  {whole:5.1f}% of {self.notes} notes whole"
        )


def needed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The letters of a mention that must be covered."""
    found = [(start + word.start, start + word.end, word) for word in words_of(text[start:end])]
    return [
        (a, b)
        for a, b, word in found
        if len(word.text) > 1
        and not (word.folded in TITLES and len(found) > 1 and a == start)
        and not (word.text.islower() and word.folded in PARTICLES and len(found) > 1)
    ]


def score(notes: Sequence[dict[str, Any]], finds: Sequence[Sequence[Find]], least: float) -> Sums:
    sums = Sums()
    for note, found in zip(notes, finds, strict=True):
        text = note["text"]
        sums.words += len(text.split())
        covered = bytearray(len(text))
        names = [one for one in found if one.kind is Kind.PERSON and one.confidence >= least]
        for one in names:
            covered[one.start : one.end] = b"\x01" * (one.end - one.start)
        golds = [span for span in note["spans"] if str(span[2]).lower() == "person"]
        ignored = [(a, b) for a, b, *_ in note.get("ignore", [])]
        for one in names:
            touches = any(a < one.end and one.start < b for a, b, *_ in golds)
            if touches or not any(a < one.end and one.start < b for a, b in ignored):
                sums.runs += 1
                sums.right += touches
        missed = 0
        asked = 0
        for start, end, _, *more in golds:
            letters = needed(text, start, end)
            if not letters:
                continue
            asked += 1
            hit = all(all(covered[a:b]) for a, b in letters)
            missed += not hit
            for group, value in (more[0] if more and isinstance(more[0], dict) else {}).items():
                sums.groups.setdefault(group, Counter())[f"{value}"] += 1
                sums.groups.setdefault(f"{group} found", Counter())[f"{value}"] += hit
        sums.mentions += asked
        sums.found += asked - missed
        sums.notes += asked > 0
        sums.whole += asked > 0 and not missed
    return sums


def identifiers(notes: Sequence[dict[str, Any]], finds: Sequence[Sequence[Find]], least: float) -> None:
    """Of each kind how many were found whole, by any find that covers the letters and figures; what was found amiss."""
    there: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    same: Counter[str] = Counter()
    amiss: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for note, all_found in zip(notes, finds, strict=True):
        text, found = (
            note["text"],
            [one for one in all_found if one.confidence >= least and one.kind is not Kind.PERSON],
        )
        for start, end, kind, *_ in note["spans"]:
            there[kind] += 1
            letters = [at for at in range(start, end) if text[at].isalnum()]
            ours = [one for one in found if one.kind.value == kind]
            hit[kind] += all(any(one.start <= at < one.end for one in found) for at in letters)
            good = all(any(one.start <= at < one.end for one in ours) for at in letters)
            same[kind] += good
            if not good:
                missed[f"{kind}/{note.get('context', '')}"] += 1
        for one in found:
            if not any(a < one.end and one.start < b for a, b, *_ in note["spans"]):
                amiss[f"{one.kind.value}/{note.get('context', '')}"] += 1
    for kind, count in sorted(there.items()):
        print(
            f"{kind:10} {100 * hit[kind] / count:5.1f} covered, {100 * same[kind] / count:5.1f} as its kind, of {count}"
        )
    print("missed:", dict(missed), "\namiss:", dict(amiss))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def finder_each(finder: Finder, notes: Sequence[dict[str, Any]]) -> list[list[Find]]:
    """Each note by itself: what stands in one tells nothing of another."""
    return list(finder.each((note["text"], str(note.get("label", ""))) for note in notes))


def list_beside(path: Path) -> Path:
    """The people known to the service that a set of notes is of: of its own, or that of all others."""
    own = path.with_name(f"{path.stem}_known.csv")
    return own if own.exists() else path.with_name("known.csv")


def people(path: Path) -> Known:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return Known.named(list(csv.DictReader(file)))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("files", nargs="*", type=Path)
    options.add_argument("--known", type=Path)
    options.add_argument("--data", type=Path, help="the public sets too: the lines that were not learned from")
    options.add_argument("--blind", action="store_true", help="without the language model")
    options.add_argument("--least", type=float, nargs="*", default=[CERTAIN])
    options.add_argument("--kinds", action="store_true", help="the other kinds alone")
    options.add_argument("--groups", action="store_true", help="by category and origin")
    given = options.parse_args()
    from kithwork.files.weights import lexicon, model

    begin = time.perf_counter()
    sees = None if given.blind else model()
    words = lexicon()
    print(f"loaded in {time.perf_counter() - begin:.1f} s")
    files = given.files or [
        NOTES / f"{name}.jsonl" for name in ("plain", "hard", "later", "prose", "judgments", "threads")
    ]
    read, begin, cpu = 0, time.perf_counter(), time.process_time()
    if not given.files:
        notes = lines(NOTES / "other.jsonl")
        finder = Finder(model=sees, lexicon=words)
        identifiers(notes, finder_each(finder, notes), given.least[0])
        read += sum(len(note["text"].split()) for note in notes)
    public = [given.data / f"{name}.jsonl" for name in ("presidio_synth", "btc_test")] if given.data else []
    for path in () if given.kinds else [*files, *public]:
        if not path.exists():
            print(f"{path.name}: not there")
            continue
        notes = lines(path)[1::2] if path in public else lines(path)
        list_of = given.known or (None if path in public or given.files else list_beside(path))
        for known, name in ((Known(), path.stem), (people(list_of) if list_of else None, f"{path.stem} + known")):
            if known is None:
                continue
            finder = Finder(known=known, model=sees, lexicon=words)
            finds = finder_each(finder, notes)
            read += sum(len(note["text"].split()) for note in notes)
            for least in given.least:
                print(score(notes, finds, least).told(f"{name} from {least}"))
            if given.groups:
                sums = score(notes, finds, given.least[0])
                for group in [one for one in sums.groups if not one.endswith(" found")]:
                    told = sums.groups[group]
                    hit = sums.groups[f"{group} found"]
                    print(f"  {group}: " + "; ".join(f"{k} {hit[k]}/{n}" for k, n in told.most_common()))
    took, used = time.perf_counter() - begin, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    speed = f"{read} words, {read / took:.0f} a second, {read / used:.0f} a CPU second"
    print(f"{speed}; {peak:.0f} MB; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
