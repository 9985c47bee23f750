"""What checking a credential can find. One verdict each, and a sentence for whoever asked."""

from dataclasses import dataclass
from enum import StrEnum

from kithwork.core.credentials.openbadge.contexts import Json


class Found(StrEnum):
    """How a credential stands."""

    VALID = "valid"
    NOT_YET = "not yet valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    TAMPERED = "tampered"  # it does not match its signature
    WRONG_KEY = "wrong key"  # a key that its issuer does not have for this
    WRONG_LIST = "wrong list"  # the status list is not the one that it names, or proves nothing
    NO_KEYS = "keys not known"  # the issuer's document is not at hand
    NO_LIST = "status not known"  # the status list is not at hand
    UNREADABLE = "unreadable"  # no credential, or one in a form that cannot be checked here


@dataclass(frozen=True, slots=True)
class About:
    """What a credential says, in its own words; '' for what it leaves out. To be trusted as far as the verdict goes."""

    name: str
    issuer: str
    issuer_name: str
    holder: str
    number: str
    valid_from: str
    valid_until: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict, because of what, and what was found in order on the way there."""

    found: Found
    because: str
    about: About | None = None
    checked: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.found is Found.VALID


class Stop(Exception):
    """Ends a check with a verdict."""

    def __init__(self, found: Found, because: str) -> None:
        super().__init__(because)
        self.found = found
        self.because = because


def about(credential: Json) -> About:
    """What it says of itself, whatever shape it has."""
    subject = _one(credential.get("credentialSubject"))
    achievement = _one(subject.get("achievement"))
    issuer = credential.get("issuer")
    return About(
        name=_text(credential.get("name")) or _text(achievement.get("name")),
        issuer=issuer_of(credential),
        issuer_name=_text(issuer.get("name")) if isinstance(issuer, dict) else "",
        holder=_text(subject.get("name")) or _named(subject),
        number=_text(subject.get("licenseNumber")),
        valid_from=_text(credential.get("validFrom")),
        valid_until=_text(credential.get("validUntil")),
    )


def issuer_of(credential: Json) -> str:
    issuer = credential.get("issuer")
    return _text(issuer.get("id") if isinstance(issuer, dict) else issuer)


def _named(subject: Json) -> str:
    listed = subject.get("identifier")
    for one in listed if isinstance(listed, list) else [listed]:
        if isinstance(one, dict) and one.get("hashed") is False:
            return _text(one.get("identityHash"))
    return ""


def _one(value: object) -> Json:
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("@value")
    return value if isinstance(value, str) else ""
