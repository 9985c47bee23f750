"""What the tests of these pages share: a service that runs, one mentee who waits, one mentor who is ready."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kithwork.accounts.models import User
from kithwork.procedures.sample import Cast
from tests.web.coordinator.matches.conftest import ada, at, cai, mab, practice, queries, turned_away

__all__ = ["ada", "at", "cai", "mab", "practice", "queries", "turned_away"]


@pytest.fixture
def cannot_post(people: Cast, as_user: Callable[[User], Client]) -> Callable[..., None]:
    """Whoever does not coordinate this service gets 404, the lead of another among them; nobody is sent to sign in. Of
    an address that is about the whole service: a lead of another may do the same at hers.
    """

    def check(url: str, **data: Any) -> None:
        for user in (people.bea, people.cid, people.dot, people.olu, people.eve):
            assert as_user(user).post(url, data).status_code == 404, user.name
        answer = Client().post(url, data)
        assert answer.status_code == 302
        assert "login" in answer["Location"]

    return check
