"""An Open Badge 3.0 from facts: every field that consumers ask for, in the formal form (lists stay lists)."""

import re
from datetime import date, datetime, time, tzinfo

from kithwork.core.credentials.openbadge.contexts import CREDENTIALS, OPEN_BADGES, Json
from kithwork.core.credentials.openbadge.facts import (
    Achievement,
    Alignment,
    CredentialFacts,
    Issuer,
    Listed,
    Organisation,
    Person,
    identity_hash,
    line,
    prose,
)

_ADDRESS = re.compile(r"(https?://[^\s<>\"{}|\\^`]+|urn:uuid:[0-9a-f-]{36}|did:[a-z0-9]+:[^\s<>\"{}|\\^`#]+)")
_SALT = re.compile(r"[A-Za-z0-9_-]{8,64}")


def build(facts: CredentialFacts, zone: tzinfo) -> Json:
    """The credential, to be signed. `zone` is where the awarding body's days begin and end.

    Raises ValueError when a needed text is empty, an address is none, or validity ends before it begins.
    """
    if facts.valid_until and facts.valid_until < facts.valid_from:
        raise ValueError("validity ends before it begins")
    made: Json = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": address(facts.id, "the credential's own name"),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": _needed(facts.achievement.name, "the achievement's name"),
        "description": line(f"{facts.achievement.name}, awarded by {facts.issuer.name}"),
        "issuer": profile(facts.issuer),
        "validFrom": _begins(facts.valid_from, zone),
        "awardedDate": _begins(facts.awarded_on, zone),
        "credentialSubject": _subject(facts),
    }
    if facts.valid_until:
        made["validUntil"] = _stamp(datetime.combine(facts.valid_until, time(23, 59, 59), zone))
    if facts.evidence:
        made["evidence"] = [
            {"type": ["Evidence"], "name": _needed(one.name, "the evidence's name"), **_some("narrative", one.says)}
            for one in facts.evidence
        ]
    if facts.status:
        made["credentialStatus"] = _status(facts.status)
    return made


def profile(issuer: Issuer) -> Json:
    """Who awards, as credentials and status lists name them."""
    return {
        "id": address(issuer.did, "the issuer's name"),
        "type": ["Profile"],
        "name": _needed(issuer.name, "the issuer's name"),
        **({"url": address(issuer.url, "the issuer's site")} if issuer.url else {}),
        **_some("email", issuer.email),
        **_image(issuer.image, issuer.name),
    }


def is_address(text: str) -> bool:
    """Whether a text can stand where a credential wants an address."""
    return bool(_ADDRESS.fullmatch(text)) and text.isascii() and text.isprintable()


def address(text: str, what: str) -> str:
    """An address as it is. Raises ValueError when it is none; `what` says whose."""
    if not is_address(text):
        raise ValueError(f"{what} is no address: '{text[:80]}'")
    return text


def _subject(facts: CredentialFacts) -> Json:
    holder = facts.holder
    name = _needed(holder.name, "the holder's name")
    made: Json = {"type": ["AchievementSubject"], "name": name}
    # wallets show the first name that is not hashed as the one whom it was issued to
    named: list[Json] = [{"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "name"}]
    match holder:
        case Organisation():
            made |= {"id": address(holder.url, "the holder's site")} if holder.url else {}
            made |= _some("narrative", f"A service of {line(holder.of)}" if line(holder.of) else "")
        case Person() if holder.email:
            named.append(_hashed(holder))
    return {
        **made,
        "identifier": named,
        "licenseNumber": _needed(facts.number, "the number"),
        "achievement": _achievement(facts.achievement),
    }


def _hashed(person: Person) -> Json:
    if not _SALT.fullmatch(person.salt):
        raise ValueError("an address of e-mail is hashed with a salt of 8 letters or more")
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": identity_hash(person.email, person.salt),
        "identityType": "emailAddress",
        "salt": person.salt,
    }


def _achievement(one: Achievement) -> Json:
    _needed(one.criteria, "what it was awarded for")
    url = {"id": address(one.criteria_url, "the page of the criteria")} if one.criteria_url else {}
    return {
        "id": address(one.id, "the achievement's own name"),
        "type": ["Achievement"],
        "name": _needed(one.name, "the achievement's name"),
        "description": _needed(one.description, "the achievement's description"),
        "criteria": {**url, "narrative": prose(one.criteria)},
        "achievementType": one.kind.value,
        "inLanguage": "en-GB",
        **_some("version", one.version),
        **_some("humanCode", one.code),
        **({"creditsAvailable": one.credits} if one.credits is not None else {}),
        **_image(one.image, one.name),
        **({"alignment": [_aligned(item) for item in one.alignments]} if one.alignments else {}),
    }


def _aligned(item: Alignment) -> Json:
    return {
        "type": ["Alignment"],
        "targetType": "CFItem",
        "targetName": _needed(item.name, "an alignment's name"),
        "targetUrl": address(item.url, "an alignment"),
        **_some("targetCode", item.code),
        **_some("targetFramework", item.framework),
    }


def _status(place: Listed) -> Json:
    """One object and no list of them, which the schema of Open Badges would refuse."""
    if place.index < 0:
        raise ValueError("a place in a status list is 0 or more")
    return {
        "id": f"{address(place.list_url, 'the status list')}#{place.index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": place.purpose.value,
        "statusListIndex": str(place.index),
        "statusListCredential": place.list_url,
    }


def _image(url: str, caption: str) -> Json:
    if not url:
        return {}
    return {"image": {"id": address(url, "the image"), "type": "Image", **_some("caption", caption)}}


def _some(name: str, text: str) -> Json:
    """The field, or nothing: an empty text says less than none."""
    text = prose(text)
    return {name: text} if text else {}


def _needed(text: str, what: str) -> str:
    text = line(text)
    if not text:
        raise ValueError(f"{what} is empty")
    return text


def _begins(day: date, zone: tzinfo) -> str:
    return _stamp(datetime.combine(day, time(), zone))


def _stamp(value: datetime) -> str:
    """With its offset, so that whoever shows the first ten letters shows the right day."""
    text = value.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text
