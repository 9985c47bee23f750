"""The best pairs out of two tables, without a server. `docs/matching.md` says what is computed."""

import argparse
import json
import time
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kithwork.cli.ground import Failure

if TYPE_CHECKING:
    from kithwork.cli.ground import Groups
    from kithwork.core.matching import Assignment, Grid, Rules


def add(groups: "Groups") -> None:
    match = groups.add_parser(
        "match", help="the best pairs of mentees and mentors in two CSV files, with reasons; docs/matching.md"
    )
    match.add_argument("--mentees", type=Path, required=True, metavar="CSV")
    match.add_argument("--mentors", type=Path, required=True, metavar="CSV")
    match.add_argument("--rules", type=Path, metavar="TOML", help="weights, and what pairs must share")
    match.add_argument(
        "--objective",
        choices=("total", "coverage", "fair"),
        default="coverage",
        help="total: the greatest total fit; coverage (unless you say otherwise): as many as possible first; "
        "fair: then the worst fit as good as can be",
    )
    match.add_argument("--at", type=date.fromisoformat, metavar="DATE", help="the day from which waiting is counted")
    match.add_argument("--out", type=Path, metavar="CSV", help="write the pairs there: mentee, mentor, fit, reasons")
    match.add_argument("--fits", type=Path, metavar="CSV", help="write every possible pair there: mentee, mentor, fit")
    match.add_argument("--json", action="store_true", help="for programs: pairs, who is left and why, sums, seconds")
    match.set_defaults(command=_match)


def _match(given: argparse.Namespace) -> int:
    """Prints what came of it. Nothing is written where a row is wrong."""
    from kithwork.core.matching import Grid, Inexact, Objective, Scorer, assign
    from kithwork.core.matching.tables import Mistaken, read_people

    if not (given.out or given.json):
        raise Failure("Say where the pairs go: --out pairs.csv, or --json.")
    today = given.at or date.today()
    seconds = {}
    begun = time.perf_counter()
    rules = _rules(given.rules)
    try:
        mentees, mentors, notes = read_people(_file(given.mentees), _file(given.mentors), rules, today)
    except Mistaken as mistaken:
        raise Failure(str(mistaken)) from None
    seconds["reading"] = time.perf_counter() - begun
    begun = time.perf_counter()
    grid = Grid(Scorer(mentees, mentors, rules, today))
    seconds["scoring"] = time.perf_counter() - begun
    begun = time.perf_counter()
    try:
        found = assign(grid, [mentor.capacity for mentor in mentors], Objective(given.objective), today)
    except Inexact as fault:
        raise Failure(f"No answer that could be proven: {fault}.") from None
    seconds["solving"] = time.perf_counter() - begun
    told = _told(grid, found, today)
    if given.fits:
        _write(given.fits, ("mentee", "mentor", "fit"), _every(grid))
    if given.out:
        rows = ((one["mentee"], one["mentor"], one["fit"], " ".join(one["reasons"])) for one in told["matched"])
        _write(given.out, ("mentee", "mentor", "fit", "reasons"), rows)
    if given.json:
        about = {"objective": given.objective, "at": today.isoformat(), "notes": notes}
        timed = {"seconds": {part: round(taken, 4) for part, taken in seconds.items()}}
        print(json.dumps({**about, **told, **timed}, indent=2, ensure_ascii=False))
    else:
        _say(told, notes, given.out)
    return 0


def _rules(path: Path | None) -> "Rules":
    from kithwork.core.matching import Rules

    if path is None:
        return Rules()
    name, data = _file(path)
    try:
        return Rules.read(tomllib.loads(data.decode("utf-8-sig")))
    except (ValueError, TypeError) as fault:  # TOML's own faults too
        raise Failure(f"{name}: {fault}.") from None


def _file(path: Path) -> tuple[str, bytes]:
    try:
        return path.name, path.read_bytes()
    except OSError as fault:
        raise Failure(f"{path} cannot be read: {fault.strerror}.") from None


def _write(path: Path, heading: tuple[str, ...], rows: Any) -> None:
    from kithwork.core.matching.tables import write_rows

    try:
        path.write_text(write_rows(heading, rows), encoding="utf-8", newline="")
    except OSError as fault:
        raise Failure(f"{path} cannot be written: {fault.strerror}.") from None


def _every(grid: "Grid") -> Iterator[tuple[str, str, int]]:
    """Every pair that can be, with its fit."""
    mentees, mentors = grid.scorer.mentees, grid.scorer.mentors
    for rows, block in grid.scorer.blocks():
        for row, column in zip(*(found.tolist() for found in (block >= 0).nonzero()), strict=True):
            yield mentees[rows[row]].id, mentors[column].id, int(block[row, column])


def _told(grid: "Grid", found: "Assignment", today: date) -> dict[str, Any]:
    from kithwork.core.matching import fit, why_unmatched

    mentees, mentors = grid.scorer.mentees, grid.scorer.mentors
    matched = []
    for mentee, mentor in found.pairs:
        one = fit(mentees[mentee], mentors[mentor], grid.scorer.rules, today)
        pair = {"mentee": mentees[mentee].id, "mentor": mentors[mentor].id}
        matched.append({**pair, "fit": one.total, "reasons": list(one.reasons)})
    left = [at for at, mentor in enumerate(found.mentor_of.tolist()) if mentor < 0]
    proof = found.certificate
    return {
        "matched": matched,
        "unmatched": [{"mentee": mentees[at].id, "why": why_unmatched(grid, at)} for at in left],
        "total_fit": found.total,
        "worst_fit": found.worst,
        "certificate": {"reached": proof.reached, "bound": proof.bound, "rounds": proof.rounds},
    }


def _say(told: dict[str, Any], notes: list[str], out: Path) -> None:
    from kithwork.core.matching.people import MOST

    for note in notes:
        print(f"note: {note}")
    matched, left = told["matched"], told["unmatched"]
    worst = "" if told["worst_fit"] is None else f", the worst {told['worst_fit']}"
    print(f"{len(matched)} of {len(matched) + len(left)} mentees matched; fit {told['total_fit']:,} in all{worst}.")
    print(f"A fit is from 0 to {MOST}. The pairs are in {out}. Proven: nothing better exists.")
    for one in left:
        print(f"  without: {one['mentee']}. {' '.join(one['why'])}")
