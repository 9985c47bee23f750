"""What speaks for and against each word of a text being a name: signals by name, which `scoring` weighs."""

import math
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from kithwork.core.redaction.cues import ENDINGS, kinds_of
from kithwork.core.redaction.lexicon import Lexicon
from kithwork.core.redaction.model import Seen
from kithwork.core.redaction.words import Word, fold, folds

__all__ = ["Reading", "first_signals", "read", "shape"]

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
_SENTENCE = re.compile(r"[.!?…]|^[\s\-–•*·>\d().\[\]]*$")


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
    return "b" if given and family else "g" if given else "f" if family else "n"


def read(text: str, lexicon: Lexicon, words: list[Word], seen: Seen | None, label: str = "") -> Reading:
    """Gather what can be told of each word by itself."""
    gaps = [text[a.end : b.start] for a, b in pairwise(words)]
    gaps = [text[: words[0].start], *gaps, text[words[-1].end :]] if words else [text]
    forms = {word.folded: (_sort(word.folded, lexicon), _list(word.folded, lexicon)) for word in words}
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
    found = []
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


@lru_cache(maxsize=4096)
def _gap(gap: str) -> str:
    """What parts two words."""
    if gap == "":
        return "0"
    if "\n" in gap:
        return "n" if gap.count("\n") == 1 else "N"
    bare = gap.strip()
    if not bare:
        return "t" if "\t" in gap else "_"
    return bare if len(bare) == 1 and bare in ".,:;-–'’/&()\"@_|!?+" else "*"


def _starts(gap: str) -> bool:
    return bool(_SENTENCE.search(gap)) or "\n" in gap or gap.strip() in {":", "|", "-", "–", '"', "“", "‘", "("}


def _bucket(share: float) -> str:
    for step, edge in enumerate((0.004, 0.02, 0.06, 0.15, 0.35, 0.6, 0.85)):
        if share < edge:
            return str(step)
    return "7"


def first_signals(reading: Reading, at: int, lexicon: Lexicon) -> dict[str, float]:
    """All signals of one word but what other words turned out to be, and who is known."""
    word, words = reading.words[at], reading.words
    kind, sort, named = reading.shapes[at], reading.sorts[at], reading.lists[at]
    share = reading.shares[at]
    size, capitals, shouted = reading.sizes[reading.lines[at]]
    loud = "!" if shouted > 2 and shouted * 2 > size else ""
    step = _bucket(share[0] + share[1])
    zone, told = reading.zones[at], reading.labels[at]
    start = "s" if _starts(reading.gaps[at]) or at == 0 else "m"
    gap, after = _gap(reading.gaps[at]), _gap(reading.gaps[at + 1])
    own = kinds_of(word.folded)
    namely = lexicon.namely(word.folded)
    found: dict[str, float] = {"": 1.0}
    add = found.__setitem__
    for name in (
        f"k{kind}{loud}{sort}{named}", f"ks{kind}{loud}{sort}{start}", f"p{step}", f"pk{step}{kind}{loud}{sort}",
        f"pn{step}{named}{kind}", f"z{zone}{kind}", f"z{zone}{sort}{named}", f"zp{zone}{step}",
        f"lab{told}{kind}{loud}",
        f"lab{told}{sort}{named}", f"labp{told}{step}", f"len{min(len(word.text), 9)}{kind}",
        f"size{min(size, 6)}{kind}",
        f"all{capitals == size}{min(size, 4)}{kind}{named}", f"glued{word.glued}{kind}", f"ps{step}{start}{kind}",
        f"place{_bucket(share[4])}", f"addr{_bucket(share[3])}", f"cont{_bucket(share[2])}", f"num{_bucket(share[5])}",
        f"first{_bucket(share[6])}", f"sur{share[1] > share[0]}{step}",
    ):  # fmt: skip
        add(name, 1.0)
    add("lp", reading.logits[at] / 4)
    add("lm", logit(share[7]) / 4)
    add(f"nl{kind}{'O' if sort == 'O' else 'w'}", namely)
    add("nlO" + named, namely if sort == "O" else 0.0)
    for one in own:
        add(f"own{one}", 1.0)
        add(f"own{one}{kind}{step}", 1.0)
    if not own and sort == "O":
        for ending in ENDINGS:
            if word.folded.endswith(ending) and len(word.folded) > len(ending) + 1:
                add(f"end{ending}", 1.0)
    if sort == "O" and named == "n":
        if len(word.text) > 3 and folds(word.folded) in lexicon.alike:
            add(f"alike{kind}", 1.0)
        if len(word.text) > 5 and (way := lexicon.joined(word.folded)):
            add(f"two{way}{bool(zone)}", 1.0)
    if named == "n" or sort in "ABCD":
        _halves(found, reading, at, lexicon, kind)
    if any(sign.isdigit() for sign in word.text):
        add(f"digit{named}{kind}", 1.0)
    _beside(found, reading, at, -1, gap, kind)
    _beside(found, reading, at, 1, after, kind)
    _further(found, reading, at, kind)
    rest = reading.gaps[at + 1]
    if after in "'’" and at + 1 < len(words) and words[at + 1].folded == "s":
        add(f"'s{kind}{sort}", 1.0)
    if rest[:1] == "(" or rest[:2] == " (":
        add(f"){kind}", 1.0)
    if re.search(r"\d$", reading.gaps[at].rstrip(" ")) or re.search(
        r"\d(?:st|nd|rd|th)?$", reading.gaps[at].rstrip(" ")
    ):
        add(f"<9{sort}{kind}", 1.0)
    if re.match(r"\s?,?\d", rest):
        add(f">9{sort}{kind}", 1.0)
    return found


def _halves(found: dict[str, float], reading: Reading, at: int, lexicon: Lexicon, kind: str) -> None:
    """Whether a word and its neighbour are a name that was cut in two: Sar ah, over a line, by a hyphen."""
    for place, other, mark in ((at, at - 1, "<"), (at + 1, at + 1, ">")):
        if 0 <= other < len(reading.words) and reading.gaps[place] in _CUTS and 0 < place < len(reading.words):
            whole = reading.words[min(at, other)].folded + reading.words[max(at, other)].folded
            rest = reading.words[other].folded
            if len(whole) > 3 and lexicon.named(whole) and not lexicon.ordinary(whole):
                known = (reading.sorts[at] in "AB") + (reading.sorts[other] in "AB" or lexicon.named(rest))
                found[f"half{mark}{known}{kind}{'_' if reading.gaps[place] == ' ' else '-'}"] = 1.0


_CUTS = {" ", "-", "- ", "\n", "-\n", " -"}


def _beside(found: dict[str, float], reading: Reading, at: int, way: int, gap: str, kind: str) -> None:
    """Signals of the word before (-1) or after (1)."""
    place, mark = at + way, "<" if way < 0 else ">"
    if not 0 <= place < len(reading.words):
        found[f"{mark}end{kind}"] = 1.0
        return
    other = reading.words[place]
    shape_, sort, named = reading.shapes[place], reading.sorts[place], reading.lists[place]
    step = _bucket(reading.shares[place][0] + reading.shares[place][1])
    found[f"{mark}g{gap}{kind}"] = 1.0
    if gap == "N":
        return
    own = reading.sorts[at]
    for name in (
        f"{mark}{gap}{shape_}{sort}{kind}", f"{mark}{gap}{shape_}{named}{kind}{reading.lists[at]}",
        f"{mark}p{step}{gap}{kind}", f"{mark}sort{sort}{own}{kind}",
    ):  # fmt: skip
        found[name] = 1.0
    found[f"{mark}lp{gap if gap in '0_-n,.' else '*'}"] = reading.logits[place] / 4
    for cue in kinds_of(other.folded):
        found[f"{mark}{cue}{kind}{gap if gap in '_:.n,' else '*'}"] = 1.0
        found[f"{mark}{cue}{own}{kind}"] = 1.0
    if sort in "ABM" or kinds_of(other.folded):
        found[f"{mark}w{other.folded}{kind}"] = 1.0
        if own in "ABCM":
            found[f"{mark}w{other.folded}{kind}{own}"] = 1.0


def _further(found: dict[str, float], reading: Reading, at: int, kind: str) -> None:
    """Signals of words two and three away, and of the run of capitals in which the word stands."""
    count = len(reading.words)
    for way, mark in ((-2, "<<"), (2, ">>")):
        place = at + way
        if 0 <= place < count and abs(reading.lines[place] - reading.lines[at]) < 2:
            for cue in kinds_of(reading.words[place].folded):
                found[f"{mark}{cue}{kind}"] = 1.0
            found[f"{mark}{reading.shapes[place]}{reading.sorts[place]}{kind}"] = 1.0
            step = _bucket(reading.shares[place][0] + reading.shares[place][1])
            found[f"{mark}p{step}{kind}"] = 1.0
    if kind not in "tum":
        return
    last = at
    while (
        last + 1 < count
        and last - at < 4
        and reading.shapes[last + 1] in "tum"
        and reading.gaps[last + 1] in (" ", "-", " & ")
    ):
        last += 1
        if "thing" in kinds_of(reading.words[last].folded):
            found[f"thing{min(last - at, 3)}{kind}"] = 1.0
            found[f"thing{reading.lists[at]}{reading.sorts[at]}"] = 1.0
            break
    first = at
    while (
        first > 0 and at - first < 4 and reading.shapes[first - 1] in "tum" and reading.gaps[first] in (" ", "-", " & ")
    ):
        first -= 1
    found[f"run{at - first}{last - at}{reading.lists[at]}"] = 1.0
    if first > 0 and reading.words[first - 1].folded == "the" and reading.gaps[first] == " ":
        found[f"the{at - first}{reading.sorts[at]}"] = 1.0
