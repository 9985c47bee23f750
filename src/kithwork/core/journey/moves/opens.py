"""What several moves ask first: is the stage open, and does it await this from whoever writes?"""

from kithwork.core.journey.entries import Entry
from kithwork.core.journey.position import ActKind, Position, StagePosition, StageState
from kithwork.core.schemes.model import Edition, Stage
from kithwork.core.verdict import YES, Verdict, no


def stage_of(edition: Edition, entry: Entry) -> Stage | None:
    return edition.stage(entry.stage) if entry.stage else None


def is_open(position: Position, entry: Entry) -> Verdict:
    found = position.stages.get(entry.stage)
    if found is None:
        return no("This scheme has no such stage.")
    if found.state is StageState.DONE:
        return no(f"'{found.title}' is done.")
    if found.state is StageState.SHUT:
        return no(f"'{found.title}' is not open yet.")
    return YES


def awaits(position: Position, entry: Entry, *what: ActKind) -> bool:
    """Whether one of these acts is open in the entry's stage, for whoever writes it."""
    return any(
        act.stage == entry.stage and act.what in what and act.role is entry.by and act.item in {"", entry.item}
        for act in position.acts
    )


def in_time(position: Position, found: StagePosition, late: str) -> Verdict:
    if late == "refused" and found.due and position.clock.stopped is None and position.today > found.due:
        return no(f"The time for this ended on {found.due:%-d %B %Y}; ask the awarding body for an extension.")
    return YES
