"""The rows behind a figure: who they are, whether it holds for each, in what order."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, DateField, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from kithwork.checks.rules import Behind, Rule, Told
from kithwork.core.days import still_within


def behind(rule: Rule | Told, at: date, *, failing: bool | None = None) -> Any:
    """Every row a rule asks about as (ref, label, other, holds, day), those that fail first, and among them the oldest
    day first; with `failing`, only those that do, or do not. A queryset of tuples where it may be long, so that a page
    takes what it shows, a list of `Behind` where it is short; read either with `told`.
    """
    if isinstance(rule, Told):
        handful = [
            Behind(row.ref, row.label, "", row.holds and (row.until is None or row.until >= at), row.until)
            for row in rule.rows
        ]
        return [row for row in sorted(handful, key=lambda row: row.holds) if failing is None or row.holds != failing]
    rows: QuerySet[Any] = rule.over.rows.order_by().filter(*rule.among)
    good, day = Q(), Cast(Value(None), DateField())
    if rule.day is not None:
        day = Cast(rule.day, DateField())
        edge = at if rule.lasts is None else still_within(rule.lasts, at)
        good &= Q(row_day__gte=edge) | Q(row_day__isnull=True) if rule.endless else Q(row_day__gte=edge)
    if rule.holds is not None:
        good &= Q(row_holds_=True)
        rows = rows.annotate(row_holds_=Case(When(rule.holds, then=Value(True)), default=Value(False)))
    found = rows.annotate(
        row_ref=Cast(rule.over.ref, TextField()),
        row_label=Cast(rule.over.label, TextField()),
        row_other=Cast(rule.over.other, TextField()),
        row_day=day,
    )
    whether = Case(When(good, then=Value(True)), default=Value(False)) if good else Value(True)
    found = found.annotate(row_good=Cast(whether, BooleanField()))
    if failing is not None:
        found = found.filter(row_good=not failing)
    found = found.order_by("row_good", F("row_day").asc(nulls_first=True), "row_label", "pk")
    return found.values_list("row_ref", "row_label", "row_other", "row_good", "row_day")


def told(rule: Rule | Told, rows: Any) -> Iterator[Behind]:
    """Rows of `behind`, or a page of them, with the last day on which each held or holds."""
    for row in rows:
        if isinstance(row, Behind):
            yield row
            continue
        ref, label, other, good, day = row
        lasts = rule.lasts if isinstance(rule, Rule) else None
        yield Behind(ref, label, other, good, lasts.after(day) if lasts and day else day)
