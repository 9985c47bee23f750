"""The digest that ties each record to the one before it. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

Fact = str | int | bool | None | list[str] | list[int]
BEGINNING = "0" * 64


def digest(
    *,
    seq: int,
    at: datetime,
    actor: str,
    act: str,
    subject: str,
    organisation: str,
    facts: Mapping[str, Fact],
    previous: str,
) -> str:
    """Hex sha256 over the canonical JSON of everything in the record, the previous digest included."""
    text = json.dumps(
        {
            "seq": seq,
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": actor,
            "act": act,
            "subject": subject,
            "organisation": organisation,
            "facts": facts,
            "previous": previous,
        },
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
    )
    return hashlib.sha256(text.encode()).hexdigest()


class Link(NamedTuple):
    """One record as it is stored, from whichever copy of the table it was read."""

    seq: int
    at: datetime
    actor: str
    act: str
    subject: str
    organisation: str
    facts: Mapping[str, Fact]
    previous: str
    digest: str


def follow(links: Iterable[Link]) -> tuple[int, str | None]:
    """Walk the chain from its beginning, in order of seq: how many were read, what is wrong with the last."""
    previous, count = BEGINNING, 0
    for link in links:
        count += 1
        if link.seq != count:
            return count, f"record {count} is missing: the next one is {link.seq}"
        if link.previous != previous:
            return count, f"record {link.seq} does not follow the one before it"
        due = digest(
            seq=link.seq,
            at=link.at,
            actor=link.actor,
            act=link.act,
            subject=link.subject,
            organisation=link.organisation,
            facts=link.facts,
            previous=link.previous,
        )
        if link.digest != due:
            return count, f"record {link.seq} was changed after it was written"
        previous = link.digest
    return count, None


def faulty(facts: Mapping[str, object]) -> str | None:
    """Why facts may not be kept: only short text, whole numbers, yes/no, nothing, or flat lists of text or numbers."""
    for key, value in facts.items():
        values = value if isinstance(value, list) else [value]
        for one in values:
            if one is not None and not isinstance(one, str | int | bool):
                return f"{key}: {type(one).__name__} is not a fact"
            if isinstance(one, str) and len(one) > 100:
                return f"{key}: longer than 100 characters, which is free text"
    return None
