"""What a credential is worth, asked here: one of our own as a page shows it, and any that somebody brings.

Nothing is fetched. The keys and lists of this site's bodies are at hand; those of others are handed in.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kithwork.awards.queries import ref_of
from kithwork.awards.queries.credentials import issuers_known, lists_known, proven, published_keys
from kithwork.core.credentials.openbadge import Finding, Found, NoCredential, did_address, line, read, verify

Json = dict[str, Any]
MOST = 200_000  # characters of a credential that is checked while somebody waits; ours have 6,000


@dataclass(frozen=True, slots=True)
class Proof:
    """How a credential of an award here stands: its finding, and whether it says what the register says."""

    finding: Finding
    agrees: bool


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a credential that somebody brought: the finding, whether a body of this site issued it, the award
    here that it is of, and where its issuer's document and status list are to be had ('' when that cannot be told).
    """

    finding: Finding
    ours: bool
    award: str
    did_at: str
    list_at: str


def proof_of(credential: str, at: datetime) -> Proof | None:
    """Check a signed credential of this site as anybody's software would; None when there is none of that reference,
    or it is handed out no more. Two queries.
    """
    row = proven(credential)
    if row is None or row.list is None:
        return None
    award, body = row.award, row.award.journey.edition.body
    keys = published_keys(body)
    finding = verify(
        json.loads(row.document), at=at, issuers=[keys] if keys else [], lists=[json.loads(row.list.document)]
    )
    said = finding.about
    until = award.valid_until.isoformat() if award.valid_until else ""
    agrees = said is not None and (said.number, said.holder, said.valid_until[:10]) == (
        award.number,
        line(award.holder),
        until,
    )
    return Proof(finding, agrees)


def check(content: bytes, *, at: datetime, issuers: Sequence[bytes] = (), lists: Sequence[bytes] = ()) -> Brought:
    """Check what somebody brought: JSON, or a picture with a credential inside; with it documents of issuers and
    status lists. Raises NoCredential, which says for a person what is wrong with a file.
    """
    credential = _read(content, "The credential")
    finding = _checked(
        credential,
        at,
        [_read(one, "The issuer's document") for one in issuers],
        [_read(one, "The status list") for one in lists],
    )
    issuer = finding.about.issuer if finding.about else ""
    ours = bool(issuers_known([issuer]))
    known = ref_of(finding.about.number) if ours and finding.about and _signed(finding) else None
    return Brought(finding, ours, known or "", _did_at(issuer), next(iter(_lists_named(credential)), ""))


def _read(content: bytes, what: str) -> Json:
    try:
        found = read(content)
    except NoCredential as fault:
        raise NoCredential(f"{what}: {fault}.") from fault
    if len(json.dumps(found)) > MOST:
        raise NoCredential(f"{what} is longer than what is checked on a page. `kithwork credential verify` takes it.")
    return found


def _checked(credential: Json, at: datetime, issuers: list[Json], lists: list[Json]) -> Finding:
    """What is known here comes last, and so weighs more than what was handed in under the same name."""
    issuer = credential.get("issuer")
    name = issuer.get("id") if isinstance(issuer, dict) else issuer
    known = issuers_known([name]) if isinstance(name, str) else []
    return verify(credential, at=at, issuers=[*issuers, *known], lists=[*lists, *lists_known(_lists_named(credential))])


def _signed(finding: Finding) -> bool:
    """Whether its signature was found to be good, whatever else was."""
    return bool(finding.checked)


def _lists_named(credential: Json) -> list[str]:
    given = credential.get("credentialStatus")
    entries = given if isinstance(given, list) else [given]
    found = [one.get("statusListCredential") for one in entries if isinstance(one, dict)]
    return [one for one in found if isinstance(one, str)]


def _did_at(issuer: str) -> str:
    try:
        return did_address(issuer)
    except ValueError:
        return ""


__all__ = ["MOST", "Brought", "Found", "NoCredential", "Proof", "check", "proof_of"]
