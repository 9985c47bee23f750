"""Schemes on offer, and one scheme as its edition says it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.schemes import Edition
from kithwork.journeys.actions import close_edition
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import PublishedEdition
from kithwork.procedures.sample import Cast
from kithwork.web.public import scheme as cards

pytestmark = pytest.mark.django_db
PAGES = ("/schemes/qim/", "/schemes/qim/requirements/", "/schemes/qim/requirements/mentor-journey/")


@pytest.fixture
def edition(qim: PublishedEdition) -> Edition:
    return edition_of(qim)


def test_every_scheme_is_listed_once(client: Client, qim: PublishedEdition, plain: PublishedEdition) -> None:
    text = client.get("/schemes/").content.decode()
    assert "2 schemes are on offer" in text
    assert text.count('href="/schemes/qim/"') == 1


def test_a_closed_scheme_says_so_and_offers_nothing(
    client: Client, people: Cast, qim: PublishedEdition, as_user: Callable[[User], Client]
) -> None:
    close_edition(edition=qim, by=people.olu, now=timezone.now())
    page = client.get("/schemes/qim/").content.decode()
    assert "takes no new applications" in page
    assert 'href="/check/qim/"' not in page
    assert "Apply" not in page
    listed = client.get("/schemes/").content.decode()
    assert "No scheme is on offer" in listed
    assert "Closed to new applications" in listed
    assert 'href="/schemes/qim/"' in listed
    assert 'href="/schemes/qim/"' not in client.get("/").content.decode(), "the first page names what is on offer"
    assert client.get("/check/qim/")["Location"] == "/schemes/qim/"
    assert as_user(people.ada).get("/start/qim/")["Location"] == "/schemes/qim/"
    assert people.body.name in client.get("/privacy/").content.decode(), "who keeps the details is still told"


def test_an_open_edition_stands_for_a_closed_older_or_newer_one(
    client: Client, people: Cast, qim: PublishedEdition, short: PublishedEdition
) -> None:
    assert "edition short" in client.get("/schemes/qim/").content.decode()
    close_edition(edition=short, by=people.olu, now=timezone.now())
    page = client.get("/schemes/qim/").content.decode()
    assert "edition 2022" in page
    assert "takes no new applications" not in page
    assert "1 scheme is on offer" in client.get("/schemes/").content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_light_and_read_only(client: Client, qim: PublishedEdition, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert len(page.content) < 60_000
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/schemes/none/", "/schemes/qim/requirements/none/", "/schemes/none/requirements/"])
def test_what_is_not_there_is_not_there(client: Client, qim: PublishedEdition, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_page_tells_the_whole_edition(client: Client, edition: Edition) -> None:
    from django.utils.html import escape

    text = client.get("/schemes/qim/").content.decode()
    told = [edition.scheme.summary, edition.scheme.who_for, edition.scheme.source]
    told += [*edition.scheme.benefits, *edition.credential.keeps]
    told += [stage.title for stage in edition.stages] + [level.title for level in edition.levels]
    told += [area.title for area in edition.areas] + ["61 indicators", "84 indicators", "7 practice areas"]
    for words in told:
        assert escape(words) in text, words


def test_fees_stand_in_one_table_with_totals(edition: Edition) -> None:
    costs = cards.costs(edition)
    assert costs is not None
    assert [row[-3:] for row in costs.rows] == [
        ("£200", "£300", "£500"),
        ("£200", "£550", "£750"),
        ("£200", "£650", "£850"),
        ("£200", "£750", "£950"),
    ]
    assert costs.short == "£500 to £950"
    assert "not paid back" in " ".join(costs.notes)


def test_the_road_has_every_limit(edition: Edition) -> None:
    road = {step.title: step for step in cards.road(edition)}
    online = road["Evidence sent online"]
    assert online.time == "6 months"
    assert "One practice area sent within 2 months" in online.facts
    assert "38 indicators for QiM Award, 48 for QiM Excellence" in online.facts
    assert "What is missing on the day: within 1 month" in road["Visit"].facts
    assert "A mentee's journey: 300 to 800 words" in road["Case studies"].facts


def test_every_requirement_is_on_its_areas_page_and_on_the_list(client: Client, edition: Edition) -> None:
    from django.utils.html import escape

    listed = client.get("/schemes/qim/requirements/").content.decode()
    for area in edition.areas:
        text = client.get(f"/schemes/qim/requirements/{area.id}/").content.decode()
        for one in edition.requirements:
            if one.area == area.id:
                assert escape(one.asks) in text
                assert escape(one.title) in listed


def test_another_kind_of_scheme_needs_no_other_page(client: Client, plain: PublishedEdition) -> None:
    text = client.get("/schemes/plain/").content.decode()
    for words in (
        "It costs £1,200",
        "4 dated parts, 24 hours taught",
        "within 15 working days",
        "Without end",
        "Check whether you are",
    ):
        assert words in text
    assert "indicator" not in text
    assert "/start/plain/" not in text  # persons apply to the body itself
    assert client.get("/schemes/plain/requirements/").status_code == 200
