"""Find what identifies a person in a text: names by signals of many kinds, other identifiers by their shape."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from kithwork.core.redaction.addresses import read_addresses
from kithwork.core.redaction.cues import BEFORE_NICKNAMES, kinds_of
from kithwork.core.redaction.finds import CERTAIN, DOUBTFUL, Find, Kind, Source
from kithwork.core.redaction.known import PARTICLES, Hit, Known, Person
from kithwork.core.redaction.lexicon import Lexicon
from kithwork.core.redaction.marks import Net
from kithwork.core.redaction.model import Model, Seen
from kithwork.core.redaction.numbers import weights
from kithwork.core.redaction.passages import Passage
from kithwork.core.redaction.patterns import patterns
from kithwork.core.redaction.reading import Reading, legible, read
from kithwork.core.redaction.scoring import Others, first_scores, likely, second_scores
from kithwork.core.redaction.words import words_of

__all__ = ["Finder", "Known", "Person", "borne"]

_CHUNK = 40_000  # characters that are weighed together; cut between words, with the words about the cut read twice
_MARGIN = 400
_AT_A_TIME = 3


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters of one text from `start`; what is found counts from `first` up to `last` of the text."""

    text: str
    start: int
    first: int
    last: int
    label: str


class Finder:
    """Finds with what it is given: people of the service, a language model, lists of words and names. Without a model
    it still finds by cues, patterns and people known; `blind` then tells that every page must be read by a person.
    """

    def __init__(self, known: Known | None = None, model: Model | None = None, lexicon: Lexicon | None = None) -> None:
        self.known = known or Known()
        self._model = model
        full = lexicon or Lexicon()
        self._lexicon = full if model is not None or full.lists is None else full.lists()
        self._weights = weights("blind" if model is None else "seeing")
        self._net = model.marks if model is not None and isinstance(model.marks, Net) else None

    @property
    def blind(self) -> bool:
        """Whether no language model reads along."""
        return self._model is None

    def find(self, text: str, label: str = "") -> tuple[Find, ...]:
        """What is in one text, in order, not overlapping; from DOUBTFUL on. `label` is a column's heading, a field's
        name. Never raises on any text.
        """
        return _apart(self.look([(text, label)])[0])

    def find_all(self, passages: Sequence[Passage]) -> list[tuple[Find, ...]]:
        """For each passage of a document, or of a case, what is in it. A name seen in one is looked for in all."""
        return [_apart(found) for found in self.look([(one.text, one.label) for one in passages])]

    def each(self, texts: Iterable[tuple[str, str]]) -> Iterator[list[Find]]:
        """As `look` for texts that have nothing to do with each other, in order, as they come; a few are read at a
        time, since the model's runtime lets go of Python.
        """
        waiting: deque[Future[list[list[Find]]]] = deque()
        with ThreadPoolExecutor(_AT_A_TIME) as pool:
            for one in texts:
                waiting.append(pool.submit(self.look, [one]))
                if len(waiting) > _AT_A_TIME:
                    yield waiting.popleft().result()[0]
            while waiting:
                yield waiting.popleft().result()[0]

    def look(self, texts: Sequence[tuple[str, str]]) -> list[list[Find]]:
        """As `find_all` for pairs of text and label, with finds that overlap: a name inside an e-mail address too."""
        pieces = [(at, piece) for at, (text, label) in enumerate(texts) for piece in _pieces(text, label)]
        seen = self._see([piece for _, piece in pieces])
        readings = [
            read(piece.text, self._lexicon, words_of(piece.text), one, piece.label)
            for (_, piece), one in zip(pieces, seen, strict=True)
        ]
        if self._net is not None:
            for reading, told in zip(readings, seen, strict=True):
                namely = [self._lexicon.namely(word.folded) for word in reading.words]
                reading.leans = self._net.odds(reading, told, namely)
        odds = [first_scores(reading, self._lexicon, self._weights) for reading in readings]
        others = Others()
        for reading, one in zip(readings, odds, strict=True):
            others.add(reading, one)
        found: list[list[Find]] = [[] for _ in texts]
        homes: list[list[Find]] = [[] for _ in texts]
        for (at, piece), reading, one, told in zip(pieces, readings, odds, seen, strict=True):
            for home in read_addresses(piece.text, told) if told else ():
                if piece.first <= piece.start + home.start < piece.last:
                    homes[at].append(replace(home, start=home.start + piece.start, end=home.end + piece.start))
            hits = borne(reading, one, self.known.hits(reading.words, self._lexicon))
            scores = second_scores(reading, one, others, hits, self._weights)
            less = _BLIND if self.blind else 0.0
            told_all = [max(likely(score - less), _floor(reading, place, hits)) for place, score in enumerate(scores)]
            for name in _names(reading, told_all, hits, blind=self.blind):
                if piece.first <= piece.start + name.start < piece.last:
                    found[at].append(replace(name, start=name.start + piece.start, end=name.end + piece.start))
        for at, (text, label) in enumerate(texts):
            shapes = patterns(text, label) + homes[at]
            for kind in {one.kind for one in shapes}:
                found[at] += _kept([one for one in shapes if one.kind is kind])
            found[at].sort()
        return found

    def _see(self, pieces: Sequence[_Piece]) -> Sequence[Seen | None]:
        if self._model is None:
            return [None] * len(pieces)
        return self._model.see([legible(piece.text, self._lexicon) for piece in pieces])


_CUE = -2.2  # odds of one in ten
_BLIND = 0.65  # the weights without a model were fitted when CERTAIN was 0.35: so far it has moved since


def borne(reading: Reading, odds: Sequence[float], hits: Mapping[int, Hit]) -> dict[int, Hit]:
    """The hits that count. Of a name that is a common word too (Mark, Rose, Hope) something else must speak for it,
    unless another part of the name stands beside it; as of one that names a place there (Victoria Station).
    """
    return {
        at: hit
        for at, hit in hits.items()
        if hit.whole or odds[at] > _CUE or (reading.sorts[at] in "OPE" and not _of_a_place(reading, at))
    }


def _of_a_place(reading: Reading, at: int) -> bool:
    """Whether a name in the dictionary stands before what it names, both with a capital."""
    if reading.sorts[at] == "O" or at + 1 == len(reading.words) or reading.gaps[at + 1] != " ":
        return False
    return reading.shapes[at] == reading.shapes[at + 1] == "t" and "thing" in kinds_of(reading.words[at + 1].folded)


def _floor(reading: Reading, at: int, hits: Mapping[int, Hit]) -> float:
    """A known person's name that is no word of the language is that person, whatever else speaks against it."""
    hit = hits.get(at)
    if hit is None or len(reading.words[at].text) < 2:
        return 0.0
    plain = reading.sorts[at] == "O"
    if hit.how in ("exact", "joined"):
        if plain or (hit.whole and reading.shapes[at] != "l"):
            return 0.95
        return 0.5 if reading.sorts[at] in "PE" else 0.0  # a name in the dictionary: Hargreaves, Victoria
    if hit.how == "near":
        return 0.6 if plain and reading.lists[at] == "n" else 0.3 if plain else 0.0
    return 0.3 if plain else 0.0


def _pieces(text: str, label: str) -> Iterable[_Piece]:
    """A long text in pieces, cut at blanks. Together they count every character once."""
    first = 0
    while True:
        last = len(text)
        if last - first > _CHUNK:
            last = first + _CHUNK
            cut = max(text.rfind("\n", first + _CHUNK // 2, last), text.rfind(" ", last - _MARGIN, last))
            last = cut + 1 if cut > first else last
        start, end = max(first - _MARGIN, 0), min(last + _MARGIN, len(text))
        yield _Piece(text[start:end], start, first, last, label)
        if last == len(text):
            return
        assert last > first
        first = last


_JOIN = {" ", "-", "'", "’", ". ", ".", "  ", "\n", "_", ", ", "", "‐", "‑", "\u00a0", ".\u00a0", " -", "- ", "–"}


def _names(reading: Reading, scores: Sequence[float], hits: dict[int, Hit], *, blind: bool) -> Iterable[Find]:
    """Words from DOUBTFUL on, those that stand together as one; bare initials beside a name are taken in."""
    words = reading.words
    chosen = [score >= DOUBTFUL and len(words[at].text) > 1 for at, score in enumerate(scores)]
    at = 0
    while at < len(words):
        if not chosen[at]:
            at += 1
            continue
        first = last = at
        while last + 1 < len(words) and _goes_on(reading, chosen, scores, last + 1):
            last += 1
        while last > first and not chosen[last]:
            last -= 1
        yield _name(reading, _back(reading, first), _on(reading, last), scores, hits, blind=blind)
        at = last + 1


def _goes_on(reading: Reading, chosen: Sequence[bool], scores: Sequence[float], at: int) -> bool:
    gap = reading.gaps[at]
    if gap not in _JOIN or reading.zones[at] != reading.zones[at - 1]:
        return False
    if gap == "\n" and not (chosen[at] and _split(reading, at)):
        return False
    if chosen[at]:
        sure = (scores[at] >= CERTAIN) == (scores[at - 1] >= CERTAIN) or len(reading.words[at - 1].text) == 1
        if gap == ". ":
            return sure  # Wm. Reed; and not: I met Sam. Ring me.
        if gap == " " and not sure and scores[at] >= CERTAIN and reading.sorts[at - 1] in "ABCD":
            return reading.lists[at - 1] in "gb"  # Hope Field; and not: Ring Zubair
        return gap != ", " and (sure or gap != " " or reading.shapes[at] == reading.shapes[at - 1])
    more = (
        at + 1 < len(chosen) and chosen[at + 1] and reading.gaps[at + 1] in _JOIN and "\n" not in reading.gaps[at + 1]
    )
    small = reading.words[at].folded in PARTICLES or len(reading.words[at].text) == 1
    return small and more and gap != ", " and "\n" not in gap


def _split(reading: Reading, at: int) -> bool:
    """Whether the break before a word stands inside a name: in a running text, or a name whose other half it is."""
    sizes = reading.sizes[reading.lines[at - 1]][0], reading.sizes[reading.lines[at]][0]
    return min(sizes) > 3


_MISREAD = re.compile(r"(?<!\w)0['’]$")  # 0'Hara


def _back(reading: Reading, at: int) -> int:
    """The place of the first initial of those right before a name."""
    while at > 0 and reading.shapes[at - 1] == "i" and reading.gaps[at] in {" ", ".", ". ", "-", "'", "’"}:
        at -= 1
    if at > 0 and reading.gaps[at] == " " and reading.words[at - 1].folded in BEFORE_NICKNAMES:
        same = reading.shapes[at - 1] == reading.shapes[at]  # Big Mike, big mike; a big Mike is no nickname
        if same and (at < 2 or reading.words[at - 2].folded not in ("a", "the", "very", "so", "as")):
            return at - 1
    return at


def _on(reading: Reading, at: int) -> int:
    """The place of an initial right after a name: Sam W."""
    following = reading.shapes[at + 1] if at + 1 < len(reading.words) else ""
    if at + 2 < len(reading.words) and reading.words[at + 1].text == "the" and reading.shapes[at + 2] == "t":
        trade, gaps = reading.words[at + 2].folded, reading.gaps[at + 1 : at + 3]  # Jones the Van
        if gaps == [" ", " "] and reading.sorts[at + 2] in "BCD" and not kinds_of(trade):
            return at + 2
    if following == "i" and reading.gaps[at + 1] == " " and reading.words[at + 1].text not in ("I", "A"):
        return at + 1
    return at


def _name(
    reading: Reading, first: int, last: int, scores: Sequence[float], hits: dict[int, Hit], *, blind: bool
) -> Find:
    inside = range(first, last + 1)
    best = max(scores[at] for at in inside)
    here = [hits[at] for at in inside if at in hits]
    sources: list[Source] = [Source.KNOWN] if here else []
    if not blind and any(reading.shares[at][0] + reading.shares[at][1] >= DOUBTFUL for at in inside):
        sources.append(Source.MODEL)
    if not sources or best < CERTAIN or blind:
        sources.append(Source.CUE)
    whose = next((hit.whose for hit in sorted(here, key=lambda hit: not hit.whole) if hit.whose), "")
    start, end = reading.words[first].start, reading.words[last].end
    if _MISREAD.search(reading.text, max(0, start - 3), start):
        start -= 2
    return Find(start, end, Kind.PERSON, tuple(sources), round(min(best, 0.999), 3), whose)


def _kept(found: Sequence[Find]) -> list[Find]:
    """Of identifiers that overlap the surest, then the longest; of addresses all that any of them covers."""
    kept: list[Find] = []
    for one in sorted(set(found), key=lambda find: (-_worth(find), find.start - find.end, find.start)):
        over = [other for other in kept if other.start < one.end and one.start < other.end]
        if not over:
            kept.append(one)
        elif all(other.kind is one.kind is Kind.ADDRESS for other in over):
            kept = [other for other in kept if other not in over]
            start, end = min(one.start, *(o.start for o in over)), max(one.end, *(o.end for o in over))
            kept.append(replace(over[0], start=start, end=end))
    return kept


_WORTH = {Kind.EMAIL: 0.5, Kind.ADDRESS: 0.4, Kind.WEB: 0.3}  # they hold others: a postcode, a name


def _worth(find: Find) -> float:
    return find.confidence + _WORTH.get(find.kind, 0.0)


def _apart(found: Sequence[Find]) -> tuple[Find, ...]:
    """No two overlapping. An identifier takes in the names inside it; what sticks out of it stays a find of its own."""
    solid = _kept([one for one in found if one.kind is not Kind.PERSON])
    kept = list(solid)
    for name in (one for one in found if one.kind is Kind.PERSON):
        pieces = [(name.start, name.end)]
        for other in solid:
            pieces = [cut for start, end in pieces for cut in _less(start, end, other)]
        kept += [replace(name, start=start, end=end) for start, end in pieces]
    return tuple(sorted(kept))


def _less(start: int, end: int, other: Find) -> list[tuple[int, int]]:
    if other.end <= start or end <= other.start:
        return [(start, end)]
    return [(a, b) for a, b in ((start, other.start), (other.end, end)) if a < b]
