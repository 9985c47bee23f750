"""`kithwork redact`: find what identifies people, and remove it, without a server."""

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kithwork.cli.ground import Failure
from kithwork.core.redaction.finding import Finder, Known
from kithwork.core.redaction.finds import CERTAIN, DOUBTFUL, Find
from kithwork.core.redaction.reducing import Reducer

if TYPE_CHECKING:
    from kithwork.cli.ground import Groups

_TEXT = {".txt", ".md", ".text"}


def add(groups: "Groups") -> None:
    redact = groups.add_parser("redact", help="find what identifies people in files or texts, and remove it")
    redact.add_argument("files", nargs="*", type=Path, metavar="FILE", help="- or nothing: standard input")
    redact.add_argument("--known", type=Path, metavar="CSV", help="people to look for: columns name and, if any, aka")
    redact.add_argument("--out", type=Path, metavar="DIR", help="write redacted copies here")
    way = redact.add_mutually_exclusive_group()
    way.add_argument("--text", action="store_true", help="print the redacted text")
    way.add_argument("--json", action="store_true", help="print the finds of each text as JSON")
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
    finder = _finder(_known(given.known), blind=given.blind)
    if given.jsonl:
        return _lines(given, finder)
    reducer = Reducer(least=given.least)
    for name, text in _texts(given.files):
        finds = [one for one in finder.find(text) if one.confidence >= min(given.least, DOUBTFUL if given.json else 1)]
        if given.json:
            print(json.dumps({"file": name, "blind": finder.blind, "finds": [_told(one) for one in finds]}))
            continue
        redacted = reducer.reduce(text, finds)
        if given.out is None:
            print(redacted, end="" if redacted.endswith("\n") else "\n")
            continue
        given.out.mkdir(parents=True, exist_ok=True)
        target = given.out / reducer.reduce(name, finder.find(name))
        if target.exists():
            raise Failure(f"{target} is there already. Choose another folder with --out.")
        target.write_text(redacted, encoding="utf-8")
        print(f"{target}: {len(reducer.cuts(text, finds))} replaced")
    return 0


def _finder(known: Known, *, blind: bool) -> Finder:
    """With the language model where it is installed; else says on standard error that it goes without."""
    from kithwork.files import weights

    model = None
    if not blind:
        try:
            model = weights.model()
        except weights.Missing as missing:
            print(f"{missing} Read every page yourself.", file=sys.stderr)
    return Finder(known=known, model=model, lexicon=weights.lexicon())


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


def _texts(files: list[Path]) -> Iterator[tuple[str, str]]:
    for path in files or [Path("-")]:
        if str(path) == "-":
            yield "standard-input.txt", sys.stdin.read()
            continue
        if path.suffix.casefold() not in _TEXT:
            raise Failure(f"{path}: only plain text can be read here.")
        try:
            yield path.name, path.read_text(encoding="utf-8-sig")
        except OSError as fault:
            raise Failure(f"{path}: cannot be read ({fault.strerror}).") from fault
        except UnicodeDecodeError as fault:
            raise Failure(f"{path}: is not text in UTF-8.") from fault


def _lines(given: argparse.Namespace, finder: Finder) -> int:
    if len(given.files) > 1:
        raise Failure("--jsonl reads one file, or standard input.")
    if given.files and str(given.files[0]) != "-":
        try:
            with given.files[0].open(encoding="utf-8") as file:
                return _answer(file, finder, given.least)
        except OSError as fault:
            raise Failure(f"{given.files[0]}: cannot be read ({fault.strerror}).") from fault
    return _answer(sys.stdin, finder, given.least)


def _answer(file: TextIO, finder: Finder, least: float) -> int:
    """One line out for each line in. A name inside an address is told beside the address: spans may overlap."""
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            text, label = told["text"], str(told.get("label") or "")
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise Failure(f'line {number}: not an object with "text".') from fault
        if not isinstance(text, str):
            raise Failure(f'line {number}: "text" is not a text.')
        finds = [one for one in finder.look([(text, label)])[0] if one.confidence >= least]
        print(json.dumps({"spans": [[one.start, one.end, one.kind.value] for one in finds]}))
    return 0


def _told(find: Find) -> dict[str, object]:
    return {
        "start": find.start,
        "end": find.end,
        "kind": find.kind.value,
        "sources": [source.value for source in find.sources],
        "confidence": find.confidence,
    }
