"""What an archive says of itself, and the reading and checking of archives by it."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from kithwork.core.verdict import Refused

NAME = "manifest.json"
FORMAT = 1
ROOMS = ("database", "files", "keys")  # the first part of every member's name
_CHUNK = 1024 * 1024
_LARGEST_MANIFEST = 256 * 1024 * 1024  # bytes; about a million files


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive: sha256 in hex, size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup.

    `database` is 'sqlite' or 'postgresql'; `migrations` are 'app.name', sorted; `tables` counts rows; `records` is the
    length of the ledger, whose chain was proved; `members` are by name; `missing` are files that went while the backup
    was made. `made_at` is ISO 8601 in UTC.
    """

    version: str
    made_at: str
    database: str
    migrations: tuple[str, ...]
    tables: dict[str, int]
    records: int
    members: dict[str, Member]
    missing: tuple[str, ...] = ()
    format: int = field(default=FORMAT)

    def text(self) -> bytes:
        """As it is written into the archive."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @classmethod
    def read(cls, archive: zipfile.ZipFile) -> "Manifest":
        """The archive's own manifest. Raises Refused when there is none, or one of another format."""
        try:
            if archive.getinfo(NAME).file_size > _LARGEST_MANIFEST:
                raise Refused("This archive's manifest is enormous: it is not a Kithwork backup.")
            told = json.loads(archive.read(NAME))
            if told["format"] != FORMAT:
                raise Refused(f"This backup has format {told['format']}, and this Kithwork reads format {FORMAT}.")
            members = {str(name): Member(str(one["sha256"]), int(one["size"])) for name, one in told["members"].items()}
            return cls(
                version=str(told["version"]),
                made_at=str(told["made_at"]),
                database=str(told["database"]),
                migrations=tuple(map(str, told["migrations"])),
                tables={str(name): int(rows) for name, rows in told["tables"].items()},
                records=int(told["records"]),
                members=members,
                missing=tuple(map(str, told["missing"])),
            )
        except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile) as fault:
            raise Refused("This is not a Kithwork backup: it has no readable manifest.") from fault


def add(archive: zipfile.ZipFile, name: str, source: BinaryIO, *, compress: bool) -> Member:
    """Copy an open file into the archive under `name`; its digest and size are of what was written."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    info.external_attr = 0o600 << 16
    with archive.open(info, "w", force_zip64=True) as target:
        return _pour(source, target)


def _pour(source: IO[bytes], target: IO[bytes]) -> Member:
    digest, size = hashlib.sha256(), 0
    while piece := source.read(_CHUNK):
        digest.update(piece)
        size += len(piece)
        target.write(piece)
    return Member(digest.hexdigest(), size)


def check_names(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Raises Refused unless the archive holds exactly what its manifest lists, under names that stay in their rooms."""
    names = archive.namelist()
    if sorted(names) != sorted([*manifest.members, NAME]):
        raise Refused("This backup is damaged: what it holds is not what its manifest lists.")
    for name in manifest.members:
        path = PurePosixPath(name)
        safe = not path.is_absolute() and ".." not in path.parts and "\\" not in name and "\x00" not in name
        if not safe or len(path.parts) < 2 or path.parts[0] not in ROOMS or str(path) != name:
            raise Refused(f"This backup is damaged: '{name[:80]}' is not a name it could hold.")


def unpack(archive: zipfile.ZipFile, manifest: Manifest, into: Path, room: str) -> None:
    """Write one room's members below `into`, each checked by its digest. Raises Refused at the first that differs."""
    for name, member in of_room(manifest, room):
        target = into.joinpath(*PurePosixPath(name).parts[1:])
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            _check(archive, name, member, out)


def check_digests(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Read everything back. Raises Refused at the first member that differs from its digest."""
    with open(os.devnull, "wb") as nowhere:
        for name, member in manifest.members.items():
            _check(archive, name, member, nowhere)


def of_room(manifest: Manifest, room: str) -> Iterator[tuple[str, Member]]:
    """The members of 'database', 'files' or 'keys'."""
    return ((name, member) for name, member in manifest.members.items() if name.startswith(f"{room}/"))


def _check(archive: zipfile.ZipFile, name: str, member: Member, out: IO[bytes]) -> None:
    try:
        with archive.open(name) as source:
            found = _pour(source, out)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as fault:
        raise Refused(f"This backup is damaged: '{name}' cannot be read.") from fault
    except Exception as fault:
        if type(fault).__module__ != "zlib":
            raise
        raise Refused(f"This backup is damaged: '{name}' cannot be read.") from fault
    if found != member:
        raise Refused(f"This backup is damaged: '{name}' is not what was written.")
