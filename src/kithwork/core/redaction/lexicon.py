"""Which words are names, and which are words: lists handed in, and what letters alone tell of a word in neither."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kithwork.core.redaction.cues import THINGS_BY_KIND, words_in
from kithwork.core.redaction.words import fold, folds

__all__ = ["Lexicon", "dictionary", "frequencies"]

# what British writing has and the dictionary's American spelling has not
_BRITISH: tuple[tuple[str, str], ...] = (
    ("isation", "ization"),
    ("ise", "ize"),
    ("ising", "izing"),
    ("our", "or"),
    ("ogue", "og"),
    ("tre", "ter"),
)
_BRITISH += (("lled", "led"), ("lling", "ling"), ("yse", "yze"), ("ence", "ense"), ("mme", "m"), ("ll", "l"))

# of our own field, too new or too British for the lists; all lower case, none a name
OWN = words_in(
    """
    mentee mentees mentor mentors mentoring befriender befrienders befriending safeguarding wellbeing keyworker carer
    carers foodbank pcn gp nhs dbs camhs sen send ehcp neet gcse gcses btec ucas pip dla esa jsa jobcentre gov uk csv
    pdf docx xlsx whatsapp zoom teams facebook instagram snapchat tiktok youtube google netflix tesco asda aldi lidl
    sainsburys greggs costa mcdonalds online offline email emails signpost signposted signposting debrief debriefed ok
    okay hiya hey lol thx pls asap tbc tba fyi eta diary multi agency co ordinator coordinators admin intro recap
    mum mums dad dads nan nana gran grandad auntie uncle bro sis mate mates lad lads footie uni sixth organise
    lac mash isn wasn doesn didn don won couldn wouldn shouldn hasn haven hadn aren weren ll ve re
    """
)
_SPOKEN = frozenset().union(*(THINGS_BY_KIND[kind] for kind in ("elsewhere", "food", "spoken", "cymraeg")))
_DRAWN = re.compile(r"(\w)\1{2,}")  # pleaaase, sooo


@dataclass(frozen=True)
class Lexicon:
    """Folded words. `common` gives how often an ordinary word stands in a million words of English; `proper` are words
    that dictionaries write with a capital alone; `nicknames` leads from a name to those it is called by, and back.
    """

    given: frozenset[str] = frozenset()
    family: frozenset[str] = frozenset()
    common: Mapping[str, float] = field(default_factory=dict)
    proper: frozenset[str] = frozenset()
    nicknames: Mapping[str, frozenset[str]] = field(default_factory=dict)
    alike: frozenset[str] = frozenset()  # the names as `folds` makes them
    worn: frozenset[str] = frozenset()  # and the words that are no names
    # without names of ours, made when it is asked for: blind weights were fitted so
    lists: "Callable[[], Lexicon] | None" = field(default=None, repr=False)
    _letters: Mapping[str, float] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        given: Iterable[str],
        family: Iterable[str],
        lower: Iterable[str],
        capital: Iterable[str],
        counts: Mapping[str, float],
        nicknames: Iterable[tuple[str, str]] = (),
    ) -> "Lexicon":
        """Made of raw lists: names as written, words that dictionaries write small, words they write with a capital,
        how often words stand in a million, pairs of a name and its short form.
        """
        called: dict[str, set[str]] = {}
        for one, other in nicknames:
            called.setdefault(fold(one), set()).add(fold(other))
            called.setdefault(fold(other), set()).add(fold(one))
        first = {part for name in given for part in _parts(name)} | set(called)
        last = {part for name in family for part in _parts(name)}
        plain = {fold(word) for word in lower} | OWN
        small = plain | (_SPOKEN - first - last)
        proper = {fold(word) for word in capital} - small
        for word in counts:  # British spellings, whose American form is in the dictionary
            if word not in small and word not in proper and word not in first and any(_spelt(word, small)):
                small.add(word)
        common = {word: counts.get(word, 0.2) for word in small}
        letters = _ratio(first | last, plain)
        alike = frozenset(folds(name) for name in first | last if len(name) > 3)
        worn = frozenset(folds(word) for word, often in common.items() if often > 1 and len(word) > 3) - alike
        together = {name: frozenset(others) for name, others in called.items()}
        return cls(
            frozenset(first), frozenset(last), common, frozenset(proper), together, alike, worn, _letters=letters
        )

    @property
    def empty(self) -> bool:
        """Whether it knows no name."""
        return not self.given and not self.family

    def namely(self, folded: str) -> float:
        """How much more its letters look like a name's than like a word's: about -2 to 2, 0 where nothing is known."""
        if not self._letters:
            return 0.0
        grams = _grams(folded)
        return sum(self._letters.get(gram, 0.0) for gram in grams) / len(grams)

    def named(self, folded: str) -> bool:
        return folded in self.given or folded in self.family

    def joined(self, folded: str) -> str:
        """`b` where it is two names written as one, `i` where an initial and a family name; else nothing."""
        for cut in range(3, len(folded) - 2):
            if folded[:cut] in self.given and self.named(folded[cut:]):
                return "b"
        if len(folded) > 4 and folded[1:] in self.family and not self.ordinary(folded[1:]):
            return "i"
        return ""

    def ordinary(self, folded: str) -> bool:
        """Whether it is a word of the language, whatever else it is."""
        if folded in self.common or (folded.endswith("in") and f"{folded}g" in self.common):  # goin, nothin
            return True
        if _DRAWN.search(folded) and any(_DRAWN.sub(short, folded) in self.common for short in (r"\1", r"\1\1")):
            return True
        for ending in ("s", "es", "ed", "d", "ing", "er", "ly"):
            if folded.endswith(ending) and folded[: -len(ending)] in self.common and len(folded) > len(ending) + 3:
                return True
        return False


def _spelt(word: str, small: set[str]) -> Iterable[bool]:
    for british, american in _BRITISH:
        if british in word:
            yield word.replace(british, american) in small


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[^\w]+", fold(name)) if len(part) > 1 and part.isalpha()]


def _grams(word: str) -> list[str]:
    told = f"^{word}$"
    return [told[at : at + 3] for at in range(len(told) - 2)] + [f"{told[-4:]}"] * 2


def _ratio(names: set[str], words: set[str]) -> dict[str, float]:
    """The logarithm of how much likelier each group of letters is in a name than in a word."""
    ours = Counter(gram for name in names for gram in _grams(name))
    theirs = Counter(gram for word in words for gram in _grams(word))
    all_ours, all_theirs = sum(ours.values()) or 1, sum(theirs.values()) or 1
    return {
        gram: max(-3.0, min(3.0, math.log((ours[gram] + 1) / all_ours) - math.log((theirs[gram] + 1) / all_theirs)))
        for gram in ours.keys() | theirs.keys()
    }


def frequencies(text: str) -> dict[str, float]:
    """A list of lines `word count` as shares of a million."""
    counts: dict[str, int] = {}
    for line in text.splitlines():
        word, _, count = line.strip("\ufeff ").partition(" ")
        if count.strip().isdigit():
            counts[fold(word)] = int(count)
    total = sum(counts.values()) or 1
    return {word: count * 1e6 / total for word, count in counts.items()}


def dictionary(words: str, endings: str) -> tuple[set[str], set[str]]:
    """A spelling dictionary in Hunspell's two files (`.dic`, `.aff`): the words it writes small, those with a capital,
    each with its endings; prefixes and rules upon rules are left out, they make few names.
    """
    rules: dict[str, list[tuple[str, str, re.Pattern[str]]]] = {}
    for line in endings.splitlines():
        kind, *rest = line.split()[:5] or [""]
        if kind == "SFX" and len(rest) == 4 and not rest[2].isdigit():
            flag, strip, add, condition = rest
            rule = (strip.replace("0", ""), add.split("/")[0].replace("0", ""), re.compile(f"{condition}$"))
            rules.setdefault(flag, []).append(rule)
    small: set[str] = set()
    capital: set[str] = set()
    for line in words.splitlines()[1:]:
        stem, _, flags = line.split("\t")[0].strip().partition("/")
        if not stem:
            continue
        to = capital if stem[0].isupper() else small
        to.add(stem)
        for flag in flags:
            for strip, add, fits in rules.get(flag, ()):
                if fits.search(stem) and "'" not in add:
                    to.add(stem[: len(stem) - len(strip)] + add if strip else stem + add)
    return small, capital
