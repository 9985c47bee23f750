"""Where casework is asked for, a declaration is asked for: when adding, when using again, and of what is there."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kithwork.accounts.models import User
from kithwork.evidence import actions as evidence
from kithwork.evidence.models import Item, Round
from kithwork.evidence.passing import NOBODY_ON_IT
from kithwork.gate.models import Original
from kithwork.procedures import applying
from kithwork.procedures.sample import Cast, Walk
from kithwork.procedures.sample.words import let_go
from tests.gate.acts import through

DECLARE = "Declare that every name is reduced to one initial"
LIVE, PLAIN = "29", "1"


@pytest.fixture
def way(short_walk: Callable[..., Walk]) -> Walk:
    return short_walk("registered")


@pytest.fixture
def ada(people: Cast, as_user: Callable[[User], Client]) -> Client:
    return as_user(people.ada)


def page(way: Walk, slot: str) -> str:
    return reverse("requirement", args=[way.journey.ref, slot])


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def said(way: Walk, slot: str = PLAIN, **more: Any) -> Item:
    given = {"journey": way.journey, "slots": [slot], "title": "Minutes", "text": "J met M.", "dated": way.today}
    given |= {
        "passing": let_go(way.cast.ada),
        "casework": False,
        "declared": False,
        "by": way.cast.ada,
        "today": way.today,
        **more,
    }
    return evidence.add_statement(**given)  # type: ignore[arg-type]  # by name


def ways_of_adding(today: date) -> dict[str, dict[str, Any]]:
    day = {"dated_day": str(today.day), "dated_month": str(today.month), "dated_year": str(today.year)}
    return {
        "file": {"title": "Minutes", "upload": SimpleUploadedFile("minutes.txt", b"J met M. " * 30), **day},
        "link": {"title": "Minutes", "url": "www.example.org/minutes", **day},
        "statement": {"title": "Minutes", "text": "J met M."},
    }


def test_a_statement_asks_for_the_declaration(way: Walk, ada: Client, today: date) -> None:
    how = "statement"
    asks = text(ada.get(page(way, LIVE)))
    assert f'name="{how}-declared"' in asks
    assert f'name="{how}-casework"' not in asks, "the requirement says that it is"
    given = {f"{how}-{name}": value for name, value in ways_of_adding(today)[how].items()} | {"do": how}
    refused = ada.post(page(way, LIVE), given)
    assert refused.status_code == 422
    assert "Casework is asked for here: reduce every name" in text(refused)
    assert "Minutes" in text(refused)
    assert not Item.objects.exists()
    assert ada.post(page(way, LIVE), given | {f"{how}-declared": "on"}).status_code == 303
    item = Item.objects.get()
    assert (item.casework, item.redacted_by, item.redacted_wording) == (True, way.cast.ada, evidence.REDACTED)


def test_a_link_is_declared_wherever_it_is_added(way: Walk, ada: Client, today: date) -> None:
    given = {f"link-{name}": value for name, value in ways_of_adding(today)["link"].items()} | {"do": "link"}
    for slot in (PLAIN, LIVE):
        assert ada.post(page(way, slot), given).status_code == 422
        assert ada.post(page(way, slot), given | {"link-declared": "on"}).status_code == 303
    assert all(item.passed_wording.startswith(NOBODY_ON_IT) for item in Item.objects.all())


def test_a_file_declares_nothing_before_it_has_been_looked_through(way: Walk, ada: Client, today: date) -> None:
    asks = text(ada.get(page(way, LIVE)))
    assert 'name="file-declared"' not in asks
    given = {f"file-{name}": value for name, value in ways_of_adding(today)["file"].items()} | {"do": "file"}
    assert ada.post(page(way, LIVE), given).status_code == 303
    (item,) = through(way.journey, way.cast.ada)
    assert (item.casework, item.redacted_by) == (True, way.cast.ada)


def test_what_is_used_again_is_declared_there_and_then(way: Walk, ada: Client) -> None:
    item = said(way)
    asks = text(ada.get(page(way, LIVE)))
    assert "Not declared redacted yet" in asks
    assert 'name="use-declared"' in asks
    use = {"do": "use", "use-item": item.ref}
    refused = ada.post(page(way, LIVE), use)
    assert refused.status_code == 409
    assert "Casework is asked for here: reduce every name" in text(refused)
    assert ada.post(page(way, LIVE), use | {"use-declared": "on"}).status_code == 303
    item.refresh_from_db()
    assert item.redacted_by == way.cast.ada
    assert sorted(item.offers.values_list("slot", flat=True)) == [PLAIN, LIVE]
    assert 'name="use-declared"' not in text(ada.get(page(way, "2"))), "elsewhere nothing is asked"


def test_what_is_there_undeclared_is_named_and_can_be_declared_before_it_is_sent(way: Walk, ada: Client) -> None:
    item = said(way, LIVE, declared=True)
    Item.objects.update(redacted_at=None, redacted_by=None, redacted_wording="", casework=False)  # from before the rule
    shown = text(ada.get(page(way, LIVE)))
    assert DECLARE in shown
    assert evidence.REDACTED in shown
    assert "Something is missing" in shown
    assert "Not declared redacted" in text(ada.get(reverse("items", args=[way.journey.ref])))
    assert "Not declared redacted" in text(ada.get(reverse("item", args=[way.journey.ref, item.ref])))
    area = reverse("area", args=[way.journey.ref, way.edition.requirement(LIVE).area])
    assert "something is not declared redacted" in text(ada.get(area))
    assert ada.post(page(way, LIVE), {"do": "send", "send-note": ""}).status_code == 409
    assert not Round.objects.exists()
    assert ada.post(page(way, LIVE), {"do": "declare", "item": item.ref}).status_code == 303
    assert DECLARE not in text(ada.get(page(way, LIVE)))
    assert ada.post(page(way, LIVE), {"do": "send", "send-note": ""}).status_code == 303
    item.refresh_from_db()
    assert (item.redacted_by, item.redacted_wording) == (way.cast.ada, evidence.REDACTED)


def test_an_item_is_declared_on_its_own_page(way: Walk, ada: Client) -> None:
    item = said(way)
    address = reverse("item", args=[way.journey.ref, item.ref])
    assert DECLARE in text(ada.get(address))
    refused = ada.post(address, {"do": "offer", "also-slot": LIVE})
    assert refused.status_code == 409
    assert "Casework is asked for here: reduce every name" in text(refused)
    assert ada.post(address, {"do": "declare"}).status_code == 303
    shown = text(ada.get(address))
    assert DECLARE not in shown
    assert "Ada Marsh declared on" in shown
    assert ada.post(address, {"do": "offer", "also-slot": LIVE}).status_code == 303
    assert ada.post(address, {"do": "nonsense"}).status_code == 404


@pytest.mark.parametrize("who", ["cid", "eve", "dot"])
def test_only_those_who_write_declare(who: str, way: Walk, people: Cast, as_user: Callable[[User], Client]) -> None:
    item, client = said(way), as_user(getattr(people, who))
    for address in (page(way, PLAIN), reverse("item", args=[way.journey.ref, item.ref])):
        assert client.post(address, {"do": "declare", "item": item.ref}).status_code == 404
        assert who != "cid" or DECLARE not in text(client.get(address))
    item.refresh_from_db()
    assert item.redacted_at is None


def test_a_declaration_too_late_is_refused_with_a_reason(way: Walk, ada: Client, today: date) -> None:
    item = said(way)
    applying.withdraw(journey=way.journey, by=way.cast.ada, today=today)
    address = reverse("item", args=[way.journey.ref, item.ref])
    assert DECLARE not in text(ada.get(address))
    refused = ada.post(address, {"do": "declare"})
    assert refused.status_code == 409
    assert "This journey has ended" in text(refused)


def test_a_second_upload_of_one_file_is_shown_the_first(way: Walk, ada: Client, today: date) -> None:
    given = {f"file-{name}": value for name, value in ways_of_adding(today)["file"].items()} | {"do": "file"}
    assert ada.post(page(way, PLAIN), given).status_code == 303
    given["file-upload"].seek(0)
    answer = ada.post(page(way, "2"), given)
    assert answer.status_code == 409
    assert "You have added this file already" in text(answer)
    assert Original.objects.count() == 1
