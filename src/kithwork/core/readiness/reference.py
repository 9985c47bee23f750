"""The page of all checks, told from the catalogue: docs/reference/checks.md."""

from enum import StrEnum
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import ValidationError

from kithwork.core.days import Period
from kithwork.core.readiness.asked import Asked
from kithwork.core.readiness.catalogue import KINDS

_HEAD = """# Checks

What a requirement may ask of a service's own records, as in `requirements.toml`:
`checks = [{ name = "mentees.contacted", every = "3 months" }]`. This page is written by `kithwork scheme checks`.

A check is met when every row it asks about holds; it is at risk when one of them will lapse soon (a tenth of how long
it lasts, 7 days at least and 60 at most); it fills evidence and warns, and decides nothing. A definition below has `3
months` and the first word of a list where something must be given.

The last year ends on the day that is asked about, and begins on the day after the same date a year before. What is due
on a day is in time on it. Where time is given for something, nobody is asked about it before that time is over, unless
it was done already. Nothing that happened after the day is read.
"""


def reference() -> str:
    """Every check with its parameters, as Markdown."""
    parts = [_HEAD]
    for key in sorted(KINDS):
        parts.append(_one(KINDS[key]))
    return "\n".join(parts)


def _one(kind: type[Asked]) -> str:
    title = f"`{kind.name}`" + (f', `of = "{kind.of}"`' if kind.of else "")
    lines = [f"## {title}", "", " ".join((kind.__doc__ or "").split()), ""]
    lines += [_example(kind).definition(), ""]
    lines.append(f"Asks about: {kind.people[1]}. " + _nobody(kind))
    if kind.model_fields:
        lines += ["", "| parameter | is | when left out |", "| --- | --- | --- |"]
        for name, field in kind.model_fields.items():
            default = "needed" if field.is_required() else _said(field.get_default(call_default_factory=True))
            lines.append(f"| `{field.alias or name}` | {_type(field.annotation)} | {default} |")
    return "\n".join([*lines, ""])


def _example(kind: type[Asked]) -> Asked:
    """One with what must be given; where one of several must be, with the first of them."""
    fields = {field.alias or name: field for name, field in kind.model_fields.items()}
    needed = {name: _some(field.annotation) for name, field in fields.items() if field.is_required()}
    for more in ({}, *({name: _some(field.annotation)} for name, field in fields.items() if name not in needed)):
        try:
            return kind.model_validate(needed | more)
        except ValidationError:
            continue
    raise ValueError(f"no example of '{kind.key()}' can be made")


def _some(of: Any) -> object:
    if of is Period:
        return "3 months"
    if isinstance(of, type) and issubclass(of, StrEnum):
        return next(iter(of))
    if get_origin(of) in (Union, UnionType):
        of = get_args(of)[0]
        return _some(of)
    match get_origin(of):
        case origin if origin is Literal:
            return get_args(of)[0]
        case origin if origin is tuple:
            return [_some(get_args(of)[0])]
    return 2


def _nobody(kind: type[Asked]) -> str:
    said = "Nobody to ask about is no gap." if kind.vacuous else "Nobody to ask about is 'not recorded'."
    return said + (" What fails can no longer be mended, and counts for a year." if kind.lasting else "")


def _type(of: Any) -> str:
    if of is Period:
        return "a period, such as `3 months`"
    if isinstance(of, type) and issubclass(of, StrEnum):
        return ", ".join(f"`{one.value}`" for one in of)
    origin = get_origin(of)
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in get_args(of))
    if origin is tuple:
        return f"a list of {_type(get_args(of)[0])}"
    if origin in (Union, UnionType):
        return " or ".join(_type(one) for one in get_args(of) if one is not type(None))
    return {int: "a number", bool: "`true` or `false`", str: "text"}.get(of, str(of))


def _said(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(f"`{one}`" for one in value) or "none"
    if value is None or value == "":
        return "not asked"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
