"""A portfolio handed in: locked, kept as it was, read by whom, judged as a whole."""

import importlib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.http import Http404
from django.utils import timezone

from kithwork.core.journey import ItemState
from kithwork.core.portfolio import Link
from kithwork.core.schemes import PortfolioStage
from kithwork.core.verdict import Refused
from kithwork.evidence import access, actions
from kithwork.evidence.models import Feedback, Item, Offer, Round, SentPiece
from kithwork.evidence.portfolios import (
    handed_in,
    may_hand_in,
    pieces_in,
    read_by_body,
)
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import EntryRow
from kithwork.ledger.models import Record
from kithwork.procedures import applying, assessing
from kithwork.procedures.sample import Cast, Walk
from tests.evidence.acts import Walking, png, say
from tests.evidence.folder import JUDGED, Folder, folder_of
from tests.evidence.portfolio.ground import WADE, change, drop, lying, move, titles


def test_handed_in_it_is_locked(folder: Folder) -> None:
    item, other = folder.say(), folder.say("Two")
    folder.link(item, WADE)
    folder.hand_in("Begin with the first.")
    assert folder.state() is ItemState.SENT
    (handed,) = handed_in(folder.journey, "folder")
    assert (handed.number, handed.note, handed.sent_by) == (1, "Begin with the first.", folder.hal)
    before = list(Item.objects.values()), list(Offer.objects.values())
    for act in (
        lambda: folder.say("Late"),
        lambda: folder.show(png()),
        folder.point,
        lambda: change(folder, item, text="Other"),
        lambda: folder.link(item),
        lambda: move(folder, other, up=True),
        lambda: drop(folder, item),
        lambda: actions.offer(item=other, slot="wade", by=folder.hal, today=folder.today),
        lambda: actions.take_back(item=item, slot="wade", by=folder.hal, now=timezone.now()),
        folder.hand_in,
    ):
        with pytest.raises(Refused):
            act()
    assert (list(Item.objects.values()), list(Offer.objects.values())) == before
    assert Round.objects.count() == 1


def test_an_empty_one_is_not_handed_in(folder: Folder) -> None:
    edition = edition_of(folder.journey.edition)
    stage = edition.stage("folder")
    assert isinstance(stage, PortfolioStage)
    assert "Add a piece" in may_hand_in(edition, folder.position, stage, []).because
    with pytest.raises(Refused, match="Add a piece"):
        folder.hand_in()
    assert not EntryRow.objects.filter(kind="submitted").exists()


def test_casework_from_before_the_rule_keeps_it_from_being_handed_in(folder: Folder) -> None:
    folder.say()
    Item.objects.update(casework=True)
    with pytest.raises(Refused, match="every name in it"):
        folder.hand_in()
    assert not Round.objects.exists()
    assert not EntryRow.objects.filter(kind="submitted").exists()


def test_what_was_handed_in_stays_as_it_was_and_its_owner_may_go_on_once_more_is_asked_for(folder: Folder) -> None:
    text, picture, film = folder.say(), folder.show(png()), folder.point()
    folder.link(text, WADE)
    folder.hand_in()
    folder.ask_for_more()
    assert folder.state() is ItemState.RETURNED
    move(folder, film, up=True)
    new = change(folder, text, title="A longer morning", text="I stood, and a frog came.")
    assert new.ref != text.ref
    folder.link(new, Link("wait", (2,)))
    shown = change(folder, picture, text="With a frog.")
    drop(folder, film)
    folder.say("An evening")
    assert titles(folder) == ["A longer morning", "The reeds", "An evening"]
    (first,) = handed_in(folder.journey, "folder")
    then = pieces_in(first)
    assert [(one.item.title, one.links) for one in then] == [
        ("A morning", (WADE,)),
        ("The reeds", ()),
        ("A film", ()),
    ]
    assert then[0].item.text == "A morning: I stood and looked."
    assert then[1].item.text == ""
    assert then[2].item.url == "https://video.example.org/1"
    assert lying(folder) == sorted([picture.ref, shown.ref]), "the old file and the new piece's own copy"
    with then[1].item.file.open("rb") as old, Item.objects.get(ref=shown.ref).file.open("rb") as copy:
        assert old.read() == copy.read() == png()
    folder.hand_in()
    second = handed_in(folder.journey, "folder")[0]
    assert second.number == 2
    assert [one.item.title for one in pieces_in(second)] == ["A longer morning", "The reeds", "An evening"]
    assert pieces_in(second)[0].links == (Link("wait", (2,)),)
    assert [one.item.title for one in pieces_in(first)] == ["A morning", "The reeds", "A film"]


def test_a_piece_handed_in_is_copied_once_and_then_changed_in_place(folder: Folder) -> None:
    item = folder.say()
    folder.hand_in()
    folder.ask_for_more()
    once = change(folder, item, text="Once")
    twice = change(folder, once, text="Twice")
    assert once.ref == twice.ref
    assert Item.objects.count() == 2
    with pytest.raises(Refused, match="taken out"):
        change(folder, Item.objects.get(ref=item.ref), text="The old one")


def test_what_was_asked_for_again_and_not_changed_is_handed_in_as_it_is(folder: Folder) -> None:
    item = folder.say()
    folder.hand_in()
    folder.ask_for_more()
    folder.hand_in()
    assert SentPiece.objects.filter(item=item).count() == 2
    assert Item.objects.count() == 1


def test_nobody_else_learns_of_it_while_it_is_built(folder: Folder) -> None:
    before = Record.objects.filter(organisation=folder.cast.body.ref).count()
    item, other = folder.say(casework=True, declared=True), folder.show(png())
    folder.link(item, WADE)
    move(folder, other, up=True)
    kept = change(folder, item, text="Other words")
    actions.offer(item=kept, slot="wait", by=folder.hal, today=folder.today)
    actions.take_back(item=kept, slot="wait", by=folder.hal, now=timezone.now())
    actions.declare_redacted(item=other, by=folder.hal, now=timezone.now())
    drop(folder, other)
    assert Record.objects.filter(organisation=folder.cast.body.ref).count() == before
    assert Record.objects.filter(subject=f"journey:{folder.journey.ref}", organisation="").count() == 9, "still kept"
    for ref in (kept.ref, other.ref):
        for door in (access.piece_for_reader, lambda j, _, r: access.item_for_assessor(j, r)):
            with pytest.raises(Http404):
                door(folder.journey, "folder", ref)


def test_the_doors_after_it_was_handed_in(folder: Folder) -> None:
    item, gone = folder.say(), folder.say("Gone")
    folder.hand_in()
    folder.ask_for_more()
    drop(folder, gone)
    later = folder.say("Later")
    for ref in (item.ref, gone.ref):
        assert access.piece_for_reader(folder.journey, "folder", ref).ref == ref
        assert access.piece_once_owned(folder.journey, "folder", ref).ref == ref
    with pytest.raises(Http404):
        access.piece_for_reader(folder.journey, "folder", later.ref)
    assert access.piece_once_owned(folder.journey, "folder", later.ref).ref == later.ref
    with pytest.raises(Http404):
        access.piece_for_owner(folder.journey, "folder", gone.ref)
    with pytest.raises(Http404):
        access.piece_for_owner(folder.journey, "lead-folder", item.ref)


def test_a_piece_and_evidence_do_not_change_places(folder: Folder) -> None:
    for slots, portfolio in (([], "panel"), (["wade"], "panel"), (["nothing"], "folder"), ([], "")):
        with pytest.raises(Refused):
            folder.say(slots=slots, portfolio=portfolio)
    linked = folder.say(slots=["wade"], portfolio="")
    assert linked.portfolio == "folder", "what is added for a portfolio's requirement becomes a piece of it"
    assert not Item.objects.exclude(pk=linked.pk).exists()
    actions.take_back(item=linked, slot="wade", by=folder.hal, now=timezone.now())
    assert titles(folder) == ["A morning"], "a piece that shows nothing stays"


def test_evidence_is_not_a_piece(short_walk: Walking) -> None:
    way: Walk = short_walk("registered")
    item = say(way, "1")
    assert item.portfolio == ""
    with pytest.raises(Refused, match="not asked of you"):
        actions.drop_piece(item=item, by=way.cast.ada, now=timezone.now())


def test_an_assessor_judges_the_whole(people: Cast, tmp_path: Path, today: date) -> None:
    folder = folder_of(people, tmp_path, today, JUDGED)
    folder.say()
    folder.hand_in()
    folder.appoint()
    given: dict[str, Any] = {"journey": folder.journey, "stage": "folder", "slot": "folder", "by": people.dot}
    with pytest.raises(Refused, match="what fell short"):
        assessing.give_feedback(outcome=Feedback.Outcome.RETURNED, advice="", today=today, **given)
    assessing.give_feedback(outcome=Feedback.Outcome.RETURNED, advice="And the frog?", today=today, **given)
    assert folder.state() is ItemState.RETURNED
    assert Feedback.objects.get().round == Round.objects.get()
    folder.say("The frog")
    folder.hand_in()
    assessing.give_feedback(outcome=Feedback.Outcome.CONFIRMED, advice="", today=today, **given)
    assert folder.state() is ItemState.CONFIRMED
    with pytest.raises(Refused, match="confirmed"):
        folder.say("More")


@pytest.mark.parametrize(
    ("scheme", "reads"),
    [("judged by the panel", True), ("asked for again by a decision", True), ("the assessor's alone", False)],
)
def test_which_portfolios_the_body_reads(people: Cast, tmp_path: Path, today: date, scheme: str, reads: bool) -> None:
    again = JUDGED.replace('decides = "award"', 'decides = "award"\nreopens = "folder"')
    text = {"judged by the panel": None, "asked for again by a decision": again, "the assessor's alone": JUDGED}[scheme]
    folder = folder_of(people, tmp_path, today, *([text] if text else []))
    edition = edition_of(folder.journey.edition)
    stage = edition.stage("folder")
    assert isinstance(stage, PortfolioStage)
    assert read_by_body(edition, stage) is reads


def test_after_the_end_nothing_is_added(folder: Folder) -> None:
    folder.say()
    applying.withdraw(journey=folder.journey, by=folder.hal, today=folder.today)
    for act in (lambda: folder.say("Late"), folder.hand_in):
        with pytest.raises(Refused):
            act()


def test_evidence_from_before_becomes_pieces(folder: Folder) -> None:
    """The migration, with items as they were kept before portfolios had pieces."""
    old = {"journey": folder.journey, "kind": "statement", "added_by": folder.hal, "added_on": folder.today}
    start = timezone.now() - timedelta(days=3)
    rows = [Item.objects.create(title=t, added_at=start + timedelta(hours=n), **old) for n, t in enumerate("ABC")]
    for item, slot in ((rows[1], "wade"), (rows[0], "wait"), (rows[0], "wade")):
        Offer.objects.create(item=item, journey=folder.journey, slot=slot)
    importlib.import_module("kithwork.evidence.migrations.0005_pieces_of_portfolios").make_pieces(apps, None)
    assert titles(folder) == ["A", "B"]
    assert Item.objects.get(title="C").portfolio == "", "what belongs to none stays by itself"
