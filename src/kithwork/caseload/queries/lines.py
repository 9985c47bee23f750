"""Things to do as short lines: many kinds of them in one query, each with how many there are and the first few.

A kind is a set of rows of any table, told in the same few columns (`Ask`). So a page with twenty kinds on it costs one
query, and brings no more rows into Python than it shows, were two thousand due.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Case, Count, DateField, F, IntegerField, Q, QuerySet, Sum, TextField, Value, When, Window
from django.db.models.functions import Cast, RowNumber

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
    "prepared",
]

NO_DAY = Cast(Value(None), DateField())
_TEXTS = ("name", "other", "ref", "key")
_COLUMNS = ("line_kind", "line_day", *(f"line_{one}" for one in _TEXTS))


@dataclass(frozen=True, slots=True)
class Ask:
    """One kind: a set of rows, and expressions over it.

    `name` and `other` are of people, `ref` and `key` go into the address; `day` is the day it is due, or since when it
    waits, or what `lasts` is added to; `late` says which rows are overdue (None: such a thing never is). `order` is
    how the first are chosen: by `day` where it is empty, those without one first.
    """

    rows: QuerySet[Any]
    name: Any
    ref: Any
    other: Any = ""
    key: Any = ""
    day: Any = NO_DAY
    lasts: Period | None = None
    late: Q | None = None
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
    """The query for how many there are of each kind, how many of them are late, and the first `most`."""
    one = Value(1, IntegerField())
    parts = []
    for kind, ask in asks.items():
        late = Case(When(ask.late, then=one), default=Value(0)) if ask.late is not None else Value(0, IntegerField())
        parts.append(
            _told(ask, kind)
            .annotate(
                line_total=Window(Count("pk")),
                line_late=Window(Sum(late)),
                line_place=Window(RowNumber(), order_by=_order(ask)),
            )
            .filter(line_place__lte=most)
            .values_list(*_COLUMNS, "line_total", "line_late", "line_place")
        )
    sql, params = parts[0].union(*parts[1:], all=True).query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    return Prepared(sql, tuple(params), dict(asks))


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
