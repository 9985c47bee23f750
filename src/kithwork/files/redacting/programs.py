"""The programs that redaction asks: Tesseract reads pictures, LibreOffice prints documents. Found on this machine, run
without a network, with what they need of it and no more. Where one is missing, who asks is told so, and nothing passes.
"""

import csv
import io
import os
import resource
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from kithwork.core.redaction.files import Missing, Seen, Unreadable
from kithwork.core.redaction.passages import Box

READING = 120.0  # seconds by the clock for one picture
PRINTING = 150.0  # seconds by the clock for one document
PRINTED = 400 * 1024 * 1024  # bytes that a program may write into one file
_PLACES = (
    "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/opt/local/bin",
    "/Applications/LibreOffice.app/Contents/MacOS", "/usr/lib/libreoffice/program",
)  # fmt: skip

_NO_READER = (
    "Pictures and scans cannot be read here: the program Tesseract is not installed on the site's machine. "
    "Whoever runs the site must install it (Debian: tesseract-ocr)."
)
_NO_PRINTER = (
    "This kind of document cannot be redacted here: LibreOffice is not installed on the site's machine. "
    "Print it to PDF and send that, or ask whoever runs the site to install it (Debian: libreoffice-writer-nogui)."
)
_UNREAD = "A picture in this file could not be read. Save it as PNG or JPEG in an ordinary size and send that."
_UNPRINTED = "This document could not be printed, so that not all of it could be read. Print it to PDF and send that."


def found() -> dict[str, str]:
    """Where the programs are, by name; one that is missing is not in it."""
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), *_PLACES))
    places = {
        "tesseract": shutil.which("tesseract", path=path),
        "soffice": shutil.which("soffice", path=path) or shutil.which("libreoffice", path=path),
        "unshare": shutil.which("unshare", path=path),
    }
    return {name: place for name, place in places.items() if place}


def missing() -> tuple[str, ...]:
    """What cannot be done on this machine, in words; empty where all can."""
    have = found()
    return tuple(text for name, text in (("tesseract", _NO_READER), ("soffice", _NO_PRINTER)) if name not in have)


class Programs:
    """The programs at their places, with a folder of their own to work in."""

    def __init__(self, places: Mapping[str, str], folder: Path) -> None:
        self._places, self._folder = places, folder
        self._alone: tuple[str, ...] | None = None

    def ocr(self, picture: Image.Image, /) -> Sequence[Seen]:
        """The words of a picture, by Tesseract: its automatic layout, as it is best at pages."""
        program = self._places.get("tesseract")
        if program is None:
            raise Missing(_NO_READER)
        packed = io.BytesIO()
        (picture if picture.mode == "L" else picture.convert("L")).save(packed, "PPM")
        said = self._run(
            [program, "-", "-", "-l", "eng", "--dpi", "200", "-c", "tessedit_do_invert=1", "tsv"],
            READING,
            _UNREAD,
            given=packed.getvalue(),
        )
        return _words(said.decode("utf-8", "replace"), *picture.size)

    def to_pdf(self, content: bytes, ending: str, /) -> bytes:
        """A document printed by LibreOffice, in a profile of its own: no macro runs, no link is followed."""
        program = self._places.get("soffice")
        if program is None:
            raise Missing(_NO_PRINTER)
        with TemporaryDirectory(dir=self._folder) as name:
            folder = Path(name)
            (folder / "profile" / "user").mkdir(parents=True)
            (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
            (folder / f"document{ending}").write_bytes(content)
            profile, out = (folder / "profile").as_uri(), folder / "out"
            command = [
                *self._offline(), program, f"-env:UserInstallation={profile}", "--headless", "--norestore",
                "--nolockcheck", "--nodefault", "--convert-to", "pdf", "--outdir", str(out),
                str(folder / f"document{ending}"),
            ]  # fmt: skip
            self._run(command, PRINTING, _UNPRINTED, home=folder)
            made = out / "document.pdf"
            if not made.is_file():
                raise Unreadable(_UNPRINTED)
            return made.read_bytes()

    def _offline(self) -> tuple[str, ...]:
        """What runs a program without a network, where this machine lets us."""
        if self._alone is None:
            unshare = self._places.get("unshare")
            command = (unshare, "-r", "-n", "--") if unshare else ()
            if command:
                tried = subprocess.run(  # noqa: S603 - a fixed command, found by us
                    [*command, "true"], capture_output=True, check=False, timeout=20
                )
                command = command if tried.returncode == 0 else ()
            self._alone = command
        return self._alone

    def _run(
        self, command: Sequence[str], seconds: float, fault: str, *, given: bytes = b"", home: Path | None = None
    ) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 - programs found by us; what they are given comes as bytes or as a file
                [*_unbound(), *command],
                input=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                check=False,
                cwd=home or self._folder,
                env={
                    "PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(home or self._folder),
                    "TMPDIR": str(home or self._folder), "OMP_THREAD_LIMIT": "1", "SAL_USE_VCLPLUGIN": "svp",
                    "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9",
                },
            )  # fmt: skip
        except (subprocess.TimeoutExpired, OSError) as late:
            raise Unreadable(fault) from late
        if done.returncode:
            raise Unreadable(fault)
        return done.stdout


def _unbound() -> tuple[str, ...]:
    """What starts a program with the memory that it may use and we may not: LibreOffice maps far more than it uses.

    A shell, since Python code between fork and exec is not safe where pages are read side by side.
    """
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    size = "unlimited" if most == resource.RLIM_INFINITY else str(most // 1024)
    return ("/bin/sh", "-c", 'ulimit -S -v "$0"; exec "$@"', size)


def _words(table: str, wide: int, high: int) -> list[Seen]:
    """Tesseract's table of words: level, four numbers of its place on the page, a box, certainty in percent, text."""
    words: list[Seen] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in csv.reader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) != 12 or row[0] != "5" or not row[11].strip():
            continue
        left, top, width, height = (int(part) for part in row[6:10])
        line = lines.setdefault(tuple(row[1:5]), len(lines))
        box = Box(left / wide, top / high, (left + width) / wide, (top + height) / high)
        words.append(Seen(row[11].strip(), box, max(0.0, min(1.0, float(row[10]) / 100)), line))
    return words


_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
</oor:items>
"""
