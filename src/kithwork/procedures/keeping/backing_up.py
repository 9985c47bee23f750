"""Backup: the database first, then the files; written aside, checked by reading it back, then put in its place."""

import hashlib
import os
import tempfile
import zipfile
from importlib.metadata import version
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kithwork.core.verdict import Refused
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.procedures.keeping import manifest as paper
from kithwork.procedures.keeping.manifest import Manifest, Member
from kithwork.procedures.keeping.places import files_folder, keys_folder, names_below
from kithwork.procedures.keeping.stores import Store, live_store


def backup(destination: Path) -> Manifest:
    """Write everything this installation holds into one new archive (.zip), while it is in use.

    The database is copied as it stands at one moment; files follow, so that every file the copy names is there unless
    it was removed meanwhile: such files are listed in `missing`. The archive is then read back: digests, rows, the
    database's own check, the ledger's chain. It restores on the same kind of database (SQLite or PostgreSQL) only.

    Side effects: the archive, readable by its owner alone; one ledger record. Raises Refused when the destination
    exists, has no folder or lies within what is kept, when files are not in a folder, or when the check fails (then no
    archive is left).
    """
    destination = destination.resolve()
    store, files, keys = live_store(), files_folder(), keys_folder()
    if destination.exists():
        raise Refused(f"{destination} is there already; a backup never replaces another. Choose a new name.")
    if not destination.parent.is_dir():
        raise Refused(f"There is no folder {destination.parent}.")
    if any(destination.is_relative_to(folder) for folder in (files, keys)):
        raise Refused("A backup cannot lie in the folder that it keeps. Choose another place.")
    with tempfile.TemporaryDirectory(prefix=".kithwork-backup-", dir=destination.parent) as aside:
        partial = Path(aside) / "archive.zip"
        written = _write(store, partial, Path(aside), files, keys)
        _read_back(store, partial, Path(aside), written)
        os.replace(partial, destination)
    with transaction.atomic():
        write(
            act=Act.KEEPING_BACKED_UP,
            actor="system",
            subject="installation",
            facts={
                "manifest": hashlib.sha256(written.text()).hexdigest(),
                "members": len(written.members),
                "records": written.records,
            },
        )
    return written


def _write(store: Store, partial: Path, aside: Path, files: Path, keys: Path) -> Manifest:
    folder = aside / "database"
    folder.mkdir(mode=0o700)
    made_at = timezone.now()
    before = set(names_below(files))
    dump = store.dump(folder)
    members: dict[str, Member] = {}
    missing: list[str] = []
    handle = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w+b") as out, zipfile.ZipFile(out, "w") as archive:
        for name in names_below(folder):
            with (folder / name).open("rb") as source:
                members[f"database/{name}"] = paper.add(archive, f"database/{name}", source, compress=True)
            (folder / name).unlink()
        for room, place in (("files", files), ("keys", keys)):
            for name in names_below(place):
                try:
                    with (place / name).open("rb") as source:
                        members[f"{room}/{name}"] = paper.add(archive, f"{room}/{name}", source, compress=False)
                except FileNotFoundError:
                    missing.append(f"{room}/{name}")  # removed between the listing and the copy
        missing += [f"files/{name}" for name in sorted(before) if f"files/{name}" not in {*members, *missing}]
        written = Manifest(
            version=version("kithwork"),
            made_at=made_at.isoformat(),
            database=store.vendor,
            migrations=dump.migrations,
            tables=dump.tables,
            records=dump.tables.get("ledger_record", 0),
            members=members,
            missing=tuple(missing),
        )
        archive.writestr(paper.NAME, written.text())
    return written


def _read_back(store: Store, partial: Path, aside: Path, written: Manifest) -> None:
    """Raises Refused unless the archive on the disk is what was meant, and its database and ledger are sound."""
    folder = aside / "proof"
    folder.mkdir(mode=0o700)
    with zipfile.ZipFile(partial) as archive:
        found = Manifest.read(archive)
        if found != written:
            raise Refused("The backup's manifest was not written as it was meant. Check the disk, and try again.")
        paper.check_names(archive, found)
        paper.check_digests(archive, found)
        paper.unpack(archive, found, folder, "database")
    if store.prove(folder, found) != written.records:
        raise Refused("The ledger in the backup is shorter than it was. Check the disk, and try again.")
