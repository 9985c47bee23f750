"""A journey's entries told as a history, and its clock in plain words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Protocol

from kithwork.core.journey import Answer, EntryKind, Position
from kithwork.core.schemes import DecisionStage, Edition, PanelStage, Role
from kithwork.web.kit.cards import TimelineEvent
from kithwork.web.service.words import address_of, count_of, slot_name
from kithwork.web.templatetags.kit import longdate


class Row(Protocol):
    """An entry as it is kept, with its reason and who signed it."""

    on: date
    kind: str
    by: str
    stage: str
    item: str
    outcome: str
    level: str
    until: date | None
    amount: int | None
    reason: str

    @property
    def signed_by(self) -> object: ...


@dataclass(frozen=True, slots=True)
class ClockNote:
    """Something about the dates that the applicant should read first."""

    text: str
    kind: str  # of the kit's notice: info or warning


def clock_words(edition: Edition, position: Position, rows: Sequence[Row]) -> list[ClockNote]:
    """Whether the clock stands still, and which running stages were given longer, with the body's reasons."""
    notes: list[ClockNote] = []
    if position.clock.stopped:
        back = (
            f", and is expected to run again on {longdate(position.clock.expected)}" if position.clock.expected else ""
        )
        why = next((row.reason for row in rows if row.kind == EntryKind.STOPPED.value), "")
        said = f" {edition.scheme.body} says: \u2018{why}\u2019" if why else ""
        notes.append(
            ClockNote(
                f"The clock stands still since {longdate(position.clock.stopped)}{back}. "
                f"Nothing is due meanwhile.{said}",
                "info",
            )
        )
    told: set[str] = set()
    for row in rows:
        if row.kind != EntryKind.EXTENDED.value or row.stage in told:
            continue
        told.add(row.stage)
        stage = position.stages.get(row.stage)
        if stage is not None and stage.due and not stage.done:
            why = f" {edition.scheme.body} says: \u2018{row.reason}\u2019" if row.reason else ""
            notes.append(
                ClockNote(f"You have longer for \u2018{stage.title}\u2019: until {longdate(stage.due)}.{why}", "info")
            )
    return notes


def events_of(edition: Edition, rows: Iterable[Row], ref: str) -> list[TimelineEvent]:
    """The history, newest first. What one person did alike on one day is one event."""
    found: list[TimelineEvent] = []
    for _, alike in groupby(rows, key=lambda r: (r.on, r.kind, r.stage, r.outcome, str(r.signed_by or ""), r.reason)):
        group = list(alike)
        row = group[0]
        stage = edition.stage(row.stage) if row.stage else None
        items = [slot_name(edition, one.item) for one in reversed(group) if one.item]
        found.append(
            TimelineEvent(
                title=_title(edition, row, len(items)),
                when=row.on,
                by=_who(edition, row),
                text=". ".join(filter(None, (_list(items), row.reason))),
                href=address_of(stage, ref) if stage else "",
                link="See the stage",
            )
        )
    return found


def _list(items: list[str]) -> str:
    if len(items) > 12:
        return f"{'; '.join(items[:12])}; and {len(items) - 12} more"
    return "; ".join(items)


def _who(edition: Edition, row: Row) -> str:
    role = {
        Role.APPLICANT.value: "for the service" if edition.scheme.applicant == "service" else "",
        Role.OFFICER.value: edition.scheme.body,
        Role.ASSESSOR.value: edition.words.assessor,
        Role.PANEL.value: "panel member",
        Role.CHAIR.value: "panel chair",
        Role.SUPPORTER.value: (getattr(edition.stage(row.stage), "supporter", "") or "") if row.stage else "",
    }.get(row.by, row.by)
    return ", ".join(filter(None, (str(row.signed_by or ""), role)))


def _title(edition: Edition, row: Row, count: int) -> str:
    stage = edition.stage(row.stage) if row.stage else None
    title = stage.title if stage else ""
    level = edition.level(row.level).title if row.level else ""
    until = longdate(row.until)
    asked = {requirement.id for requirement in edition.requirements}
    many = count_of(edition, count) if row.item in asked else title
    match EntryKind(row.kind):
        case EntryKind.OPENED:
            return f"The journey began, aiming at the {level}" if level else "The journey began"
        case EntryKind.RAISED:
            return f"Now aiming at the {level}"
        case EntryKind.ASKED:
            return f"Asked for again, as recommended last time: {slot_name(edition, row.item)}"
        case EntryKind.INVITED:
            return f"{title}: asked for"
        case EntryKind.DECLINED:
            return f"{title}: declined"
        case EntryKind.CHOSEN:
            return f"{title}: dates chosen"
        case EntryKind.CANCELLED:
            return f"{title}: the place was given up"
        case EntryKind.KEPT:
            return f"{edition.duty(row.item).title}: confirmed"
        case EntryKind.REPORTED:
            return f"{edition.duty(row.item).title}: a change was told"
        case EntryKind.ANSWERED:
            return f"{title}: answered"
        case EntryKind.SUBMITTED:
            return f"Sent: {many}" if count else f"{title}: handed in"
        case EntryKind.DECIDED:
            return f"{title}: {_ANSWERS[row.outcome]}"
        case EntryKind.RECOMMENDED:
            # what was recommended is the body's to read; the applicant hears the decision
            assert isinstance(stage, DecisionStage | PanelStage)
            return f"{title}: a recommendation was made"
        case EntryKind.INVOICED:
            return f"{title}: invoice for £{row.amount:,}"
        case EntryKind.PAID:
            return f"{title}: paid"
        case EntryKind.ARRANGED:
            return f"{title}: arranged for {until}"
        case EntryKind.HELD:
            return f"{title}: took place"
        case EntryKind.ATTENDED:
            return f"{title}: attended" if not row.item else f"{title}: part {row.item} attended"
        case EntryKind.CORRECTED:
            return f"{title}: part {row.item or 1} was not attended after all"
        case EntryKind.SIGNED:
            return f"{title}: signed"
        case EntryKind.AGREED:
            return f"{title}: another way was agreed"
        case EntryKind.CONFIRMED:
            return f"Confirmed: {many}"
        case EntryKind.RETURNED:
            return f"More asked for: {many}"
        case EntryKind.BREACHED:
            return f"Data breach reported: {many}"
        case EntryKind.APPOINTED:
            return f"{edition.words.assessor.capitalize()} appointed"
        case EntryKind.RELEASED:
            return f"The {edition.words.assessor} stepped back"
        case EntryKind.EXTENDED:
            return f"{title}: longer, until {until}"
        case EntryKind.STOPPED:
            return f"The clock was stopped, expected to run again on {until}" if until else "The clock was stopped"
        case EntryKind.RESUMED:
            return "The clock runs again"
        case EntryKind.GRANTED:
            return f"{level} granted, until {until}" if until else f"{level} granted"
        case EntryKind.SUSPENDED:
            return "The award was suspended"
        case EntryKind.REINSTATED:
            return "The award holds again"
        case EntryKind.REVOKED:
            return "The award was withdrawn"
        case EntryKind.WITHDRAWN:
            return "Withdrawn"
        case EntryKind.CLOSED:
            return f"Closed by {edition.scheme.body}"


_ANSWERS = {
    Answer.YES.value: "the answer is yes",
    Answer.NO.value: "the answer is no",
    Answer.MORE.value: "more is asked for",
}
