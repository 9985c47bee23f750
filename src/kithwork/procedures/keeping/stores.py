"""What backup and restore ask of a kind of database; one answer each for SQLite and PostgreSQL."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from django.db import connection

from kithwork.core.verdict import Refused
from kithwork.ledger.chain import Link, follow
from kithwork.procedures.keeping.manifest import Manifest

# Filled by migrations, by signing in or by starting: an installation with nothing else is empty.
FRAMEWORK = frozenset(
    {"django_migrations", "django_content_type", "django_session", "django_site", "auth_permission", "sqlite_sequence"}
)


@dataclass(frozen=True, slots=True)
class Dump:
    """A consistent copy of the database, written as files into a folder."""

    tables: dict[str, int]
    migrations: tuple[str, ...]


class Store(Protocol):
    """A kind of database."""

    vendor: str

    def dump(self, folder: Path) -> Dump:
        """Write a consistent copy into an empty folder, while others go on working."""

    def prove(self, folder: Path, manifest: Manifest) -> int:
        """Check a copy: whole, as many rows as promised, the ledger's chain unbroken. The ledger's length.

        Raises Refused when it is not so.
        """

    def rows(self) -> int:
        """Rows in the live database outside the framework's own tables."""

    def admits(self, manifest: Manifest) -> None:
        """Raises Refused when the live database cannot take this copy."""

    def load(self, folder: Path) -> None:
        """Replace everything in the live database by the copy: all of it or, on any fault, nothing."""


def live_store() -> Store:
    """The store of this installation's database. Raises Refused inside a transaction: a copy sees what others see."""
    from kithwork.procedures.keeping.postgresql import PostgreSQL  # noqa: PLC0415 - it imports this module
    from kithwork.procedures.keeping.sqlite import SQLite  # noqa: PLC0415 - the same

    if connection.in_atomic_block:
        raise Refused("Backup and restore cannot run inside a transaction.")
    stores: dict[str, type[Store]] = {"sqlite": SQLite, "postgresql": PostgreSQL}
    return stores[connection.vendor]()


def prove_chain(links: Iterable[Link]) -> int:
    """The ledger's length. Raises Refused when its chain is broken."""
    count, fault = follow(links)
    if fault:
        raise Refused(f"The ledger in this backup is broken: {fault}.")
    return count


def moment(text: str) -> datetime:
    """A stored time; SQLite keeps UTC without saying so."""
    told = datetime.fromisoformat(text)
    return told if told.tzinfo else told.replace(tzinfo=UTC)
