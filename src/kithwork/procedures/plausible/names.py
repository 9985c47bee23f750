"""Who and where, made up: names of many origins put together by chance, addresses nobody has, numbers nobody answers.

Telephone numbers are those Ofcom keeps for drama; post codes begin with letters no post town has.
"""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

_GIVEN = """
Abeni Adil Aeron Agnieszka Aiko Alban Amara Anwen Arun Asha Bao Beata Bede Bryn Cai Carys Chidi Ciara Dara Dilys
Dmitri Efua Eilidh Elif Emre Esme Farah Fflur Finlay Gethin Gita Grzegorz Hana Hari Hedda Idris Ifeoma Ilse Imran Isla
Jarek Jia Jomo Kamala Keir Kenji Kofi Lara Leandro Lowri Luca Mairead Malik Mei Mirza Morag Nadia Nia Nkechi Oisin
Oleksandr Omar Orla Padma Pilar Quill Rafe Rhian Rosa Sabah Samir Sunniva Tadeo Tamsin Temi Thabo Una Viktor Wanjiru
Xanthe Yara Yusuf Zainab Zofia
"""
_FAMILY = """
Abbotsmere Adeyfield Alderwood Amberley Ashdown-Rao Bakarwell Beckfold Birchall-Ozturk Bramblecote Brightwater
Brookhaven Carrowmere Cedarholm Coldwell-Iqbal Copperthorn Cranebrook Dapplewood Dewhollow Dunmarsh Eastermoor
Elderfield Fairhollow Farrowdale Featherby Fenwater Fernhallow Foxmere Gladewell Gorsefield Greenhithe-Osei Hallowmere
Harkwell Hawksmarsh Hazelbeck Heathercombe Hollowell Ivydene Juniperhall Kestrelby Kingsmarsh Larkfold Leafmere
Lindenhall Llanfawr Lowmoor-Chen Maplethorne Marlbrook Meadowsby Millholt Mossgrove Nettlecombe Northfen Oakenshade
Orchardby Otterholt Pebblewick Pinehallow Quarryfold Quillmarsh Ravenholt Redmarsh-Silva Reedwater Rowanby Rushmere
Saltholme Sedgebrook Silverfold Skylarken Sorrelby Springmarsh Starcombe Stonehallow Swallowby Tamarwell Thistledene
Thornmarsh Umberfold Valehollow Wagtailby Waterfold Whinfield Willowmarsh Wrenfold Yarrowby Yewdale-Khan
"""
GIVEN = tuple(_GIVEN.split())
FAMILY = tuple(_FAMILY.split())
STREETS = ("Lantern Row", "Ferry Lane", "Old Mill Street", "Heron Close", "Quayside", "Larch Avenue", "Chapel Rise")
AREAS = ("Lower Side", "Upper Side", "Netherquay", "Hollin Green", "Marsh End", "Eastfold")
LANGUAGES = ("English", "English", "English", "Polish", "Urdu", "Welsh", "Arabic", "Somali", "British Sign Language")
GENDERS = ("woman", "man", "woman", "man", "woman", "man", "non-binary", "")


class Place(NamedTuple):
    """Where somebody lives, about."""

    address: str
    postcode: str
    lat: float
    lon: float


def full_name(rng: Random) -> str:
    return f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"


def email(name: str, number: int) -> str:
    """`number` keeps two of one name apart."""
    return f"{name.lower().replace(' ', '.')}.{number}@people.example"


def phone(rng: Random) -> str:
    """One of the numbers Ofcom keeps for drama."""
    tail = f"{rng.randrange(1000):03}"
    return f"07700 900{tail}" if rng.random() < 0.7 else f"01632 960{tail}"


def place(rng: Random, centre: tuple[float, float]) -> Place:
    """Somewhere within about eight kilometres of a centre (degrees)."""
    number = rng.randrange(len(AREAS))
    code = f"XX{number + 1} {rng.randrange(1, 10)}{rng.choice('ABDEFGHJ')}{rng.choice('LNPQRSTU')}"
    lat, lon = (round(one + rng.uniform(-0.06, 0.06), 4) for one in centre)
    return Place(f"{rng.randrange(1, 120)} {rng.choice(STREETS)}\n{AREAS[number]}", code, lat, lon)


def born(rng: Random, on: date, youngest: int, oldest: int) -> date:
    return on - timedelta(days=rng.randrange(youngest * 365 + 90, oldest * 365))
