"""Work that nobody waits for: done by a process apart, which takes what waits and ends.

There is no broker and nobody has to keep a worker running: whoever brings work starts one. On one machine one is
enough, and one that is killed leaves its work to the next: the system lets go of a lock whose holder is gone.
"""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

STARTING = 60  # seconds that a worker may take until it is at work; whoever looks asks again and again


@dataclass(frozen=True, slots=True)
class Apart:
    """A kind of such work. `name` is that of its lock in the data folder, `words` the command that does it."""

    name: str
    words: tuple[str, ...]

    def start(self) -> None:
        """Start a worker, unless one is at work here, or about to be: it takes what waits before it ends."""
        with self.alone() as alone:
            if not alone or self._starting():
                return
            self._stamp().touch()
        subprocess.Popen(  # it outlives us, and the system's own parent takes it over
            [sys.executable, "-m", "kithwork.cli", *self.words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={**os.environ, "KITHWORK_DATA": str(settings.DATA)},
            start_new_session=True,
        )

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether nobody else of this machine is at work here; until the end nobody else is."""
        settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (settings.DATA / f"{self.name}.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def begun(self) -> None:
        """The worker is at work: the next may be started."""
        self._stamp().unlink(missing_ok=True)

    def _stamp(self) -> Path:
        """There while a worker has been started and is not at work yet."""
        return Path(settings.DATA) / f"{self.name}.starting"

    def _starting(self) -> bool:
        try:
            return time.time() - self._stamp().stat().st_mtime < STARTING
        except FileNotFoundError:
            return False
