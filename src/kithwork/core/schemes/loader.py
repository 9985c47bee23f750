"""From an edition's files to an Edition, or to everything that is wrong with them, with file and line.

Mistakes are told in two rounds: first what does not read (the text, the keys, the values), in all files at once; then,
when every piece reads, what does not fit together.
"""

import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kithwork.core.schemes import checker, wording
from kithwork.core.schemes.located import Located, Mistake, Mistakes, Place, read
from kithwork.core.schemes.model import Edition

SCHEME = "scheme.toml"
REQUIREMENTS = "requirements.toml"  # may be absent: a scheme without a framework
FILES = (SCHEME, REQUIREMENTS)
MOST_BYTES = 1_000_000


def find(root: Path) -> list[Path]:
    """The edition folders below `schemes/`: `<root>/<slug>/<edition>` with at least one of an edition's files."""
    return sorted({found.parent for file in FILES for found in root.glob(f"*/*/{file}")})


def load(folder: Path) -> Edition:
    """The edition in `.../<slug>/<edition>/`. Raises Mistakes, and nothing else, whatever the folder holds."""
    found, mistakes = _gather(folder)
    slug, edition = ("", "", *Path(os.path.abspath(folder)).parts)[-2:]
    return _Reading(found, folder.as_posix(), mistakes).edition((("slug", slug), ("edition", edition)))


def load_texts(texts: Mapping[str, str], name: str) -> Edition:
    """The edition in texts by file name; `name` ('qim/2022') stands before it in the mistakes. Raises Mistakes."""
    mistakes = [
        Mistake(_path(name, file), 1, f"unknown file: an edition is made of {SCHEME} and {REQUIREMENTS}")
        for file in texts
        if file not in FILES
    ]
    found: dict[str, str] = {}
    for file in FILES:
        if file in texts:
            try:
                found[file] = decoded(texts[file].encode(), _path(name, file))
            except UnicodeEncodeError:  # half of a surrogate pair, which no file can hold
                mistakes.append(Mistake(_path(name, file), 1, "the text is not Unicode"))
            except Mistakes as error:
                mistakes += error.mistakes
    return _Reading(found, name, mistakes + _absent(found, name, mistakes)).edition()


def texts(folder: Path) -> dict[str, str]:
    """An edition's files by name; line ends are made '\\n', so every checkout has one digest. Raises Mistakes."""
    found, mistakes = _gather(folder)
    if mistakes:
        raise Mistakes(tuple(mistakes))
    return found


def digest(texts: Mapping[str, str]) -> str:
    """sha256, in hexadecimal, over names and contents in the order of the names; each is preceded by its length."""
    sum_ = sha256()
    for name, text in sorted(texts.items()):
        for part in (name.encode(), text.encode()):
            sum_.update(len(part).to_bytes(8, "big") + part)
    return sum_.hexdigest()


def _path(name: str, file: str) -> str:
    return f"{name}/{file}" if name not in ("", ".") else file


def decoded(content: bytes, path: str) -> str:
    """A file's text, with line ends made '\\n'. Raises Mistakes when it is too large, or not UTF-8."""
    if len(content) > MOST_BYTES:
        raise Mistakes((Mistake(path, 1, "the file is larger than 1 MB"),))
    try:
        text = content.decode("utf-8-sig")  # Notepad begins its files with a byte order mark
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Mistakes((Mistake(path, line, "the text is not UTF-8: save the file with the encoding UTF-8"),)) from None
    return text.replace("\r\n", "\n")


def _gather(folder: Path) -> tuple[dict[str, str], list[Mistake]]:
    found: dict[str, str] = {}
    mistakes: list[Mistake] = []
    for file in FILES:
        path = _path(folder.as_posix(), file)
        try:
            if (folder / file).is_file():
                with (folder / file).open("rb") as opened:
                    found[file] = decoded(opened.read(MOST_BYTES + 1), path)
            elif (folder / file).exists():
                mistakes.append(Mistake(path, 1, "this is not a file"))
        except OSError as error:
            mistakes.append(Mistake(path, 1, f"the file cannot be opened: {(error.strerror or str(error)).lower()}"))
        except Mistakes as error:
            mistakes += error.mistakes
    return found, mistakes + _absent(found, folder.as_posix(), mistakes)


def _absent(found: Mapping[str, str], name: str, mistakes: list[Mistake]) -> list[Mistake]:
    path = _path(name, SCHEME)
    told = SCHEME in found or any(mistake.path == path for mistake in mistakes)
    return [] if told else [Mistake(path, 1, "there is no such file")]


class _Reading:
    """One attempt at an edition: the files that read, and the mistakes so far."""

    def __init__(self, texts: Mapping[str, str], name: str, mistakes: list[Mistake]) -> None:
        self._name = name
        self._mistakes = mistakes
        self._files: dict[str, Located] = {}
        for file, text in texts.items():
            try:
                self._files[file] = read(text, _path(name, file))
            except Mistakes as error:
                mistakes += error.mistakes

    def edition(self, folder_names: tuple[tuple[str, str], ...] = ()) -> Edition:
        sound = not self._mistakes
        data = self._data()
        try:
            edition = Edition.model_validate(data)
        except ValidationError as error:
            for place, message in wording.plain(error.errors(include_url=False), data):
                self._add(place, message)
        else:
            for key, wanted in folder_names:
                if (given := getattr(edition.scheme, key)) != wanted:
                    self._add(("scheme", key), f"'{key}' is '{given}', but the folder is called '{wanted}'")
            if sound:  # with half of the files, every name would seem to lead nowhere
                for place, message in checker.mistakes(edition):
                    self._add(place, message)
            if not self._mistakes:
                return edition
        order = {_path(self._name, file): index for index, file in enumerate(FILES)}
        ordered = sorted(set(self._mistakes), key=lambda one: (order.get(one.path, len(order)), one))
        raise Mistakes(tuple(ordered))

    def _data(self) -> dict[str, Any]:
        """The data of both files as one; keys that stand in the wrong file are told and left out."""
        data: dict[str, Any] = {}
        if scheme := self._files.get(SCHEME):
            data = {key: value for key, value in scheme.data.items() if key not in ("requirement", "requirements")}
            for key in scheme.data.keys() - data.keys():
                self._tell(SCHEME, (key,), f"'{key}' does not belong here: write [[requirement]] in {REQUIREMENTS}")
        if requirements := self._files.get(REQUIREMENTS):
            for key in requirements.data.keys() - {"requirement"}:
                hint = wording.did_you_mean(key, ["requirement"])
                self._tell(
                    REQUIREMENTS, (key,), f"unknown key '{key}'{hint or ': this file holds [[requirement]] only'}"
                )
            if "requirement" in requirements.data:
                data["requirements"] = requirements.data["requirement"]
        return data

    def _add(self, place: Place, message: str) -> None:
        """A mistake at a place of the edition; nothing when its file is broken and has been told already."""
        if place[0] == "requirements":
            self._tell(REQUIREMENTS, ("requirement", *place[1:]), message)
        else:
            self._tell(SCHEME, place, message)

    def _tell(self, file: str, place: Place, message: str) -> None:
        if file in self._files:
            path = _path(self._name, file)
            self._mistakes.append(Mistake(path, self._files[file].line(place), message))
