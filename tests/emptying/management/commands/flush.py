"""`flush` for tests alone: it lifts the triggers that keep the ledger append-only, empties the tables, lays them again.

The test runner calls it after each test with real commits. The site itself has no such command: there, Django's own
`flush` is refused by the database.
"""

from importlib import import_module
from typing import Any

from django.core.management.commands import flush
from django.db import connections

_TRIGGERS = import_module("kithwork.ledger.migrations.0002_append_only")


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        again = _TRIGGERS.SQLITE if connection.vendor == "sqlite" else _TRIGGERS.POSTGRESQL
        with connection.cursor() as cursor:
            for statement in _TRIGGERS.UNDO[connection.vendor]:
                cursor.execute(statement)
        try:
            super().handle(**options)
        finally:
            with connection.cursor() as cursor:
                for statement in again:
                    cursor.execute(statement)
