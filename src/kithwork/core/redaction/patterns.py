"""What is recognised by its shape: numbers, addresses, accounts. A checksum, or the word before it, only raises how
sure we are: a number that fails its check is somebody's mistyped number.

Shapes: telephone numbers from Ofcom's numbering plan (its numbers for drama, 01632 960 and the like, are of the same
shape); postcodes from BS 7666; National Insurance numbers without HMRC's list of unused prefixes, so that the QQ of its
examples is found; the NHS number's check from the NHS data dictionary; IBAN from ISO 13616; cards by Luhn, ISO 7812.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from kithwork.core.redaction.addresses import CODE, addresses, before_code
from kithwork.core.redaction.births import Told, births, told_by
from kithwork.core.redaction.finds import Find, Kind, Source

__all__ = ["patterns"]

_SURE, _LIKELY, _MAYBE = 0.99, 0.8, 0.3

_EMAIL = re.compile(
    r"(?:mailto:)?(?P<it>(?<![\w.+’'-])(?:(?-i:[a-z][a-z0-9-]{1,30})[._]\s)?[\w!#$%&*+/=?^`{|}~’'.-]{0,63}[\w+]\s?@\s?[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.+'’-])(?:\w{1,30}\s(?:dot|dash|underscore)\s){0,3}[\w.+'’-]{1,64}(?:\s?(?:@|＠|©|®|\([a@]\)|\(at\)|\[at\]|\{at\}|<at>|_at_|%40)\s?|\sat\s|(?-i:(?<=[a-z\d])AT(?=[a-z])))[\w-]+"
    r"(?:\s?(?:\(dot\)|\[dot\]|\{dot\}|<dot>|_dot_|\sdot\s|[.,·])\s?[\w-]+){0,4}?"
    r"\s?(?:\(dot\)|\[dot\]|\{dot\}|<dot>|_dot_|\sdot\s|[.,·])\s?"
    r"(?:com|c0m|corn|org|0rg|orq|net|example|exarnple|test|invalid|uk|co|gov|ac|info|eu|io|me|wales|cymru|scot)\b"
    r"(?:\.[a-z]{2,3}\b)?"
    r"|(?<![\w.+'’-])[\w.+'’-]{1,64}\s?@{1,2}\s?[\w-]{1,40}(?:-?\n[\w-]{1,40})?[\s.,]{1,3}(?:com|org|net|co[\s.]{1,2}uk|uk)\b)",
    re.IGNORECASE,
)
_TLD = r"(?:com|c0m|corn|con|org|0rg|orq|oig|ogr|net|nct|uk|ulc|co|gov|ac|info|eu|io|me|wales|cymru|scot)"
# as a reader of pictures leaves it: its sign lost or another, a stop that became a comma or got a blank beside it
_EMAIL_TORN = re.compile(
    r"(?<![\w.+'’-])(?P<it>"
    r"(?!(?:e-?mail|mailto|contact|tel|to|from|cc)[:;,])(?:[a-z][a-z0-9]{1,30}(?:[,:;]|\s\.|[.-]\n))?[\w.+'’-]{1,64}\*?\s?"
    r"(?:@|©|®|€|\((?:at|[aqw])\)|\[(?:at|@)\])\s?[\w-]{2,40}"
    rf"(?:\s?(?:[.,:;·-]|\(dot\)|\[dot\])\s?[\w-]{{1,40}}){{0,3}}?\s?(?:[.,:;·-]|\(dot\)|\[dot\])\s?{_TLD}\b"
    r"(?:\s?(?:[.,]|\(dot\)|\[dot\])\s?uk\b)?"
    rf"|[a-z][\w.+-]{{1,63}}(?:[#&{{}}£§]|\(@|\(D|(?-i:[GQ](?=[a-z]))|-at-)[a-z][a-z0-9-]{{2,40}}(?:\.[a-z-]{{2,40}})?\.{_TLD}\b"
    r"(?:\.uk\b)?|[\w.+-]{2,64}@[a-z][\w-]{2,40}(?![\w.@]))",
    re.IGNORECASE,
)
# with a blank where a letter was lost: inside its first half, inside its host, inside its end
_END_TORN = r"(?:o\s?r\s?g|c\s?o\s?m|n\s?e\s?t|c\s?o\s?[.,]?\s?u\s?k|e\s?x\s?a\s?m\s?p\s?l\s?e)\b"
_EMAIL_SPLIT = re.compile(
    r"(?<![\w.+'’-])(?P<it>(?:(?!(?:to|is|at|on|my|or|by|of|in|me|it|as|we|us|no|so|if|up|do|go|be|he|an|am|a|i)\s)[a-z]{1,2}\s"
    r"|\w{1,30}\.\w{1,30}\s(?=[a-z]{1,20}\s?@)|(?:\w{1,30}\s\.\s){1,3})?[\w.+-]{1,64}\s?@\s?[a-z][\w-]{0,30}"
    rf"(?:\s(?=[a-z]{{1,20}}\s?[.,])[a-z]{{1,20}})?(?:\s?\.\s?[a-z]{{2,20}}){{0,2}}?\s?[.,]\s?{_END_TORN})",
    re.IGNORECASE,
)
_EMAIL_WORD = re.compile(
    r"\be-?mail\w*(?:\saddress)?\s?[:=-]\s?(?P<it>(?:[\w.+-]+\s){0,2}[\w.+-]+\s?[@©®]\s?"
    r"[\w-]+(?:[ .,][\w-]+){0,2}?\s?[.,]\s?"
    rf"(?:{_TLD}|or\sg|c\som|co\sm|ne\st|o\srg)\b(?:\s?[.,]\s?uk\b)?)",
    re.IGNORECASE,
)
_WEB = re.compile(
    r"(?P<it>(?:(?:https?://)?(?<![\w.-])(?:[\w-]{1,40}\.){0,3}(?:facebook|instagram|twitter|x|tiktok|linkedin|snapchat|youtube|threads|github|"
    r"fb|t|discord|twitch|reddit|pinterest|vk|soundcloud|bsky)\.(?:com|me|gg|tv|net|app)/[^\s<>\"')\],;]+)"
    r"|https?://[^\s<>\"')\]]{1,200}/(?:~|u/|user/|users/|people/|person/|profile/|profiles/|staff/|team/|in/|@)[^\s<>\"')\],;]+"
    r"|www\.[\w.-]{1,200}/(?:~|u/|user/|users/|people/|person/|profile/|profiles/|staff/|team/|in/|@)[^\s<>\"')\],;]+)",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@./])(?P<it>@[A-Za-z_][\w.]{1,29}\w)(?![\w@])")
_HANDLE_WORD = re.compile(
    r"\b(?:insta(?:gram)?|snap(?:chat)?|twitter|tiktok|discord|skype|xbox|psn|gamertag|roblox|kik|"
    r"username|user ?name|handle)"
    r"(?:\s*(?:id|name|handle|account))?\s*(?:is|:|=|-)\s*(?P<it>@?[A-Za-z][\w.#-]*[\d_.#][\w.#-]*\w|@\w+)",
    re.IGNORECASE,
)
_D = r"(?:[\s\u00a0.\-–/_·]{0,2}|%20)"
_PHONE = re.compile(
    r"(?<![A-Za-z0-9£$€])(?<!\d[.,])(?P<it>"
    rf"(?:\+\s?44|\(\+44\)|0044){_D}(?:\(0\)|0)?{_D}\(?[1-9]\d(?:{_D}\)?{_D}\d){{7,8}}"
    rf"|44(?:7|[12])\d{{8,9}}|\(?0[12378]\d{{1,4}}\)?(?:{_D}\d){{5,8}}"
    rf"|(?:\+|00)[1-9]\d{{0,2}}(?:{_D}\(?\d\)?){{6,12}}"
    r")(?!\d|[.,/]\d)"
)
_PHONE_WORD = re.compile(
    r"\b(?:phone|tel|telephone|mobile|mob|cell|landline|whatsapp|fax)\b[^\d\n+(]{0,24}"
    r"(?P<it>(?:\+|\()?\d(?:[\s().-]{0,2}\d){5,13})(?!\d)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(rf"(?<![A-Za-z0-9])(?P<it>{CODE})", re.IGNORECASE)
_REAL_CODE = re.compile(
    r"(?:GIR|[A-PR-UWYZ]\d{1,2}|[A-PR-UWYZ][A-HK-YZ]\d{1,2}|[A-PR-UWYZ]\d[A-HJKPSTUW]|[A-PR-UWYZ][A-HK-YZ]\d[ABEHMNPRVWXY])"
    r"\s{0,2}\d[ABD-HJLNP-UW-Z]{2}",
    re.IGNORECASE,
)
_POSTCODE_PATH = re.compile(
    r"(?<![A-Za-z0-9])(?P<it>[A-Z]{1,2}\d[A-Z\d]?(?:[_+-]|%20)\d[ABD-HJLNP-UW-Z]{2})(?![A-Za-z0-9])", re.IGNORECASE
)
_POSTCODE_TORN = re.compile(
    r"(?<![A-Za-z0-9])(?P<it>[A-Z0158][A-Z0158Il|]?[\dOoIl|SZBA-Z]{1,2}[ \u00a0]{0,2}"
    r"[\dOoIl|SZB][A-Z0158]{2})(?![A-Za-z0-9])"
)
_SHAPES = ("A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA")
_NI = re.compile(
    r"(?<![A-Za-z0-9])(?P<it>[A-Z]{2}[\s.-]?\d{2}[\s.-]?\d{2}[\s.-]?\d{2}[\s.-]?[A-D])(?![A-Za-z0-9])", re.IGNORECASE
)
_NI_TORN = re.compile(
    r"(?<![A-Za-z0-9])(?P<it>(?=[A-Z0158]?[A-Z])[A-Z0158]{2}[ .-]?"
    r"(?:[\dOoIl|SZBGgq][ .-]?[\dOoIl|SZBGgq][ .-]?){3}[A-D48])"
    r"(?![A-Za-z0-9])"
)
_NI_WORD = re.compile(
    r"\b(?:n\.?i\.?(?:no|number|\s)|nino|national\s+insurance)[^\d\n]{0,20}?"
    r"(?P<it>[A-Z]{2}[\s.-]?\d{2}[\s.-]?\d{2}[\s.-]?\d{2}(?:[\s.-]?[A-Z])?)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_NHS = re.compile(r"(?<![\d£.,/+-])(?P<it>\d{3}[\s\u00a0.·–—-]\d{3}[\s\u00a0.·–—-]\d{4}|\d{10})(?![\d/]|[.,-]\d)")
_NHS_WORD = re.compile(r"\bN\.?H\.?S\b[^\n\d]{0,28}(?P<it>\d(?:[\s.·–—-]{0,2}\d){9})(?!\d)", re.IGNORECASE)
_DBS_WORD = re.compile(
    r"\b(?:DBS|CRB|PVG|disclosure|AccessNI)\b(?:(?!\b(?:phone|tel|mobile|sort)\b)[^\n\d]){0,48}"
    r"(?P<it>\d(?:[ \u00a0-]?\d){11})(?!\d)",
    re.IGNORECASE,
)
_SORT_ACCOUNT = re.compile(
    r"(?<![\d/-])(?P<it>\d{2}[-\s\u2013]\d{2}[-\s\u2013]\d{2}(?:[^\d\n]{1,28}\d{8}|\s*\n[^\d\n]{0,24}\d{8})|\d{6}[^\d\n]{0,16}(?:acc|a/c)[^\d\n]{0,16}\d{8})(?!\d)",
    re.IGNORECASE,
)
_SORT_WORD = re.compile(
    r"\bsort(?:\s*-?\s*code)?\b[^\d\n]{0,12}(?P<it>\d{2}[-\s\u2013]?\d{2}[-\s\u2013]?\d{2})(?!\d)", re.IGNORECASE
)
_ACCOUNT_WORD = re.compile(
    r"\b(?:account|acct|acc|a/c)\b\.?\s*(?:no\.?|number|num|#)?[^\d\n]{0,10}(?P<it>\d(?:[ -]?\d){6,9})(?!\d)",
    re.IGNORECASE,
)
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])(?P<it>[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]{4}){2,7}(?:[ \u00a0-]?[A-Z0-9]{1,4})?)(?![A-Za-z0-9])"
)
_CARD = re.compile(
    r"(?<![\d.,£-])(?P<it>[3-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7}|3[47]\d{2}[ -]?\d{6}[ -]?\d{5})(?!\d|[.,]\d)"
)
_PLATE = re.compile(r"(?<![A-Za-z0-9/-])(?P<it>[A-HJ-PR-Y]{2}\d{2}[ \u00a0]?[A-HJ-PR-Z]{3})(?![A-Za-z0-9])")
_PLATE_WORD = re.compile(
    r"\b(?:reg(?:istration)?(?:\s+(?:no\.?|number|plate))?|plate|vehicle|car|van|vrm|number\s?plate)\b\W{0,3}(?:\w+\W{1,2}){0,3}?"
    r"(?P<it>[A-Z]{2}\d{2}\s?[A-Z]{3}|[A-Z]\d{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?\d{1,3}[A-Z]?|[A-Z]{1,3}\s\d{1,4}|\d{1,4}\s[A-Z]{1,3})(?![A-Za-z0-9])"
)


def patterns(text: str, label: str = "") -> list[Find]:
    """What has the shape of an identifier. Finds may overlap; whoever asks keeps the surer one."""
    found: list[Find] = []
    for kind, start, end, sure in _all(text):
        found.append(Find(start, end, kind, (Source.PATTERN,), sure))
    mended = _mended(text)
    if mended != text:
        for kind, start, end, sure in _all(mended):
            last = before_code(text, start, end) if kind is Kind.ADDRESS else end
            found.append(Find(start, last, kind, (Source.PATTERN,), sure * 0.8))
    found += _tables(text)
    if label:
        found += _announced(text, label)
    return found


_HEAD = re.compile(
    r"\b(?:d\W?o\W?b|birth\w*|born|nhs|ni|nino|national\s+insurance|phone|tel\w*|mob\w*|sort|account|acc|iban|card|"
    r"address|post\s?code|dbs|crb|vehicle|car|reg\w*|e-?mail|contact)\b",
    re.IGNORECASE,
)
_COLUMN = re.compile(r"\t|\s*\|\s*|\s{2,}|[,;](?!\s\w+:)")


def _tables(text: str) -> Iterator[Find]:
    """What the heading of a column announces in the rows below it."""
    heads: list[str] = []
    begin = 0
    for line in text.split("\n"):
        cuts = [(0, 0), *(cut.span() for cut in _COLUMN.finditer(line)), (len(line), len(line))]
        spans = [(a[1], b[0]) for a, b in pairwise(cuts)]
        cells = [line[a:b] for a, b in spans]
        if not line.strip():
            heads = []
        elif any(_HEAD.search(cell) for cell in cells) and len(cells) > 1 and sum(map(str.isdigit, line)) < 4:
            heads = cells
        elif heads and len(cells) > 1 and not set(line) <= set("-|+=: \t"):
            for head, (start, end) in zip(heads, spans, strict=False):
                if _HEAD.search(head) and start < end:
                    for one in _announced(line[start:end], head.strip('" ')):
                        yield replace(one, start=one.start + begin + start, end=one.end + begin + start)
        begin += len(line) + 1


_ODD = "0-9OoIl|SBZ!Ggq"
_FIGURES = re.compile(
    rf"(?<![A-Za-z0-9])(?:[{_ODD}]{{1,6}}[ \u00a0./-]){{0,6}}[{_ODD}]{{0,16}}[0-9][{_ODD}]{{0,24}}"
    rf"(?:[ \u00a0./-][{_ODD}]{{1,8}}){{0,8}}(?![A-Za-z0-9])"
)
_MEND = str.maketrans("OoIl|SBZ!Ggq", "001115821699")


def _mended(text: str) -> str:
    """The text with figures for the letters that a reader of pictures made of them; of the same length."""
    return _FIGURES.sub(lambda run: run.group().translate(_MEND), text)


def _torn_code(code: str) -> bool:
    """Whether it is a postcode with letters read for figures, or figures for letters."""
    solid = "".join(code.split())
    if not any(sign.isdigit() for sign in solid) or solid.islower():
        return False
    for shape_ in _SHAPES:
        wanted = shape_.replace(" ", "")
        if len(wanted) != len(solid):
            continue
        mended = "".join(
            sign.translate(_MEND)
            if kind == "9"
            else {"0": "O", "1": "I", "5": "S", "8": "B", "l": "I", "|": "I"}.get(sign, sign)
            for sign, kind in zip(solid, wanted, strict=True)
        )
        amiss = sum(a != b for a, b in zip(mended, solid, strict=True))
        if amiss < 3 and re.fullmatch(CODE, mended[:-3] + " " + mended[-3:]):
            return True
    return False


def _announced(text: str, label: str) -> list[Find]:
    """What a column's heading or a field's name announces, which stands alone in its cell."""
    head = f"{label.strip().rstrip(':')}: "
    shift = len(head)
    seen = [(kind, start - shift, end - shift, sure) for kind, start, end, sure in _all(head + text) if start >= shift]
    return [Find(start, end, kind, (Source.PATTERN, Source.CUE), sure) for kind, start, end, sure in seen]


def _all(text: str) -> Iterator[Told]:
    yield from told_by(_EMAIL, text, Kind.EMAIL, _SURE)
    yield from told_by(_EMAIL_WORD, text, Kind.EMAIL, _SURE)
    if "@" in text:
        yield from told_by(_EMAIL_SPLIT, text, Kind.EMAIL, _SURE)
    for kind, start, end, _ in told_by(_EMAIL_TORN, text, Kind.EMAIL, 0.6):
        yield kind, start, end, _SURE if re.search(r"@.+[.,]", text[start:end]) else 0.6  # else its half would win
    yield from told_by(_WEB, text, Kind.WEB, 0.95)
    yield from told_by(_HANDLE, text, Kind.WEB, 0.9)
    yield from told_by(_HANDLE_WORD, text, Kind.WEB, 0.9)
    yield from births(text)
    for one in addresses(text):
        yield one.kind, one.start, one.end, one.confidence
    if not any(map(str.isdigit, text)):
        return
    for kind, start, end, sure in told_by(_PHONE, text, Kind.PHONE, 0.97):
        if 9 <= sum(sign.isdigit() for sign in text[start:end]) <= 15:
            yield kind, start, end, sure
    yield from told_by(_PHONE_WORD, text, Kind.PHONE, 0.75)
    for kind, start, end, _ in told_by(_POSTCODE, text, Kind.POSTCODE, _SURE):
        code = text[start:end]
        real, spaced = bool(_REAL_CODE.fullmatch(code)), len(code.split()) == 2
        yield (
            kind,
            start,
            end,
            (0.99 if real else 0.7) * (1 if spaced and code.isupper() else 0.7 if real or spaced else 0.5),
        )
    yield from told_by(_POSTCODE_PATH, text, Kind.POSTCODE, 0.7)
    for kind, start, end, _ in told_by(_POSTCODE_TORN, text, Kind.POSTCODE, 0.5):
        if _torn_code(text[start:end]):
            yield kind, start, end, 0.55
    yield from told_by(_NI, text, Kind.NI, _SURE)
    for kind, start, end, sure in told_by(_NI_TORN, text, Kind.NI, 0.6):
        if sum(sign.isdigit() for sign in text[start:end]) > 3:
            yield kind, start, end, sure
    yield from told_by(_NI_WORD, text, Kind.NI, _SURE)
    for kind, start, end, _ in told_by(_NHS, text, Kind.NHS, _SURE):
        digits = _digits(text[start:end])
        good = _nhs(digits)
        if len(text[start:end]) > 10:
            yield kind, start, end, 0.98 if good else 0.6
        elif good and digits[0] in "4679":
            yield kind, start, end, 0.5
    yield from told_by(_NHS_WORD, text, Kind.NHS, _SURE)
    yield from told_by(_DBS_WORD, text, Kind.DBS, 0.97)
    yield from told_by(_SORT_ACCOUNT, text, Kind.BANK, 0.97)
    yield from told_by(_SORT_WORD, text, Kind.BANK, 0.97)
    yield from told_by(_ACCOUNT_WORD, text, Kind.BANK, 0.95)
    for kind, start, end, _ in told_by(_IBAN, text, Kind.BANK, _SURE):
        if _iban(text[start:end]):
            yield kind, start, end, _SURE
        elif 15 <= len(_solid(text[start:end])) <= 34:
            yield kind, start, end, 0.6
    for kind, start, end, _ in told_by(_CARD, text, Kind.BANK, _SURE):
        digits = _digits(text[start:end])
        if 13 <= len(digits) <= 19:
            yield kind, start, end, 0.98 if _luhn(digits) else 0.5
    yield from told_by(_PLATE, text, Kind.PLATE, 0.85)
    yield from told_by(_PLATE_WORD, text, Kind.PLATE, 0.85)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _solid(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum()).upper()


def _nhs(digits: str) -> bool:
    """Modulus 11 over ten digits; a remainder of ten is no number."""
    if len(digits) != 10 or not digits.isascii():
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return (0 if check == 11 else check) == int(digits[9])


def _luhn(digits: str) -> bool:
    if not digits.isascii():
        return False
    doubled = [int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _iban(text: str) -> bool:
    solid = _solid(text)
    if not 15 <= len(solid) <= 34 or not solid.isascii():
        return False
    return int("".join(str(int(sign, 36)) for sign in solid[4:] + solid[:4])) % 97 == 1
