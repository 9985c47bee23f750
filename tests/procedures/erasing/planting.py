"""A rare name in every personal text field of a person's records, and where it stands afterwards: in the whole
database, the outbox, the files.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import CharField, EmailField, Field, JSONField, Model, TextField

from kithwork.keeping import Reach

GIVEN, FAMILY = "Xanthippe", "Quillfeather"
RARE = f"{GIVEN} {FAMILY}"
EMAIL = f"{GIVEN}.{FAMILY}@example.org".lower()


def told(field: "Field[Any, Any]") -> Any:
    """What is planted into one field: the name, as that field can hold it."""
    if isinstance(field, EmailField):
        return EMAIL
    if isinstance(field, JSONField):
        return [RARE] if field.get_default() == [] else {"said": f"Of {RARE}"}
    return RARE[: field.max_length] if field.max_length else f"Written of {RARE.upper()}, and of {GIVEN}."


def plant(row: Model, reach: Reach) -> set[str]:
    """Plant the name into every personal text field of a row. Gives their names."""
    planted: dict[str, Any] = {}
    for field in reach.columns:
        if isinstance(field, CharField | TextField | JSONField) and not field.choices:
            value = told(field)
            if isinstance(value, str) and field.max_length and len(value) < len(RARE):
                value = GIVEN[: field.max_length]
            planted[field.name] = value
    type(row)._default_manager.filter(pk=row.pk).update(**planted)
    row.refresh_from_db()
    return set(planted)


def found_in_database(words: Iterable[str]) -> list[str]:
    """Every table and column in which one of these words stands, of every table there is."""
    wanted = [word.casefold() for word in words]
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for line in cursor.fetchall():
                for name, value in zip(names, line, strict=True):
                    said = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
                    if any(word in said.casefold() for word in wanted):
                        found.append(f"{table}.{name}")
    return sorted(found)


def files() -> Iterator[tuple[str, bytes]]:
    """Every file that is kept."""

    def below(folder: str) -> Iterator[tuple[str, bytes]]:
        try:
            folders, names = default_storage.listdir(folder)
        except FileNotFoundError:
            return
        for name in names:
            place = f"{folder}/{name}" if folder else name
            with default_storage.open(place) as file:
                yield place, file.read()
        for one in folders:
            yield from below(f"{folder}/{one}" if folder else one)

    return below("")


def a_row(model: type[Model], given: Mapping[str, Any], today: date) -> Model:
    """A row of any kind with what its columns demand, made of their types; `given` are its keys and more."""
    values: dict[str, Any] = {}
    plain = {field.name for field in model._meta.concrete_fields if not field.is_relation}
    given = {name: one for name, one in given.items() if name not in plain or not isinstance(one, Model)}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name in given or field.null or field.has_default():
            continue
        if field.is_relation:
            values[field.name] = given["by"] if field.related_model is get_user_model() else given[field.name]
        elif field.choices:
            values[field.name] = field.choices[0][0] if not field.blank else ""  # type: ignore[index]  # a list
        elif isinstance(field, JSONField):
            values[field.name] = {}
        elif field.get_internal_type() == "DateField":
            values[field.name] = today
        elif field.get_internal_type() == "DateTimeField":
            values[field.name] = datetime.combine(today, time(9)).astimezone()
        elif field.get_internal_type() in ("CharField", "TextField", "EmailField"):
            values[field.name] = "" if field.blank else "-"
        else:
            values[field.name] = 1
    own = {field.name for field in model._meta.concrete_fields}
    return model._default_manager.create(**values, **{name: one for name, one in given.items() if name in own})
