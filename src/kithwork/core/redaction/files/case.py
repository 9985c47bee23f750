"""Files that belong together: what is found in all of them is reduced alike, and no copy passes with any of it left."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kithwork.core.documents.kinds import ending_of
from kithwork.core.redaction.files.shape import Reading, Remade, cut_text
from kithwork.core.redaction.finding import Finder
from kithwork.core.redaction.finds import CERTAIN, Find, Kind, Source
from kithwork.core.redaction.passages import Cut, Passage, Place
from kithwork.core.redaction.reducing import Reducer
from kithwork.core.redaction.words import fold

__all__ = ["Sifted", "left_in", "sift"]

_SHORT = 3  # letters: shorter words stand in every text
_LONG = 8  # letters from which on a name is one even without the spaces in it
_APART = {Place.PROPERTY, Place.OUTLINE, Place.LINK, Place.PICTURE}
_NO_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')  # what some system allows in no name of a file


@dataclass(frozen=True, slots=True)
class Sifted:
    """A file as it was read, what is in each of its passages, and what is cut from them."""

    reading: Reading
    finds: tuple[tuple[Find, ...], ...]
    cuts: tuple[tuple[Cut, ...], ...]  # none of what does not stay
    least: float  # how sure a find had to be

    @property
    def texts(self) -> tuple[str, ...]:
        """Each passage with its cuts made."""
        return tuple(cut_text(one.text, cuts) for one, cuts in zip(self.reading.passages, self.cuts, strict=True))

    @property
    def within(self) -> dict[int, list[Cut]]:
        """The cuts that a copy needs, by passage: what does not stay is not in it."""
        passages = self.reading.passages
        return {at: list(cuts) for at, cuts in enumerate(self.cuts) if cuts and passages[at].stays}

    @property
    def doubtful(self) -> int:
        """How many finds stay in the copy that a person should look at."""
        rows = zip(self.reading.passages, self.finds, strict=True)
        return sum(find.confidence < self.least for passage, finds in rows if passage.stays for find in finds)

    def name(self, copy: Remade) -> str:
        """What to call the copy: the file's own name, reduced, with the ending that the copy has."""
        at = next((at for at, one in enumerate(self.reading.passages) if one.place is Place.FILE), None)
        told = _NO_NAME.sub("-", self.texts[at] if at is not None else "")
        stem, dot, _ = told.rpartition(".")
        stem = (stem if dot else told).strip(" .") or "document"
        return stem[:120] + copy.ending


def sift(readings: Sequence[Reading], finder: Finder, *, least: float = CERTAIN) -> list[Sifted]:
    """What is in files that belong together. A name seen in one is looked for in all, and has one initial in all.
    Finds below `least` are told and not cut.
    """
    passages = [passage for reading in readings for passage in reading.passages]
    found = _found(passages, finder)
    stays = [passage.stays or passage.place is Place.FILE for passage in passages]
    reducer = Reducer(least=least)
    names = {
        (passage.text[find.start : find.end], find)
        for passage, some, shown in zip(passages, found, stays, strict=True)
        for find in some
        if shown and find.kind is Kind.PERSON
    }
    people = {person.key or person.name: person.name for person in finder.known.people}
    for said, find in sorted(names, key=lambda one: (-len(one[0]), one)):  # 'Sam' is the 'Sam Wood' of another file
        whole = people.get(find.whose) or said  # of 'Dear Sam Wood' as of 'Wood', the initial is Sam's
        reducer.cuts(whole, [replace(find, start=0, end=len(whole))])
    cuts = [
        tuple(reducer.cuts(passage.text, some)) if shown else ()
        for passage, some, shown in zip(passages, found, stays, strict=True)
    ]
    sifted, first = [], 0
    for reading in readings:
        last = first + len(reading.passages)
        sifted.append(Sifted(reading, tuple(found[first:last]), tuple(cuts[first:last]), least))
        first = last
    return sifted


def _found(passages: Sequence[Passage], finder: Finder) -> list[tuple[Find, ...]]:
    """What is in each passage. Names of parts, settings and links, and thumbnails as a reader of pictures guesses them,
    are looked at apart: else what resembles a name there would be taken for one in the text.
    """
    found: list[tuple[Find, ...]] = [()] * len(passages)
    for apart in (False, True):
        places = [at for at, one in enumerate(passages) if (not one.stays and one.place in _APART) is apart]
        for at, some in zip(places, finder.find_all([passages[at] for at in places]), strict=True):
            found[at] = _in_name(passages[at].text, some) if passages[at].place is Place.FILE else some
    return found


def _in_name(name: str, finds: Iterable[Find]) -> tuple[Find, ...]:
    """The finds in a file's name, without its ending, which is nobody's."""
    end = len(name) - len(ending_of(name))
    return tuple(replace(find, end=min(find.end, end)) for find in finds if find.start < end)


def left_in(sifted: Sifted, again: Sequence[Passage], finder: Finder) -> frozenset[Kind]:
    """The kinds of what should have gone, and was read in the copy (`again`, by other means than made it): words that
    were cut, whole names that are known, addresses of e-mail, where the text that stays does not hold them too.

    Not whatever a finder finds: a copy read to its last part is full of names of parts and styles.
    """
    passages = sifted.reading.passages
    meant = _Said(text for text, one in zip(sifted.texts, passages, strict=True) if one.stays)
    whole = _Said(one.text for one in again)
    left = {
        find.kind
        for passage, finds in zip(passages, sifted.finds, strict=True)
        for find in finds
        if find.confidence >= sifted.least and (passage.stays or _telling(passage, find))
        for said in [passage.text[find.start : find.end]]
        if whole.holds(said) and not meant.holds(said)
    }
    for passage, some in zip(again, finder.find_all(again), strict=True):
        for find in some:
            said = passage.text[find.start : find.end]
            known = Source.KNOWN in find.sources and len(said.split()) > 1
            if find.confidence >= CERTAIN and (known or find.kind is Kind.EMAIL) and not meant.holds(said):
                left.add(find.kind)
    return frozenset(left)


def _telling(passage: Passage, find: Find) -> bool:
    """Whether a find in what is left out anyway is more than the name of a part of the file that looks like one."""
    several = len(passage.text[find.start : find.end].split()) > 1
    return several or Source.KNOWN in find.sources or find.kind is not Kind.PERSON


class _Said:
    """Texts, to be asked for words: as words of their own, and long ones without what stands between their letters."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = " ".join(fold("\n".join(texts)).split())
        self._letters = "".join(filter(str.isalnum, self._words))

    def holds(self, words: str) -> bool:
        said = " ".join(fold(words).split())
        letters = "".join(filter(str.isalnum, said))
        if len(letters) < _SHORT:
            return False
        if len(letters) >= _LONG and letters in self._letters:
            return True
        return re.search(rf"(?<![^\W_]){re.escape(said)}(?![^\W_])", self._words) is not None
