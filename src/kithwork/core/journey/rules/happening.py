"""What is arranged for a day and takes place: fees paid, meetings, courses, observations, interviews."""

from collections import Counter
from datetime import date

from kithwork.core.journey.case import Case, Found
from kithwork.core.journey.entries import Entry, EntryKind
from kithwork.core.journey.position import ActKind, ItemPosition, ItemState
from kithwork.core.schemes.model import (
    CourseStage,
    FeeStage,
    InterviewKind,
    InterviewStage,
    MeetingStage,
    ObservationStage,
    Outcome,
    Role,
)

Opened = date | None


def fee(case: Case, stage: FeeStage, opened: Opened) -> Found:
    """Invoiced by the body and paid. An optional fee asks for nothing until there is an invoice."""
    found = Found()
    for entry in case.of_stage[stage.id]:
        if entry.kind is EntryKind.INVOICED:
            found.reach(Outcome.INVOICED, entry.on)
        elif entry.kind is EntryKind.PAID:
            found.reach(Outcome.PAID, entry.on)
            found.done = entry.on
    if opened and not found.done:
        invoiced = found.reached.get(Outcome.INVOICED)
        if invoiced is None and not stage.optional:
            found.acts.append(case.act(stage.id, ActKind.INVOICE, Role.OFFICER, opened))
        elif invoiced is not None:
            found.due = case.due(stage.within, invoiced.first, stage.id)
            found.acts.append(case.act(stage.id, ActKind.PAY, stage.by, invoiced.first, due=found.due))
    return found


def meeting(case: Case, stage: MeetingStage, opened: Opened) -> Found:
    """Arranged for a day, and held."""
    found = Found()
    arranged: Entry | None = None
    for entry in case.of_stage[stage.id]:
        if entry.kind is EntryKind.ARRANGED:
            arranged = entry
            found.planned = entry.until
            found.reach(Outcome.ARRANGED, entry.on)
        elif entry.kind is EntryKind.HELD:
            found.reach(Outcome.HELD, entry.on)
            found.done = entry.on
    if opened and not found.done:
        if arranged is None:
            found.due = case.due(stage.within, opened, stage.id)
            found.acts.append(case.act(stage.id, ActKind.ARRANGE, stage.by, opened, due=found.due))
        else:
            found.due = found.planned
            found.acts.append(case.act(stage.id, ActKind.HOLD, stage.by, arranged.on, due=found.planned))
    return found


def course(case: Case, stage: CourseStage, opened: Opened) -> Found:
    """The applicant chooses among the dates, the body books a place, and each part is attended.

    A booking that is cancelled, by either side, leads back to choosing; parts attended stay attended. Booking one part
    gives that part's day; booking the whole gives the day on which it begins, and those of later parts stay unknown.
    A part recorded as attended by mistake is corrected by an entry of its own, and is to be attended: what attending
    the whole had opened stays open, but what weighs the whole waits for it anew.
    """
    found = Found()
    chosen: date | None = None
    booked: Entry | None = None
    since = opened
    parts = [str(number + 1) for number in range(stage.parts)]
    attended: dict[str, date] = {}
    planned: dict[str, date | None] = {}
    for entry in case.of_stage[stage.id]:
        match entry.kind:
            case EntryKind.CHOSEN:
                chosen = entry.on
            case EntryKind.ARRANGED:
                booked = booked or entry
                if entry.item:
                    planned[entry.item] = entry.until
                else:
                    planned = {next((part for part in parts if part not in attended), ""): entry.until}
                found.reach(Outcome.ARRANGED, entry.on)
            case EntryKind.CANCELLED:
                chosen = booked = None
                planned = {}
                found.reach(Outcome.ARRANGED, entry.on, holds=False)
                since = entry.on
            case EntryKind.ATTENDED:
                attended.setdefault(entry.item or "1", entry.on)
                if attended.keys() >= set(parts):
                    found.reach(Outcome.ATTENDED, entry.on)
            case EntryKind.CORRECTED:
                attended.pop(entry.item or "1", None)
                found.reach(Outcome.ATTENDED, entry.on, holds=False)
                since = since if booked else entry.on
            case _:
                pass
    for part in parts:
        day = attended.get(part)
        found.items[part] = ItemPosition(part, ItemState.CONFIRMED if day else ItemState.BLANK, day)
    missing = [part for part in parts if part not in attended]
    found.planned = min((day for part in missing if (day := planned.get(part))), default=None)
    if not missing:
        found.done = found.reached[Outcome.ATTENDED].since
    elif opened and since:
        if booked is not None:
            found.due = found.planned
            found.acts.append(
                case.act(stage.id, ActKind.ATTEND, Role.OFFICER, booked.on, due=found.planned, count=len(missing))
            )
            return found
        found.due = case.due(stage.within or stage.lapses, opened, stage.id)
        if chosen is None:
            found.acts.append(case.act(stage.id, ActKind.CHOOSE, stage.by, since, due=found.due))
        # the body may book a place without waiting for a choice, as when it is made by telephone
        found.acts.append(case.act(stage.id, ActKind.ARRANGE, Role.OFFICER, chosen or since))
    return found


def observation(case: Case, stage: ObservationStage, opened: Opened) -> Found:
    """Arranged, written up by whom the stage is, and then signed in each role.

    A signature is under what was written when it was given: writing up anew takes away those already there.
    """
    found = Found()
    signed: dict[Role, date] = {}
    arranged: Entry | None = None
    written: Entry | None = None
    for entry in case.of_stage[stage.id]:
        if entry.kind is EntryKind.ARRANGED:
            arranged, found.planned = entry, entry.until
            found.reach(Outcome.ARRANGED, entry.on)
        elif entry.kind is EntryKind.HELD:
            written, signed = entry, {}
            found.reach(Outcome.HELD, entry.on)
        elif entry.kind is EntryKind.SIGNED:
            signed.setdefault(entry.by, entry.on)
    missing = [role for role in stage.signatures if role not in signed]
    if not missing:
        found.done = max(signed.values())
        found.reach(Outcome.SIGNED, found.done)
    elif opened and arranged is None:
        found.due = case.due(stage.within, opened, stage.id)
        found.acts.append(case.act(stage.id, ActKind.ARRANGE, stage.by, opened, due=found.due))
    elif opened and arranged is not None:
        found.due = found.planned
        if written is None:
            found.acts.append(case.act(stage.id, ActKind.HOLD, stage.by, arranged.on, due=found.planned))
        else:
            found.acts.extend(case.act(stage.id, ActKind.SIGN, role, written.on, due=found.planned) for role in missing)
    return found


def talks_left(kind: InterviewKind, singles: int, groups: int) -> int:
    """How many individual interviews are still wanted; a group stands for all of them."""
    if kind.or_groups is not None and groups >= kind.or_groups:
        return 0
    return max(kind.normally - singles, 0)


def interviews(case: Case, stage: InterviewStage, opened: Opened) -> Found:
    found = Found()
    held: Counter[tuple[str, str]] = Counter()
    agreed: dict[str, date] = {}
    last: dict[str, date] = {}
    planned: dict[str, date | None] = {}
    for entry in case.of_stage[stage.id]:
        if entry.kind is EntryKind.HELD:
            held[entry.item, entry.detail] += 1
            last[entry.item] = entry.on
            planned.pop(entry.item, None)
        elif entry.kind is EntryKind.AGREED:
            agreed[entry.item] = last[entry.item] = entry.on
        elif entry.kind is EntryKind.ARRANGED:
            planned[entry.item] = entry.until
    wanting = 0
    for kind in stage.interviews:
        left = 0 if kind.id in agreed else talks_left(kind, held[kind.id, "individual"], held[kind.id, "group"])
        state = ItemState.CONFIRMED if not left else ItemState.BLANK
        found.items[kind.id] = ItemPosition(kind.id, state, last.get(kind.id), held.total())
        if left:
            wanting += 1
            if opened:
                due = planned.get(kind.id) or case.due(stage.within, opened, stage.id)
                found.acts.append(
                    case.act(stage.id, ActKind.INTERVIEW, stage.by, opened, due=due, count=left, item=kind.id)
                )
    if not wanting:
        found.done = max(last.values())
        found.reach(Outcome.HELD, found.done)
    found.planned = min((day for day in planned.values() if day), default=None)
    return found
