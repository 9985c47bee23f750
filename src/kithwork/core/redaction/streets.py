"""What an address looks like, as patterns: houses, flats, roads, towns, and the words that lead to them."""

import re

from kithwork.core.redaction.cues import words_in

__all__ = [
    "AFLOAT",
    "ALONE",
    "ALSO_WORDS",
    "ANNOUNCED",
    "BEFORE",
    "BEFORE_CODE",
    "BOX",
    "CALLED",
    "CELLS",
    "CODE",
    "CODES",
    "FLAT_IN",
    "FLAT_ON",
    "HOUSES",
    "LINE",
    "LONG_ROADS",
    "NAMED",
    "NAMED_BEFORE_CODE",
    "PARTED",
    "SAID",
    "SMALL_TOWN",
    "SPOILT",
    "STOP",
    "STREET",
    "TURNED",
    "VERBS",
    "WORDED",
]

# BS 7666, with any letters: ZZ is for none, and made-up ones keep to no list of districts
CODE = r"(?:GIR[ \u00a0]?0AA|[A-Z]{1,2}\d[A-Z\d]?[ \u00a0]{0,2}\d[A-Z]{2})(?![A-Za-z0-9])"
_ROADS = (
    "street|st|road|rd|lane|ln|avenue|ave|av|close|clos|cl|drive|dr|way|court|crt|ct|place|pl|square|sq|gardens|gdns|grove|"
    "crescent|cres|terrace|ter|row|walk|mews|hill|rise|view|park|green|mount|parade|quay|wharf|yard|gate|croft|fold|"
    "drove|bank|villas|heights|meadows?|broadway|highway|circus|esplanade|promenade|vale|dale|wynd|brae|loan|boulevard|"
    "cottages|buildings|estate|common|end|bridge|lodge|house|mansions|point|path|alley|passage|approach|side|field|"
    "fields|hey|garth|ings|reach|chase|dene|glade|copse|orchard|paddocks?|ridge|spinney|causeway|embankment|arcade|towers?|mead|leys|leas|holt|nook|acres?|moorings|maltings|"
    "almshouses|bungalows|parkway|quadrant|precinct|oval|parc|vw|pde|"
    "clo|drv|cresc|terr|bldgs|pk|est|hse|mws|gro|grv|gr|blvd|marina|basin|halls"
)
# those that nothing else is called
_SURE_ROADS = (
    "street|st|road|rd|lane|ln|avenue|ave|drive|grove|gardens|gdns|crescent|cres|terrace|close|court|place|mews"
)
_WELSH = "heol|ffordd|stryd|lôn|lon|rhodfa|maes|clos|bryn|cwm|parc|tai|trem|cilgant|llys|coed|pen|min|tan|gerddi|rhes"
HOUSES = "cottage|house|farm|farmhouse|lodge|barn|villa|rectory|vicarage|manor|croft|bungalow|granary|forge|gables"
_FLAT = (
    r"(?:(?:(?:top|ground|first|second|third|basement|garden|upper|lower|rear|front|1st|2nd|3rd)\s(?:floor\s?)?(?:flat|left|right)?"
    r"|basement|(?:the\s)?annexe?|(?:f[l1i|]a?t|ap?pt\.?|apartment|unit|room|rm|suite|block|plot|studio|caravan|chalet|berth|mooring|pitch|house)\s(?:\d+(?:/\d+)?\s?[a-z]?|[a-z]\d*)\b"
    r"|\d{1,2}/\d{1,2}|\d[fr]\d|\d?[gbtp]?f[lr]|[pt]f\d|\d{1,2}f[lr])\s?[,/]?\s)?"
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
_CLEAR = r"(?<![\w£.])(?<!\d[:/-])"  # no figure or sum goes on into it
# of a house: 2/1, 2F1
_INSIDE = r"(?:,?\s(?:(?i:flat)\s(?:\d{1,2}/\d{1,2}|\w{1,3})\b|\(?(?:\d{1,2}/\d{1,2}|\d[FR]\d|[GBT]F[LR])(?!\w)\)?))?"
STREET = re.compile(
    rf"{_CLEAR}(?P<it>(?i:{_FLAT})(?:[A-Z][\w'’]++(?:\s[A-Z][\w'’]++){{0,2}}\s?,\s?)?(?i:{_NUMBER})\s?,?\s(?:\(\d/\d\)\s)?"
    rf"(?:(?i:the\s)?(?:(?i:st)\.?\s[^\W\d_][\w'’]*+\s)?(?:(?!(?i:{_ROADS})\b){_WORD}\s){{0,4}}?(?i:{_ROADS})\b\.?(?![’'](?:s\b))(?!\s(?i:team|group|club|school|centre)\b)"
    rf"|(?i:{_WELSH})\b(?:[ -](?:y|yr|Y|Yr|[A-Z][\w'’-]*+)){{1,4}}|(?i:the)\s[A-Z]\w+(?:(?=\s*(?:,|\n|\Z))|(?<=s)\b)"
    r"|[A-Z]\w+-(?i:yr?)-[A-Z]\w+)"
    rf"{_INSIDE}"
    rf"(?:[ ](?!(?:He|She|They|We|It|I|The)\b)[A-Z][a-z]+(?=[,.\n]|$))?)(?P<town>{_TOWN}(?:,[ ][a-z]+(?=[\n.]|$))?)"
)
NAMED = re.compile(
    rf"(?<!\w)(?P<it>(?i:{_FLAT})(?:(?:(?:The|Yr|Y|Tŷ|Ty)\s)(?:[A-Z][\w'’-]*+\s?){{1,3}}|(?:[A-Z][\w'’-]*+\s){{1,3}}(?i:{HOUSES}))\s?,\s?(?:\d+\w?\s)?"
    rf"(?:(?:[A-Z][\w'’-]*+\s){{1,3}}(?i:{_ROADS})\b|(?i:{_WELSH})(?:\s(?:y|yr|[A-Z]\w+))+))(?P<town>{_TOWN})"
    rf"|(?<!\w)(?P<alone>(?:(?:[A-Z][\w'’-]*+\s){{1,2}}(?i:cottage|bungalow|farmhouse|vicarage|rectory|granary)|(?:Tŷ|Ty|Bwthyn|Fferm)(?:\s(?:y|yr|[A-Z]\w+)){{1,3}}),\s"
    r"[A-Z][a-z]+(?:,\s[A-Z][a-z]+)?)(?=[.\n]|\Z)"
    r"|(?<!\w)(?P<welsh>(?:Tŷ|Ty|Bryn|Plas|Llys|Maes|Hafod|Bwthyn|Fferm|Nant|Glan|Pen)(?:\s[A-Z]\w+){1,2},\s"
    rf"(?i:{_WELSH})(?:\s(?:y|yr|[A-Z]\w+))+)(?P<there>{_TOWN})"
)
TURNED = re.compile(  # Elm Close, number 14; live on elm close no 14; Heol y Bryn 7
    rf"\b(?P<it>(?:[A-Z][\w'’]++\s){{1,3}}(?i:{_ROADS})\b,?\s(?i:number|no\.?|flat)\s?\d{{1,4}}[a-k]?\b)"
    rf"|\b(?i:on|in|at|to|its|from)\s(?P<said>(?:[a-z]{{3,}}\s){{1,2}}(?:{_ROADS})\s(?:number|no\.?)\s?\d{{1,4}}[a-k]?\b)"
    rf"|\b(?i:address|adress|addr|rent|visit|keys|repairs)\W{{1,3}}(?P<told>(?:[A-Z][\w'’]++\s){{1,3}}(?i:{_ROADS})\s\d{{1,4}}[a-k]?\b)"
    rf"|\b(?P<welsh>(?:Heol|Ffordd|Stryd|Lôn|Rhodfa|Clos|Cilgant)(?:\s(?:y|yr|[A-Z][\w'’-]*+)){{1,3}},?\s\d{{1,3}}[a-k]?)(?![\d/.:])"
)
FLAT_ON = re.compile(  # Flat 12 on Kings Road, 42 the limes
    rf"\b(?P<it>(?i:flat|room|number|no\.?)\s\d{{1,4}}[a-k]?,?\s(?i:on|in|at|of)\s(?i:the\s)?(?:[A-Z][\w'’]++\s){{1,3}}(?i:{_ROADS})"
    rf"|(?:flat|number|no\.?)\s\d{{1,3}}[a-k]?\son\s(?:[a-z]{{3,}}\s){{1,2}}(?:{_SURE_ROADS}))\b"
    r"|\b(?i:home|live|lives|living|staying|stays|at|gaf|gaff|place|house|move[ds]?|moving|address|come)(?:\s(?:is|2|to|now|at)){0,2}\s"
    r"(?P<the>\d{1,3}[a-k]?\sthe\s[a-z]{3,}s)\b(?=$|[\s,.]*(?:$|[^a-z\s]|\n|x+\b|pls|now))"
    r"|^(?P<bare>\d{1,3}[a-k]?\sthe\s[a-z]{3,}s)(?=\s?(?:$|,\s[a-z]+\s?$))",
    re.MULTILINE,
)
# a flat in a house with a name: flat 12 tower court; Room 12, Larch Hall
FLAT_IN = re.compile(
    rf"(?<![\w£.:/-])(?P<it>(?i:(?:f[l1]at|apt|apartment|studio|rm|room)\s(?:\d{{1,4}}[a-k]?|[a-k]\d{{0,3}}),?\s(?:the\s)?"
    rf"(?!(?:\w+\s)?(?:village|town|church|community|parish|memorial|school|sports|scout|city|guild|main|new)\s)"
    rf"(?:(?!(?:at|in|on|of|the|and|to|is|for|with)\s)[^\W\d_][\w'’]+\s){{1,2}}(?:house|court|towers?|lodge|mill|halls?|mansions|point|heights|wharf))\b"
    rf"(?!\s(?i:school|college|library|centre|club|hotel|visit|fair)))(?P<town>{_TOWN})"
    rf"|(?<![\w£.:/-])(?P<mill>(?i:flat|apt|apartment)\s\d{{1,4}}[a-k]?,?\s(?:(?i:the)\s(?!(?:other|same|next|last|first|second|whole|one|best|day|rest)\b)[^\W\d_]{{4,}}"
    r"(?=\s?(?:$|[.,;\n]|x+\b|pl[sz]|please|now))|The\s[A-Z][a-z]+s\b|(?<=,\s)(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][a-z]{4,}(?=[,.\n]|$)))"
    rf"(?P<there>{_TOWN})"
    r"|\b(?P<above>(?i:flat|bedsit|room)\s(?:\w{1,3}\s)?(?:above|over|behind|below)\s(?:the\s)?(?:[a-z]+\s)?(?:shop|chippy|pub|bookies|greggs|salon|takeaway|"
    rf"launderette|laundrette|bakers|bakery|butchers|caf[eé]|garage|bank)\b(?:,?\s(?:(?:on|in)\s)?(?:[^\W\d_]{{3,}}\s){{1,2}}(?i:{_SURE_ROADS})\b)?)"
    rf"|\b(?P<last>(?:corner|last|end|first|second|third)\s(?:house|cottage|bungalow|flat)\s(?:on|in|down|off)\s(?:[^\W\d_]{{3,}}\s){{1,2}}(?i:{_SURE_ROADS})\b)"
    rf"|\b(?i:live[sd]?|living|staying|moved)\s(?:on|in|down|off|to)\s(?P<road>(?!(?:the|a|an|our|my|his|her|their|this|that|one|some|new)\s)"
    rf"(?:(?!(?:the|a|own|new|very|family|safe|same)\s)[^\W\d_]{{3,}}\s){{1,2}}(?i:{_SURE_ROADS})\b)(?!\s(?:family|friends?|to|system|map|school))",
    re.MULTILINE,
)
# on wheels, or on the water
_BOAT = r"(?i:the\s)?(?i:narrow\s?boat|boat|barge)\s[A-Z][\w'’]+(?:\s[A-Z][\w'’]+)?"
_PITCH = r"(?i:caravan|chalet|pitch|plot|berth|mooring|static|trailer|van)\s(?i:no\.?\s)?\d{1,3}[a-k]?"
AFLOAT = re.compile(
    rf"(?<!\w)(?P<it>(?:{_BOAT},\s(?:{_PITCH},?\s)?|{_PITCH},?\s)(?:[A-Z][\w'’]+\s){{1,3}}"
    r"(?i:caravan\spark|park\shomes|holiday\spark|mobile\shome\spark|park|farm|marina|wharf|basin|site|lock|moorings))\b"
)
# House no: 7 Street: Mill Lane
CELLS = re.compile(
    rf"\b(?i:house|building|property|flat)\s(?i:no\.?|number|name)\s?[:=]?\s(?P<it>\w{{1,4}}\s?[,;|/]?\s{{0,3}}(?i:street|road|st)"
    rf"(?i:\sname)?\s?[:=]?\s(?:[A-Z][\w'’]+\s){{1,3}}(?i:{_ROADS})\b)"
)
# the number in words, where a line or a word beside it says that somebody is there: at seven Oak Grove
_ONES = "one|two|three|four|five|six|seven|eight|nine"
WORDED = re.compile(
    rf"(?:^|[,:]\s|\b(?i:at|to|address|is|of|from|number)\s)(?P<it>(?i:number\s)?"
    rf"(?i:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:{_ONES}))?|{_ONES}|ten|eleven|twelve|\w+teen),?\s"
    rf"(?:(?i:the\s)?[^\W\d_][\w'’]+\s){{1,2}}(?i:{_SURE_ROADS}))\b(?=\s?(?:[,.\n]|$))(?P<town>{_TOWN})",
    re.MULTILINE,
)
# in small letters where something says that somebody is there: we r at 3 station approach
SAID = re.compile(
    rf"\b(?:live[sd]?|living|staying|stays|at|to|2|addy|address|is|its|home|mine|outside|from|in|@|come|drop\sme|"
    r"(?:pick(?:ed)?\s(?:\w+\s)?up)|moved|gaff?|place|mum'?s|dad'?s|nan'?s|gran'?s|here|im|i'm|round|by|near|parked|addy:|addr:?|address[:=])\s?(?:is\s|now\s|@\s?)?"
    rf"(?P<it>(?i:{_FLAT})(?:no\.?\s|number\s)?\d{{1,3}}[a-k]?\s(?:[a-z]{{3,}}\s){{1,2}}(?:{_ROADS})"
    r"|\d{1,3}[a-k]?\sst\.?\s[a-z]{3,}s"
    rf"|(?:flat|apt|apartment)\s\w{{1,3}},?\s(?:[a-z]{{3,}}\s){{1,2}}(?:{_ROADS})"
    r"|\d{1,3}[a-k]?\sthe\s(?:green|oval|crescent|square|close|avenue|drive|grove|mews|terrace|parade|villas|court|hill|quay|wharf|gardens|lane)"
    rf"|(?:the\s)?(?:[a-z]{{3,}}\s){{1,2}}(?:cottage|farm|farmhouse|forge|barn|bungalow)\s(?:[a-z]{{3,}}\s){{1,2}}(?:{_SURE_ROADS})"
    rf"|\d{{1,3}}[a-k]?\s[a-z]{{3,}}(?:sway|gate|croft|brook|hurst|bank|dene|mead))\b"
    rf"(?=[\s,.!?]*(?:$|[\n,.!?]|pls|plz|x+\b|now|if|near|by|opp|ok|and|n\b|with|flat|til|till|until|at|around|about|tmrw|tmw|tonight|tomorrow|"
    r"asap|innit|mate|thx|ty|ta|cheers|the|its|not|behind|above|next|top|[a-z]{4,}\s*(?:$|\n|[,.])|ground|door|buzzer|bell|ring|code|so|cos|bc|w\b|yh|yeah|lol|\w+day))",
    re.MULTILINE,
)
# a message that is nothing else: 7 kingsway; one that ends so: pick me up 9 park view pls; 7mill lane
LINE = re.compile(
    r"^(?P<it>\d{1,3}[a-k]?\s[a-z]{3,}(?:sway|southgate|northgate|eastgate|westgate|croft|brook|hurst|dene|mead))\s?$"
    r"|(?<![\w£.:/-])(?P<ends>(?!1\s)\d{1,3}[a-k]?\s(?!(?:new|full|long|dog|more|other)\s)[a-z]{4,}\s"
    r"(?:view|hill|house|row|walk|court|green|park|rise|square|gate|estate|mount|bridge|buildings|cottages|chase))(?=\s?(?:$|[.,!]|x+\s*$|pl[sz]))"
    rf"|(?<![\w£.:/-])(?P<close>\d{{1,3}}[a-z]{{4,}}\s(?:{_SURE_ROADS}))\b"
    rf"|(?<![\w£.:/-])(?P<fresh>\d{{1,3}}[a-k]?\snew\s(?:st|street|rd|road|lane))\b(?=\s?(?:$|[.,!?]|x+\s*$|pl[sz]|now|flat))",
    re.MULTILINE,
)
# the town after a road in small letters, as far as the line goes
SMALL_TOWN = re.compile(
    r",?\s(?!(?:please|tonight|today|tomorrow|thanks|later|after|until|till|when|then|with|from|again|anyway|right|here|there|soon|"
    r"cheers|love|just|bring|ring|call|text)\b)[a-z]{4,}(?:\s(?:m|b|l|e|n|s|w|se|sw|nw|[a-z]{2})\d{1,2})?(?=\s?(?:$|\n|[,.]))"
)
# lives at The Larches; lives at Rosemount, Mill Lane; parcel for Rose Cottage
CALLED = re.compile(
    rf"\b(?i:live[sd]?|living|stay(?:s|ing)?|home|address|moved)\s?(?:\w+\s){{0,2}}?(?i:at|:|is|to)\s(?P<it>[\"“'‘]?"
    rf"(?:[A-Z][\w’'-]+[\"”]?,\s(?:[A-Z][\w’']+\s){{1,2}}(?i:{_SURE_ROADS})\b|(?<=at\s)(?:The\s[A-Z][a-z]+s\b)[\"”’']?)(?P<town>{_TOWN}))"
    rf"|\blive[sd]? at (?P<told>[\"“'‘]The\s[A-Z][a-z]+s[\"”’'])"
    r"|\b(?:at|to|from|for|in)\s(?P<house>[A-Z][\w’']+\s(?:Cottage|Bungalow|Farmhouse|Vicarage|Rectory))(?=\s?(?:[,.;\n]|\Z))"
)
# of one word that ends as roads do, alone on its line or before a town: 3 Kingsway, 14 Southgate,
ALONE = re.compile(
    rf"(?:^|[,\n:]\s?|\b(?:at|to|address|is|of|from|visit|round|near|for|outside)\s)(?P<it>{_NUMBER}\s[A-Z][a-z]{{2,}}(?:side|gate|way|fields?|brook|mead|croft|wood|lands|bank|garth|dene|crest|grove|hurst|"
    rf"hill|view|market|gait|ways)\b|{_NUMBER}\s(?:Maes|Bryn|Glan|Cae|Pant|Rhos|Nant|Dol|Cwm|Tan|Gwern|Pen-?y)[a-z]{{2,}}\b)(?P<town>(?=[,\n.]|$){_TOWN})",
    re.MULTILINE,
)
# a road that a reader of pictures spoilt
SPOILT = re.compile(
    rf"(?<![\w£.:/-])(?P<it>\d{{1,4}}[a-k]?,?\s(?:[A-Z][\w'’]+\s){{1,3}}?(?P<road>[A-Z][a-z0158|]{{3,9}}))\b(?P<town>{_TOWN})"
)
LONG_ROADS = tuple(
    words_in("road lane close drive court place street avenue terrace crescent gardens square grove house green hill")
)
# what belongs to a house before its number: Plot 9, Block C, Flat 31, the Gatehouse
BEFORE = re.compile(
    rf"(?:(?:(?:fla?t|apt|apartment|unit|room|suite|block|plot|studio|caravan|berth|pitch|house|no\.?|number)\s(?:\w{{1,4}},?\s?)?)+"
    rf"|(?:the\s)?[A-Z]?[a-z'’]+(?:{HOUSES}),\s|the\s(?=[A-Z])|(?:ground|top|first|second|third|1st|2nd|3rd|btm|bottom|bsmt|upper|lower)\s(?:flr\s|fl\s|floor\s)?(?:flat|flt),?\s|(?:the\s)?flat\s(?:above|below|over)\s|(?:^|(?<=\n)|(?<=[:,]\s)|(?<=\bat\s))\d\s)$",
    re.IGNORECASE,
)
# whatever leads from a house's number, or from a named house, to a postcode
BEFORE_CODE = re.compile(
    rf"(?<![\w£.:/-])(?P<it>(?i:{_FLAT})(?:(?i:{_NUMBER}){_NEXT})?(?:{_WORD}{_NEXT}){{1,11}}?)"
    rf"(?:(?i:post\s?code)\s?[:=]?\s?)?(?=(?i:{CODE}))"
)
NAMED_BEFORE_CODE = re.compile(
    rf"(?<![\w,])(?P<it>(?:The\s)?(?:[A-Z][\w'’-]*+[ -]){{0,3}}[A-Z][\w'’-]*+[ \t]*+"
    rf"[,\n][ \t]*+(?:[A-Z][\w'’-]*+[ \t]*+){{1,4}}"
    rf"(?:[,\n][ \t]*+(?:[A-Z][\w'’-]*+[ \t]*+){{1,3}}){{0,3}})[,\n]?[ \t]*+(?={CODE})"
)
ANNOUNCED = re.compile(
    r"\b(?:(?:home\s+|current\s+|new\s+|full\s+|postal\s+|delivery\s+|correspondence\s+|old\s+|previous\s+)?(?:add?ress|addr)(?:\s+(?:line\s*)?1)?|"
    r"liv(?:es|ed|ing)\s+(?:\w+\s+){0,3}?at|moved\s+(?:\w+\s+){0,2}?to|resid(?:es|ing)\s+at|stay(?:s|ing)\s+(?:\w+\s+){0,2}?at|care\s+of|c/o|"
    r"post\s+(?:it\s+)?to|send\s+(?:it\s+)?to|deliver\s+to|collected\s+from|pick(?:ed)?\s+(?:\w+\s+){0,2}?up\s+(?:from|at)|home\s+is|visit(?:ed)?\s+(?:to|at))"
    r"\s*(?:is|was|now|:|-|–|=|,)?\s*(?:still\s+)?(?P<it>(?:flat\s+\w+\s*,?\s*)?(?:\d+\s?\w?\b|[A-Z][\w'’]+)[^\n;|\t@?!]{4,110})",
    re.IGNORECASE,
)
STOP = re.compile(
    rf"\.\s|\.$|\s[-–—]\s|\(|\)|,?\s(?:tel|phone|mobile|mob|email|e-mail|dob|d\.o\.b|since|with|and|because|but|last|next|so|when|"
    rf"where|who|which|is|was|has|for|if|until|from|on|to|at|postcode|please|thanks|opposite|near)\b|,?\s{{0,3}}{CODE}",
    re.IGNORECASE,
)
PARTED = re.compile(  # 7 Mill L ane
    rf"{_CLEAR}(?P<it>\d{{1,4}}[a-k]?,?\s(?:[A-Z][\w'’]+\s){{1,3}}?(?i:{{parts}}))\b(?P<town>{_TOWN})".replace(
        "{parts}",
        "|".join(f"{road[:at]}\\s{road[at:]}" for road in sorted(LONG_ROADS) for at in range(1, len(road))),
    )
)
BOX = re.compile(rf"\b(?P<it>(?i:P\.?\s?O\.?\s?B(?:ox)?)\s\d{{1,6}}\b)(?P<town>{_TOWN})")
CODES = re.compile(CODE, re.IGNORECASE)
VERBS = re.compile(
    r"\b(?:days?|weeks?|months?|years?|hours?|minutes?|mins?|times?|sessions?|people|pupils|mentors?|mentees?|volunteers?|"
    r"miles?|metres?|and|to|or|per|am|pm|out|new|matches|places|young|children|in|at|via|by|for|with|who|from|were|was|"
    r"is|are|have|has|had|up|off|down|along|into|a|my|his|her|their|points?|marks?|pounds?|pence|percent|he|she|they|we|"
    r"it|this|that|met|went|walked|then|when|January|February|March|April|May|June|July|August|September|October|November|"
    r"December|bus|buses|train|tram|route|shops|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|o'clock|as|if|but|so|our|your|not|no|of)\b"
)


# roads that are words too, which only a capital tells
ALSO_WORDS = words_in(
    "way end point side park view place house row walk court bank green hill bridge gate mount field fields yard "
    "path passage approach rise common reach estate chase square buildings lodge cottages "
    "clo pk est gr marina basin halls"
)
