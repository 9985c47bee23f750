"""Readiness, the pure part: what may be asked of records, what their answers mean, what to do first."""

from kithwork.core.readiness.answers import (
    LETTER,
    WITHIN,
    Answer,
    Answered,
    Standing,
    State,
    standing,
    worst,
)
from kithwork.core.readiness.asked import YEAR, Asked, Subject, ahead

__all__ = [
    "LETTER",
    "WITHIN",
    "YEAR",
    "Answer",
    "Answered",
    "Asked",
    "Standing",
    "State",
    "Subject",
    "ahead",
    "standing",
    "worst",
]
