"""What an assessor wants looked at again at a renewal, whatever the scheme marks."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from kithwork.assessment.models import Recommendation
from kithwork.assessment.queries import asked_again
from kithwork.core.journey import Answer, Entry, EntryKind
from kithwork.core.schemes import Role
from kithwork.journeys.models import Journey
from kithwork.procedures.sample import Cast, Walk
from tests.core.journey import thrush
from tests.journeys.made import journey_at, publish_texts

pytestmark = pytest.mark.django_db
K, DAY = EntryKind, date(2026, 3, 2)
SIGNS = ("l1", "l2", "l3", "l4", "b1", "b2", "b3", "g1", "g2", "g3", "g4")


@pytest.fixture
def journey(people: Cast, tmp_path: Path, today: date) -> Journey:
    """All is confirmed, and one listener recommends before the body decides."""
    texts = dict(thrush.TEXTS)
    texts["scheme.toml"] = (
        texts["scheme.toml"]
        .replace("assessors = 2\n", "", 1)
        .replace('by = "assessor"\ndeciders = 2', 'recommended_by = "assessor"', 1)
    )
    row = publish_texts(texts, people, tmp_path / "thrush" / "2026")
    entries = [
        Entry(DAY, K.OPENED, Role.APPLICANT, level="bronze"),
        Entry(DAY, K.ANSWERED, Role.APPLICANT, "self-check", outcome=Answer.YES),
        Entry(DAY, K.SUBMITTED, Role.APPLICANT, "application"),
        Entry(DAY, K.DECIDED, Role.OFFICER, "eligibility", outcome=Answer.YES),
        Entry(DAY, K.APPOINTED, Role.OFFICER),
        *[Entry(DAY, K.SUBMITTED, Role.APPLICANT, "evidence", sign) for sign in SIGNS],
        *[Entry(DAY, K.CONFIRMED, Role.ASSESSOR, "evidence", sign) for sign in SIGNS],
    ]
    return journey_at(row, people, (entries, DAY), today)


def test_any_requirement_that_is_not_marked_can_be_asked_for_again(journey: Journey, dot: Client) -> None:
    url = reverse("recommend", args=[journey.ref, "verdict"])
    page = dot.get(url).content.decode()
    assert "G2 A training day" in page
    assert "L1 Silence" not in page, "it is marked, so a renewal asks for it anyway"
    said = {"outcome": "yes", "summary": "Good.", "next_time": "More training."}
    assert dot.post(url, said | {"asked_again": ["g2", "nonsense"]}).status_code == 422
    assert dot.post(url, said | {"asked_again": ["g2", "b2"]}).status_code == 303
    assert asked_again(journey) == ["b2", "g2"]
    assert Recommendation.objects.get().next_time == "More training."


def test_nothing_is_asked_where_a_renewal_looks_at_all_of_it(short_walk: Callable[..., Walk], dot: Client) -> None:
    way = short_walk("ready")
    page = dot.get(reverse("recommend", args=[way.journey.ref, "decision"])).content.decode()
    asks = way.edition.renewal.asks if way.edition.renewal else "all"
    assert ("Look at again when it is renewed" in page) == (asks == "marked")
