"""Rules put into SQL: each set with what its rules want to know of a row as columns, and the counts over them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Case, DateField, Q, QuerySet, Value, When
from django.db.models.expressions import Col
from django.db.models.functions import Cast
from django.db.models.sql.datastructures import BaseTable

from kithwork.checks.rules import Rows, Rule
from kithwork.checks.someday import in_days, still_within
from kithwork.core.days import Period
from kithwork.core.readiness import WITHIN

Key = Any
WIDE = 7  # columns that one rule's counts take


@dataclass(slots=True)
class _Set:
    """A set on its way into the query: its columns, how often each rule's counts are taken of it, and of which rows a
    column is wanted at all.

    What costs a look into another table is looked up only where all rules that want it ask: nobody needs the last
    review of a match that is over. `asking` are those conditions of the rule at hand that its own row tells.
    """

    over: Rows
    made: dict[str, Callable[[Q], Any]] = field(default_factory=dict)
    names: dict[Any, str] = field(default_factory=dict)  # by what was asked for, so that it is read once
    wanted: dict[str, tuple[Q, ...]] = field(default_factory=dict)
    asking: tuple[Q, ...] = ()

    def among(self, conditions: tuple[Q, ...]) -> list[str]:
        """The conditions of a rule: what the row tells first, and the others of those rows alone."""
        plain = tuple(one for one in conditions if self._plain(one))
        self.asking = ()
        columns = [self.condition(one) for one in plain]
        self.asking = plain
        return columns + [self.condition(one) for one in conditions if one not in plain]

    def condition(self, condition: Q) -> str:
        """True or false, never NULL. By CASE, within which SQLite looks no further once the rest does not matter."""

        def made(wanted: Q) -> Any:
            return Case(When(wanted & condition, then=Value(True)), default=Value(False), output_field=BooleanField())

        return self._column(condition, made)

    def day(self, expression: Any) -> str:
        def made(wanted: Q) -> Any:
            day = Case(When(wanted, then=expression), output_field=DateField()) if wanted else expression
            return Cast(day, DateField())

        return self._column(expression, made)

    def columns(self) -> dict[str, Any]:
        found = {}
        for name, made in self.made.items():
            wanted = Q()
            for one in self.wanted[name]:
                wanted &= one
            found[name] = made(wanted)
        return found

    def _column(self, key: Any, made: Callable[[Q], Any]) -> str:
        if key not in self.names:
            name = self.names[key] = f"c{len(self.names)}"
            self.made[name], self.wanted[name] = made, self.asking
        name = self.names[key]
        self.wanted[name] = tuple(one for one in self.wanted[name] if one in self.asking)
        return connection.ops.quote_name(name)

    def _plain(self, condition: Q) -> bool:
        """Whether a row itself tells it: fields held against values."""
        for child in condition.children:
            if isinstance(child, Q):
                if not self._plain(child):
                    return False
                continue
            if not isinstance(child, tuple) or hasattr(child[1], "resolve_expression"):
                return False
            name = child[0].partition("__")[0]
            if name in self.over.rows.query.annotations and name not in self.over.once:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Statement:
    """One set with the counts of its rules, which are one row: in the order of `keys`, `WIDE` columns for each."""

    keys: Sequence[Key]
    made: str
    given: Sequence[Any]
    counts: str
    asked: Sequence[Any]

    @property
    def weight(self) -> int:
        return self.made.count("SELECT")


def stated(rules: Mapping[Key, Rule], keys: Sequence[Key], at: date) -> Statement | None:
    """The counts of rules over one set. None where nobody can be in the set."""
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
    return Statement(keys, made, given, ", ".join(counts), asked)


def _columns(held: _Set) -> tuple[str, Sequence[Any]]:
    """A row for each of the set, with the columns that are counted.

    What several of them start from (`Rows.once`) is read in a step of its own, before them: Django writes an annotation
    out wherever it is named, and a database works it out there each time.
    """
    columns, rows, over = held.columns(), held.over.rows.order_by(), held.over
    if not over.once:
        return _sql(rows.annotate(**columns).values_list("pk", *columns))
    then = rows.model._base_manager.order_by()
    table = then.query.get_initial_alias()
    for name, annotation in rows.query.annotations.items():
        kept = Col(table, _field(annotation.output_field, name)) if name in over.once else annotation
        then.query.annotations[name] = kept  # no `annotate`, which would take its columns for those of a new table
    then.query.set_annotation_mask(())
    then.query.alias_map[table] = BaseTable("once", table)
    sql, params = _sql(then.annotate(**columns).values_list("pk", *columns))
    quoted = connection.ops.quote_name
    names = (*(field.attname for field in rows.model._meta.concrete_fields), *over.once)
    first, more = _sql(rows.values_list(*(one for one in names if f"{quoted(table)}.{quoted(one)}" in sql)))
    return f"WITH once AS MATERIALIZED ({first}) {sql}", [*more, *params]  # all of it made by Django


def _sql(rows: QuerySet[Any, Any]) -> tuple[str, Sequence[Any]]:
    sql, params = rows.query.get_compiler(using=rows.db).as_sql()  # not by `connection`, a proxy that is slow to ask
    return sql, params


def _field(of: Any, name: str) -> Any:
    field = of.clone()
    field.set_attributes_from_name(name)
    return field


def _counts(rule: Rule, held: _Set, at: date) -> tuple[list[str], list[Any]]:
    """The counts of one rule over its set: all, failing, lapsing thrice, the first day, the last to leave."""
    among = " AND ".join(held.among(rule.among)) or "TRUE"
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
            all_params += [*params, _edge(rule.lasts, in_days(at, days))]
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
