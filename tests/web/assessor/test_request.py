"""The declaration before a case is taken."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kithwork.journeys.models import Appointment
from kithwork.procedures import applying
from kithwork.procedures.sample import Cast, Walk
from tests.web.refusals import refused_with


@pytest.fixture
def asked(walk_to: Callable[..., Walk], people: Cast) -> Appointment:
    walk = walk_to("eligible")
    return applying.ask_assessor(journey=walk.journey, assessor=people.dot, by=people.olu, today=walk.today)


def address(asked: Appointment) -> str:
    return reverse("assess_request", args=[asked.ref])


def test_shows_who_and_where_and_no_evidence(asked: Appointment, dot: Client) -> None:
    page = dot.get(address(asked)).content.decode()
    for words in ("Befriending Networks", "Quality in Mentoring", "Lanternside Mentoring", "Lanternside Trust"):
        assert words in page
    assert "no personal, paid or working tie" in page
    assert dot.get(reverse("case", args=[asked.journey.ref])).status_code == 404


def test_agreeing_opens_the_case_and_keeps_the_words(asked: Appointment, dot: Client) -> None:
    answer = dot.post(address(asked), {"answer": "none"})
    assert answer.status_code == 303
    assert answer["Location"] == reverse("case", args=[asked.journey.ref])
    assert dot.get(answer["Location"]).status_code == 200
    asked.refresh_from_db()
    assert asked.state == Appointment.State.APPOINTED
    assert asked.declaration.startswith("I have no personal, paid or working tie to Lanternside Mentoring")


def test_a_conflict_needs_words_and_leaves_the_case_shut(asked: Appointment, dot: Client) -> None:
    assert dot.post(address(asked), {"answer": "conflict"}).status_code == 422
    assert dot.post(address(asked), {"answer": "conflict", "words": "I worked there."}).status_code == 303
    asked.refresh_from_db()
    assert asked.state == Appointment.State.CONFLICT
    assert asked.declaration == "I worked there."
    assert dot.get(reverse("case", args=[asked.journey.ref])).status_code == 404


def test_no_answer_changes_nothing(asked: Appointment, dot: Client) -> None:
    assert dot.post(address(asked), {"words": "kept"}).status_code == 422
    assert b"kept" in dot.post(address(asked), {"words": "kept"}).content
    asked.refresh_from_db()
    assert asked.state == Appointment.State.ASKED


@pytest.mark.parametrize("who", ["ada", "olu", "eve"])
def test_nobody_else_answers_it(who: str, asked: Appointment, people: Cast, as_user: Callable[..., Client]) -> None:
    client = as_user(getattr(people, who))
    assert client.get(address(asked)).status_code == 404
    assert client.post(address(asked), {"answer": "none"}).status_code == 404


def test_it_is_answered_once(asked: Appointment, dot: Client) -> None:
    dot.post(address(asked), {"answer": "none"})
    again = dot.post(address(asked), {"answer": "conflict", "words": "It came back to me"})
    refused_with(again, "You have answered this request already.", reverse("queue"))
    assert "It came back to me</textarea>" in again.content.decode()
    asked.refresh_from_db()
    assert asked.state == Appointment.State.APPOINTED
    assert dot.get(address(asked)).status_code == 404
    assert dot.put(address(asked)).status_code == 405
