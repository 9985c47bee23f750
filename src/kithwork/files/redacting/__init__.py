"""Read files for what identifies people, and make redacted copies, in a separate process with limits: a hostile file
harms nothing but that process, and one that breaks it is refused, never passed.

Plain text and tables in CSV are read here: nothing takes them apart but a few lines of Python, and to start a process
takes a hundred times as long.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction import files
from kithwork.core.redaction.files import BadCut, Missing, Progress, Reading, Remade, Unreadable
from kithwork.core.redaction.passages import Cut, Passage
from kithwork.files.intake import opened
from kithwork.files.redacting import packing
from kithwork.files.redacting.programs import Programs, found, missing

_PACKAGES = Path(__file__).resolve().parents[3]
_SLOW = "This file took too long to read. Split it, or make its pictures smaller, and send that."
_CRASH = "This file could not be read safely. Print it to PDF on your own device, and send that."
_LARGE = "This file is too large to be read. Split it, or make its pictures smaller, and send that."


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Memory in bytes, times in seconds by the clock."""

    size: int = 25 * 1024 * 1024
    memory: int = 2 * 1024 * 1024 * 1024  # of the process that reads; a page of A4 takes a fortieth
    programs_memory: int = 6 * 1024 * 1024 * 1024  # addresses that LibreOffice may map
    still: float = 240.0  # without a page done
    whole: float = 3_600.0  # 500 scanned pages take half of it on two cores


LIMITS = Limits()
_HERE = {Kind.TEXT, Kind.CSV}
_NONE = Programs({}, Path())  # whoever asks it is told that the program is missing


def read(
    content: bytes, kind: Kind, name: str, *, progress: Progress | None = None, limits: Limits = LIMITS
) -> Reading:
    """All texts of a file. Raises Unreadable, with the reason: locked, damaged, too large, too slow, no program."""
    if kind in _HERE:
        return files.read(_held(content, limits), kind, name, _NONE)
    told, _ = _asked({"do": "read", "kind": kind.value, "name": name}, content, progress, limits)
    return _understood(lambda: packing.unpacked(told["reading"]))


def remake(
    content: bytes,
    kind: Kind,
    cuts: Mapping[int, Sequence[Cut]],
    reading: Reading | None = None,
    *,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
) -> Remade:
    """The redacted copy. `reading` is what `read` gave for the same bytes, which spares reading them again.

    Raises Unreadable, and BadCut for cuts that fit no passage.
    """
    if kind in _HERE:
        return files.remake(_held(content, limits), kind, cuts, _NONE, reading=reading)
    orders = {
        "do": "remake",
        "kind": kind.value,
        "cuts": packing.packed_cuts({index: list(some) for index, some in cuts.items()}),
        "reading": packing.packed(reading) if reading else None,
    }
    told, made = _asked(orders, content, progress, limits)
    return _understood(lambda: Remade(made, Kind(told["kind"]), str(told["ending"])))


def picture(content: bytes, kind: Kind, page: int, *, limits: Limits = LIMITS) -> bytes:
    """A page as PNG, for a person to look at. Raises Unreadable where there is none."""
    _, made = _asked({"do": "picture", "kind": kind.value, "page": page}, content, None, limits)
    return made


def verify(content: bytes, kind: Kind, *, limits: Limits = LIMITS) -> tuple[Passage, ...]:
    """All text that can be got out of a copy by other means than those that made it. Raises Unreadable."""
    if kind in _HERE:
        return files.verify(_held(content, limits), kind, _NONE)
    told, _ = _asked({"do": "verify", "kind": kind.value}, content, None, limits)
    return _understood(lambda: tuple(packing.unpacked_passage(one) for one in told["passages"]))


def _held(content: bytes, limits: Limits) -> bytes:
    if len(content) > limits.size:
        raise Unreadable(_LARGE)
    return content


T = TypeVar("T")


def _understood(work: Callable[[], T]) -> T:
    try:
        return work()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unreadable(_CRASH) from None


def _asked(
    told: dict[str, Any], content: bytes, progress: Progress | None, limits: Limits
) -> tuple[dict[str, Any], bytes]:
    """Run the process on a file and take its answer. Raises Unreadable, BadCut."""
    _held(content, limits)
    with (
        tempfile.TemporaryDirectory(prefix="redacting-", dir=_in_memory()) as folder,
        _blank() as given,
        _blank() as said,
    ):
        packing.put(given, told, content)
        given.seek(0)
        orders = json.dumps(
            {
                "memory": limits.memory, "programs_memory": limits.programs_memory, "seconds": int(limits.whole) + 1,
                "programs": found(), "folder": folder,
            }
        )  # fmt: skip
        code = _run(orders, given, said, progress, limits)
        said.seek(0)
        raw = said.read() if code == 0 else b""
    if code in {-signal.SIGKILL, -signal.SIGXCPU}:
        raise Unreadable(_SLOW)
    if code:
        raise Unreadable(_CRASH)
    answer, made = _understood(lambda: packing.got(raw))
    if "bad" in answer:
        raise BadCut(str(answer["bad"]))
    if "fault" in answer:
        raise (Missing if answer.get("missing") else Unreadable)(str(answer["fault"]))
    return answer, made


def _in_memory() -> str | None:
    """A folder that is never on a disk, where the machine has one: originals pass through it."""
    shared = Path("/dev/shm")  # noqa: S108 - the folder in it is ours alone
    return str(shared) if shared.is_dir() and os.access(shared, os.W_OK) else None


def _blank() -> BinaryIO:
    return opened(b"")


def _run(orders: str, given: BinaryIO, said: BinaryIO, progress: Progress | None, limits: Limits) -> int:
    """The exit code of the process, ended with all that it started when it stands still, or takes too long."""
    process = subprocess.Popen(  # noqa: S603 - this very Python with a fixed command
        [sys.executable, "-s", "-P", "-m", "kithwork.files.redacting", orders],
        stdin=given,
        stdout=said,
        stderr=subprocess.PIPE,
        cwd="/",
        env={"PYTHONPATH": str(_PACKAGES), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8", "PATH": os.defpath},
        close_fds=True,
        start_new_session=True,
    )
    watch = _Watch(process, limits)
    try:
        assert process.stderr is not None
        while line := process.stderr.readline(1_000):
            parts = line.split()
            if len(parts) == 2 and all(part.isdigit() for part in parts):
                watch.moved()
                if progress:
                    progress(int(parts[0]), int(parts[1]))
        return process.wait()
    finally:
        watch.over()
        process.wait()
        process.stderr.close()  # type: ignore[union-attr]


class _Watch:
    """Ends a process, and all that it has started, when it makes no progress or takes too long."""

    def __init__(self, process: "subprocess.Popen[bytes]", limits: Limits) -> None:
        self._process, self._limits = process, limits
        self._end = time.monotonic() + limits.whole
        self._still = time.monotonic() + limits.still
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def moved(self) -> None:
        self._still = time.monotonic() + self._limits.still

    def over(self) -> None:
        self._done.set()
        self._thread.join()
        self._kill()

    def _look(self) -> None:
        while not self._done.wait(max(0.01, min(0.5, min(self._end, self._still) - time.monotonic()))):
            if time.monotonic() >= min(self._end, self._still):
                self._kill()
                return

    def _kill(self) -> None:
        """Its session is its own: whatever is left in it came from this file."""
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return


__all__ = ["LIMITS", "Limits", "found", "missing", "picture", "read", "remake", "verify"]
