"""A joint observation as every desk shows it: what was written up, what was said to it, who has signed."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from kithwork.assessment.queries import WriteUpRow, write_ups
from kithwork.core.journey import Position
from kithwork.core.schemes import Edition, ObservationStage, Requirement, Role
from kithwork.journeys.queries import JourneyRow, signatures_of
from kithwork.web.kit.cards import SummaryRow
from kithwork.web.kit.forms import LongText
from kithwork.web.templatetags.kit import longdate


@dataclass(frozen=True, slots=True)
class Said:
    on: date
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a write-up."""

    number: int
    on: date
    by: str
    seen: str
    notes: tuple[tuple[str, str], ...]  # requirement -> what was seen of it
    next_steps: str
    replies: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Observed:
    """An observation's record: the newest version and those before it, and a row for each signature wanted."""

    now: Version | None
    earlier: tuple[Version, ...]
    signatures: tuple[SummaryRow, ...]
    missing: tuple[Role, ...]


def touched(edition: Edition, stage: ObservationStage, position: Position) -> list[Requirement]:
    """What an observation may be held against: the stage's own levels' requirements, else all at the level aimed at."""
    levels = set(stage.levels) or {position.level, *edition.level(position.level).includes}
    return [one for one in edition.requirements if one.level in levels]


def observed(journey: JourneyRow, edition: Edition, stage: ObservationStage) -> Observed:
    """Three queries."""
    versions = [_version(row, edition) for row in write_ups(journey, stage.id)]
    signed = {row.by: row for row in signatures_of(journey, stage.id)}
    rows = []
    for role in stage.signatures:
        row = signed.get(role.value)
        who = f"{row.signed_by.name}, {longdate(row.on)}" if row and row.signed_by else ""
        rows.append(SummaryRow(_signs(role, edition), who or "Not signed yet"))
    return Observed(
        versions[-1] if versions else None,
        tuple(reversed(versions[:-1])),
        tuple(rows),
        tuple(role for role in stage.signatures if role.value not in signed),
    )


def _signs(role: Role, edition: Edition) -> str:
    match role:
        case Role.ASSESSOR:
            return edition.words.assessor.capitalize()
        case Role.APPLICANT:
            return "Applicant"
        case Role.OFFICER:
            return "Awarding body"
        case _:
            return role.value.capitalize()


def _version(row: WriteUpRow, edition: Edition) -> Version:
    known = {one.id: f"{one.number} {one.title}" for one in edition.requirements}
    return Version(
        row.number,
        row.on,
        row.by.name,
        row.seen,
        tuple((known.get(slot, slot), text) for slot, text in row.notes.items()),
        row.next_steps,
        tuple(Said(one.on, one.by.name, one.text) for one in row.replies.all()),
    )


class WriteUpForm(forms.Form):
    """What was seen in all, and of single requirements."""

    seen = LongText(
        label="What you saw",
        rows=8,
        max_length=8000,
        help_text="Write no names of trainees, pupils or others. The applicant reads this, and so does who decides.",
    )
    next_steps = LongText(label="What comes next", rows=3, max_length=4000, required=False)

    def __init__(self, data: Mapping[str, Any] | None, asked: Sequence[Requirement], **more: Any) -> None:
        super().__init__(data, **more)
        self.asked = asked
        for one in asked:
            self.fields[f"note-{one.id}"] = LongText(
                label=f"Of {one.number} {one.title}",
                rows=2,
                max_length=2000,
                required=False,
                help_text=" ".join(one.points),
            )
        self.order_fields(["seen", *(f"note-{one.id}" for one in asked), "next_steps"])

    @property
    def notes(self) -> dict[str, str]:
        """Requirement id -> words, for those that were filled in."""
        found = {one.id: self.cleaned_data[f"note-{one.id}"] for one in self.asked}
        return {slot: text for slot, text in found.items() if text}

    @staticmethod
    def initial_of(row: WriteUpRow | None) -> dict[str, str]:
        """The newest version, to be changed."""
        if row is None:
            return {}
        return {
            "seen": row.seen,
            "next_steps": row.next_steps,
            **{f"note-{slot}": text for slot, text in row.notes.items()},
        }


class SignForm(forms.Form):
    """A signature under the version that was on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReplyForm(SignForm):
    """What the person observed says to it, with their signature or without."""

    text = LongText(
        label="Your response",
        rows=4,
        max_length=4000,
        required=False,
        help_text="Kept beside the write-up. Write no names.",
    )
