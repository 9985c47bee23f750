"""The copy of an SQLite database: one file, made by SQLite's own backup of a database in use."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from kithwork.core.verdict import Refused
from kithwork.ledger.chain import Link
from kithwork.procedures.keeping.manifest import Manifest
from kithwork.procedures.keeping.stores import FRAMEWORK, Dump, moment, prove_chain

FILE = "kithwork.sqlite3"


class SQLite:
    """See `Store`."""

    vendor = "sqlite"

    def dump(self, folder: Path) -> Dump:
        with closing(sqlite3.connect(folder / FILE)) as copy:
            wrapper = cast("DatabaseWrapper", connection)
            if wrapper.is_in_memory_db():
                connection.ensure_connection()
                connection.connection.backup(copy)
            else:
                # A connection of its own; all pages in one step, under one read transaction: writers go on meanwhile.
                name = Path(wrapper.settings_dict["NAME"]).resolve()
                with closing(sqlite3.connect(f"{name.as_uri()}?mode=ro", uri=True, timeout=20)) as live:
                    live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
            return Dump(_counts(copy), _migrations(copy))

    def prove(self, folder: Path, manifest: Manifest) -> int:
        if [path.name for path in folder.iterdir()] != [FILE]:
            raise Refused("This backup is damaged: it does not hold exactly one database.")
        try:
            with closing(sqlite3.connect(folder / FILE)) as copy:
                if (said := copy.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                    raise Refused(f"The database in this backup is damaged: {said}.")
                if copy.execute("PRAGMA foreign_key_check").fetchone():
                    raise Refused("The database in this backup is damaged: a row points at one that is not there.")
                if _counts(copy) != manifest.tables or _migrations(copy) != manifest.migrations:
                    raise Refused("The database in this backup does not hold what the manifest says.")
                return prove_chain(_links(copy))
        except sqlite3.DatabaseError as fault:
            raise Refused(f"The database in this backup is damaged: {fault}.") from fault

    def rows(self) -> int:
        connection.ensure_connection()
        return sum(rows for table, rows in _counts(connection.connection).items() if table not in FRAMEWORK)

    def admits(self, manifest: Manifest) -> None:
        """Any copy fits: it brings its tables along, and `migrate` brings older ones up to date."""

    def load(self, folder: Path) -> None:
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / FILE)) as copy:
            # SQLite's backup in the other direction: one transaction, which other connections see whole or not at all;
            # swapping the file under them would leave its write-ahead log behind.
            copy.backup(connection.connection)
        connection.close()


def _tables(database: sqlite3.Connection) -> list[str]:
    found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in found.fetchall()]


def _counts(database: sqlite3.Connection) -> dict[str, int]:
    return {
        table: database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608 - names from the database
        for table in _tables(database)
    }


def _migrations(database: sqlite3.Connection) -> tuple[str, ...]:
    if "django_migrations" not in _tables(database):
        return ()
    return tuple(sorted(f"{app}.{name}" for app, name in database.execute("SELECT app, name FROM django_migrations")))


def _links(database: sqlite3.Connection) -> Iterator[Link]:
    if "ledger_record" not in _tables(database):
        return
    columns = ", ".join(Link._fields)
    for row in database.execute(f"SELECT {columns} FROM ledger_record ORDER BY seq"):  # noqa: S608 - our own words
        told = dict(zip(Link._fields, row, strict=True))
        yield Link(**{**told, "at": moment(told["at"]), "facts": json.loads(told["facts"])})
