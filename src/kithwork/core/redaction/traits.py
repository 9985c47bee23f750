"""What speaks for and against each word of a text being a name: signals by name, which `scoring` weighs."""

import re
from functools import lru_cache

from kithwork.core.redaction.cues import ENDINGS, kinds_of
from kithwork.core.redaction.lexicon import Lexicon
from kithwork.core.redaction.reading import Reading, logit
from kithwork.core.redaction.words import folds

__all__ = ["first_signals", "grade"]

_SENTENCE = re.compile(r"[.!?…]|^[\s\-–•*·>\d().\[\]]*$")


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


def grade(odds: float) -> str:
    """A step from 0 to 7, by which odds of like size are weighed alike."""
    for step, edge in enumerate((-5.0, -3.5, -2.2, -1.0, 0.0, 1.5, 3.0)):
        if odds < edge:
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
    if reading.leans:
        lean = grade(reading.leans[at])
        told_by = (f"h{lean}", f"hk{lean}{kind}{loud}{sort}", f"hn{lean}{named}{sort}", f"hp{lean}{step}")
        found |= {"h": reading.leans[at] / 4} | dict.fromkeys(told_by, 1.0)
    found |= {"lp": reading.logits[at] / 4, "lm": logit(share[7]) / 4}
    found |= {f"nl{kind}{'O' if sort == 'O' else 'w'}": namely, "nlO" + named: namely if sort == "O" else 0.0}
    for one in own:
        add(f"own{one}", 1.0)
        add(f"own{one}{kind}{step}", 1.0)
    if not own and sort == "O":
        for ending in ENDINGS:
            if word.folded.endswith(ending) and len(word.folded) > len(ending) + 1:
                add(f"end{ending}", 1.0)
    if sort == "O" and named == "n":
        for mark, forms in (("alike", lexicon.alike), ("worn", lexicon.worn)):
            if len(word.text) > 3 and folds(word.folded) in forms:
                add(f"{mark}{kind}", 1.0)
        if len(word.text) > 5 and (way := lexicon.joined(word.folded)):
            add(f"two{way}{bool(zone)}", 1.0)
    if named != "n" and sort in "ABCDEM":
        _either(found, reading, at, kind)
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
    if re.search(r"\d(?:st|nd|rd|th)?$", reading.gaps[at].rstrip(" ")):
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


def _either(found: dict[str, float], reading: Reading, at: int, kind: str) -> None:
    """Signals of a name that is a word too: itself, how the words before it go on, whether the next is inflected."""
    word, own = reading.words[at], reading.sorts[at]
    found[f"me{word.folded}{kind}"] = 1.0
    if at > 1 and reading.gaps[at] == " " == reading.gaps[at - 1]:
        before = reading.words[at - 1].folded
        if reading.sorts[at - 1] in "AB":
            for cue in kinds_of(reading.words[at - 2].folded) or ("-",):
                found[f"<<{cue}<{before}{kind}"] = 1.0
    if at + 1 < len(reading.words) and reading.gaps[at + 1] == " ":
        follows = reading.words[at + 1].folded
        ends = next((end for end in ("ed", "ing", "ly", "s", "n't") if follows.endswith(end) and len(follows) > 3), "-")
        start = "s" if _starts(reading.gaps[at]) or at == 0 else "m"
        found[f">{ends}{kind}{own}"] = 1.0
        found[f">{ends}{kind}{start}{reading.sorts[at + 1]}"] = 1.0
        found[f">{ends}{word.folded}"] = 1.0
        if reading.sorts[at + 1] in "AB":
            found[f">>{word.folded}{kind}>{follows}"] = 1.0  # Hope to, Mark as


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
    if reading.leans:
        found[f"{mark}h{gap if gap in '0_-n,.' else '*'}"] = reading.leans[place] / 4
        found[f"{mark}h{grade(reading.leans[place])}{kind}"] = 1.0
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
