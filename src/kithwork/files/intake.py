"""Look at an offered file in a separate process with limits: a hostile one harms nothing but that process."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import BinaryIO, cast

from kithwork.core.documents.inspect import too_large
from kithwork.core.documents.kinds import Inspection, Kind, ending_of

MEMORY = 1024 * 1024 * 1024  # bytes of address space
PROCESSOR = 10  # seconds of processor time
WALL = 20.0  # seconds by the clock
_PACKAGES = Path(__file__).resolve().parents[2]

_SLOW = "This file took too long to look at, so it is not kept. Save it as a smaller PDF and upload that."
_CRASH = (
    "This file could not be opened safely, so it is not kept. "
    "Open it on your own device, choose Print, then 'Save as PDF', and upload the new file."
)
_GONE = "This file could not be read. Choose it again and upload it once more."


def examine(
    offered: bytes | Path,
    name: str,
    limit: int,
    *,
    anew: bool = False,
    memory: int = MEMORY,
    processor: int = PROCESSOR,
    wall: float = WALL,
) -> Inspection:
    """What `kithwork.core.documents.inspect` says of a file, asked in a process of its own.

    `offered` is the file's bytes or its path, `name` what its sender calls it, `limit` the largest size in bytes,
    `anew` whether only a copy made anew is ever handed on.
    The process may use `memory` bytes, `processor` seconds of processor time and `wall` seconds by the clock; it sees
    nothing of our environment, and of the name only its ending (process lists are public on many machines).
    Never raises: a crash, a time-out or a nonsense answer is a refusal.
    """
    ending = ending_of(name)
    orders = json.dumps(
        {"name": f"file{ending[:20]}", "limit": limit, "anew": anew, "memory": memory, "seconds": processor}
    )
    try:
        with opened(offered) as file, tempfile.TemporaryFile() as answer:
            size = os.fstat(file.fileno()).st_size
            if size > limit:
                return Inspection.refused(too_large(size, limit))
            return _ask(orders, file, answer, wall)
    except OSError:
        return Inspection.refused(_GONE)


def opened(offered: bytes | Path) -> BinaryIO:
    """The file, open at its beginning, with a descriptor that a process can be given."""
    if isinstance(offered, Path):
        return offered.open("rb")
    if hasattr(os, "memfd_create"):  # Linux: bytes that must not touch the disk do not
        file = cast("BinaryIO", os.fdopen(os.memfd_create("offered"), "w+b"))
    else:
        file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - the caller closes it
    file.write(offered)
    file.seek(0)
    return file


def _ask(orders: str, file: BinaryIO, answer: BinaryIO, wall: float) -> Inspection:
    """Run the process. Its answer goes to a file that its own limit keeps small: a talkative one fills no memory."""
    code = apart("kithwork.core.documents", orders, file, answer, wall)
    if code in {-9, -24}:  # SIGKILL or SIGXCPU: the clock or its processor time has run out
        return Inspection.refused(_SLOW)
    if code:
        return Inspection.refused(_CRASH)
    answer.seek(0)
    return _understood(answer.read(65_536))


def apart(module: str, orders: str, file: BinaryIO, answer: BinaryIO, wall: float) -> int:
    """Run one of our modules on a file, in a process that sees nothing of our environment, and is ended after `wall`
    seconds by the clock. It limits itself further by its `orders`. Gives its exit code; what it said is in `answer`.
    """
    process = subprocess.Popen(
        [sys.executable, "-s", "-P", "-m", module, orders],
        stdin=file,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PYTHONPATH": str(_PACKAGES), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8", "PATH": os.defpath},
        close_fds=True,
        start_new_session=True,
    )
    alarm = threading.Timer(wall, process.kill)  # wait(timeout) would sleep in steps of up to 50 ms
    alarm.start()
    try:
        return process.wait()
    finally:
        alarm.cancel()
        if process.poll() is None:
            process.kill()
            process.wait()


def _understood(said: bytes) -> Inspection:
    """The answer as an Inspection; anything but the exact shape is a refusal."""
    try:
        told = json.loads(said)
        ok, kind, pages, reason = (told[key] for key in ("ok", "kind", "pages", "reason"))
        found = Kind(kind) if kind is not None else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return Inspection.refused(_CRASH)
    counted = pages is None or (type(pages) is int and pages > 0)
    if ok is True and found and reason is None and counted:
        return Inspection.kept(found, pages)
    if ok is False and isinstance(reason, str) and reason:
        return Inspection.refused(reason, found)
    return Inspection.refused(_CRASH)
