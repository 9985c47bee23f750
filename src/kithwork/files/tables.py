"""Read a file of tables in a separate process with limits: a hostile workbook harms nothing but that process."""

import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path

from kithwork.core.documents.inspect import too_large
from kithwork.core.tables import Book, Unreadable
from kithwork.core.tables.shape import unpacked
from kithwork.files.intake import apart, opened

LIMIT = 25 * 1024 * 1024  # bytes
MEMORY = 1536 * 1024 * 1024  # bytes of address space; 20,000 rows of 30 columns take a tenth
PROCESSOR = 40  # seconds of processor time
WALL = 90.0  # seconds by the clock

_SLOW = "This file took too long to read. Delete the sheets and columns that are not needed, or save it as CSV."
_CRASH = "This file could not be read safely. Save the table as CSV, and choose that."


def tables_in(
    offered: bytes | Path,
    name: str,
    *,
    limit: int = LIMIT,
    memory: int = MEMORY,
    processor: int = PROCESSOR,
    wall: float = WALL,
) -> Book:
    """The tables of a file, read by `core.tables.reading` in a process of its own.

    `name` is what the file is called; limits are in bytes and seconds. Raises Unreadable, with the reason, for a file
    that is too large, is no table, took too long or broke the process.
    """
    called = Path(name).stem[:80] or "Table"
    orders = json.dumps({"name": "Table", "limit": limit, "memory": memory, "seconds": processor})
    try:
        with opened(offered) as file, tempfile.TemporaryFile() as answer:
            size = os.fstat(file.fileno()).st_size
            if size > limit:
                raise Unreadable(too_large(size, limit))
            code = apart("kithwork.core.tables", orders, file, answer, wall)
            answer.seek(0)
            said = answer.read() if code == 0 else b""
    except OSError:
        raise Unreadable("This file could not be read. Choose it again.") from None
    if code in {-9, -24}:  # SIGKILL or SIGXCPU: the clock or its processor time has run out
        raise Unreadable(_SLOW)
    if code:
        raise Unreadable(_CRASH)
    try:
        told = json.loads(said)
        if "fault" in told:
            raise Unreadable(str(told["fault"]))
        book = unpacked(told)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Unreadable(_CRASH) from None
    return book if len(book.sheets) > 1 else _called(book, called)


def _called(book: Book, name: str) -> Book:
    """A table of text has no name of its own, and gets its file's, which no other process is told."""
    sheet = book.sheets[0]
    if sheet.name != "Table":
        return book
    return Book((replace(sheet, name=name),), book.notes)
