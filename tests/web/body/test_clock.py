"""Extending, stopping, resuming; and closing an application."""

from datetime import timedelta

import pytest

from kithwork.notices.models import Message

pytestmark = pytest.mark.django_db


def _day(prefix, day):
    return {f"{prefix}_day": day.day, f"{prefix}_month": day.month, f"{prefix}_year": day.year}


def test_extends_one_stage(olu, at, walk_to, today):
    journey = walk_to("registered").journey
    url = at("clock", journey.ref)
    given = {"do": "extend", "extend-stage": "online", "extend-reason": "Their office was flooded"}
    late = today + timedelta(days=400)
    Message.objects.all().delete()
    assert olu.post(url, given | _day("extend-until", late)).status_code == 303
    assert Message.objects.filter(kind="clock-changed").exists()
    page = olu.get(at("body_journey", journey.ref)).content.decode()
    assert "Their office was flooded" in page
    refused = olu.post(url, given | _day("extend-until", today))
    assert refused.status_code == 409
    assert "Their office was flooded</textarea>" in refused.content.decode()
    faulty = olu.post(url, given | {"extend-until_day": "31", "extend-until_month": "2", "extend-until_year": "2031"})
    assert faulty.status_code == 422


def test_stops_and_lets_run_again(olu, at, walk_to, today):
    journey = walk_to("registered").journey
    url = at("clock", journey.ref)
    back = today + timedelta(days=20)
    assert olu.post(url, {"do": "stop", "stop-reason": ""} | _day("stop-expected", back)).status_code == 422
    assert olu.post(url, {"do": "stop", "stop-reason": "Illness"} | _day("stop-expected", back)).status_code == 303
    journey.refresh_from_db()
    assert journey.stopped
    assert "the clock is stopped" in olu.get(at("body_journey", journey.ref)).content.decode()
    again = olu.post(url, {"do": "stop", "stop-reason": "Illness"} | _day("stop-expected", back))
    assert again.status_code == 409
    assert olu.post(url, {"do": "resume", "resume-reason": ""}).status_code == 303
    journey.refresh_from_db()
    assert not journey.stopped
    assert olu.post(url, {"do": "resume", "resume-reason": ""}).status_code == 409


def test_closes_with_a_reason_after_an_interruption(olu, at, walk_to):
    journey = walk_to("registered").journey
    url = at("close", journey.ref)
    assert "moj-interruption-card" in olu.get(url).content.decode()
    assert olu.post(url, {"reason": " "}).status_code == 422
    assert olu.post(url, {"reason": "Nothing was heard for a year."}).status_code == 303
    journey.refresh_from_db()
    assert journey.status == "closed"
    again = olu.post(url, {"reason": "Once more, with this text"})
    assert again.status_code == 409
    assert "Once more, with this text" in again.content.decode()


def test_nothing_runs_for_a_holder(olu, at, journey_at):
    journey = journey_at("awarded")
    assert "No clock is running" in olu.get(at("clock", journey.ref)).content.decode()
    assert olu.post(at("close", journey.ref), {"reason": "Why not"}).status_code == 409


@pytest.mark.parametrize("name", ["clock", "close"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_is_for_officers_alone(name, method, turned_away, at, journey_at):
    turned_away(at(name, journey_at("registered").ref), method)


def test_wrong_method(olu, at, journey_at):
    ref = journey_at("begun").ref
    assert olu.put(at("clock", ref)).status_code == 405
    assert olu.delete(at("close", ref)).status_code == 405
