"""Typst, kept warm: a template in this folder and facts as JSON in, an accessible and lasting PDF out.

Every PDF is PDF/UA-1 (for screen readers) and PDF/A-2a (for archives) at once; typst refuses to make one that is not.
"""

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TypeAlias

import typst

_HERE = Path(__file__).resolve().parent
_FALLBACK = _HERE.parents[3] / "build" / "fonts" / "DejaVuSans.ttf"  # fetched at set-up, see front/build.mjs
_LATIN = frozenset({*range(0x20, 0x7F), *range(0xA1, 0x250), *range(0x2010, 0x2028), 0x20AC})
_LOCK = Lock()
_STAND_IN = "\ufffd"  # what a reader of a page knows as "a letter I cannot show"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"


def typeset(template: str, facts: Mapping[str, Json], issued_on: date) -> bytes:
    """The PDF of a template ('certificate.typ') in this folder, with `facts` handed to it as they are.

    `issued_on` becomes the time in the file, so the same facts give the same bytes. Safe to call from several threads:
    one page is set at a time. Raises typst.TypstError when the template itself is at fault.
    """
    moment = datetime(issued_on.year, issued_on.month, issued_on.day, tzinfo=UTC)
    with _LOCK:
        made = _compiler(template).compile(
            format="pdf",
            sys_inputs={"facts": json.dumps(facts)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=moment,
        )
    if not isinstance(made, bytes):
        raise TypeError("typst answered with something other than one file")
    return made


def draw(template: str, facts: Mapping[str, Json], *, per_inch: float = 300) -> bytes:
    """The PNG of a template's only page, with `facts` handed to it as they are. Safe to call from several threads."""
    with _LOCK:
        made = _compiler(template).compile(format="png", ppi=per_inch, sys_inputs={"facts": json.dumps(facts)})
    if not isinstance(made, bytes):
        raise TypeError("typst answered with something other than one picture")
    return made


def outline_of(template: str, facts: Mapping[str, Json]) -> bytes:
    """The SVG of a template's only page, its letters as outlines. Safe to call from several threads."""
    with _LOCK:
        made = _compiler(template).compile(format="svg", sys_inputs={"facts": json.dumps(facts)})
    if not isinstance(made, bytes):
        raise TypeError("typst answered with something other than one picture")
    return made


@cache
def _compiler(template: str) -> typst.Compiler:
    """A compiler for one template. Given a path, not bytes: bytes are lost when it compiles again with other facts."""
    return typst.Compiler(_HERE / template, root=_HERE, font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    """The faces inside the typst wheel, and DejaVu Sans (if it was fetched) for the scripts they lack; never those
    of this machine.
    """
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[_FALLBACK.parent])


def settle(text: str, longest: int, *, what: str) -> str:
    """Text as it can be printed: one line, composed letters, no invisible orders.

    Spaces of any kind become one space; control characters, and the marks that turn the direction of everything after
    them, go; letters that none of our faces can draw become U+FFFD. Raises ValueError when the text is empty or longer
    than `longest` characters; `what` names it in the message.
    """
    line = " ".join(unicodedata.normalize("NFC", text).split())
    line = "".join(_printable(letter) for letter in line).strip()
    if not line:
        raise ValueError(f"{what} is empty")
    if len(line) > longest:
        raise ValueError(f"{what} has {len(line)} characters; the most that fits is {longest}")
    return line


def _printable(letter: str) -> str:
    if letter in "\u200c\u200d":  # joiners are spelling in Persian and in Indian scripts
        return letter
    if unicodedata.category(letter) in {"Cc", "Cf"} or "\ufe00" <= letter <= "\ufe0f":
        return ""
    return letter if ord(letter) in _drawable() else _STAND_IN


@cache
def _drawable() -> frozenset[int]:
    """The code points that DejaVu Sans draws, read from its character map (OpenType `cmap`, format 12 or 4).

    Without it, the Latin letters that typst's own faces have.
    """
    if not _FALLBACK.exists():
        return _LATIN
    face = _FALLBACK.read_bytes()

    def number(at: int, size: int) -> int:
        return int.from_bytes(face[at : at + size])

    tables = {face[at : at + 4]: number(at + 8, 4) for at in range(12, 12 + 16 * number(4, 2), 16)}
    cmap = tables[b"cmap"]
    drawn: set[int] = set()
    for entry in range(cmap + 4, cmap + 4 + 8 * number(cmap + 2, 2), 8):
        table = cmap + number(entry + 4, 4)
        if number(table, 2) == 12:
            for group in range(table + 16, table + 16 + 12 * number(table + 12, 4), 12):
                drawn.update(range(number(group, 4), number(group + 4, 4) + 1))
    return frozenset(point for point in drawn if not 0xE000 <= point <= 0xF8FF)  # private use says nothing to archives


def day(value: date) -> str:
    """A date as people write it: '3 March 2027'."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
