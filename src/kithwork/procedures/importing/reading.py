"""From a table to rows of values: which column fills which field, and what is wrong with a cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kithwork.core.tables import Field, Heading, Kind, Line, Slip, Table, day_first, letter, plain, value_of

# 'Name' over 'First name' and 'Surname' says nothing that they do not; 'Emergency contact' over 'Name' does
_EMPTY_GROUPS = frozenset(
    {
        "name",
        "details",
        "contact",
        "contact details",
        "personal details",
        "mentee",
        "mentor",
        "dates",
        "about",
        "about them",
        "person",
        "address",
        "volunteer",
        "client",
        "enw",
    }
)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong with one cell, or one row where `column` is empty. `row` is the sheet's, `column` its letter."""

    row: int
    column: str
    heading: str
    message: str

    def __str__(self) -> str:
        return f"{self.row}: {' '.join(part for part in (self.column, self.heading) if part) or '-'}: {self.message}"


@dataclass(slots=True)
class Row:
    """One row of sound values, by field; fields that are empty are missing."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Read:
    """What a table gives: sound rows, faults of the others, and what should be known about the reading."""

    rows: list[Row]
    faults: list[Fault]
    notes: list[str]
    where: dict[str, tuple[str, str]]  # field -> its column's letter and heading


def vocabulary(fields: Sequence[Field]) -> frozenset[str]:
    """Every heading that is known, as `plain` writes them."""
    return frozenset(plain(said) for one in fields for said in one.known)


def guessed(fields: Sequence[Field], table: Table) -> dict[str, str]:
    """Field -> heading, where a heading means a field for certain; the first column of each, visible ones before."""
    meant = {plain(said): one.name for one in fields for said in reversed(one.known)}
    found: dict[str, str] = {}
    for heading in sorted(table.headings, key=lambda one: (one.hidden, one.at)):
        group, _, tail = heading.name.rpartition(": ")
        name = meant.get(plain(heading.name))
        if name is None and tail and plain(group) in _EMPTY_GROUPS:
            name = meant.get(plain(tail))
        if name:
            found.setdefault(name, heading.name)
    if "given" in found or "family" in found:
        whole = found.get("name", "")
        if whole and plain(whole) in ("name", "enw"):
            del found["name"]
    return found


def missing(fields: Sequence[Field], mapping: Mapping[str, str]) -> list[str]:
    """Labels of fields that every row needs and no column fills."""
    named = "given" in mapping or "family" in mapping
    return [
        one.label for one in fields if one.needed and one.name not in mapping and not (one.name == "name" and named)
    ]


def read(fields: Sequence[Field], table: Table, mapping: Mapping[str, str], today: date) -> Read:
    """Each row of a table as values; one with a faulty cell is among the faults alone. `mapping`: field -> heading."""
    headings = {one.name: one for one in table.headings}
    columns = [
        _Column(one, headings[mapping[one.name]], _first(one, table, headings[mapping[one.name]]))
        for one in fields
        if mapping.get(one.name) in headings
    ]
    where = {column.field.name: (letter(column.heading.at), column.heading.name) for column in columns}
    found = Read([], [], [_month_first(column) for column in columns if not column.first], where)
    for line in table.lines:
        row, faults = _row(line, columns, today)
        if not row.values and not faults:
            continue
        found.faults += faults
        if not faults:
            found.rows.append(row)
    return found


@dataclass(frozen=True, slots=True)
class _Column:
    field: Field
    heading: Heading
    first: bool  # dates in figures write the day first


def _first(one: Field, table: Table, heading: Heading) -> bool:
    return one.kind is not Kind.DAY or day_first(line.cell(heading.at) for line in table.lines)


def _month_first(column: _Column) -> str:
    return f"The dates of ‘{column.heading.name}’ were read with the month first, as 3/25/2026."


def _row(line: Line, columns: Sequence[_Column], today: date) -> tuple[Row, list[Fault]]:
    row, faults = Row(line.number), []
    for column in columns:
        try:
            value = value_of(column.field, line.cell(column.heading.at), today, first=column.first)
        except Slip as slip:
            faults.append(Fault(line.number, letter(column.heading.at), column.heading.name, str(slip)))
            continue
        if value not in (None, "", []):
            row.values[column.field.name] = value
        elif column.field.needed and any(cell is not None for cell in line.cells):
            said = f"Empty, and {column.field.label.lower()} is needed."
            faults.append(Fault(line.number, letter(column.heading.at), column.heading.name, said))
    return row, faults
