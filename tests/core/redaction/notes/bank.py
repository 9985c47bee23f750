"""Made-up people of many origins, from lists of names by country."""

import importlib
import random
from dataclasses import dataclass
from functools import lru_cache

# origin: where its given and family names come from
LISTS = {
    "english": ("en_GB", "en_GB"),
    "english2": ("en_US", "en_US"),
    "irish": ("en_IE", "en_IE"),
    "irish2": ("ga_IE", "ga_IE"),
    "south asian": ("en_IN", "en_IN"),
    "tamil": ("ta_IN", "ta_IN"),
    "pakistani": ("en_PK", "en_PK"),
    "bengali": ("bn_BD", "bn_BD"),
    "yoruba": ("yo_NG", "yo_NG"),
    "ghanaian": ("tw_GH", "tw_GH"),
    "kenyan": ("en_KE", "en_KE"),
    "zulu": ("zu_ZA", "zu_ZA"),
    "polish": ("pl_PL", "pl_PL"),
    "romanian": ("ro_RO", "ro_RO"),
    "turkish": ("tr_TR", "tr_TR"),
    "arabic": ("ar_DZ", "ar_DZ"),
    "chinese": ("zh_CN", "zh_CN"),
    "vietnamese": ("vi_VN", "vi_VN"),
    "portuguese": ("pt_PT", "pt_PT"),
    "brazilian": ("pt_BR", "pt_BR"),
    "spanish": ("es_ES", "es_ES"),
    "french": ("fr_FR", "fr_FR"),
    "czech": ("cs_CZ", "cs_CZ"),
    "hungarian": ("hu_HU", "hu_HU"),
    "dutch": ("nl_NL", "nl_NL"),
    "german": ("de_DE", "de_DE"),
    "ukrainian": ("uk_UA", "pl_PL"),
}
OWN = {
    "welsh": (
        "Angharad Bethan Bronwen Carys Ceri Cerys Dafydd Delyth Dilwyn Dylan Eirlys Elin Emlyn Emyr Ffion Gareth Geraint "
        "Gethin Glenys Gruffydd Gwen Gwenllian Gwilym Gwyneth Huw Iestyn Ieuan Ioan Iolo Iorwerth Llinos Llyr Lowri "
        "Macsen Mair Mared Meinir Mererid Myfanwy Nerys Nia Osian Owain Rhian Rhiannon Rhodri Rhys Siân Sioned Tegwen "
        "Tomos Trystan Tudur Wyn",
        "Llewellyn Prosser Probert Pugh Beynon Bevan Cadwallader Craddock Gwyther Gittins Griffiths Howells Llywelyn "
        "Maddocks Meredith Morgan Mostyn Parry Penry Powell Preece Pritchard Prothero Rees Treharne Tudor Vaughan "
        "Watkins Yorath ap-Gwilym Bowen Davies Evans Jones Hughes Jenkins Lloyd Thomas Williams",
    ),
    "scottish": (
        "Ailsa Alasdair Callum Catriona Domhnall Eilidh Ewan Fergus Fiona Fraser Gregor Hamish Iain Innes Isla Kirsty "
        "Lachlan Mairi Malcolm Morag Morven Muriel Murdo Rory Ruaridh Seonaid Sheena Struan Torquil",
        "Abercrombie Buchanan Cameron Carmichael Colquhoun Dalgleish Drummond Farquharson Forsyth Galbraith Gilchrist "
        "Kinnaird MacAskill MacDonald Mackay MacLeod McAllister McCallum McGregor McIntyre McLeish Menzies Moncrieff "
        "Ogilvie Rennie Urquhart",
    ),
    "somali": (
        "Abdi Abdirahman Abdullahi Amina Asha Ayaan Bashir Deeqa Faduma Farah Fawzia Hamdi Hibo Hodan Idil Ifrah Ikran "
        "Khadra Liban Magan Mahad Maryan Mohamud Muna Nasra Nimco Saafi Sagal Sahra Samatar Shukri Sucdi Warsan Yasin",
        "Abdi Adan Ahmed Ali Awale Barre Dirie Egal Farah Guled Hersi Hussein Ibrahim Ismail Jama Mohamud Nur Omar "
        "Osman Samatar Warsame Yusuf",
    ),
    "igbo": (
        "Adaeze Amarachi Chidi Chiamaka Chibuzo Chinelo Chinonso Chukwudi Ebele Emeka Ezinne Ifeanyi Ifeoma Ikenna "
        "Kelechi Kenechukwu Ngozi Nkechi Nnamdi Obinna Okechukwu Onyeka Uchenna Ugochi Uzoma",
        "Achebe Anyanwu Azikiwe Chukwu Egwu Eze Ibe Igwe Madu Mbah Nnadi Nwachukwu Nwosu Obi Ogbonna Okafor Okeke "
        "Okonkwo Okoro Okoye Onwudiwe Onyekachi Uche Umeh",
    ),
    "caribbean": (
        "Alford Antoinette Carlton Claudette Cleveland Delroy Denzil Desmond Dwight Errol Everton Fitzroy Glenroy "
        "Jahmal Jermaine Kadeem Keisha Lascelles Leroy Lloydie Marvalyn Merlene Natoya Neville Odette Orville Renaldo "
        "Roshane Shanice Shaniqua Shelly-Ann Tamika Tanisha Trevon Tyrone Usher Winsome Winston",
        "Bailey Beckford Blackwood Braithwaite Brathwaite Campbell Clarke Cumberbatch Dacres Facey Francis Gayle "
        "Grant Headley Hylton Lindo Marley Mullings Nembhard Palmer Pinnock Reid Samuels Shakespeare Thelwell Wallen",
    ),
    "kurdish": (
        "Azad Baran Berfin Berivan Ciwan Delal Dilan Dilovan Diyar Evin Gulistan Helin Heval Hiwa Jiyan Karwan Kawa "
        "Lanja Nazdar Newroz Nishtiman Rebin Rezan Rojda Rojin Rozerin Sherko Shilan Shivan Soran Xezal Zana Zerdesht",
        "Abdulla Aziz Barzani Bozan Hama Kocer Mirza Qadir Rashid Rostam Saleh Sindi Talabani Zaza Zebari",
    ),
    "iranian": (
        "Arash Azadeh Bahram Behrouz Dariush Farhad Farzaneh Ghazal Hooman Kaveh Laleh Leyla Mahsa Maryam Mehdi Mina "
        "Nasrin Navid Niloufar Omid Parisa Pouya Roya Saeed Shirin Sina Soheila Yasaman Zahra Zohreh",
        "Ahmadi Ebrahimi Ghorbani Hosseini Jafari Karimi Khosravi Mohammadi Moradi Nazari Rahimi Rostami Sadeghi Tehrani",
    ),
    "word": (
        "Will May Hope Grace Mark April June Rose Joy Faith Summer Dean Frank Bill Art Guy Jack Rob Sue Penny Iris Jade "
        "Amber Rich Drew Dawn Eve Daisy Lily Holly Ivy Heather Hazel Olive Violet Pearl Ruby Crystal Sandy Robin Jay "
        "Martin Pat Nick Skip Gene Ray Chip Max Miles Chase Grant Lance Norm Wade Cliff Clay Rusty Sonny Angel Precious "
        "Blessing Comfort Patience Mercy Charity Felicity Constance Prudence Honour Destiny Princess Star Sky River "
        "Storm Brook Misty Autumn Ginger Candy Cherry Melody Harmony Victor Earl Duke Christian Bishop Hunter Mason "
        "Taylor Carter Cooper Parker Tanner Archer Fletcher Sage Basil Rowan Ash Jordan Chelsea Paris Florence Kent "
        "Lewis Austin Brooklyn India China Asia Georgia Sydney Victoria Wayne Ty Bea Dot Art Van Don Josh Kit Lee Tad "
        "Theo Woody Buster Gill Gale Barb Carol Merry Rock Flora Fern Poppy Rosemary Savannah Trinity Unity Verity Peg",
        "Young Long Brown Green Black King Bishop Cook Baker Shepherd White Gray Wood Woods Hill Field Rivers Banks "
        "Stone Bell Ball Price Rich Poor Small Little Short Strong Swift Sharp Wise Bright Day Winter Summers Frost "
        "Snow Rain Waters Lake Marsh Moss Reed Bush Rose Flowers Berry Bean Rice Pope Abbot Monk Priest Noble Knight "
        "Page Squire Butler Porter Potter Miller Mason Carpenter Carter Cooper Turner Tanner Fisher Fowler Hunter "
        "Archer Weaver Taylor Draper Chandler Clerk Gardener Farmer Cross Church Temple House Hall Street Lane Rhodes "
        "Bridges Ford Wells Pool Park Parks Chase Drew Love Best Good Goodman Savage Moody Darling Friend Self Hope "
        "Nice Sweet Power Pride Case Close Court Sergeant Major Lord Earl Judge Law Crook Fox Wolf Lamb Hogg Bird Swan "
        "Drake Crane Finch Martin Nightingale Peacock Partridge Pike Salmon Herring Penny Pound Mark Marks Bond Cash",
    ),
}
NICK = (
    "Tash Shaz Jaz Kenz Temi Abs Mo Zak Zuza Gosia Kasia Bartek Wojtek Ash Baz Gaz Daz Dex Fitz Jonno Robbo Smithy Zee "
    "Kobby Tee Ceecee JJ Mags Nell Lottie Ottie Alfie Ozzy Izzy Ellie Abi Bex Becky Chrissie Deb Gabs Harj Jas Gurps "
    "Maz Naz Fari Sami Loz Lil Trish Steph Tone Ange Cass Dee Di Ed Flo Gus Jo Vi Cy Bo Ali Meg Mel Mick Ned Ru Tam Tig Tiny Smudge Spud Ginger Shorty Lofty Blue Red Bear Duke Fish Chalky "
    "Sparky Ziggy Biscuit Bubbles Cookie Peanut Titch Moose Tank Ace Flash Doc Boss Nipper Scouse Taff Paddy Jock Curly Digger "
    "Dusty Foxy Goose Lefty Mouse Ninja Pops Rocky Sunny Twig Wiz Bish Deano Gazza Macca Wills Robbie Billy Franny Hopey Gracie "
    "Llew Gruff Guto Angh Krys Kinga Tosin Seun Kemi Dapo Bola Femi Ola Wale Ifa Chi Obi Uche Nana Yaw Kofi Ama Efua"
).split()
PARTICLES = (
    "van der {}",
    "de {}",
    "dos {}",
    "da {}",
    "al-{}",
    "El-{}",
    "O'{}",
    "bin {}",
    "ibn {}",
    "van {}",
    "von {}",
    "de la {}",
)


@dataclass(frozen=True)
class Person:
    given: str
    family: str
    nick: str
    origin: str


@lru_cache(maxsize=1)
def bank() -> dict[str, tuple[list[str], list[str]]]:
    lists = {origin: (_named(given, "first"), _named(family, "last")) for origin, (given, family) in LISTS.items()}
    lists = {origin: names for origin, names in lists.items() if all(names)}
    return lists | {origin: (given.split(), family.split()) for origin, (given, family) in OWN.items()}


def _named(place: str, which: str) -> list[str]:
    provider = importlib.import_module(f"faker.providers.person.{place}").Provider
    found: set[str] = set()
    for name, value in vars(provider).items():
        if f"{which}_name" in name and "format" not in name and isinstance(value, dict | list | tuple | set):
            found |= {one for one in value if isinstance(one, str)}
    if place == "zh_CN":  # written in Chinese there; these in Latin letters
        found = set("Li Wei Xiuying Jianguo Hui Min Ping Yan Chen Wang Zhang Zhao Xu Sun Zhu Lin Guo Luo Zheng Liang Xie "
                    "Tang Xiaoming Meiling Jing Zihan Yichen Haoran Yuxuan Xinyi Mei Lan Hong Bo Jun Tao Qiang".split())  # fmt: skip
    if place == "uk_UA":
        found = set("Olena Andrii Oksana Taras Bohdan Dmytro Iryna Kateryna Mykola Nadiia Oleksandr Solomiia Svitlana "
                    "Yaroslav Yuliia Vasyl Volodymyr Zoya Halyna Larysa Ihor Petro Roman Serhii".split())  # fmt: skip
    return sorted(
        one for one in found if len(one) > 1 and all(ord(s) < 0x250 or 0x1E00 <= ord(s) < 0x1F00 for s in one)
    )


def person(rng: random.Random) -> Person:
    """Somebody, of an origin drawn so that no origin is rare."""
    lists = bank()
    weights = {"english": 9, "english2": 3, "word": 12, "welsh": 3, "irish": 2, "scottish": 2}
    origins = list(lists)
    origin = rng.choices(origins, [weights.get(one, 2) for one in origins])[0]
    given = rng.choice(lists[origin][0])
    other = (
        origin
        if rng.random() < 0.85 and origin != "word"
        else rng.choice(["english", "word", "english2", "welsh", "igbo"])
    )
    family = rng.choice(lists[other][1])
    draw = rng.random()
    if draw < 0.07:
        family += "-" + rng.choice(lists[rng.choice(["english", "english2", "word", "yoruba"])][1])
    elif draw < 0.13:
        family = rng.choice(PARTICLES).format(family)
    if rng.random() < 0.04:
        given += rng.choice(["-", " "]) + rng.choice(lists[origin][0])
    return Person(given, family, rng.choice(NICK), origin)
