"""What is found, made small: a name becomes its initial, anything else a word for its kind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kithwork.core.redaction.finds import CERTAIN, Find, Kind
from kithwork.core.redaction.known import PARTICLES
from kithwork.core.redaction.passages import Cut
from kithwork.core.redaction.words import fold, words_of

__all__ = ["WORDS", "Reducer"]

# by what each kind is replaced; none of them can be taken for something found
WORDS: Mapping[Kind, str] = {
    Kind.PHONE: "[phone number]", Kind.EMAIL: "[email address]", Kind.ADDRESS: "[address]",
    Kind.POSTCODE: "[postcode]", Kind.BIRTH: "[date of birth]", Kind.NI: "[National Insurance number]",
    Kind.NHS: "[NHS number]", Kind.DBS: "[DBS number]", Kind.BANK: "[bank details]", Kind.WEB: "[web page]",
    Kind.PLATE: "[car registration]",
}  # fmt: skip


@dataclass(slots=True)
class _One:
    """Somebody: the letter that stands for them, which of those with that letter, the forms of their name."""

    letter: str
    number: int
    names: set[str] = field(default_factory=set)
    whose: str = ""


class Reducer:
    """Keeps who is which initial over the texts of a document or a case. The first of an initial is `S`, and `S` it
    stays; the second is `S2`. `state` can be stored and handed in again; it holds names:
    keep it where the original is.
    """

    def __init__(
        self,
        *,
        keep_kinds: Iterable[Kind] = (),
        keep_names: Iterable[str] = (),
        least: float = CERTAIN,
        state: Mapping[str, object] | None = None,
    ) -> None:
        self._kinds = frozenset(keep_kinds)
        self._names = [_key(name) for name in keep_names if _key(name)]
        self._least = least
        self._people: list[_One] = []
        people = (state or {}).get("people", ())
        for one in people if isinstance(people, list | tuple) else ():
            self._people.append(_One(one["letter"], one["number"], set(one["names"]), one["whose"]))

    @property
    def state(self) -> dict[str, object]:
        """Plain lists and words, fit for JSON."""
        people = [
            {"letter": one.letter, "number": one.number, "names": sorted(one.names), "whose": one.whose}
            for one in self._people
        ]
        return {"people": people}

    def keeps(self, text: str, find: Find) -> bool:
        """Whether a rule or its confidence lets a find stand."""
        if find.kind in self._kinds or find.confidence < self._least:
            return True
        return find.kind is Kind.PERSON and _key(text[find.start : find.end]) in self._names

    def cuts(self, text: str, finds: Sequence[Find]) -> list[Cut]:
        """What to replace in a text, in order; none overlaps another. Longer names are told first, so that `Sam` alone
        is the `Sam Wood` of the same text.
        """
        asked = [one for one in finds if not self.keeps(text, one)]
        names = [one for one in asked if one.kind is Kind.PERSON]
        for name in sorted(names, key=lambda one: (-len(_parts(text[one.start : one.end])), one.start)):
            self._who(text[name.start : name.end], name.whose)
        found: list[Cut] = []
        for one in sorted(asked):
            start = max(one.start, found[-1].end) if found else one.start
            if start < one.end:
                by = self._initial(text[one.start : one.end], one) if one.kind is Kind.PERSON else WORDS[one.kind]
                found.append(Cut(start, one.end, by))
        return found

    def reduce(self, text: str, finds: Sequence[Find]) -> str:
        """The text with its finds replaced."""
        out, at = [], 0
        for cut in self.cuts(text, finds):
            out += [text[at : cut.start], cut.by]
            at = cut.end
        return "".join([*out, text[at:]])

    def _initial(self, name: str, find: Find) -> str:
        one = self._who(name, find.whose)
        return one.letter if one.number == 1 else f"{one.letter}{one.number}"

    def _who(self, name: str, whose: str) -> _One:
        parts = _parts(name)
        if whose:
            known = next((one for one in self._people if one.whose == whose), None)
            if known is not None:
                known.names.add(" ".join(parts))
                return known
        found = self._same(parts, whose)
        if found is None:
            letter = _letter(name)
            taken = [one.number for one in self._people if one.letter == letter]
            found = _One(letter, max(taken, default=0) + 1)
            self._people.append(found)
        found.names.add(" ".join(parts))
        found.whose = found.whose or whose
        return found

    def _same(self, parts: Sequence[str], whose: str) -> _One | None:
        """Somebody of whose names this is one, or a part. `Sam` is `Sam Wood` where no other Sam is about."""
        told = " ".join(parts)
        alike = []
        for one in self._people:
            if whose and one.whose and one.whose != whose:
                continue
            if told in one.names:
                return one
            if any(_within(parts, name.split()) for name in one.names):
                alike.append(one)
        return alike[0] if len(alike) == 1 else None


def _within(parts: Sequence[str], others: Sequence[str]) -> bool:
    """Whether one name is part of the other: Sam, Wood, S. Wood of Sam Wood."""
    few, many = sorted((list(parts), list(others)), key=len)
    if not few or few == many:
        return few == many and bool(few)
    solid = [part for part in few if len(part) > 1]
    return bool(solid) and all(
        part in many if len(part) > 1 else any(other.startswith(part) for other in many) for part in few
    )


def _parts(name: str) -> list[str]:
    parts = [word.folded for word in words_of(name)]
    if len(parts) > 1 and parts[-1] == "s" and ("'s" in fold(name)):
        parts.pop()
    return parts


def _key(name: str) -> str:
    return " ".join(_parts(name))


def _letter(name: str) -> str:
    """The initial that stands for a name: of `Wood, Sam` it is S, of `de Souza` S."""
    words = words_of(name)
    if "," in name and len(words) > 1:
        after = [word for word in words if word.start > name.index(",")]
        words = after or words
    solid = [
        word for word in words if word.folded not in PARTICLES or name[word.end : word.end + 1] in ("'", "’")
    ] or words
    first = solid[0].text[0].upper() if solid else "X"
    return first if len(first) == 1 else first[0]
