"""Journeys made from entries alone, so that a test need not walk to where it begins."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from kithwork.accounts.models import User
from kithwork.core.journey import Entry, EntryKind
from kithwork.core.schemes import Role
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Appointment, EntryRow, Invoice, Journey, PublishedEdition
from kithwork.journeys.queries import read
from kithwork.journeys.standing import rebuild
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast

Stand = tuple[list[Entry], date]  # entries, and the day on which they are looked at


def publish_texts(texts: Mapping[str, str], people: Cast, folder: Path) -> PublishedEdition:
    """Publish an edition whose files are these texts; `folder` ends in its slug and edition."""
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sample.publish(folder, people)


def journey_at(
    row: PublishedEdition, people: Cast, stand: Stand, today: date, assessors: Sequence[User] = ()
) -> Journey:
    """A journey of Ada's with these entries, moved in time so that their day is today, and with what goes with them:
    invoices, and an appointment for each of `assessors` (Dot, when there are none and somebody was appointed).
    """
    entries, day = stand
    by = {Role.APPLICANT: people.ada, Role.ASSESSOR: people.dot}
    persons = edition_of(row).scheme.applicant == "person"
    whose = {"person": people.ada} if persons else {"service": people.service}
    journey = Journey.objects.create(edition=row, created_by=people.ada, **whose)
    later = today - day
    shifted = [replace(e, on=e.on + later, until=e.until + later if e.until else None) for e in entries]
    for seq, entry in enumerate(shifted, start=1):
        EntryRow.objects.create(
            journey=journey, seq=seq, on=entry.on, kind=entry.kind, by=entry.by, stage=entry.stage, item=entry.item,
            outcome=entry.outcome or "", level=entry.level, until=entry.until, amount=entry.amount,
            detail=entry.detail, signed_by=by.get(entry.by, people.olu),
        )  # fmt: skip
        if entry.kind is EntryKind.INVOICED:
            Invoice.objects.create(
                journey=journey, body=people.body, stage=entry.stage, serial=journey.pk * 10 + seq,
                number=f"{journey.pk}-{seq}", what="A fee", amount=1, issued_on=entry.on,
            )  # fmt: skip
    appointed = any(entry.kind is EntryKind.APPOINTED for entry in shifted)
    for assessor in assessors or ([people.dot] if appointed else []):
        Appointment.objects.create(
            journey=journey, assessor=assessor, state="appointed", asked_by=people.olu, asked_on=today,
            declared_on=today,
        )  # fmt: skip
    rebuild(journey, read(journey, today).position)
    return journey
