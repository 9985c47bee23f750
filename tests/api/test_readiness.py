"""What a program reads of a service's readiness, by a person's key: that person's doors, and nobody else's."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kithwork.accounts.actions import make_key, stop_key
from kithwork.accounts.models import User
from kithwork.caseload.models import Mentee
from kithwork.journeys.models import PublishedEdition
from kithwork.procedures.sample import Cast
from tests.running import a_mentee, a_practice

STATES = {"met", "at-risk", "not-met", "not-recorded"}


def ask(user: User | None, slug: str, today: date, **more: str) -> Any:
    headers = {}
    if user is not None:
        headers["Authorization"] = f"Bearer {make_key(user=user, name='test', today=today)[1]}"
    return Client().get(reverse("api:readiness", args=[slug]), {"scheme": "qim", **more}, headers=headers)


@pytest.fixture
def slug(people: Cast, qim: PublishedEdition, today: date) -> str:
    a_practice(people.service, people.ada, today)
    a_mentee(people.service, today, "Cai Rowan", accepted_on=today - timedelta(days=10))
    return people.service.slug


def test_tells_how_each_requirement_stands(slug: str, people: Cast, today: date) -> None:
    answer = ask(people.ada, slug, today)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["scheme"], told["edition"], told["at"]) == ("qim", "2022", today.isoformat())
    assert {one["state"] for one in told["requirements"]} <= STATES
    assert sum(told["states"].values()) == len(told["requirements"])
    contacts = next(one for one in told["requirements"] if one["id"] == "42")
    heard = next(one for one in contacts["checks"] if one["name"] == "mentees.contacted")
    assert (heard["asked_about"], heard["failing"]) == (1, 0)
    assert heard["figure"].startswith("1 of 1 mentee")
    assert heard["lapses"]["90 days"] == 1


def test_tells_of_nobody(slug: str, people: Cast, today: date) -> None:
    long_ago = today - timedelta(days=200)
    Mentee.objects.update(came_on=long_ago, accepted_on=long_ago)
    text = ask(people.ada, slug, today).content.decode()
    assert "Cai" not in text
    assert Mentee.objects.get().ref not in text


def test_each_sees_what_their_own_pages_would_show(slug: str, people: Cast, today: date) -> None:
    assert ask(None, slug, today).status_code == 401
    for stranger in (people.eve, people.dot, people.olu):
        assert ask(stranger, slug, today).status_code == 404
    assert ask(people.ada, "no-such-service", today).status_code == 404
    assert ask(people.ada, slug, today, scheme="pqasso-mentor").status_code == 404
    assert ask(people.ada, slug, today, edition="1999").status_code == 404


def test_a_session_is_no_key_and_a_dead_key_is_none(slug: str, people: Cast, today: date, as_user: Any) -> None:
    address = reverse("api:readiness", args=[slug])
    assert as_user(people.ada).get(address, {"scheme": "qim"}).status_code == 401
    key, secret = make_key(user=people.ada, name="it", today=today)
    stop_key(user=people.ada, ref=key.ref, today=today)
    dead = Client().get(address, {"scheme": "qim"}, headers={"Authorization": f"Bearer {secret}"})
    assert dead.status_code == 401
    assert Client().post(address, headers={"Authorization": f"Bearer {secret}"}).status_code == 405


def test_which_scheme_must_be_said(slug: str, people: Cast, today: date) -> None:
    secret = make_key(user=people.ada, name="it", today=today)[1]
    answer = Client().get(reverse("api:readiness", args=[slug]), headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 422


def test_describes_itself(db: None) -> None:
    described = json.loads(Client().get(reverse("api:openapi-json")).content)
    assert described["openapi"].startswith("3.")
    assert "/api/v1/services/{slug}/readiness" in described["paths"]
