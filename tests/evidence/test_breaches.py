"""A name left in: what is destroyed, what fails, and what is asked for again."""

import pytest
from django.core.files.storage import default_storage
from django.http import Http404
from django.utils import timezone

from kithwork.awards.models import Award
from kithwork.core.journey import ItemState, Status
from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from kithwork.evidence import access, actions
from kithwork.evidence.models import Breach, Feedback, Item, Offer, Round
from kithwork.evidence.queries import breaches_of_body, items_for, items_of, thread
from kithwork.journeys.models import EntryRow
from kithwork.journeys.queries import read
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.procedures import applying
from kithwork.procedures.sample import Walk
from tests.evidence.acts import Commits, Walking, add, breach, counts, pdf, say, send, state


def test_a_breach_destroys_the_file_when_it_is_committed(
    way: Walk, django_capture_on_commit_callbacks: Commits
) -> None:
    item = add(way, slots=["29"], casework=True, declared=True, title="Minutes about J")
    name, digest = item.file.name or "", item.digest
    send(way, "29")
    with django_capture_on_commit_callbacks() as callbacks:
        made = breach(way, item, "29")
    assert default_storage.exists(name), "not before the commit"
    assert Breach.objects.get().destroyed_at is None
    for callback in callbacks:
        callback()
    assert not default_storage.exists(name)
    made.refresh_from_db()
    item.refresh_from_db()
    assert made.destroyed_at is not None
    assert (made.digest, made.reported_by, made.what) == (digest, way.cast.dot, "The name of a mentee")
    assert (item.title, item.text, item.url, item.file_name, item.file.name) == ("Destroyed document", "", "", "", "")


def test_a_breach_that_is_not_committed_destroys_nothing(
    way: Walk, django_capture_on_commit_callbacks: Commits
) -> None:
    item = add(way, slots=["29"], casework=True, declared=True)
    send(way, "29")
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused):
        actions.report_breach(
            journey=way.journey, slot="29", item=item, what=" ", by=way.cast.dot, role=Role.ASSESSOR, today=way.today
        )
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused):
        breach(way, item, "1")
    item.refresh_from_db()
    assert item.destroyed_at is None
    assert default_storage.exists(item.file.name or "")


def test_every_requirement_the_document_was_last_sent_for_fails(way: Walk) -> None:
    item, other = say(way, "1", "2", "8"), say(way, "29", title="Other", declared=True)
    send(way, "1", "2", "29")
    online = way.edition.stage("online")
    way.judge(online, ["1"], Feedback.Outcome.CONFIRMED)
    way.judge(online, ["2"], Feedback.Outcome.RETURNED, "Add the budget.")
    breach(way, item, "2")
    states = {slot: state(way, slot) for slot in ("1", "2", "8", "29")}
    assert states == {
        "1": ItemState.BREACHED,
        "2": ItemState.BREACHED,
        "8": ItemState.BLANK,  # offered for it, never sent
        "29": ItemState.SENT,
    }
    assert not Offer.objects.filter(item=item).exists()
    assert items_for(way.journey, "29") == [other]
    said = Feedback.objects.filter(outcome="breached")
    assert {row.slot for row in said} == {"1", "2"}
    assert all("Redact it" in row.advice for row in said)


def test_a_document_replaced_since_fails_nothing_it_no_longer_serves(way: Walk) -> None:
    item = say(way, "1", "2")
    send(way, "1", "2")
    way.judge(way.edition.stage("online"), ["1", "2"], Feedback.Outcome.RETURNED, "Which year?")
    actions.take_back(item=item, slot="1", by=way.cast.ada, now=timezone.now())
    say(way, "1", title="Newer")
    send(way, "1")
    breach(way, item, "2")
    assert (state(way, "1"), state(way, "2")) == (ItemState.SENT, ItemState.BREACHED)


def test_a_second_document_of_the_same_round_can_be_destroyed_too(way: Walk) -> None:
    first, second = say(way, "1"), say(way, "1", title="Second")
    send(way, "1")
    breach(way, first, "1")
    breach(way, second, "1")
    assert Breach.objects.count() == 2
    assert items_for(way.journey, "1") == []
    assert state(way, "1") is ItemState.BREACHED


def test_what_is_prepared_for_a_visit_is_destroyed_without_having_been_sent(way: Walk) -> None:
    item = say(way, "39", "1", declared=True)
    breach(way, item, "39")
    assert (state(way, "39", "visit"), state(way, "1")) == (ItemState.BREACHED, ItemState.BLANK)
    item.refresh_from_db()
    assert item.text == ""
    assert not Offer.objects.exists()


def test_what_was_never_sent_or_is_gone_cannot_be_reported(way: Walk) -> None:
    item = say(way, "1")
    with pytest.raises(Refused, match="not sent for this"):
        breach(way, item, "1")
    send(way, "1")
    breach(way, item, "1")
    before = counts()
    with pytest.raises(Refused, match="destroyed already"):
        breach(way, item, "1")
    assert counts() == before


def test_the_very_same_file_is_refused_after_a_breach(way: Walk) -> None:
    item = add(way)
    send(way, "8")
    breach(way, item, "8")
    with pytest.raises(Refused, match="destroyed after a data breach"):
        add(way, None, "renamed.pdf")
    add(way, pdf("redacted"))
    send(way, "8")
    assert state(way, "8") is ItemState.SENT


def test_an_officer_reports_a_breach_in_what_was_confirmed(way: Walk) -> None:
    item = say(way, "1")
    send(way, "1")
    way.judge(way.edition.stage("online"), ["1"], Feedback.Outcome.CONFIRMED)
    assert breach(way, item, "1", Role.OFFICER).reported_by == way.cast.olu
    assert state(way, "1") is ItemState.BREACHED


def test_of_what_was_destroyed_neither_door_shows_a_word(
    way: Walk, django_capture_on_commit_callbacks: Commits
) -> None:
    item = add(way, title="Minutes about Jo Lamb")
    send(way, "8")
    with django_capture_on_commit_callbacks(execute=True):
        breach(way, item, "8")
    with pytest.raises(Http404):
        access.item_for_assessor(way.journey, item.ref)
    with pytest.raises(Http404):
        access.item_for_assessor(way.journey, item.ref, frozenset({"8"}))
    shell = access.item_for_applicant(way.journey, item.ref)  # the note that it is gone, and nothing else
    assert shell.destroyed_at is not None
    assert not shell.file
    assert {shell.title, shell.text, shell.url, shell.file_name} == {"Destroyed document", ""}
    assert not Record.objects.filter(facts__icontains="Lamb").exists()
    assert list(items_of(way.journey)) == []
    with pytest.raises(Refused, match="taken out"):
        actions.offer(item=shell, slot="1", by=way.cast.ada, today=way.today)


# Found late


def replaced(way: Walk) -> tuple[Item, Item]:
    """Sent for requirement 1, asked for again, taken out, and another sent in its place."""
    first = add(way, None, "minutes.pdf", "1", title="Minutes")
    send(way, "1")
    way.judge(way.edition.stage("online"), ["1"], Feedback.Outcome.RETURNED, "Who checks it?")
    actions.take_back(item=first, slot="1", by=way.cast.ada, now=timezone.now())
    second = say(way, "1", title="With the post")
    send(way, "1")
    return first, second


def test_a_name_in_what_was_sent_in_an_earlier_round_fails_what_is_still_open(
    way: Walk, django_capture_on_commit_callbacks: Commits
) -> None:
    first, second = replaced(way)
    name = first.file.name or ""
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        made = breach(way, first, "1")
    assert not default_storage.exists(name)
    assert state(way, "1") is ItemState.BREACHED
    made.refresh_from_db()
    assert (made.slot, made.stage, made.digest, made.destroyed_at is None) == ("1", "online", first.digest, False)
    said = Feedback.objects.get(outcome="breached")
    assert "send it again" in said.advice
    assert said.round == Round.objects.get(slot="1", number=1), "the round that it was in"
    assert items_for(way.journey, "1") == [second], "what took its place is not touched"
    send(way, "1")
    assert state(way, "1") is ItemState.SENT


def test_what_was_confirmed_on_something_sent_later_stays_confirmed(way: Walk) -> None:
    first, _ = replaced(way)
    way.judge(way.edition.stage("online"), ["1"], Feedback.Outcome.CONFIRMED)
    entries = EntryRow.objects.count()
    breach(way, first, "1")
    first.refresh_from_db()
    assert first.destroyed_at is not None
    assert (state(way, "1"), EntryRow.objects.count()) == (ItemState.CONFIRMED, entries)
    assert list(breaches_of_body(way.cast.body)) == [Breach.objects.get()]
    record = Record.objects.get(act="evidence.breached")
    assert (record.facts["slots"], record.facts["digest"]) == (0, first.digest)
    last = thread(way.journey, "1")[-1]
    assert (last.kind, "Nothing more is asked" in last.text) == ("breached", True)


@pytest.mark.parametrize("end", ["withdrawn", "closed"])
def test_on_a_journey_that_has_ended_the_document_is_destroyed_and_nothing_else_changes(
    way: Walk, end: str, django_capture_on_commit_callbacks: Commits
) -> None:
    item = add(way)
    send(way, "8")
    if end == "withdrawn":
        applying.withdraw(journey=way.journey, by=way.cast.ada, today=way.today)
    else:
        applying.close(journey=way.journey, reason="Silent for a year.", by=way.cast.olu, today=way.today)
    before, name = read(way.journey, way.today).position, item.file.name or ""
    entries = EntryRow.objects.count()
    Message.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        made = breach(way, item, "8")
    assert not default_storage.exists(name)
    made.refresh_from_db()
    assert made.destroyed_at is not None
    assert read(way.journey, way.today).position == before
    assert EntryRow.objects.count() == entries
    assert Record.objects.filter(act="evidence.breached").count() == 1
    assert {message.to for message in Message.objects.all()} >= {way.cast.ada, way.cast.olu}
    with pytest.raises(Refused, match="destroyed already"):
        breach(way, item, "8")


def test_of_an_award_that_is_held_the_body_decides(short_walk: Walking) -> None:
    way = short_walk("awarded")
    item = Round.objects.get(journey=way.journey, slot="8").items.get()
    before = read(way.journey, way.today).position
    breach(way, item, "8")
    item.refresh_from_db()
    assert item.text == ""
    after = read(way.journey, way.today).position
    assert after == before
    assert after.status is Status.AWARDED
    assert Award.objects.get().revoked_on is None
    assert Breach.objects.get().slot == "8"


def test_on_the_way_to_a_higher_level_a_requirement_is_open_again(short_walk: Walking) -> None:
    way = short_walk("awarded")
    item = Round.objects.get(journey=way.journey, slot="8").items.get()
    applying.raise_level(journey=way.journey, level="excellence", by=way.cast.ada, today=way.today)
    breach(way, item, "8")
    assert state(way, "8") is ItemState.BREACHED


def test_every_copy_goes_and_fails_what_it_was_sent_for(way: Walk, django_capture_on_commit_callbacks: Commits) -> None:
    first = add(way, None, "minutes.pdf", "1")
    send(way, "1")
    online = way.edition.stage("online")
    way.judge(online, ["1"], Feedback.Outcome.RETURNED, "Who checks it?")
    actions.take_back(item=first, slot="1", by=way.cast.ada, now=timezone.now())
    copy = add(way, None, "the same.pdf", "8")
    assert (copy.digest, copy.pk == first.pk) == (first.digest, False)
    send(way, "8")
    names = [first.file.name or "", copy.file.name or ""]
    assert all(default_storage.exists(name) for name in names)
    with django_capture_on_commit_callbacks(execute=True):
        breach(way, first, "1")
    assert not any(default_storage.exists(name) for name in names)
    assert list(items_of(way.journey)) == []
    assert (state(way, "1"), state(way, "8")) == (ItemState.BREACHED, ItemState.BREACHED)
    assert Breach.objects.count() == 1


def test_the_same_words_are_a_copy_and_others_are_not(way: Walk) -> None:
    words = "J meets M on Mondays."
    said, again = say(way, "1", text=words), say(way, "2", text=words, title="Once more")
    other = say(way, "8", text="Something else.")
    send(way, "1")
    breach(way, said, "1")
    for item in (said, again, other):
        item.refresh_from_db()
    assert ["destroyed" if item.destroyed_at else item.text for item in (said, again, other)] == [
        "destroyed",
        "destroyed",
        "Something else.",
    ]
    assert state(way, "2") is ItemState.BLANK, "the copy was never sent"
