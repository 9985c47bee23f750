"""What an officer reads beside the decision on an award: how each stage that leads to it came out."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from kithwork.core.journey import Answer, Entry, EntryKind
from kithwork.core.schemes import Role
from kithwork.evidence.queries import FeedbackOutcome
from kithwork.journeys.models import Journey
from kithwork.procedures import assessing, sample
from kithwork.procedures.sample import Cast
from tests.conftest import SCHEMES
from tests.journeys.made import journey_at

pytestmark = pytest.mark.django_db
K, DAY = EntryKind, date(2026, 3, 2)
ATTENDED = [
    Entry(DAY, K.OPENED, Role.APPLICANT, level="licence"),
    Entry(DAY, K.ANSWERED, Role.APPLICANT, "self-check", outcome=Answer.YES),
    Entry(DAY, K.SUBMITTED, Role.APPLICANT, "application"),
    Entry(DAY, K.DECIDED, Role.OFFICER, "approval", outcome=Answer.YES),
    Entry(DAY, K.ARRANGED, Role.OFFICER, "course", until=DAY),
    Entry(DAY, K.APPOINTED, Role.OFFICER),
    *[Entry(DAY, K.ATTENDED, Role.OFFICER, "course", part) for part in "1234"],
    Entry(DAY, K.INVOICED, Role.OFFICER, "course-fee", amount=1),
]


@pytest.fixture
def journey(people: Cast, today: date) -> Journey:
    edition = sample.publish(SCHEMES / "pqasso-mentor" / "first", people)
    return journey_at(edition, people, (ATTENDED, DAY), today)


def test_the_trainers_words_on_each_piece_stand_beside_the_decision(
    journey: Journey, people: Cast, olu: Client, at: Callable[..., str], today: date
) -> None:
    for slot, outcome, advice in (
        ("written", FeedbackOutcome.RETURNED, "Say more on boundaries."),
        ("written", FeedbackOutcome.CONFIRMED, "Clear now."),
        ("presentation", FeedbackOutcome.CONFIRMED, "It suited those who listened."),
    ):
        assessing.give_feedback(
            journey=journey, stage="assessment", slot=slot, outcome=outcome, advice=advice, by=people.dot, today=today
        )
    page = olu.get(at("decide", journey.ref, "decision")).content.decode()
    assert "It suited those who listened." in page
    assert f"{people.dot.name}, " in page
    assert "Clear now." in page
    assert "More was asked for 1 time before." in page
    assert "Say more on boundaries." not in page, "what was mended is only counted"
    assert "Not paid yet" in page
    assert "Renewal workshop" not in page, "it is not on this road"


def test_what_is_missing_is_said(journey: Journey, olu: Client, at: Callable[..., str]) -> None:
    page = olu.get(at("decide", journey.ref, "decision")).content.decode()
    assert page.count("Nothing yet") == 2
