"""Signing with eddsa-rdfc-2022: the one suite that every consumer of Open Badges 3.0 takes (W3C vc-di-eddsa, 3.2)."""

from datetime import UTC, datetime
from hashlib import sha256

from kithwork.core.credentials.openbadge.contexts import Json, canonical
from kithwork.core.credentials.openbadge.keys import Key, base58, method

SUITE = "eddsa-rdfc-2022"


def sign(document: Json, *, key: Key, issuer: str, created: datetime) -> Json:
    """The document with its proof; one that was there is replaced. Same arguments, same bytes (Ed25519 is so).

    `issuer` is the did whose key this is, `created` the moment, with its zone. Raises Unreadable when the document
    says what could not be signed.
    """
    bare = {name: value for name, value in document.items() if name != "proof"}
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": moment(created),
        "verificationMethod": method(issuer, key.public),
        "proofPurpose": "assertionMethod",
    }
    value = f"z{base58(key.sign(hashed(bare, proof)))}"
    return {**bare, "proof": [{**proof, "proofValue": value}]}  # a list: the formal schema of Open Badges asks for one


def hashed(bare: Json, proof: Json) -> bytes:
    """What is signed: the hash of the proof's own statements, and that of the document's, 64 bytes."""
    about = canonical({"@context": bare.get("@context"), **proof})
    return sha256(about).digest() + sha256(canonical(bare)).digest()


def moment(value: datetime) -> str:
    """A moment as XML Schema writes it, whole seconds, in UTC. Raises ValueError when it has no zone."""
    if value.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
