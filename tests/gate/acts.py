"""What the tests of the gate do over and over: bring a file, decide of all that was found, approve it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.evidence.models import Item
from kithwork.gate import actions
from kithwork.gate.models import Original
from kithwork.gate.queries import document_of
from kithwork.gate.scans import Choice, Document
from kithwork.journeys.models import Journey
from kithwork.procedures.gating.offering import offer_file
from kithwork.procedures.gating.working import work
from kithwork.procedures.sample import Walk

NOTES = b"Notes of the meeting in spring.\n\nQuenby Yarrow rang on 07700 900123. She will come again."


def bring(way: Walk, content: bytes = NOTES, name: str = "notes.txt", **more: Any) -> Original:
    """Ada brings a file for requirement 1, and it is read."""
    given = {
        "journey": way.journey, "slots": ["1"], "title": "Notes", "upload": SimpleUploadedFile(name, content),
        "dated": way.today, "casework": False, "by": way.cast.ada, "today": way.today,
    }  # fmt: skip
    original = offer_file(**{**given, **more})
    work()
    original.refresh_from_db()
    return original


def look(original: Original) -> Document:
    return document_of(Original.objects.select_related("scan").get(pk=original.pk).scan)


def decide_all(original: Original, by: User, choice: Choice = Choice.REDUCE) -> None:
    """One answer to everything, and every page ticked as read."""
    document = look(original)
    choices = {document.key(mark): choice for mark in document.living}
    pages = [*range(document.pages + 1)]
    actions.decide(original=original, choices=choices, here={}, read=pages, seen=None, by=by)


def approve(original: Original, by: User) -> Item | None:
    """Approved as it is decided, and the copy made; the evidence that it became."""
    actions.approve(original=original, seen=None, by=by, now=timezone.now())
    work()
    original.refresh_from_db()
    return Item.objects.filter(ref=original.item).first() if original.item else None


def through(journey: Journey, by: User, choice: Choice = Choice.REDUCE) -> list[Item]:
    """All that waits at a journey's gate becomes evidence."""
    work()
    made = []
    for original in Original.objects.filter(journey=journey.ref, state=Original.State.READY):
        decide_all(original, by, choice)
        item = approve(original, by)
        assert item is not None, original.reason
        made.append(item)
    return made
