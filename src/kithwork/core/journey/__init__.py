"""A journey is a log: an edition and dated entries; where it stands is computed."""

from kithwork.core.journey.entries import Answer, Entry, EntryKind
from kithwork.core.journey.fold import fold
from kithwork.core.journey.moves import may
from kithwork.core.journey.position import (
    Act,
    ActKind,
    Granted,
    ItemPosition,
    ItemState,
    MilestonePosition,
    Position,
    Progress,
    StagePosition,
    StageState,
    Status,
)
from kithwork.core.journey.term import term

__all__ = [
    "Act",
    "ActKind",
    "Answer",
    "Entry",
    "EntryKind",
    "Granted",
    "ItemPosition",
    "ItemState",
    "MilestonePosition",
    "Position",
    "Progress",
    "StagePosition",
    "StageState",
    "Status",
    "fold",
    "may",
    "term",
]
