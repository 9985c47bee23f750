"""The private calendar address."""

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from kithwork.courses import actions
from kithwork.courses.actions import PartPlan
from kithwork.courses.models import Offering
from kithwork.procedures.sample import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(people: Cast, today: date) -> str:
    now = timezone.make_aware(datetime.combine(today, time(12)))
    plan = PartPlan(today + timedelta(days=30), time(9), time(12), place="The Hall")
    offering = actions.make(
        body=people.body,
        kind=Offering.Kind.BRIEFING,
        title="Half a day",
        capacity=5,
        by=people.olu,
        now=now,
        parts=[plan],
    )
    actions.publish(offering=offering, by=people.olu, today=today)
    for person in (people.ada, people.bea):
        place = actions.ask(person=person, offerings=[offering], by=person, now=now).place
        actions.confirm(place=place, by=people.olu, now=now)
    return actions.renew_feed(person=people.ada, now=now)


def test_shows_ones_own_days_to_whoever_has_the_address(token: str) -> None:
    answer = Client().get(f"/calendar/{token}.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["summary"]) == "Half a day"
    for name in (b"Bea", b"Ada", b"Olu"):
        assert name not in answer.content


def test_a_renewed_address_and_an_unknown_one_answer_alike(token: str, people: Cast) -> None:
    actions.renew_feed(person=people.ada, now=timezone.now())
    for wrong in (token, "unknown"):
        assert Client().get(f"/calendar/{wrong}.ics").status_code == 404
    assert Client().post(f"/calendar/{token}.ics").status_code == 405


def test_costs_the_same_for_one_place_and_many(
    token: str, people: Cast, today: date, django_assert_num_queries: object
) -> None:
    now = timezone.now()
    with django_assert_num_queries(6):  # type: ignore[operator]  # who, their places, the parts, three kinds of journey
        Client().get(f"/calendar/{token}.ics")
    for n in range(10):
        plan = PartPlan(today + timedelta(days=40 + n), time(9), time(12), place="The Hall")
        offering = actions.make(
            body=people.body,
            kind=Offering.Kind.BRIEFING,
            title=f"Day {n}",
            capacity=5,
            by=people.olu,
            now=now,
            parts=[plan],
        )
        actions.publish(offering=offering, by=people.olu, today=today)
        place = actions.ask(person=people.ada, offerings=[offering], by=people.ada, now=now).place
        actions.confirm(place=place, by=people.olu, now=now)
    with django_assert_num_queries(6):  # type: ignore[operator]
        Client().get(f"/calendar/{token}.ics")
