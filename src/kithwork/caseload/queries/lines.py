"""Things to do as short lines: many kinds of them in one query, each with how many there are and the first few.

A kind is a set of rows of any table, told in the same few columns (`Ask`). So a page with twenty kinds on it costs one
query, and brings no more rows into Python than it shows, were two thousand due.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Case, DateField, F, IntegerField, OrderBy, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.db.models.sql.where import WhereNode

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


Stated = tuple[str, tuple[Any, ...]]  # a statement, and what is handed over with it


def counts_of(asks: Mapping[Any, Ask]) -> dict[Any, int]:
    """By kind: how many rows there are. One query for all."""
    found = counted(counting(asks)) if asks else {}
    return {kind: found[str(kind)] for kind in asks}


def counting(asks: Mapping[Any, Ask]) -> Stated:
    """The query for `counted`, which may be kept as a `Prepared` may."""
    parts: list[str] = []
    params: list[Any] = []
    for kind, ask in asks.items():
        within, given = ask.rows.order_by().values("pk").query.sql_with_params()
        parts.append(f"SELECT '{kind}', COUNT(*) FROM ({within}) AS told")  # noqa: S608 - of our own names and Django's
        params += given
    return _stated(" UNION ALL ".join(parts), tuple(params))


def counted(ready: Stated) -> dict[str, int]:
    """By kind: how many rows there are. One query for all."""
    with connection.cursor() as cursor:
        cursor.execute(*ready)
        return dict(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Prepared:
    """The query for many kinds, ready to be asked, and those for the words of a kind's rows, made when it is first
    found. To make them costs more than to ask them, so they may be kept for as long as the sets stay the same: they
    hold the service, its settings and the day.
    """

    sql: str
    params: tuple[Any, ...]
    asks: Mapping[str, Ask]
    most: int
    words: dict[str, tuple[str, tuple[Any, ...]]] = field(default_factory=dict)


def prepared(asks: Mapping[Any, Ask], most: int) -> Prepared:
    """The query for how many there are of each kind, how many of them are late, and the first `most`.

    Written by hand around each set, which is gone through once and without its names: those are looked up for the few
    that are shown. A window over each set would keep every row of it three times.
    """
    parts = [_placed(ask, str(kind), most) for kind, ask in asks.items()]
    sql, params = _stated(
        " UNION ALL ".join(part for part, _ in parts), tuple(param for _, params in parts for param in params)
    )
    return Prepared(sql, params, {str(kind): ask for kind, ask in asks.items()}, most)


def _placed(ask: Ask, kind: str, most: int) -> tuple[str, tuple[Any, ...]]:
    late = (
        Case(When(ask.late, then=Value(1)), default=Value(0)) if isinstance(ask.late, Q) else Value(0, IntegerField())
    )
    by: dict[str, Any] = {}
    order = [] if ask.order else ["line_day NULLS FIRST"]
    for at, given in enumerate(ask.order):
        one = given if isinstance(given, OrderBy) else OrderBy(given)
        name = "line_day" if one.expression == ask.day else f"line_by_{at}"
        if name != "line_day":  # not worked out twice
            by[name] = one.expression
        order.append(f"{name} DESC" if one.descending else name)
    rows = ask.rows.order_by().annotate(line_day=ask.day, line_late=late, line_pk=F("pk"), **by)
    within, params = rows.values("line_pk", "line_day", "line_late", *by).query.sql_with_params()
    is_late, days = ("line_day < %s", (ask.late,)) if isinstance(ask.late, date) else ("line_late = 1", ())
    first = ", ".join([*order, "line_pk"])
    return (
        f"SELECT '{kind}' AS line_kind, line_place, line_pk, line_day, line_total, line_lates FROM ("  # noqa: S608 - of our own names and Django's SQL
        f"WITH told AS ({within}) SELECT line_place, line_pk, line_day, line_total, line_lates FROM"
        f" (SELECT line_pk, line_day, ROW_NUMBER() OVER (ORDER BY {first}) AS line_place FROM"
        f" (SELECT * FROM told ORDER BY {first} LIMIT {most}) AS few) AS placed,"
        f" (SELECT COUNT(*) AS line_total, COUNT(CASE WHEN {is_late} THEN 1 END) AS line_lates FROM told) AS counted"
        ") AS kind_of_line",
        (*params, *days),
    )


def _stated(sql: str, params: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    """On SQLite, with what it is asked about written into it: the indexes of the few that wait for something are found
    by that alone, and a statement with placeholders would be planned anew each time to find them.
    """
    if connection.vendor != "sqlite":
        return sql, params
    parts = re.split("(?<!%)%s", sql)
    said = [_literal(param) for param in params]
    stated = "".join(part + word for part, word in zip(parts, [*(word or "%s" for word in said), ""], strict=True))
    return stated, tuple(param for param, word in zip(params, said, strict=True) if word is None)


def _literal(param: object) -> str | None:
    """A value as SQL; None for one that had better be handed over."""
    match param:
        case bool() | int():
            return str(int(param))
        case date() if not isinstance(param, datetime):
            return f"'{param.isoformat()}'"
        case str() if param.isascii() and param.isprintable():
            return "'" + param.replace("'", "''").replace("%", "%%") + "'"
        case _:
            return None


def asked(ready: Prepared) -> dict[str, Found]:
    """What a prepared query finds, by kind; only kinds that have rows. Two queries, or one where nothing is found."""
    held: dict[str, list[tuple[Any, ...]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(ready.sql, ready.params)
        for kind, *row in cursor.fetchall():
            held.setdefault(kind, []).append(tuple(row))
    words = _words(ready, {kind: [row[1] for row in rows] for kind, rows in held.items()})
    found = {}
    for kind, rows in held.items():
        lines = []
        for _, pk, day, *_ in sorted(rows):
            # SQLite keeps days as text, and no field stands by to read them
            on = date.fromisoformat(day) if isinstance(day, str) else day
            if (kind, pk) in words:  # else it was done a moment ago
                lines.append(_line(ready.asks[kind], (on, *words[kind, pk])))
        found[kind] = Found(rows[0][3], rows[0][4], tuple(lines))
    return found


def _words(ready: Prepared, wanted: Mapping[str, Sequence[int]]) -> dict[tuple[str, int], Sequence[str]]:
    """By kind and primary key: the texts of these rows. One query, none where nothing is wanted."""
    parts: list[str] = []
    params: list[Any] = []
    for kind, pks in wanted.items():
        if kind not in ready.words:
            ready.words[kind] = _worded(ready.asks[kind], kind, ready.most)
        sql, given = ready.words[kind]
        parts.append(sql)
        params += [*given, *pks, *list(pks[:1]) * (ready.most - len(pks))]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return {(kind, pk): texts for kind, pk, *texts in cursor.fetchall()}


def _worded(ask: Ask, kind: str, most: int) -> tuple[str, tuple[Any, ...]]:
    """The texts of rows of a kind; so many primary keys are to be handed over after what it is told with."""
    rows = _told(ask, kind).annotate(line_pk=F("pk")).values("line_kind", "line_pk", *_COLUMNS[2:])
    rows.query.where = WhereNode()  # which rows they are is known by now
    sql, params = _stated(*rows.query.sql_with_params())
    places = ", ".join(["%s"] * most)
    return f"SELECT * FROM ({sql}) AS told WHERE line_pk IN ({places})", params  # noqa: S608 - of Django's SQL


def first_of(asks: Mapping[Any, Ask], most: int) -> dict[str, Found]:
    """By kind, only kinds that have rows: how many, how many late, and the first `most`. Two queries for all."""
    return asked(prepared(asks, most)) if asks else {}
