"""Words as a finder of names sees them: runs of letters with their places, and forms under which two spellings meet."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

__all__ = ["Word", "bare", "fold", "folds", "mended", "words_of"]

# letters that no decomposition takes apart, by what a plain keyboard writes for them; ŋ, ɓ and ɗ stand in West
# African names, ə in Azerbaijani ones
_PLAIN = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss", "ħ": "h",
        "ŋ": "n", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ə": "e", "ɛ": "e", "ɔ": "o", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'",
    }
)  # fmt: skip

# what readers of pictures take for another letter; applied to both sides, so it need not be right, only the same
_ALIKE = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_ALIKE_SIGNS = str.maketrans({"0": "o", "1": "l", "i": "l", "!": "l", "|": "l", "5": "s", "$": "s", "8": "b", "6": "g"})

# a run of letters, marks and digits; a zero-width joiner or soft hyphen inside a word does not end it
# nor does what stands for a letter that was lost (Ma?gorzata) or for the second half of one (SiÃ¢n, MaÅ‚gorzata)
_RUN = re.compile(
    r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufffd]|\?(?=[a-z]+(?![\w=&]))|(?<=[a-z])[|!](?=[a-z])"
    r"|(?<=[Â-Å])[\u00a1-\u00bf\u2013-\u2026\u2030-\u203a\u20ac\u2122\u02c6\u02dc])*"
)
_DIGITS = re.compile(r"\d+")
_DOUBLE = re.compile(r"[^\W\d_]+11[^\W\d_]+")  # Wi11iam
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_PARTICLE_HUMPS = {"mc", "mac", "de", "la", "le", "van", "von", "di", "da", "o", "al", "el", "fitz", "st", "du", "ni"}


@dataclass(frozen=True, slots=True)
class Word:
    """Characters `start` up to `end` of a text: one run of letters, one hump of a CamelCase run."""

    start: int
    end: int
    text: str
    folded: str
    glued: bool = False  # whether it is part of a longer run: SarahJones, sarah92, mentor_sarah


@lru_cache(maxsize=65_536)
def bare(text: str) -> str:
    """Letters without their marks, case kept."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """The form under which spellings meet: lower case, without marks, a plain letter for a special one."""
    if text.isascii():
        return text.lower()
    return bare(bare(text).casefold().translate(_PLAIN)).translate(_PLAIN)


@lru_cache(maxsize=65_536)
def folds(text: str) -> str:
    """As `fold`, and with what readers of pictures confuse made one: Iain and lain, Farnan and Faman."""
    form = fold(text).translate(_ALIKE_SIGNS)
    for pair, one in _ALIKE:
        form = form.replace(pair, one)
    return form


_FIGURES = {"0": "o", "1": "li", "5": "s", "8": "b", "6": "gbo", "3": "e", "4": "a", "9": "g", "|": "li", "!": "li"}


def mended(form: str) -> list[str]:
    """What a folded word with figures for letters may have been; none for a word without, or with more than two."""
    places = [at for at, sign in enumerate(form) if sign in _FIGURES]
    if not 0 < len(places) < 3 or len(places) == len(form):
        return []
    found = [form]
    for at in places:
        found = [one[:at] + letter + one[at + 1 :] for one in found for letter in _FIGURES[form[at]]]
    return found


def words_of(text: str) -> list[Word]:
    """All words of a text in order. Every letter of it is in exactly one of them."""
    found: list[Word] = []
    for run in _RUN.finditer(text):
        whole = run.group()
        if whole.isalpha() and (whole.islower() or whole.istitle() or whole.isupper()):
            found.append(Word(run.start(), run.end(), whole, fold(whole)))
            continue
        found += _parts(text, run.start(), run.end())
    return found


def _parts(text: str, start: int, end: int) -> list[Word]:
    """A run with digits or humps in it. Digits at its ends are no part of a word; inside one they may be damage."""
    if not (text[start] in "01568" and end - start > 4 and text[start + 1 : end].isalpha()):  # but 0yelaran is damage
        while start < end and not text[start].isalpha():
            start += 1
    while start < end and text[end - 1].isdigit():
        end -= 1
    if start == end:
        return []
    run = text[start:end]
    longest = max(_DIGITS.findall(run), key=len, default="")
    damaged = longest == "11" and bool(_DOUBLE.fullmatch(run))
    if (len(longest) > 1 and not damaged) or sum(sign.isdigit() for sign in run) > 2:
        pieces = [(start + piece.start(), start + piece.end()) for piece in re.finditer(r"\D+", run)]
    else:
        pieces = [(start, end)]
    found: list[Word] = []
    for first, last in pieces:
        cuts = [first, *(first + hump.start() for hump in _HUMP.finditer(text[first:last])), last]
        humps = [text[a:b] for a, b in pairwise(cuts)]
        split = len(humps) > 1 and len(humps[0]) > 1 and humps[0].casefold() not in _PARTICLE_HUMPS
        spans = list(pairwise(cuts)) if split else [(first, last)]
        glued = len(spans) + len(pieces) > 2
        found += [Word(a, b, text[a:b], fold(text[a:b]), glued) for a, b in spans]
    return found
