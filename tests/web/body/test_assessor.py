"""Asking an assessor, and ending an appointment."""

import pytest

from kithwork.journeys.models import Appointment
from kithwork.notices.models import Message
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role
from kithwork.procedures import applying, sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def fay(people):
    fay = sample.person("Fay Brook", "fay@assessors.example")
    organisations.join(organisation=people.body, user=fay, role=Role.ASSESSOR, by=people.olu)
    return fay


def test_lists_assessors_with_their_load_and_asks_one(olu, at, many, people, fay):
    many(2, "registered")
    journey = many(1, "eligible", first=2)[0].journey
    url = at("appoint", journey.ref)
    page = olu.get(url).content.decode()
    assert page.index("Fay Brook") < page.index("Dot Lindqvist")  # the one with less to do first
    assert "2 open cases" in page
    Message.objects.all().delete()
    assert olu.post(url, {"assessor": fay.ref}).status_code == 303
    asked = Appointment.objects.get(journey=journey)
    assert (asked.assessor, asked.state, asked.asked_by) == (fay, "asked", people.olu)
    assert Message.objects.get().to == fay
    assert "has been asked to assess" in olu.get(url).content.decode()
    page = olu.get(at("body_journey", journey.ref)).content.decode()
    assert "Appoint an assessor</a>" not in page


def test_does_not_offer_who_declared_a_conflict_or_belongs_there(olu, at, journey_at, people, fay, today):
    journey = journey_at("eligible")
    organisations.join(organisation=people.provider, user=people.dot, role=Role.READER, by=people.ada)
    appointment = applying.ask_assessor(journey=journey, assessor=fay, by=people.olu, today=today)
    applying.declare(appointment=appointment, conflict=True, wording="My sister works there.", today=today)
    page = olu.get(at("appoint", journey.ref)).content.decode()
    assert "Belongs, or belonged, to the organisation that applies" in page
    assert "Declared a conflict of interest" in page
    assert "My sister works there." in page
    assert 'type="radio"' not in page
    for user in (fay, people.dot):
        assert olu.post(at("appoint", journey.ref), {"assessor": user.ref}).status_code == 422


def test_takes_a_request_back_without_a_reason(olu, at, journey_at, fay):
    journey = journey_at("eligible")
    url = at("appoint", journey.ref)
    olu.post(url, {"assessor": fay.ref})
    assert olu.post(url, {"do": "end"}).status_code == 303
    assert Appointment.objects.get().state == "ended"


def test_ends_an_appointment_with_its_reason(olu, at, journey_at):
    journey = journey_at("registered")
    url = at("appoint", journey.ref)
    assert olu.post(url, {"do": "end", "reason": ""}).status_code == 422
    live = Appointment.objects.get()
    assert olu.post(url, {"do": "end", "reason": "Moved away", "appointment": live.ref}).status_code == 303
    assert Appointment.objects.get().state == "ended"
    page = olu.get(at("body_journey", journey.ref)).content.decode()
    assert "Moved away" in page
    assert "Appoint an assessor" in page
    late = olu.post(url, {"do": "end", "reason": "Too late", "appointment": live.ref})
    assert late.status_code == 409
    assert "Too late" in late.content.decode()


def test_a_second_request_is_refused(olu, at, journey_at, fay, people):
    journey = journey_at("eligible")
    url = at("appoint", journey.ref)
    olu.post(url, {"assessor": fay.ref})
    assert olu.post(url, {"assessor": people.dot.ref}).status_code == 409
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_is_for_officers_alone(method, turned_away, at, journey_at):
    turned_away(at("appoint", journey_at("eligible").ref), method)


def test_wrong_method_and_cost(olu, at, journey_at, queries):
    url = at("appoint", journey_at("eligible").ref)
    assert olu.put(url).status_code == 405
    assert queries(url) <= 10
