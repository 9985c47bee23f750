"""Named reads of the gate."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from kithwork.accounts.models import User
from kithwork.gate.models import Case, Original, Scan
from kithwork.gate.scans import Document, Known, unpacked
from kithwork.gate.sealing import unseal, unseal_json

State = Original.State  # for pages, which import no models
OriginalRow = Original
WORKING = (State.WAITING, State.SCANNING, State.COPYING)
TRIES = 3  # so often is a file tried whose reader was killed


@dataclass(frozen=True, slots=True)
class Words:
    """What an original is called: what only its own side may read."""

    file_name: str
    title: str
    text: str = ""  # what a portfolio's piece says of it


def words_of(original: Original) -> Words:
    return Words(**unseal_json(original.sealed, f"words:{original.ref}"))


def content_of(original: Original) -> bytes:
    """The file as it came. Raises OSError or `sealing.Broken`."""
    with original.file.open("rb") as opened:
        return unseal(opened.read(), f"original:{original.ref}")


def document_of(scan: Scan) -> Document:
    return unpacked(unseal_json(scan.sealed, f"scan:{scan.original_id}"))


def known_in(journey: str) -> Known:
    """What a journey's case remembers; nothing before its first."""
    case = Case.objects.filter(journey=journey).first()
    if case is None:
        return Known()
    told = unseal_json(case.sealed, f"case:{journey}")
    taught = tuple((name, by) for name, by in told["taught"])
    return Known(taught, told["initials"], tuple(told["looked_for"]), told.get("since", {}))


def open_originals(journey: str, slot: str | None = None, portfolio: str = "") -> list[Original]:
    """What of a journey waits at the gate, the oldest first; only what is for one slot, or for one portfolio."""
    rows = Original.objects.filter(journey=journey, withdrawn_at__isnull=True, destroyed_at__isnull=True).exclude(
        state__in=(State.APPROVED, State.WITHDRAWN)
    )
    if portfolio:
        rows = rows.filter(portfolio=portfolio)
    found = list(rows.select_related("scan"))
    return [one for one in found if slot is None or slot in one.slots]


def every_original_of(person: User) -> QuerySet[Original]:
    """Somebody's own, those that were destroyed too, the oldest first."""
    return Original.objects.filter(person=person)


def waiting(now: datetime, *, alone: bool = False) -> QuerySet[Original]:
    """What is to be worked on: nobody has begun, or whoever began has not been heard of since. `alone`: nobody else is
    at work, so that whoever began is dead.
    """
    free = Q() if alone else Q(held_until__isnull=True) | Q(held_until__lt=now)
    return Original.objects.filter(free, state__in=WORKING, destroyed_at__isnull=True).order_by("added_at", "id")


def gone_quiet(original: Original, now: datetime) -> bool:
    """Whether it is to be worked on, and nobody does."""
    if original.state not in WORKING:
        return False
    return original.held_until is None or original.held_until < now


def kept_until_decided(journey: str) -> QuerySet[Original]:
    """A journey's originals whose content is still there."""
    return Original.objects.filter(journey=journey, destroyed_at__isnull=True)


# so long after its last sign of life whoever works on a file is taken for dead: more than any page may take
HOLDS = timedelta(minutes=5)
