"""Words this room shares: how a date stands, a value in a table of plain text, an answer of a form in words."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from kithwork.core.days import add_days
from kithwork.governance.due import SOON
from kithwork.web.kit.cards import Column, Kind, Link, StateTag
from kithwork.web.kit.cards import Value as Shown
from kithwork.web.templatetags.kit import longdate, waited


def standing(due: date | None, today: date, *, never: str = "Never done") -> StateTag:
    """How something with a date stands, in words: 'Overdue by 5 weeks', 'Due in 3 days', 'Fine until ...'."""
    if due is None:
        return StateTag(never, Kind.RED)
    if due < today:
        return StateTag(f"Overdue by {waited((today - due).days)}", Kind.RED)
    if due <= add_days(today, SOON):
        return StateTag("Due today" if due == today else f"Due in {waited((due - today).days)}", Kind.AMBER)
    return StateTag("Fine", Kind.GREEN)


def plain(value: object) -> str:
    """A cell of a table as a spreadsheet takes it."""
    match value:
        case None:
            return ""
        case StateTag():
            return str(value.word)
        case Link():
            return str(value.text)
        case bool():
            return "Yes" if value else "No"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def heads_of(columns: Sequence[Column | str]) -> list[str]:
    """A table's headers as a spreadsheet takes them."""
    return [column if isinstance(column, str) else str(column.text) for column in columns]


def said(field: forms.Field, value: Any) -> Shown | Sequence[Shown]:
    """What a form's field holds, in words; None is not given."""
    if value in (None, "", []):
        return None
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(field, forms.MultipleChoiceField | forms.ChoiceField):
        choices: Any = field.choices  # pairs: ours have no groups
        words = {str(key): str(text) for key, text in choices}
        return [words.get(str(one), str(one)) for one in (value if isinstance(value, list) else [value])]
    return value if isinstance(value, int | date) else str(value)


def dated(value: date | None) -> str:
    """'3 March 2027', or a dash."""
    return longdate(value) or "–"


def listing(words: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
