"""Mentees and mentors out of CSV, and pairs into it. `docs/matching.md` lists the columns.

Words are compared without regard to case and doubled spaces; the spelling that comes first is shown.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any, TypeVar

from kithwork.core.matching.people import Mentee, Mentor, Rules
from kithwork.core.tables import NoDay, Unreadable, day_first, day_of, safe, unsafe
from kithwork.core.tables.delimited import decoded

BOTH = ("id", "name", "lat", "lon", "interests", "languages", "availability", "gender", "not_with")
MENTEES = (*BOTH, "needs", "waiting_since", "wants_gender")
MENTORS = (*BOTH, "skills", "capacity", "max_km", "line_manages")
PLACES = 100  # a mentor has no more
AROUND = 20_000  # km: the Earth's other side

P = TypeVar("P", Mentee, Mentor)


class Mistaken(ValueError):
    """Tables that cannot be used; `mistakes` say where and what to do, in order."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


@dataclass(slots=True)
class _Table:
    """One file as it is read: its rows, and what was found wrong."""

    name: str
    rows: list[tuple[int, dict[str, str]]]
    day_first: bool
    today: date
    extra: tuple[str, ...]
    spelled: dict[str, str]
    mistakes: list[str] = field(default_factory=list)

    def wrong(self, line: int, column: str, what: str) -> None:
        self.mistakes.append(f"{self.name}, line {line}, {column}: {what}")


def read_people(
    mentees: tuple[str, bytes], mentors: tuple[str, bytes], rules: Rules, today: date
) -> tuple[list[Mentee], list[Mentor], list[str]]:
    """Everybody in two files, each given by name and bytes, in order of id; and what should be looked at besides.

    Raises Mistaken with every bad row of both.
    """
    spelled: dict[str, str] = {}
    notes: list[str] = []
    mistakes: list[str] = []
    tables = []
    for (name, data), columns in ((mentees, MENTEES), (mentors, MENTORS)):
        try:
            tables.append(_table(name, data, columns, rules, today, spelled, notes))
        except Mistaken as mistaken:
            mistakes += mistaken.mistakes
    if mistakes:
        raise Mistaken(mistakes)
    ours, theirs = _people(tables[0], _mentee), _people(tables[1], _mentor)
    if mistakes := [*tables[0].mistakes, *tables[1].mistakes]:
        raise Mistaken(mistakes)
    notes += _strangers(tables[0].name, "not_with", ours, lambda one: one.not_with, theirs)
    notes += _strangers(tables[1].name, "not_with", theirs, lambda one: one.not_with, ours)
    notes += _strangers(tables[1].name, "line_manages", theirs, lambda one: one.line_manages, ours)
    return ours, theirs, notes


def write_rows(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV that a spreadsheet opens without running anything."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _table(
    name: str, data: bytes, known: Sequence[str], rules: Rules, today: date, spelled: dict[str, str], notes: list[str]
) -> _Table:
    try:
        text, coded = decoded(data)
    except Unreadable as unreadable:
        raise Mistaken([f"{name}: {unreadable}"]) from None
    if coded:
        notes.append(f"{name}: {coded}")
    between = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    try:
        lines = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error:
        raise Mistaken([f"{name}, line {reader.line_num}: perhaps a quotation mark is not closed."]) from None
    lines = [(line, row) for line, row in lines if any(row)]
    if not lines:
        raise Mistaken([f"{name}: there is nothing in it. The first line names the columns: {', '.join(known)}."])
    heading = [one.casefold().replace(" ", "_") for one in lines[0][1]]
    if "id" not in heading:
        raise Mistaken([f"{name}, line 1: there is no column 'id'. It tells people apart; name one so."])
    if twice := sorted({one for one in heading if one and heading.count(one) > 1}):
        raise Mistaken([f"{name}, line 1: there are two columns '{twice[0]}'. Delete or rename one."])
    extra = tuple(one for one in rules.tags if one in heading and one not in known)
    for column in heading:
        if column and column not in known and column not in extra:
            close = get_close_matches(column, known, n=1)
            meant = f" Was '{close[0]}' meant?" if close else ""
            notes.append(f"{name}: the column '{column}' is not used; the rules do not name it.{meant}")
    rows = []
    mistakes = []
    for line, row in lines[1:]:
        if len(row) > len(heading) and any(row[len(heading) :]):
            mistakes.append(f"{name}, line {line}: there are more cells than columns. Put lists into quotation marks.")
        rows.append((line, {column: unsafe(cell) for column, cell in zip(heading, row, strict=False) if column}))
    since = [cells.get("waiting_since", "") for _, cells in rows]
    return _Table(name, rows, day_first(since), today, extra, spelled, mistakes)


def _people(table: _Table, make: "Callable[[_Table, int, Mapping[str, str]], P]") -> list[P]:
    found: dict[str, tuple[int, P]] = {}
    for line, cells in table.rows:
        person = make(table, line, cells)
        if not person.id:
            table.wrong(line, "id", "it is empty. Give everybody an id of their own.")
        elif person.id in found:
            table.wrong(line, "id", f"'{person.id}' stands in line {found[person.id][0]} too. Each needs an own id.")
        else:
            found[person.id] = line, person
    return [found[key][1] for key in sorted(found)]


def _mentee(table: _Table, line: int, cells: Mapping[str, str]) -> Mentee:
    return Mentee(
        **_someone(table, line, cells),
        needs=_words(table, cells, "needs"),
        waiting_since=_day(table, line, cells, "waiting_since"),
        wants_gender=cells.get("wants_gender", ""),
    )


def _mentor(table: _Table, line: int, cells: Mapping[str, str]) -> Mentor:
    room = _number(table, line, cells, "capacity", 0, PLACES, "Write a whole number of places, such as 2.")
    if room is not None and room != int(room):
        table.wrong(line, "capacity", f"'{cells['capacity']}' is not whole. Write a number of places, such as 2.")
    return Mentor(
        **_someone(table, line, cells),
        skills=_words(table, cells, "skills"),
        capacity=1 if room is None else int(room),
        max_km=_number(table, line, cells, "max_km", 0, AROUND, "Write kilometres, such as 15."),
        line_manages=_ids(cells, "line_manages"),
    )


def _someone(table: _Table, line: int, cells: Mapping[str, str]) -> dict[str, Any]:
    lat = _number(table, line, cells, "lat", -90, 90, "Write degrees north, such as 51.5.")
    lon = _number(table, line, cells, "lon", -180, 180, "Write degrees east, such as -0.12.")
    if bool(cells.get("lat")) != bool(cells.get("lon")):
        missing = "lon" if cells.get("lat") else "lat"
        table.wrong(line, missing, "it is empty. A place is told by both, or by neither.")
    return {
        "id": cells.get("id", ""),
        "name": cells.get("name", ""),
        "lat": lat,
        "lon": lon,
        "interests": _words(table, cells, "interests"),
        "languages": _words(table, cells, "languages"),
        "availability": _words(table, cells, "availability"),
        "gender": cells.get("gender", ""),
        "not_with": _ids(cells, "not_with"),
        "tags": {column: _words(table, cells, column) for column in table.extra},
    }


def _words(table: _Table, cells: Mapping[str, str], column: str) -> frozenset[str]:
    parts = (" ".join(part.split()) for part in cells.get(column, "").split(";"))
    return frozenset(table.spelled.setdefault(part.casefold(), part) for part in parts if part)


def _ids(cells: Mapping[str, str], column: str) -> frozenset[str]:
    return frozenset(part.strip() for part in cells.get(column, "").split(";") if part.strip())


def _number(
    table: _Table, line: int, cells: Mapping[str, str], column: str, low: float, high: float, wanted: str
) -> float | None:
    text = cells.get(column, "")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        table.wrong(line, column, f"'{text}' is no number. {wanted}")
        return None
    if not low <= number <= high:
        table.wrong(line, column, f"'{text}' is not from {low} to {high}. {wanted}")
        return None
    return number


def _day(table: _Table, line: int, cells: Mapping[str, str], column: str) -> date | None:
    text = cells.get(column, "")
    if not text:
        return None
    try:
        return day_of(text, table.today, first=table.day_first)
    except NoDay as fault:
        table.wrong(line, column, str(fault))
        return None


def _strangers(
    name: str, column: str, people: Sequence[P], named: Callable[[P], frozenset[str]], others: Sequence[Any]
) -> list[str]:
    """Ids that nobody has: a slip there would undo a veto without a word."""
    known = {one.id for one in others}
    unknown = sorted({other for one in people for other in named(one)} - known)
    if not unknown:
        return []
    more = f" and {len(unknown) - 3} more" if len(unknown) > 3 else ""
    return [f"{name}, {column}: nobody in the other file is called {', '.join(unknown[:3])}{more}."]
