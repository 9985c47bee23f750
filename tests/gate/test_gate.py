"""The gate's actions and its work: read, decided, approved, copied; failed, killed, sent back, destroyed, rescanned."""

import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from kithwork.core.journey import Entry, EntryKind
from kithwork.core.redaction.finds import CERTAIN, Find, Kind, Source
from kithwork.core.redaction.passages import Passage, Place
from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from kithwork.evidence import access
from kithwork.evidence.models import Item
from kithwork.gate import actions
from kithwork.gate.access import original_for_applicant
from kithwork.gate.models import Case, Original, Scan
from kithwork.gate.queries import content_of, known_in, words_of
from kithwork.gate.scans import Choice, Document, Mark
from kithwork.gate.sealing import Broken, seal, unseal
from kithwork.journeys.actions import record
from kithwork.ledger.models import Record
from kithwork.procedures import assessing
from kithwork.procedures.gating import engine, keeping, working
from kithwork.procedures.gating.working import find_name, work
from kithwork.procedures.sample import Walk
from tests.evidence.acts import say, send
from tests.gate.acts import NOTES, approve, bring, decide_all, look

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("finder")]


@pytest.fixture
def way(short_walk: Callable[..., Walk]) -> Walk:
    return short_walk("registered")


def content(row: Item | Original) -> bytes:
    with row.file.open("rb") as opened:
        found: bytes = opened.read()
    return found


def test_a_file_waits_until_a_person_has_decided_and_its_copy_holds_no_name(way: Walk) -> None:
    original = bring(way)
    assert original.state == Original.State.READY
    assert not Item.objects.exists(), "nothing is evidence before somebody has approved it"
    decide_all(original, way.cast.ada)
    item = approve(original, way.cast.ada)
    assert item is not None
    copy = content(item)
    assert b"Yarrow" not in copy
    assert b"900123" not in copy
    assert b"Notes of the meeting" in copy
    assert item.passed_by == way.cast.ada
    assert item.file_name == "notes.txt", "a neutral name, made of the title that passed"
    send(way, "1")
    assert access.item_for_assessor(way.journey, item.ref) == item


def test_nothing_lies_open(way: Walk) -> None:
    original = bring(way)
    stored = content(original)
    rows = [bytes(original.sealed), bytes(Scan.objects.get().sealed), stored]
    for held in rows:
        assert b"Yarrow" not in held
        assert b"notes.txt" not in held
    assert content_of(original) == NOTES
    assert words_of(original).file_name == "notes.txt"
    with pytest.raises(Broken):
        unseal(stored, "original:another")
    assert unseal(seal(b"x", "a"), "a") == b"x"


def test_no_fact_in_the_ledger_tells_what_was_found(way: Walk) -> None:
    original = bring(way)
    actions.teach(original=original, name="Quenby Yarrow", by=way.cast.ada, find=find_name)
    decide_all(original, way.cast.ada)
    approve(original, way.cast.ada)
    rows = Record.objects.filter(act__startswith="gate.")
    assert {"gate.taken_in", "gate.scanned", "gate.decided", "gate.taught", "gate.passed"} <= {row.act for row in rows}
    assert not any("Yarrow" in str(row.facts) or "notes" in str(row.facts) for row in rows)


def test_what_is_doubtful_waits_for_somebody(way: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    unsure = Find(0, 5, Kind.PERSON, (Source.CUE,), CERTAIN / 2)
    monkeypatch.setattr(engine, "find_in", lambda passages, known: ([(unsure,), *[()] * (len(passages) - 1)], False))
    original = bring(way)
    assert look(original).undecided == 1
    with pytest.raises(Refused, match="doubtful"):
        actions.approve(original=original, seen=None, by=way.cast.ada, now=timezone.now())
    decide_all(original, way.cast.ada, Choice.KEEP)
    assert approve(original, way.cast.ada) is not None


def test_without_a_language_model_a_person_reads_every_page(way: Walk) -> None:
    original = bring(way)
    document = look(original)
    choices = {document.key(mark): Choice.REDUCE for mark in document.living}
    actions.decide(original=original, choices=choices, here={}, seen=None, by=way.cast.ada)
    with pytest.raises(Refused, match="no machine has read"):
        actions.approve(original=original, seen=None, by=way.cast.ada, now=timezone.now())


def test_two_who_decide_at_once(way: Walk) -> None:
    original = bring(way)
    actions.decide(original=original, choices={}, here={}, seen=1, by=way.cast.ada)
    with pytest.raises(Refused, match="colleague"):
        actions.decide(original=original, choices={}, here={}, seen=1, by=way.cast.ada)


def test_one_place_may_stay_where_all_others_go(way: Walk) -> None:
    original = bring(way, b"Zebedee came. Then Zebedee went, and Zebedee wrote.")
    actions.mark_words(original=original, words="Zebedee", kind=Kind.PERSON, seen=None, by=way.cast.ada)
    document = look(original)
    first = next(mark for mark in document.living if document.text(mark) == "Zebedee")
    place = f"{first.passage}-{first.find.start}-{first.find.end}"
    decide_all(original, way.cast.ada)
    actions.decide(original=original, choices={}, here={place: Choice.KEEP}, seen=None, by=way.cast.ada)
    outcomes = [mark.outcome for mark in look(original).living if look(original).text(mark) == "Zebedee"]
    assert outcomes == [Choice.KEEP, Choice.REDUCE, Choice.REDUCE]


def test_what_was_missed_is_marked_everywhere(way: Walk) -> None:
    original = bring(way, b"The heron project met. The Heron  Project went home.")
    assert actions.mark_words(original=original, words="heron project", kind=Kind.WEB, seen=None, by=way.cast.ada) == 2
    with pytest.raises(Refused, match="not found"):
        actions.mark_words(original=original, words="kingfisher", kind=Kind.WEB, seen=None, by=way.cast.ada)
    with pytest.raises(Refused, match="two letters"):
        actions.mark_words(original=original, words="h", kind=Kind.WEB, seen=None, by=way.cast.ada)


def test_a_name_taught_is_found_in_every_file_of_the_case(way: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = bring(way, b"It began with the otter.", "a.txt")
    second = bring(way, b"Then the otter spoke, said Zxqwv.", "b.txt")
    with monkeypatch.context() as patched:  # somebody waits: nothing is looked for but this name
        patched.setattr(engine, "_finder", lambda known: pytest.fail("the whole finder was asked"))
        assert actions.teach(original=first, name="Zxqwv", by=way.cast.ada, find=find_name) == 1
    assert "Zxqwv" in [look(second).text(mark) for mark in look(second).living]
    third = bring(way, b"And Zxqwv again, in another file.", "c.txt")
    assert "Zxqwv" in [look(third).text(mark) for mark in look(third).living]
    assert b"Zxqwv" not in bytes(Case.objects.get().sealed)


def test_a_file_that_cannot_be_read_never_passes(way: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise RuntimeError("Quenby Yarrow stood in the message")

    monkeypatch.setattr(engine, "read", broken)
    original = bring(way)
    assert original.state == Original.State.FAILED
    assert "could not be read" in original.reason
    assert "Yarrow" not in original.reason
    with pytest.raises(Refused):
        actions.approve(original=original, seen=None, by=way.cast.ada, now=timezone.now())


def test_whoever_is_killed_leaves_it_to_the_next_and_not_for_ever(way: Walk) -> None:
    original = bring(way)
    Original.objects.update(state=Original.State.WAITING, tries=0)
    now = timezone.now()
    for _ in range(3):  # each is never heard of again
        assert actions.claim(now=now) is not None
        assert actions.claim(now=now) is None, "nobody takes what another works on"
        now += timedelta(minutes=6)
    assert actions.claim(now=now) is None
    original.refresh_from_db()
    assert original.state == Original.State.FAILED


def test_a_name_left_in_the_copy_stops_it(way: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    original = bring(way)
    decide_all(original, way.cast.ada)
    left = (Passage("Somewhere in its properties: Quenby Yarrow", Place.PROPERTY),)
    monkeypatch.setattr(engine, "read_again", lambda copy: left)
    assert approve(original, way.cast.ada) is None
    assert original.state == Original.State.READY
    assert "found in the copy" in original.reason
    assert not Item.objects.exists()


def test_withdrawn_and_destroyed_leaves_a_digest(way: Walk) -> None:
    original = bring(way)
    name = original.file.name
    actions.withdraw(original=original, by=way.cast.ada, now=timezone.now())
    actions.destroying.tidy()
    assert not original.file.storage.exists(name)
    assert not Scan.objects.exists()
    assert Record.objects.get(act="gate.withdrawn").facts["digest"] == original.digest
    with pytest.raises(Exception, match="No such page"):
        original_for_applicant(way.journey.ref, original.ref)


def test_originals_go_when_the_journey_is_over(way: Walk) -> None:
    original = bring(way)
    assert keeping.destroy_due(now=timezone.now()) == 0
    ended = Entry(way.today, EntryKind.WITHDRAWN, Role.APPLICANT)
    record(journey=way.journey, entries=[ended], by=way.cast.ada, today=way.today)
    assert keeping.destroy_due(now=timezone.now()) == 1
    assert keeping.destroy_due(now=timezone.now()) == 0
    assert Record.objects.get(act="gate.destroyed").facts["digest"] == original.digest


def test_what_is_not_through_cannot_be_sent(way: Walk) -> None:
    item = say(way, "1", passing=None)
    with pytest.raises(Refused, match="privacy gate"):
        send(way, "1")
    with pytest.raises(Exception, match="No such page"):
        access.item_for_assessor(way.journey, item.ref, frozenset({"1"}))


def test_what_is_changed_after_it_passed_has_not(way: Walk) -> None:
    item = say(way, "1")
    Item.objects.filter(pk=item.pk).update(text="Other words.")
    with pytest.raises(Refused, match="changed after"):
        send(way, "1")


def test_the_same_person_keeps_an_initial_through_a_case(way: Walk) -> None:
    for name, notes in (("a.txt", b"Mrs Petronella Vane rang."), ("b.txt", b"Mrs Pamela Cole rang Petronella Vane.")):
        original = bring(way, notes, name, title=name)
        for words in (b"Petronella Vane", b"Pamela Cole"):
            if words in notes:
                actions.mark_words(
                    original=original, words=words.decode(), kind=Kind.PERSON, seen=None, by=way.cast.ada
                )
        decide_all(original, way.cast.ada)
        assert approve(original, way.cast.ada) is not None, original.reason
    first, second = (content(item).decode() for item in Item.objects.order_by("pk"))
    assert "P rang" in first
    assert "P2 rang P." in second
    assert known_in(way.journey.ref).initials


def test_a_breach_has_a_register_on_either_side(way: Walk) -> None:
    from kithwork.evidence import actions as evidence
    from kithwork.evidence.queries import BreachSide, StepKind, settled, steps_of

    item = say(way, "1")
    send(way, "1")
    breach = assessing.report_breach(
        journey=way.journey, slot="1", item=item, what="A name", by=way.cast.dot, today=way.today
    )
    with pytest.raises(Refused, match="why"):
        evidence.note_step(
            breach=breach, side=BreachSide.SERVICE, kind=StepKind.NOT_REPORTED, text=" ", on=way.today, by=way.cast.ada
        )
    evidence.note_step(
        breach=breach, side=BreachSide.SERVICE, kind=StepKind.REPORTED, text="", on=way.today, by=way.cast.ada
    )
    assert settled([breach], BreachSide.SERVICE) == {breach.pk}
    assert not settled([breach], BreachSide.BODY)
    assert not steps_of(breach, BreachSide.BODY)


def test_work_does_nothing_twice(way: Walk) -> None:
    bring(way)
    assert work() == 0


def test_whoever_looks_again_and_again_starts_one_worker(
    way: Walk, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    original = bring(way)
    Original.objects.update(state=Original.State.WAITING)
    original.refresh_from_db()
    settings.DATA, settings.GATE_APART = tmp_path, True
    begun: list[object] = []
    monkeypatch.setattr(subprocess, "Popen", lambda words, **more: begun.append(words))
    for _ in range(3):
        working.awake(original, timezone.now())
    assert len(begun) == 1, "it has not come to work yet"
    monkeypatch.setattr(working, "work", lambda **how: 0)
    working.work_alone()  # the worker is at work, and ends
    working.awake(original, timezone.now())
    assert len(begun) == 2, "it has ended, and something waits"


def test_initials_are_counted_among_those_who_stay() -> None:
    passages = (Passage("Author: Hannah Wintersmith", Place.PROPERTY, stays=False), Passage("Hope came", Place.BODY))
    finds = (Find(8, 26, Kind.PERSON, (Source.CUE,), 0.9), Find(0, 4, Kind.PERSON, (Source.CUE,), 0.9))
    document = Document(passages, tuple(Mark(at, find) for at, find in enumerate(finds)))
    texts, _ = engine.reduced(document, {})
    assert texts[1] == "H came"
