"""A stored file and the row that names it: neither stays behind without the other, whatever breaks off between them.

A file is written before its row is committed, so that a crash in between leaves a file too many and never one too few;
`tidy` deletes those before the next file comes into the same folder.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, transaction
from django.db.models import FileField, Model

from kithwork.core.verdict import Refused
from kithwork.files.intake import examine


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that may be kept: its content in bytes, and what was found out about it."""

    content: bytes
    name: str
    media_type: str
    digest: str

    @property
    def facts(self) -> dict[str, Any]:
        """The columns that a row with a file has."""
        return {
            "file_name": self.name,
            "media_type": self.media_type,
            "size": len(self.content),
            "digest": self.digest,
        }


def take_in(upload: "UploadedFile[bytes]") -> Taken:
    """Look at an offered file in a process of its own. Raises Refused, with the reason, for one that cannot be kept."""
    limit = settings.UPLOAD_LIMIT
    if upload.size is not None and upload.size > limit:
        raise Refused(f"The file is too large: at most {limit // 1024 // 1024} MB.")
    content = upload.read()
    name = (upload.name or "file")[-200:]
    found = examine(content, name, limit)
    if not found.ok:
        raise Refused(found.reason or "This file cannot be kept.")
    kind = found.media_type or "application/octet-stream"
    return Taken(content, name, kind, hashlib.sha256(content).hexdigest())


@contextmanager
def kept_with(row: Model, taken: Taken | None) -> Iterator[None]:
    """Keep a file as `row.file`, in a transaction of its own in which the caller locks what needs it and saves the row.

    When that fails, the file goes. It must be the outermost transaction: of one around it nobody could tell whether it
    was committed in the end. Without a file it is that transaction alone.
    """
    if taken is None:
        with transaction.atomic(durable=True):
            yield
        return
    field: Any = row._meta.get_field("file")
    assert isinstance(field, FileField)
    name = field.generate_filename(row, taken.name)
    try:
        with transaction.atomic(durable=True):
            field.storage.save(name, ContentFile(taken.content))
            row.file = name  # type: ignore[attr-defined]  # proven to have one a few lines above
            for column, value in taken.facts.items():
                setattr(row, column, value)
            yield
    except BaseException:
        _forget(row, field, name)
        raise


def _forget(row: Model, field: Any, name: str) -> None:
    """Delete the file of a row that was not committed. Whoever cannot know that leaves it to `tidy`."""
    try:
        committed = type(row)._default_manager.filter(file=name).exists()  # it may be: the answer was lost on the way
    except DatabaseError:
        return
    if not committed:
        field.storage.delete(name)


def tidy(kind: type[Model], folder: str) -> int:
    """Delete the files of a folder that no row of this kind names. Gives how many there were.

    Whoever calls holds a lock that keeps others from putting a file there meanwhile.
    """
    storage: Any = kind._meta.get_field("file").storage  # type: ignore[union-attr]  # a FileField has one
    try:
        _, names = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever kept there
        return 0
    lying = {f"{folder}/{name}" for name in names}
    known = set(kind._default_manager.filter(file__startswith=f"{folder}/").values_list("file", flat=True))
    for name in lying - known:
        storage.delete(name)
    return len(lying - known)


def delete_stored(files: Iterable[tuple[type[Model], str]]) -> None:
    """Delete files by name, each given with the kind of row that named it, once no row of that kind does any more.

    To be called after the commit that took the rows away.
    """
    for kind, name in files:
        if not kind._default_manager.filter(file=name).exists():
            storage: Any = kind._meta.get_field("file").storage  # type: ignore[union-attr]  # a FileField has one
            storage.delete(name)
