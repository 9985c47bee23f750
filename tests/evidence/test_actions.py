"""Evidence gathered, sent and judged."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.http import Http404
from django.utils import timezone

from kithwork.core.journey import ItemState
from kithwork.core.verdict import Refused
from kithwork.evidence import access, actions
from kithwork.evidence.models import Feedback, Item, Remark, Round
from kithwork.evidence.queries import items_for, items_of, latest_round, thread
from kithwork.procedures import applying
from kithwork.procedures.sample import Cast, Walk
from kithwork.procedures.sample.words import let_go
from tests.evidence.acts import Commits, Walking, add, counts, pdf, png, say, send, state

# Files


@pytest.mark.parametrize(
    ("name", "content", "kind", "pages"),
    [("policy.pdf", pdf(), "application/pdf", 1), ("board.PNG", png(), "image/png", None)],
    ids=["pdf", "png"],
)
def test_a_file_is_kept_as_it_is(way: Walk, name: str, content: bytes, kind: str, pages: int | None) -> None:
    item = Item.objects.get(pk=add(way, content, name).pk)
    assert (item.media_type, item.size, item.file_name) == (kind, len(content), name)
    assert item.pages == pages
    with item.file.open() as kept:
        assert kept.read() == content
    assert item.file.name == f"evidence/{way.journey.ref}/{item.ref}", "a name that tells nothing"
    assert len(item.digest) == 64


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pdf", b""),
        ("broken.pdf", pdf()[:120]),
        ("page.pdf", b"<html><script>alert(1)</script></html>"),
        ("program.exe", b"MZ" + b"\0" * 200),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_with_a_reason_and_leaves_nothing(
    way: Walk, name: str, content: bytes
) -> None:
    before = counts()
    with pytest.raises(Refused) as refused:
        add(way, content, name)
    assert len(str(refused.value)) > 20
    assert counts() == before
    assert not default_storage.exists(f"evidence/{way.journey.ref}")


def test_a_file_beyond_the_limit_is_refused_unread(way: Walk, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 2 * 1024 * 1024
    with pytest.raises(Refused, match="at most 2 MB"):
        add(way, b"%PDF-" + b"0" * settings.UPLOAD_LIMIT)


def test_the_same_file_is_added_once(way: Walk) -> None:
    first = add(way, title="Our policy")
    with pytest.raises(Refused, match="as 'Our policy'"):
        add(way, None, "renamed.pdf", "1")
    actions.take_back(item=first, slot="8", by=way.cast.ada, now=timezone.now())
    assert add(way, None, "again.pdf").pk != first.pk, "what was taken out may come back"


def test_one_item_serves_several_requirements(way: Walk) -> None:
    item = say(way, "1", "8")
    actions.offer(item=item, slot="2", by=way.cast.ada, today=way.today)
    actions.offer(item=item, slot="2", by=way.cast.ada, today=way.today)
    assert {slot for slot in ("1", "2", "8", "29") if items_for(way.journey, slot) == [item]} == {"1", "2", "8"}
    assert list(items_of(way.journey)) == [item]
    with pytest.raises(Refused, match="evidence for"):
        actions.offer(item=item, slot="99", by=way.cast.ada, today=way.today)


@pytest.mark.parametrize("slots", [[], ["99"], ["1", "99"]], ids=["none", "unknown", "one of them unknown"])
def test_evidence_is_for_something_the_scheme_asks(way: Walk, slots: list[str]) -> None:
    with pytest.raises(Refused, match="Say what this is evidence for"):
        say(way, slots=slots)
    assert not Item.objects.exists()


def test_what_the_level_does_not_ask_is_not_gathered(way: Walk) -> None:
    with pytest.raises(Refused, match="not asked of you"):
        say(way, "e1", declared=True)
    applying.raise_level(journey=way.journey, level="excellence", by=way.cast.ada, today=way.today)
    item = say(way, "e1", declared=True)
    assert items_for(way.journey, "e1") == [item]


@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_statement_states_something(way: Walk, text: str) -> None:
    with pytest.raises(Refused, match="Write your statement"):
        say(way, text=text)


def test_a_link_has_a_title_that_fits(way: Walk) -> None:
    url = "https://lanternside.example/" + "p" * 400
    item = actions.add_link(
        journey=way.journey,
        slots=["1"],
        title=" ",
        url=url,
        dated=None,
        by=way.cast.ada,
        passing=let_go(way.cast.ada),
        today=way.today,
    )
    assert item.url == url
    assert item.title == url[:200]


# Sending


def test_a_document_too_old_is_refused_and_nothing_of_the_batch_is_sent(way: Walk) -> None:
    edge = date(way.today.year - 3, way.today.month, 1) + timedelta(days=way.today.day - 1)
    say(way, "1")
    say(way, "8", dated=edge - timedelta(days=1))
    before = counts()
    with pytest.raises(Refused, match="at most 3 years old"):
        send(way, "1", "8")
    assert counts() == before
    assert (state(way, "1"), state(way, "8")) == (ItemState.BLANK, ItemState.BLANK)
    Item.objects.update(dated=edge)
    send(way, "1", "8")
    assert (state(way, "1"), state(way, "8")) == (ItemState.SENT, ItemState.SENT)


def test_one_old_document_among_new_ones_is_named(way: Walk) -> None:
    say(way, "8", title="New policy")
    say(way, "8", title="Old policy", dated=date(2015, 1, 1))
    with pytest.raises(Refused, match="'Old policy': It counted until"):
        send(way, "8")


def test_a_document_without_a_date_serves_only_where_none_is_needed(way: Walk) -> None:
    link: dict[str, Any] = {"journey": way.journey, "title": "Page", "by": way.cast.ada, "today": way.today}
    link["passing"] = let_go(way.cast.ada)
    actions.add_link(**link, slots=["1", "8"], url="https://lanternside.example/", dated=None)
    with pytest.raises(Refused, match="Give the date"):
        send(way, "8")
    send(way, "1")


def test_a_document_of_tomorrow_is_refused(way: Walk) -> None:
    say(way, "1", dated=way.today + timedelta(days=1))
    with pytest.raises(Refused, match="future"):
        send(way, "1")


def test_nothing_is_sent_empty(way: Walk) -> None:
    say(way, "1")
    before = counts()
    with pytest.raises(Refused, match="add evidence before you send"):
        send(way, "1", "2")
    with pytest.raises(Refused, match="Choose what"):
        send(way)
    assert counts() == before


def test_the_same_is_not_sent_twice(way: Walk) -> None:
    say(way, "1")
    send(way, "1")
    before = counts()
    for slots in (["1"], ["2", "1"]):
        with pytest.raises(Refused, match="with the assessor"):
            send(way, *slots)
    say(way, "2")
    with pytest.raises(Refused, match="with the assessor"):
        send(way, "2", "2")
    assert Round.objects.count() == before[2]


def test_what_lies_with_the_assessor_or_is_confirmed_is_not_changed(way: Walk) -> None:
    item, other = say(way, "1"), say(way, "2", title="Other")
    send(way, "1")
    online = way.edition.stage("online")
    for because in ("with the assessor", "has been confirmed"):
        before = counts()
        with pytest.raises(Refused, match=because):
            say(way, "1")
        with pytest.raises(Refused, match=because):
            actions.offer(item=other, slot="1", by=way.cast.ada, today=way.today)
        with pytest.raises(Refused, match=because):
            actions.take_back(item=item, slot="1", by=way.cast.ada, now=timezone.now())
        assert counts() == before
        if because == "with the assessor":
            way.judge(online, ["1"], Feedback.Outcome.CONFIRMED)


def test_a_round_shows_what_was_sent_whatever_is_taken_out_later(way: Walk) -> None:
    first, second = say(way, "1", title="First"), say(way, "1", title="Second")
    send(way, "1")
    way.judge(way.edition.stage("online"), ["1"], Feedback.Outcome.RETURNED, "Who checks it?")
    actions.take_back(item=first, slot="1", by=way.cast.ada, now=timezone.now())
    assert items_for(way.journey, "1") == [second]
    third = say(way, "1", title="Third")
    send(way, "1")
    rounds = [list(one.items.order_by("id")) for one in Round.objects.filter(slot="1")]
    assert rounds == [[first, second], [second, third]]
    events = [(event.kind, [item.title for item in event.items]) for event in thread(way.journey, "1")]
    assert events == [("sent", ["First", "Second"]), ("returned", []), ("sent", ["Second", "Third"])]
    latest = latest_round(way.journey, "1")
    assert latest is not None
    assert latest.number == 2
    assert access.item_for_assessor(way.journey, first.ref) == first, "it was sent, so it can be read"
    with pytest.raises(Http404):
        access.item_for_applicant(way.journey, first.ref)


def test_more_is_asked_for_with_advice_or_not_at_all(way: Walk) -> None:
    say(way, "1")
    send(way, "1")
    before = counts()
    with pytest.raises(Refused, match="what would help"):
        way.judge(way.edition.stage("online"), ["1"], Feedback.Outcome.RETURNED, "  ")
    assert counts() == before
    way.judge(way.edition.stage("online"), ["1"], Feedback.Outcome.CONFIRMED)
    with pytest.raises(Refused, match="confirmed already"):
        way.judge(way.edition.stage("online"), ["1"], Feedback.Outcome.RETURNED, "One more thing")
    feedback = Feedback.objects.get()
    assert feedback.round == latest_round(way.journey, "1")


def test_a_remark_says_something(way: Walk) -> None:
    with pytest.raises(Refused, match="Write something"):
        actions.remark(journey=way.journey, slot="1", text=" ", side="applicant", by=way.cast.ada, today=way.today)
    actions.remark(journey=way.journey, slot="1", text=" Why? ", side="applicant", by=way.cast.ada, today=way.today)
    assert Remark.objects.get().text == "Why?"


# Taking out


def test_a_file_that_was_never_sent_is_deleted_when_nothing_needs_it(
    way: Walk, django_capture_on_commit_callbacks: Commits
) -> None:
    item = add(way, None, "policy.pdf", "1", "8")
    name = item.file.name
    assert name is not None
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_back(item=item, slot="1", by=way.cast.ada, now=timezone.now())
    assert default_storage.exists(name), "another requirement has it still"
    with django_capture_on_commit_callbacks() as callbacks:
        actions.take_back(item=item, slot="8", by=way.cast.ada, now=timezone.now())
    assert default_storage.exists(name), "not before the commit"
    for callback in callbacks:
        callback()
    assert not default_storage.exists(name)
    with pytest.raises(Http404):
        access.item_for_applicant(way.journey, item.ref)
    with pytest.raises(Refused, match="taken out"):
        actions.offer(item=item, slot="1", by=way.cast.ada, today=way.today)


def test_a_file_that_was_sent_stays_with_its_round(way: Walk, django_capture_on_commit_callbacks: Commits) -> None:
    item = add(way)
    send(way, "8")
    way.judge(way.edition.stage("online"), ["8"], Feedback.Outcome.RETURNED, "Add the date of its review.")
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_back(item=item, slot="8", by=way.cast.ada, now=timezone.now())
    assert default_storage.exists(item.file.name or "")
    assert list(items_of(way.journey)) == []


def test_nothing_is_gathered_after_the_end(way: Walk) -> None:
    item = say(way, "1")
    applying.withdraw(journey=way.journey, by=way.cast.ada, today=way.today)
    for attempt in (
        lambda: say(way, "2"),
        lambda: actions.offer(item=item, slot="2", by=way.cast.ada, today=way.today),
        lambda: actions.take_back(item=item, slot="1", by=way.cast.ada, now=timezone.now()),
    ):
        with pytest.raises(Refused, match="has ended"):
            attempt()


# Doors


def test_an_item_is_reached_through_its_own_journey_and_once_sent_by_the_assessor(
    people: Cast, way: Walk, short_walk: Walking
) -> None:
    from kithwork.organisations.actions import open_service

    other = short_walk("registered", service=open_service(organisation=people.provider, name="Other", by=people.ada))
    item = say(way, "1")
    assert access.item_for_applicant(way.journey, item.ref) == item
    with pytest.raises(Http404):
        access.item_for_applicant(other.journey, item.ref)
    with pytest.raises(Http404):
        access.item_for_assessor(way.journey, item.ref)
    assert access.item_for_assessor(way.journey, item.ref, frozenset({"1"})) == item
    send(way, "1")
    assert access.item_for_assessor(way.journey, item.ref) == item
    with pytest.raises(Http404):
        access.item_for_assessor(other.journey, item.ref)
