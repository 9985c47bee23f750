"""Lines of JSON in, spans out: so that anyone can score the finder."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from kithwork.cli.ground import Failure
from kithwork.core.redaction.finding import Finder


def answer_lines(files: list[Path], finder: Finder, least: float) -> int:
    """One line of `{"spans": [[start, end, kind]]}` for each `{"text": ..., "label": ...}` of a file."""
    if len(files) > 1:
        raise Failure("--jsonl reads one file, or standard input.")
    if files and str(files[0]) != "-":
        try:
            with files[0].open(encoding="utf-8") as file:
                return _answer(file, finder, least)
        except OSError as fault:
            raise Failure(f"{files[0]}: cannot be read ({fault.strerror}).") from fault
        except UnicodeDecodeError as fault:
            raise Failure(f"{files[0]}: is not text in UTF-8.") from fault
    return _answer(sys.stdin, finder, least)


def _answer(file: TextIO, finder: Finder, least: float) -> int:
    """One line out for each line in. A name inside an address is told beside the address: spans may overlap."""
    for found in finder.each(_texts(file)):
        finds = [one for one in found if one.confidence >= least]
        print(json.dumps({"spans": [[one.start, one.end, one.kind.value] for one in finds]}))
    return 0


def _texts(file: TextIO) -> Iterator[tuple[str, str]]:
    """Each line's text and label."""
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
        yield text, label
