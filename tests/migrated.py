"""The test database on SQLite: migrated once, and copied from then on.

Migrating takes some 15 seconds of each process, copying what came of it a few hundredths. What is kept is named after
the migrations themselves, so that another text of any of them migrates anew.
"""

import hashlib
import inspect
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import django
from django.db import connections
from django.db.backends.sqlite3.creation import DatabaseCreation
from django.db.migrations.loader import MigrationLoader

KEPT = Path(__file__).parent.parent / "build" / "migrated"


def _kept() -> Path:
    digest = hashlib.sha256(django.get_version().encode())
    for _, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        digest.update(Path(inspect.getfile(type(migration))).read_bytes())
    return KEPT / f"{digest.hexdigest()[:16]}.sqlite3"


class Copied(DatabaseCreation):  # type: ignore[misc]  # the stubs have no type for the SQLite backend's own
    """Makes the test database by copying one that was migrated before, and keeps one if there is none."""

    def create_test_db(
        self, verbosity: int = 1, autoclobber: bool = False, serialize: bool = False, keepdb: bool = False
    ) -> str:
        kept = _kept()
        if not kept.exists():
            name = str(super().create_test_db(verbosity, autoclobber, serialize, keepdb))
            KEPT.mkdir(parents=True, exist_ok=True)
            being_made = kept.with_suffix(f".{id(self)}-{sys.hexversion}")
            with closing(sqlite3.connect(being_made)) as copy:
                self.connection.connection.backup(copy)
            being_made.replace(kept)  # whole or not at all: two workers may both have made one
            return name
        name = self._get_test_db_name()
        self._create_test_db(verbosity, autoclobber, keepdb)
        self.connection.close()
        self.connection.settings_dict["NAME"] = name
        self.connection.ensure_connection()
        with closing(sqlite3.connect(f"file:{kept}?mode=ro", uri=True)) as source:
            source.backup(self.connection.connection)
        return str(name)


def use(using: str = "default") -> None:
    """Have the test database of this process copied, where it is SQLite's."""
    connection: Any = connections[using]
    if connection.vendor == "sqlite":
        connection.creation = Copied(connection)
