"""A service that runs its work, its coordinator, and who is turned away from people's records."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kithwork.accounts.models import User
from kithwork.caseload.models import Practice
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast
from tests.running import a_practice


@pytest.fixture
def practice(people: Cast, today: date) -> Practice:
    return a_practice(people.service, people.ada, today)


@pytest.fixture
def cora(people: Cast) -> User:
    user = sample.person("Cora Lyle", "cora@lanternside.example")
    organisations.join(organisation=people.provider, user=user, role=Role.COORDINATOR, by=people.ada)
    return user


@pytest.fixture
def sage(people: Cast) -> User:
    user = sample.person("Sage Wynn", "sage@lanternside.example")
    organisations.join(organisation=people.provider, user=user, role=Role.SAFEGUARDING, by=people.ada)
    return user


@pytest.fixture
def desk(practice: Practice, cora: User, as_user: Callable[[User], Client]) -> Client:
    """A client signed in as Cora, who coordinates."""
    return as_user(cora)


@pytest.fixture
def at(practice: Practice) -> Callable[..., str]:
    """at("mentee", ref) -> the address of a page of this service."""
    return lambda name, *args: reverse(name, args=[practice.service.slug, *args])


@pytest.fixture
def turned_away(people: Cast, sage: User, today: date, as_user: Callable[[User], Client]) -> Callable[..., None]:
    """Whoever does not coordinate this service gets 404: a contributor, a reader, a safeguarding lead, an assessor, an
    officer and a lead of another organisation, at the foreign address too; nobody at all is sent to sign in.
    """

    elsewhere = organisations.open_service(organisation=people.elsewhere, name="Elsewhere", by=people.eve)
    other = a_practice(elsewhere, people.eve, today)

    def check(url: str, method: str = "get", **data: Any) -> None:
        for user in (people.bea, people.cid, sage, people.dot, people.olu, people.eve):
            assert getattr(as_user(user), method)(url, data).status_code == 404, user.name
        if any(len(part) == 12 for part in url.split("/")):  # a record of ours at a foreign service's address
            foreign = url.replace(f"/run/{people.service.slug}/", f"/run/{other.service.slug}/")
            assert getattr(as_user(people.eve), method)(foreign, data).status_code in {404, 405}
        answer = getattr(Client(), method)(url, data)
        assert answer.status_code == 302
        assert "login" in answer["Location"]

    return check


@pytest.fixture
def queries(desk: Client) -> Callable[[str], int]:
    def count(url: str) -> int:
        desk.get(url)
        with CaptureQueriesContext(connection) as found:
            assert desk.get(url).status_code == 200
        return len(found)

    return count


@pytest.fixture
def day(today: date) -> Callable[..., dict[str, str]]:
    """day(date, "on") -> the three boxes of a date field."""

    def boxes(value: date = today, name: str = "on") -> dict[str, str]:
        return {f"{name}_day": str(value.day), f"{name}_month": str(value.month), f"{name}_year": str(value.year)}

    return boxes
