"""Deciding on eligibility and on the award."""

import pytest

from kithwork.assessment.models import Decision
from kithwork.awards.models import Award
from kithwork.core.journey import Answer
from kithwork.notices.models import Message
from kithwork.procedures import applying

pytestmark = pytest.mark.django_db


def _seen(journey) -> int:
    return journey.entries.order_by("-seq").first().seq


def test_says_yes_to_eligibility_and_tells_the_applicant(olu, at, journey_at, people):
    journey = journey_at("applied")
    url = at("decide", journey.ref, "eligibility")
    page = olu.get(url).content.decode()
    assert "£550" in page
    assert "Never paid back" in page
    assert "Yes to every question" in page
    Message.objects.all().delete()
    answer = olu.post(url, {"outcome": "yes", "reason": "All met", "seen": _seen(journey)})
    assert answer.status_code == 303
    assert answer["Location"] == at("body_journey", journey.ref)
    decision = Decision.objects.get()
    assert (decision.outcome, decision.by) == ("yes", people.olu)
    assert set(Message.objects.values_list("to__name", flat=True)) == {people.ada.name, people.bea.name}


def test_more_reopens_the_form(olu, at, journey_at):
    journey = journey_at("applied")
    url = at("decide", journey.ref, "eligibility")
    assert olu.post(url, {"outcome": "more", "reason": "Say how matches end."}).status_code == 303
    journey.refresh_from_db()
    assert journey.stage == "application"


def test_a_no_is_asked_about_once_more(olu, at, journey_at):
    journey = journey_at("applied")
    url = at("decide", journey.ref, "eligibility")
    given = {"outcome": "no", "reason": "It is a befriending service.", "seen": _seen(journey)}
    page = olu.post(url, given)
    assert page.status_code == 200
    assert "Decide no for Lanternside Mentoring?" in page.content.decode()
    assert "It is a befriending service." in page.content.decode()
    assert not Decision.objects.exists()
    back = olu.post(url, given | {"back": "yes"}).content.decode()
    assert "It is a befriending service.</textarea>" in back
    assert not Decision.objects.exists()
    assert olu.post(url, given | {"sure": "yes"}).status_code == 303
    journey.refresh_from_db()
    assert journey.status == "refused"


@pytest.mark.parametrize("outcome", ["no", "more"])
def test_needs_a_reason_for_anything_but_yes(outcome, olu, at, journey_at):
    answer = olu.post(at("decide", journey_at("applied").ref, "eligibility"), {"outcome": outcome, "sure": "yes"})
    assert answer.status_code == 422
    assert "Give the reason" in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_yes_grants_the_award_at_once(olu, at, journey_at):
    journey = journey_at("recommended")
    url = at("decide", journey.ref, "decision")
    page = olu.get(url).content.decode()
    assert "Shall Lanternside Mentoring be granted the QiM Award?" in page
    assert "61 of 61 indicators are confirmed" in page
    given = {"outcome": "yes", "reason": "", "seen": _seen(journey)}
    asked = olu.post(url, given).content.decode()
    assert "is granted at once, valid until" in asked
    assert not Award.objects.exists()
    assert olu.post(url, given | {"sure": "yes"}).status_code == 303
    assert Award.objects.get().journey == journey


def test_a_form_left_open_past_a_decision_is_refused_and_keeps_the_text(olu, at, journey_at, people, today):
    journey = journey_at("applied")
    url = at("decide", journey.ref, "eligibility")
    seen = _seen(journey)
    applying.decide_eligibility(
        journey=journey, stage="eligibility", outcome=Answer.MORE, reason="More.", by=people.olu, today=today
    )
    answer = olu.post(url, {"outcome": "yes", "reason": "My long text", "seen": seen})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Something has been added" in page
    assert "My long text" in page
    again = olu.post(url, {"outcome": "yes", "reason": "My long text", "seen": _seen(journey)})
    assert again.status_code == 409
    assert "not open" in again.content.decode()
    assert Decision.objects.count() == 1


def test_cannot_decide_before_the_recommendation(olu, at, journey_at):
    journey = journey_at("ready")
    url = at("decide", journey.ref, "decision")
    page = olu.get(url).content.decode()
    assert "This waits on the assessor" in page
    assert "<textarea" not in page
    assert olu.post(url, {"outcome": "yes", "sure": "yes"}).status_code == 409
    assert not Award.objects.exists()


def test_is_for_officers_alone(turned_away, at, journey_at):
    url = at("decide", journey_at("applied").ref, "eligibility")
    turned_away(url)


def test_posting_is_for_officers_alone(turned_away, at, journey_at):
    turned_away(at("decide", journey_at("applied").ref, "eligibility"), "post", outcome="yes")
    assert not Decision.objects.exists()


def test_other_stages_methods_and_cost(olu, at, journey_at, queries):
    ref = journey_at("recommended").ref
    assert olu.get(at("decide", ref, "application")).status_code == 404
    assert olu.get(at("decide", ref, "nonsense")).status_code == 404
    assert olu.put(at("decide", ref, "decision")).status_code == 405
    assert queries(at("decide", ref, "decision")) <= 14  # two of them find what went out of date since
