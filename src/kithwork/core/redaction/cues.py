"""Words that tell, by standing near, that a name is or is not there. Closed sets, folded; none of them is a name."""

from importlib.resources import files

__all__ = ["BEFORE_NICKNAMES", "ENDINGS", "KINDS", "THINGS_BY_KIND", "kinds_of", "words_in"]


def words_in(words: str) -> frozenset[str]:
    """The words of a text, by blanks."""
    return frozenset(words.split())


TITLES = words_in(
    "mr mrs ms miss mx dr doctor prof professor rev reverend sir dame lady lord cllr councillor pc dc sgt "
    "sergeant inspector insp constable captain capt major colonel judge justice magistrate nurse sister brother "
    "father fr sr pan pani auntie aunty aunt uncle nan nana gran grandma grandad grandpa coach imam rabbi pastor "
    "canon bishop hrh messrs mme madame monsieur senor senora herr frau hajji haji sheikh chief mama baba"
)
# what a person is to another, or to a service
ROLES = words_in(
    "mum mom mam mother dad father brother sister son daughter wife husband partner boyfriend girlfriend cousin "
    "aunt auntie uncle niece nephew grandson granddaughter stepdad stepmum friend mate neighbour carer mentor "
    "mentee mentors mentees befriender volunteer volunteers coordinator manager supervisor worker teacher tutor "
    "headteacher head chair secretary treasurer trustee trustees lead staff client colleague coach landlord "
    "counsellor psychologist solicitor lawyer applicant witness president vice minister registrar guardian parent "
    "named called known nicknamed boss senator governor director officer actor singer author player captain "
    "colleague referee interpreter nurse gp twin"
)
GREETINGS = words_in(
    "dear hi hello hiya hey morning afternoon evening thanks thank cheers thx ta ty bye hallo yo oi congrats"
)
SIGNING = words_in(
    "regards wishes sincerely faithfully truly love cheers thanks best yours warmly respectfully xx x from"
)
SPEECH = words_in(
    "said says told tells asked asks felt feels wants wanted thinks thought likes liked loves enjoys enjoyed came "
    "comes went goes rang rings called calls texted emailed replied wrote writes arrived left joined attended "
    "missed met seems seemed looked looks lives lived works worked moved started finished has had is was did does "
    "wasn isn hasn hadn didn won doesn wouldn couldn agreed signed explained reported mentioned talked spoke "
    "laughed smiled cried helped gave got made took brought bought needs needed hopes hoped plans planned decided "
    "chose turned drove drives walked paid knows knew reckons asking whose who thanked suggested offered raised "
    "noted scored declined stated"
)
MEETING = words_in(
    "met meet meeting saw see seeing told tell telling asked ask asking rang ring ringing called call calling "
    "texted text emailed email visited visit helped help thanked thank with and to for by from spoke contact "
    "contacted about informed matched invited phoned phone messaged message chased chase remind reminded update "
    "updated between beside like whether that if when because but so said says love cc via re plus including "
    "introduced introduce joined join is"
)
PLACING = words_in("in at near from to around outside towards via into through of across visited visiting")
# words that make the capitals before them an organisation, a place or a thing
THINGS = words_in(
    "school academy college university nursery primary secondary high grammar institute centre center hospital "
    "surgery clinic practice trust foundation charity association society club group team project programme "
    "program service services council court tribunal ministry department office bank ltd limited plc llc inc corp "
    "corporation company co street road lane avenue close drive way court place square gardens park hill house "
    "hall hotel church chapel mosque temple synagogue cathedral station library museum theatre cinema gallery "
    "stadium arena bridge river lake green common wood farm estate flats tower mews terrace crescent grove row "
    "walk rise view community network union federation party league cup united city town county district borough "
    "state republic kingdom airport shop store cafe bar pub arms inn restaurant market mall gym pool studio "
    "studios records radio tv news times post mail press act code convention article section chapter bill law "
    "rules order policy handbook report form guide plan scheme award awards prize day week month year season "
    "holiday term session room unit ward block wing floor line partnership agency authority board committee "
    "commission panel forum police prison army navy force energy power gas oil foods supermarket housing homes "
    "care support befrienders mentoring advice aid studies festival fair fund lottery"
)
PERSON_LABELS = words_in(
    "name names mentor mentee mentors mentees client author creator by from to cc bcc signed signature chair lead "
    "attendees present apologies attended absent participants contact referrer applicant referee witness "
    "coordinator supervisor manager worker keyworker staff teacher parent carer guardian mother father mum dad "
    "surname forename forenames first last given family known nickname aka alias owner who member members "
    "volunteer volunteers befriender child pupil student patient person recipient sender attn attention prepared "
    "reviewed approved checked completed seen modified deputy treasurer secretary aider leader facilitator "
    "trainer interviewer interviewee candidate complainant reporter reported username user organiser minutes "
    "judge counsel officer gp doctor nurse kin sibling brother sister partner husband wife son daughter trustee "
    "trustees preferred attendee pair artist"
)
OTHER_LABELS = words_in(
    "date time venue place location town city school organisation organization company role title subject re "
    "topic address street postcode phone tel telephone mobile email mail web website year group status outcome "
    "activity reason priority age gender ethnicity language religion nationality notes goal goals hazard risk "
    "likelihood score sessions session number ref reference id version page keywords item action actions agenda "
    "category type format duration hours department dept day month week start end sent received dob born birth "
    "allergies medication views view comments description cost total amount college course employer job "
    "occupation borough country area files file folder path charity form"
)
MONTHS = words_in(
    "january february march april may june july august september october november december jan feb mar apr jun "
    "jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu "
    "thurs fri sat sun"
)
# peoples, tongues, faiths, feasts, brands, bodies and ways of coaching that no list of ours knows by its capital
NOT_PEOPLE = words_in(
    "english welsh scottish irish british polish romanian turkish kurdish arabic chinese vietnamese somali "
    "nigerian ghanaian indian pakistani bengali portuguese brazilian caribbean ukrainian french german spanish "
    "italian asian african european muslim christian hindu sikh jewish catholic christmas easter eid ramadan "
    "diwali nhs uk usa eu un bbc itv facebook instagram whatsapp twitter tiktok youtube google zoom microsoft "
    "word excel teams outlook greggs tesco asda aldi lidl boots primark nando nandos mcdonald mcdonalds costa "
    "starbucks subway netflix xbox playstation minecraft arsenal chelsea everton maths science history geography "
    "drama music art pe re ict btec gcse gcses dbs covid london england wales scotland ireland britain europe "
    "africa asia america internet god bible quran koran duolingo tfl gcse ucas cv id pin ok iphone android ipad "
    "uber deliveroo amazon ebay spotify ikea argos grow tgrow smart"
)
# what stands before a name and makes a nickname of both
BEFORE_NICKNAMES = words_in("big wee little lil young old auld mad tall fat skinny long short ginger red black blond")
ENDINGS = (
    "ing", "tion", "sion", "ment", "ness", "ity", "ed", "ly", "ers", "ors", "ies", "ism", "ist", "able", "ible", "ful",
    "less", "ous", "ive", "ance", "ence", "ology", "shire", "ford", "ton", "ham", "bury", "ville", "burgh", "land",
    "ski", "ska", "wicz", "ova", "escu", "oglu", "ian", "yan", "son", "sen", "deep", "preet", "jit", "ullah", "rahman",
    "uddin", "inho", "inha", "iye", "ele", "ayo", "wa", "ku", "ie", "een", "nah", "lyn", "ella", "isha",
)  # fmt: skip


def _things() -> dict[str, frozenset[str]]:
    """Towns and lesser places, countries, tongues, makes, food, everyday words that no dictionary has, in English as it
    is spoken, Welsh and Gaelic, and what other tongues bring into it: by what they are. Some are names too (York,
    Moffat); how much each kind speaks against a name is weighed.
    """
    told = (files("kithwork.core.redaction") / "numbers" / "things.txt").read_text(encoding="utf-8").split("\n\n")
    return {kind: words_in(words) for kind, words in (part.split("\n", 1) for part in told)}


THINGS_BY_KIND = _things()
_SETS = {
    "title": TITLES, "role": ROLES, "greet": GREETINGS, "sign": SIGNING, "speech": SPEECH, "meet": MEETING,
    "place": PLACING, "thing": THINGS, "plabel": PERSON_LABELS, "olabel": OTHER_LABELS, "month": MONTHS,
    "notp": NOT_PEOPLE,
    **THINGS_BY_KIND,
}  # fmt: skip
KINDS = tuple(_SETS)
_KINDS: dict[str, tuple[str, ...]] = {
    word: tuple(name for name, words in _SETS.items() if word in words) for word in frozenset().union(*_SETS.values())
}


def kinds_of(folded: str) -> tuple[str, ...]:
    """The sets that a folded word is in."""
    return _KINDS.get(folded, ())
