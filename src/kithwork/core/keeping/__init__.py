"""What is kept of people: why, how long, what happens then, what stays in spite of an erasure. Each package's
`personal.py` says it of its own rows in these words; pages, erasures, the daily round and the register read it there.
"""

from kithwork.core.keeping.records import RECORDS
from kithwork.core.keeping.words import (
    ERASED,
    Basis,
    Fate,
    Half,
    Kept,
    Kind,
    Record,
    Since,
    Special,
    Then,
    Ways,
    Whose,
    Why,
    fate,
)

__all__ = [
    "ERASED",
    "RECORDS",
    "Basis",
    "Fate",
    "Half",
    "Kept",
    "Kind",
    "Record",
    "Since",
    "Special",
    "Then",
    "Ways",
    "Whose",
    "Why",
    "fate",
]
