"""Files through the finder, as one case: read, reduced, remade, read again, and only then written."""

import hashlib
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import BadCut, Reading, Remade, Unreadable
from kithwork.core.redaction.files.case import Sifted, left_in, sift
from kithwork.core.redaction.finding import Finder
from kithwork.core.redaction.finds import DOUBTFUL, Find
from kithwork.core.redaction.passages import Place
from kithwork.files import redacting
from kithwork.files.intake import examine

_LEFT = (
    "something that should have gone can still be read in the copy ({}), so it is not written. Take it out yourself."
)
_DOUBT = "{} left in that may identify somebody: look at {}. --json tells which; --least {} reduces {} too."
_INPUT = "standard-input"
_CHANGED = "was changed while it was being read. Try again."


class _Stopped(Exception):
    """One file cannot go on; the message says why. Others can."""


@dataclass(slots=True)
class _File:
    """One of the files, from the first look on. Its bytes are read again when they are needed: a case can be large."""

    path: Path
    digest: str
    kind: Kind
    reading: Reading
    content: bytes | None = None  # of standard input, which can be read once

    def bytes(self) -> bytes:
        content = self.content if self.content is not None else _bytes_of(self.path)
        if hashlib.sha256(content).hexdigest() != self.digest:
            raise _Stopped(_CHANGED)
        return content


@dataclass(slots=True)
class Run:
    """One run of the command. `checker` finds known people and shapes alone, for looking through copies."""

    finder: Finder
    checker: Finder
    least: float
    out: Path | None
    text: bool
    as_json: bool
    _taken: set[str] = field(default_factory=set)
    _failed: bool = False

    def do(self, paths: Sequence[Path]) -> int:
        """All files; 1 when any of them could not be done."""
        files = [file for path in paths if (file := self._read(path)) is not None]
        if self.out is not None and files:
            self.out.mkdir(parents=True, exist_ok=True)
        sifted = sift([file.reading for file in files], self.finder, least=self.least)
        for file, one in zip(files, sifted, strict=True):
            copy: Path | None = None
            try:
                copy = self._write(file, one) if self.out is not None else None
            except (_Stopped, Unreadable, BadCut, OSError) as why:
                self._stop(file.path, why)
                continue
            self._tell(file, one, copy, several=len(files) > 1)
        return int(self._failed)

    def _stop(self, path: Path, why: Exception) -> None:
        self._failed = True
        said = f"cannot be read or written ({why.strerror})." if isinstance(why, OSError) else str(why)
        print(f"{path}: {said}", file=sys.stderr)
        if self.as_json:
            print(json.dumps({"file": path.name, "fault": said}, ensure_ascii=False))

    def _read(self, path: Path) -> _File | None:
        try:
            content = _bytes_of(path)
            name = _INPUT if str(path) == "-" else path.name
            looked = examine(content, name, redacting.LIMITS.size, anew=True)
            if not looked.ok or looked.kind is None:
                raise _Stopped(looked.reason or "cannot be read.")
            reading = redacting.read(content, looked.kind, name, progress=_Progress(path, "read"))
        except (_Stopped, Unreadable, OSError) as why:
            self._stop(path, why)
            return None
        for note in reading.notes:
            print(f"{path}: {note}", file=sys.stderr)
        digest = hashlib.sha256(content).hexdigest()
        return _File(path, digest, looked.kind, reading, content if str(path) == "-" else None)

    def _write(self, file: _File, sifted: Sifted) -> Path:
        """The copy, looked through first: one with anything left in it is none."""
        assert self.out is not None
        made = redacting.remake(
            file.bytes(), file.kind, sifted.within, file.reading, progress=_Progress(file.path, "made")
        )
        left = left_in(sifted, redacting.verify(made.content, made.kind), self.checker)
        if left:
            raise _Stopped(_LEFT.format(", ".join(sorted(left))))
        target = self.out / self._name(file, sifted, made)
        try:
            with target.open("xb") as written:
                written.write(made.content)
        except FileExistsError:
            raise _Stopped(f"{target} is there already. Choose another folder with --out.") from None
        return target

    def _name(self, file: _File, sifted: Sifted, made: Remade) -> str:
        """A name that no other copy of this run has: on some disks capitals make no difference."""
        name = sifted.name(made) if file.content is None else f"{_INPUT}{made.ending}"
        stem, number = name.removesuffix(made.ending), 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{stem}-{number}{made.ending}"
        self._taken.add(name.casefold())
        return name

    def _tell(self, file: _File, sifted: Sifted, copy: Path | None, *, several: bool) -> None:
        if self.as_json:
            print(json.dumps(self._finds(file, sifted, copy), ensure_ascii=False))
        elif self.text:
            if several:
                print(f"==> {sifted.texts[-1]} <==")
            texts = [text for text, one in zip(sifted.texts, file.reading.passages, strict=True) if one.stays]
            said = "\n".join(texts)
            print(said, end="" if said.endswith("\n") else "\n")
        if copy is not None:
            count = sum(map(len, sifted.within.values()))
            print(f"{copy}: {count} replaced", file=sys.stderr if self.as_json or self.text else sys.stdout)
        if (many := sifted.doubtful) and not self.as_json:
            it, one = ("it", "One thing is") if many == 1 else ("them", f"{many} things are")
            print(f"{file.path}: {_DOUBT.format(one, it, DOUBTFUL, it)}", file=sys.stderr)

    def _finds(self, file: _File, sifted: Sifted, copy: Path | None) -> dict[str, object]:
        """Where a file is one text, places are in it; else in its passages, which are told too."""
        shown = min(self.least, DOUBTFUL)
        plain = file.kind is Kind.TEXT
        named: list[dict[str, object]] = []
        within: list[dict[str, object]] = []
        for at, (passage, finds) in enumerate(zip(file.reading.passages, sifted.finds, strict=True)):
            for find in finds:
                if find.confidence < shown:
                    continue
                if passage.place is Place.FILE:
                    named.append(_told(find))
                else:
                    within.append(_told(find) if plain else {"passage": at, **_told(find)})
        told: dict[str, object] = {
            "file": file.reading.passages[-1].text,
            "kind": file.kind.value,
            "blind": self.finder.blind,
            "finds": within,
            "finds_in_name": named,
            "copy": copy.name if copy else None,
            "notes": list(file.reading.notes),
        }
        if not plain:
            told["passages"] = [
                {"text": one.text, "place": one.place.value, "page": one.page, "label": one.label, "stays": one.stays}
                for one in file.reading.passages[:-1]
            ]
        return told


def _told(find: Find) -> dict[str, object]:
    return {
        "start": find.start,
        "end": find.end,
        "kind": find.kind.value,
        "sources": [source.value for source in find.sources],
        "confidence": find.confidence,
    }


def _bytes_of(path: Path) -> bytes:
    return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()


class _Progress:
    """How many pages are done, on standard error: in place where somebody watches, else now and then."""

    def __init__(self, path: Path, what: str) -> None:
        self._path, self._what, self._watched = path, what, sys.stderr.isatty()
        self._last = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        now = time.monotonic()
        if not self._watched and now - self._last < 10:
            return
        self._last = now
        begin, end = ("\r\x1b[K", "" if done < of else "\r\x1b[K") if self._watched else ("", "\n")
        print(f"{begin}{self._path}: {done} of {of} pages {self._what}", end=end, file=sys.stderr, flush=True)
