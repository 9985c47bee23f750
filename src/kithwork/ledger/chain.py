"""The digest that ties each record to the one before it. Pure."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

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
