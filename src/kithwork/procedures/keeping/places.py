"""Where files and keys lie on this machine."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages

from kithwork.core.verdict import Refused


def files_folder() -> Path:
    """The folder of stored files. Raises Refused when they are kept elsewhere than in a folder."""
    storage = storages["default"]
    if not isinstance(storage, FileSystemStorage):
        raise Refused("Stored files are not in a folder of this machine; back them up where they are kept.")
    return Path(storage.location).resolve()


def keys_folder() -> Path:
    """The folder of the installation's keys."""
    return (Path(settings.DATA) / "keys").resolve()


def names_below(folder: Path) -> Iterator[str]:
    """Every ordinary file below a folder, by its path within, sorted within each folder; links are not followed."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place) / name
            if not path.is_symlink():
                yield path.relative_to(folder).as_posix()
