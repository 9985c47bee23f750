"""`kithwork redact`: find what identifies people, and remove it, without a server."""

import argparse
import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork.cli.ground import Failure
from kithwork.cli.redacting.lines import answer_lines
from kithwork.cli.redacting.whole import Run
from kithwork.core.redaction.finding import Finder, Known
from kithwork.core.redaction.finds import CERTAIN
from kithwork.files.weights import Missing, lexicon, model

if TYPE_CHECKING:
    from kithwork.cli.ground import Groups

__all__ = ["add"]

_ABOUT = """PDF, Word (.docx), Excel (.xlsx), OpenDocument text, CSV, plain text, PNG, JPEG and e-mail (.eml). Files of
one run belong together: the same person has the same initial in all. A copy is read again by other means than made it;
where anything is left in it, it is not written."""


def add(groups: "Groups") -> None:
    redact = groups.add_parser(
        "redact", help="find what identifies people in files or texts, and remove it", description=_ABOUT
    )
    redact.add_argument("files", nargs="*", type=Path, metavar="FILE", help="- or nothing: standard input")
    redact.add_argument("--known", type=Path, metavar="CSV", help="people to look for: columns name and, if any, aka")
    redact.add_argument("--out", type=Path, metavar="DIR", help="write redacted copies here")
    way = redact.add_mutually_exclusive_group()
    way.add_argument("--text", action="store_true", help="print the redacted text; so without --out too")
    way.add_argument("--json", action="store_true", help="print what was found in each file, a line of JSON for each")
    way.add_argument("--jsonl", action="store_true", help='lines of {"text": ...} in, lines of {"spans": ...} out')
    redact.add_argument("--least", type=_share, default=CERTAIN, metavar="0-1", help=f"how sure, at least ({CERTAIN})")
    redact.add_argument("--blind", action="store_true", help="without the language model")
    redact.set_defaults(command=_redact)


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError("a number from 0 to 1")
    return share


def _redact(given: argparse.Namespace) -> int:
    known = _known(given.known)
    finder = _finder(known, blind=given.blind)
    if given.jsonl:
        if given.out is not None:
            raise Failure("--jsonl writes no copies: leave --out away, or ask for --json.")
        return answer_lines(given.files, finder, given.least)
    run = Run(
        finder=finder,
        checker=Finder(known=known, lexicon=lexicon()),
        least=given.least,
        out=given.out,
        text=given.text or (given.out is None and not given.json),
        as_json=given.json,
    )
    return run.do(given.files or [Path("-")])


def _finder(known: Known, *, blind: bool) -> Finder:
    """With the language model where it is installed; else says on standard error that a person must read."""
    found, why = None, "The language model was left out."
    if not blind:
        try:
            found = model()
        except Missing as missing:
            why = str(missing)
    if found is None:
        print(f"{why} Names will be missed: a person must read every page.", file=sys.stderr)
    return Finder(known=known, model=found, lexicon=lexicon())


def _known(path: Path | None) -> Known:
    if path is None:
        return Known()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            heads = {str(head).strip().casefold() for head in rows.fieldnames or ()}
            if not heads & {"name", "aka", "nickname"}:
                raise Failure(f"{path}: no column 'name'. The first line must name the columns: name,aka")
            return Known.named([{str(key): value or "" for key, value in row.items() if key} for row in rows])
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise Failure(f"{path}: cannot be read as CSV in UTF-8.") from fault
