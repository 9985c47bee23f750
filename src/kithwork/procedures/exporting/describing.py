"""`format.md`: every table and column of an archive, told from the models themselves."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Field, Model

from kithwork.caseload.personal import PERSONAL as CASELOAD
from kithwork.governance.personal import PERSONAL as GOVERNANCE
from kithwork.matching.personal import PERSONAL as MATCHING
from kithwork.procedures.exporting.tables import LEFT_OUT, ONLY_WITH, ArchiveTable, is_file, is_user, tables

_SAID = re.compile(r"^    (\w+) = models\..*?#\s+(.+)$", re.MULTILINE)
_NOT_SAID = re.compile(r"\s*(noqa|type: ignore).*$")
_TOP = """# The archive of a service

Made by `kithwork export --service SLUG --out FILE.zip`, or on a service's page ‘Take everything with you’. Read back by
`kithwork import archive FILE --service SLUG` into a service that is empty.

- `archive.json`: which service, when, with which parts, and how many rows each table has.
- `format.md`: this page.
- one CSV for each table below, in UTF-8, with a line of headings; rows in the order in which they were made.
- `files/`: documents, where a column names them.

In every table `id` is the row's key within this archive; a column that holds a ‘key in’ another table names the `id` of
its row. Days are written 2027-03-27, moments 2027-03-27T14:05:00+00:00, yes and no as `true` and `false`; JSON stands
as JSON. An empty cell is nothing said. Text that a spreadsheet would take for a formula (it begins with = + - or @)
has an apostrophe before it; the apostrophe does not belong to it. People who sign in are named by their e-mail address.
"""


def format_of() -> str:
    """The whole page, with the parts that are left out unless asked for."""
    lines = [_TOP, "## What is not in it\n"]
    lines += [f"- `{name.lower()}`: {why}" for name, why in sorted(LEFT_OUT.items())]
    lines += ["- the accounts people sign in with: a mentor is invited to theirs anew"]
    lines += [
        f"- {', '.join(f'`{name.lower()}`' for name in names)}: only with `--with {part}`"
        for part, names in sorted(ONLY_WITH.items())
    ]
    for table in tables(frozenset(ONLY_WITH)):
        lines += ["", *_table(table)]
    return "\n".join(lines) + "\n"


def _table(table: ArchiveTable) -> Iterator[str]:
    yield f"## `{table.file}`\n"
    about = inspect.getdoc(table.model) or ""
    if about and not about.startswith(f"{table.name}("):  # Django's own, where a model has no words
        yield " ".join(about.split("\n\n")[0].split()) + "\n"
    yield "| column | holds | means |"
    yield "| --- | --- | --- |"
    said = _comments(table.model)
    personal = {**CASELOAD, **GOVERNANCE, **MATCHING}.get(table.name, ())
    for field in table.columns:
        means = said.get(field.name, "")
        if field.name in personal:
            means = f"{means} (personal)".strip()
        yield f"| `{field.name}` | {_holds(field)} | {means.replace('|', '/')} |"


def _comments(model: type[Model]) -> dict[str, str]:
    """What the source says of each column, at the end of its line."""
    found: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if kind.__module__.startswith("kithwork."):
            found.update(
                (name, _NOT_SAID.sub("", said).strip()) for name, said in _SAID.findall(inspect.getsource(kind))
            )
    return found


def _holds(field: "Field[Any, Any]") -> str:
    if field.primary_key:
        return "key"
    if is_user(field):
        return "e-mail address"
    if field.related_model is not None:
        assert isinstance(field.related_model, type)
        return f"key in `{field.related_model.__name__.lower()}.csv`"
    if field.choices:
        offered = [f"`{code}` {label}" if str(code) else f"empty: {label}" for code, label in field.flatchoices]
        return "one of: " + "; ".join(offered)
    if is_file(field):
        return "a path in this archive"
    return _plainly(field)


def _plainly(field: "Field[Any, Any]") -> str:
    match field:
        case models.DateTimeField():
            return "moment"
        case models.DateField():
            return "day"
        case models.TimeField():
            return "time of day"
        case models.BooleanField():
            return "true or false"
        case models.JSONField():
            return "JSON"
        case models.DecimalField() | models.FloatField():
            return "number"
        case models.IntegerField():
            return "whole number"
        case _:
            return f"text, up to {field.max_length} characters" if field.max_length else "text"
