"""Whether a document was signed by whom it names: its proofs, and the keys of its issuer."""

from base64 import urlsafe_b64decode
from binascii import Error
from collections.abc import Mapping
from datetime import datetime

from kithwork.core.credentials.openbadge.contexts import Json, Unreadable
from kithwork.core.credentials.openbadge.finding import Found, Stop, issuer_of
from kithwork.core.credentials.openbadge.keys import fits, public_bytes, unbase58
from kithwork.core.credentials.openbadge.signing import SUITE, hashed
from kithwork.core.credentials.openbadge.times import read_moment

_MOST_PROOFS = 4


def prove(document: Json, issuers: Mapping[str, Json], at: datetime) -> str:
    """Raises Stop unless every proof is good; gives the key's name. `issuers`: their documents by did.

    All proofs must be good: a second one that does not fit says that something happened to the document.
    """
    bare = {name: value for name, value in document.items() if name != "proof"}
    given = document.get("proof")
    proofs = given if isinstance(given, list) else [given]
    if not proofs or given is None:
        raise Stop(Found.UNREADABLE, "It is not signed.")
    if len(proofs) > _MOST_PROOFS:
        raise Stop(Found.UNREADABLE, "It has more signatures than are read here.")
    names = [_prove_one(bare, proof, issuers, at) for proof in proofs]
    return names[0]


def _prove_one(bare: Json, proof: object, issuers: Mapping[str, Json], at: datetime) -> str:
    if not isinstance(proof, dict) or proof.get("type") != "DataIntegrityProof" or proof.get("cryptosuite") != SUITE:
        kind = (proof.get("cryptosuite") or proof.get("type")) if isinstance(proof, dict) else None
        raise Stop(Found.UNREADABLE, f"Its signature is of a kind that is not read here ({str(kind)[:60]}).")
    if "previousProof" in proof or "@context" in proof:
        raise Stop(Found.UNREADABLE, "Its signature is of a kind that is not read here (a chain).")
    if proof.get("proofPurpose") != "assertionMethod":
        raise Stop(Found.WRONG_KEY, "It was signed for another purpose than to state something.")
    name, value = proof.get("verificationMethod"), proof.get("proofValue")
    if not isinstance(name, str):
        raise Stop(Found.UNREADABLE, "Its signature does not name a key.")
    issuer = issuer_of(bare)
    if name.partition("#")[0] != issuer:
        raise Stop(Found.WRONG_KEY, "It was signed with a key of somebody other than its issuer.")
    public, known = _key(name, issuer, issuers)
    signature = unbase58(value[1:]) if isinstance(value, str) and value[:1] == "z" and len(value) < 120 else None
    if signature is None:
        raise Stop(Found.TAMPERED, "Its signature is no signature.")
    try:
        message = hashed(bare, {part: held for part, held in proof.items() if part != "proofValue"})
    except Unreadable as fault:
        raise Stop(Found.UNREADABLE, f"It cannot be checked: {fault}.") from fault
    if not fits(public, signature, message):
        raise Stop(Found.TAMPERED, "It was changed after it was signed, or signed with another key than it says.")
    if not known:
        because = "It is signed with the key it names. Whether that is its issuer's, only the issuer's document tells."
        raise Stop(Found.NO_KEYS, because)
    if "expires" in proof:
        ends = read_moment(proof["expires"])
        if ends is None or ends < at:
            raise Stop(Found.EXPIRED, "Its signature has run out.")
    return name


def _key(name: str, issuer: str, issuers: Mapping[str, Json]) -> tuple[bytes, bool]:
    """The public bytes, and whether they are known to be the issuer's."""
    fragment = name.partition("#")[2]
    if issuer.startswith("did:key:"):
        public = public_bytes(issuer.removeprefix("did:key:"))
        if public is None or fragment != issuer.removeprefix("did:key:"):
            raise Stop(Found.WRONG_KEY, "It was signed with a key of somebody other than its issuer.")
        return public, True
    document = issuers.get(issuer)
    if document is None:
        public = public_bytes(fragment)
        if public is None:
            raise Stop(Found.NO_KEYS, f"The document of its issuer, {issuer[:120]}, is needed and not at hand.")
        return public, False
    return _published(document, name), True


def _published(document: Json, name: str) -> bytes:
    """A key that the issuer's document has for making statements."""
    allowed = _listed(document.get("assertionMethod"))
    embedded = [one for one in allowed if isinstance(one, dict) and one.get("id") == name]
    methods = [*embedded, *(one for one in _listed(document.get("verificationMethod")) if isinstance(one, dict))]
    found = next((one for one in methods if one.get("id") == name), None)
    if found is None:
        raise Stop(Found.WRONG_KEY, "It was signed with a key that its issuer's document does not have.")
    if not embedded and name not in allowed:
        raise Stop(Found.WRONG_KEY, "It was signed with a key that its issuer has for other things than statements.")
    if found.get("controller") != document.get("id"):
        raise Stop(Found.WRONG_KEY, "It was signed with a key that somebody other than its issuer holds.")
    public = public_bytes(found.get("publicKeyMultibase")) or _of_jwk(found.get("publicKeyJwk"))
    if public is None:
        raise Stop(Found.UNREADABLE, "The issuer's key is of a kind that is not read here.")
    return public


def _of_jwk(jwk: object) -> bytes | None:
    if not isinstance(jwk, dict) or jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519":
        return None
    text = jwk.get("x")
    if not isinstance(text, str) or len(text) != 43:
        return None
    try:
        return urlsafe_b64decode(f"{text}=")
    except (Error, ValueError):
        return None


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]
