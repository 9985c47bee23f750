"""A page left open past an answer: what was typed stays, the reason stands on top, and the case is one click away."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from kithwork.assessment.models import Finding, Interview, Recommendation
from kithwork.evidence.models import Feedback
from kithwork.procedures import applying
from kithwork.procedures.sample import Walk
from tests.web.assessor.conftest import waiting_slots
from tests.web.assessor.test_meetings import INTERVIEW, at, held, online, to
from tests.web.refusals import refused_with, typed

__all__ = ["held", "online"]


def test_advice_on_what_is_confirmed_by_now(sent: Walk, dot: Client) -> None:
    slot = waiting_slots(sent)[0]
    address = reverse("assess", args=[sent.journey.ref, slot])
    dot.post(address, {"outcome": "confirmed", "round": "1"})
    answer = dot.post(address, {"outcome": "returned", "round": "1", "advice": "My long advice"})
    page = refused_with(answer, "confirmed already", to(sent, "case"))
    assert typed(page, "advice") == "My long advice"
    assert not page.xpath("//button[@name='outcome']")
    assert Feedback.objects.count() == 1


def test_an_interview_that_is_wanted_no_more(online: Walk, dot: Client) -> None:
    address = to(online, "interview", "interviews", "staff")
    dot.post(address, INTERVIEW)
    page = refused_with(dot.post(address, INTERVIEW | {"note-1": "Felt at home"}), "complete", to(online, "case"))
    assert typed(page, "note-1") == "Felt at home"
    assert typed(page, "minutes") == "18"
    assert typed(page, "mode") == "by video"
    instead = dot.post(address, {"do": "alternative", "words": "She has left the service."})
    page = refused_with(instead, "complete", to(online, "case"))
    assert typed(page, "words") == "She has left the service."
    assert Interview.objects.count() == 1


def test_a_time_for_what_has_been_held(online: Walk, dot: Client, today: date) -> None:
    dot.post(to(online, "hold", "first-meeting"))
    page = refused_with(
        dot.post(to(online, "arrange", "first-meeting"), at(today, place="The old pier")), "is done", to(online, "case")
    )
    assert typed(page, "place") == "The old pier"
    assert typed(page, "at") == "2.30pm"


def test_a_visit_that_has_been_held(held: Walk, dot: Client) -> None:
    page = refused_with(dot.post(to(held, "hold", "visit"), {"mode": "by video"}), "Arrange", to(held, "case"))
    assert typed(page, "mode") == "by video"


def test_a_visit_that_is_over(walk_to: Callable[..., Walk], dot: Client) -> None:
    walk = walk_to("ready")
    page = refused_with(dot.post(to(walk, "hold", "visit"), {"mode": "by video"}), "is done", to(walk, "case"))
    assert typed(page, "mode") == "by video"
    assert "Yes, it has taken place" not in page.text_content()


def test_findings_before_the_visit_is_held(online: Walk, dot: Client, today: date) -> None:
    dot.post(to(online, "arrange", "visit"), at(today, mode="by video", at="23:30"))
    address = to(online, "visit", "visit") + "?area=mentee-journey"
    answer = dot.post(address, {"found-39": "met-explained", "note-39": "Seen on paper"})
    page = refused_with(answer, "not been held", to(online, "case"))
    assert (typed(page, "found-39"), typed(page, "note-39")) == ("met-explained", "Seen on paper")
    assert "Save findings" not in page.text_content()


def test_findings_of_which_one_is_recorded_by_now(held: Walk, dot: Client) -> None:
    address = to(held, "visit", "visit") + "?area=mentee-journey"
    dot.post(address, {"found-39": "met-live"})
    late = {"found-39": "more-nothing", "note-39": "The list of spring"}
    page = refused_with(
        dot.post(address, late | {"found-40": "met-explained", "note-40": "Last year's form"}),
        "recorded since you opened the page: 39",
        to(held, "case"),
    )
    assert (typed(page, "found-40"), typed(page, "note-40")) == ("met-explained", "Last year's form")
    assert "The list of spring" in page.text_content()
    assert not page.xpath("//*[@name='found-39']")
    assert list(Finding.objects.values_list("slot", flat=True)) == ["39"]
    assert dot.post(address, {"found-40": "met-explained", "note-40": "Last year's form"}).status_code == 303


def test_a_recommendation_given_twice(walk_to: Callable[..., Walk], dot: Client) -> None:
    walk = walk_to("ready")
    said = {"outcome": "more", "summary": "Not all is met.", "strengths": "Matching", "next_time": ""}
    dot.post(to(walk, "recommend", "decision"), said)
    page = refused_with(
        dot.post(to(walk, "recommend", "decision"), said | {"summary": "On second thoughts"}),
        "No recommendation is awaited",
        to(walk, "case"),
    )
    assert (typed(page, "outcome"), typed(page, "summary")) == ("more", "On second thoughts")
    assert Recommendation.objects.count() == 1


@pytest.mark.parametrize("slot", ["39", "45"])
def test_nothing_is_judged_beside_the_visits_checklist(slot: str, held: Walk, dot: Client) -> None:
    """What is still to be seen is recorded with what was seen, never with a bare yes sent by hand."""
    answer = dot.post(reverse("assess", args=[held.journey.ref, slot]), {"outcome": "confirmed"})
    refused_with(answer, "record what you found in the visit's checklist", to(held, "case"))
    assert not Feedback.objects.filter(journey=held.journey, slot=slot).exists()


def test_a_case_that_was_withdrawn(online: Walk, dot: Client, today: date) -> None:
    applying.withdraw(journey=online.journey, by=online.lead, today=today)
    answer = dot.post(to(online, "interview", "interviews", "mentees"), INTERVIEW)
    page = refused_with(answer, "was withdrawn", to(online, "case"))
    assert typed(page, "note-1") == "Well."
