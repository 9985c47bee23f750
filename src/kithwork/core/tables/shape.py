"""What a file of tables is, once read: sheets of rows of plain values, and how they travel between two processes."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

ROWS = 100_000  # of one sheet
COLUMNS = 200
CELL = 10_000  # characters of one cell that are looked at


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that shows something but holds no value: `shown` in the sheet, and why it says nothing."""

    shown: str
    because: str


Value: TypeAlias = str | int | float | bool | date | Broken | None


@dataclass(frozen=True, slots=True)
class Span:
    """Cells merged into one. Rows and columns are counted from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, with every row from the first, blank ones too, so that row 0 here is row 1 there."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A file of tables. `notes` say what was found about its letters and separators, in whole sentences."""

    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


class Unreadable(Exception):
    """The file is no table that can be read; the text says why and what to do."""


def letter(column: int) -> str:
    """A column as a spreadsheet calls it: 0 is A, 26 is AA."""
    said, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        said = chr(65 + rest) + said
    return said


def packed(book: Book) -> dict[str, Any]:
    """As plain JSON values."""
    return {
        "notes": list(book.notes),
        "sheets": [
            {
                "name": sheet.name,
                "hidden": sheet.hidden,
                "hidden_columns": sorted(sheet.hidden_columns),
                "spans": [[one.top, one.left, one.bottom, one.right] for one in sheet.spans],
                "rows": [[_packed(value) for value in row] for row in sheet.rows],
            }
            for sheet in book.sheets
        ],
    }


def unpacked(told: dict[str, Any]) -> Book:
    """The book again. Raises ValueError, KeyError or TypeError for anything that `packed` did not make."""
    return Book(
        notes=tuple(str(note) for note in told["notes"]),
        sheets=tuple(
            Sheet(
                name=str(sheet["name"]),
                hidden=bool(sheet["hidden"]),
                hidden_columns=frozenset(int(at) for at in sheet["hidden_columns"]),
                spans=tuple(Span(*(int(at) for at in one)) for one in sheet["spans"]),
                rows=tuple(tuple(_unpacked(value) for value in row) for row in sheet["rows"]),
            )
            for sheet in told["sheets"]
        ),
    )


def _packed(value: Value) -> Any:
    if isinstance(value, Broken):
        return {"x": [value.shown, value.because]}
    return {"d": value.isoformat()} if isinstance(value, date) else value


def _unpacked(value: Any) -> Value:
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if "d" in value:
        return date.fromisoformat(value["d"])
    shown, because = value["x"]
    return Broken(str(shown), str(because))
