"""Reading the ledger, and proving that nobody has changed it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from kithwork.ledger.chain import BEGINNING, digest
from kithwork.ledger.models import Record


@dataclass(frozen=True, slots=True)
class Verification:
    """How many records were read, and what is wrong with the first that does not fit."""

    count: int
    fault: str | None


def verify() -> Verification:
    """Read the whole ledger once, in order, without holding it in memory."""
    previous, count = BEGINNING, 0
    for record in Record.objects.order_by("seq").iterator(chunk_size=2000):
        count += 1
        if record.seq != count:
            return Verification(count, f"record {count} is missing: the next one is {record.seq}")
        if record.previous != previous:
            return Verification(count, f"record {record.seq} does not follow the one before it")
        due = digest(
            seq=record.seq,
            at=record.at,
            actor=record.actor,
            act=record.act,
            subject=record.subject,
            organisation=record.organisation,
            facts=record.facts,
            previous=record.previous,
        )
        if record.digest != due:
            return Verification(count, f"record {record.seq} was changed after it was written")
        previous = record.digest
    return Verification(count, None)


def of_organisation(ref: str) -> QuerySet[Record]:
    """An organisation's records, newest first."""
    return Record.objects.filter(organisation=ref).order_by("-seq")


def of_subject(subject: str) -> QuerySet[Record]:
    """One thing's records, newest first."""
    return Record.objects.filter(subject=subject).order_by("-seq")
