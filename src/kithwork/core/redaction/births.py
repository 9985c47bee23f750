"""Dates of birth: a date that something beside it says is one, among all the dates that are none."""

import re
from collections.abc import Iterator

from kithwork.core.redaction.cues import kinds_of, words_in
from kithwork.core.redaction.dates import (
    AGE,
    DAY,
    LONG_AGO,
    MONTH,
    NEAR_BIRTH,
    SIX_FIGURES,
    TH,
    TH_KEPT,
    WEEKDAY,
    YEAR_ALONE,
)
from kithwork.core.redaction.finds import Kind

__all__ = ["Told", "births", "told_by"]

Told = tuple[Kind, int, int, float]

_BIRTH = (
    r"(?:(?<![^\W_])(?!dbs)d\W{0,2}(?:[o0]|of)?\W{0,2}(?:bs?(?![A-Za-z])|[86](?![A-Za-z\d])|r\s?(?=:))|\bbom(?=\s*:|\s+(?:on\s+)?\d)|"
    r"\bb[il1!|]r[tl]h|\b[hb]orn(?=\s*:|\s+(?:on\s+)?[\dlI])|"
    r"\b[b8][o0](?:rn|m)(?=\s+(?:on\s+)?\d)|\b[bh][il1!|][rtl]{1,2}h\b|\bb\s?i\s?r\s?t\s?h|(?<!\w)[0oOD]{2}[B8](?=\s?:)|"
    r"\bhappy\s\d{1,3}(?:st|nd|rd|th)\b|\blight\s+of\s+day\b|\bcom(?:es|ing)\s+of\s+age\b|\bbec[ao]mes?\s+an\s+adult\b|"
    r"\bages?\s+out\b|\bcandles\b|\bweeks\s+early\b|"
    r"\b(?:mother|mum|mam)\s+had\s+(?:him|her|them)\b|\b(?:he|she|baby)\s+was\s+delivered\b|"
    r"\bhad\s+(?:her|his|their)\s+(?:first\s+|second\s+|third\s+)?(?:child|baby|son|daughter)\b|"
    rf"\bturn\w*\s+{AGE}\s?[,(–-]|\bturn\w*\s+{AGE}\s*,?\(?\s*(?:on|in|last|this|next|today|yesterday|tomorrow|{WEEKDAY})\b|"
    rf"(?:['’]s|['’]ll\s+be|\bsweet|\()\s?{AGE}\s+on\b|"
    rf"\b(?:his|her|their|my|your|['’]s)\s{TH}\s(?:is|was|falls|will\sbe)\b|\bcelebrat\w+\s(?:his|her|their|my|a)\s{TH}\b|"
    rf"\b(?:his|her|their|my|your|['’]s)\s{TH_KEPT}\s(?:on|this|next|\()|\b(?:an\sadult|a\sminor)\s(?:on|from|until)\b|\bhappy\sreturns\b|"
    r"\b(?:came\s+into|entered|arrived\s+in)\s+the\s+world\b|\bbab(?:y|ies)\s+(?:\w+\s+){0,2}(?:arrived|came)\b|"
    r"\bdate\s?of\s?birth\b|\bhbd\b|\bg?anwyd\b|\bgeboren\b|\bgeb\.|\burodz\w+|\bur\.(?=\s?\d)|\bdoğum\b|\bnaș?s?terii\b|\bpen-?blwydd\b|"
    r"(?<![^\W_])yob(?![A-Za-z])|(?-i:\bMOB)(?=[\s:]{1,3}\d\d?/)|(?<!\w)(?-i:b)\s(?=\d{1,2}[./]\d)|"
    rf"(?<!there\swill\s)(?<!\bit\s)\b(?:turn\w*|be|was|is|reach\w*)\s+{AGE}\s+on\b|(?<![^\W_])(?:(?:date|day|year|place\s+and\s+date)[\s_-]+of[\s_-]+birth|"
    r"birth[\s_-]?(?:date|day)s?|born|b\.(?=\s?\d)|b['’-]?day|birth|ganed|geni|dyddiad\s+geni)(?![A-Za-z]))"
)
_CLOCK = r"(?<![\d./-])\d{1,5}(?:[.:]\d{1,2})?\s?(?:am|pm|hrs|hours|kg|g|lbs?|oz|weeks|wks|days)\b"
_BORN = re.compile(
    rf"{_BIRTH}(?:[^\d.!?]|(?:(?<=st)|(?<=dr)|(?<=mrs)|(?<=mr))\.(?=\s)|\.(?=\s?(?:[\d:–—-]|(?-i:[a-z])|{MONTH}|{WEEKDAY}))|"
    rf"[?!](?=[\s?!])|{_CLOCK}|(?<![\d./-])\d{{1,5}}(?=[\s,):;\]])){{0,70}}?(?:\([^()\n]{{40,120}}\)[\s:]{{0,3}})?"
    rf"(?<!\d)(?!{_CLOCK})(?P<it>{NEAR_BIRTH})",
    re.IGNORECASE,
)
# somebody's age, and the day it began: he'll be eighteen this 12 March, she was 15 last month (12 March)
_AGE_THEN = re.compile(
    rf"\b(?:(?<!there\s)will\sbe|(?:he|she|they|we|i)['’](?:ll\sbe|s|re|m)|turn\w*|becom\w+|became|is|was|am|(?:hit|make)s?|(?:reach|attain)\w*(?:\sthe\sage\sof)?|aged?)"
    rf"\s(?:only\s|just\s|still\s|now\s)?(?:[89]|1\d|2[01]|[a-z]{{2,5}}teen|twenty(?:-one)?|twelve|eleven|ten)\b"
    rf"(?:\s(?:years?(?:\sold)?|yrs?|on|in|come|as\sof|from|by|the|this|last|next|week|month|year|day\sbefore)\b|"
    rf"\s(?:today|yesterday|tomorrow|at\sthe\sweekend|a\s(?:week|fortnight)\s(?:on\s)?(?:today|{WEEKDAY})|"
    rf"(?:last|this|next)\s(?:week|month|{WEEKDAY}))\b,?|\sin\s{MONTH},?|\s?[(–-]){{0,5}}\s?(?P<it>{DAY}|\d{{1,2}}(?:st|nd|rd|th)\b)",
    re.IGNORECASE,
)
_WORDS_THEN = re.compile(  # Eighteen on 12 March; When he is 18, on 12 March
    rf"(?:(?:^|[.;–]\s)(?:[a-z]{{2,5}}teen|twenty-one)(?:\slast\sweek)?|\b(?:when|until|before|after)\s\w+\s(?:is|turns|was)\s{AGE},)"
    rf"\s(?:(?:on|this)\s(?:the\s)?|\()(?P<it>{DAY})",
    re.IGNORECASE | re.MULTILINE,
)
_NO_BIRTH = r"\b(?:seen|referred|met|review\w*|joined|started|since|moved|died|next|matched|left|came|signed|last)\b"
# what was done about it rather than it, unless a word leads to it: DOB verified 12/03/2026; DOB verified as 12/03/2009
_DONE = re.compile(
    r"\b(?:seen|referr\w+|met|review\w*|joined|started|moved|died|matched|signed|checked|verified|confirmed|received|updated|"
    r"session|meeting|chaired|expir\w+|enrolled|issued|asked|cards)\b(?:(?!\b(?:as|is|was|be|born|birth\w*|dob)\b)[^:=]){0,25}$",
    re.IGNORECASE,
)
_BORN_TOO = re.compile(
    rf"[^.\d\n]{{0,30}}?(?:\band\b|[,;&/(|]|\bto\b|\bor\b)(?:(?!{_NO_BIRTH})[^.\d\n]){{0,24}}?(?P<it>{DAY})",
    re.IGNORECASE,
)
_BORN_OR = re.compile(
    rf"\)?,?\s(?:(?:or|to|(?:and\s|but\s)?not|rather\sthan|instead\sof)\s(?:maybe\s|possibly\s|on\s)?|"
    rf"\((?:sister|brother|sibling|twin)\w*\W{{1,2}})(?P<it>{DAY})",
    re.IGNORECASE,
)
_BORN_DAY = re.compile(r",?\s(?:on\s)?the\s(?P<it>\d{1,2}(?:st|nd|rd|th))\b", re.IGNORECASE)
_BORN_LATER = re.compile(
    rf"(?<![\dA-Za-z])(?P<it>{DAY})[^.\d\n;!?]{{1,40}}?"
    rf"(?:birthday|b['’]?day|date of birth|d\W?o\W?b|was born|were born|"
    rf"(?:turn|reach|attain|becom)(?:e|s|es|ed|ing)?\s{AGE}|"
    rf"(?:will|['’]ll)\sbe\s{AGE}|becomes\san\sadult|celebrat\w+\s(?:his|her|their|my)\s{TH}|weigh(?:ed|ing)\s\d|['’]s\s{TH})\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?:\bborn(?:\s(?:sometime|early|late|around|about|circa|c\.?|in|back|the|spring|summer|autumn|winter|of|year|mid|end|"
    r"beginning|on|at)\b\.?){0,5}|\bborn\s(?:in|at)\s(?-i:[A-Z])\w{2,14}(?:,?\s(?-i:[A-Z])\w{2,14})?,?\sin|"
    r"(?<!\w)b\.|(?<=\()b|\by\.?o\.?b\.?|\byear\s(?:of\sbirth|born)|\bbirth\syear)"
    rf"[\s:=-]{{0,4}}(?P<it>{YEAR_ALONE})",
    re.IGNORECASE,
)
_AGED = re.compile(rf"\baged?\s+\d{{1,3}}\s?[,(/–-]\s?(?P<it>{DAY})", re.IGNORECASE)
_BORN_AFTER = re.compile(
    rf"(?<![\dA-Za-z])(?P<it>{DAY})(?:\W{{0,4}}(?:\(?\s?(?:as\s+)?(?:his|her|their|the|my)?\s?(?:d\W?o\W?b\b|date\s+of\s+birth|birth|born\b))"
    r"|\s*,?\s+(?:is|was)\s+(?:\w+(?:['’]s)?\s+){1,3}(?:birthday|bday))",
    re.IGNORECASE,
)
_CELLS = re.compile(  # Day: 12 Month: March Year: 2009, in whichever order its word comes
    rf"\bday\W{{1,3}}(?P<it>\d{{1,2}}\W{{1,3}}month\W{{1,3}}(?:\d{{1,2}}|{MONTH})\W{{1,3}}year\W{{1,3}}(?:19|20)\d\d)\b(?=[^\n]{{0,20}}\b(?:birth|dob)\b)",
    re.IGNORECASE,
)

_NAME = r"(?-i:[A-ZÀ-Þ][^\W\d_]*+(?:['’-][^\W\d_]++)*+)"
_OF_SOMEBODY = (  # what stands between a name and the day
    r"(?:(?:m|f|male|female|boy|girl|miss|mrs?|ms|she/her|he/him|they/them|year\s\d{1,2}|yr?\s?\d{1,2}|aged?:?\s?\d{1,3}|"
    r"\d{1,3}(?:\s?y\w*)?)\)?(?:\s?[,;|/()–-]\s?|\s){1,2})"
)
_KIN = (
    r"(?:twins?|son|daughter|sister|brother|mother|father|mum|dad|mentee|child|client|yp|girl|boy|young\sperson|pupil|student|"
    r"patient|baby|cousin|partner|husband|wife)"
)
# of a name the day right after it: Subject: Cid Leigh 04/05/2009; (male, 4.5.09)
_NAMED_DAY = re.compile(
    rf"(?<![\w'’-])(?P<who>{_NAME}(?:(?:,?\s|_){_NAME}){{0,3}})(?:['’\">]{{0,2}}\s?(?:[,;|/–_-]\s?\(?|\(\s?|\s){{1,2}}{_OF_SOMEBODY}{{0,3}}\(?|"
    rf"(?=\d\d/\d\d/(?:19|20)\d\d))(?P<it>{LONG_AGO})",
    re.IGNORECASE,
)
_KIN_DAY = re.compile(rf"\b{_KIN}\s?(?:,\s\w{{2,12}}\s?)?\(\s?(?P<it>{LONG_AGO})", re.IGNORECASE)
_BABY_DAY = re.compile(
    rf"\b(?:(?:baby|newborn|infant|toddler)\s(?:{_NAME}\s){{1,2}}[(,–-]?\s?|{_NAME}\s\((?:aged?\s)?(?:[89]|1\d|2[01])\s?[,–-]\s?)(?P<it>{DAY})",
    re.IGNORECASE,
)
_ON_PAPER = re.compile(
    rf"\b(?:passport|birth\scertificate|id|licen[cs]e|register|records?)\s(?:gives?|shows?|says?|has|reads?)\s(?:\w+\s){{0,3}}(?P<it>{LONG_AGO})",
    re.IGNORECASE,
)
_FILED = re.compile(rf"(?<![^\s\"])(?P<who>[a-z]{{3,}}[_-][a-z]+)[_-](?P<it>{LONG_AGO})(?=[._-][a-z])", re.IGNORECASE)
_HEAD = (
    r"(?:^[>*\s]{0,4}(?:re|fwd?|attachments?|title|topic|betreff)\b[:.\s]|"
    r"(?<!\w)(?:subject|subj|sub|thread-topic)(?:\sline)?\*{0,2}:)"
)
_HEAD_LINE = re.compile(rf"{_HEAD}[^\n]*(?:\n[ \t]+[^\n]+)?", re.IGNORECASE | re.MULTILINE)
_SOME_DAY = re.compile(rf"(?<![A-Za-z\d])(?<!\d[./_-])(?P<it>{DAY})", re.IGNORECASE)
_OLD_DAY = re.compile(rf"(?<![A-Za-z\d])(?<!\d[./_-])(?P<it>{LONG_AGO})", re.IGNORECASE)
_LATELY = re.compile(r"(?<!\d)20[2-9]\d|[./-]2\d$")
_OF_BIRTH = re.compile(r"\b(?:d\W?o\W?bs?|birth\w*|b['’-]?day|born)\b", re.IGNORECASE)
_NUMBERED = (
    r"(?:invoice|order|ref|reference|no|number|case|id|ticket|po|box|account|code|call|ext|pin|room|job|item|grant|"
    r"charity|file)"
)
_ABOUT_FIGURES = re.compile(
    rf"{_HEAD}[^\n]{{0,60}}?(?<![^\W\d_])(?!{_NUMBERED}\b)(?P<who>[^\W\d_][^\W\d_’'.-]{{1,20}})[\s,:(_-]{{1,2}}(?P<it>{SIX_FIGURES})",
    re.IGNORECASE | re.MULTILINE,
)
_FIGURES_ABOUT = re.compile(
    rf"{_HEAD}[^\n]{{0,60}}?\b(?P<it>{SIX_FIGURES})[\s,-]{{1,2}}(?P<who>{_NAME})", re.IGNORECASE | re.MULTILINE
)
_ABOUT_TURNING = re.compile(
    rf"{_HEAD}[^\n]{{0,60}}?(?:\b(?:{TH}|(?:is|turning)\s{AGE}|1\d\son|21\son)\b[\s,(–-]{{1,3}}(?:on\s)?(?P<it>{DAY})"
    rf"|(?<!\d)(?P<then>{DAY})[^\n\d]{{1,20}}?\b(?:is|turns|turning)\s{AGE}\b)",
    re.IGNORECASE | re.MULTILINE,
)
# with a capital, but nobody: what has numbers with stops, what is done on a day
_NOBODY = words_in(
    "when where what django standard requirement criterion element clause paragraph item figure table step part "
    "appendix annex bay version windows ios android python word excel release build revision edition issue volume "
    "founded registered opened updated since signed incorporated issued joined started appointed married qualified "
    "dated date adopted published established closed renewed revised created modified printed on in at the from "
    "until till by before after during between into of and or for to as commenced begun began ended expires expired "
    "expiry valid approved agreed ratified reviewed received sent invoice minutes agenda safeguarding ofsted "
    "parliament regulations directive judgment resolution circular employed contract start stage"
)


def _whose(words: str) -> bool:
    """Whether words with capitals may be somebody: none is a thing's, a paper's or a date's."""
    told = re.findall(r"[^\W\d_]+", words.casefold())
    kinds = {kind for word in told for kind in kinds_of(word)}
    return not kinds & {"thing", "olabel", "month", "sign"} and _NOBODY.isdisjoint(told)


_LONG = re.compile(LONG_AGO, re.IGNORECASE)


def births(text: str) -> Iterator[Told]:
    """Dates of birth: the date alone, where something around it says so. None within another that is as sure."""
    told = list(_all(text))
    for kind, start, end, sure in told:
        if not any(a <= start and end <= b and end - start < b - a and sure <= other for _, a, b, other in told):
            yield kind, start, end, sure


def _all(text: str) -> Iterator[Told]:
    for hit in _BORN.finditer(text):
        start, end = _trimmed(text, *hit.span("it"))
        if _DONE.search(text, hit.start(), start) and not _LONG.match(text, start):
            yield Kind.BIRTH, start, end, _SHOWN
            continue
        yield Kind.BIRTH, start, end, 0.98
        yield from _others(text, start, end)
    yield from _heads(text)
    for pattern, sure in _BESIDE:
        yield from told_by(pattern, text, Kind.BIRTH, sure)
    for pattern, sure in _AFTER_NAMES:
        for hit in pattern.finditer(text):
            if _whose(hit["who"]):
                yield Kind.BIRTH, *_trimmed(text, *hit.span("it")), sure


_SHOWN = 0.15  # a person is asked
_BESIDE = (
    (_AGE_THEN, 0.6), (_WORDS_THEN, 0.6), (_BORN_AFTER, 0.9), (_BORN_LATER, 0.5), (_AGED, 0.6), (_YEAR, 0.6),
    (_CELLS, 0.9), (_KIN_DAY, 0.5), (_ON_PAPER, 0.5), (_BABY_DAY, 0.5), (_ABOUT_TURNING, 0.4),
)  # fmt: skip
_AFTER_NAMES = ((_NAMED_DAY, 0.5), (_ABOUT_FIGURES, 0.4), (_FIGURES_ABOUT, 0.4), (_FILED, 0.3))


def _heads(text: str) -> Iterator[Told]:
    """What a message is about tells no other day than somebody's, if it is long ago, or if it speaks of birth."""
    for line in _HEAD_LINE.finditer(text):
        told = _SOME_DAY if _OF_BIRTH.search(line.group()) else _OLD_DAY
        for hit in told.finditer(text, line.start(), line.end()):
            if not _LATELY.search(hit["it"]):
                yield Kind.BIRTH, *_trimmed(text, *hit.span("it")), 0.4


def _others(text: str, start: int, end: int) -> Iterator[Told]:
    """What follows a date of birth and is one too: another reading of it, its day, those of the others."""
    if day := _BORN_DAY.match(text, end):
        yield Kind.BIRTH, *day.span("it"), 0.6
    if other := _BORN_OR.match(text, end):
        yield Kind.BIRTH, *other.span("it"), 0.6
    plural = re.search(r"(?i:\bborn|dobs|birthdays|births)", text[max(0, start - 70) : start])
    more = _BORN_TOO.match(text, end) if plural else None
    while more:
        yield Kind.BIRTH, *more.span("it"), 0.6
        more = _BORN_TOO.match(text, more.end())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] in " .\n\t,;":
        end -= 1
    return start, end


def told_by(pattern: re.Pattern[str], text: str, kind: Kind, sure: float) -> Iterator[Told]:
    """Where a pattern's group `it`, or else `then`, stands, less the stops at its end."""
    for hit in pattern.finditer(text):
        start, end = _trimmed(text, *hit.span("it" if hit["it"] else "then"))
        if end > start:
            yield kind, start, end, sure
