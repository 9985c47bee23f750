"""What the tests of this room share: the service and its people, who is turned away, how many queries a page makes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kithwork.accounts.models import User
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role, Service
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast
from tests.running import a_practice


@pytest.fixture
def service(people: Cast, today: date) -> Service:
    a_practice(people.service, people.ada, today)
    return people.service


@pytest.fixture
def cora(people: Cast) -> User:
    """Who coordinates the service."""
    user = sample.person("Cora Lyle", "cora@lanternside.example")
    organisations.join(organisation=people.provider, user=user, role=Role.COORDINATOR, by=people.ada)
    return user


@pytest.fixture
def ada(people: Cast, as_user: Callable[[User], Client]) -> Client:
    """The lead, signed in."""
    return as_user(people.ada)


@pytest.fixture
def at(service: Service) -> Callable[..., str]:
    """at("policy", ref) -> the address of a page of this service."""
    return lambda name, *args: reverse(name, args=[service.slug, *args])


@pytest.fixture
def turned_away(people: Cast, as_user: Callable[[User], Client]) -> Callable[..., None]:
    """Strangers, people of another organisation and of the award half, and whoever is named, get 404."""

    def check(url: str, *also: User, method: str = "get", **data: Any) -> None:
        for user in (people.eve, people.dot, people.olu, *also):
            assert getattr(as_user(user), method)(url, data).status_code == 404, user.name
        answer = getattr(Client(), method)(url, data)
        assert answer.status_code == 302
        assert "login" in answer["Location"]

    return check


@pytest.fixture
def queries(ada: Client) -> Callable[[str], int]:
    def count(url: str) -> int:
        ada.get(url)
        with CaptureQueriesContext(connection) as found:
            assert ada.get(url).status_code == 200
        return len(found)

    return count


def days(name: str, when: date | None) -> dict[str, str]:
    """A date as its three boxes send it."""
    parts = {"day": when.day, "month": when.month, "year": when.year} if when else {}
    return {f"{name}_{box}": str(parts.get(box, "")) for box in ("day", "month", "year")}
