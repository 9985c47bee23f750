"""Read one TOML text and remember on which line each piece stands.

`tomllib` decides what the text means and whether it is TOML at all. A light scan beside it notes where each key, table
and list item begins; it may be light because it only ever sees text that `tomllib` has accepted.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Place = tuple[str | int, ...]  # ("stages", 3, "milestones", 0, "within")

# Deeper than any scheme goes. Lines below this depth answer with their parent's, so that hostile nesting stays cheap.
_DEPTH = 60

_BLANK = re.compile(r"[ \t\n]*+(?:#[^\n]*+[ \t\n]*+)*+")
_DOT = re.compile(r"[ \t]*+\.[ \t]*+")
_EQUALS = re.compile(r"[ \t]*+=[ \t]*+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?""""{0,2}'  # a closing """ may follow one or two quotes that belong to the text
    r"|'''.*?''''{0,2}"
    r'|"(?:\\.|[^"\\])*+"'
    r"|'[^']*+'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\n]*+")  # a number, a date, true or false
# Sixty keys with dots between them: nobody writes that, and tomllib's time grows with the square of it (50,000: 43 s).
_LONG_KEY = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){60}""", re.ASCII)
_DIGITS = re.compile(r"[0-9][0-9_]{4000,}")
_TOO_LARGE = "there is a number with far too many digits"
_AT = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing to put right: the file, the line (from 1) and what is wrong in words for the scheme's author."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class Mistakes(Exception):
    """Everything that is wrong with an edition, in the order of its files and lines."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(mistakes)
        self.mistakes = mistakes

    def __str__(self) -> str:
        return "\n".join(str(mistake) for mistake in self.mistakes)


@dataclass(frozen=True, slots=True)
class Located:
    """The data of one TOML text, and the lines of its pieces."""

    data: dict[str, object]
    lines: Mapping[Place, int]

    def line(self, place: Place) -> int:
        """The line, counted from 1, of a piece; of its nearest known parent when the text has no such piece."""
        place = place[:_DEPTH]
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 1)


def read(text: str, path: str) -> Located:
    """Raises Mistakes with a single mistake, named by `path`, when the text is not TOML."""
    text = text.replace("\r\n", "\n")  # as tomllib does
    if found := _LONG_KEY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise Mistakes((Mistake(path, line, "more than 60 keys are joined by dots"),))
    try:
        located = Located(tomllib.loads(text), _Scan(text).lines())
    except tomllib.TOMLDecodeError as error:
        raise Mistakes((_syntax(error, text, path),)) from None
    except RecursionError:
        raise Mistakes((Mistake(path, 1, "lists or tables are nested too deeply"),)) from None
    except ValueError:  # int() refuses thousands of digits, and tomllib lets that through
        digits = _DIGITS.search(text)
        line = text.count("\n", 0, digits.start()) + 1 if digits else 1
        raise Mistakes((Mistake(path, line, _TOO_LARGE),)) from None
    if large := [Mistake(path, located.line(place), _TOO_LARGE) for place in _large(located.data)]:
        raise Mistakes(tuple(large))
    return located


def _large(data: object) -> Iterator[Place]:
    """Whole numbers beyond TOML's 64 bits; Python cannot even print a hexadecimal one of thousands of digits."""
    ahead: list[tuple[Place, object]] = [((), data)]
    for place, value in ahead:
        if isinstance(value, int) and not -(2**63) <= value < 2**63:
            yield place
        elif isinstance(value, dict):
            ahead += [((*place, key), item) for key, item in value.items()]
        elif isinstance(value, list):
            ahead += [((*place, index), item) for index, item in enumerate(value)]


def _syntax(error: tomllib.TOMLDecodeError, text: str, path: str) -> Mistake:
    message = str(error)
    at = _AT.search(message)
    message = _AT.sub("", message)
    if at and at["line"]:
        line, where = int(at["line"]), f" (column {at['column']})"
    else:
        line, where = text.rstrip("\n").count("\n") + 1, " (at the end of the file)"
    if message == "Cannot overwrite a value":
        return Mistake(path, line, "the same key is given twice in one table")
    if message.startswith("Cannot declare"):
        return Mistake(path, line, "there is a table of this name already; those of a list are each written [[...]]")
    return Mistake(path, line, f"this is not TOML: {message[:1].lower()}{message[1:]}{where}")


class _Scan:
    """One walk through a valid text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pos = 0
        self._ends = [found.start() for found in re.finditer("\n", text)]
        self._lines: dict[Place, int] = {(): 1}
        self._tables: dict[Place, int] = {}  # how many tables an array of tables has so far

    def lines(self) -> dict[Place, int]:
        table: Place = ()
        self._skip(_BLANK)
        while self._pos < len(self._text):
            table = self._header() if self._next("[") else self._pair(table)
            self._skip(_BLANK)
        return self._lines

    def _line(self) -> int:
        return bisect_right(self._ends, self._pos - 1) + 1

    def _next(self, mark: str) -> bool:
        return self._text.startswith(mark, self._pos)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        """Step over what the pattern matches here, and return it."""
        found = pattern.match(self._text, self._pos)
        if not found:
            return ""
        self._pos = found.end()
        return found[0]

    def _over(self, mark: str) -> bool:
        """Step over a mark and the blanks, line ends and comments behind it."""
        if not self._next(mark):
            return False
        self._pos += len(mark)
        self._skip(_BLANK)
        return True

    def _keys(self) -> list[str]:
        keys = []
        while True:
            if key := self._skip(_BARE_KEY):
                keys.append(key)
            else:
                keys.append(tomllib.loads(f"key = {self._skip(_STRING)}")["key"])
            if not self._skip(_DOT):
                return keys[:_DEPTH]

    def _header(self) -> Place:
        line = self._line()
        several = self._next("[[")
        self._over("[[" if several else "[")
        *parents, last = self._keys()
        self._skip(_BLANK)
        self._over("]]" if several else "]")
        place: Place = ()
        for key in parents:
            place = self._newest((*place, key))
            self._note(place, line)
        place = (*place, last)
        if several:
            self._note(place, line)
            self._tables[place] = self._tables.get(place, 0) + 1
        place = self._newest(place)
        self._lines[place[:_DEPTH]] = line  # its own header, also when a deeper one has named it before
        return place

    def _newest(self, place: Place) -> Place:
        return (*place, self._tables[place] - 1) if place in self._tables else place

    def _note(self, place: Place, line: int) -> None:
        if len(place) <= _DEPTH:
            self._lines.setdefault(place, line)

    def _pair(self, table: Place) -> Place:
        """One `key = value`; returns the table, which goes on."""
        line, place = self._line(), table
        for key in self._keys():
            place = (*place, key)
            self._note(place, line)
        self._skip(_EQUALS)
        self._value(place)
        return table

    def _value(self, place: Place) -> None:
        if self._over("["):
            index = 0
            while not self._over("]"):
                self._note((*place, index), self._line())
                self._value((*place, index))
                self._skip(_BLANK)
                self._over(",")
                index += 1
        elif self._over("{"):
            while not self._over("}"):
                self._pair(place)
                self._skip(_BLANK)
                self._over(",")
        elif not self._skip(_STRING):
            self._skip(_PLAIN)
