"""Due dates under stops and extensions.

The clock of a stage starts on the day it opens. A stop moves the due date by the days it lasts; an extension names a
new due date, which later stops move again. A stop that begins after the due date moves nothing: late stays late.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kithwork.core.days import add_days
from kithwork.core.journey.entries import Entry, EntryKind


@dataclass(frozen=True, slots=True)
class Clock:
    """Whether the journey's clock stands still: since when, and when it is expected to go on."""

    stopped: date | None = None
    expected: date | None = None


def clock(entries: Sequence[Entry]) -> Clock:
    """The clock after these entries."""
    now = Clock()
    for entry in entries:
        if entry.kind is EntryKind.STOPPED:
            now = Clock(entry.on, entry.until)
        elif entry.kind is EntryKind.RESUMED:
            now = Clock()
    return now


def due(base: date, start: date, stage: str, entries: Sequence[Entry]) -> date:
    """The last day in time, from the plain due date `base` of a clock started on `start`, given every stop and
    extension.
    """
    last = base
    stopped: date | None = None
    for entry in entries:
        match entry.kind:
            case EntryKind.STOPPED:
                stopped = entry.on
            case EntryKind.RESUMED if stopped is not None:
                begins = max(stopped, start)
                if entry.on > begins and begins <= last:
                    last = add_days(last, (entry.on - begins).days)
                stopped = None
            case EntryKind.EXTENDED if entry.stage == stage and entry.until is not None and entry.on >= start:
                last = entry.until
            case _:
                pass
    return last
