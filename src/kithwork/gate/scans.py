"""A document at the gate: its passages, what was found in them, and what a person decided of each. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from math import ceil
from typing import Any

from kithwork.core.redaction.finds import CERTAIN, Find, Kind, Source
from kithwork.core.redaction.passages import Box, Part, Passage, Place, Word


class Choice(StrEnum):
    """What becomes of a find. Until somebody says so, what is certain is reduced, and what is doubtful waits."""

    KEEP = "keep"
    REDUCE = "reduce"


@dataclass(frozen=True, slots=True)
class Mark:
    """A find in one passage, and what was decided of it. `here`: for this place alone, not for all that are alike."""

    passage: int
    find: Find
    choice: Choice | None = None
    here: bool = False

    @property
    def outcome(self) -> Choice | None:
        """What becomes of it; None while somebody has to say so."""
        if self.choice is not None:
            return self.choice
        return Choice.REDUCE if self.find.confidence >= CERTAIN else None


@dataclass(frozen=True, slots=True)
class Document:
    """What was read of a file and found in it. `notes` are its reader's, for people. Marks stand in order."""

    passages: tuple[Passage, ...]
    marks: tuple[Mark, ...] = ()
    pages: int = 0
    notes: tuple[str, ...] = ()
    look: tuple[int, ...] = ()  # pages with something on them that no reader of pictures could make out
    read: tuple[int, ...] = ()  # pages that a person has ticked as read
    sizes: tuple[tuple[int, int], ...] = ()  # of the picture of each page, in pixels: width and height
    parts: tuple[Part, ...] | None = ()  # of a message: what of it is which attachment; None where that was not kept
    exact: bool = True  # whether its words are where they were read, so that a copy can be made without reading again

    def text(self, mark: Mark) -> str:
        return self.passages[mark.passage].text[mark.find.start : mark.find.end]

    def key(self, mark: Mark) -> str:
        """What all alike have in common: the same words, of the same kind."""
        return key_of(mark.find.kind, self.text(mark))

    @property
    def living(self) -> tuple[Mark, ...]:
        """Those in what the copy will hold; the rest of a file goes whatever is decided."""
        return tuple(mark for mark in self.marks if self.passages[mark.passage].stays)

    def unread(self, *, blind: bool) -> list[int]:
        """Pages that a person must tick as read: those that a machine could not make out; all of them when it is
        `blind`. A file without pages is page 0, which is the whole.
        """
        pages = {passage.page for passage in self.passages if passage.stays} | set(range(1, self.pages + 1))
        wanted = (pages or {0}) if blind else set(self.look)
        return sorted(wanted - set(self.read))

    @property
    def undecided(self) -> int:
        """How many different finds wait for somebody's word."""
        return len({self.key(mark) for mark in self.living if mark.outcome is None})

    @property
    def reducing(self) -> int:
        """In how many places something will be reduced."""
        return sum(mark.outcome is Choice.REDUCE for mark in self.living)

    @property
    def keeping(self) -> int:
        return sum(mark.outcome is Choice.KEEP for mark in self.living)

    def decided(self, choices: dict[str, Choice], here: dict[str, Choice] | None = None) -> "Document":
        """The same with these decisions: by key for all alike, by `place_of` for one place."""
        alone = here or {}
        marks = []
        for mark in self.marks:
            one = mark
            if not mark.here and (choice := choices.get(self.key(mark))) is not None:
                one = replace(one, choice=choice)
            if (choice := alone.get(place_of(mark))) is not None:
                one = replace(one, choice=choice, here=True)
            marks.append(one)
        return replace(self, marks=tuple(marks))

    def with_finds(self, finds: Sequence[Iterable[Find]]) -> "Document":
        """The same with more finds, one collection for each passage. What touches a mark of a decision already made
        takes its decision with it; two that overlap become one.
        """
        added = [Mark(at, find) for at, some in enumerate(finds) for find in some]
        return replace(self, marks=tuple(_merged([*self.marks, *added])))

    def with_words(self, words: str, kind: Kind, choice: Choice = Choice.REDUCE) -> "Document":
        """The same with words that a person marked, wherever they stand in what stays."""
        made = [
            Mark(at, Find(start, end, kind, (Source.HAND,), 1.0), choice)
            for at, passage in enumerate(self.passages)
            if passage.stays
            for start, end in places_of(words, passage.text)
        ]
        kept = [
            mark
            for mark in self.marks
            if not any(one.passage == mark.passage and _overlap(one.find, mark.find) for one in made)
        ]
        widened = [_widened(one, self.marks) for one in made]
        return replace(self, marks=tuple(_merged([*kept, *widened])))


def _widened(made: Mark, marks: Sequence[Mark]) -> Mark:
    """A person's mark with all that was found under it: what was marked before stays marked."""
    under = [one.find for one in marks if one.passage == made.passage and _overlap(one.find, made.find)]
    start = min([made.find.start, *(one.start for one in under)])
    end = max([made.find.end, *(one.end for one in under)])
    return replace(made, find=replace(made.find, start=start, end=end))


def _overlap(one: Find, other: Find) -> bool:
    return one.start < other.end and other.start < one.end


def _merged(marks: Iterable[Mark]) -> Iterator[Mark]:
    """In order, none over another: of two that overlap, one over both, as sure as the surer."""
    last: Mark | None = None
    for mark in sorted(marks, key=lambda one: (one.passage, one.find.start, -one.find.end)):
        if last is not None and last.passage == mark.passage and _overlap(last.find, mark.find):
            best = max(last, mark, key=lambda one: (one.choice is not None, one.find.confidence))
            find = replace(
                best.find, start=min(last.find.start, mark.find.start), end=max(last.find.end, mark.find.end)
            )
            last = replace(best, find=find)
            continue
        if last is not None:
            yield last
        last = mark
    if last is not None:
        yield last


def folded(words: str) -> str:
    """Words as they are compared: without accents, capitals, and the kind of white space between them."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", words) if not unicodedata.combining(one))
    return " ".join(plain.casefold().split())


def key_of(kind: Kind, words: str) -> str:
    return sha256(f"{kind}\x00{folded(words)}".encode()).hexdigest()[:12]


def place_of(mark: Mark) -> str:
    """One place, in one word."""
    return f"{mark.passage}-{mark.find.start}-{mark.find.end}"


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """Where words stand in a text: whole words, whatever their capitals and the white space between them."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return []
    wanted = re.compile(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)", re.IGNORECASE)
    return [found.span() for found in wanted.finditer(text)]


@dataclass(frozen=True, slots=True)
class Known:
    """What a case remembers between its documents: names taught, and the reducer's state, which is its own affair."""

    taught: tuple[tuple[str, str], ...] = ()  # (name, the reference of whoever taught it)
    initials: dict[str, Any] = field(default_factory=dict)
    looked_for: tuple[str, ...] = ()  # who has been looked for in what has passed, as marks that say no name
    since: dict[str, str] = field(default_factory=dict)  # when each was first known here, by such a mark; ISO 8601


_SHARES = 100_000  # of a page's width and height, as they are kept: less than a pixel of a page as it is drawn
_NUMBERS = 7  # of one word
_SHARES_ONCE, _NUMBERS_ONCE = 10_000, 6  # of a document that is not `exact`: how sure its words are was not kept
_SURE = 1_000


def _packed_words(passage: Passage, *, exact: bool) -> list[int]:
    """Where the words of a passage are to be seen; of one that goes whatever is decided, nothing."""
    shares = _SHARES if exact else _SHARES_ONCE
    found: list[int] = []
    for word in passage.words if passage.stays else ():
        sides = (word.box.left, word.box.top, word.box.right, word.box.bottom)
        found += (word.start, word.end, *(round(side * shares) for side in sides))
        found += [ceil(round(word.sure * _SURE, 3))] if exact else []
    return found


def _unpacked_words(told: Sequence[int] = (), *, exact: bool) -> tuple[Word, ...]:
    """The same again; none of a document that was read before places were kept."""
    shares, numbers = (_SHARES, _NUMBERS) if exact else (_SHARES_ONCE, _NUMBERS_ONCE)
    found = []
    for at in range(0, len(told), numbers):
        start, end, left, top, right, bottom, *sure = told[at : at + numbers]
        box = Box(left / shares, top / shares, right / shares, bottom / shares)
        found.append(Word(start, end, box, sure[0] / _SURE if sure else 1.0))
    return tuple(found)


def packed(document: Document) -> dict[str, Any]:
    """A document as JSON."""
    return {
        "passages": [
            [one.text, one.place, one.page, one.label, one.stays, _packed_words(one, exact=document.exact)]
            for one in document.passages
        ],
        "marks": [
            [
                mark.passage,
                mark.find.start,
                mark.find.end,
                mark.find.kind,
                list(mark.find.sources),
                mark.find.confidence,
                mark.find.whose,
                mark.choice,
                mark.here,
            ]
            for mark in document.marks
        ],
        "pages": document.pages,
        "notes": list(document.notes),
        "look": list(document.look),
        "read": list(document.read),
        "sizes": document.sizes,
        "parts": None if document.parts is None else [part.packed() for part in document.parts],
        "exact": document.exact,
    }


def unpacked(told: dict[str, Any]) -> Document:
    """A document from its JSON."""
    exact = told.get("exact", False)
    passages = tuple(
        Passage(text, Place(place), page, label, stays, _unpacked_words(*words, exact=exact))
        for text, place, page, label, stays, *words in told["passages"]
    )
    marks = tuple(
        Mark(
            at,
            Find(start, end, Kind(kind), tuple(Source(one) for one in sources), confidence, whose),
            Choice(choice) if choice else None,
            here,
        )
        for at, start, end, kind, sources, confidence, whose, choice, here in told["marks"]
    )
    notes, look, read = (tuple(told[name]) for name in ("notes", "look", "read"))
    sizes = tuple((width, height) for width, height in told.get("sizes", ()))
    parts = told.get("parts")
    kept = None if parts is None else tuple(Part.unpacked(part) for part in parts)
    return Document(passages, marks, told["pages"], notes, look, read, sizes, kept, exact)
