"""Names that say nothing: the same for the same person, and unknowable without the key. Pure: the key is handed in."""

import hashlib
import hmac

__all__ = ["key_for", "pseudonym"]


def key_for(secret: str, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, made of the installation's secret; keys of two purposes tell nothing of each
    other (the expansion step of RFC 5869, with a secret that is random already).
    """
    return hmac.new(secret.encode(), f"kithwork pseudonyms: {purpose}\x01".encode(), hashlib.sha256).digest()


def pseudonym(key: bytes, *parts: str) -> str:
    """64 hexadecimal digits for what the parts name together; ('ab', 'c') is another than ('a', 'bc')."""
    named = "".join(f"{len(part.encode())}:{part}" for part in parts)
    return hmac.new(key, named.encode(), hashlib.sha256).hexdigest()
