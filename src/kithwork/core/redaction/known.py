"""The service's own people: names that are known, and the forms under which they turn up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from kithwork.core.redaction.cues import BEFORE_NICKNAMES, TITLES, words_in
from kithwork.core.redaction.words import Word, fold, folds, words_of

if TYPE_CHECKING:
    from kithwork.core.redaction.lexicon import Lexicon

__all__ = ["Hit", "Known", "Person"]

PARTICLES = words_in("de da do dos das del della di du la le van von der den ter bin ibn al el ap ab o ni st y e")
_NO_PART = PARTICLES | words_in("the of and mr mrs ms miss mx dr prof rev")  # Jones the Milk
_SHORT = 5  # shorter words are found letter for letter alone: at one letter's difference, everything is a name


@lru_cache(maxsize=1)
def shorts() -> Mapping[str, frozenset[str]]:
    """What people in the UK are called for short, whom the packages' list does not know: from a name to them, and back.
    They say who is meant by a word; that it is a name at all, other things must.
    """
    called: dict[str, set[str]] = {}
    told = (files("kithwork.core.redaction") / "numbers" / "shorts.txt").read_text(encoding="utf-8")
    for name, others in (line.split(": ") for line in told.splitlines()):
        for short in others.split():
            called.setdefault(fold(name), set()).add(fold(short))
            called.setdefault(fold(short), set()).add(fold(name))
    return {name: frozenset(others) for name, others in called.items()}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the service's records. `key` is handed back in `Find.whose`; by default the name."""

    name: str
    aka: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """Why a word is a known person's: `exact` its letters, `nick` a short form of it, `near` one letter or two amiss,
    `joined` written in one with another part. `whole`: other parts of the same name stand beside it.
    """

    how: str
    whose: str
    whole: bool = False


class Known:
    """People whose names are looked for. Nothing of them is kept beyond this object."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self.people: tuple[Person, ...] = tuple(people)
        self._exact: dict[str, list[str]] = {}
        self._alike: dict[str, list[str]] = {}
        self._joined: dict[str, list[str]] = {}
        self._long: dict[str, str] = {}  # names of five letters and more, by which near ones are found
        self._by_length: dict[int, list[str]] = {}
        self._parts: dict[str, frozenset[str]] = {}
        self._full: dict[str, list[tuple[str, ...]]] = {}
        self._nicks: tuple[int, Mapping[str, list[str]]] = (0, {})
        for person in self.people:
            self._learn(person)

    @classmethod
    def named(cls, rows: Iterable[Mapping[str, str]]) -> "Known":
        """Of rows with `name`, and `aka` or `nickname` where somebody is called otherwise (several by `;` or `,`)."""
        people = []
        for row in rows:
            cells = {fold(str(key)).strip(): str(value or "") for key, value in row.items() if key}
            if fold(cells.get("kind", "") or "person").strip() not in ("person", ""):
                continue
            other = ";".join(cells.get(head, "") for head in ("aka", "nickname", "known as", "also"))
            aka = tuple(name.strip() for name in other.replace(",", ";").split(";") if name.strip())
            if cells.get("name", "").strip() or aka:
                people.append(Person(cells.get("name", "").strip(), aka))
        return cls(people)

    def __bool__(self) -> bool:
        return bool(self.people)

    def _learn(self, person: Person) -> None:
        key = person.key or person.name or ";".join(person.aka)
        own: set[str] = set()
        for name in (person.name, *person.aka):
            parts = [word.folded for word in words_of(name) if len(word.text) > 1]
            if name in person.aka and len(parts) > 1 and parts[0] in TITLES | BEFORE_NICKNAMES:
                parts = parts[1:]  # Auntie Jo, Big Mo: not every aunt
            own.update(part for part in parts if part not in _NO_PART)
            solid = [part for part in parts if part not in PARTICLES] or parts
            if len(solid) > 1:
                first, last = solid[0], solid[-1]
                for joined in (
                    first + last,
                    last + first,
                    "".join(solid),
                    first[0] + last,
                    first + last[0],
                    last + first[0],
                ):
                    if len(joined) >= _SHORT:
                        self._joined.setdefault(joined, []).append(key)
        if not own:
            own = {word.folded for word in words_of(person.name)}
        for part in own:
            self._exact.setdefault(part, []).append(key)
            self._alike.setdefault(folds(part), []).append(key)
            if len(part) >= _SHORT and part not in self._long:
                self._long[part] = key
                self._by_length.setdefault(len(part), []).append(part)
        self._parts[key] = self._parts.get(key, frozenset()) | own

    def hits(self, words: Sequence[Word], lexicon: "Lexicon") -> dict[int, Hit]:
        """By place in `words`: those that are known people's."""
        if not self.people:
            return {}
        nicks = self._nicknames(lexicon)
        near: dict[str, tuple[str, list[str]] | None] = {}
        found: dict[int, tuple[str, list[str]]] = {}
        for at, word in enumerate(words):
            form = word.folded
            if form not in near:
                near[form] = self._one(form, nicks, lexicon)
            if (hit := near[form]) is not None:
                found[at] = hit
        self._halves(words, found)
        return {at: self._beside(words, at, how, keys, found) for at, (how, keys) in found.items()}

    def _halves(self, words: Sequence[Word], found: dict[int, tuple[str, list[str]]]) -> None:
        """A name cut in two, by a reader of pictures or over a line: Sar ah, Wisniew-\nska."""
        for at, (one, other) in enumerate(pairwise(words)):
            if other.start - one.end > 2 or at in found or at + 1 in found:
                continue
            whole = one.folded + other.folded
            if len(whole) >= _SHORT and (keys := self._exact.get(whole)) is not None:
                found[at] = found[at + 1] = "near", keys

    def _beside(
        self, words: Sequence[Word], at: int, how: str, keys: list[str], found: dict[int, tuple[str, list[str]]]
    ) -> Hit:
        """One person of several that bear it: the one of whom another part stands near. The same part again is none."""
        near = [
            set(found[place][1])
            for place in (at - 2, at - 1, at + 1, at + 2)
            if place in found and words[place].folded != words[at].folded
        ]
        for key in keys:
            if any(key in others for others in near) and len(self._parts[key]) > 1:
                return Hit(how, key, True)
        return Hit(how, keys[0] if len(set(keys)) == 1 else "", False)

    def _one(self, form: str, nicks: Mapping[str, list[str]], lexicon: "Lexicon") -> tuple[str, list[str]] | None:
        if (keys := self._exact.get(form)) is not None:
            return "exact", keys
        if (keys := self._joined.get(form)) is not None:
            return "joined", keys
        if len(form) > 3 and form[-1] == "s" and (keys := self._exact.get(form[:-1])) is not None:
            return "near" if lexicon.ordinary(form) else "exact", keys  # jordans house, the Hollingworths
        if (keys := nicks.get(form)) is not None:
            return "nick", keys
        if len(form) < 3 or lexicon.ordinary(form) or form in lexicon.proper:
            return None
        if len(form) >= 4 and (keys := self._alike.get(folds(form))) is not None:
            return "near", keys
        if len(form) < _SHORT:
            return None
        return self._near(form)

    def _near(self, form: str) -> tuple[str, list[str]] | None:
        best: tuple[int, str] | None = None
        allowed = 1 if len(form) < 8 else 2
        for length in range(len(form) - allowed, len(form) + allowed + 1):
            for part in self._by_length.get(length, ()):
                far = OSA.distance(form, part, score_cutoff=allowed)
                if far <= allowed and (best is None or far < best[0]):
                    best = far, part
        return ("near", self._exact[best[1]]) if best else None

    def _nicknames(self, lexicon: "Lexicon") -> Mapping[str, list[str]]:
        """Short forms of the known given names, less those that are known themselves."""
        if self._nicks[0] != id(lexicon):
            found: dict[str, list[str]] = {}
            for part, keys in self._exact.items():
                for short in {*lexicon.nicknames.get(part, ()), *shorts().get(part, ())}:
                    if short not in self._exact and len(short) > 1:
                        found.setdefault(short, []).extend(keys)
            self._nicks = id(lexicon), found
        return self._nicks[1]
