"""A folder of files as one zip: names that are safe on every system and never clash, the same bytes each time."""

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import IO

from kithwork.core.documents.kinds import Kind, ending_of

IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger zip is built on disk
_USUAL = {Kind.JPEG: ".jpg", Kind.TEXT: ".txt"}  # of kinds that have several endings
_CHUNK = 256 * 1024  # bytes


def safe_name(number: int, title: str, called: str, media_type: str) -> str:
    """'03-lesson-plan.pdf': the number makes it unlike any other, the title tells what it is.

    The ending follows what the file was found to be, so that a name cannot pass a file off as something else.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].rstrip("-") or "file"
    kind = next((one for one in Kind if one.media_type == media_type), None)
    if kind is None:
        return f"{number:02}-{stem}.bin"
    ending = ending_of(called)
    return f"{number:02}-{stem}{ending if ending in kind.endings else _USUAL.get(kind, f'.{kind.value}')}"


def pack(files: Iterable[tuple[str, IO[bytes]]], texts: Mapping[str, bytes], made_on: date) -> IO[bytes]:
    """A zip of opened files, which are closed one after the other, and of texts, open at its beginning.

    Pictures and documents are packed already, so they are stored as they are. Raises ValueError for a name that leads
    out of the folder, or that comes twice.
    """
    made: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller closes it
    try:
        _fill(made, files, texts, made_on)
    except BaseException:
        made.close()
        raise
    made.seek(0)
    return made


def _fill(made: IO[bytes], files: Iterable[tuple[str, IO[bytes]]], texts: Mapping[str, bytes], made_on: date) -> None:
    seen: set[str] = set()
    with zipfile.ZipFile(made, "w") as folder:
        for name, file in files:
            with file, folder.open(_entry(name, made_on, seen, zipfile.ZIP_STORED), "w") as inside:
                while chunk := file.read(_CHUNK):
                    inside.write(chunk)
        for name, content in texts.items():
            folder.writestr(_entry(name, made_on, seen, zipfile.ZIP_DEFLATED), content)


def _entry(name: str, made_on: date, seen: set[str], how: int) -> zipfile.ZipInfo:
    if not re.fullmatch(r"([a-z0-9][a-z0-9.-]*/)*[a-z0-9][a-z0-9.-]*", name) or ".." in name:
        raise ValueError("a name that could lead out of the folder")
    if name in seen:
        raise ValueError("a name that comes twice")
    seen.add(name)
    found = zipfile.ZipInfo(name, (max(made_on.year, 1980), made_on.month, made_on.day, 0, 0, 0))
    found.compress_type = how
    found.external_attr = 0o644 << 16
    return found
