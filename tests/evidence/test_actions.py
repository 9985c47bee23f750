"""Evidence gathered, sent, judged and, when a name was left in, destroyed."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.utils import timezone
from PIL import Image

from kithwork.core.journey import ItemState
from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from kithwork.evidence import access, actions
from kithwork.evidence.models import Breach, Feedback, Item, Offer, Remark, Round
from kithwork.evidence.queries import items_for, items_of, latest_round, thread
from kithwork.journeys.models import EntryRow
from kithwork.journeys.queries import read
from kithwork.ledger.models import Record
from kithwork.procedures import applying, assessing
from kithwork.procedures.sample import Cast, Walk

Walking = Callable[..., Walk]
Commits = Callable[..., AbstractContextManager[list[Callable[[], Any]]]]


def pdf(words: str = "Contact policy") -> bytes:
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 200))
    document.docinfo["/Title"] = words
    out = io.BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (12, 8), "teal").save(out, "PNG")
    return out.getvalue()


def add(way: Walk, content: bytes | None = None, name: str = "policy.pdf", *slots: str, **more: Any) -> Item:
    """Ada adds a file for requirement 8, unless told otherwise."""
    return actions.add_file(
        **{
            "journey": way.journey,
            "slots": slots or ["8"],
            "title": "Contact policy",
            "upload": SimpleUploadedFile(name, pdf() if content is None else content),
            "dated": way.today,
            "casework": False,
            "declared": False,
            "by": way.cast.ada,
            "today": way.today,
            **more,
        }
    )


def say(way: Walk, *slots: str, **more: Any) -> Item:
    return actions.add_statement(
        **{
            "journey": way.journey,
            "slots": slots or ["1"],
            "title": "How we do it",
            "text": "The board meets each month.",
            "dated": way.today,
            "casework": False,
            "declared": False,
            "by": way.cast.ada,
            "today": way.today,
            **more,
        }
    )


def send(way: Walk, *slots: str, stage: str = "online", today: date | None = None) -> None:
    assessing.send_evidence(journey=way.journey, stage=stage, slots=slots, by=way.cast.ada, today=today or way.today)


def state(way: Walk, slot: str, stage: str = "online") -> ItemState:
    return read(way.journey, way.today).position.stages[stage].items[slot].state


def counts() -> tuple[int, ...]:
    models = (Item, Offer, Round, Feedback, Breach, EntryRow, Record)
    return tuple(model._default_manager.count() for model in models)


def breach(way: Walk, item: Item, slot: str, role: Role = Role.ASSESSOR) -> Breach:
    by = way.cast.dot if role is Role.ASSESSOR else way.cast.olu
    return assessing.report_breach(
        journey=way.journey, slot=slot, item=item, what="The name of a mentee", by=by, today=way.today, role=role
    )


@pytest.fixture
def way(short_walk: Walking) -> Walk:
    """A service that may send evidence and has sent none."""
    return short_walk("registered")


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
        say(way, "e1")
    applying.raise_level(journey=way.journey, level="excellence", by=way.cast.ada, today=way.today)
    item = say(way, "e1")
    assert items_for(way.journey, "e1") == [item]


@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_statement_states_something(way: Walk, text: str) -> None:
    with pytest.raises(Refused, match="Write your statement"):
        say(way, text=text)


def test_a_link_has_a_title_that_fits(way: Walk) -> None:
    url = "https://lanternside.example/" + "p" * 400
    item = actions.add_link(
        journey=way.journey, slots=["1"], title=" ", url=url, dated=None, by=way.cast.ada, today=way.today
    )
    assert item.url == url
    assert item.title == url[:200]


# Casework


@pytest.mark.parametrize("adding", [add, say])
def test_casework_is_declared_redacted_and_the_declaration_is_kept(way: Walk, adding: Callable[..., Item]) -> None:
    before = counts()
    more = {"slots": ["29"], "casework": True}
    with pytest.raises(Refused, match="Redact it first"):
        adding(way, **more)
    assert counts() == before
    item = adding(way, **more, declared=True)
    assert item.redacted_by == way.cast.ada
    assert item.redacted_at is not None
    assert item.redacted_wording == actions.REDACTED


def test_casework_that_nobody_declared_is_not_sent(way: Walk) -> None:
    item = say(way, "29")
    Item.objects.filter(pk=item.pk).update(casework=True)  # as an older row could be
    with pytest.raises(Refused, match="say that it is redacted"):
        send(way, "29")
    assert state(way, "29") is ItemState.BLANK


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


# Breaches


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
    item, other = say(way, "1", "2", "8"), say(way, "29", title="Other")
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
    item = say(way, "39", "1")
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
