"""The scales in use are asked within a review and within a supervision session, not only on a page apart."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from kithwork.caseload.actions import outcomes as act
from kithwork.caseload.actions import reviews
from kithwork.caseload.models import Match, Measure, Measurement, Practice, Review, Supervision
from kithwork.notices.actions import send_waiting
from kithwork.procedures.sample import Cast
from tests.running import a_match, a_mentee, a_mentor
from tests.web.coordinator.mentors.conftest import day

pytestmark = pytest.mark.django_db
MENTEE, MENTOR = Measure.Whose
T = act.Template
SAID = {"achieved": "mostly", "goes_on": "yes", "needed": "yes", "of_service": "Grand."}


@pytest.fixture(autouse=True)
def unhurried() -> None:
    cache.clear()


@pytest.fixture
def match(people: Cast, practice: Practice, today: date) -> Match:
    cai = a_mentee(people.service, today, "Cai Rowan", email="cai@people.example")
    return a_match(cai, a_mentor(people.service, people.ada, today, "Mab Sorrel"), people.ada, today)


def in_use(people: Cast, whose: Any, template: Any, today: date) -> Measure:
    since = today - timedelta(days=400)
    return act.take_up_ready_made(service=people.service, whose=whose, template=template, by=people.ada, today=since)


def test_a_review_asks_the_mentees_scales(ada: Client, at: Any, match: Match, people: Cast, today: date) -> None:
    url = at("match_review", match.ref)
    assert "How are things with them" not in ada.get(url).content.decode(), "nothing is measured yet"
    confidence, lonely = in_use(people, MENTEE, T.CONFIDENCE, today), in_use(people, MENTEE, T.LONELINESS, today)
    in_use(people, MENTOR, T.WELLBEING, today)
    page = ada.get(url).content.decode()
    assert "How confident do you feel in yourself?" in page
    assert "unwind" not in page, "a mentor's scale"
    given = {**SAID, "mentor_there": "no", "outcome": "It goes on.", **day(today)}
    half = ada.post(url, {**given, f"m{lonely.ref}_0": "2"})
    assert half.status_code == 422
    assert "answer this too, or none of its questions" in half.content.decode()
    assert "Grand." in half.content.decode(), "what was typed stays"
    assert not Review.objects.exists()
    assert ada.post(url, {**given, f"m{confidence.ref}_0": "7"}).status_code == 303
    row = Measurement.objects.get()
    assert (row.mentee, row.measure, row.value, row.on, row.by) == (match.mentee, confidence, 7, today, people.ada)
    assert Review.objects.get().on == row.on


def test_a_review_goes_without_them(ada: Client, at: Any, match: Match, people: Cast, today: date) -> None:
    in_use(people, MENTEE, T.CONFIDENCE, today)
    given = {**SAID, "mentor_there": "no", "outcome": "It goes on.", **day(today)}
    assert ada.post(at("match_review", match.ref), given).status_code == 303
    assert not Measurement.objects.exists()


def test_what_is_refused_keeps_neither(ada: Client, at: Any, match: Match, people: Cast, today: date) -> None:
    confidence = in_use(people, MENTEE, T.CONFIDENCE, today)
    early = day(today - timedelta(days=200))
    given = {**SAID, "mentor_there": "no", "outcome": "It goes on.", **early, f"m{confidence.ref}_0": "7"}
    assert ada.post(at("match_review", match.ref), given).status_code == 409
    assert not Review.objects.exists()
    assert not Measurement.objects.exists()


def test_supervision_asks_the_mentors_scales(ada: Client, at: Any, match: Match, people: Cast, today: date) -> None:
    wellbeing = in_use(people, MENTOR, T.WELLBEING, today)
    url = at("supervise", match.mentor.ref)
    assert "I have been able to unwind." in ada.get(url).content.decode()
    given = {"face_to_face": "yes", "topics": ["aims"], "goes_on": "yes", **day(today)}
    answers = {f"m{wellbeing.ref}_{number}": "4" for number in range(7)}
    assert ada.post(url, {**given, **answers, f"m{wellbeing.ref}_3": ""}).status_code == 422
    assert ada.post(url, {**given, **answers}).status_code == 303
    row = Measurement.objects.get()
    assert (row.mentor, row.value, row.on) == (match.mentor, 28, today)
    assert Supervision.objects.get().topics == ["aims"]


def test_a_mentee_answers_them_by_the_link_of_a_review(match: Match, people: Cast, today: date) -> None:
    confidence = in_use(people, MENTEE, T.CONFIDENCE, today)
    reviews.ask(match=match, by=people.ada, now=timezone.now(), today=today)
    send_waiting(now=timezone.now())
    found = re.search(r"https?://[^/\s]+(/link/\S+)", mail.outbox[-1].body)
    assert found
    page = Client().get(found[1]).content.decode()
    assert "How are things with you?" in page
    assert Client().post(found[1], {**SAID, f"m{confidence.ref}_0": "11"}).status_code == 422
    assert Client().post(found[1], {**SAID, f"m{confidence.ref}_0": "6"}).status_code == 303
    row = Measurement.objects.get()
    assert (row.mentee, row.value, row.by) == (match.mentee, 6, None)
