"""Where somebody lives: a number and a street, a named house, what stands before a postcode, what a model reads so."""

import re
from collections.abc import Iterator
from dataclasses import replace

from kithwork.core.redaction import streets
from kithwork.core.redaction.cues import THINGS_BY_KIND
from kithwork.core.redaction.finds import Find, Kind, Source
from kithwork.core.redaction.model import Seen
from kithwork.core.redaction.streets import CODE

__all__ = ["CODE", "addresses", "before_code", "read_addresses"]


def addresses(text: str) -> Iterator[Find]:
    """By shape alone; the postcode is another find. None goes over a wide gap, nor is one inside a word without end:
    the text is looked at in pieces, so that neither costs the square of its length.
    """
    start = 0
    for cut in _CUT.finditer(text):
        yield from _within(text, start, cut.start())
        for at in range(cut.start(), cut.end(), _SLICE) if cut["run"] else ():
            yield from _within(text, at, min(at + _SLICE, cut.end()))
        start = cut.end()
    yield from _within(text, start, len(text))


def _within(text: str, start: int, end: int) -> Iterator[Find]:
    if start == 0 and end == len(text):
        yield from _piece(text)
    elif end - start > _LEAST:
        for one in _piece(text[start:end]):
            yield replace(one, start=one.start + start, end=one.end + start)


def _piece(text: str) -> Iterator[Find]:
    found = list(_shaped(text))
    yield from found
    for one in _loose(text):
        if not any(other.start <= one.start and one.end <= other.end for other in found):
            yield one


def _shaped(text: str) -> Iterator[Find]:
    """Where the shape says enough."""
    if _JOINED.search(text):  # 7_Mill_Lane_lease.pdf
        yield from _piece(_JOINED.sub(lambda sign: " " * len(sign[0]), text))
    for hit in streets.STREET.finditer(text):
        if _stands(hit) and not _counted(text, hit):
            small = streets.SMALL_TOWN.match(text, hit.end()) if hit.group("it").islower() else None
            yield _find(text, hit.start("it"), small.end() if small else hit.end("town"), 0.9)
    for pattern, sure in _AS_THEY_STAND:
        for hit in pattern.finditer(text):
            start = min(hit.start(group) for group in hit.groupdict() if hit[group])
            yield _find(text, start, hit.end(), sure)
    for hit in streets.SAID.finditer(text):
        if not streets.VERBS.search(hit.group("it").removeprefix("no")):
            small = streets.SMALL_TOWN.match(text, hit.end())
            yield _find(text, hit.start("it"), small.end() if small else hit.end("it"), 0.5)
    for hit in streets.SPOILT.finditer(text):
        if _spoilt(hit.group("road")) and not streets.VERBS.search(hit.group("it")):
            yield _find(text, hit.start("it"), hit.end("town"), 0.6)
    for hit in streets.BEFORE_CODE.finditer(text) if streets.CODES.search(text) else ():
        told = hit.group("it")
        if any(map(str.isdigit, told)) and not streets.VERBS.search(told.split(" ", 1)[-1].replace(" of ", " ")):
            yield _find(text, hit.start("it"), hit.end("it"), 0.95)
    for hit in streets.NAMED_BEFORE_CODE.finditer(text):
        if not streets.VERBS.search(hit.group("it")):
            yield _find(text, hit.start("it"), hit.end("it"), 0.6)
    for hit in streets.ANNOUNCED.finditer(text):
        cut = streets.STOP.search(hit.group("it"))
        end = hit.start("it") + (cut.start() if cut else len(hit.group("it")))
        body = text[hit.start("it") : end]
        if re.match(r"\d+\s?\w?\b\s*,?\s+[^\W\d]", body) or re.match(
            r"(?i:flat|apt|unit|room|block|plot|studio|suite)\s+\w+\s*,?\s+\w", body
        ):
            if not streets.VERBS.match(body.split(" ", 1)[-1]):
                yield _find(text, hit.start("it"), end, 0.85)
        elif ("address" in hit.group()[: hit.start("it") - hit.start()].lower() and "," in body) or re.search(
            rf"(?i:\b(?:{streets.HOUSES})\b)", body
        ):
            yield _find(text, hit.start("it"), end, 0.7)


def _loose(text: str) -> Iterator[Find]:
    """Where the shape says less: held where no word in it, nor before it, speaks against an address."""
    for pattern in (streets.LOOSE, streets.HOUSE_ON, streets.BARE, streets.RARE, streets.LANDED, streets.HEADED):
        for hit in pattern.finditer(text):
            if pattern is streets.LANDED and hit.group("land").casefold() not in THINGS_BY_KIND["town"]:
                continue
            rest = _LED.sub("", hit.group("it"))
            if (
                not streets.VERBS.search(rest)
                and not _counted(text, hit)
                and not _CLASS.search(text, max(0, hit.start() - 12), hit.start())
            ):
                small = streets.SMALL_TOWN.match(text, hit.end())
                yield _find(text, hit.start("it"), small.end() if small else hit.end("it"), 0.4)


_CUT = re.compile(r"[^\S\n]{60,}|\n{20,}|(?P<run>\S{400,})")
_SLICE = 400
_LEAST = 5  # letters that an address has
_JOINED = re.compile(r"(?<=[^\W_])(?:_|%20|\+(?=[^\W\d_]))(?=[^\W_])")
_AS_THEY_STAND = (
    (streets.TURNED, 0.85), (streets.FLAT_ON, 0.8), (streets.FLAT_IN, 0.6), (streets.AFLOAT, 0.6), (streets.CELLS, 0.8),
    (streets.WORDED, 0.5), (streets.LINE, 0.4), (streets.ALONE, 0.5), (streets.BOX, 0.85), (streets.NAMED, 0.85),
    (streets.PARTED, 0.6), (streets.CALLED, 0.6), (streets.LABELLED, 0.5),
)  # fmt: skip


def _spoilt(word: str) -> bool:
    """Whether a word is a road's with a letter or two read amiss, and as long: Strcet, C1ose."""
    form = word.casefold()
    if len(form) < 5:
        return any(form != road and form.translate(_ALIKE) == road.translate(_ALIKE) for road in streets.LONG_ROADS)
    amiss = [
        sum(a != b for a, b in zip(road, form, strict=True)) for road in streets.LONG_ROADS if len(road) == len(form)
    ]  # fmt: skip
    return 0 < min(amiss, default=0) < (2 if len(form) < 6 else 3)


_CLASS = re.compile(r"\b(?:year|yr|form|group|grp|class|ward|stand|gate|bus|team|number\sof)\s$", re.IGNORECASE)
_FLAT = re.compile(r"(?:flat|flt|apt|appt|apartment)\W?\s?\w{1,4}\b", re.IGNORECASE)
_LED = re.compile(r"^(?:no\b\.?|\d+\s?new\b)", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:chapter|step|level|section|session|page|part|week|lesson|module|stage|phase|figure|table|item|question|platform)\s$",
    re.IGNORECASE,
)


_YEAR = re.compile(r"(?:19|20)\d\d\s")
_IN_YEAR = re.compile(
    r"\b(?:in|by|since|for|of|during|until|till|before|after|from|summer|autumn|winter|spring|\w+ber|\w+ary)\s$",
    re.IGNORECASE,
)


def _counted(text: str, hit: re.Match[str]) -> bool:
    """Whether the number is a chapter's, a class's or a year's: in 2019 Mill Road was closed."""
    start, before = hit.start("it"), max(0, hit.start("it") - 12)
    return bool(
        _COUNTED.search(text, before, start) or (_YEAR.match(text, start) and _IN_YEAR.search(text, before, start))
    )


_ALIKE = str.maketrans("c1i|05uh", "elllosnn")  # letters that readers of pictures take for one another


def _stands(hit: re.Match[str]) -> bool:
    """Whether a number and words before a road are a house: 12 High Street, not 3 days on the road."""
    body = [word for word in re.split(r"[\s,-]+", hit.group("road")) if word[:1].isalnum()]
    if body and body[0] in ("on", "via", "near"):
        return False
    house = re.match(r"[A-Z][^\d,]+(?=,\s?\d)", hit.group("it"))  # Bay Hotel, 12 Promenade
    inside = bool(_FLAT.match(hit.group("it")) or (house and not streets.VERBS.search(house[0])))
    if len(body) < 2:
        return inside
    if sum(word[:1].isupper() for word in body) < 2:  # 12 larch close: no telling word may be in it
        return (
            len(body) < 5
            and not streets.VERBS.search(" ".join(body).casefold())
            and (inside or body[-1].casefold().rstrip(".") not in streets.ALSO_WORDS)
        )
    return not any(streets.VERBS.fullmatch(word) for word in body[:-1] if word != "of")


def before_code(text: str, start: int, end: int) -> int:
    """Where an address ends that a pattern cut inside a postcode: half a postcode is nobody's town."""
    for code in streets.CODES.finditer(text, start, min(len(text), end + 10)):
        if code.start() < end < code.end():
            return len(text[: code.start()].rstrip(" ,\n"))
    return end


_TOWN = re.compile(r",?[ ]([^\W\d_]{4,})\b")
_HALF_CODE = re.compile(r"(?:,[ ]?(?i:[A-Z]{1,2}\d{1,2}[A-Z]?)|[ ][A-Z]{1,2}\d{1,2}[A-Z]?)\b(?![ ]?\d)")  # Leeds LS1


def _find(text: str, start: int, end: int, sure: float, source: Source = Source.PATTERN) -> Find:
    end = before_code(text, start, end)
    while end > start and text[end - 1] in " \n\t,.;·":
        end -= 1
    if (town := _TOWN.match(text, end)) and town[1].casefold() in THINGS_BY_KIND["town"]:
        end = town.end()
    if half := _HALF_CODE.match(text, end):
        end = half.end()
    if before := streets.BEFORE.search(text, max(0, start - 40), start):
        start = before.start()
    return Find(start, end, Kind.ADDRESS, (source,), sure)


def read_addresses(text: str, seen: Seen) -> Iterator[Find]:
    """Where the model reads a house's number and a street, one after the other; the town after them is taken in."""
    begin: int | None = None
    end, streets, figures = 0, 0, 0
    for at in range(len(seen.starts) + 1):
        share = seen.shares[at] if at < len(seen.starts) else None
        here = share is not None and (share[3] > 0.4 or (begin is not None and share[3] + share[4] > 0.4))
        word = text[seen.starts[at] : seen.ends[at]] if at < len(seen.starts) else ""
        if (
            begin is not None
            and share is not None
            and not here
            and word in ",-.'/’"
            and text[end : seen.starts[at]].strip() == ""
        ):
            continue
        if begin is not None and (
            not here or text[end : seen.starts[at]].strip(" ,\n.-'’/\t") or "\n\n" in text[end : seen.starts[at]]
        ):
            if streets > 1 and figures and end - begin > 5:
                yield _find(text, begin, _word_end(text, end), 0.8, Source.MODEL)
            begin, streets, figures = None, 0, 0
        if here and share is not None:
            begin = seen.starts[at] if begin is None else begin
            end = seen.ends[at]
            figures += word.isdigit() and share[3] > 0.6
            streets += word.isalpha() and share[3] > 0.6
    return


def _word_end(text: str, end: int) -> int:
    while end < len(text) and text[end].isalnum():
        end += 1
    return end
