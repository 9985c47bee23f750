"""The road of every attack: read, cut every planted name wherever it is read, remake."""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import Reading, Remade, Tools, read, remake
from kithwork.core.redaction.passages import Cut
from kithwork.files.redacting.programs import Programs, found


@contextmanager
def programs() -> Iterator[Tools]:
    with tempfile.TemporaryDirectory() as folder:
        yield Programs(found(), Path(folder))


def cuts_of(reading: Reading, names: Mapping[str, str]) -> dict[int, list[Cut]]:
    """Perfect detection: each name, wherever it stands, gives way to its initial."""
    pattern = re.compile("|".join(sorted(map(re.escape, names.values()), key=len, reverse=True)), re.IGNORECASE)
    cuts = {
        index: [Cut(one.start(), one.end(), one[0][0].upper()) for one in pattern.finditer(passage.text)]
        for index, passage in enumerate(reading.passages)
    }
    return {index: some for index, some in cuts.items() if some}


def unread(reading: Reading, names: Mapping[str, str]) -> dict[str, str]:
    """The planted names that no passage says."""
    said = "\n".join(passage.text for passage in reading.passages).lower()
    return {place: name for place, name in names.items() if name.lower() not in said}


def redacted(content: bytes, kind: Kind, names: Mapping[str, str], tools: Tools) -> tuple[Reading, Remade]:
    reading = read(content, kind, f"file.{kind.value}", tools)
    return reading, remake(content, kind, cuts_of(reading, names), tools, reading=reading)


def kept(name: str, content: bytes) -> None:
    """Leave a file where KITHWORK_LOOK says, for a person to look at."""
    if folder := os.environ.get("KITHWORK_LOOK"):
        Path(folder, name).write_bytes(content)
