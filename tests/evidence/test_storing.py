"""Stored files and their rows: neither stays behind without the other, whatever breaks off between them."""

import importlib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from kithwork.core.verdict import Refused
from kithwork.evidence import actions
from kithwork.evidence.actions import offering, storing
from kithwork.evidence.models import Breach, Feedback, Item, Offer
from kithwork.evidence.queries import items_for
from kithwork.organisations.actions import open_service
from kithwork.procedures.sample import Walk
from tests.evidence.acts import Walking, add, breach, counts, pdf, say, send


def lying(way: Walk) -> list[str]:
    """The names of the files that lie in the journey's folder."""
    try:
        return sorted(default_storage.listdir(f"evidence/{way.journey.ref}")[1])
    except FileNotFoundError:
        return []


def leave(way: Walk, name: str = "leftover") -> None:
    """As a worker that was killed after writing a file and before committing its row."""
    place = Path(default_storage.path(f"evidence/{way.journey.ref}/{name}"))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"J Lamb")


class Broken(Exception):
    """Anything that goes wrong."""


def breaks(*args: object, **more: object) -> None:
    raise Broken


def test_a_file_whose_transaction_rolls_back_goes_with_it(way: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = counts()
    with monkeypatch.context() as patched:
        patched.setattr(offering, "log", breaks)  # the last thing written
        with pytest.raises(Broken):
            add(way)
    assert counts() == before
    assert lying(way) == []
    second = add(way)
    assert lying(way) == [second.ref]


def test_a_refusal_at_the_last_moment_leaves_no_file(way: Walk) -> None:
    with pytest.raises(Refused, match="Say what this is evidence for"):
        add(way, None, "policy.pdf", "99")
    assert lying(way) == []


def test_half_a_file_is_not_left_when_writing_breaks(way: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: object, name: str, content: object) -> str:
        leave(way, name.rpartition("/")[2])
        raise OSError("no space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(OSError, match="no space"):
        add(way)
    assert lying(way) == []
    assert not Item.objects.exists()


def test_a_file_is_not_kept_inside_somebody_elses_transaction(way: Walk) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        add(way)
    assert lying(way) == []


def test_a_file_whose_row_was_committed_after_all_stays(way: Walk) -> None:
    item = add(way)
    storing._forget(item)  # the answer to the commit was lost on the way
    assert lying(way) == [item.ref]


def test_what_a_crash_left_goes_with_the_next_file(people: Any, way: Walk, short_walk: Walking) -> None:
    other = short_walk("registered", service=open_service(organisation=people.provider, name="Other", by=people.ada))
    kept = add(way)
    leave(way)
    leave(other)
    assert lying(way) == sorted([kept.ref, "leftover"])
    new = add(way, pdf("Another"))
    assert lying(way) == sorted([kept.ref, new.ref])
    assert lying(other) == ["leftover"], "a journey's own files alone"


def test_a_destruction_that_was_broken_off_is_finished(way: Walk) -> None:
    item = add(way)
    send(way, "8")
    made = breach(way, item, "8")  # and the worker is killed before the file goes
    assert lying(way) == [item.ref]
    assert made.destroyed_at is None
    assert storing.tidy(journey=way.journey) == 1
    assert lying(way) == []
    assert Breach.objects.get().destroyed_at is not None
    assert Item.objects.get().file.name == ""


def test_what_was_taken_out_unsent_goes_and_what_was_sent_stays(way: Walk) -> None:
    unsent, sent = add(way, None, "a.pdf", "1"), add(way, pdf("Sent"))
    send(way, "8")
    way.judge(way.edition.stage("online"), ["8"], Feedback.Outcome.RETURNED, "Add the date.")
    for item, slot in ((unsent, "1"), (sent, "8")):
        actions.take_back(item=item, slot=slot, by=way.cast.ada, now=timezone.now())
    assert storing.tidy(journey=way.journey) == 1
    assert lying(way) == [sent.ref]
    assert storing.tidy(journey=way.journey) == 0


def test_of_two_uploads_of_one_file_at_once_the_second_is_shown_the_first(
    way: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = add(way, title="Our policy")
    real, asked = offering._first_of_its_kind, []

    def too_early(item: Item, instead: Item | None) -> None:
        asked.append(item)
        if len(asked) > 1:  # at first the other one was not there yet
            real(item, instead)

    monkeypatch.setattr(offering, "_first_of_its_kind", too_early)
    before = counts()
    with pytest.raises(Refused, match="as 'Our policy'"):
        add(way, None, "renamed.pdf", "1")
    assert len(asked) == 2
    assert counts() == before
    assert lying(way) == [first.ref]


def test_the_table_itself_holds_one_of_each_file(way: Walk) -> None:
    item = add(way)
    more = {"journey": way.journey, "kind": "file", "title": "Twice", "added_by": way.cast.ada, "added_on": way.today}
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.create(**more, digest=item.digest)
    Item.objects.create(**more, digest=item.digest, removed_at=timezone.now())
    Item.objects.create(**more, digest="")
    Item.objects.create(**more, digest="")


def test_files_kept_twice_before_are_made_one(way: Walk) -> None:
    first = add(way, None, "policy.pdf", "1", "8")
    connection.check_constraints()  # PostgreSQL changes no index while checks are pending
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX item_file_once")
    second = Item.objects.create(
        journey=way.journey,
        kind="file",
        title="Twice",
        digest=first.digest,
        casework=True,
        redacted_at=timezone.now(),
        redacted_by=way.cast.bea,
        redacted_wording=actions.REDACTED,
        added_by=way.cast.ada,
        added_on=way.today,
    )
    Offer.objects.create(item=second, journey=way.journey, slot="8")
    Offer.objects.create(item=second, journey=way.journey, slot="29")
    alone = say(way, "2")
    importlib.import_module("kithwork.evidence.migrations.0002_one_of_each_file").keep_the_first(apps, None)
    for item in (first, second, alone):
        item.refresh_from_db()
    assert [item.removed_at is None for item in (first, second, alone)] == [True, False, True]
    assert sorted(first.offers.values_list("slot", flat=True)) == ["1", "29", "8"]
    assert not second.offers.exists()
    assert (first.redacted_by, first.casework) == (way.cast.bea, True)
    assert items_for(way.journey, "29") == [first]
