"""Answers kept, and snapshots of them that were made evidence."""

from kithwork.readiness.models.kept import KeptAnswers
from kithwork.readiness.models.snapshots import SampleAsked, Snapshot

__all__ = ["KeptAnswers", "SampleAsked", "Snapshot"]
