"""The copy of a PostgreSQL database: each table as CSV, by COPY, all from one snapshot. Needs no pg_dump."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from kithwork.core.verdict import Refused
from kithwork.ledger.chain import Link
from kithwork.procedures.keeping.manifest import Manifest
from kithwork.procedures.keeping.stores import FRAMEWORK, Dump, moment, prove_chain

_CHUNK = 1024 * 1024


class PostgreSQL:
    """See `Store`."""

    vendor = "postgresql"

    def dump(self, folder: Path) -> Dump:
        with transaction.atomic():
            cursor = _cursor()
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            counts = {}
            for table in _tables(cursor):
                counts[table] = _count(cursor, table)
                command = sql.SQL("COPY {} ({}) TO STDOUT (FORMAT csv, HEADER)").format(
                    sql.Identifier(table), _joined(_columns(cursor, table))
                )
                with (folder / f"{table}.csv").open("wb") as out, cursor.copy(command) as rows:
                    for piece in rows:
                        out.write(piece)
            return Dump(counts, _migrations(cursor))

    def prove(self, folder: Path, manifest: Manifest) -> int:
        if {path.name for path in folder.iterdir()} != {f"{table}.csv" for table in manifest.tables}:
            raise Refused("This backup is damaged: it does not hold exactly the tables that the manifest lists.")
        for table, rows in manifest.tables.items():
            if _rows_in(folder / f"{table}.csv") != rows:
                raise Refused(f"The database in this backup does not hold what the manifest says: table {table}.")
        return prove_chain(_links(folder / "ledger_record.csv"))

    def rows(self) -> int:
        with transaction.atomic():
            cursor = _cursor()
            return sum(_count(cursor, table) for table in _tables(cursor) if table not in FRAMEWORK)

    def admits(self, manifest: Manifest) -> None:
        with transaction.atomic():
            cursor = _cursor()
            if _migrations(cursor) == manifest.migrations and set(_tables(cursor)) == set(manifest.tables):
                return
        raise Refused(
            f"This backup was made by Kithwork {manifest.version}, whose tables differ from those of this database. "
            f"Install that version, let it set up an empty database, restore, and then upgrade."
        )

    def load(self, folder: Path) -> None:
        with transaction.atomic():
            cursor = _cursor()
            tables = _tables(cursor)
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            # restoring is the one thing that may empty the ledger; its other triggers stay
            cursor.execute("ALTER TABLE ledger_record DISABLE TRIGGER ledger_no_truncate")
            cursor.execute(sql.SQL("TRUNCATE {}").format(_joined(tables)))
            for table in tables:
                _fill(cursor, table, folder / f"{table}.csv")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what points nowhere is found here, before the commit
            cursor.execute("ALTER TABLE ledger_record ENABLE TRIGGER ledger_no_truncate")
            for table in tables:
                _reset_sequences(cursor, table)


def _cursor() -> Any:
    """A cursor of psycopg's own, which can COPY; in Django's transaction."""
    connection.ensure_connection()
    return connection.connection.cursor()


def _joined(names: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))


def _tables(cursor: Any) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
    return [row[0] for row in cursor.fetchall()]


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [row[0] for row in cursor.fetchall()]


def _count(cursor: Any, table: str) -> int:
    cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
    return int(cursor.fetchone()[0])


def _migrations(cursor: Any) -> tuple[str, ...]:
    if "django_migrations" not in _tables(cursor):
        return ()
    cursor.execute("SELECT app, name FROM django_migrations")
    return tuple(sorted(f"{app}.{name}" for app, name in cursor.fetchall()))


def _fill(cursor: Any, table: str, source: Path) -> None:
    with source.open("rb") as file:
        header = next(csv.reader([file.readline().decode()]))
        if set(header) != set(_columns(cursor, table)):
            raise Refused(f"This backup's table {table} has other columns than this database's.")
        command = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(sql.Identifier(table), _joined(header))
        with cursor.copy(command) as rows:
            while piece := file.read(_CHUNK):
                rows.write(piece)


def _reset_sequences(cursor: Any, table: str) -> None:
    """Let numbering go on after the highest number in use, for identity and serial columns alike."""
    cursor.execute(
        "SELECT column_name, pg_get_serial_sequence(quote_ident(table_name), column_name) "
        "FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = %s "
        "AND (is_identity = 'YES' OR column_default LIKE 'nextval(%%')",
        [table],
    )
    for column, sequence in cursor.fetchall():
        if sequence:
            cursor.execute(
                sql.SQL("SELECT setval(%s, coalesce(max({0}), 1), count(*) > 0) FROM {1}").format(
                    sql.Identifier(column), sql.Identifier(table)
                ),
                [sequence],
            )


def _rows_in(path: Path) -> int:
    """Records in a CSV file, its header aside: a record ends at a line end outside quotation marks."""
    records, inside = 0, False
    with path.open("rb") as file:
        for line in file:
            inside ^= bool(line.count(b'"') % 2)
            records += not inside
    return records - 1


def _links(path: Path) -> Iterator[Link]:
    """The ledger in order. COPY writes rows as they lie, which is mostly but not surely the order of seq."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file)) if _unordered(path) else csv.DictReader(file)
        for row in sorted(rows, key=lambda row: int(row["seq"])) if isinstance(rows, list) else rows:
            told: dict[str, Any] = {name: row[name] for name in Link._fields}
            yield Link(**{**told, "seq": int(row["seq"]), "at": moment(row["at"]), "facts": json.loads(row["facts"])})


def _unordered(path: Path) -> bool:
    last = 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if int(row["seq"]) < last:
                return True
            last = int(row["seq"])
    return False
