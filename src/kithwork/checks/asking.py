"""All rules in a handful of queries: each set is read once, with what its rules want to know of a row as columns, and
then counted once for all of them. The database keeps the set meanwhile, so no latest contact is looked up twice.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from kithwork.checks.rules import Rule, TellRow, Told
from kithwork.checks.stating import WIDE, Key, Statement, stated
from kithwork.core.days import Period, add_days
from kithwork.core.readiness import WITHIN, Answer

_MOST_RULES = 200  # in one query: PostgreSQL gives no more than 1,664 columns
_HEAVY = 40  # SELECTs in one query


@dataclass(frozen=True, slots=True)
class Query:
    """The SQL of some sets, and whose counts its one row holds."""

    sql: str
    params: Sequence[Any]
    keys: Sequence[Key]


@dataclass(frozen=True, slots=True)
class Asking:
    """Rules in SQL, ready to be asked, as often as wanted. Each stands with how long what it counts from lasts, and
    the window out of which its failing rows fall.
    """

    queries: Sequence[Query]
    rules: Mapping[Key, tuple[Period | None, Period | None]]

    def answers(self, fill: Callable[[Any], Any] | None = None) -> dict[Key, Answer]:
        """What each rule finds. `fill` makes of a parameter what is to be asked with, where it was left open."""
        found = {key: Answer(0, 0) for key in self.rules}
        with connection.cursor() as cursor:
            for query in self.queries:
                cursor.execute(query.sql, [*map(fill, query.params)] if fill else query.params)
                row = cursor.fetchone()
                for number, key in enumerate(query.keys):
                    counts = row[number * WIDE : (number + 1) * WIDE]
                    found[key] = _answer(*self.rules[key], *counts)
        return found


def ask(rules: Mapping[Key, Rule | Told], at: date) -> dict[Key, Answer]:
    """What each rule finds, by its key. One query for all that are not told already, or a few where there are many."""
    found = {key: _told(rule.rows, at) for key, rule in rules.items() if isinstance(rule, Told)}
    asked = {key: rule for key, rule in rules.items() if isinstance(rule, Rule)}
    return {**found, **asking(asked, at).answers()} if asked else found


def asking(rules: Mapping[Key, Rule], at: date) -> Asking:
    """Rules put into SQL. On a day that is not settled (`Someday`) the parameters are left open."""
    sets: dict[str, list[Key]] = {}
    for key, rule in rules.items():
        sets.setdefault(rule.over.name, []).append(key)
    statements = [
        made
        for all_keys in sets.values()
        for start in range(0, len(all_keys), _MOST_RULES)
        if (made := stated(rules, all_keys[start : start + _MOST_RULES], at))
    ]
    return Asking(
        [_said(together) for together in _together(statements)],
        {key: (rule.lasts, rule.window) for key, rule in rules.items()},
    )


def _told(rows: Sequence[TellRow], at: date) -> Answer:
    good = [row for row in rows if row.holds and (row.until is None or row.until >= at)]
    ends = [row.until for row in good if row.until is not None]
    first, second, third = (sum(day < add_days(at, days) for day in ends) for days in WITHIN)
    return Answer(
        total=len(rows),
        failing=len(rows) - len(good),
        lapsing=(first, second, third),
        until=min(ends, default=None),
    )


def _together(statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Small sets in one query, a large one in its own: on SQLite all sets of an edition in one query took 1.6 times as
    long as each by itself, with the same plans.
    """
    together: list[Statement] = []
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


def _said(statements: Sequence[Statement]) -> Query:
    sets = ", ".join(f"s{place} AS MATERIALIZED ({one.made})" for place, one in enumerate(statements))
    # no value stands in the text: all of it is made by Django or here
    counts = ", ".join(f"(SELECT {one.counts} FROM s{place}) n{place}" for place, one in enumerate(statements))  # noqa: S608
    params = [value for one in statements for value in one.given]
    params += [value for one in statements for value in one.asked]
    keys = [key for one in statements for key in one.keys]
    return Query(f"WITH {sets} SELECT * FROM {counts}", params, keys)  # noqa: S608


def _day(value: Any) -> date | None:
    """SQLite keeps days as text, and no field stands by to read them."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _answer(
    lasts: Period | None,
    window: Period | None,
    total: int,
    failing: int,
    one: int,
    two: int,
    three: int,
    first: Any,
    last: Any,
) -> Answer:
    first, last = _day(first), _day(last)
    until = first if first is None or lasts is None else lasts.after(first)
    heals = None
    if last is not None and window is not None:
        heals = window.after(last)  # the year that ends on that day begins on the day after `last`
        if window.before(heals) < last:  # 29 February
            heals = add_days(heals, 1)
    return Answer(total, failing, (one, two, three), until, heals)
