"""Bitstring Status List (W3C, 1.0): one bit a credential, so that asking about one tells nobody which."""

import gzip
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Container
from datetime import datetime

from kithwork.core.credentials.openbadge.building import address, profile
from kithwork.core.credentials.openbadge.contexts import CREDENTIALS, Json
from kithwork.core.credentials.openbadge.facts import Issuer, Purpose
from kithwork.core.credentials.openbadge.signing import moment

SHORTEST = 131_072  # bits; the standard's least, so that one credential hides among many
_LONGEST = 1 << 27  # bits that are unpacked at most: 16 MiB
_ENCODED = re.compile(r"u[A-Za-z0-9_-]+")


class NoList(ValueError):
    """Something that is no list of bits; the text says why."""


class Bits:
    """The bits of one list. Those that are set stay set: the standard calls revocation final; a suspension ends."""

    def __init__(self, content: bytes = bytes(SHORTEST // 8)) -> None:
        if len(content) * 8 < SHORTEST:
            raise NoList(f"the list has {len(content) * 8} places; {SHORTEST} is the least that keeps secrets")
        self._content = bytearray(content)

    def __len__(self) -> int:
        return len(self._content) * 8

    def __getitem__(self, index: int) -> bool:
        self._within(index)
        return bool(self._content[index >> 3] & (0x80 >> (index & 7)))

    def set(self, index: int, value: bool) -> None:
        self._within(index)
        mask = 0x80 >> (index & 7)
        self._content[index >> 3] = self._content[index >> 3] & ~mask & 0xFF | (mask if value else 0)

    def _within(self, index: int) -> None:
        if not 0 <= index < len(self):
            raise IndexError(f"the list has {len(self)} places and none at {index}")

    def encoded(self) -> str:
        """As a list credential carries them: multibase 'u', base64url of gzip. Same bits, same text."""
        packed = gzip.compress(bytes(self._content), mtime=0)
        return f"u{urlsafe_b64encode(packed).decode().rstrip('=')}"

    @classmethod
    def decoded(cls, text: object) -> "Bits":
        """Raises NoList when it is no such text, too short, or unpacks to more than 16 MiB."""
        if not isinstance(text, str) or not _ENCODED.fullmatch(text):
            raise NoList("the list is not written as multibase")
        try:
            packed = urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
            unpacking = zlib.decompressobj(wbits=31)
            content = unpacking.decompress(packed, _LONGEST // 8 + 1)
        except (ValueError, zlib.error) as fault:
            raise NoList("the list cannot be unpacked") from fault
        if len(content) > _LONGEST // 8 or not unpacking.eof:
            raise NoList("the list cannot be unpacked")
        return cls(content)


def free_index(taken: Container[int], draw: Callable[[int], int], size: int = SHORTEST) -> int:
    """A place that no credential has had, at random, so that neighbours say nothing about each other.

    `draw` gives a number below its argument (secrets.randbelow). Raises NoList when a thousand draws found none: the
    list is as good as full, and a new one is due.
    """
    for _ in range(1000):
        index = draw(size)
        if index not in taken:
            return index
    raise NoList("the list is full")


def status_list(
    url: str, issuer: Issuer, purpose: Purpose, bits: Bits, *, since: datetime, until: datetime | None = None
) -> Json:
    """The list as a credential, to be signed. `url` is where it is served.

    `since` stays the moment when the list was begun: a check as of a past day refuses a list that begins later. With
    `until` it has to be signed anew before then.
    """
    return {
        "@context": [CREDENTIALS],
        "id": address(url, "the status list"),
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": profile(issuer)["id"],
        "validFrom": moment(since),
        **({"validUntil": moment(until)} if until else {}),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose.value,
            "encodedList": bits.encoded(),
        },
    }
