"""Two credentials with every field, a person's and a service's; their issuer, its keys and its list."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from kithwork.core.credentials.openbadge import (
    Achievement,
    AchievementKind,
    Alignment,
    Bits,
    CredentialFacts,
    Issuer,
    Key,
    Listed,
    Organisation,
    Person,
    Purpose,
    Shown,
    build,
    did_document,
    did_web,
    sign,
    status_list,
)

Json = dict[str, Any]
BASE = "https://kithwork.example"
LONDON = ZoneInfo("Europe/London")
KEY, RETIRED, STRANGER = Key(bytes(range(32))), Key(bytes(range(1, 33))), Key(b"s" * 32)
DID = did_web(BASE, "bodies/kestrel")
LIST = f"{BASE}/bodies/kestrel/revoked/1"
SIGNED_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
NOW = datetime(2027, 1, 1, tzinfo=UTC)
ISSUER = Issuer(DID, "The Kestrel Body", f"{BASE}/about", "hello@kestrel.example", f"{BASE}/kestrel.png")
ACHIEVEMENT = Achievement(
    id=f"{BASE}/schemes/kestrel/?edition=2024#gold",
    name="Kestrel Gold",
    description="A mentoring service that works well.",
    criteria="All 61 indicators were shown.\n\n- The service stays a member.",
    kind=AchievementKind.QUALITY,
    criteria_url=f"{BASE}/schemes/kestrel/",
    version="2024",
    code="gold",
    image=f"{BASE}/badge.png",
    alignments=(Alignment("Gold", f"{BASE}/ims/case/v1p1/CFItems/1", "gold", "Kestrel"),),
    credits=30,
)
SERVICE = CredentialFacts(
    id="urn:uuid:1b4e28ba-2fa1-41d2-883f-0016d3cca427",
    issuer=ISSUER,
    achievement=ACHIEVEMENT,
    holder=Organisation("Lanternside Mentoring", "https://lanternside.example/", "Lanternside Trust"),
    number="KESTREL-2026-0007",
    awarded_on=date(2026, 6, 20),
    valid_from=date(2026, 7, 1),
    valid_until=date(2029, 6, 30),
    evidence=(Shown("Visit", "Held on one day by two assessors."), Shown("Documents", "61 were read.")),
    status=Listed(LIST, 94_321),
)
PERSON = replace(
    SERVICE,
    id=f"{BASE}/credentials/abc",
    holder=Person("Zoë Ørsted-O’Neill", "Zoe@Mentor.Example", "c2FsdHNhbHQ"),
    achievement=replace(ACHIEVEMENT, kind=AchievementKind.LICENCE),
)
DOCUMENT = did_document(DID, [KEY.public, RETIRED.public], name_of=f"{BASE}/about")


def issued(facts: CredentialFacts = SERVICE, key: Key = KEY, issuer: str = DID) -> Json:
    return sign(build(facts, LONDON), key=key, issuer=issuer, created=SIGNED_AT)


@cache
def listed(*indexes: int, purpose: Purpose = Purpose.REVOCATION, key: Key = KEY) -> Json:
    """The list with the bits at `indexes` set."""
    bits = Bits()
    for index in indexes:
        bits.set(index, True)
    return sign(status_list(LIST, ISSUER, purpose, bits, since=SINCE), key=key, issuer=DID, created=SIGNED_AT)
