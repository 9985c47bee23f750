"""Reading the ledger, and proving that nobody has changed it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from kithwork.ledger.chain import Link, follow
from kithwork.ledger.models import Record


@dataclass(frozen=True, slots=True)
class Verification:
    """How many records were read, and what is wrong with the first that does not fit."""

    count: int
    fault: str | None


def verify() -> Verification:
    """Read the whole ledger once, in order, without holding it in memory."""
    rows = Record.objects.order_by("seq").values_list(*Link._fields).iterator(chunk_size=2000)
    return Verification(*follow(Link(*row) for row in rows))


def of_organisation(ref: str) -> QuerySet[Record]:
    """An organisation's records, newest first."""
    return Record.objects.filter(organisation=ref).order_by("-seq")


def of_subject(subject: str) -> QuerySet[Record]:
    """One thing's records, newest first."""
    return Record.objects.filter(subject=subject).order_by("-seq")


RecordRow = Record  # the type's name for pages, which never touch the table
