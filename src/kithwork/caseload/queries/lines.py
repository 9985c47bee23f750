"""Things to do as short lines: many kinds of them in one query, each with how many there are and the first few.

A kind is a set of rows of any table, told in the same few columns (`Ask`). So a page with twenty kinds on it costs one
query, and brings no more rows into Python than it shows, were two thousand due.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Case, Count, DateField, F, IntegerField, OrderBy, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from kithwork.core.days import Period

__all__ = [
    "NO_DAY",
    "Ask",
    "Found",
    "Line",
    "Prepared",
    "all_of",
    "asked",
    "counts_of",
    "first_of",
    "lines_of",
    "number_of",
    "prepared",
]

NO_DAY = Cast(Value(None), DateField())
_TEXTS = ("name", "other", "ref", "key")
_COLUMNS = ("line_kind", "line_day", *(f"line_{one}" for one in _TEXTS))


@dataclass(frozen=True, slots=True)
class Ask:
    """One kind: a set of rows, and expressions over it.

    `name` and `other` are of people, `ref` and `key` go into the address; `day` is the day it is due, or since when it
    waits, or what `lasts` is added to; `late` says which rows are overdue: those, or those whose day lies
    before one (None: such a thing never is). `order` is
    how the first are chosen: by `day` where it is empty, those without one first.
    """

    rows: QuerySet[Any]
    name: Any
    ref: Any
    other: Any = ""
    key: Any = ""
    day: Any = NO_DAY
    lasts: Period | None = None
    late: Q | date | None = None
    order: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    day: date | None
    name: str
    other: str
    ref: str
    key: str


@dataclass(frozen=True, slots=True)
class Found:
    """How many there are of a kind, how many of them are late, and the first few."""

    total: int
    late: int
    lines: tuple[Line, ...]


def _told(ask: Ask, kind: str) -> QuerySet[Any]:
    """The rows of a kind in the columns all kinds share; still to be narrowed, ordered and cut."""
    # cast, for PostgreSQL wants the columns of a union alike
    texts = {one: getattr(ask, one) for one in _TEXTS}
    held = {f"line_{name}": Cast(Value(one) if one == "" else one, TextField()) for name, one in texts.items()}
    rows: QuerySet[Any] = ask.rows.order_by().annotate(
        line_kind=Value(str(kind), TextField()), line_day=Cast(ask.day, DateField()), **held
    )
    return rows


def _line(ask: Ask, row: Sequence[Any]) -> Line:
    day, *texts = row
    return Line(ask.lasts.after(day) if ask.lasts and day else day, *texts)


def lines_of(ask: Ask, rows: Iterable[Sequence[Any]]) -> list[Line]:
    """A page of `all_of`."""
    return [_line(ask, row) for row in rows]


def _order(ask: Ask) -> tuple[Any, ...]:
    return (*(ask.order or (F("line_day").asc(nulls_first=True),)), F("pk").asc())


def all_of(ask: Ask, words: str = "") -> QuerySet[Any, tuple[Any, ...]]:
    """Every row of one kind as (day, name, other, ref, key), in its order; with `words`, those with them in a name."""
    rows = _told(ask, "")
    for word in words.split():
        rows = rows.filter(Q(line_name__icontains=word) | Q(line_other__icontains=word))
    return rows.order_by(*_order(ask)).values_list(*_COLUMNS[1:])


def number_of(ask: Ask, words: str = "") -> int:
    """How many rows `all_of` gives. Names are joined only where words are looked for in them."""
    return (all_of(ask, words) if words.split() else ask.rows.order_by()).count()


def counts_of(asks: Mapping[Any, Ask]) -> dict[str, int]:
    """By kind: how many rows there are. One query for all."""
    parts = [
        ask.rows.order_by()
        .annotate(line_kind=Value(str(kind), TextField()))
        .values("line_kind")
        .annotate(line_total=Count("pk"))
        .values_list("line_kind", "line_total")
        for kind, ask in asks.items()
    ]
    found = dict(parts[0].union(*parts[1:], all=True)) if parts else {}
    return {kind: found.get(kind, 0) for kind in asks}


@dataclass(frozen=True, slots=True)
class Prepared:
    """The one query for many kinds, ready to be asked. To make it costs more than to ask it, so it may be kept for as
    long as the sets stay the same: they hold the service, its settings and the day.
    """

    sql: str
    params: tuple[Any, ...]
    asks: Mapping[Any, Ask]


def prepared(asks: Mapping[Any, Ask], most: int) -> Prepared:
    """The query for how many there are of each kind, how many of them are late, and the first `most`.

    Written by hand around each set: Django would wrap it once more, and write the expressions of a row again wherever a
    window uses them.
    """
    parts = [_placed(ask, str(kind), most) for kind, ask in asks.items()]
    sql = " UNION ALL ".join(part for part, _ in parts)
    return Prepared(sql, tuple(param for _, params in parts for param in params), dict(asks))


def _placed(ask: Ask, kind: str, most: int) -> tuple[str, tuple[Any, ...]]:
    late = (
        Case(When(ask.late, then=Value(1)), default=Value(0)) if isinstance(ask.late, Q) else Value(0, IntegerField())
    )
    by = {f"line_by_{at}": one if isinstance(one, OrderBy) else OrderBy(one) for at, one in enumerate(ask.order)}
    order = [f"{name}{' DESC' if one.descending else ''}" for name, one in by.items()] or ["line_day NULLS FIRST"]
    rows = _told(ask, kind).annotate(
        line_late=late, line_pk=F("pk"), **{name: one.expression for name, one in by.items()}
    )
    within, params = rows.values(*_COLUMNS, "line_late", "line_pk", *by).query.sql_with_params()
    columns = ", ".join(_COLUMNS)
    is_late, days = ("line_day < %s", (ask.late,)) if isinstance(ask.late, date) else ("line_late = 1", ())
    return (
        f"SELECT {columns}, line_total, line_lates, line_place FROM ("  # noqa: S608 - of our own names and Django's SQL
        f"SELECT {columns}, COUNT(*) OVER () AS line_total,"
        f" COUNT(CASE WHEN {is_late} THEN 1 END) OVER () AS line_lates,"
        f" ROW_NUMBER() OVER (ORDER BY {', '.join([*order, 'line_pk'])}) AS line_place FROM ({within}) AS told"
        ") AS placed WHERE line_place <= %s",
        (*days, *params, most),
    )


def asked(ready: Prepared) -> dict[str, Found]:
    """What a prepared query finds, by kind; only kinds that have rows."""
    held: dict[str, list[tuple[Any, ...]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(ready.sql, ready.params)
        for kind, day, *row in cursor.fetchall():
            # SQLite keeps days as text, and no field stands by to read them
            held.setdefault(kind, []).append((date.fromisoformat(day) if isinstance(day, str) else day, *row))
    found = {}
    for kind, rows in held.items():
        lines = tuple(_line(ready.asks[kind], row[:5]) for row in sorted(rows, key=lambda row: int(row[7])))
        found[kind] = Found(rows[0][5], int(rows[0][6] or 0), lines)
    return found


def first_of(asks: Mapping[Any, Ask], most: int) -> dict[str, Found]:
    """By kind, only kinds that have rows: how many, how many late, and the first `most`. One query for all."""
    return asked(prepared(asks, most)) if asks else {}
