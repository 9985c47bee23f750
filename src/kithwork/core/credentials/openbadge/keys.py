"""Ed25519 keys as Multikey, the names of issuers (did:web) and what an issuer publishes about its keys.

Keys are handed in and never kept.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kithwork.core.credentials.openbadge.contexts import Json

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"  # base58btc
_ED25519 = b"\xed\x01"  # multicodec ed25519-pub
_PATH = re.compile(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*")


@dataclass(frozen=True, slots=True)
class Key:
    """A private Ed25519 key. `seed` is its 32 secret bytes; they are not shown when it is printed."""

    seed: bytes

    def __post_init__(self) -> None:
        if len(self.seed) != 32:
            raise ValueError("a key is made of 32 bytes")

    def __repr__(self) -> str:
        return f"Key({self.public})"

    @property
    def public(self) -> str:
        """The public half in multibase: 'z6Mk…'."""
        half = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        return multibase(half.public_bytes(Encoding.Raw, PublicFormat.Raw))

    def sign(self, message: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)


def fits(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature (64 bytes) over the message was made with the private half of `public` (32 bytes)."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def multibase(public: bytes) -> str:
    """32 public bytes as a Multikey's text, 'z6Mk…'."""
    return f"z{base58(_ED25519 + public)}"


def public_bytes(text: object) -> bytes | None:
    """The 32 public bytes of a Multikey's text; None when it is no Ed25519 key."""
    if not isinstance(text, str) or not text.startswith("z") or len(text) > 60:
        return None
    held = unbase58(text[1:])
    return held[2:] if held is not None and held[:2] == _ED25519 and len(held) == 34 else None


def base58(content: bytes) -> str:
    number = int.from_bytes(content)
    text = ""
    while number:
        number, rest = divmod(number, 58)
        text = _ALPHABET[rest] + text
    return "1" * (len(content) - len(content.lstrip(b"\0"))) + text


def unbase58(text: str) -> bytes | None:
    """The bytes; None when a letter is none of base58btc's."""
    number = 0
    for letter in text:
        at = _ALPHABET.find(letter)
        if at < 0:
            return None
        number = number * 58 + at
    content = number.to_bytes((number.bit_length() + 7) // 8)
    return b"\0" * (len(text) - len(text.lstrip("1"))) + content


def did_web(base: str, path: str) -> str:
    """The did:web of what is served at `path` below a site's address: 'did:web:kithwork.example:bodies:kestrel'.

    Its document belongs at `base`/`path`/did.json. A path is needed: verifiers disagree about a port without one.
    Raises ValueError when the address is not http(s) or the path holds more than letters, digits, '.', '_' and '-'.
    """
    parts = urlsplit(base)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not base.isascii():
        raise ValueError(f"'{base}' is no address: it begins with https://")
    whole = "/".join(part for part in (parts.path.strip("/"), path.strip("/")) if part)
    if not path.strip("/") or not _PATH.fullmatch(whole):
        raise ValueError(f"'{whole}' is no path for a name: letters, digits, '.', '_' and '-'")
    return ":".join(["did:web", quote(parts.netloc, safe=""), *whole.split("/")])


def did_address(did: str) -> str:
    """Where the document of a did:web is served. Raises ValueError for any other name."""
    parts = did.split(":")
    if parts[:2] != ["did", "web"] or len(parts) < 3 or not all(parts[2:]):
        raise ValueError(f"'{did}' is no did:web")
    host, *path = (unquote(part) for part in parts[2:])
    return f"https://{host}/{'/'.join(path or ['.well-known'])}/did.json"


def method(did: str, public: str) -> str:
    """The name of a key of an issuer: its own text is the fragment, as verifiers expect it."""
    return f"{did}#{public}"


def did_document(did: str, publics: Iterable[str], *, name_of: str = "") -> Json:
    """What is served as did.json. `publics` are keys as multibase: the one in use and all retired ones, for as long as
    credentials signed with them live; a key that was stolen is left out, and what it signed is void.

    `name_of` is the issuer's page on the web. Raises ValueError when there is no key.
    """
    methods = [
        {"id": method(did, public), "type": "Multikey", "controller": did, "publicKeyMultibase": public}
        for public in dict.fromkeys(publics)
    ]
    if not methods:
        raise ValueError("an issuer has a key")
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        **({"alsoKnownAs": [name_of]} if name_of else {}),
        "verificationMethod": methods,
        "assertionMethod": [one["id"] for one in methods],
    }
