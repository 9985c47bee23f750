"""Handing in, going on once more is asked for, the one file, and who may not come in."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from kithwork.accounts.models import User
from kithwork.core.portfolio import Link
from kithwork.evidence.models import Item, Round
from kithwork.evidence.portfolios import living
from kithwork.notices.models import Message
from kithwork.procedures import applying
from kithwork.procedures.sample import Cast
from tests.evidence.acts import pdf, png
from tests.evidence.folder import JUDGED, Folder, folder_of
from tests.web.downloads import done_with, held_in
from tests.web.refusals import refused_with, typed
from tests.web.service.portfolio.ground import At, text, titles


def test_handing_in_says_what_is_covered_and_locks(hal: Client, at: At, folder: Folder, people: Cast) -> None:
    assert hal.get(at("portfolio_hand_in")).status_code == 409, "an empty one"
    item = folder.say()
    folder.link(item, Link("wade", (1,)))
    asked = text(hal.get(at("portfolio_hand_in")))
    for words in ("Hand in 1 piece?", "You cannot change anything", "handed in until", "1 of 2 standards are shown"):
        assert words in asked
    assert "No piece is linked to: 2 Waiting" in asked
    assert not Round.objects.exists(), "looking does nothing"
    assert hal.post(at("portfolio_hand_in"), {"note": "x" * 4001}).status_code == 422
    assert hal.post(at("portfolio_hand_in"), {"note": "See the first."}).status_code == 303
    assert Round.objects.get().note == "See the first."
    told = {message.to for message in Message.objects.all()}
    assert people.olu in told
    assert folder.hal not in told
    late = hal.post(at("portfolio_hand_in"), {"note": "Words typed"})
    assert typed(refused_with(late, "is done", at("portfolio")), "note") == "Words typed"
    shown = text(hal.get(at("portfolio")))
    assert "Your folder: handed in on" in shown
    assert "nothing in it can be changed" in shown
    for words in ("Move up", "Change", "Write a text"):
        assert words not in shown
    assert "As it was handed in on" in shown
    assert "A morning" in text(hal.get(at("portfolio_round", 1)))
    assert hal.get(at("portfolio_round", 2)).status_code == 404


def test_locked_pages_refuse_and_keep_what_was_typed(hal: Client, at: At, folder: Folder) -> None:
    item, other = folder.say(), folder.say("Two")
    was = typed(html.fromstring(hal.get(at("portfolio_change", item.ref)).content), "was")
    folder.hand_in()
    for name, args in (
        ("portfolio_add", ["text"]),
        ("portfolio_change", [item.ref]),
        ("portfolio_links", [item.ref]),
        ("portfolio_drop", [item.ref]),
        ("portfolio_hand_in", []),
    ):
        assert hal.get(at(name, *args)).status_code == 409
    words = {"title": "Words typed", "text": "x", "was": was}
    for name, args in (("portfolio_add", ["text"]), ("portfolio_change", [item.ref])):
        assert typed(refused_with(hal.post(at(name, *args), words), "handed in"), "title") == "Words typed"
    links = {"on-wade": ["1"], "says-wade": "Words typed"}
    assert typed(refused_with(hal.post(at("portfolio_links", item.ref), links), "handed in"), "says-wade")
    assert hal.post(at("portfolio_drop", item.ref)).status_code == 409
    assert hal.post(at("portfolio"), {"do": "up", "item": other.ref}).status_code == 409
    assert titles(folder) == ["A morning", "Two"]


def test_asked_for_more_its_owner_reads_why_and_goes_on(hal: Client, at: At, folder: Folder) -> None:
    item = folder.say()
    folder.hand_in()
    folder.ask_for_more("Say more of the frog.")
    shown = text(hal.get(at("portfolio")))
    assert "Your folder: more is asked for" in shown
    assert "Say more of the frog." in shown
    page = at("portfolio_change", item.ref)
    was = typed(html.fromstring(hal.get(page).content), "was")
    done = hal.post(page, {"title": "A morning", "text": "And a frog.", "was": was})
    new = living(folder.journey, "folder")[0]
    assert done["Location"] == at("portfolio_piece", new.ref)
    assert hal.get(at("portfolio_piece", item.ref)).status_code == 404
    assert "I stood and looked." in text(hal.get(at("portfolio_round", 1)))
    assert "And a frog." not in text(hal.get(at("portfolio_round", 1)))


def test_the_whole_is_one_file_at_any_time(hal: Client, at: At, folder: Folder) -> None:
    piece, picture = folder.say("<b>Bold</b>"), folder.show(png(), "../../reeds.png", "The reeds", text="At dawn.")
    folder.show(pdf(), "plan.pdf", "The reeds")
    folder.point()
    folder.link(piece, Link("wade", (2,), "For <i>long</i>."))
    answer = hal.get(at("portfolio_zip"))
    assert answer["Content-Type"] == "application/zip"
    assert 'filename="heron-folder.zip"' in answer["Content-Disposition"]
    made = held_in(answer)
    assert list(made) == ["files/02-the-reeds.png", "files/03-the-reeds.pdf", "portfolio.html"]
    assert made["files/02-the-reeds.png"] == png()
    tree = html.fromstring(made["portfolio.html"].decode())
    assert tree.get("lang") == "en-GB"
    assert tree.xpath("//article/h2/text()") == [
        "1. <b>Bold</b>",
        "2. The reeds",
        "3. The reeds",
        "4. A film",
    ]
    assert not tree.xpath("//b | //i | //script"), "what was typed is shown as it was typed"
    assert tree.xpath("//img/@src") == ["files/02-the-reeds.png"]
    assert tree.xpath("//img/@alt") == ["The reeds"]
    assert tree.xpath("//article//a/@href") == ["files/03-the-reeds.pdf", "https://video.example.org/1"]
    index = " ".join(tree.xpath("string(//section[@aria-labelledby='index'])").split())
    assert "1 Wading 1. <b>Bold</b>" in index
    assert "2 Waiting No piece is linked to this." in index
    assert "1.2 Both legs.: 1 piece" in index
    targets = {f"#{id}" for id in tree.xpath("//@id")}
    assert set(tree.xpath("//a[starts-with(@href, '#')]/@href")) <= targets
    picture.file.storage.delete(str(picture.file.name))
    again = held_in(hal.get(at("portfolio_zip")))
    assert "could not be found" in again["portfolio.html"].decode()
    assert list(again) == ["files/03-the-reeds.pdf", "portfolio.html"]


def test_an_earlier_time_is_one_file_too(hal: Client, at: At, folder: Folder) -> None:
    folder.say("First words")
    folder.hand_in()
    folder.ask_for_more()
    folder.say("Later words")
    for query, held, missing in (("?round=1", "First words", "Later words"), ("", "Later words", "handed in on")):
        page = held_in(hal.get(at("portfolio_zip") + query))["portfolio.html"].decode()
        assert held in page
        assert missing not in page
    assert hal.get(at("portfolio_zip") + "?round=2").status_code == 404
    assert hal.get(at("portfolio_zip") + "?round=x").status_code == 404


def every_page(folder: Folder, item: Item) -> dict[str, str]:
    """Name -> address of each page of the folder."""
    own: dict[str, list[object]] = {
        name: [item.ref]
        for name in ("portfolio_piece", "portfolio_change", "portfolio_links", "portfolio_drop", "portfolio_file")
    }
    plain: dict[str, list[object]] = {
        name: [] for name in ("portfolio", "portfolio_map", "portfolio_hand_in", "portfolio_zip")
    }
    listed: dict[str, list[object]] = {**plain, **own, "portfolio_add": ["text"], "portfolio_round": [1]}
    return {name: reverse(name, args=[folder.journey.ref, "folder", *args]) for name, args in listed.items()}


@pytest.mark.parametrize("who", ["eve", "ada", "dot", "olu", "pat", "cleo"])
@pytest.mark.parametrize("handed", [False, True], ids=["before", "after"])
def test_nobody_else_opens_its_owners_pages(
    who: str, handed: bool, folder: Folder, as_user: Callable[[User], Client]
) -> None:
    item = folder.show(png())
    if handed:
        folder.hand_in()
        folder.appoint()
    client = as_user(getattr(folder, who, None) or getattr(folder.cast, who))
    for name, address in every_page(folder, item).items():
        assert client.get(address).status_code == 404, name
        assert client.post(address, {"do": "up", "item": item.ref}).status_code in {404, 405}, name
    assert titles(folder) == ["The reeds"]
    assert Client().get(every_page(folder, item)["portfolio"]).status_code == 302


def test_the_rest_is_refused(hal: Client, at: At, folder: Folder) -> None:
    item = folder.say()
    for name, address in every_page(folder, item).items():
        assert hal.put(address).status_code == 405, name
    for name in ("portfolio_map", "portfolio_piece", "portfolio_file", "portfolio_zip"):
        assert hal.post(every_page(folder, item)[name]).status_code == 405
    assert hal.get(at("portfolio_add", "poem")).status_code == 404
    assert hal.get(at("portfolio_file", item.ref)).status_code == 404, "a text has no file"
    for stage in ("panel", "no-such"):
        assert hal.get(reverse("portfolio", args=[folder.journey.ref, stage])).status_code == 404
    assert hal.get(reverse("item", args=[folder.journey.ref, item.ref])).status_code == 404
    assert hal.get(reverse("item_file", args=[folder.journey.ref, item.ref])).status_code == 404
    assert "A morning" not in text(hal.get(reverse("items", args=[folder.journey.ref])))


def test_a_colleague_who_reads_changes_nothing(
    people: Cast, tmp_path: Path, today: date, as_user: Callable[[User], Client]
) -> None:
    """The same folder in a scheme for services: Ada's colleagues own it with her, Cid may only read."""
    scheme = JUDGED.replace('applicant = "person"', 'applicant = "service"')
    folder = folder_of(people, tmp_path, today, scheme, service=True)
    item = folder.say()
    cid, bea = as_user(people.cid), as_user(people.bea)
    pages = every_page(folder, item)
    for name in ("portfolio", "portfolio_map", "portfolio_piece"):
        shown = cid.get(pages[name])
        assert shown.status_code == 200
        assert not html.fromstring(shown.content).xpath("//main//button")
    for name in ("portfolio_change", "portfolio_links", "portfolio_drop", "portfolio_hand_in", "portfolio_add"):
        assert cid.get(pages[name]).status_code == 404
        assert cid.post(pages[name]).status_code == 404
    assert cid.post(pages["portfolio"], {"do": "up", "item": item.ref}).status_code == 404
    assert bea.get(pages["portfolio_change"]).status_code == 200


def test_after_the_end_it_can_be_read_and_not_changed(hal: Client, at: At, folder: Folder) -> None:
    item = folder.say()
    applying.withdraw(journey=folder.journey, by=folder.hal, today=folder.today)
    assert "A morning" in text(hal.get(at("portfolio")))
    assert list(held_in(hal.get(at("portfolio_zip")))) == ["portfolio.html"]
    assert hal.get(at("portfolio_change", item.ref)).status_code == 409
    assert hal.post(at("portfolio_add", "text"), {"title": "T", "text": "x"}).status_code == 409


@pytest.mark.parametrize("name", ["portfolio", "portfolio_map", "portfolio_piece", "portfolio_round", "portfolio_zip"])
def test_as_many_queries_for_thirty_pieces_as_for_one(name: str, hal: Client, folder: Folder) -> None:
    def asked(item: Item) -> int:
        address = every_page(folder, item)[name]
        done_with(hal.get(address))
        with CaptureQueriesContext(connection) as found:
            answer = hal.get(address)
        assert answer.status_code == 200
        done_with(answer)
        return len(found)

    first = folder.say(casework=True, declared=True)
    folder.link(first, Link("wade", (1,)))
    if name == "portfolio_round":
        folder.hand_in()
        one = asked(first)
        folder.ask_for_more()
    else:
        one = asked(first)
    for number in range(29):
        folder.link(folder.say(f"Piece {number}", casework=True, declared=True), Link("wait", (2,)))
    if name == "portfolio_round":
        folder.hand_in()
        Round.objects.filter(number=1).delete()
        Round.objects.update(number=1)
    assert asked(first) == one <= 14
