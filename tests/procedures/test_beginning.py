"""A database made at once has the same shape as one that went through all migrations."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from kithwork.procedures.beginning import bring_up

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture
def begun(tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    """The name of a connection to a database in which there is nothing."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL goes through its migrations")
    connections.databases["begun"] = {**connection.settings_dict, "NAME": str(tmp_path / "begun.sqlite3")}
    with django_db_blocker.unblock():
        try:
            yield "begun"
        finally:
            connections["begun"].close()
            del connections["begun"], connections.databases["begun"]


def shape(using: str) -> dict[str, set[str]]:
    """What a database is made of: of each table its clauses, whatever their order; indexes, triggers."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        return {f"{kind} {name}": clauses(sql) if kind == "table" else {sql} for kind, name, sql in cursor.fetchall()}


def clauses(sql: str) -> set[str]:
    """Of a CREATE TABLE, what stands between its commas."""
    found, depth, one, quoted = set(), 0, "", False
    for letter in sql[sql.index("(") + 1 : sql.rindex(")")]:
        quoted ^= letter == "'"
        depth += 0 if quoted else (letter == "(") - (letter == ")")
        if letter == "," and not (depth or quoted):
            found.add(one.strip())
            one = ""
        else:
            one += letter
    return {*found, one.strip()}


def test_an_empty_database_gets_the_shape_that_migrations_lead_to(begun: str, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        bring_up(begun)
        made, migrated = shape(begun), shape("default")
        noted = set(MigrationRecorder(connections[begun]).applied_migrations())
        bring_up(begun)  # nothing is left to do
        again = shape(begun)
    assert len(made) > 100
    assert {name: made.get(name, set()) ^ said for name, said in migrated.items() if made.get(name) != said} == {}
    assert set(made) == set(migrated)
    assert noted == set(MigrationRecorder(connection).applied_migrations())
    assert again == made


def test_rows_that_follow_migrations_are_there_too(begun: str, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        bring_up(begun)
        counts = {}
        for using in (begun, "default"):
            with connections[using].cursor() as cursor:
                counts[using] = {}
                for table in ("auth_permission", "django_content_type", "django_migrations"):
                    cursor.execute(f"SELECT count(*) FROM {table}")
                    counts[using][table] = cursor.fetchone()[0]
    assert counts[begun] == counts["default"]
    assert counts[begun]["auth_permission"] > 0
