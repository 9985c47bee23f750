"""What a credential says, as plain facts, before anybody thinks of JSON."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

_ORDERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # U+000B comes from Word
_LONE = re.compile("[\ud800-\udfff]")


class AchievementKind(StrEnum):
    """Those of Open Badges' closed list that a scheme can grant."""

    QUALITY = "QualityAssuranceCredential"
    AWARD = "Award"
    LICENCE = "License"
    CERTIFICATION = "Certification"
    COMPLETION = "CertificateOfCompletion"


class Purpose(StrEnum):
    """What a status list is kept for."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"


@dataclass(frozen=True, slots=True)
class Issuer:
    """The awarding body. `did` is its did:web; `url` its site, `email` and `image` (an address) '' when it has none."""

    did: str
    name: str
    url: str = ""
    email: str = ""
    image: str = ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """One item of the framework that was met. `url` is where CASE serves it, for good."""

    name: str
    url: str
    code: str = ""
    framework: str = ""


@dataclass(frozen=True, slots=True)
class Achievement:
    """What was achieved. `criteria` is Markdown; `criteria_url` a page that says the same; `image` an address."""

    id: str
    name: str
    description: str
    criteria: str
    kind: AchievementKind
    criteria_url: str = ""
    version: str = ""
    code: str = ""
    image: str = ""
    alignments: tuple[Alignment, ...] = ()
    credits: int | None = None  # of higher education


@dataclass(frozen=True, slots=True)
class Person:
    """A holder who is a person. The address of e-mail goes in as a hash only, with `salt`, which is drawn at random."""

    name: str
    email: str = ""
    salt: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A holder that is a service; `url` its site, `of` the organisation that runs it."""

    name: str
    url: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A kind of evidence that was judged, in words that name nobody: 'Visit', 'Held on one day by two assessors.'"""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The place in a status list: `list_url` its address, `index` a number that no other credential has had."""

    list_url: str
    index: int
    purpose: Purpose = Purpose.REVOCATION


@dataclass(frozen=True, slots=True)
class CredentialFacts:
    """All that one credential says. `id` is an address or urn:uuid of its own: two credentials of one award differ.

    Days are calendar days where the awarding body is; the last one counts. `valid_until` None: without end.
    """

    id: str
    issuer: Issuer
    achievement: Achievement
    holder: Person | Organisation
    number: str
    awarded_on: date
    valid_from: date
    valid_until: date | None = None
    evidence: tuple[Shown, ...] = ()
    status: Listed | None = None


def line(text: str) -> str:
    """A text on one line, without orders to the machine: control characters, and marks that turn the direction."""
    return " ".join(_plain(text).split())


def prose(text: str) -> str:
    """The same with its paragraphs kept."""
    return _plain(text).strip()


def _plain(text: str) -> str:
    return _LONE.sub("\ufffd", _ORDERS.sub(lambda one: " " if one[0] in "\x0b\x0c\x85" else "", text))


def identity_hash(email: str, salt: str) -> str:
    """How a credential names an address of e-mail: lower-cased, as others do, with its salt, hashed."""
    told = (email.strip().lower() + salt).encode(errors="replace")  # half a sign, from whatever pasted it, is a "?"
    return f"sha256${sha256(told).hexdigest()}"
