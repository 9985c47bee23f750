"""An officer's page left open past its moment keeps every word, says why on top, and leads to the application."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from kithwork.core.journey import EntryKind
from kithwork.journeys.actions import end_appointment
from kithwork.journeys.models import Invoice, Journey
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role
from kithwork.procedures import applying, assessing, sample
from kithwork.procedures.sample import Cast, Walk
from tests.web.refusals import refused_with, typed

pytestmark = pytest.mark.django_db


def _day(prefix: str, day: date) -> dict[str, int]:
    return {f"{prefix}_day": day.day, f"{prefix}_month": day.month, f"{prefix}_year": day.year}


def test_an_invoice_that_a_colleague_has_sent(
    olu: Client, at: Callable[..., str], journey_at: Callable[..., Journey]
) -> None:
    journey = journey_at("eligible")
    url = at("issue_invoice", journey.ref, "registration")
    olu.post(url, {"how": "known"})
    given = {"how": "hand", "amount": "£1,150", "by_hand": "Three services, agreed by telephone"}
    page = refused_with(olu.post(url, given), "invoiced already", at("body_journey", journey.ref))
    assert {name: typed(page, name) for name in given} == given
    assert not page.xpath("//button[contains(., 'Send the invoice')]")
    assert Invoice.objects.count() == 1


def test_a_payment_that_a_colleague_has_recorded(
    olu: Client, at: Callable[..., str], journey_at: Callable[..., Journey], today: date
) -> None:
    journey = journey_at("registered")
    invoice = journey.invoices.get()
    url = at("take_payment", journey.ref, invoice.ref)
    answer = olu.post(url, {**_day("paid_on", today), "note": "Bank line 7"})
    page = refused_with(answer, "recorded as paid", at("body_journey", journey.ref))
    assert typed(page, "note") == "Bank line 7"


def test_the_clock_of_a_journey_that_moved_on(
    olu: Client, at: Callable[..., str], walk_to: Callable[..., Walk], people: Cast, today: date
) -> None:
    journey = walk_to("registered").journey
    url, home = at("clock", journey.ref), at("body_journey", journey.ref)
    later = today + timedelta(days=40)
    resumed = refused_with(
        olu.post(url, {"do": "resume", "resume-reason": "She is back"}), "The clock is running", home
    )
    assert typed(resumed, "resume-reason") == "She is back"
    applying.stop_clock(journey=journey, expected=later, reason="Illness.", by=people.olu, today=today)
    again: dict[str, Any] = {"do": "stop", "stop-reason": "Their office was flooded"} | _day("stop-expected", later)
    stopped = refused_with(olu.post(url, again), "stands still already", home)
    assert typed(stopped, "stop-reason") == "Their office was flooded"
    assert typed(stopped, "stop-expected_month") == str(later.month)
    applying.close(journey=journey, by=people.olu, today=today, reason="Nothing was heard.")
    given: dict[str, Any] = {"do": "extend", "extend-stage": "online", "extend-reason": "They ask for a month"}
    extended = refused_with(olu.post(url, given | _day("extend-until", later)), "was closed", home)
    assert typed(extended, "extend-reason") == "They ask for a month"
    assert typed(extended, "extend-stage") == "online"


def test_an_appointment_that_another_took_the_place_of(
    olu: Client, at: Callable[..., str], journey_at: Callable[..., Journey], people: Cast, today: date
) -> None:
    journey = journey_at("registered")
    url = at("appoint", journey.ref)
    old = journey.appointments.get()
    fay = sample.person("Fay Brook", "fay@assessors.example")
    organisations.join(organisation=people.body, user=fay, role=Role.ASSESSOR, by=people.olu)
    end_appointment(journey=journey, by=people.olu, today=today, reason="Moved away")
    applying.ask_assessor(journey=journey, assessor=fay, by=people.olu, today=today)
    answer = olu.post(url, {"do": "end", "reason": "She has moved away", "appointment": old.ref})
    page = refused_with(answer, "has ended already", at("body_journey", journey.ref))
    assert typed(page, "reason") == "She has moved away"
    assert journey.appointments.get(assessor=fay).state == "asked"


def test_an_award_that_a_colleague_has_suspended(
    olu: Client, at: Callable[..., str], journey_at: Callable[..., Journey], people: Cast, today: date
) -> None:
    award = journey_at("awarded").awards.get()
    assessing.change_standing(award=award, kind=EntryKind.SUSPENDED, reason="A complaint.", by=people.olu, today=today)
    page = refused_with(
        olu.post(at("change_award", award.ref, "suspend"), {"reason": "There was a complaint"}),
        "no award to suspend",
        at("body_award", award.ref),
    )
    assert typed(page, "reason") == "There was a complaint"


def test_a_decision_that_a_colleague_has_made(
    olu: Client, at: Callable[..., str], journey_at: Callable[..., Journey]
) -> None:
    journey = journey_at("applied")
    url = at("decide", journey.ref, "eligibility")
    seen = journey.entries.latest("seq").seq
    olu.post(url, {"outcome": "yes", "reason": "", "seen": seen})
    answer = olu.post(url, {"outcome": "more", "reason": "How do matches end?", "seen": seen})
    page = refused_with(answer, "Something has been added", at("body_journey", journey.ref))
    assert (typed(page, "outcome"), typed(page, "reason")) == ("more", "How do matches end?")
