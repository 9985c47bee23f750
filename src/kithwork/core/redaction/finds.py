"""What was found in a text: where, what kind of thing, who said so, and how sure."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What identifies somebody. A closed list: a rule of a scheme may keep a kind, never add one."""

    PERSON = "person"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    POSTCODE = "postcode"
    BIRTH = "birth"  # a date of birth, never another date
    NI = "ni"  # National Insurance
    NHS = "nhs"
    DBS = "dbs"  # a certificate's number
    BANK = "bank"  # sort code with account, IBAN, card
    WEB = "web"  # a person's page or handle
    PLATE = "plate"


class Source(StrEnum):
    """Who said so."""

    KNOWN = "known"  # a person of the service's records
    PATTERN = "pattern"  # its shape, and its checksum where it has one
    MODEL = "model"  # a language model
    CUE = "cue"  # what stands around it: a label, a title, a sign-off, a capital that no dictionary explains
    HAND = "hand"  # a person marked it


@dataclass(frozen=True, slots=True, order=True)
class Find:
    """Characters `start` up to `end` (as Python counts them) of one text."""

    start: int
    end: int
    kind: Kind
    sources: tuple[Source, ...]  # the strongest first
    confidence: float  # 0 to 1: how likely it is to identify somebody
    whose: str = ""  # the key of the known person, where one is known


# Chosen on our own notes, held out from the fit (docs/redaction.md): 0.2 finds half a point more names there and
# takes more words for them (Dear Sir); 0.3 loses a point.
CERTAIN = 0.22  # from here on it is reduced unless a person keeps it
DOUBTFUL = 0.05  # from here on it is shown to a person, who decides
