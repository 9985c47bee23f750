"""A case told from its rows: what was sent, said, found and decided, and which copies were read. Nothing here writes.

Of evidence there is what went through the privacy gate and nothing else. People of the awarding body stand with their
names, for they answer for what they judged; the applicant's colleagues with initials.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias

from kithwork.assessment.models import AgreedMark, Finding, Mark, PanelRecord
from kithwork.assessment.queries import decisions, interviews, recommendations, write_ups
from kithwork.awards.queries import AwardRow, awards_of, standing
from kithwork.core.bundle import safe_name
from kithwork.core.schemes import CourseStage, Edition, InterviewStage, ObservationStage, Role, VisitStage
from kithwork.evidence.models import Item
from kithwork.evidence.passing import has_passed
from kithwork.evidence.portfolios import handed_in, pieces_in
from kithwork.evidence.queries import ThreadEvent, breaches_of, item_of, prepared_for, thread
from kithwork.journeys.models import EntryRow
from kithwork.journeys.queries import Reading, appointments_of, history_of
from kithwork.procedures.account_bundle import reduced
from kithwork.procedures.dossiers.judging import ANSWERS, kind_of, state_of
from kithwork.procedures.readable import Beside

Value: TypeAlias = str | int | bool | date | datetime | list[str] | None
Row: TypeAlias = dict[str, Value]
_THEIRS = frozenset({Role.APPLICANT.value, Role.SUPPORTER.value})
_SAID = {
    "sent": "Sent",
    "confirmed": "Confirmed",
    "returned": "More asked for",
    "breached": "Data breach",
    "remark": "Note",
}


@dataclass(slots=True)
class Part:
    """Rows of one kind."""

    title: str
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Told:
    """A case: its parts in order, and the copies that go with it by the name they get in the archive."""

    parts: list[Part]
    copies: dict[str, Item]
    left_out: list[str]


def told(reading: Reading) -> Told:
    """The case of a journey as it stands. Some queries for each requirement: this is for one case at a time."""
    copies = _Copies(reading)
    judged = Part("What was asked, sent and judged", list(_threads(reading, copies)))
    parts = [
        Part("The application", [_about(reading)]),
        Part("Awards", [_award(one, reading.position.today) for one in awards_of(reading.journey)]),
        Part("Decisions", list(_decisions(reading))),
        Part("Recommendations", list(_recommendations(reading))),
        Part("Who assessed it", list(_assessors(reading))),
        judged,
        Part("What was found at visits", list(_findings(reading, copies))),
        Part("Observations", list(_observations(reading))),
        Part("Interviews", list(_interviews(reading))),
        Part("Records of the panel", list(_panel(reading))),
        Part("Marks", list(_marks(reading))),
        Part("Data breaches", list(_breaches(reading))),
        Part("What happened, day by day", list(_history(reading))),
    ]
    parts.insert(6, Part("Evidence", copies.rows))
    left = [
        "what the applicant answered in forms, and what a third party wrote: it is not what was judged",
        "what people said in interviews: it was said to the assessor alone",
        "what panel members noted for themselves",
        "originals of evidence: whoever judges gets a copy in which every name is reduced, and so does an auditor",
        "names of the applicant’s colleagues: they stand as initials",
    ]
    if copies.held:
        left.append(f"{copies.held} of the pieces of evidence: destroyed, held back, or not in the store")
    return Told([part for part in parts if part.rows], copies.named, left)


def _who(name: str, *, theirs: bool) -> str:
    return reduced(name) if theirs else name


class _Copies:
    """The evidence, each piece once, numbered in the order in which it is met."""

    def __init__(self, reading: Reading) -> None:
        self.named: dict[str, Item] = {}
        self.rows: list[Row] = []
        self.held = 0
        self._edition = reading.edition
        self._numbers: dict[int, str] = {}

    def number(self, item: Item) -> str:
        """'E3': how the piece is called in the case."""
        if item.pk not in self._numbers:
            self._numbers[item.pk] = f"E{len(self._numbers) + 1}"
            self.rows.append(self._row(item))
        return self._numbers[item.pk]

    def _row(self, item: Item) -> Row:
        number = len(self._numbers)
        row: Row = {"evidence": f"E{number}", "kind": item.get_kind_display(), "added on": item.added_on}
        if item.destroyed_at is not None:
            self.held += 1
            return {**row, "state": "destroyed, for a name was left in it", "destroyed": item.destroyed_at}
        if not has_passed(item):
            self.held += 1
            return {**row, "state": "held back: it is to go through the privacy gate again"}
        row |= {"title": item.title, "dated": item.dated, "shows casework": item.casework}
        row |= {"what was declared": item.redacted_wording or None, "at the privacy gate": item.passed_wording}
        row |= {"let through": item.passed_at, "text": item.text or None, "address": item.url or None}
        if item.file:
            if not item.file.storage.exists(str(item.file.name)):
                self.held += 1
                return {**row, "state": "its file is not in the store"}
            path = f"evidence/{safe_name(number, item.title, item.file_name, item.media_type)}"
            self.named[path] = item
            row |= {"file": Beside(path), "sha256 when it was sent": item.digest or None}
        return row


def _about(reading: Reading) -> Row:
    journey, edition, position = reading.journey, reading.edition, reading.position
    service = journey.service
    return {
        "applicant": service.name if service else str(journey.person),
        "organisation": service.organisation.name if service else None,
        "place": service.place if service else None,
        "awarding body": edition.scheme.body,
        "scheme": edition.scheme.name,
        "edition": edition.scheme.edition,
        "sha256 of the edition": journey.edition.digest,
        "level": edition.level(position.level).title,
        "state": position.status.value,
        "reference": journey.ref,
    }


def _award(award: AwardRow, today: date) -> Row:
    return {
        "number": award.number, "holder": award.holder, "level": award.level_title, "granted": award.granted_on,
        "from": award.starts_on, "until": award.valid_until, "standing": standing(award, today).value,
        "suspended": award.suspended_on, "withdrawn": award.revoked_on,
    }  # fmt: skip


def _decisions(reading: Reading) -> Iterator[Row]:
    for one in decisions(reading.journey):
        stage = reading.edition.stage(one.stage).title
        yield {"stage": stage, "decided": ANSWERS[one.outcome], "on": one.on, "by": one.by.name, "reason": one.reason}


def _recommendations(reading: Reading) -> Iterator[Row]:
    for one in recommendations(reading.journey):
        yield {
            "stage": reading.edition.stage(one.stage).title, "recommended": ANSWERS[one.outcome],
            "level": reading.edition.level(one.level).title if one.level else None, "on": one.on, "by": one.by.name,
            "summary": one.summary, "strengths": one.strengths or None, "for next time": one.next_time or None,
        }  # fmt: skip


def _assessors(reading: Reading) -> Iterator[Row]:
    for one in reversed(appointments_of(reading.journey)):
        yield {
            "name": one.assessor.name, "asked on": one.asked_on, "asked by": one.asked_by.name,
            "answered on": one.declared_on, "state": one.get_state_display(), "declared": one.declaration or None,
            "ended on": one.ended_on,
        }  # fmt: skip


def _slots(reading: Reading) -> Iterator[tuple[str, str, str, str]]:
    """What evidence is asked for: slot, number, title and stage, in the scheme's order."""
    edition, position = reading.edition, reading.position
    seen: set[str] = set()
    for stage in edition.stages:
        if isinstance(stage, CourseStage | InterviewStage) or not position.stages[stage.id].in_play:
            continue
        pieces = {one.id: one.title for one in getattr(stage, "pieces", ())}
        asked = {one.id: one for one in edition.requirements}
        for slot in position.stages[stage.id].items:
            if slot in seen:
                continue
            seen.add(slot)
            one = asked.get(slot)
            yield slot, one.number if one else "", one.title if one else pieces.get(slot, stage.title), stage.title


def _threads(reading: Reading, copies: _Copies) -> Iterator[Row]:
    """One row for each requirement, then one for each thing that was sent and said about it."""
    for slot, number, title, stage in _slots(reading):
        item = item_of(reading.edition, reading.position, slot)
        yield {
            "asked": f"{number} {title}".strip(), "stage": stage, "slot": slot,
            "how it stands": state_of(item) if item else None,
        }  # fmt: skip
        for event in thread(reading.journey, slot):
            yield _event(reading, slot, number or title, event, copies)


def _event(reading: Reading, slot: str, what: str, event: ThreadEvent, copies: _Copies) -> Row:
    row: Row = {
        "of": what, "what": _SAID[event.kind], "on": event.on,
        "by": _who(event.who, theirs=event.side == "applicant"), "said": event.text or None,
    }  # fmt: skip
    if event.items:
        row["round"] = event.number
        row["evidence"] = [copies.number(item) for item in event.items]
        links = _links(reading, slot, event.number, copies)
        row["what each piece shows"] = links or None
    return row


def _links(reading: Reading, slot: str, number: int, copies: _Copies) -> list[str]:
    """Of a portfolio: which piece was linked to which requirement, as it was handed in."""
    asked = {one.id: one.number for one in reading.edition.requirements}
    handed = next((one for one in handed_in(reading.journey, slot) if one.number == number), None)
    return [
        f"{copies.number(piece.item)} shows {asked.get(link.slot, link.slot)}{f': {link.says}' if link.says else ''}"
        for piece in (pieces_in(handed) if handed else ())
        for link in piece.links
        if has_passed(piece.item)
    ]


def _findings(reading: Reading, copies: _Copies) -> Iterator[Row]:
    """What was found, and what lay ready for it."""
    edition = reading.edition
    rows = list(Finding.objects.filter(journey=reading.journey).select_related("by"))
    visited = {row.slot for row in rows if isinstance(edition.stage(row.stage), VisitStage)}
    ready = prepared_for(reading.journey, visited) if visited else {}
    for one in rows:
        asked = next((r for r in edition.requirements if r.id == one.slot), None)
        yield {
            "of": f"{asked.number} {asked.title}" if asked else one.slot,
            "found": one.get_outcome_display(),
            "seen": one.get_seen_display(),
            "on": one.on,
            "by": one.by.name,
            "note": one.note or None,
            "evidence that lay ready": [copies.number(item) for item in ready.get(one.slot, ())] or None,
        }


def _observations(reading: Reading) -> Iterator[Row]:
    titles = {one.id: f"{one.number} {one.title}" for one in reading.edition.requirements}
    for stage in reading.edition.stages:
        for one in write_ups(reading.journey, stage.id) if isinstance(stage, ObservationStage) else ():
            yield {
                "stage": stage.title, "version": one.number, "on": one.on, "by": one.by.name, "seen": one.seen,
                "of each": [f"{titles.get(slot, slot)}: {note}" for slot, note in one.notes.items()] or None,
                "next steps": one.next_steps or None, "answers": [reply.text for reply in one.replies.all()] or None,
            }  # fmt: skip


def _interviews(reading: Reading) -> Iterator[Row]:
    for one in interviews(reading.journey):
        yield {
            "with": kind_of(reading.edition, one.stage, one.kind), "how": one.form, "mode": one.mode or None,
            "people": one.people, "minutes": one.minutes, "on": one.on, "by": one.by.name,
            "why it counts": one.reason or None, "instead": one.alternative or None,
        }  # fmt: skip


def _panel(reading: Reading) -> Iterator[Row]:
    for one in PanelRecord.objects.filter(journey=reading.journey).select_related("by"):
        yield {
            "stage": reading.edition.stage(one.stage).title, "on": one.on, "by": one.by.name,
            "points": [": ".join(str(point[name]) for name in ("point", "found", "note") if point.get(name))
                       for point in one.points],
        }  # fmt: skip


def _marks(reading: Reading) -> Iterator[Row]:
    for one in Mark.objects.filter(journey=reading.journey).select_related("by"):
        yield {
            "piece": one.slot, "round": one.round, "mark": one.get_outcome_display(), "on": one.on,
            "by": one.by.name, "points": [str(point) for point in one.points] or None, "feedback": one.feedback,
        }  # fmt: skip
    for agreed in AgreedMark.objects.filter(journey=reading.journey).select_related("by"):
        yield {
            "piece": agreed.slot, "round": agreed.round, "agreed on": agreed.get_outcome_display(), "on": agreed.on,
            "by": agreed.by.name, "reason": agreed.reason, "feedback": agreed.feedback,
        }  # fmt: skip


def _breaches(reading: Reading) -> Iterator[Row]:
    asked = {one.id: one.number for one in reading.edition.requirements}
    for one in breaches_of(reading.journey):
        yield {
            "of": asked.get(one.slot, one.slot), "kind of detail left in": one.what, "reported on": one.reported_on,
            "destroyed": one.destroyed_at, "sha256 of what was destroyed": one.digest or None,
        }  # fmt: skip


def _history(reading: Reading) -> Iterator[Row]:
    for row in reversed(history_of(reading.journey)):
        yield {
            "number": row.seq, "on": row.on, "what": row.kind, "as": row.by, "by": _signer(row),
            "stage": _stage(reading.edition, row.stage), "of": row.item or None, "outcome": row.outcome or None,
            "level": row.level or None, "until": row.until, "pounds": row.amount, "how": row.detail or None,
            "reason": row.reason or None,
        }  # fmt: skip


def _signer(row: EntryRow) -> str | None:
    return _who(row.signed_by.name, theirs=row.by in _THEIRS) if row.signed_by else None


def _stage(edition: Edition, stage: str) -> str | None:
    return edition.stage(stage).title if stage else None


def said(value: Any) -> str:
    """A value as people write it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value:%d/%m/%Y %H:%M} UTC"
        case date():
            return f"{value:%d/%m/%Y}"
        case list():
            return "\n".join(str(one) for one in value)
        case str():
            return value
        case _:
            return str(value)
