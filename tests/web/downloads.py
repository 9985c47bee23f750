"""Files and zips that a page answers with: read whole, and closed."""

import io
import zipfile
from typing import Any


def done_with(answer: Any) -> None:
    """Close what a streamed answer holds open; close() itself would end the test's connection."""
    if answer.streaming:
        for close in answer._resource_closers:
            close()


def content_of(answer: Any) -> bytes:
    """What a streamed answer holds."""
    assert answer.status_code == 200
    try:
        return b"".join(answer.streaming_content)
    finally:
        done_with(answer)


def held_in(answer: Any) -> dict[str, bytes]:
    """Name -> content of everything in a zip, in its order, after checking that it is sound."""
    with zipfile.ZipFile(io.BytesIO(content_of(answer))) as made:
        assert made.testzip() is None
        return {name: made.read(name) for name in made.namelist()}
