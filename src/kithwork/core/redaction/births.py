"""Dates of birth: a date that something beside it says is one, among all the dates that are none."""

import re
from collections.abc import Iterator

from kithwork.core.redaction.cues import kinds_of
from kithwork.core.redaction.finds import Kind

__all__ = ["Told", "births", "told_by"]

Told = tuple[Kind, int, int, float]

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|ionawr|"
    r"chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)"
)
_ORDINAL = (
    r"(?:(?:twenty|thirty)[\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|first|second|third|fourth|"
    r"fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth)"
)
_N = r"[\dOoIl|]"  # a figure, or what a reader of pictures makes of it
_PART = r"(?:\s?[./\-–·_\\]\s?|,|\|)"
_DATE = (
    rf"(?:\d{{4}}{_PART}\d{{1,2}}{_PART}\d{{1,2}}|(?=\S{{0,11}}\d){_N}{{1,2}}{_PART}{_N}{{1,2}}{_PART}(?:{_N}{{4}}|{_N}{{2}})"
    rf"|(?=\S{{0,11}}\d){_N}{{1,2}}(?:st|nd|rd|th)?(?:\s+(?:day\s+)?of)?[\s./_-]*{_MONTH}\.?(?:[\s,./_-]*(?:{_N}{{4}}|'?\d{{2}}(?!\d)))?"
    rf"|{_MONTH}\.?\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|{_MONTH}\.?,?\s+(?:19|20)\d{{2}}"
    r"|\d{1,2}\s\d{1,2}\s(?:(?:19|20)\d{2}|\d{2})|(?:19|20)\d{6}|\d{8}|\d{6}|(?:\d[ |]){5,7}\d"
    rf"|{_ORDINAL}(?:\s+day)?(?:\s+of)?\s+{_MONTH}(?:,?\s+\d{{4}})?|\d{{1,2}}[/.]\d{{1,2}})(?![\dA-Za-z])"
)
_DAY = r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_FEAST = (
    r"(?:christmas|boxing|new\s+year['’]?s|valentine['’]?s|may|leap|st\.?\s+\w+['’]?s)\s+(?:day|eve)|hallowe?['’]?en|"
    r"bonfire\s+night|hogmanay"
)
_YEAR_SAID = (
    r"(?:,?\s(?:two\sthousand(?:\sand)?(?:\s(?!on|in|at|and)[a-z-]+)?|nineteen\s[a-z-]+(?:\s(?:one|two|three|four|five|six|"
    r"seven|eight|nine))?|twenty\s(?:ten|eleven|twelve|[a-z]+teen|twenty[a-z-]*)|(?:in|of)(?:\sthe\syear)?\s(?:19|20)\d\d)\b)?"
)
# as far as a word for birth stands before it: the day's name, a month that was misread, the day alone, a feast
_BIRTHDAY = (
    rf"(?:the\s+)?(?:{_DAY}\.?,?\s+(?:the\s+)?)?{_DATE}{_YEAR_SAID}"
    rf"|(?:19|20)\d{{2}}[\s-]{_MONTH}[\s-]\d{{1,2}}(?:st|nd|rd|th)?(?![\dA-Za-z])"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?[A-Z][\w|!]{{2,8}}\s(?:19|20)\d{{2}}(?![\dA-Za-z])"
    rf"|\d{{1,2}}[./](?:x[i]{{0,2}}|i?[xv]|v?i{{1,3}})[./](?:\d{{4}}|\d{{2}})(?![\dA-Za-z])"
    rf"|(?:{_DAY}\.?\s+)?\d{{1,2}}(?:st|nd|rd|th)(?![\dA-Za-z])|(?:{_FEAST})\b"
)
_TH = r"(?:\d{1,3}(?:st|nd|rd|th)|\w+teenth|twentieth|\w+y-\w+(?:th|st|nd|rd))"
_YEARS = r"(?:\d{1,3}|\w+teen|twenty|\w+y-\w+)"
_BIRTH = (
    r"(?:(?<![^\W_])d\W{0,2}(?:[o0]|of)?\W{0,2}(?:bs?(?![A-Za-z])|8(?![A-Za-z\d])|r\s?(?=:))|\bbom(?=\s+(?:on\s+)?\d)|\bb[il1!|]r[tl]h|"
    r"\b[b8][o0](?:rn|m)(?=\s+(?:on\s+)?\d)|\bb[il1!|][rtl]{1,2}h\b|\bbi\s?r\s?t\s?h\b|(?<!\w)[0oOD]{2}[B8](?=\s?:)|"
    r"\bhappy\s\d{1,3}(?:st|nd|rd|th)\b|\blight\s+of\s+day\b|\bcom(?:es|ing)\s+of\s+age\b|\bbecomes?\s+an\s+adult\b|\bcandles\b|\bweeks\s+early\b|"
    r"\b(?:mother|mum|mam)\s+had\s+(?:him|her|them)\b|\b(?:he|she|baby)\s+was\s+delivered\b|"
    r"\bhad\s+(?:her|his|their)\s+(?:first\s+|second\s+|third\s+)?(?:child|baby|son|daughter)\b|"
    rf"\bturn\w*\s+{_YEARS}\s?[,(–-]|\bturn\w*\s+{_YEARS}\s*,?\(?\s*(?:on|in|last|this|next|today|yesterday|tomorrow|{_DAY})\b|"
    rf"(?:['’]s|['’]ll\s+be|\bsweet|\()\s?{_YEARS}\s+on\b|"
    rf"\b(?:his|her|their|my|your|['’]s)\s{_TH}\s(?:is|was|falls|will\sbe)\b|"
    r"\b(?:came\s+into|entered|arrived\s+in)\s+the\s+world\b|\bbab(?:y|ies)\s+(?:\w+\s+){0,2}(?:arrived|came)\b|"
    r"\bdate\s?of\s?birth\b|\bhbd\b|\bg?anwyd\b|\bgeboren\b|\burodz\w+|\bdoğum\b|\bnaș?s?terii\b|(?<![^\W_])yob(?![A-Za-z])|(?<!\w)(?-i:b)\s(?=\d{1,2}[./]\d)|"
    r"\b(?:turn\w*|be|was|is|reach\w*)\s+(?:\d{1,3}|\w+teen|twenty|\w+y-\w+)\s+on\b|(?<![^\W_])(?:(?:date|day|year|place\s+and\s+date)[\s_-]+of[\s_-]+birth|"
    r"birth[\s_-]?(?:date|day)s?|born|b\.(?=\s?\d)|b['’]?day|birth|ganed|geni|dyddiad\s+geni)(?![A-Za-z]))"
)
_BORN = re.compile(
    rf"{_BIRTH}(?:[^\d.!?]|\.(?=\s?(?:[\d:–—-]|(?-i:[a-z])|{_MONTH}|{_DAY}))|[?!](?=[\s?!])|(?<![\d./-])\d{{1,5}}(?=[\s,):;\]])){{0,70}}?"
    rf"(?<!\d)(?P<it>{_BIRTHDAY})",
    re.IGNORECASE,
)
_NO_BIRTH = r"\b(?:seen|referred|met|review\w*|joined|started|since|moved|died|next|matched|left|came|signed|last)\b"
_BORN_TOO = re.compile(
    rf"[^.\d\n]{{0,30}}?(?:\band\b|[,;&/(|]|\bto\b|\bor\b)(?:(?!{_NO_BIRTH})[^.\d\n]){{0,24}}?(?P<it>{_DATE})",
    re.IGNORECASE,
)
_BORN_OR = re.compile(
    rf"\)?,?\s(?:(?:or|not)\s(?:maybe\s|possibly\s|on\s)?|\((?:sister|brother|sibling|twin)\w*\W{{1,2}})(?P<it>{_DATE})",
    re.IGNORECASE,
)
_BORN_LATER = re.compile(
    rf"(?<![\dA-Za-z])(?P<it>{_DATE})[^.\d\n;!?]{{1,40}}?"
    rf"(?:birthday|b['’]?day|date of birth|d\W?o\W?b|was born|were born|turn(?:s|ed|ing)?\s{_YEARS}|"
    rf"(?:will|['’]ll)\sbe\s{_YEARS}|['’]s\s{_TH})\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?:\bborn(?:\sin)?|(?<!\w)b\.|\by\.?o\.?b\.?|\byear\sof\sbirth)[\s:=-]{0,4}(?P<it>(?:19|20)\d\d)(?![\d/.-]\d)",
    re.I,
)
_AGED = re.compile(rf"\baged?\s+\d{{1,3}}\s?[,(/–-]\s?(?P<it>{_DATE})", re.IGNORECASE)
_BORN_AFTER = re.compile(
    rf"(?<![\dA-Za-z])(?P<it>{_DATE})(?:\W{{0,4}}(?:\(?\s?(?:as\s+)?(?:his|her|their|the|my)?\s?(?:d\W?o\W?b\b|date\s+of\s+birth|birth|born\b))"
    r"|\s*,?\s+(?:is|was)\s+(?:\w+(?:['’]s)?\s+){1,3}(?:birthday|bday))",
    re.IGNORECASE,
)

# a day so long ago that nobody met on it
_LONG_AGO = (
    r"(?:\d{1,2}\s?[./–-]\s?\d{1,2}\s?[./–-]\s?(?:(?:19[2-9]\d|200\d|201[0-6])|(?:0\d|1[0-6]|[89]\d))"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19[2-9]\d|200\d|201[0-6])"
    rf"|(?:19[2-9]\d|200\d|201[0-6])-\d\d-\d\d|\d{{1,2}}(?:st|nd|rd|th)?[\s-]{_MONTH}[\s,-]{{1,2}}(?:19[2-9]\d|200\d|201[0-6]))(?![\d/.-]*\d)"
)
_NAME = r"(?-i:[A-ZÀ-Þ][^\W\d_]*+(?:['’-][^\W\d_]++)*+)"
# of a name the day right after it: Subject: Cid Leigh 04/05/2009; (male, 4.5.09)
_NAMED_DAY = re.compile(
    rf"(?<![\w'’-])(?P<who>{_NAME}(?:(?:,?\s|_){_NAME}){{0,3}})\s?(?:[,;–_-]\s?|\(\s?|\s)(?:\(?(?:m|f|male|female|boy|girl|age[d:]?\s?\d{{1,3}}|\d{{1,3}}\s?y\w*)\)?[,;]?\s)?"
    rf"\(?(?P<it>{_LONG_AGO})",
    re.IGNORECASE,
)


# in what a message is about no other day is told than somebody's, if it is that long ago
_ABOUT_DAY = re.compile(
    rf"^(?:subject|subj|re|fwd?)\b[:.\s][^\n]{{0,90}}?(?<![\w./-])(?P<it>(?=[^\n]{{0,16}}(?:19[2-9]|20[01])\d){_LONG_AGO})",
    re.IGNORECASE | re.MULTILINE,
)


def _whose(words: str) -> bool:
    """Whether words with capitals may be somebody: none is a thing's, a paper's or a date's."""
    kinds = {kind for word in re.findall(r"[^\W\d_]+", words.casefold()) for kind in kinds_of(word)}
    return not kinds & {"thing", "olabel", "month", "sign"}


def births(text: str) -> Iterator[Told]:
    """Dates of birth: the date alone, where something around it says so."""
    for kind, start, end, sure in told_by(_BORN, text, Kind.BIRTH, 0.98):
        yield kind, start, end, sure
        plural = re.search(r"(?i:\bborn|dobs|birthdays|births)", text[max(0, start - 70) : start])
        if other := _BORN_OR.match(text, end):
            yield kind, *other.span("it"), 0.6
        more = _BORN_TOO.match(text, end) if plural else None
        while more:
            yield kind, *more.span("it"), 0.6
            more = _BORN_TOO.match(text, more.end())
    yield from told_by(_BORN_AFTER, text, Kind.BIRTH, 0.9)
    yield from told_by(_BORN_LATER, text, Kind.BIRTH, 0.5)
    yield from told_by(_AGED, text, Kind.BIRTH, 0.6)
    yield from told_by(_YEAR, text, Kind.BIRTH, 0.6)
    yield from told_by(_ABOUT_DAY, text, Kind.BIRTH, 0.4)
    for hit in _NAMED_DAY.finditer(text):
        if _whose(hit.group("who")):
            yield Kind.BIRTH, *hit.span("it"), 0.5


def told_by(pattern: re.Pattern[str], text: str, kind: Kind, sure: float) -> Iterator[Told]:
    """Where a pattern's group `it` stands, less the stops at its end."""
    for hit in pattern.finditer(text):
        start, end = hit.span("it")
        while end > start and text[end - 1] in " .\n\t,;":
            end -= 1
        if end > start:
            yield kind, start, end, sure
