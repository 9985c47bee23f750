"""Made-up people of many origins: from lists of names by country, and from people.txt (origin, given, family names)."""

import importlib
import random
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from kithwork.core.redaction.words import bare

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
    "vietnamese": ("vi_VN", "vi_VN"),
    "portuguese": ("pt_PT", "pt_PT"),
    "brazilian": ("pt_BR", "pt_BR"),
    "spanish": ("es_ES", "es_ES"),
    "french": ("fr_FR", "fr_FR"),
    "czech": ("cs_CZ", "cs_CZ"),
    "hungarian": ("hu_HU", "hu_HU"),
    "dutch": ("nl_NL", "nl_NL"),
    "german": ("de_DE", "de_DE"),
}
_PLAIN = str.maketrans("łŁđĐıøß", "lLdDios")
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
    own = (Path(__file__).parent / "people.txt").read_text(encoding="utf-8").strip().split("\n\n")
    shipped = (files("kithwork.core.redaction.numbers") / "names.txt").read_text(encoding="utf-8").strip()
    for told in [*own, *shipped.split("\n\n")]:
        origin, given, family = told.split("\n")
        old = lists.get(origin, ([], []))
        lists[origin] = sorted({*old[0], *given.split()}), sorted({*old[1], *family.split()})
    return lists


@lru_cache(maxsize=1)
def nicknames() -> list[str]:
    return (Path(__file__).parent / "nicknames.txt").read_text(encoding="utf-8").split()


def _named(place: str, which: str) -> list[str]:
    provider = importlib.import_module(f"faker.providers.person.{place}").Provider
    found: set[str] = set()
    for name, value in vars(provider).items():
        if f"{which}_name" in name and "format" not in name and isinstance(value, dict | list | tuple | set):
            found |= {one for one in value if isinstance(one, str)}
    return sorted(
        one for one in found if len(one) > 1 and all(ord(s) < 0x250 or 0x1E00 <= ord(s) < 0x1F00 for s in one)
    )


def _called(given: str, rng: random.Random) -> str:
    """A short form made of a given name, half the time; else what anybody may be called."""
    stem = re.match(r"[^\W\d_]+", given)
    if stem is None or len(stem.group()) < 5 or rng.random() < 0.5:
        return rng.choice(nicknames())
    cut = re.match(r"[^aeiouy]*[aeiouy]+[^aeiouy]", stem.group(), re.IGNORECASE)
    short = cut.group() if cut else stem.group()[:3]
    return short + rng.choice(["", "", "y", "ie", "s", "z", "o", "a", "zza", "ster"])


def person(rng: random.Random) -> Person:
    """Somebody, of an origin drawn so that no origin is rare."""
    lists = bank()
    weights = {
        "english": 9,
        "english2": 3,
        "word": 12,
        "welsh": 3,
        "irish": 2,
        "scottish": 3,
        "nigerian": 4,
        "vietnamese": 3,
    }
    origins = list(lists)
    origin = rng.choices(origins, [weights.get(one, 2) for one in origins])[0]
    given = rng.choice(lists[origin][0])
    plain = rng.random() < 0.5  # half of those with marks are written without
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
    if plain:
        given, family = bare(given).translate(_PLAIN), bare(family).translate(_PLAIN)
    return Person(given, family, _called(given, rng), origin)
