"""Rows about a person, and rows whose period is over: emptied, deleted, or left without a name."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, Field, FileField, Model, QuerySet
from django.utils import timezone

from kithwork.core.keeping import ERASED, Then, Whose, Why
from kithwork.keeping.names import Names, without
from kithwork.keeping.reach import Gone, Reach, says_something, value_when_empty

_BATCH = 500
_AS_IT_IS = frozenset({Why.SAFEGUARDING, Why.REGISTER, Why.ACCOUNTS})


def erase_about(reach: Reach, whose: Whose, person: Model, names: Names, *, write: bool) -> Gone:
    """What the erasure of one person does with one model's rows about them. `write` False only counts."""
    rows = reach.about(whose, person)
    if reach.kept.then is Then.DELETED:
        return _delete(reach, rows, write=write)
    fields = reach.going()
    if not fields:
        return Gone(reach.model, reach.kept, stays=rows.count(), why=next(iter(reach.kept.stays.values()), None))
    others = set(rows.filter(reach.of_others(whose)).values_list("pk", flat=True))
    done = _empty(reach, rows.exclude(pk__in=others), fields, write=write)
    return replace(done, unnamed=_unname(reach, whose, others, names, write=write))


def erase_all_about(some: Iterable[Reach], whose: Whose, person: Model, names: Names, *, write: bool) -> list[Gone]:
    """The same with every model that has rows about somebody who is to us what `whose` says."""
    return [erase_about(reach, whose, person, names, write=write) for reach in some if whose in reach.kept.of]


def _unname(reach: Reach, whose: Whose, keys: set[int], names: Names, *, write: bool) -> int:
    """Rows whose words are somebody else's: what is this person's own goes, and their name is taken out of the rest."""
    rows = reach.model._default_manager.filter(pk__in=keys)
    own = reach.shared(whose)
    rest = [name for name in reach.texts if name not in {field.name for field in own}]
    told = set(rows.filter(says_something(reach, own)).values_list("pk", flat=True)) if own else set()
    if write and told:
        _put_empty(reach, rows, own)
    named = without(rows.exclude(pk__in=told), rest, names, near=True, write=write)
    if write and told:
        without(rows.filter(pk__in=told), rest, names, near=True, write=True)
    return len(told) + named


def take_names_out(reach: Reach, rows: QuerySet[Any], names: Names, *, write: bool, near: bool = False) -> Gone:
    """Take a whole name, an address or a number out of rows that are about others, but for what must stay as it is.
    `near`: each part of the name too.
    """
    fields = [name for name in reach.texts if reach.kept.stays.get(name) not in _AS_IT_IS]
    return Gone(reach.model, reach.kept, unnamed=without(rows, fields, names, near=near, write=write))


def period_over(reach: Reach, rows: QuerySet[Any], before: date, *, write: bool) -> Gone:
    """Empty or delete the rows whose period began before this day; of what goes with an erasure, all."""
    last: date | datetime = before
    if isinstance(_end_of(reach.model, reach.kept.since), DateTimeField):
        last = timezone.make_aware(datetime.combine(before, time.min))
    return end_of_period(reach, rows.filter(**{f"{reach.kept.since}__lt": last}), write=write)


def end_of_period(reach: Reach, rows: QuerySet[Any], *, write: bool) -> Gone:
    """Empty or delete rows whose period is over, as the caller has reckoned it."""
    if reach.kept.then is Then.DELETED:
        return _delete(reach, rows, write=write)
    fields = reach.going(period_over=True)
    return _empty(reach, rows, fields, write=write) if fields else Gone(reach.model, reach.kept)


def _end_of(model: type[Model], path: str) -> "Field[Any, Any]":
    here: Any = model
    *parts, last = path.split("__")
    for part in parts:
        here = here._meta.get_field(part).related_model
    found: Field[Any, Any] = here._meta.get_field(last)
    return found


def _delete(reach: Reach, rows: QuerySet[Any], *, write: bool) -> Gone:
    keys = list(rows.values_list("pk", flat=True))
    if write:
        for start in range(0, len(keys), _BATCH):
            batch = reach.model._default_manager.filter(pk__in=keys[start : start + _BATCH])
            _files(batch, reach.columns)
            batch.delete()
    return Gone(reach.model, reach.kept, deleted=len(keys))


def _empty(reach: Reach, rows: QuerySet[Any], fields: "list[Field[Any, Any]]", *, write: bool) -> Gone:
    keys = list(rows.filter(says_something(reach, fields)).values_list("pk", flat=True))
    if write:
        for start in range(0, len(keys), _BATCH):
            batch = reach.model._default_manager.filter(pk__in=keys[start : start + _BATCH])
            _files(batch, fields)
            _put_empty(reach, batch, fields)
    return Gone(reach.model, reach.kept, emptied=len(keys))


def _put_empty(reach: Reach, rows: QuerySet[Any], fields: "list[Field[Any, Any]]") -> None:
    """A text that a rule demands is marked only where it said something: there the rule asks for it."""
    values = {field.name: value_when_empty(field, reach.kept) for field in fields}
    marked = [name for name, value in values.items() if value == ERASED]
    for name in marked:
        rows.exclude(**{name: ""}).update(**{name: ERASED})
    if len(values) > len(marked):
        rows.update(**{name: value for name, value in values.items() if name not in marked})


def _files(rows: QuerySet[Any], fields: "list[Field[Any, Any]]") -> None:
    """Delete the files of rows once the transaction is committed; a fault then is logged."""
    for field in fields:
        if isinstance(field, FileField):
            for name in rows.exclude(**{field.name: ""}).values_list(field.name, flat=True):
                transaction.on_commit(_deleting(field.storage, name), robust=True)


def _deleting(storage: Any, name: str) -> Any:
    return lambda: storage.delete(name)
