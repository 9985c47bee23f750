"""A text read for names: its words, and what can be told of each by itself."""

import math
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from kithwork.core.redaction.cues import kinds_of
from kithwork.core.redaction.lexicon import Lexicon
from kithwork.core.redaction.model import Seen
from kithwork.core.redaction.words import Word, fold, mended

__all__ = ["Reading", "legible", "logit", "read", "shape"]

_HOSTS = r"[\w-]{1,63}\.(?:com|org|net|example|co\.uk|org\.uk|gov\.uk|ac\.uk)\b"
_FILES = r"docx?|pdf|xlsx?|csv|odt|ods|txt|jpe?g|png|eml|msg|pptx?|rtf|zip|vcf|heic|mp[34]|mov|wav"
_ZONES = (
    ("mail", re.compile(
        r"(?<![\w.+%'’-])[\w.+%'’-]{1,64}(?=@[\w-]{1,63}\.\w)"
        r"|(?<![\w.+-])[\w.+-]{1,64}(?=\s?(?:\(at\)|\[at\]| at )\s?[\w-]{1,63}\s?(?:\(dot\)|\[dot\]| dot )\s?\w)")),
    ("host", re.compile(rf"(?<=@)[\w-]+(?:\.[\w-]+)+|\b(?:https?://|www\.)[\w.-]+|\b{_HOSTS}")),
    ("path", re.compile(rf"(?:(?:https?://|www\.)[\w.-]+|\b{_HOSTS})(/[^\s<>\"')]*)")),
    ("handle", re.compile(r"(?<![\w@])@\w[\w.]*")),
    ("tag", re.compile(r"(?<!\w)#\w+")),
    ("file", re.compile(
        r"(?<![^\s\\/:*?\"<>|,;])[^\s\\/:*?\"<>|,;]{1,100}?(?: [\w()&-]{1,40}){0,5}?"
        rf"\.(?:{_FILES})\b", re.IGNORECASE)),
    ("dir", re.compile(r"(?:[A-Za-z]:)?[\\/][^\s\\/:*?\"<>|]+(?=[\\/])")),
)  # fmt: skip


@dataclass(slots=True)
class Reading:
    """One text with all that is known of its words, by place in `words`."""

    text: str
    words: list[Word]
    gaps: list[str]  # what stands before each word; one more at the end
    shapes: list[str]  # case
    sorts: list[str]  # what the dictionary says
    lists: list[str]  # in which list of names it is
    shares: list[tuple[float, ...]]  # the model's: given, surname, contact, address, place, number; most of its pieces
    zones: list[str]
    labels: list[str]
    lines: list[int]
    logits: list[float] = field(default_factory=list)
    leans: list[float] = field(default_factory=list)  # the odds that the net gives; none where no model reads along
    sizes: dict[int, tuple[int, int, int]] = field(default_factory=dict)  # words, capitals, shouted in each line


def shape(word: str) -> str:
    """l lower, t Title, u UPPER, m mixed, i a single letter."""
    letters = [sign for sign in word if sign.isalpha()]
    if len(letters) <= 1:
        return "i" if word[:1].isupper() else "j"
    if all(not sign.isupper() for sign in letters):
        return "l"
    if all(sign.isupper() or not sign.islower() for sign in letters):
        return "u"
    return "t" if letters[0].isupper() and not any(sign.isupper() for sign in letters[1:]) else "m"


def _sort(form: str, lexicon: Lexicon) -> str:
    if "month" in kinds_of(form):
        return "M"
    often = lexicon.common.get(form)
    if often is None:
        if form in lexicon.proper:
            return "P"
        return "E" if lexicon.ordinary(form) else "O"
    return "A" if often > 400 else "B" if often > 40 else "C" if often > 4 else "D"


def _list(form: str, lexicon: Lexicon) -> str:
    given, family = form in lexicon.given, form in lexicon.family
    if not (given or family) and len(form) > 4 and form[-1] == "s" and not lexicon.ordinary(form):
        for stem in (form[:-1], form[:-2]) if form.endswith("es") else (form[:-1],):  # callums bike, the Gadsbys
            given, family = given or stem in lexicon.given, family or stem in lexicon.family
    return "b" if given and family else "g" if given else "f" if family else "n"


def _kind(form: str, lexicon: Lexicon) -> tuple[str, str]:
    """Sort and list of a word; of one with figures in it those of what it may have been, where that is known."""
    for one in mended(form):
        if lexicon.named(one) or lexicon.ordinary(one):
            return _sort(one, lexicon), _list(one, lexicon)
    return _sort(form, lexicon), _list(form, lexicon)


_FIGURED = re.compile(r"(?<![^\W_])(?=[^\W_]*\d)(?=[^\W_]*[^\W\d_])[^\W_|!]{3,24}(?![^\W_])")


def legible(text: str, lexicon: Lexicon) -> str:
    """A text as a model had better read it, of the same length: letters for the figures in words that are known then
    (Ge0rge, schoo1).
    """

    def letters(found: re.Match[str]) -> str:
        form = fold(found.group())
        if len(form) != len(found.group()):
            return found.group()
        return next((one for one in mended(form) if lexicon.named(one) or lexicon.ordinary(one)), found.group())

    return _FIGURED.sub(letters, text)


def read(text: str, lexicon: Lexicon, words: list[Word], seen: Seen | None, label: str = "") -> Reading:
    """Gather what can be told of each word by itself."""
    gaps = [text[a.end : b.start] for a, b in pairwise(words)]
    gaps = [text[: words[0].start], *gaps, text[words[-1].end :]] if words else [text]
    forms = {form: _kind(form, lexicon) for form in {word.folded for word in words}}
    breaks = [found.start() for found in re.finditer(r"\n", text)]
    lines = [bisect_right(breaks, word.start) for word in words]
    reading = Reading(
        text, words, gaps, [shape(word.text) for word in words], [forms[word.folded][0] for word in words],
        [forms[word.folded][1] for word in words], _shares(words, seen), _zones(text, words), [], lines,
    )  # fmt: skip
    for at, line in enumerate(lines):
        count, capitals, shouted = reading.sizes.get(line, (0, 0, 0))
        kind = reading.shapes[at]
        reading.sizes[line] = count + 1, capitals + (kind in "tumi"), shouted + (kind == "u")
    reading.labels = _labels(reading, label)
    reading.logits = [logit(share[0] + share[1]) for share in reading.shares]
    return reading


def logit(share: float) -> float:
    share = min(max(share, 1e-3), 1 - 1e-3)
    return math.log(share / (1 - share))


_NOTHING = (0.0,) * 8


def _shares(words: list[Word], seen: Seen | None) -> list[tuple[float, ...]]:
    if seen is None:
        return [_NOTHING] * len(words)
    found: list[tuple[float, ...]] = []
    for word in words:
        over = seen.over(word.start, word.end)
        if over is None:
            found.append(_NOTHING)
            continue
        names = over[:, 0] + over[:, 1]
        best = over[int(names.argmax())]
        found.append((*(float(share) for share in best[:6]), float(names[0]), float(names.mean())))
    return found


def _zones(text: str, words: list[Word]) -> list[str]:
    """In what kind of address, if any, each word stands."""
    starts = [word.start for word in words]
    zones = [""] * len(words)
    if not words:
        return zones
    for zone, pattern in _ZONES:
        for found in pattern.finditer(text):
            first, last = found.span(1) if pattern.groups and found.group(1) is not None else found.span()
            at = max(bisect_right(starts, first) - 1, 0)
            while at < len(words) and words[at].start < last:
                if words[at].end > first and not zones[at]:
                    zones[at] = zone
                at += 1
    return zones


@lru_cache(maxsize=4096)
def _label(words: str) -> str:
    """p where a heading announces a person, o where it announces something else."""
    told = [kind for word in re.findall(r"[^\W\d_]+", fold(words)) for kind in kinds_of(word)]
    last = [kind for word in re.findall(r"[^\W\d_]+", fold(words))[-1:] for kind in kinds_of(word)]
    if "olabel" in last and "plabel" not in last:
        return "o"
    return "p" if "plabel" in told else "o" if "olabel" in told else ""


_CELL = re.compile(r"\t|\s\|\s?|\s?\|\s|;(?=\S)")


def _labels(reading: Reading, label: str) -> list[str]:
    """What announces each word: `Mentor:` before it, its column's heading, the heading of the whole passage."""
    whole = _label(label) if label else ""
    labels = [whole] * len(reading.words)
    heads: list[str] = []
    begin = 0
    at = 0
    starts = [word.start for word in reading.words]
    for line in reading.text.split("\n"):
        cuts = [0, *(cut.end() for cut in _CELL.finditer(line)), len(line) + 1]
        if len(cuts) == 2 and line.count(",") > 1 and len(line) < 200:
            cuts = [0, *(cut.end() for cut in re.finditer(",", line)), len(line) + 1]
        cells = [line[a:b] for a, b in pairwise(cuts)]
        if len(cells) > 1 and (not heads or len(heads) != len(cells)):
            heads = [_label(cell) if len(cell) < 40 else "" for cell in cells]
            if not any(heads):
                heads = []
        elif len(cells) < 2 and line.strip():
            heads = []
        while at < len(starts) and starts[at] < begin + len(line) + 1:
            column = bisect_right(cuts, starts[at] - begin) - 1
            told = heads[column] if heads and column < len(heads) else ""
            before = line[cuts[column] : starts[at] - begin]
            if ":" in before:
                told = _label(before[: before.rindex(":")].rpartition(":")[2][-40:]) or told
            elif " - " in before and len(before) < 40:
                told = _label(before) or told
            elif column and not told:
                told = _label(cells[column - 1]) if len(cells[column - 1]) < 30 else ""
            if told:
                labels[at] = told
            at += 1
        begin += len(line) + 1
    return labels
