"""What the tests of matches share: a service that runs, one mentee who waits, one mentor who is ready."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kithwork.accounts.models import User
from kithwork.caseload.models import Match, Mentee, Mentor, Practice
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role, Service
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast
from tests.running import a_match, a_mentee, a_mentor, a_practice


@dataclass
class Room:
    service: Service
    practice: Practice
    cai: Mentee
    mab: Mentor
    match: Match


@pytest.fixture
def practice(people: Cast, today: date) -> Practice:
    return a_practice(people.service, people.ada, today)


@pytest.fixture
def cai(practice: Practice, people: Cast, today: date) -> Mentee:
    return a_mentee(people.service, today, "Cai Rowan", email="cai@people.example", interests=["Chess", "Walking"])


@pytest.fixture
def mab(practice: Practice, people: Cast, today: date) -> Mentor:
    more = {"email": "mab@people.example", "interests": ["walking"]}
    return a_mentor(people.service, people.ada, today, "Mab Sorrel", **more)


@pytest.fixture
def room(practice: Practice, cai: Mentee, mab: Mentor, people: Cast, today: date) -> Room:
    """Cai and Mab were introduced 30 days ago."""
    return Room(people.service, practice, cai, mab, a_match(cai, mab, people.ada, today))


@pytest.fixture
def asked(practice: Practice, cai: Mentee, mab: Mentor, people: Cast, today: date) -> Room:
    """Cai and Mab were proposed today and have not answered."""
    return Room(people.service, practice, cai, mab, a_match(cai, mab, people.ada, today, running=False))


@pytest.fixture
def ada(people: Cast, as_user: Callable[[User], Client]) -> Client:
    return as_user(people.ada)


@pytest.fixture
def at(people: Cast) -> Callable[..., str]:
    """at("match", ref) -> the address of a page of this service."""
    return lambda name, *args: reverse(name, args=[people.service.slug, *args])


@pytest.fixture
def turned_away(people: Cast, as_user: Callable[[User], Client], today: date) -> Callable[..., None]:
    """Whoever does not coordinate this service gets 404, a lead of another service that runs among them; nobody at all
    is sent to sign in; and PUT is no way in.
    """
    theirs = organisations.open_service(organisation=people.elsewhere, name="Elsewhere Mentors", by=people.eve)

    def check(url: str, method: str = "get", **data: Any) -> None:
        if not Practice.objects.filter(service=theirs).exists():
            a_practice(theirs, people.eve, today)
        for user in (people.bea, people.cid, people.dot, people.olu, people.eve):
            assert getattr(as_user(user), method)(url, data).status_code == 404, user.name
        elsewhere = url.replace(f"/run/{people.service.slug}/", f"/run/{theirs.slug}/")
        if elsewhere.count("/") > 4:
            assert getattr(as_user(people.eve), method)(elsewhere, data).status_code in {404, 200}
        answer = getattr(Client(), method)(url, data)
        assert answer.status_code == 302
        assert "login" in answer["Location"]
        assert as_user(people.ada).put(url).status_code == 405

    return check


@pytest.fixture
def queries(ada: Client) -> Callable[[str], int]:
    def count(url: str) -> int:
        ada.get(url)
        with CaptureQueriesContext(connection) as found:
            assert ada.get(url).status_code == 200
        return len(found)

    return count


@pytest.fixture
def day() -> Callable[..., dict[str, int]]:
    """day("on", date) -> what the three boxes of a date send."""
    return lambda name, value: {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


@pytest.fixture
def cora(people: Cast) -> User:
    """A second coordinator."""
    user = sample.person("Cora Lyle", "cora@lanternside.example")
    organisations.join(organisation=people.provider, user=user, role=Role.COORDINATOR, by=people.ada)
    return user
