"""A service that runs its work here, signed in as its lead; a stranger and a reader."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kithwork.accounts.models import User
from kithwork.caseload.models import Practice
from kithwork.procedures.sample import Cast
from tests.running import a_practice


@pytest.fixture
def practice(people: Cast, today: date) -> Practice:
    return a_practice(people.service, people.ada, today)


@pytest.fixture
def ada(people: Cast, as_user: Callable[[User], Client]) -> Client:
    return as_user(people.ada)


@pytest.fixture
def at(practice: Practice) -> Callable[..., str]:
    """at("mentor", mentor.ref) -> that page's address in this service."""
    return lambda name, *more: reverse(name, args=[practice.service.slug, *more])


@pytest.fixture
def turned_away(people: Cast, as_user: Callable[[User], Client]) -> Callable[..., None]:
    """turned_away(url, method="post") : a stranger, a foreign lead, a contributor and a reader find nothing there."""

    def check(url: str, method: str = "get", **data: Any) -> None:
        assert getattr(Client(), method)(url, data).status_code == 302
        for who in (people.eve, people.bea, people.cid, people.dot):
            assert getattr(as_user(who), method)(url, data).status_code == 404, who

    return check


def day(when: date, name: str = "on") -> dict[str, int]:
    """What the three boxes of a date send."""
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}
