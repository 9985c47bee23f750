"""What is sealed at the gate: under the installation's key for originals, bound to the row that it belongs to."""

import base64
import json
from typing import Any

from django.conf import settings

from kithwork.core import sealing
from kithwork.core.sealing import Broken

__all__ = ["Broken", "seal", "seal_json", "unseal", "unseal_json"]


def seal(content: bytes, whose: str) -> bytes:
    """The content, sealed for `whose` (a row's kind and reference); nothing of it can be read or moved elsewhere."""
    return sealing.seal(content, whose, key=_key())


def unseal(sealed: bytes, whose: str) -> bytes:
    """What was sealed for `whose`. Raises Broken."""
    return sealing.unseal(sealed, whose, key=_key())


def seal_json(told: Any, whose: str) -> bytes:
    return seal(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), whose)


def unseal_json(sealed: bytes | memoryview, whose: str) -> Any:
    """Raises Broken. PostgreSQL hands bytes over as a memoryview."""
    return json.loads(unseal(bytes(sealed), whose))


def _key() -> bytes:
    return base64.urlsafe_b64decode(settings.ORIGINALS_KEY)
