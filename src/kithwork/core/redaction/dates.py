"""How people write a day, and what a reader of pictures leaves of it: parts of patterns, whatever the case."""

__all__ = ["AGE", "DAY", "LONG_AGO", "MONTH", "NEAR_BIRTH", "SIX_FIGURES", "TH", "TH_KEPT", "WEEKDAY", "YEAR_ALONE"]

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|ionawr|"
    r"chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)"
)
_ORDINAL = (
    r"(?:(?:twenty|thirty)[\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|first|second|third|fourth|"
    r"fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth)"
)
_N = r"[\dOoIl|]"  # a figure, or what a reader of pictures makes of it
_TH = r"(?:st|nd|rd|th)"
_PART = r"(?:\s?[./\-–·_\\]\s?|,|\|)"
_END = r"(?![\dA-Za-z]|/\d)"
DAY = (
    rf"(?:\d{{4}}{_PART}\d{{1,2}}{_PART}\d{{1,2}}|(?=\S{{0,11}}\d){_N}{{1,2}}{_PART}{_N}{{1,2}}{_PART}(?:{_N}{{4}}|{_N}{{2}})"
    rf"|(?=\S{{0,11}}\d){_N}{{1,2}}{_TH}?(?:\s+(?:day\s+)?of)?[\s./_-]*{MONTH}\.?(?:[\s,./_-]*(?:{_N}{{4}}|['’]?\d{{2}}(?!\d)))?"
    rf"|{MONTH}\.?\s+(?:the\s+)?\d{{1,2}}{_TH}?(?:,?\s+\d{{4}})?|{MONTH}\.?,?\s+(?:19|20)\d{{2}}"
    r"|\d{1,2}\s\d{1,2}\s(?:(?:19|20)\d{2}|\d{2})|(?:19|20)\d{6}|\d{8}|\d{6}|(?:\d[ |]){5,7}\d"
    rf"|{_ORDINAL}(?:\s+day)?(?:\s+of)?\s+{MONTH}(?:,?\s+\d{{4}})?|\d{{1,2}}[/.]\d{{1,2}}){_END}"
)
WEEKDAY = r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_FEAST = (
    r"(?:(?:christmas|boxing|new\s+year['’]?s|valentine['’]?s|may|leap|mother['’]?s|father['’]?s|midsummer['’]?s?|"
    r"st\.?\s+\w+['’]?s)\s+(?:day|eve)|hallowe?['’]?en|bonfire\s+night|hogmanay|good\s+friday|"
    r"easter\s+(?:sun|mon|satur)?day|shrove\s+tuesday|pancake\s+day|burns\s+night|ash\s+wednesday)\b(?:,?\s(?:in\s)?(?:19|20)\d\d\b)?"
)
_YEAR_SAID = (
    r"(?:,?\s(?:two\sthousand(?:\sand)?(?:\s(?!on|in|at|and)[a-z-]+)?|nineteen\s[a-z-]+(?:\s(?:one|two|three|four|five|six|"
    r"seven|eight|nine))?|twenty\s(?:ten|eleven|twelve|[a-z]+teen|twenty[a-z-]*)|(?:oh|nought|zero)\s[a-z]{3,5}|"
    r"(?:in|of)(?:\sthe\syear)?\s(?:19|20)\d\d)\b)?"
)
# with a blank in a number, a stroke read as a figure or not at all, two signs between: 1 2/03/20 09, 12103/2009
_TORN_YEAR = rf"[12lI|]\s?[09Oo]\s?{_N}\s?{_N}"
_TORN_PART = r"(?:\s{0,2}[./\-–—·_\\|~'’:;,]{1,2}\s{0,2})"
_TORN = (
    rf"{_N}(?:\s?{_N})?{_TORN_PART}{_N}(?:\s?{_N})?{_TORN_PART}{_TORN_YEAR}(?!\d)"
    rf"|[0-3OoIl|]{_N}[\s./\-–—1lI|7]?[01OoIl|]{_N}[\s./\-–—1lI|7]?(?:19|20)\d\d(?!\d)"
)
# as far as a word for birth stands before it: the day's name, a month that was misread, the day alone, a feast
NEAR_BIRTH = (
    rf"\d{{1,2}}{_TH}?\s(?-i:[A-Z][a-z]{{1,5}}\s[a-z]{{1,7}})\s(?:19|20)\d\d(?!\d)"
    rf"|{MONTH}\s\d{{1,2}}{_TH}?,?\s['’]?\d\d(?=\s*(?:[.,;)\n]|\Z))"
    rf"|(?:the\s+)?(?:{WEEKDAY}\.?,?\s+(?:the\s+)?)?(?:{_TORN}|{DAY}{_YEAR_SAID})"
    rf"|(?:19|20)\d{{2}}-\d\d-\d\d(?=T\d)"
    rf"|(?:19|20)\d{{2}}[\s-]{MONTH}[\s-]\d{{1,2}}{_TH}?(?![\dA-Za-z])"
    rf"|\d{{1,2}}{_TH}?\s(?:of\s)?[A-Z0][\w|!]{{2,9}},?\s(?:19|20)\d{{2}}(?![\dA-Za-z])"
    rf"|\d{{1,2}}{_TH}?\s(?-i:[A-Z0][a-z|!01]{{2,8}})\s['’]?\d\d(?![\dA-Za-z])"
    rf"|(?-i:[A-Z0][a-z|!01]{{3,9}})\s\d{{1,2}}{_TH}?,?\s(?:19|20)\d\d(?!\d)"
    rf"|\d{{1,2}}[./](?:x[i]{{0,2}}|i?[xv]|v?i{{1,3}})[./](?:\d{{4}}|\d{{2}})(?![\dA-Za-z])"
    rf"|\d{{1,2}}{_TH}?\s(?:day\s)?(?:of\s)(?:the\s)?\d{{1,2}}{_TH}?(?:[\s,]{{1,2}}(?:of\s)?['’]?(?:(?:19|20)\d\d|\d\d))?(?![\dA-Za-z])"
    rf"|{_ORDINAL}\s(?:day\s)?of\s(?:the\s)?{_ORDINAL}{_YEAR_SAID}"
    rf"|(?:day\W{{1,3}})?\d{{1,2}}\W{{1,3}}month\W{{1,3}}(?:\d{{1,2}}|{MONTH})\W{{1,3}}year\W{{1,3}}\d{{2,4}}(?!\d)"
    rf"|(?:0?[1-9]|1[0-2])\s?[./-]\s?(?:19|20)\d\d(?!\d)"
    rf"|(?:{WEEKDAY}\.?\s+)?\d{{1,2}}{_TH}(?![\dA-Za-z])|{_FEAST}"
)
YEAR_ALONE = r"(?:19|20)\d\d(?![\d/.-]\d)"
TH = r"(?:\d{1,3}(?:st|nd|rd|th)|\w+teenth|twentieth|\w+y-\w+(?:th|st|nd|rd))"
# those that people keep: her sixteenth, his 40th
TH_KEPT = r"(?:1[3-9]th|2[01]st|20th|[3-9]0th|[a-z]+teenth|twentieth|twenty-first|thirtieth|fortieth|fiftieth|sixtieth)"
AGE = r"(?:\d{1,3}|\w+teen|twenty|\w+y-\w+)"

# a day so long ago that nobody met on it
_LONG_YEAR = r"(?:19[2-9]\d|200\d|201\d)"
_LONG_YY = r"(?:[01]\d|[3-9]\d)"
_DD, _MM = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_UPTO_31 = rf"(?:{_DD}\s?(?P<sign>[./–_\\-])\s?{_DD}\s?(?P=sign)\s?(?:{_LONG_YEAR}|['’]?{_LONG_YY}))"
LONG_AGO = (
    rf"(?:{_UPTO_31}|{_DD}\s{_DD}\s{_LONG_YEAR}|{_LONG_YEAR}(?P<mark>[./_-]){_MM}(?P=mark){_DD}"
    rf"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2]){_LONG_YEAR}|{_LONG_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    rf"|{_DD}{_TH}?(?:\s(?:day\s)?of)?[\s./_-]{{0,2}}{MONTH}\.?(?:[\s,./_-]{{0,2}}{_LONG_YEAR}|[\s,./_-]{{1,2}}['’]?{_LONG_YY}(?![:.]\d))"
    rf"|{MONTH}\.?\s(?:the\s)?{_DD}{_TH}?,?\s(?:{_LONG_YEAR}|['’]{_LONG_YY})"
    rf"|{_ORDINAL}(?:\sday)?(?:\sof)?\s{MONTH},?\s{_LONG_YEAR})(?!\d|[/.:-]\d)"
)
# 120309, where a name stands beside it
SIX_FIGURES = r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:0\d|1[0-6])(?!\d|[/.:-]\d)"
