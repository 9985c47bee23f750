"""The figures of matching: ours beside a dense table and beside a peer from PyPI, on the same people.

    python -m tests.bench.matching [--sizes 200 1000 5000 10000] [--seed 1] [--peer-most 1000] [--peer PYTHON]

Each runs in a process of its own, one after the other, with one thread; the figure is CPU time of scoring and solving,
imports apart: the median of some runs where they are short. The dense table is scipy's, with our scoring, a column for
each place. The peer has three rounds. It is asked twice: as whoever works with it does, with a rule for each part of a
fit, so that it scores and solves as we do; and, a figure of its own, given every fit ready-made, as the least work that
its rules can be. It is installed into a throw-away environment, unless `--peer` names a Python that has it. Memory is
what the whole process had at most, the interpreter, all that is imported and the people themselves included; beside it
what it had once all was imported, and nobody there.

At the end, people of the peer's own kind by its own rules: what it scored is solved by us too, and ours never matches
fewer nor sums up less.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PEER = ("mentor-match==7.0.1", "munkres==3.0.0")
THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
# people who wait: at most so much of the other's CPU time, and at most so many MB
LIMITS = {
    200: ("peer", 1 / 250, 0),
    1000: ("peer", 1 / 450, 70),
    5000: ("dense", 0.3, 110),
    10000: ("dense", 0.25, 210),
}
OWN = 40  # crowds of the peer's own kind


def resident() -> float:
    """MB that the process has had at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ours(count: int, seed: int) -> dict[str, Any]:
    from kithwork.core.matching import Grid, Objective, Rules, Scorer, assign
    from tests.core.matching.cohort import TODAY, cohort

    def run() -> Any:
        grid = Grid(Scorer(mentees, mentors, Rules(), TODAY))
        return assign(grid, [one.capacity for one in mentors], Objective.COVERAGE, TODAY)

    imports = resident()
    mentees, mentors = cohort(min(count, 400))  # loads what is loaded late, as it will for these
    run()
    mentees, mentors = cohort(count, seed=seed)
    seconds, found = timed(run, count)
    proof = found.certificate
    told = f"reached {proof.reached} = bound {proof.bound}, {proof.rounds} rounds"
    return {"seconds": seconds, "matched": found.matched, "total": found.total, "proof": told, "imports": imports}


def dense(count: int, seed: int) -> dict[str, Any]:
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    from kithwork.core.matching import Rules, Scorer
    from tests.core.matching.cohort import TODAY, cohort

    imports = resident()
    mentees, mentors = cohort(count, seed=seed)
    places = [one.capacity for one in mentors]
    bonus = 1001 * (count + 1)

    def run() -> tuple[int, int]:
        scorer = Scorer(mentees, mentors, Rules(), TODAY)
        table = np.empty((count, sum(places)))
        for rows, block in scorer.blocks():
            table[rows] = np.repeat(np.where(block >= 0, -(block + float(bonus)), 0), places, axis=1)
        chosen = table[linear_sum_assignment(table)]
        return int((chosen < 0).sum()), int(-chosen.sum()) - bonus * int((chosen < 0).sum())

    seconds, (matched, total) = timed(run, count)
    return {"seconds": seconds, "matched": matched, "total": total, "imports": imports}


def timed(run: Any, count: int) -> tuple[float, Any]:
    found = None
    times = []
    for _ in range(max(1, min(300, 12_000_000 // count**2))):  # a second and more, of which what comes first is slow
        begun = time.process_time()
        found = run()
        times.append(time.process_time() - begun)
    return statistics.median(times), found


def told_of(one: Any, today: Any) -> dict[str, Any]:
    """What the peer is told of somebody: what the fit of these people is made of."""
    same = {name: sorted(getattr(one, name)) for name in ("interests", "languages", "availability")}
    same |= {"id": one.id, "lat": one.lat, "lon": one.lon}
    if hasattr(one, "skills"):
        return (
            same
            | {"skills": sorted(one.skills)}
            | {name: getattr(one, name) for name in ("gender", "capacity", "max_km")}
        )
    same |= {"needs": sorted(one.needs), "not_with": sorted(one.not_with), "wants_gender": one.wants_gender}
    return same | {"waited": (today - one.waiting_since).days}


def peer(python: str, count: int, seed: int, ready: bool) -> dict[str, Any]:
    import numpy as np

    from kithwork.core.matching import Rules, Scorer
    from tests.core.matching.cohort import TODAY, cohort

    mentees, mentors = cohort(count, seed=seed)
    fits = np.concatenate([block for _, block in Scorer(mentees, mentors, Rules(), TODAY).blocks()])
    given = json.dumps({"fits": fits.tolist(), "places": [one.capacity for one in mentors]})
    if not ready:
        given = json.dumps(
            {"mentees": [told_of(one, TODAY) for one in mentees], "mentors": [told_of(one, TODAY) for one in mentors]}
        )
    told = asked(python, "fits" if ready else "people", given=given)
    assert all(fits[tuple(pair)] >= 0 for pair in told["pairs"])
    return {**told, "matched": len(told["pairs"]), "total": sum(int(fits[tuple(pair)]) for pair in told["pairs"])}


def asked(python: str, *words: str, given: str = "") -> Any:
    script = Path(__file__).with_name("peer_matching.py")
    words = (python, "-P", str(script), *words)  # without this folder, where a module is called as the peer's is
    done = subprocess.run(words, input=given, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def apart(what: str, count: int, seed: int, python: str = "") -> dict[str, Any]:
    """One figure, measured in a process of its own."""
    words = [sys.executable, "-m", "tests.bench.matching", "--one", what, "--sizes", str(count), "--seed", str(seed)]
    words += ["--peer", python]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env={**os.environ, **THREADS})
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def by_its_own_rules(python: str) -> None:
    """Whatever the peer's rules score, in one round: ours has no fewer pairs and no smaller sum."""
    import numpy as np

    from kithwork.core.matching.solving import Worth, solve

    class Table:
        """Scores as a grid: all there is to solve is the peer's own."""

        def __init__(self, scores: list[list[int]]) -> None:
            self.table = np.array(scores, dtype=np.int16)
            self.mentors, self.exact = self.table.shape[1], True

        def __len__(self) -> int:
            return len(self.table)

        def blocks(self) -> Any:
            yield 0, self.table

        def some(self, step: int) -> Any:
            return self.table[::step]

        def fits(self, rows: Any, columns: Any) -> Any:
            return self.table[rows, columns]

    more = better = 0
    for seed in range(OWN):
        told = asked(python, "own", str(seed), str(30 + 3 * seed))
        table = Table(told["scores"])
        rooms = np.ones(table.mentors, dtype=np.int64)
        worth = Worth.of(np.zeros(len(table), dtype=np.int64), rooms, cover=False)
        found = solve(table, rooms, worth)  # type: ignore[arg-type]
        pairs, total = int((found.mentor_of >= 0).sum()), int(found.fit_of[found.mentor_of >= 0].sum())
        theirs = sum(told["scores"][row][column] for row, column in told["pairs"])
        assert pairs >= len(told["pairs"]), seed
        assert total >= theirs, seed
        more, better = more + (pairs > len(told["pairs"])), better + (total > theirs)
    print(f"\nBy the peer's own rules, {OWN} crowds, one round: ours never matches fewer and never sums up less;")
    print(f"it matches more in {more} and sums up more in {better}.")


def installed() -> str:
    """A throw-away Python that has the peer; '' where there is none to be had."""
    folder = Path(tempfile.mkdtemp(prefix="kithwork-bench-"))
    python = folder / "bin" / "python"
    try:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
        words = [str(python), "-m", "pip", "--disable-pip-version-check", "-q", "install", *PEER]
        subprocess.run(words, check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as fault:
        print(f"The peer could not be installed and is left out: {str(fault.stderr).strip()[-200:]}")
        return ""
    return str(python)


def main() -> int:
    asks = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asks.add_argument("--sizes", type=int, nargs="+", default=list(LIMITS))
    asks.add_argument("--seed", type=int, default=1, help="other people by the same chances")
    asks.add_argument("--peer", default="", metavar="PYTHON")
    asks.add_argument("--peer-most", type=int, default=1000, help="a thousand take it a minute and 1.4 GB")
    asks.add_argument("--one", choices=("ours", "dense", "peer", "ready"), help=argparse.SUPPRESS)
    given = asks.parse_args()
    if given.one:
        count = given.sizes[0]
        if given.one in ("peer", "ready"):
            told = peer(given.peer, count, given.seed, given.one == "ready")
        else:
            told = {"ours": ours, "dense": dense}[given.one](count, given.seed)
        told.setdefault("mb", resident())
        print(json.dumps(told))
        return 0
    python = given.peer or installed()
    print(f"{'people':>6}  {'':6} {'CPU s':>9} {'MB':>6} {'imports':>7} {'matched':>7} {'total':>10}")
    for count in given.sizes:
        found = {what: apart(what, count, given.seed) for what in ("ours", "dense")}
        if python and count <= given.peer_most:
            found |= {what: apart(what, count, given.seed, python) for what in ("peer", "ready")}
        for what, one in found.items():
            memory = f"{one['mb']:6.0f} {one['imports']:7.0f}"
            print(f"{count:6}  {what:6} {one['seconds']:9.4f} {memory} {one['matched']:7} {one['total']:10}")
        mine = found["ours"]
        assert (mine["matched"], mine["total"]) == (found["dense"]["matched"], found["dense"]["total"])
        against, share, most = LIMITS.get(count, ("", 0, 0))
        if other := found.get(against):
            reached = mine["seconds"] / other["seconds"]
            memory = f", wanted {most} MB" if most else ""
            print(f"        1/{1 / reached:.1f} of {against}, wanted 1/{1 / share:.1f}{memory}; {mine['proof']}")
        if ready := found.get("ready"):
            print(f"        1/{ready['seconds'] / mine['seconds']:.1f} of the peer with every fit given ready-made")
    if python:
        by_its_own_rules(python)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
