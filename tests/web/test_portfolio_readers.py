"""A portfolio for those who read it once it is handed in: its assessor, officers, the panel; nobody before that."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from kithwork.accounts.models import User
from kithwork.core.portfolio import Link
from kithwork.evidence import actions
from kithwork.evidence.models import Breach, Feedback, Item, Round
from kithwork.evidence.portfolios import version_of
from kithwork.journeys.models import Draft
from kithwork.notices.models import Message
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Organisation, Role
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast
from kithwork.procedures.sample.words import let_go
from tests.evidence.acts import png
from tests.evidence.folder import JUDGED, Folder, folder_of
from tests.web.downloads import content_of, done_with, held_in
from tests.web.refusals import refused_with, typed

As = Callable[[User], Client]
SECRET = "Heron under the bridge"


@pytest.fixture
def folder(people: Cast, tmp_path: Path, today: date) -> Folder:
    return folder_of(people, tmp_path, today)


@pytest.fixture
def judged(people: Cast, tmp_path: Path, today: date) -> Folder:
    """The same where the assessor judges the whole, handed in with one piece."""
    made = folder_of(people, tmp_path, today, JUDGED)
    made.link(made.say(SECRET), Link("wade", (1,)))
    made.hand_in()
    made.appoint()
    return made


@dataclass(frozen=True)
class Pages:
    """The addresses of one desk's pages of the folder."""

    read: str
    zip: str
    file: str


def of_assessor(folder: Folder, item: Item) -> Pages:
    args = [folder.journey.ref, "folder"]
    return Pages(
        reverse("assess_portfolio", args=args),
        reverse("assess_portfolio_zip", args=args),
        reverse("assess_portfolio_file", args=[*args, item.ref]),
    )


def of_body(folder: Folder, item: Item, org: str = "") -> Pages:
    args = [org or folder.cast.body.slug, folder.journey.ref, "folder"]
    return Pages(
        reverse("body_portfolio", args=args),
        reverse("body_portfolio_zip", args=args),
        reverse("body_portfolio_file", args=[*args, item.ref]),
    )


READERS = {"dot": of_assessor, "olu": of_body, "pat": of_body, "cleo": of_body}


def user(folder: Folder, who: str) -> User:
    found = getattr(folder, who, None) or getattr(folder.cast, who)
    assert isinstance(found, User)
    return found


def body_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


@pytest.mark.parametrize("who", READERS)
def test_nobody_sees_anything_before_it_is_handed_in(who: str, folder: Folder, as_user: As) -> None:
    item = folder.show(png(), title=SECRET)
    folder.link(item, Link("wade", (1,)))
    folder.appoint_early()
    client, pages = as_user(user(folder, who)), READERS[who](folder, item)
    for address in (pages.read, pages.zip, pages.file):
        assert client.get(address).status_code == 404
    org, ref = folder.cast.body.slug, folder.journey.ref
    around = {
        "dot": [reverse("case", args=[ref]), reverse("queue")],
        "olu": [
            reverse("body_journey", args=[org, ref]),
            reverse("body_home", args=[org]),
            reverse("body_ledger", args=[org]),
        ],
        "pat": [reverse("panel", args=[org])],
        "cleo": [reverse("panel", args=[org])],
    }
    for address in around[who]:
        shown = body_of(client.get(address))
        assert SECRET not in shown
        assert item.ref not in shown
        assert pages.read not in shown
        assert "Added evidence" not in shown
    assert client.get(reverse("assess_file", args=[ref, item.ref])).status_code == 404


@pytest.mark.parametrize("who", READERS)
def test_once_handed_in_it_is_read_as_it_stood(who: str, folder: Folder, as_user: As) -> None:
    item = folder.show(png(), title=SECRET, text="At dawn.", casework=True, declared=True)
    folder.link(item, Link("wade", (1,), "For an hour."))
    folder.hand_in("Begin here.")
    folder.appoint()
    client, pages = as_user(user(folder, who)), READERS[who](folder, item)
    shown = body_of(client.get(pages.read))
    for words in (SECRET, "At dawn.", "For an hour.", "One leg.", "Begin here.", "Hal Reed: 1 piece, 1 of 2 standards"):
        assert words in shown, words
    assert "I have redacted this" in shown
    assert f'src="{pages.file}?view"' in shown
    assert "No piece is linked to" in shown
    assert content_of(client.get(pages.file)) == png()
    assert list(held_in(client.get(pages.zip))) == ["files/01-heron-under-the-bridge.png", "portfolio.html"]
    home = reverse("case", args=[folder.journey.ref]) if who == "dot" else ""
    home = reverse("body_journey", args=[folder.cast.body.slug, folder.journey.ref]) if who == "olu" else home
    if home:
        assert f'href="{pages.read}"' in body_of(client.get(home))
    behind = body_of(client.get(f"{pages.read}?shows=wait"))
    assert "0 pieces for 2 Waiting" in behind
    assert "At dawn." not in behind


@pytest.mark.parametrize("who", READERS)
def test_what_its_owner_changes_after_more_was_asked_stays_private(who: str, folder: Folder, as_user: As) -> None:
    old = folder.say("First words")
    folder.hand_in()
    folder.appoint()
    folder.ask_for_more()
    new = folder.show(png(), title=SECRET)
    own: dict[str, Any] = {
        "title": "Second words",
        "text": "Other",
        "url": "",
        "dated": None,
        "casework": False,
        "declared": False,
    }
    actions.revise_piece(
        item=old, was=version_of(old), by=folder.hal, passing=let_go(folder.hal), today=folder.today, **own
    )
    client, pages = as_user(user(folder, who)), READERS[who](folder, new)
    shown = body_of(client.get(pages.read))
    assert "First words" in shown
    assert "asked for again" in shown
    assert "Second words" not in shown
    assert SECRET not in shown
    assert client.get(pages.file).status_code == 404
    assert SECRET not in held_in(client.get(pages.zip))["portfolio.html"].decode()
    folder.hand_in()
    shown = body_of(client.get(pages.read))
    assert "Second words" in shown
    assert SECRET in shown
    assert "asked for again" not in shown
    first = body_of(client.get(f"{pages.read}?round=1"))
    assert "First words" in first
    assert "Second words" not in first
    assert "First words" in held_in(client.get(f"{pages.zip}?round=1"))["portfolio.html"].decode()
    for number in ("3", "0", "x", ""):
        assert client.get(f"{pages.read}?round={number}").status_code == 404


def test_nobody_else_reads_it(folder: Folder, people: Cast, as_user: As) -> None:
    item = folder.show(png(), title=SECRET)
    folder.hand_in()
    folder.appoint()
    vic, una = (sample.person(f"{name} Tarn", f"{name.lower()}@other.example") for name in ("Vic", "Una"))
    organisations.join(organisation=people.body, user=vic, role=Role.ASSESSOR, by=people.olu)
    other = organisations.found(name="Another Body", kind=Organisation.Kind.BODY, by=una)
    organisations.join(organisation=other, user=una, role=Role.PANEL, by=una)
    assessor, body = of_assessor(folder, item), of_body(folder, item)
    elsewhere = of_body(folder, item, other.slug)
    strangers = {"vic": vic, "una": una, **{name: user(folder, name) for name in ("hal", "ada", "eve")}}
    for name, one in strangers.items():
        client = as_user(one)
        for pages in (assessor, body, elsewhere):
            for address in (pages.read, pages.zip, pages.file):
                assert client.get(address).status_code == 404, (name, address)
    for name in ("olu", "pat", "cleo"):
        assert as_user(user(folder, name)).get(assessor.read).status_code == 404
    assert as_user(people.dot).get(body.read).status_code == 404
    for address in (assessor.read, body.read, body.zip, body.file):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert "login" in answer["Location"]


def test_a_portfolio_of_the_assessors_alone_is_not_the_bodys_to_read(judged: Folder, as_user: As) -> None:
    item = Item.objects.get()
    for who in ("olu", "pat", "cleo"):
        pages = of_body(judged, item)
        for address in (pages.read, pages.zip, pages.file):
            assert as_user(user(judged, who)).get(address).status_code == 404
    org, ref = judged.cast.body.slug, judged.journey.ref
    assert "portfolio/" not in body_of(as_user(judged.cast.olu).get(reverse("body_journey", args=[org, ref])))


def test_the_assessor_asks_for_more_and_confirms(judged: Folder, as_user: As) -> None:
    dot, page = as_user(judged.cast.dot), of_assessor(judged, Item.objects.get()).read
    case = body_of(dot.get(reverse("case", args=[judged.journey.ref])))
    assert f'href="{page}"' in case
    key = f"advice:{judged.journey.ref}:folder"
    dot.post(f"{reverse('drafts')}?key={key}", {"advice": "Half a thought"})
    assert "Half a thought" in body_of(dot.get(page))
    assert dot.post(page, {"outcome": "returned", "advice": ""}).status_code == 422
    assert dot.post(page, {"outcome": "perhaps", "advice": "x"}).status_code == 422
    Message.objects.all().delete()
    assert dot.post(page, {"outcome": "returned", "advice": "And the frog?", "round": "1"}).status_code == 303
    assert (Feedback.objects.get().advice, Feedback.objects.get().slot) == ("And the frog?", "folder")
    assert not Draft.objects.exists()
    message = Message.objects.get()
    assert message.to == judged.hal
    assert reverse("portfolio", args=[judged.journey.ref, "folder"]) in message.body
    late = dot.post(page, {"outcome": "confirmed", "advice": "Words typed", "round": "1"})
    assert typed(refused_with(late, "not"), "advice") == "Words typed"
    theirs = body_of(as_user(judged.hal).get(reverse("portfolio", args=[judged.journey.ref, "folder"])))
    assert "And the frog?" in theirs
    judged.say("The frog")
    judged.hand_in()
    stale = dot.post(page, {"outcome": "confirmed", "advice": "", "round": "1"})
    refused_with(stale, "Something newer was handed in")
    assert dot.post(page, {"outcome": "confirmed", "advice": "", "round": "2"}).status_code == 303
    assert "confirmed on" in body_of(as_user(judged.hal).get(reverse("portfolio", args=[judged.journey.ref, "folder"])))


def test_what_the_panel_judges_the_assessor_only_reads(folder: Folder, as_user: As) -> None:
    item = folder.say()
    folder.hand_in()
    folder.appoint()
    dot, page = as_user(folder.cast.dot), of_assessor(folder, item).read
    assert not html.fromstring(dot.get(page).content).xpath("//main//form")
    answer = dot.post(page, {"outcome": "confirmed", "advice": "Words typed"})
    refused_with(answer, "The panel looks at this as a whole")
    assert not Feedback.objects.exists()


def test_the_rest_is_refused(folder: Folder, as_user: As) -> None:
    item = folder.say()
    folder.hand_in()
    folder.appoint()
    for who in ("dot", "olu"):
        client, pages = as_user(user(folder, who)), READERS[who](folder, item)
        assert client.put(pages.read).status_code == 405
        for address in (pages.zip, pages.file):
            assert client.post(address).status_code == 405
        assert client.get(pages.file).status_code == 404, "a text has no file"
        for other in ("panel", "badge", "no-such"):
            assert client.get(pages.read.replace("/folder/", f"/{other}/")).status_code == 404
    assert as_user(folder.cast.olu).post(of_body(folder, item).read).status_code == 405


@pytest.mark.parametrize("who", ["dot", "olu"])
@pytest.mark.parametrize("page", ["read", "zip"])
def test_as_many_queries_for_thirty_pieces_as_for_one(who: str, page: str, folder: Folder, as_user: As) -> None:
    first = folder.say(casework=True, declared=True)
    folder.hand_in()
    folder.appoint()
    client, address = as_user(user(folder, who)), getattr(READERS[who](folder, first), page)

    def asked() -> int:
        done_with(client.get(address))
        with CaptureQueriesContext(connection) as found:
            answer = client.get(address)
        assert answer.status_code == 200
        done_with(answer)
        return len(found)

    one = asked()
    folder.ask_for_more()
    for number in range(29):
        folder.link(folder.say(f"Piece {number}", casework=True, declared=True), Link("wait", (2,)))
    folder.hand_in()
    Round.objects.filter(number=1).delete()
    assert asked() == one <= 14


def leaked(folder: Folder) -> Item:
    """A piece with a name in it, handed in beside another."""
    item = folder.show(png(), title=SECRET, text="At dawn.", casework=True, declared=True)
    folder.link(item, Link("wade", (1,)))
    folder.link(folder.say("Nobody is named here"), Link("wade", (1,)))
    folder.hand_in()
    folder.appoint()
    return item


def breach_of(folder: Folder, who: str, item: Item) -> str:
    desk, args = "body", [folder.cast.body.slug]
    if who == "dot":
        desk, args = "assess", []
    return reverse(f"{desk}_portfolio_breach", args=[*args, folder.journey.ref, "folder", item.ref])


@pytest.mark.parametrize("who", READERS)
def test_a_name_left_in_a_piece_is_reported_by_whoever_reads_it(who: str, folder: Folder, as_user: As) -> None:
    item = leaked(folder)
    client, pages, url = as_user(user(folder, who)), READERS[who](folder, item), breach_of(folder, who, item)
    assert f'href="{url}"' in body_of(client.get(pages.read))
    asked = body_of(client.get(url))
    assert "This cannot be undone" in asked
    assert client.post(url, {"kind": ""}).status_code == 422
    assert Breach.objects.count() == 0
    answer = client.post(url, {"kind": "0", "words": "The second line"})
    assert (answer.status_code, answer["Location"]) == (303, pages.read)
    item.refresh_from_db()
    assert item.destroyed_at is not None
    row = Breach.objects.get()
    assert (row.reported_by, row.slot, row.what) == (
        user(folder, who),
        "folder",
        "The name of a mentee. The second line",
    )
    after = body_of(client.get(pages.read))
    assert SECRET not in after
    assert "Destroyed after a data breach" in after
    assert client.get(url).status_code == 404, "what is destroyed is not reported again"
    mail = Message.objects.filter(kind="breach-reported")
    assert folder.journey.person in {one.to for one in mail}, "the applicant is told"
    register = as_user(folder.cast.olu).get(reverse("breaches", args=[folder.cast.body.slug]))
    assert "The name of a mentee" in body_of(register)


def test_nobody_else_reports_a_piece_and_nothing_unsent(folder: Folder, as_user: As, people: Cast) -> None:
    unsent = folder.say("Not handed in yet")
    assert as_user(folder.pat).get(breach_of(folder, "pat", unsent)).status_code == 404
    folder.link(unsent, Link("wade", (1,)))
    item = leaked(folder)
    url = breach_of(folder, "pat", item)
    for stranger in (people.eve, people.bea, folder.journey.person):
        assert stranger is not None
        assert as_user(stranger).get(url).status_code == 404
        assert as_user(stranger).post(url, {"kind": "0"}).status_code == 404
    assert as_user(folder.pat).put(url).status_code == 405
    assert Breach.objects.count() == 0
