"""All rules in a handful of queries: each set is read once, with what its rules want to know of a row as columns, and
then counted once for all of them. The database keeps the set meanwhile, so no latest contact is looked up twice.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Case, DateField, Q, Value, When
from django.db.models.functions import Cast

from kithwork.checks.rules import Rows, Rule, TellRow, Told
from kithwork.core.days import Period, add_days, still_within
from kithwork.core.readiness import WITHIN, Answer

Key = Any
_WIDE = 7  # columns that one rule's counts take
_MOST_RULES = 200  # in one query: PostgreSQL gives no more than 1,664 columns
_HEAVY = 40  # SELECTs in one query


def ask(rules: Mapping[Key, Rule | Told], at: date) -> dict[Key, Answer]:
    """What each rule finds, by its key. One query for all that are not told already, or a few where there are many."""
    found = {key: _told(rule.rows, at) for key, rule in rules.items() if isinstance(rule, Told)}
    asked = {key: rule for key, rule in rules.items() if isinstance(rule, Rule)}
    return {**found, **_counted(asked, at)} if asked else found


def _told(rows: Sequence[TellRow], at: date) -> Answer:
    good = [row for row in rows if row.holds and (row.until is None or row.until >= at)]
    ends = [row.until for row in good if row.until is not None]
    return Answer(
        total=len(rows),
        failing=len(rows) - len(good),
        lapsing=_three(sum(day < add_days(at, days) for day in ends) for days in WITHIN),
        until=min(ends, default=None),
    )


def _three(numbers: Any) -> tuple[int, int, int]:
    first, second, third = numbers
    return first, second, third


@dataclass(slots=True)
class _Set:
    """A set on its way into the query: its columns, and how often each rule's counts are taken of it."""

    over: Rows
    columns: dict[str, Any] = field(default_factory=dict)
    names: dict[Any, str] = field(default_factory=dict)  # by what was asked for, so that it is read once

    def condition(self, condition: Q) -> str:
        """True or false, never NULL. By CASE, within which SQLite looks no further once the rest does not matter."""
        told = When(condition, then=Value(True))
        return self._column(condition, lambda: Case(told, default=Value(False), output_field=BooleanField()))

    def day(self, expression: Any) -> str:
        return self._column(expression, lambda: Cast(expression, DateField()))

    def _column(self, key: Any, made: Callable[[], Any]) -> str:
        if key not in self.names:
            self.names[key] = f"c{len(self.names)}"
            self.columns[self.names[key]] = made()
        return connection.ops.quote_name(self.names[key])


@dataclass(frozen=True, slots=True)
class _Statement:
    """One set with the counts of its rules, which are one row: in the order of `keys`, `_WIDE` columns for each."""

    keys: Sequence[Key]
    made: str
    given: Sequence[Any]
    counts: str
    asked: Sequence[Any]

    @property
    def weight(self) -> int:
        return self.made.count("SELECT")


def _counted(rules: Mapping[Key, Rule], at: date) -> dict[Key, Answer]:
    sets: dict[str, list[Key]] = {}
    for key, rule in rules.items():
        sets.setdefault(rule.over.name, []).append(key)
    found = {key: Answer(0, 0) for key in rules}
    statements = [
        made
        for all_keys in sets.values()
        for start in range(0, len(all_keys), _MOST_RULES)
        if (made := _stated(rules, all_keys[start : start + _MOST_RULES], at))
    ]
    with connection.cursor() as cursor:
        for together in _together(statements):
            sql, params = _said(together)
            cursor.execute(sql, params)
            row = cursor.fetchone()
            for number, key in enumerate(key for one in together for key in one.keys):
                total, failing, one, two, three, first, last = row[number * _WIDE : (number + 1) * _WIDE]
                found[key] = _answer(rules[key], total, failing, (one, two, three), _day(first), _day(last))
    return found


def _stated(rules: Mapping[Key, Rule], keys: Sequence[Key], at: date) -> _Statement | None:
    """None where nobody can be in the set."""
    held = _Set(rules[keys[0]].over)
    counts: list[str] = []
    asked: list[Any] = []
    for key in keys:
        columns, params = _counts(rules[key], held, at)
        counts += columns
        asked += params
    try:
        made, given = _columns(held)
    except EmptyResultSet:
        return None
    return _Statement(keys, made, given, ", ".join(counts), asked)


def _together(statements: Sequence[_Statement]) -> Iterator[list[_Statement]]:
    """Small sets in one query, a large one in its own: on SQLite all sets of an edition in one query took 1.6 times as
    long as each by itself, with the same plans.
    """
    together: list[_Statement] = []
    for one in statements:
        if together and (
            sum(other.weight for other in (*together, one)) > _HEAVY
            or sum(len(other.keys) for other in (*together, one)) > _MOST_RULES
        ):
            yield together
            together = []
        together.append(one)
    if together:
        yield together


def _said(statements: Sequence[_Statement]) -> tuple[str, list[Any]]:
    sets = ", ".join(f"s{place} AS MATERIALIZED ({one.made})" for place, one in enumerate(statements))
    # no value stands in the text: all of it is made by Django or here
    counts = ", ".join(f"(SELECT {one.counts} FROM s{place}) n{place}" for place, one in enumerate(statements))  # noqa: S608
    params = [value for one in statements for value in one.given]
    params += [value for one in statements for value in one.asked]
    return f"WITH {sets} SELECT * FROM {counts}", params  # noqa: S608


def _columns(held: _Set) -> tuple[str, Sequence[Any]]:
    rows = held.over.rows.order_by().annotate(**held.columns).values_list("pk", *held.columns)
    sql, params = rows.query.get_compiler(using=rows.db).as_sql()  # not by `connection`, a proxy that is slow to ask
    return sql, params


def _counts(rule: Rule, held: _Set, at: date) -> tuple[list[str], list[Any]]:
    """The counts of one rule over its set: all, failing, lapsing thrice, the first day, the last to leave."""
    among = " AND ".join(held.condition(one) for one in rule.among) or "TRUE"
    fails: list[str] = []
    params: list[Any] = []
    if rule.holds is not None:
        fails.append(f"NOT {held.condition(rule.holds)}")
    day = ""
    if rule.day is not None:
        day = held.day(rule.day)
        late = f"{day} < %s"
        fails.append(f"COALESCE({late}, FALSE)" if rule.endless else f"COALESCE({late}, TRUE)")
        params.append(_edge(rule.lasts, at))
    failing = f"{among} AND ({' OR '.join(fails) or 'FALSE'})"
    holding = f"{among} AND NOT ({' OR '.join(fails) or 'FALSE'})"
    columns, all_params = [f"COUNT(CASE WHEN {among} THEN 1 END)"], []
    columns.append(f"COUNT(CASE WHEN {failing} THEN 1 END)")
    all_params += params
    for days in WITHIN:
        if day:
            columns.append(f"COUNT(CASE WHEN {holding} AND {day} < %s THEN 1 END)")
            all_params += [*params, _edge(rule.lasts, add_days(at, days))]
        else:
            columns.append("0")
    none = f"CAST(NULL AS {'date' if connection.vendor == 'postgresql' else 'text'})"
    columns.append(f"MIN(CASE WHEN {holding} THEN {day} END)" if day else none)
    all_params += params if day else []
    if rule.leaves is not None:
        leaves = held.day(rule.leaves)
        stays = f"COUNT(CASE WHEN {failing} AND {leaves} IS NULL THEN 1 END)"
        columns.append(f"CASE WHEN {stays} = 0 THEN MAX(CASE WHEN {failing} THEN {leaves} END) END")
        all_params += [*params, *params]
    else:
        columns.append(none)
    return columns, all_params


def _edge(lasts: Period | None, at: date) -> Any:
    """Whatever was done before this day has run out by `at`."""
    return connection.ops.adapt_datefield_value(at if lasts is None else still_within(lasts, at))


def _day(value: Any) -> date | None:
    """SQLite keeps days as text, and no field stands by to read them."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _answer(
    rule: Rule, total: int, failing: int, lapsing: tuple[int, int, int], first: date | None, last: date | None
) -> Answer:
    until = first if first is None or rule.lasts is None else rule.lasts.after(first)
    heals = None
    if last is not None and rule.window is not None:
        heals = rule.window.after(last)  # the year that ends on that day begins on the day after `last`
        if rule.window.before(heals) < last:  # 29 February
            heals = add_days(heals, 1)
    return Answer(total, failing, lapsing, until, heals)
