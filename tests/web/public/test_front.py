"""The first page, and what the site says of itself."""

import pytest
from django.db import OperationalError
from django.test import Client

from kithwork.journeys.models import PublishedEdition
from kithwork.procedures.sample import Cast

pytestmark = pytest.mark.django_db


def test_it_offers_what_a_visitor_came_for(client: Client, qim: PublishedEdition) -> None:
    page = client.get("/")
    text = page.content.decode()
    assert page.status_code == 200
    for href in ("/check/", "/register/", "/verify/", "/accounts/login/", "/schemes/qim/"):
        assert f'href="{href}"' in text


def test_it_stands_before_any_scheme_is_published(client: Client) -> None:
    assert client.get("/").status_code == 200
    assert "No scheme is on offer yet" in client.get("/schemes/").content.decode()


def test_somebody_signed_in_finds_their_desk(as_user, people: Cast, qim: PublishedEdition) -> None:
    text = as_user(people.ada).get("/").content.decode()
    assert 'href="/home/"' in text
    assert 'href="/accounts/login/"' not in text


@pytest.mark.parametrize(
    "path", ["/", "/schemes/", "/accessibility/", "/privacy/", "/health", "/register/", "/verify/"]
)
def test_these_pages_are_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/accessibility/", "/privacy/"])
def test_the_body_to_write_to_is_named(client: Client, qim: PublishedEdition, path: str) -> None:
    assert qim.body.name in client.get(path).content.decode()


def test_health_answers_ok_while_the_database_does(client: Client) -> None:
    page = client.get("/health")
    assert (page.status_code, page.content) == (200, b"ok")
    assert page["Cache-Control"] == "no-store"


def test_health_says_so_when_the_database_does_not(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError

    monkeypatch.setattr("kithwork.web.public.front.connection.cursor", gone)
    page = client.get("/health")
    assert page.status_code == 503
    assert b"ok" not in page.content


def test_the_public_desk_asks_the_database_little(
    client: Client, qim: PublishedEdition, django_assert_max_num_queries
) -> None:
    client.get("/")  # the edition is read once a process
    with django_assert_max_num_queries(1):
        client.get("/")
    with django_assert_max_num_queries(1):
        client.get("/schemes/qim/")
