"""Where a table's headings stand, what its columns are called, and which rows under them are data."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kithwork.core.tables.shape import Broken, Sheet, Value, letter

_LOOK = 40  # rows from the top among which the headings are looked for
_NO_WORD = re.compile(r"[\W_]+")
_TOTAL = re.compile(r"^(grand |sub ?)?(total|totals|sum|count|average|mean|cyfanswm)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: where (from 0), what it is called here (no two alike), and whether the workbook hides it."""

    at: int
    name: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of data with its number in the sheet, from 1."""

    number: int
    cells: tuple[Value, ...]

    def cell(self, at: int) -> Value:
        return self.cells[at] if at < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet understood: `row` is the number of the heading row, from 1; `left_out` says which rows are no data, and
    why, as (number, reason).
    """

    row: int
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    left_out: tuple[tuple[int, str], ...]


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A heading or a name for comparing: small letters without accents, words with one space between."""
    bare = text
    if not text.isascii():
        bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(_NO_WORD.sub(" ", bare.casefold()).split())


def table_of(sheet: Sheet, known: Collection[str], at: int | None = None) -> Table:
    """The table in a sheet. `known` are headings to look for, as `plain` writes them; `at` is the number of the heading
    row where somebody has said it.
    """
    rows = _spread(sheet)
    row = at - 1 if at is not None and 0 < at <= len(rows) else _heading_row(rows, frozenset(known))
    headings = _named(rows, row, sheet)
    lines, left_out = _lines(rows, row, headings)
    return Table(row + 1, headings, tuple(lines), tuple(left_out))


def best_sheet(sheets: Sequence[Sheet], known: Collection[str]) -> int:
    """The sheet whose headings are known best; a hidden one only where no other has any."""
    known = frozenset(known)
    scores = []
    for number, sheet in enumerate(sheets):
        rows = _spread(sheet)
        row = _heading_row(rows, known)
        hits = _hits(rows[row], known) if rows else 0
        scores.append((not sheet.hidden and hits > 0, hits, len(rows), -number))
    return -max(scores)[3] if scores else 0


def _spread(sheet: Sheet) -> list[list[Value]]:
    """The rows with what is merged downwards written into every row of it."""
    rows = [list(row) for row in sheet.rows]
    for span in sheet.spans:
        if span.top >= len(rows) or span.left >= len(rows[span.top]):
            continue
        value = rows[span.top][span.left]
        for row in range(span.top + 1, min(span.bottom, len(rows) - 1) + 1):
            rows[row].extend([None] * (span.left + 1 - len(rows[row])))
            if rows[row][span.left] is None:
                rows[row][span.left] = value
    return rows


def _hits(row: Sequence[Value], known: frozenset[str]) -> int:
    return len({said for value in row if isinstance(value, str) and (said := plain(value)) in known})


def _heading_row(rows: Sequence[Sequence[Value]], known: frozenset[str]) -> int:
    """The row near the top with most of the known headings; without any, the first with two texts or more."""
    near = rows[:_LOOK]
    best = max(range(len(near)), key=lambda at: (_hits(near[at], known), -at), default=0)
    if near and _hits(near[best], known):
        return best
    for at, row in enumerate(near):
        if sum(isinstance(value, str) for value in row) >= 2:
            return at
    return next((at for at, row in enumerate(near) if any(value is not None for value in row)), 0)


def _named(rows: Sequence[Sequence[Value]], row: int, sheet: Sheet) -> tuple[Heading, ...]:
    if not rows:
        return ()
    here = rows[row]
    width = max((len(one) for one in rows[row : row + 200]), default=0)
    above = rows[row - 1] if row else []
    groups: dict[int, str] = {}
    across: dict[int, str] = {}
    for span in sheet.spans:
        if span.right == span.left or span.left >= len(rows[span.top] if span.top < len(rows) else ()):
            continue
        said = rows[span.top][span.left]
        if not isinstance(said, str):
            continue
        if span.top <= row <= span.bottom:
            across.update(dict.fromkeys(range(span.left + 1, span.right + 1), said))
        elif span.bottom == row - 1 and span.right - span.left + 1 < width and span.left < len(above):
            groups.update(dict.fromkeys(range(span.left, span.right + 1), said))
    found: list[Heading] = []
    taken: dict[str, int] = {}
    for at in range(width):
        value = here[at] if at < len(here) else None
        said = str(value).strip() if value is not None and not isinstance(value, Broken) else across.get(at, "")
        used = any(at < len(one) and one[at] is not None for one in rows[row + 1 :])
        if not said and not used:
            continue
        name = " ".join((said or f"Column {letter(at)}").split())[:120]
        if at in groups and said:
            name = f"{groups[at]}: {name}"
        taken[name] = taken.get(name, 0) + 1
        found.append(Heading(at, f"{name} ({taken[name]})" if taken[name] > 1 else name, at in sheet.hidden_columns))
    return tuple(found)


def _lines(
    rows: Sequence[Sequence[Value]], row: int, headings: Sequence[Heading]
) -> tuple[list[Line], list[tuple[int, str]]]:
    lines: list[Line] = []
    left_out: list[tuple[int, str]] = []
    heads = _solid(rows[row]) if rows else ()
    for at in range(row + 1, len(rows)):
        cells = tuple(rows[at])
        there = [value for value in cells if value is not None]
        if not there:
            continue
        if _solid(cells) == heads:
            left_out.append((at + 1, "the headings again"))
        elif _is_total(there, len(headings)):
            left_out.append((at + 1, "a total"))
        else:
            lines.append(Line(at + 1, cells))
    return lines, left_out


def _solid(row: Sequence[Value]) -> tuple[Value, ...]:
    """A row without the empty cells at its end."""
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return tuple(row[:end])


def _is_total(there: Sequence[Value], width: int) -> bool:
    """'Total' or its like, and beside it nothing but figures."""
    if not isinstance(there[0], str) or not _TOTAL.match(there[0].strip()) or len(there) > max(2, width):
        return False
    words = [value for value in there if isinstance(value, str) and not re.fullmatch(r"[\d.,£%() -]+", value)]
    return len(words) <= 1
