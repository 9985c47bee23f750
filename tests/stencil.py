"""What a fixture makes is made once by each worker, through the real procedures, and put back from then on.

To walk a service down a scheme's road takes seconds; most of the tests begin with the same walk. `Stencils.put` makes a
thing the first time, and keeps which rows and files came of it. When the same is wanted again, and the database and
the files stand exactly as they stood then, it writes those rows and files; anything else that was done before, and it
is made anew. So what a test finds is always what the procedures left behind.
"""

import io
import pickle
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from kithwork.core.schemes import Edition

T = TypeVar("T")
Row = tuple[Any, ...]
Rows = dict[Any, Row]  # by primary key
LEFT_OUT = {"django_session", "django_migrations", "django_content_type", "auth_permission"}
UNTOLD = {("accounts_user", "last_login")}  # signing in before or after a walk is the same


@dataclass(frozen=True, eq=False)
class Table:
    """A table, its columns but for those that do not matter, and which of them is the primary key. Its statements are
    written once: there are a hundred tables, and thousands of tests that begin with what was made before."""

    name: str
    columns: tuple[str, ...]
    key: int

    @cached_property
    def read(self) -> str:
        # values as they are stored, so that they go back in unchanged: no converters on SQLite, text on PostgreSQL
        as_is = "+{}" if connection.vendor == "sqlite" else "{}::text"
        return f"SELECT {', '.join(as_is.format(_quoted(one)) for one in self.columns)} FROM {_quoted(self.name)}"

    @cached_property
    def add(self) -> str:
        names, marks = ", ".join(map(_quoted, self.columns)), ", ".join(["%s"] * len(self.columns))
        return f"INSERT INTO {_quoted(self.name)} ({names}) VALUES ({marks})"

    @cached_property
    def change(self) -> str:
        marks = ", ".join(f"{_quoted(one)} = %s" for one in self.columns)
        return f"UPDATE {_quoted(self.name)} SET {marks} WHERE {_quoted(self.columns[self.key])} = %s"

    @cached_property
    def drop(self) -> str:
        return f"DELETE FROM {_quoted(self.name)} WHERE {_quoted(self.columns[self.key])} = %s"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@dataclass(frozen=True, slots=True)
class Standing:
    """Every row and every file."""

    rows: dict[Table, Rows]
    files: dict[str, bytes]

    def mark(self) -> int:
        """The same for the same standing, in one process."""
        rows = tuple((table.name, frozenset(rows.values())) for table, rows in self.rows.items() if rows)
        return hash((rows, frozenset(self.files.items())))


@dataclass(frozen=True, slots=True)
class Cut:
    """What came of making something: rows added, changed and dropped of the tables where there are any, files, work for
    the commit, and the thing."""

    added: dict[Table, list[Row]]
    changed: dict[Table, list[Row]]
    dropped: dict[Table, list[Any]]
    written: dict[str, bytes]
    removed: list[str]
    on_commit: list[tuple[Callable[[], object], bool]]
    thing: bytes
    named: dict[type[Model], list[Any]]  # the rows that the thing holds, by their keys


class _Writer(pickle.Pickler):
    """Rows are named by their model and key; editions, which never change, are kept as they are."""

    def __init__(self, file: io.BytesIO, kept: dict[int, Edition], rows: dict[tuple[type, object], Model]) -> None:
        super().__init__(file)
        self._kept, self._rows = kept, rows

    def persistent_id(self, thing: Any) -> tuple[type, object] | None:
        if isinstance(thing, Model):
            self._rows[type(thing), thing.pk] = thing
            return type(thing), thing.pk
        if isinstance(thing, Edition):
            self._kept[id(thing)] = thing
            return Edition, id(thing)
        return None


class _Reader(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, kept: dict[int, Edition], rows: dict[tuple[type, object], Model]) -> None:
        super().__init__(file)
        self._kept, self._rows = kept, rows

    def persistent_load(self, name: Any) -> object:
        model, key = name
        if model is Edition:
            return self._kept[key]
        if name not in self._rows:
            self._rows[name] = model._base_manager.get(pk=key)
        return self._rows[name]


class Stencils:
    """What was made once in this process, by key and by how everything stood before."""

    def __init__(self) -> None:
        self._cuts: dict[tuple[int, Hashable], Cut] = {}
        self._tables: list[Table] = []
        self._which = ""  # asks of each table whether it holds anything
        self._kept: dict[int, Edition] = {}

    def put(
        self, key: Hashable, make: Callable[[], T], steps: Sequence[Callable[[T], object]] = (), given: object = None
    ) -> T:
        """What `make` makes and each step takes on, or an equal one put back: as far as it has been made before.

        `key` tells apart what the database does not. Rows in `given` are the same objects in the answer. Outside of
        a transaction that a test rolls back, everything is made anew.
        """
        if not connection.in_atomic_block:
            thing = make()
            for step in steps:
                step(thing)
            return thing
        before = self._standing()
        mark, queued = before.mark(), len(connection.run_on_commit)
        done = next((n for n in range(len(steps), -1, -1) if (mark, (key, n)) in self._cuts), None)
        if done is None:
            thing, done = make(), 0
            self._cuts[mark, (key, 0)] = self._cut(before, queued, thing)
        else:
            thing = self._lay(self._cuts[mark, (key, done)], given)
        for number, step in enumerate(steps[done:], done + 1):
            step(thing)
            self._cuts[mark, (key, number)] = self._cut(before, queued, thing)
        return thing

    def _standing(self) -> Standing:
        if not self._tables:
            self._tables = _tables()
            self._which = f"SELECT {', '.join(f'EXISTS (SELECT 1 FROM {_quoted(one.name)})' for one in self._tables)}"
        rows: dict[Table, Rows] = {table: {} for table in self._tables}
        with connection.cursor() as cursor:
            cursor.execute(self._which)
            for table, holds_any in zip(self._tables, cursor.fetchone(), strict=True):
                if holds_any:  # most hold nothing, and one question is quicker than a hundred
                    cursor.execute(table.read)
                    rows[table] = {row[table.key]: row for row in cursor.fetchall()}
        place = _place()
        files = (path for path in sorted(place.rglob("*")) if path.is_file())
        return Standing(rows, {str(path.relative_to(place)): path.read_bytes() for path in files})

    def _cut(self, before: Standing, queued: int, thing: object) -> Cut:
        after = self._standing()
        added: dict[Table, list[Row]] = {}
        changed: dict[Table, list[Row]] = {}
        dropped: dict[Table, list[Any]] = {}
        for table, rows in after.rows.items():
            old = before.rows[table]
            if new := [row for key, row in rows.items() if key not in old]:
                added[table] = new
            if other := [row for key, row in rows.items() if key in old and old[key] != row]:
                changed[table] = other
            if gone := [key for key in old if key not in rows]:
                dropped[table] = gone
        written = {name: data for name, data in after.files.items() if before.files.get(name) != data}
        asked: list[Any] = [
            *connection.run_on_commit[queued:]
        ]  # (savepoints, work, robust), as the database backend says
        file, held = io.BytesIO(), dict[tuple[type, object], Model]()
        _Writer(file, self._kept, held).dump(thing)
        named: dict[type[Model], list[Any]] = {}
        for model, key in held:
            named.setdefault(model, []).append(key)
        removed = [name for name in before.files if name not in after.files]
        work = [(work, robust) for _, work, robust in asked]
        return Cut(added, changed, dropped, written, removed, work, file.getvalue(), named)

    def _lay(self, cut: Cut, given: object) -> Any:
        with connection.cursor() as cursor:
            for table, keys in cut.dropped.items():
                cursor.executemany(table.drop, [(key,) for key in keys])
            for table, rows in cut.changed.items():
                cursor.executemany(table.change, [(*row, row[table.key]) for row in rows])
            for table, rows in cut.added.items():
                cursor.executemany(table.add, rows)
            _count_on(cursor, list(cut.added))
        place = _place()
        for name in cut.removed:
            (place / name).unlink()
        for name, data in cut.written.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(data)
        for work, robust in cut.on_commit:
            transaction.on_commit(work, robust=robust)
        rows_given: dict[tuple[type, object], Model] = {}
        _Writer(io.BytesIO(), self._kept, rows_given).dump(given)
        for model, keys in cut.named.items():  # one question for each kind of row, not for each row
            wanted = [key for key in keys if (model, key) not in rows_given]
            rows_given.update({(model, key): row for key, row in model._base_manager.in_bulk(wanted).items()})
        return _Reader(io.BytesIO(cut.thing), self._kept, rows_given).load()


def _count_on(cursor: CursorWrapper, tables: list[Table]) -> None:
    """PostgreSQL numbers new rows after those laid: what a restore sets back outlives the test that did it."""
    if connection.vendor == "sqlite":
        return
    kinds = {kind._meta.db_table: kind for kind in apps.get_models(include_auto_created=True)}
    for query in connection.ops.sequence_reset_sql(
        no_style(), [kinds[one.name] for one in tables if one.name in kinds]
    ):
        cursor.execute(query)


def _place() -> Path:
    return Path(default_storage.location)  # type: ignore[attr-defined]  # tests keep files in a folder of their own


def _tables() -> list[Table]:
    found: list[Table] = []
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            if name in LEFT_OUT:
                continue
            cursor.execute(f"SELECT * FROM {_quoted(name)} LIMIT 0")  # Django's own description parses the table's SQL
            columns = tuple(one[0] for one in cursor.description if (name, one[0]) not in UNTOLD)
            key = connection.introspection.get_primary_key_column(cursor, name)
            assert key is not None, f"{name} has no primary key"
            found.append(Table(name, columns, columns.index(key)))
    return found


STENCILS = Stencils()
