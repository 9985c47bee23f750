"""Restore: everything is checked before anything is touched, and then changed in steps that can be taken back."""

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from django.db.migrations.loader import MigrationLoader

from kithwork.core.verdict import Refused
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.procedures.keeping import manifest as paper
from kithwork.procedures.keeping.manifest import Manifest
from kithwork.procedures.keeping.places import files_folder, keys_folder, names_below
from kithwork.procedures.keeping.stores import live_store


def restore(source: Path, *, into_empty_only: bool = True) -> Manifest:
    """Make this installation what it was when the backup was made: database, files and keys.

    Checked before anything is touched: every digest, the database's own check, the ledger's chain, that the backup is
    from the same kind of database and from no newer Kithwork. With `into_empty_only` an installation that holds rows
    or files is left alone; without it, what it holds is lost.

    Side effects: replaces database, files and keys, all or, on a fault, none; one ledger record, when the tables are
    up to date. Afterwards restart the site: keys may have changed; an older SQLite backup needs `migrate`. Raises
    Refused with the reason.
    """
    store, files, keys = live_store(), files_folder(), keys_folder()
    if into_empty_only and (store.rows() or next(names_below(files), None)):
        raise Refused("This installation is not empty. Restore into a new one, or say that what it holds may be lost.")
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError) as fault:
        raise Refused(f"{source} cannot be read as a backup.") from fault
    with archive:
        found = Manifest.read(archive)
        paper.check_names(archive, found)
        if found.database != store.vendor:
            raise Refused(
                f"This backup is of a {_called(found.database)} database, and this installation uses "
                f"{_called(store.vendor)}. A backup restores on the kind of database it was made on."
            )
        known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
        if newer := sorted(set(found.migrations) - known):
            raise Refused(
                f"This backup was made by a newer Kithwork ({found.version}; it knows {newer[0]}). Upgrade first."
            )
        store.admits(found)
        files.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        keys.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix=".kithwork-restore-", dir=files.parent) as aside:
            folder = Path(aside)
            paper.unpack(archive, found, folder, "database")
            with _beside(files) as new_files, _beside(keys) as new_keys:
                paper.unpack(archive, found, new_files, "files")
                paper.unpack(archive, found, new_keys, "keys")
                if store.prove(folder, found) != found.records:
                    raise Refused("The ledger in this backup is not as long as the manifest says.")
                with _swapped(files, new_files), _swapped(keys, new_keys, keep=not any(paper.of_room(found, "keys"))):
                    store.load(folder)
    if set(found.migrations) == known:
        with transaction.atomic():
            write(
                act=Act.KEEPING_RESTORED,
                actor="system",
                subject="installation",
                facts={"manifest": hashlib.sha256(found.text()).hexdigest(), "members": len(found.members)},
            )
    return found


def _called(vendor: str) -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(vendor, vendor[:20])


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    """An empty folder beside a place, on the same disk, gone afterwards unless it was moved."""
    folder = Path(tempfile.mkdtemp(prefix=f".{place.name}-restore-", dir=place.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _swapped(place: Path, new: Path, *, keep: bool = False) -> Iterator[None]:
    """Put `new` in the place of `place`; when the block fails put the old one back, else remove it. `keep`: nothing."""
    if keep:
        yield
        return
    with _beside(place) as aside:
        old = aside / "old"
        had = place.exists()
        try:
            if had:
                place.rename(old)
            new.rename(place)
            yield
        except BaseException:
            if old.exists() or not had:
                shutil.rmtree(place, ignore_errors=True)
            if old.exists():
                old.rename(place)
            raise
