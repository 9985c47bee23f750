"""Sealed bytes: AES-256-GCM under the installation's key for originals, bound to the row that they belong to."""

import base64
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12  # bytes: NIST SP 800-38D, section 8.2


class Broken(Exception):
    """What was sealed cannot be opened: changed, put under another row, or sealed with another key."""


def seal(content: bytes, whose: str) -> bytes:
    """The content, sealed for `whose` (a row's kind and reference); nothing of it can be read or moved elsewhere."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _cipher().encrypt(nonce, content, whose.encode())


def unseal(sealed: bytes, whose: str) -> bytes:
    """What was sealed for `whose`. Raises Broken."""
    try:
        return _cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], whose.encode())
    except (InvalidTag, ValueError) as error:
        raise Broken("This cannot be opened with this installation's key.") from error


def seal_json(told: Any, whose: str) -> bytes:
    return seal(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), whose)


def unseal_json(sealed: bytes | memoryview, whose: str) -> Any:
    """Raises Broken. PostgreSQL hands bytes over as a memoryview."""
    return json.loads(unseal(bytes(sealed), whose))


def _cipher() -> AESGCM:
    return AESGCM(base64.urlsafe_b64decode(settings.ORIGINALS_KEY))
