"""Sealed bytes: AES-256-GCM under a key that is handed in, bound to the row that they belong to."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12  # bytes: NIST SP 800-38D, section 8.2


class Broken(Exception):
    """What was sealed cannot be opened: changed, put under another row, or sealed with another key."""


def seal(content: bytes, whose: str, *, key: bytes) -> bytes:
    """The content, sealed for `whose` (a row's kind and reference); nothing of it can be read or moved elsewhere."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, whose.encode())


def unseal(sealed: bytes, whose: str, *, key: bytes) -> bytes:
    """What was sealed for `whose`. Raises Broken."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], whose.encode())
    except (InvalidTag, ValueError) as error:
        raise Broken("This cannot be opened with this installation's key.") from error
