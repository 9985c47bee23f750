"""What these tests ask for."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from kithwork.journeys.models import Journey
from kithwork.organisations.models import Role
from kithwork.procedures import observing
from kithwork.procedures.sample import Cast
from tests.web.body import lantern
from tests.web.body.stages.ground import FILLED, RISK, SEEN, YES, As, At, Road, When, came


@pytest.fixture
def journey(people: Cast, tmp_path: Path, today: date) -> Journey:
    return lantern.asked(lantern.publish(tmp_path, people), people, today)


@pytest.fixture
def una(people: Cast, as_user: As) -> Client:
    return as_user(lantern.member(people, "Una Second", Role.OFFICER))


@pytest.fixture
def pat(people: Cast, as_user: As) -> Client:
    return as_user(lantern.member(people, "Pat Panel", Role.PANEL))


@pytest.fixture
def quin(people: Cast, as_user: As) -> Client:
    return as_user(lantern.member(people, "Quin Panel", Role.PANEL))


@pytest.fixture
def cleo(people: Cast, as_user: As) -> Client:
    return as_user(lantern.member(people, "Cleo Chair", Role.CHAIR))


@pytest.fixture
def when(today: date) -> When:
    """A time today, as the form for arranging takes it."""
    return {"day_day": today.day, "day_month": today.month, "day_year": today.year, "at": "10:00", "place": "The hall"}


@pytest.fixture
def road(journey: Journey, olu: Client, una: Client, at: At, people: Cast, today: date, when: When) -> Road:
    """road("panel") -> the journey, taken by the body's own pages to where that stage is open."""

    def send(client: Client, stage: str, name: str = "body_stage", **data: Any) -> None:
        answer = client.post(at(name, journey.ref, stage), data)
        assert answer.status_code == 303, answer.content.decode()

    steps: dict[str, list[Callable[[], object]]] = {
        "papers": [lambda: send(olu, "papers", **FILLED)],
        "risk": [lambda: send(olu, "risk", **RISK)],
        "agreed": [
            lambda: send(olu, "agreed", "decide", **YES),
            lambda: send(una, "agreed", "decide", **YES),
        ],
        "tea": [lambda: send(olu, "tea", do="arrange", **when), lambda: send(olu, "tea", do="hold")],
        "evening": [
            lambda: send(olu, "evening", offering=lantern.evening(people, today).ref),
            lambda: came(olu, at, 1),
            lambda: came(olu, at, 2),
        ],
        "watch": [
            lambda: send(olu, "watch", do="arrange", **when),
            lambda: send(olu, "watch", do="hold", **SEEN),
            lambda: send(olu, "watch", do="sign"),
            lambda: observing.sign(journey=journey, stage="watch", by=people.ada, today=today),
        ],
    }

    def go(to: str) -> Journey:
        while steps and next(iter(steps)) != to:
            for act in steps.pop(next(iter(steps))):
                act()
        return journey

    return go
