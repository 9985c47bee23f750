"""A portfolio as it is built: pieces of every kind, links to points, changes."""

from typing import Any

import pytest

from kithwork.core.portfolio import Link
from kithwork.core.verdict import Refused
from kithwork.evidence.models import Item, Offer
from kithwork.evidence.portfolios import (
    pieces_of,
    version_of,
)
from tests.evidence.acts import pdf, png
from tests.evidence.folder import Folder
from tests.evidence.portfolio.ground import WADE, change, drop, lying, move, titles


def test_pieces_of_every_kind_stand_in_the_order_added(folder: Folder) -> None:
    folder.say()
    picture = folder.show(png(), text="Reeds at dawn.")
    folder.show(pdf(), "plan.pdf", "The plan", dated=folder.today)
    film = folder.point(text="From the far bank.")
    assert titles(folder) == ["A morning", "The reeds", "The plan", "A film"]
    assert (picture.media_type, picture.text, picture.portfolio) == ("image/png", "Reeds at dawn.", "folder")
    assert (film.url, film.text) == ("https://video.example.org/1", "From the far bank.")
    assert not Offer.objects.exists(), "a piece may be linked to nothing yet"
    assert Item.objects.get(title="A morning").dated is None, "a piece has a date only where it is given one"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://video.example.org/1", "video", ""])
def test_a_link_leads_to_a_page(folder: Folder, address: str) -> None:
    with pytest.raises(Refused, match="address of a page"):
        folder.point(url=address)
    film = folder.point()
    with pytest.raises(Refused, match="address of a page"):
        change(folder, film, url=address)
    assert Item.objects.get().url == "https://video.example.org/1"


def test_people_in_it_must_be_redacted_before_it_is_kept(folder: Folder) -> None:
    for add in (folder.say, folder.point, lambda **more: folder.show(png(), **more)):
        with pytest.raises(Refused, match="every name in it"):
            add(casework=True)
    assert not Item.objects.exists()
    item = folder.say(casework=True, declared=True)
    assert item.redacted_by == folder.hal


def test_moved_up_and_down_and_no_further_than_the_ends(folder: Folder) -> None:
    one, two, three = (folder.say(title) for title in ("One", "Two", "Three"))
    move(folder, three, up=True)
    assert titles(folder) == ["One", "Three", "Two"]
    move(folder, one, up=True)
    move(folder, two, up=False)
    assert titles(folder) == ["One", "Three", "Two"]
    move(folder, one, up=False)
    assert titles(folder) == ["Three", "One", "Two"]
    drop(folder, one)
    folder.say("Four")
    assert titles(folder) == ["Three", "Two", "Four"]


def test_one_piece_shows_several_and_says_how(folder: Folder) -> None:
    item = folder.say()
    folder.link(item, WADE, Link("wait"))
    (piece,) = pieces_of(folder.journey, "folder")
    assert piece.links == (WADE, Link("wait"))
    assert piece.shows("wade", 1)
    assert not piece.shows("wade", 2)
    assert piece.shows("wait")
    folder.link(item, Link("wade", (2, 1)))
    (piece,) = pieces_of(folder.journey, "folder")
    assert piece.links == (Link("wade", (1, 2)),), "linked to nothing else, and the points in order"


@pytest.mark.parametrize(
    ("links", "because"),
    [
        ([Link("other")], "what this piece shows"),
        ([Link("wade", (3,))], "no such point"),
        ([Link("wade", (1,), "x" * 501)], "at most 500"),
        ([Link("wade"), Link("wade", (1,))], "Say once"),
    ],
)
def test_a_link_that_cannot_be_kept_changes_nothing(folder: Folder, links: list[Link], because: str) -> None:
    item = folder.say()
    folder.link(item, WADE)
    with pytest.raises(Refused, match=because):
        folder.link(item, *links)
    assert pieces_of(folder.journey, "folder")[0].links == (WADE,)


def test_a_piece_never_handed_in_is_changed_in_place_and_deleted_with_its_file(folder: Folder) -> None:
    item = folder.show(png())
    kept = change(folder, item, title="The bank", text="At noon.")
    assert (kept.pk, titles(folder)) == (item.pk, ["The bank"])
    assert lying(folder) == [item.ref]
    drop(folder, kept)
    assert titles(folder) == []
    row = Item.objects.get()
    assert (row.title, row.text, row.file_name) == ("Deleted piece", "", ""), "nothing that nobody read stays"


def test_its_file_goes_when_the_deletion_is_committed(folder: Folder, django_capture_on_commit_callbacks: Any) -> None:
    item = folder.show(png())
    with django_capture_on_commit_callbacks(execute=True):
        drop(folder, item)
    assert lying(folder) == []


def test_new_words_are_declared_anew(folder: Folder) -> None:
    item = folder.say(casework=True, declared=True)
    first = item.redacted_at
    with pytest.raises(Refused, match="every name in it"):
        change(folder, item, declared=False)
    same = change(folder, item, dated=folder.today)
    assert same.redacted_at == first
    other = change(folder, same, text="J. stood there as well.")
    assert other.redacted_at is not None
    assert first is not None
    assert other.redacted_at > first
    plain = change(folder, other, casework=False, declared=False)
    assert (plain.redacted_at, plain.redacted_by, plain.redacted_wording) == (None, None, "")


def test_of_two_windows_the_second_is_told_and_nothing_is_lost(folder: Folder) -> None:
    item = folder.say()
    was = version_of(item)
    change(folder, item, text="From the first window.")
    with pytest.raises(Refused, match="changed meanwhile"):
        change(folder, Item.objects.get(), text="From the second.", was=was)
    assert Item.objects.get().text == "From the first window."


def test_an_empty_text_is_refused(folder: Folder) -> None:
    item = folder.say()
    for words in ("", "   "):
        with pytest.raises(Refused, match="Write your text"):
            change(folder, item, text=words)
        with pytest.raises(Refused, match="Write your text"):
            folder.say(text=words)


def test_the_same_file_comes_once_into_a_portfolio(folder: Folder) -> None:
    folder.show(png())
    with pytest.raises(Refused, match="as 'The reeds'"):
        folder.show(png(), "other.png", "Again")
