"""An answer to a scheme's question, as every desk shows it."""

from collections.abc import Sequence
from datetime import date

from kithwork.core.schemes import Edition, FieldKind, FormField
from kithwork.web.kit.cards import Value
from kithwork.web.templatetags.kit import longdate, pounds


def shown(field: FormField, value: object, edition: Edition) -> Value | Sequence[Value]:
    """A kept answer in words; several paragraphs or rows stand one under another, and None is not given."""
    if value in (None, "", []):
        return None
    match field.kind:
        case FieldKind.YESNO:
            return "Yes" if value is True else "No"
        case FieldKind.MONEY if isinstance(value, int):
            return pounds(value)
        case FieldKind.DATE:
            return _day(value)
        case FieldKind.LEVEL:
            return next((level.title for level in edition.levels if level.id == value), str(value))
        case FieldKind.LONG:
            return str(value).split("\n\n")
        case FieldKind.ROWS if isinstance(value, list):
            return [_row(field, row) for row in value]
        case _:
            return value if isinstance(value, int) else str(value)


def _row(field: FormField, row: dict[str, object]) -> str:
    """'A school in Kendal, developing, 3 March 2027'."""
    cells = ((column.kind, row.get(column.id)) for column in field.columns)
    return ", ".join(_day(cell) if kind is FieldKind.DATE else str(cell) for kind, cell in cells)


def _day(value: object) -> str:
    try:
        return longdate(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)
