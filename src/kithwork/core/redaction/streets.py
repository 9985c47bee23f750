"""What an address looks like, as patterns: houses, flats, roads, towns, and the words that lead to them."""

import re

from kithwork.core.redaction.cues import words_in

__all__ = [
    "AFLOAT",
    "ALONE",
    "ALSO_WORDS",
    "ANNOUNCED",
    "BARE",
    "BEFORE",
    "BEFORE_CODE",
    "BOX",
    "CALLED",
    "CELLS",
    "CODE",
    "CODES",
    "FLAT_IN",
    "FLAT_ON",
    "HEADED",
    "HOUSES",
    "HOUSE_ON",
    "LABELLED",
    "LANDED",
    "LINE",
    "LONG_ROADS",
    "LOOSE",
    "NAMED",
    "NAMED_BEFORE_CODE",
    "PARTED",
    "RARE",
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
    "clo|drv|cresc|terr|bldgs|pk|est|hse|mws|gro|grv|gr|blvd|marina|basin|halls|"
    "vennel|wk|wlk|cft|tce|knoll|dell|hollow|coppice|covert|cloisters?|stables|ginnel|snicket|twitten|gait|lea|ghyll|steadings?|brow|foregate|tything|mdws?|ridings?|loke|staithe|pend|rigg|pightle|tenements|apartments|"
    "beeches|hollies|larches|limes|oaks|elms|poplars|willows|cedars|laurels|maples|birches|chestnuts|sycamores"
)

# those that nothing else is called
_SURE_ROADS = (
    "street|st|road|rd|lane|ln|avenue|ave|drive|grove|gardens|gdns|crescent|cres|terrace|tce|terr|close|cl|court"
    "|sq|place|mews"
)
# a second road word after the first, and where it lies: Park Road, Wharf Rd, Paisley Road West
_MORE = (
    rf"(?:\s(?:(?i:{_SURE_ROADS})|(?=[A-Z])(?i:{_ROADS}|top|bottom|foot|head))\b\.?){{0,2}}(?:\s(?:North|South|East"
    rf"|West|north|south|east|west)\b(?!-))?"
)
_WELSH = (
    "heol|ffordd|stryd|lôn|lon|rhodfa|maes|clos|bryn|cwm|parc|tai|trem|cilgant|llys|coed|pen|min|tan|gerddi|rhes"
    "|cae|erw|gelli|llwyn|rhiw|rhos|nant|dol|waun|teras|sgwâr|golwg|hafan|bro|gwel|troed|glan|sráid|bóthar"
    "|ascaill"
)
HOUSES = "cottage|house|farm|farmhouse|lodge|barn|villa|rectory|vicarage|manor|croft|bungalow|granary|forge|gables"
_FLAT = (
    r"(?:(?:(?:top|ground|first|second|third|basement|garden|upper|lower|rear|front|1st|2nd|3rd)\s(?:floor\s?)?(?:flat|left|right)?"
    r"|basement|(?:the\s)?annexe?|(?:f[l1i|]a?t|f(?=\d)|ap?pt\.?|apartment|unit|room|rm|suite|block|plot|studio|caravan|chalet|berth|mooring|pitch|house)(?:\s|(?=\d))(?:\d+(?:/\d+)?\s?[a-z]?|[a-z]\d*)\b"
    r"|\d{1,2}/\d{1,2}|\d[fr]\d|\d?[gbtp]?f[lr]|\d[lr]|[g\d]/[lr]|[pt]f\d|\d{1,2}f[lr])\s?[,/]?\s)?"
)
_NUMBER = (
    r"(?:no\.?\s?|num(?:ber)?\s|p\.?\s?o\.?\s?box\s)?\d{1,4}\s?(?:[a-k]\b)?(?:\s?(?:[-–/&]"
    r"|and\b)\s?(?:\d{1,4}[a-k]?|[a-k]\b))?"
)
_WORD = r"[^\W\d_][\w'’.-]*+"
_NEXT = r"[ \t\u00a0]*+(?:[,;·•|–-][ \t\u00a0]*+)?+(?:\r?\n[ \t\u00a0]*+)?+"  # from one word of an address to the next
_TOWN = (
    r"(?:(?:[ \t]*+[,·;][ \t]*+\n?|[ \t]*+\n)[ \t>]*+"
    r"(?!\b(?:Tel(?:ephone)?|Phone|Mobile|Mob|Email|DOB|Date|Postcode|Name|Contact|Dear|School|GP|"
    r"Notes?|Yours|Kind|Best|Please|Thanks?|Hi|Hello|He|She|They|We|It|Monday|Tuesday|Wednesday|Thursday|Friday)\b)"
    r"[A-Z][\w'’.-]*+(?:[ -](?:[A-Z][\w'’.-]*+|on|upon|under|le|by|in|the|of|y)\b)*(?!\s?:)){0,4}"
)
_GAP = r"\s(?:(?<=\r)\n)?[^\S\n]{0,3}+"  # a blank or two, or a line's end and what stands in before the next
_CLEAR = r"(?<![\w£.])(?<!\d[:/-])"  # no figure or sum goes on into it
# of a house: 2/1, 2F1
_INSIDE = (
    r"(?:,?\s(?:(?i:fla?t|apt|apartment|room|rm|unit)\s?(?:\d{1,2}/\d{1,2}|(?!(?:on|in|is|and|at|to|for|so|w|by|x|its|the|but|i|we|my)\b)\w{1,3})\b"
    r"|(?i:(?:top|ground|first|second|third|garden|upper|lower|1st|2nd|3rd)\s(?:floor\s)?(?:flat|left|right)|(?:top|ground|first|second|third)\sfloor|basement(?:\sflat)?)\b"
    r"|\(?(?:\d{1,2}/\d{1,2}|\d[FR]\d|[GBT]F[LR]|[G\d]/[LR])(?!\w)\)?))?"
)
# what follows an address in a message or a subject: its end, a sign, a word that carries no name on, what is done there
_AFTER = (
    r"(?=\s?(?:$|\Z|[^\w\s'’&%£])|\s(?:x+|pl[sz]|please|now|rn|atm|if|near|by|opp|opposite|ok|and|n|with|w|wiv|flat|till?|until|at|around|about|"
    r"tmrw|tmw|tomoz|2moro|tonight|2nite|tomorrow|today|asap|innit|mate|hun|babe|bro|thx|ty|ta|thanks|cheers|the|its|it's|not|behind|above|next|top|"
    r"ground|door|buzzer|bell|ring|code|so|cos|cuz|bc|coz|yh|yeah|lol|\w+day|mon|tues?|weds?|thurs?|fri|sat|sun|when|where|wen|who|which|but|or|on|in|"
    r"for|4|from|u|you|i|im|i'm|ill|he|she|hes|shes|we|were|they|my|his|her|is|was|has|isnt|wasnt|this|that|then|later|after|b4|before|as|like|"
    r"again|still|also|too|since|to|2|av|are|r|can|cld|could|will|did|does|dont|don't|do|come|think|i\sthink|use|just|ask|text|txt|call|bring|meet|"
    r"repairs?|keys?|tenancy|rent|visit|boiler|damp|lease|complaints?|noise|heating|inspection|inventory|deposit|gas|leak|mould|referral)\b(?!'))"
)
# words that lead to no road's name: measures, and what is called by the hour: 5 mile walk, at 2 family court
_PLAIN = (
    r"(?!(?:mile|min|mins|minute|hour|hours|hr|hrs|day|week|wk|month|year|yr|night|term|foot|feet|ft|metre|meter|mtr|km|bed|bedroom|bedroomed|storey|"
    r"story|man|men|person|people|way|point|points|part|piece|pound|quid|star|lane|inch|step|hole|team|seater|door|car|tier|leg|stage|set|"
    r"full|half|long|short|big|small|good|nice|free|extra|more|other|same|different|open|empty|whole|dog|dogs|cat|play|crown|youth|county|family|"
    r"magistrates|supreme|tennis|squash|football|food|skate|retail|country|theme|water|business|trailer|main|front|back|side|bowling|town|city|"
    r"community|hospital|school|college|care|childrens|nursing|safe|half-?way|group|pub|club|guest|open|blood|bottle|piggy|steep|lovely|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|"
    r"oct|nov|dec|bus|buses|train|trains|the|on|in|at|of|and|for|is|was|with|from|via|near|kids|children|lads|girls|boys|teams|houses|units|"
    r"flats|rooms|pages|rows|votes|goals|wins|points|ticket|tickets|pm|am|oclock|ish|red|blue|yellow|white|black|brown)\b)[^\W\d_]{3,}"
)
_TREES = (
    "beeches|hollies|larches|limes|oaks|elms|poplars|willows|cedars|laurels|maples|birches|chestnuts|sycamores"
    "|firs|pines|gables|rowans|hawthorns"
)
# roads of one word that are known all over the country
_LONE = (
    r"pall\small|piccadilly|whitehall|lowgate|strand|"
    "broadway|cheapside|kingsway|queensway|canongate|cowgate|eastgate|westgate|northgate|southgate|haymarket|saltmarket|grassmarket|lawnmarket|"
    "gallowgate|trongate|briggate|kirkgate|castlegate|micklegate|deansgate|bishopsgate|bishopgate|bailgate|stonegate|newgate|highgate|moorgate|"
    "parkway|parkside|hillcrest|hillside|woodside|burnside|bankside|brookside|fairfield|hillview|cornhill|cornmarket|foregate|fishergate|"
    "whitefriars|greyfriars|blackfriars|minories|westway|ringway|southway|northway|eastway|crossway|greenway|ridgeway|meadway|fairway|"
    "springfield|northfield|southfield|westfield|eastfield|highfield|greenfield|mayfield|ashfield|churchfield|broomfield|hollybank|rosebank|"
    "southbank|westbank|eastbank|northbank|thornhill|underhill|overdale|ferndale|glendale|hazelwood|beechwood|oakwood|maplewood|lynwood|elmwood"
)
# house and flat, where something else than a road may stand between them and it
_FLATS = r"(?i:flat|flt|apt|apartment|unit|room|rm|studio|suite|plot)"
STREET = re.compile(
    rf"{_CLEAR}(?P<it>(?i:{_FLAT})(?:[A-Z][\w'’]++(?:\s[A-Z][\w'’]++){{0,2}}\s?,\s?)?(?i:{_NUMBER})\s?,?{_GAP}(?:\(\d/\d\)\s)?"
    rf"(?P<road>(?i:{_WELSH})\b(?:[ -](?:(?:[Yy]r?|na|an)\b|[A-Z][\w'’-]*+)){{1,4}}(?!-?\syr?\s)(?<!\by)(?<!\byr)"
    rf"|(?i:tan|pen|maes|bryn|glan|troed|gwel)[ -](?i:yr?)[ -]{_WORD}|Yr?\s[A-Z][a-z]{{2,}}|[A-Z]\w+\sna\s[A-Z]\w+"
    rf"|(?i:the\s)?(?:(?i:st)\.?\s[^\W\d_][\w'’]*+\s)?(?:(?!(?i:{_ROADS})\b){_WORD}{_GAP}){{0,4}}?(?i:{_ROADS})x{{0,3}}\b\.?(?![’'](?:s\b)){_MORE}(?!\s(?i:team|group|club|school|centre)\b)"
    r"|(?i:the)\s[A-Z]\w+(?:(?=\s*(?:[,\n:;()!?–-]|\Z))|(?<=s)\b)"
    r"|[A-Z]\w+-(?i:yr?)-[A-Z]\w+"
    r"|\d{1,2}(?:st|nd|rd|th)\s(?i:avenue|ave|street|st|road|rd))"
    rf"{_INSIDE}"
    rf"(?:[ ](?!(?:He|She|They|We|It|I|The)\b)[A-Z][a-z]+(?=[,.\n]|$"
    rf"|\s[(–-]))?)(?P<town>{_TOWN}(?:,[ ][a-z]+(?=[\n.]|$))?)"
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
    rf"|\b(?P<plain>(?:[A-Z][\w'’]++\s){{1,2}}(?:(?i:{_SURE_ROADS})|House|Court)\b\.?,?\s\(?(?i:no\.?\s?)?\d{{1,3}}[a-k]?\b\)?)(?=\s?(?:$|[,;)!?]|\s[–-]\s|x+\b))"
    rf"|(?<!\w)(?P<small>(?!(?:the|from|over|off|down|along|past|this|that|main)\s)[a-z]{{3,}}\s(?:{_SURE_ROADS})\b\.?,?\s(?:no\.?\s?\d{{1,3}}[a-k]?|1[3-9]|[2-9]\d|1\d\d|\d{{1,2}}[a-k]))(?=\s?(?:$|[,;)!?]|x+\b|pl[sz]))"
    rf"|\b(?P<inside>(?!(?:the|a|an|my|our|his|her|your|their|this|that|new|old|big|full|open|whole|each|every|per)\s)[^\W\d_]{{3,}}\s"
    r"(?i:house|court|towers?|lodge|mill|halls?|mansions|point|heights|hse|ct),?\s(?i:flat|flt|apt|room|rm)\s?(?:no\.?\s)?\d{1,3}[a-k]?)\b"
    rf"|\b(?P<welsh>(?:Heol|Ffordd|Stryd|Lôn|Rhodfa|Clos|Cilgant)(?:\s(?:y|yr|[A-Z][\w'’-]*+)){{1,3}},?\s\d{{1,3}}[a-k]?)(?![\d/.:])",
    re.MULTILINE,
)
FLAT_ON = re.compile(  # Flat 12 on Kings Road, 42 the limes
    rf"\b(?P<it>(?i:flat|room|number|no\.?)\s\d{{1,4}}[a-k]?,?\s(?i:on|in|at|of)\s(?i:the\s)?(?:[A-Z][\w'’]++\s){{1,3}}(?i:{_ROADS})"
    rf"|(?:flat|number|no\.?)\s\d{{1,3}}[a-k]?\son\s(?:[a-z]{{3,}}\s){{1,2}}(?:{_SURE_ROADS}))\b"
    rf"|\b(?:its|it's|house\sis)\s(?P<told>\d{{1,3}}[a-k]?\son\s(?:[a-z]{{3,}}\s){{1,2}}(?:{_SURE_ROADS}))\b"
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
    rf"|\b(?i:live[sd]?|living|staying|moved|moving)\s(?:on|in|down|off|out\sof|from|to)\s(?P<road>(?!(?:the|a|an|our|my|his|her|their|this|that|one|some|new)\s)"
    rf"(?:(?!(?:the|a|own|new|very|family|safe|same)\s)[^\W\d_]{{3,}}\s){{1,2}}(?i:{_SURE_ROADS})\b)(?!\s(?:family|friends?|to|system|map|school))",
    re.MULTILINE,
)
# without a word before it: drop it 9 church walk when; no 6 tannery row; 3 cheapside; 7 the hollies; 22 ash field
LOOSE = re.compile(
    rf"(?<![\w£.:/-])(?P<it>(?!1\s)\d{{1,3}}[a-k]?,?\s(?:(?:old|upper|lower|upr|lwr|gt|great|little|north|south|east|west|st)\s)?(?![A-Z][a-z]+s\s){_PLAIN}\s"
    r"(?:walk|row|rise|view|vw|park|hill|green|bank|quay|wharf|yard|gate|side|end|way|approach|mount|chase|estate|house|hse|court|bridge|"
    r"field|fields|acre|buildings|cottages|villas|path|passage|common|reach|lodge|orchard|meadows?|wlk|wk|pk|croft|parade|pde|green|knoll|dell|lea|fold|brow|mdws?|"
    rf"steps|hollow|{_TREES})\b{_AFTER}"
    rf"|(?!1\s)\d{{1,3}}[a-k]?\s(?:bank|hill|brow|town|moor|lane|edge|wood)\s(?:top|bottom|foot|head){_AFTER}"
    r"|(?!1\s)\d{1,3}[a-k]?\sthe\s(?:green|oval|crescent|square|parade|terrace|mount|quay|wharf|orchard|croft|paddocks?|spinney|copse|knoll|dell|"
    rf"maltings|moorings|meadows?|ridings?|shambles|cloisters?|leas|leys|glebe|paddock|rise)\b{_AFTER}"
    rf"|(?!1\s)\d{{1,3}}[a-k]?,?\s(?i:st|saint)\.?\s[^\W\d_]{{3,}}s\b{_AFTER}(?!\s\d)"
    rf"|(?!1\s)\d{{1,3}}[a-k]?,?\sS(?:t|aint)\.?\s[A-Z][a-z]{{2,}}[’']s\b{_AFTER}"
    rf"|\d{{1,3}}[a-k]?\s(?i:the\s)(?:[^\W\d_]{{3,}}\s)?(?i:{_TREES})\b(?!\s(?:trees?|we|in|on|that|planted)\b)"
    rf"|\d{{1,3}}[a-k]?,?\s(?i:{_LONE})\b(?![’'-])(?!\s(?i:shows?|musicals?|theatre|hits|school|academy|primary|pupils|students)\b)"
    r"|(?!1\s)\d{1,3}[a-k]?,?\s(?!(?:in|out|be|sea|road|along|bed|pool|up|down|river|country|fire|kerb|curb|lake|rail|motor|half|run|take|give|"
    r"cast|sub|high|gate|door|drive|hall|gang|get|path|tail|flood|dele|investi|aggre|surro|air|battle|corn|mid|play|piggy|food|data|snow|stair|any|alley|free|water|wash)(?:side|way|gate|field|bank))"
    rf"[a-z]{{3,}}(?:gate|gait|crest|croft|brook|hurst|dene|mead|field|garth|holme|bank|(?<!al)side|(?<!al)way)\b{_AFTER}"
    r"|(?i:no\.?|number|#)\s?\d{1,3}[a-k]?,?\s(?:the\s)?"
    rf"(?:{_PLAIN}\s){{1,2}}(?:walk|row|rise|view|park|hill|green|bank|quay|wharf|yard|side|mount|house|bridge|cottages|buildings)\b"
    rf"|\d{{1,3}}[a-k]?,?\s(?i:heol|ffordd|stryd|lôn|lon|rhodfa|clos|cilgant|gerddi|maes|bryn|cae|llys|cwm|tan|pen"
    rf"|trem)[ -]?(?:[ -]yr?[ -])?(?<=[ -])(?<!tan\s)(?<!pen\s){_PLAIN}\b"
    rf"|\d{{1,3}}[a-k]?,?\s(?i:tan|pen|ty|is|uwch)[ -](?i:yr?)[ -][^\W\d_]{{3,}}"
    rf"|\d{{1,3}}[a-k]?,?\s(?i:new\s(?:st|rd|ln))\b{_AFTER})",
    re.MULTILINE,
)
# of one word that tells nothing, where somebody says that they are: im at 27 ladywell; not at an hour of the day
BARE = re.compile(
    r"\b(?:(?:im|i'm|i\sam|were|we're|we\sr|hes|he's|shes|she's|theyre|still|now|me|us|her|him|up|off)\s(?:(?:now|still|here|staying|living)\s)?(?:at|@|from)|live[sd]?(?:\sat)?|"
    r"staying(?:\sat)?|moved\s(?:to|2)|taxi\s(?:to|2|from)|(?:place|house|gaff?|flat|home|addy|add)\s(?:is|at|:))\s"
    rf"(?P<it>(?:1[3-9]|[2-9]\d|[1-9]\d\d|\d{{1,2}}[a-k])\s(?!(?:degrees|percent|months?|already|least|alone|seconds?|stone|second|grand|years?old|upper)\b)(?:(?:upper|lower|old)\s)?{_PLAIN}(?<!\s\w\w\w)(?<!\s\w\w\w\w)(?<![^s]s))\b{_AFTER}"
)
# a flat in a house that has a name, or the house alone, and its road: unit 5 the old dairy, mill ln
HOUSE_ON = re.compile(
    rf"(?<![\w£.:/-])(?P<it>{_FLATS}\s(?:\d{{1,4}}[a-k]?|[a-k]\d?),?\s(?:(?i:the)\s)?(?:{_PLAIN}\s){{0,2}}{_PLAIN},\s?(?:[^\W\d_]{{3,}}\s){{1,2}}(?i:{_SURE_ROADS})(?!\s(?i:library|school|college|centre|surgery|station|office))"
    r"|(?:the\s)?[^\W\d_]{3,}\s(?:cottage|farm|farmhouse|forge|barn|bungalow|lodge|vicarage|rectory|granary|gatehouse|smithy|mill),?\s"
    rf"(?:[^\W\d_]{{3,}}\s){{1,2}}(?:{_SURE_ROADS}))\b"
)
# in cells of their own: Address line 2: Heol y Bont; House name/number: Fernlea; Street | Mill Lane
LABELLED = re.compile(
    r"(?:^|[|\t;]|(?<=\s\s))[ \t]*(?i:(?:address|addr|add)[ _]?(?:line[ _]?)?[1-4]|(?:1st|first|second"
    r"|2nd)\sline(?:\sof\saddress)?|street(?:\s(?:name|address))?|road(?:\sname)?|"
    r"(?:house|flat|property|building)(?:\sname(?:\s?(?:/|or|and)\s?(?:number|no\.?))|\s(?:number|no\.?)\s?(?:/|or|and)\s?name|\s?/\s?(?:flat|house|building))|(?:property|building)\sname)"
    r"\s?[:=|\t][ \t]*(?P<it>(?!(?i:n/?a|none|unknown|not|same|see|as|withheld|no|yes|nil|tbc"
    r"|refused)\b)[A-Z\d][^\n|;\t:=]{2,60}?)(?=[ \t]*(?:$|[\n|;\t]|\s(?:[A-Z][a-z]+\s?){1,2}[:=]))"
    r"|^[ \t]*(?i:(?:home|current|postal|new)?\s?address)\s?:[ \t]*(?P<name>(?!(?i:n/?a|none|unknown|not|same|see"
    r"|as|withheld|no|yes|nil|tbc|refused)\b)[A-Z][\w'’-]+(?:[ ][A-Z][\w'’-]+){0,3})[ \t]*$",
    re.MULTILINE,
)
# in the head of a mail, without a number: To: Lena, Fernlea, Elm Lane
HEADED = re.compile(
    rf"^(?:To|From|Cc|Subject|Location|Where):[^\n]{{2,80}}?(?<![:.])\s(?P<it>[A-Z][a-z][\w'’]+(?:\s[A-Z][\w'’]+)?,\s(?:[A-Z][\w'’]+\s){{1,2}}(?i:{_SURE_ROADS}))\b(?P<town>{_TOWN})",
    re.MULTILINE,
)
# what is a road's name less often, where a head, a word or a town tells: Subject: 14 Elm Mill; 14 Elm Loke, Norwich
RARE = re.compile(
    r"(?:\b(?i:subject|re|fwd?|fw|address|home|location|where)\s?:\s|\b(?i:at|visit|to|for|of|from|address|round|leaving|in)\s)"
    rf"(?P<it>(?!1\s){_NUMBER},?\s(?:[A-Z][\w'’]+\s){{1,2}}(?:Mill|Mills|Hall|Farm|Brook|Woods?|Heath|Cliff|Ride|Downs|Flats|Haven|Gables|Market|Plain|Hythe|"
    r"Moor|Marsh|Cross|Corner|Village|Strand|Garden|Toll|Port|Links|Ford|Well|Wells|Stile|Top|Bottom|Head|Pines|Firs|Grange|Manor|Gap|Cliffs|Barns|Mall))\b"
    r"(?=\s?(?:$|[,.;:)(/]|\s?[–-]\s))",
    re.MULTILINE,
)
# whatever stands between a number and a town of the lists
LANDED = re.compile(
    rf"{_CLEAR}(?P<it>(?!1\s){_NUMBER},?\s(?:[A-Z][\w'’]+\s){{0,2}}[A-Z][\w'’]+(?<![^s]s)),\s(?P<land>[A-Z][a-z]+)\b(?![-'’])"
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
    rf"(?P<it>(?i:{_FLAT})(?:no\.?\s|number\s)?\d{{1,3}}[a-k]?\s(?=[a-z])(?:{_PLAIN}\s){{1,2}}(?:{_ROADS})"
    r"|\d{1,3}[a-k]?\sst\.?\s[a-z]{3,}s"
    rf"|(?:flat|apt|apartment)\s\w{{1,3}},?\s(?:[a-z]{{3,}}\s){{1,2}}(?:{_ROADS})"
    r"|\d{1,3}[a-k]?\sthe\s(?:green|oval|crescent|square|close|avenue|drive|grove|mews|terrace|parade|villas|court|hill|quay|wharf|gardens|lane)"
    rf"|(?:the\s)?(?:[a-z]{{3,}}\s){{1,2}}(?:cottage|farm|farmhouse|forge|barn|bungalow)\s(?:[a-z]{{3,}}\s){{1,2}}(?:{_SURE_ROADS})"
    rf"|\d{{1,3}}[a-k]?\s[a-z]{{3,}}(?:sway|gate|croft|brook|hurst|bank|dene|mead))\b"
    rf"(?:{_AFTER}|(?=\s[a-z]{{4,}}\s*(?:$|\n|[,.])))",
    re.MULTILINE,
)
# a message that is nothing else: 7 kingsway; one that ends so: pick me up 9 park view pls; 7mill lane
LINE = re.compile(
    r"^(?P<it>\d{1,3}[a-k]?\s[a-z]{3,}(?:sway|southgate|northgate|eastgate|westgate|croft|brook|hurst|dene|mead))\s?$"
    rf"|(?<![\w£.:/-])(?P<ends>(?!1\s)\d{{1,3}}[a-k]?\s(?=[a-z]{{4}})(?!(?:new|long)\s){_PLAIN}\s"
    r"(?:view|hill|house|row|walk|court|green|park|rise|square|gate|estate|mount|bridge|buildings|cottages|chase))(?=\s?(?:$|[.,!]|x+\s*$|pl[sz]))"
    rf"|(?<![\w£.:/-])(?P<close>\d{{1,3}}(?!(?:min|mins|mile|miles|hour|hours|hrs|day|week|wk|month|year|mph|star|bed|point|way|pm|am|st|nd|rd|th)\s)[A-Za-z][a-z]{{2,}}\s(?:{_SURE_ROADS}|St|Rd|Road|Street|Lane|Ln|Close|Cl|Avenue|Ave))\b"
    rf"|(?<![^\W_])(?<![£.:/])(?<!\d-)(?P<file>\d{{1,3}}[a-k]?-(?:{_PLAIN}-){{1,3}}?(?i:{_SURE_ROADS}))(?![^\W_])"
    r"|(?<![\d£.:/])(?P<camel>\d{1,3}[a-k]?(?:[A-Z][a-z]{2,}){1,2}(?:Road|Rd|Street|St|Lane|Ln|Close|Cl|Avenue|Ave|Drive|Grove|Gardens|Gdns|Crescent|Cres|Terrace))(?![a-z])"
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
    rf"\b(?i:live[sd]?|living|stay(?:s|ing)?|home|address|moved|slept|sleeping|sleeps|placed|placement|housed|resid(?:es|ing))\s?(?:\w+\s){{0,2}}?(?i:at|:|is|to)\s(?P<it>[\"“'‘]?"
    rf"(?:[A-Z][\w’'-]+[\"”]?,\s(?:[A-Z][\w’']+\s){{1,2}}(?i:{_SURE_ROADS})\b|(?<=at\s)(?:The\s[A-Z][a-z]+s\b)[\"”’']?)(?P<town>{_TOWN}))"
    rf"|\blive[sd]? at (?P<told>[\"“'‘]The\s[A-Z][a-z]+s[\"”’'])"
    rf"|\b(?:at|to|from|for|in|of|Subject:|(?i:re|fwd?|fw):)\s(?P<house>[A-Z][\w’']+\s(?:Cottage|Bungalow|Farmhouse|Vicarage|Rectory)|The\s(?i:{_TREES})|The\sOld\s(?:Rectory|Vicarage|Forge|Barn|Dairy|Post\sOffice|School\s?[Hh]ouse))(?=\s?(?:[,.;\n]|\Z|\s[(–-]))"
)
# of one word that ends as roads do, alone on its line or before a town: 3 Kingsway, 14 Southgate,
ALONE = re.compile(
    rf"(?:^|[,\n:(@]\s?|[-–•*/|]\s|\b(?:at|to|address|is|of|on|from|visit|round|near|for|outside|in|and|re)\s)(?P<it>{_NUMBER}\s[A-Z][a-z]{{2,}}(?:side|gate|way|fields?|brook|mead|croft|wood|lands|bank|garth|dene|crest|grove|hurst|"
    rf"hill|view|market|gait|ways|stead|dale|lea)\b|{_NUMBER}\s(?:Maes|Bryn|Glan|Cae|Pant|Rhos|Nant|Dol|Cwm|Tan|Gwern|Pen-?y)[a-z]{{2,}}\b){_AFTER}(?P<town>{_TOWN})",
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
    rf"|(?:the\s)?[A-Z]?[a-z'’]+(?:{HOUSES}),\s|(?:(?:the|copper|silver|tall|seven|three|two|twin)\s)?(?:{_TREES}),?\s|the\s(?=[A-Z])|(?:ground|top|first|second|third|1st|2nd|3rd|btm|bottom|bsmt|upper|lower)\s(?:flr\s|fl\s|floor\s)?(?:flat|flt),?\s|(?:the\s)?flat\s(?:above|below|over)\s|(?:^|(?<=\n)|(?<=[:,]\s)|(?<=\bat\s))\d\s)$",
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
    r"\b(?:(?:home\s+|current\s+|new\s+|full\s+|postal\s+|delivery\s+|correspondence\s+|old\s+|previous\s+)?(?:add?ress|addr|addy|add(?=\s*(?:is\b|[:=])))(?:\s+(?:line\s*)?1)?|"
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
    "clo pk est gr marina basin halls wk wlk knoll dell hollow coppice covert cloister cloisters stables lea "
    "steading brow riding ridings "
    "beeches hollies larches limes oaks elms poplars willows cedars laurels maples birches chestnuts sycamores"
)
