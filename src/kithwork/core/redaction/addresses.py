"""Where somebody lives: a number and a street, a named house, what stands before a postcode, what a model reads so."""

import re
from collections.abc import Iterator

from kithwork.core.redaction.cues import words_in
from kithwork.core.redaction.finds import Find, Kind, Source
from kithwork.core.redaction.model import Seen

__all__ = ["CODE", "addresses", "before_code", "read_addresses"]

# BS 7666, with any letters: ZZ is for none, and made-up ones keep to no list of districts
CODE = r"(?:GIR[ \u00a0]?0AA|[A-Z]{1,2}\d[A-Z\d]?[ \u00a0]{0,2}\d[A-Z]{2})(?![A-Za-z0-9])"
_ROADS = (
    "street|st|road|rd|lane|ln|avenue|ave|av|close|clos|cl|drive|dr|way|court|crt|ct|place|pl|square|sq|gardens|gdns|grove|"
    "crescent|cres|terrace|ter|row|walk|mews|hill|rise|view|park|green|mount|parade|quay|wharf|yard|gate|croft|fold|"
    "drove|bank|villas|heights|meadows?|broadway|highway|circus|esplanade|promenade|vale|dale|wynd|brae|loan|boulevard|"
    "cottages|buildings|estate|common|end|bridge|lodge|house|mansions|point|path|alley|passage|approach|side|field|"
    "fields|hey|garth|ings|reach|chase|dene|glade|copse|orchard|paddocks?|ridge|spinney|causeway|embankment|arcade|towers?|mead|leys|leas|holt|nook|acres?|moorings|maltings|"
    "almshouses|bungalows|parkway|quadrant|precinct|oval|parc|vw|pde"
)
_WELSH = "heol|ffordd|stryd|lôn|lon|rhodfa|maes|clos|bryn|cwm|parc|tai|trem|cilgant|llys|coed|pen|min|tan|gerddi|rhes"
_HOUSES = "cottage|house|farm|farmhouse|lodge|barn|villa|rectory|vicarage|manor|croft|bungalow|granary|forge|gables"
_FLAT = (
    r"(?:(?:(?:top|ground|first|second|third|basement|garden|upper|lower|rear|front|1st|2nd|3rd)\s(?:floor\s?)?(?:flat|left|right)?"
    r"|basement|(?:the\s)?annexe?|(?:flat|apt\.?|apartment|unit|room|suite|block|plot|studio|caravan|berth|pitch|house)\s(?:\d+(?:/\d+)?\s?[a-z]?|[a-z]\d*)\b"
    r"|\d{1,2}/\d{1,2}|\d[fr]\d)\s?[,/]?\s)?"
)
_NUMBER = r"(?:no\.?\s?|num(?:ber)?\s|p\.?\s?o\.?\s?box\s)?\d{1,4}\s?(?:[a-k]\b)?(?:\s?[-–/]\s?\d{1,4}[a-k]?)?"
_WORD = r"[^\W\d_][\w'’.-]*+"
_NEXT = r"[ \t\u00a0]*+(?:[,;·•|–-][ \t\u00a0]*+)?+(?:\r?\n[ \t\u00a0]*+)?+"  # from one word of an address to the next
_TOWN = (
    r"(?:(?:[ \t]*+[,·;][ \t]*+\n?|[ \t]*+\n)[ \t]*+"
    r"(?!\b(?:Tel(?:ephone)?|Phone|Mobile|Mob|Email|DOB|Date|Postcode|Name|Contact|Dear|School|GP|"
    r"Notes?|Yours|Kind|Best|Please|Thanks?|Hi|Hello|He|She|They|We|It|Monday|Tuesday|Wednesday|Thursday|Friday)\b)"
    r"[A-Z][\w'’.-]*+(?:[ -](?:[A-Z][\w'’.-]*+|on|upon|under|le|by|in|the|of|y)\b)*(?!\s?:)){0,4}"
)
_STREET = re.compile(
    rf"(?<![\w£.:/-])(?P<it>(?i:{_FLAT})(?:[A-Z][\w'’]++(?:\s[A-Z][\w'’]++){{0,2}}\s?,\s?)?(?i:{_NUMBER})\s?,?\s"
    rf"(?:(?i:the\s)?(?:(?i:st)\.?\s[^\W\d_][\w'’]*+\s)?(?:(?!(?i:{_ROADS})\b){_WORD}\s){{0,4}}?(?i:{_ROADS})\b\.?(?![’'](?:s\b))(?!\s(?i:team|group|club|school|centre)\b)"
    rf"|(?i:{_WELSH})\b(?:[ -](?:y|yr|Y|Yr|[A-Z][\w'’-]*+)){{1,4}}|(?i:the)\s[A-Z]\w+(?=\s*,)"
    r"|[A-Z]\w+-(?i:yr?)-[A-Z]\w+)"
    rf"(?:,?\s(?i:flat\s\w{{1,3}}\b))?"
    rf"(?:[ ](?!(?:He|She|They|We|It|I|The)\b)[A-Z][a-z]+(?=[,.\n]|$))?)(?P<town>{_TOWN}(?:,[ ][a-z]+(?=[\n.]|$))?)"
)
_NAMED = re.compile(
    rf"(?<!\w)(?P<it>(?i:{_FLAT})(?:(?:(?:The|Yr|Y|Tŷ|Ty)\s)(?:[A-Z][\w'’-]*+\s?){{1,3}}|(?:[A-Z][\w'’-]*+\s){{1,3}}(?i:{_HOUSES}))\s?,\s?(?:\d+\w?\s)?"
    rf"(?:(?:[A-Z][\w'’-]*+\s){{1,3}}(?i:{_ROADS})\b|(?i:{_WELSH})(?:\s[A-Z]\w+)+))(?P<town>{_TOWN})"
)
_TURNED = re.compile(  # Elm Close, number 14
    rf"\b(?P<it>(?:[A-Z][\w'’]++\s){{1,3}}(?i:{_ROADS})\b,?\s(?i:number|no\.?|flat)\s?\d{{1,4}}[a-k]?\b)"
)
_FLAT_ON = re.compile(  # Flat 12 on Kings Road, 42 the limes
    rf"\b(?P<it>(?i:flat|room|number)\s\d{{1,4}}[a-k]?,?\s(?i:on|in|at|of)\s(?i:the\s)?(?:[A-Z][\w'’]++\s){{1,3}}(?i:{_ROADS}))\b"
    r"|\b(?i:home|live|lives|living|staying|stays|at|gaf|gaff|place|house|move[ds]?|moving|address|come)(?:\s(?:is|2|to|now|at)){0,2}\s"
    r"(?P<the>\d{1,3}[a-k]?\sthe\s[a-z]{3,}s)\b(?=$|[\s,.]*(?:$|[^a-z\s]|\n))"
)
# in small letters where something says that somebody is there: we r at 3 station approach
_SAID = re.compile(
    rf"\b(?:live[sd]?|living|staying|stays|at|to|2|addy|address|is|its|home|mine|outside|from)\s(?:is\s)?"
    rf"(?P<it>(?i:{_FLAT})(?:no\.?\s|number\s)?\d{{1,3}}[a-k]?\s(?:[a-z]{{3,}}\s){{1,2}}(?:{_ROADS})"
    rf"|(?:flat|apt|apartment)\s\w{{1,3}},?\s(?:[a-z]{{3,}}\s){{1,2}}(?:{_ROADS}))\b"
    rf"(?=[\s,.!?]*(?:$|[\n,.!?]|pls|plz|x+\b|now|if|near|by|opp|ok|and|n\b|with|flat|\w+day))",
    re.MULTILINE,
)
# of one word that ends as roads do, alone on its line or before a town: 3 Kingsway, 14 Southgate,
_ALONE = re.compile(
    rf"(?:^|[,\n]\s?|\b(?:at|to|address|[Aa]ddress:|is|of)\s)(?P<it>{_NUMBER}\s[A-Z][a-z]{{2,}}(?:side|gate|way|fields?|brook|mead|croft|wood|lands|bank|garth|dene|crest|grove|hurst|"
    rf"hill|view|ways)\b)(?P<town>(?=[,\n.]|$){_TOWN})",
    re.MULTILINE,
)
# a road that a reader of pictures spoilt
_SPOILT = re.compile(
    rf"(?<![\w£.:/-])(?P<it>\d{{1,4}}[a-k]?,?\s(?:[A-Z][\w'’]+\s){{1,3}}?(?P<road>[A-Z][a-z0158]{{3,9}}))\b(?P<town>{_TOWN})"
)
_LONG_ROADS = tuple(
    words_in("road lane close drive court place street avenue terrace crescent gardens square grove house green hill")
)
# what belongs to a house before its number: Plot 9, Block C, Flat 31, the Gatehouse
_BEFORE = re.compile(
    rf"(?:(?:(?:flat|apt|apartment|unit|room|suite|block|plot|studio|caravan|berth|pitch|house|no\.?|number)\s(?:\w{{1,4}},?\s?)?)+"
    rf"|(?:the\s)?[A-Z]?[a-z'’]+(?:{_HOUSES}),\s|the\s(?=[A-Z])|the\sflat\s(?:above|below|over)\s)$",
    re.IGNORECASE,
)
# whatever leads from a house's number, or from a named house, to a postcode
_BEFORE_CODE = re.compile(
    rf"(?<![\w£.:/-])(?P<it>(?i:{_FLAT})(?:(?i:{_NUMBER}){_NEXT})?(?:{_WORD}{_NEXT}){{1,11}}?)"
    rf"(?:(?i:post\s?code)\s?[:=]?\s?)?(?=(?i:{CODE}))"
)
_NAMED_BEFORE_CODE = re.compile(
    rf"(?<![\w,])(?P<it>(?:The\s)?(?:[A-Z][\w'’-]*+[ -]){{0,3}}[A-Z][\w'’-]*+[ \t]*+"
    rf"[,\n][ \t]*+(?:[A-Z][\w'’-]*+[ \t]*+){{1,4}}"
    rf"(?:[,\n][ \t]*+(?:[A-Z][\w'’-]*+[ \t]*+){{1,3}}){{0,3}})[,\n]?[ \t]*+(?={CODE})"
)
_ANNOUNCED = re.compile(
    r"\b(?:(?:home\s+|current\s+|new\s+|full\s+|postal\s+|delivery\s+|correspondence\s+|old\s+|previous\s+)?(?:address|addr)(?:\s+(?:line\s*)?1)?|"
    r"liv(?:es|ed|ing)\s+(?:\w+\s+){0,3}?at|moved\s+(?:\w+\s+){0,2}?to|resid(?:es|ing)\s+at|stay(?:s|ing)\s+(?:\w+\s+){0,2}?at|care\s+of|c/o|"
    r"post\s+(?:it\s+)?to|send\s+(?:it\s+)?to|deliver\s+to|collected\s+from|pick(?:ed)?\s+(?:\w+\s+){0,2}?up\s+(?:from|at)|home\s+is|visit(?:ed)?\s+(?:to|at))"
    r"\s*(?:is|was|now|:|-|–|=|,)?\s*(?:still\s+)?(?P<it>(?:flat\s+\w+\s*,?\s*)?(?:\d+\s?\w?\b|[A-Z][\w'’]+)[^\n;|\t@?!]{4,110})",
    re.IGNORECASE,
)
_STOP = re.compile(
    rf"\.\s|\.$|\s[-–—]\s|\(|\)|,?\s(?:tel|phone|mobile|mob|email|e-mail|dob|d\.o\.b|since|with|and|because|but|last|next|so|when|"
    rf"where|who|which|is|was|has|for|if|until|from|on|to|at|postcode|please|thanks|opposite|near)\b|,?\s{{0,3}}{CODE}",
    re.IGNORECASE,
)
_BOX = re.compile(r"\bP\.?\s?O\.?\sBox\s\d{1,6}\b", re.IGNORECASE)
_CODES = re.compile(CODE, re.IGNORECASE)
_VERBS = re.compile(
    r"\b(?:days?|weeks?|months?|years?|hours?|minutes?|mins?|times?|sessions?|people|pupils|mentors?|mentees?|volunteers?|"
    r"miles?|metres?|and|to|or|per|am|pm|out|new|matches|places|young|children|in|at|by|for|with|who|from|were|was|"
    r"is|are|have|has|had|up|off|down|along|into|a|my|his|her|their|points?|marks?|pounds?|pence|percent|he|she|they|we|"
    r"it|this|that|met|went|walked|then|when|January|February|March|April|May|June|July|August|September|October|November|"
    r"December|bus|buses|train|tram|route|shops|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|o'clock|as|if|but|so|our|your|not|no|of)\b"
)


# roads that are words too, which only a capital tells
_ALSO_WORDS = words_in(
    "way end point side park view place house row walk court bank green hill bridge gate mount field fields yard "
    "path passage approach rise common reach estate chase square buildings lodge cottages"
)


def addresses(text: str) -> Iterator[Find]:
    """By shape alone; the postcode is another find."""
    for hit in _STREET.finditer(text):
        if _stands(hit.group("it")) and not _COUNTED.search(text, max(0, hit.start() - 12), hit.start()):
            yield _find(text, hit.start("it"), hit.end("town"), 0.9)
    for hit in _TURNED.finditer(text):
        yield _find(text, hit.start("it"), hit.end("it"), 0.85)
    for hit in _FLAT_ON.finditer(text):
        yield _find(text, *hit.span("it" if hit.group("it") else "the"), 0.8)
    for hit in _SAID.finditer(text):
        if not _VERBS.search(hit.group("it").removeprefix("no")):
            yield _find(text, *hit.span("it"), 0.5)
    for hit in _ALONE.finditer(text):
        yield _find(text, hit.start("it"), hit.end("town"), 0.5)
    for hit in _SPOILT.finditer(text):
        if _spoilt(hit.group("road")) and not _VERBS.search(hit.group("it")):
            yield _find(text, hit.start("it"), hit.end("town"), 0.6)
    for hit in _BOX.finditer(text):
        yield _find(text, *hit.span(), 0.85)
    for hit in _NAMED.finditer(text):
        yield _find(text, hit.start("it"), hit.end("town"), 0.85)
    for hit in _BEFORE_CODE.finditer(text) if _CODES.search(text) else ():
        told = hit.group("it")
        if any(map(str.isdigit, told)) and not _VERBS.search(told.split(" ", 1)[-1].replace(" of ", " ")):
            yield _find(text, hit.start("it"), hit.end("it"), 0.95)
    for hit in _NAMED_BEFORE_CODE.finditer(text):
        if not _VERBS.search(hit.group("it")):
            yield _find(text, hit.start("it"), hit.end("it"), 0.6)
    for hit in _ANNOUNCED.finditer(text):
        cut = _STOP.search(hit.group("it"))
        end = hit.start("it") + (cut.start() if cut else len(hit.group("it")))
        body = text[hit.start("it") : end]
        if re.match(r"\d+\s?\w?\b\s*,?\s+[^\W\d]", body) or re.match(r"(?i:flat|apt|unit|room)\s+\w+\s*,?\s+\w", body):
            if not _VERBS.match(body.split(" ", 1)[-1]):
                yield _find(text, hit.start("it"), end, 0.85)
        elif ("address" in hit.group()[: hit.start("it") - hit.start()].lower() and "," in body) or re.search(
            rf"(?i:\b(?:{_HOUSES})\b)", body
        ):
            yield _find(text, hit.start("it"), end, 0.7)


def _spoilt(word: str) -> bool:
    """Whether a word is a road's with a letter or two read amiss, and as long: Strcet, C1ose."""
    form = word.casefold()
    if len(form) < 5 and form.isalpha():
        return False
    amiss = [
        sum(a != b for a, b in zip(road, form, strict=True)) for road in _LONG_ROADS if len(road) == len(form)
    ]  # fmt: skip
    return 0 < min(amiss, default=0) < (2 if len(form) < 6 else 3)


_COUNTED = re.compile(
    r"\b(?:chapter|step|level|section|session|page|part|week|lesson|module|stage|phase|figure|table|item|question|platform)\s$",
    re.IGNORECASE,
)


def _stands(street: str) -> bool:
    """Whether a number and words before a road are a house: 12 High Street, not 3 days on the road."""
    body = [word for word in re.split(r"[\s,-]+", street) if word[:1].isalpha()]
    capital = sum(word[:1].isupper() for word in body)
    if len(body) < 2:
        return False
    if capital < 2:  # 12 larch close: no telling word may be in it
        plain = " ".join(body).casefold()
        return len(body) < 5 and not _VERBS.search(plain) and body[-1].casefold().rstrip(".") not in _ALSO_WORDS
    return not any(_VERBS.fullmatch(word) for word in body[:-1] if word != "of")


def before_code(text: str, start: int, end: int) -> int:
    """Where an address ends that a pattern cut inside a postcode: half a postcode is nobody's town."""
    for code in _CODES.finditer(text, start, min(len(text), end + 10)):
        if code.start() < end < code.end():
            return len(text[: code.start()].rstrip(" ,\n"))
    return end


def _find(text: str, start: int, end: int, sure: float, source: Source = Source.PATTERN) -> Find:
    end = before_code(text, start, end)
    while end > start and text[end - 1] in " \n\t,.;·":
        end -= 1
    if before := _BEFORE.search(text, max(0, start - 40), start):
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
