"""A journey is a log: an edition and dated entries; where it stands is computed."""

from kithwork.core.journey.case import RENEWAL
from kithwork.core.journey.entries import Answer, Entry, EntryKind
from kithwork.core.journey.fold import fold
from kithwork.core.journey.moves import may
from kithwork.core.journey.position import (
    OWED,
    Act,
    ActKind,
    DutyPosition,
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
from kithwork.core.journey.term import begins, in_grace_until, term

__all__ = [
    "OWED",
    "RENEWAL",
    "Act",
    "ActKind",
    "Answer",
    "DutyPosition",
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
    "begins",
    "fold",
    "in_grace_until",
    "may",
    "term",
]
