"""Stored files and the rows that name them: neither stays behind without the other, whatever breaks off between them.

A file is written before its row is committed, and deleted after its row has let it go: a crash in between leaves a file
too many and never one too few. `tidy` deletes those; it runs before a journey gets its next file.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import DatabaseError, transaction
from django.utils import timezone

from kithwork.evidence.actions.ground import line_up
from kithwork.evidence.models import Breach, Item, folder_of, stored_as
from kithwork.journeys.models import Journey


def _storage() -> Storage:
    found: Storage = Item._meta.get_field("file").storage
    return found


@contextmanager
def arriving(item: Item, content: bytes) -> Iterator[None]:
    """Keep the content as a new item's file, in a transaction of its own in which the caller writes the row.

    When that fails, the file goes. It must be the outermost transaction: of one around it nobody could tell whether it
    was committed in the end.
    """
    try:
        with transaction.atomic(durable=True):
            tidy(journey=item.journey)
            item.file.save(item.file_name, ContentFile(content), save=False)
            yield
    except BaseException:
        _forget(item)
        raise


def _forget(item: Item) -> None:
    """Delete the file of a row that was not committed. Whoever cannot know that leaves it to `tidy`."""
    name = item.file.name or stored_as(item, item.file_name)
    try:
        committed = Item.objects.filter(ref=item.ref).exists()  # it may be, though the answer was lost on the way
    except DatabaseError:
        return
    if not committed:
        _storage().delete(name)


def tidy_on_commit(journey: Journey) -> None:
    """Delete what rows let go in this transaction once it is committed. A fault then is logged, and mended later."""
    transaction.on_commit(lambda: _tidy(journey), robust=True)


def _tidy(journey: Journey) -> None:
    tidy(journey=journey)


@transaction.atomic
def tidy(*, journey: Journey) -> int:
    """Delete a journey's files that nothing needs: what a breach destroyed, what was taken out before it was ever sent,
    and what no row names. Gives how many there were.

    Side effect: a breach whose document is gone is noted as done.
    """
    line_up(journey)
    storage, items = _storage(), Item.objects.filter(journey=journey)
    gone = items.filter(destroyed_at__isnull=False) | items.filter(removed_at__isnull=False, rounds__isnull=True)
    let_go = dict(gone.exclude(file="").values_list("pk", "file"))
    known = set(items.exclude(file="").exclude(pk__in=let_go).values_list("file", flat=True))
    unneeded = {*let_go.values(), *(_names(journey) - known)}
    for name in unneeded:
        storage.delete(name)
    items.filter(pk__in=let_go).update(file="")
    Breach.objects.filter(journey=journey, destroyed_at__isnull=True).update(destroyed_at=timezone.now())
    return len(unneeded)


def _names(journey: Journey) -> set[str]:
    folder = folder_of(journey)
    try:
        _, names = _storage().listdir(folder)
    except FileNotFoundError:  # nothing was ever kept for it
        return set()
    return {f"{folder}/{name}" for name in names}
