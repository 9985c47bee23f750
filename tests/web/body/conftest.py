"""What the tests of this desk share: who is turned away, and how many queries a page makes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kithwork.accounts.models import User
from kithwork.journeys.models import PublishedEdition
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Organisation
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast, Walk
from tests.stencil import STENCILS


@pytest.fixture
def org(people: Cast) -> str:
    return people.body.slug


@pytest.fixture
def olu(people: Cast, as_user: Callable[..., Client]) -> Client:
    return as_user(people.olu)


@pytest.fixture
def at(people: Cast) -> Callable[..., str]:
    """at("body_journey", ref) -> the address of a page of this body."""
    return lambda name, *args: reverse(name, args=[people.body.slug, *args])


@pytest.fixture
def turned_away(people: Cast, as_user: Callable[..., Client]) -> Callable[..., None]:
    """Everybody but the body's officers, an officer of another body among them, gets 404; nobody at all is sent to
    sign in."""

    def check(url: str, method: str = "get", **data: Any) -> None:
        gil = User.objects.filter(email="gil@otherbody.example").first()
        if gil is None:
            gil = sample.person("Gil Other", "gil@otherbody.example")
            organisations.found(name="Other Body", kind=Organisation.Kind.BODY, by=gil)
        other = Organisation.objects.get(name="Other Body")
        for user in (people.ada, people.bea, people.cid, people.dot, people.eve, gil):
            assert getattr(as_user(user), method)(url, data).status_code == 404, user.name
        elsewhere = url.replace(f"/body/{people.body.slug}/", f"/body/{other.slug}/")
        if "/journeys/" in url or "/awards/" in url:
            assert getattr(as_user(gil), method)(elsewhere, data).status_code == 404
        answer = getattr(Client(), method)(url, data)
        assert answer.status_code == 302
        assert "login" in answer["Location"]

    return check


@pytest.fixture
def queries(olu: Client) -> Callable[[str], int]:
    def count(url: str) -> int:
        olu.get(url)
        with CaptureQueriesContext(connection) as found:
            assert olu.get(url).status_code == 200
        return len(found)

    return count


@pytest.fixture
def many(people: Cast, qim: PublishedEdition, today: date) -> Callable[..., list[Walk]]:
    """many(3, "eligible") -> as many walks of services of organisations of their own."""

    def make(number: int, point: str, first: int) -> list[Walk]:
        walks = []
        for n in range(first, first + number):
            lead = sample.person(f"Lead {n}", f"lead{n}@service{n}.example")
            provider = organisations.found(name=f"Trust {n:02d}", kind=Organisation.Kind.PROVIDER, by=lead)
            service = organisations.open_service(organisation=provider, name=f"Service {n:02d}", by=lead, place="Hay")
            cast = replace(people, ada=lead, provider=provider, service=service)
            start = today - timedelta(days=100)
            walks.append(sample.walk(cast=cast, edition=qim, to=point, start=start, last=today))
        return walks

    def go(number: int, point: str, first: int = 0) -> list[Walk]:
        key = ("many", number, point, first, today)
        return STENCILS.put(key, lambda: make(number, point, first), given=(people, qim))

    return go
