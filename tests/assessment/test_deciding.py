"""Recommendation and decision."""

from typing import Any

import pytest

from kithwork.assessment import queries
from kithwork.assessment.models import Decision, Recommendation
from kithwork.awards.models import Award
from kithwork.core.journey import Answer
from kithwork.core.verdict import Refused
from kithwork.journeys.queries import read
from kithwork.ledger.models import Record
from kithwork.procedures import applying, assessing, deciding
from kithwork.procedures.sample import Cast, Walk
from tests.assessment.ground import Walking, counts


def recommend(way: Walk, outcome: Answer = Answer.YES, summary: str = "All is met.") -> Recommendation:
    return deciding.recommend(
        journey=way.journey,
        stage="decision",
        outcome=outcome,
        summary=summary,
        strengths=" Matching. ",
        next_time="",
        by=way.cast.dot,
        today=way.today,
    )


def decide(way: Walk, outcome: Answer, reason: str = "As recommended.", **more: Any) -> tuple[Decision, Award | None]:
    asked: dict[str, Any] = {"journey": way.journey, "stage": "decision", **more}
    return assessing.decide_award(outcome=outcome, reason=reason, by=way.cast.olu, today=way.today, **asked)


def test_a_recommendation_says_what_it_rests_on(short_walk: Walking) -> None:
    way = short_walk("ready")
    before = counts()
    with pytest.raises(Refused, match="Sum up"):
        recommend(way, summary="  ")
    assert counts() == before
    made = recommend(way)
    assert (made.level, made.outcome, made.strengths) == ("award", "yes", "Matching.")
    assert queries.latest_recommendation(way.journey) == made
    with pytest.raises(Refused, match="No recommendation is awaited"):
        recommend(way)
    assert Recommendation.objects.count() == 1


def test_nothing_is_recommended_or_decided_before_everything_is_there(short_walk: Walking) -> None:
    way = short_walk("visited")
    before = counts()
    with pytest.raises(Refused, match="not open yet"):
        recommend(way)
    with pytest.raises(Refused, match="not open yet"):
        decide(way, Answer.YES)
    assert counts() == before


def test_nothing_is_decided_without_a_recommendation(short_walk: Walking) -> None:
    way = short_walk("ready")
    with pytest.raises(Refused, match="before it has been recommended"):
        decide(way, Answer.YES)
    assert not Award.objects.exists()


@pytest.mark.parametrize("outcome", [Answer.NO, Answer.MORE])
def test_anything_but_yes_needs_a_reason(short_walk: Walking, outcome: Answer) -> None:
    way = short_walk("recommended")
    before = counts()
    with pytest.raises(Refused, match="Give the reason"):
        decide(way, outcome, "  ")
    assert counts() == before
    decision, award = decide(way, outcome, " The board minutes are from 2019. ")
    assert (decision.outcome, decision.reason, award) == (outcome, "The board minutes are from 2019.", None)
    status = read(way.journey, way.today).position.status
    assert status == ("refused" if outcome is Answer.NO else "active")


def test_a_decision_for_more_asks_for_a_new_recommendation(short_walk: Walking) -> None:
    way = short_walk("recommended")
    decide(way, Answer.MORE, "Who signs the plans?")
    with pytest.raises(Refused, match="before it has been recommended"):
        decide(way, Answer.YES)
    recommend(way, summary="The coordinator signs them.")
    _, award = decide(way, Answer.YES, "")
    assert award is not None
    assert [row.outcome for row in queries.decisions(way.journey)] == ["yes", "more", "yes"], "eligibility came first"


def test_after_a_no_the_journey_is_over_and_the_service_may_begin_again(short_walk: Walking, people: Cast) -> None:
    way = short_walk("recommended")
    decide(way, Answer.NO, "Two areas are not met.")
    with pytest.raises(Refused, match="the decision was no"):
        recommend(way)
    again = applying.begin(edition=way.journey.edition, service=people.service, by=people.ada, today=way.today)
    assert again.status == "active"


@pytest.mark.parametrize("stage", ["eligibility", "online", "registration"])
def test_an_award_is_decided_at_its_own_stage(short_walk: Walking, stage: str) -> None:
    way = short_walk("applied")
    with pytest.raises(Refused, match="not where the award is decided"):
        decide(way, Answer.YES, stage=stage)
    with pytest.raises(Refused, match="not where eligibility is decided"):
        applying.decide_eligibility(
            journey=way.journey, stage="decision", outcome=Answer.YES, reason="", by=way.cast.olu, today=way.today
        )
    assert not Award.objects.exists()


def test_eligibility_is_refused_with_a_reason_alone(short_walk: Walking) -> None:
    way = short_walk("applied")
    refuse: dict[str, Any] = {"journey": way.journey, "stage": "eligibility", "by": way.cast.olu, "today": way.today}
    with pytest.raises(Refused, match="Give the reason"):
        applying.decide_eligibility(**refuse, outcome=Answer.NO, reason="")
    decision = applying.decide_eligibility(**refuse, outcome=Answer.NO, reason="No full cycle yet.")
    assert decision.reason == "No full cycle yet."
    assert "No full cycle" not in str(Record.objects.values_list("facts", flat=True))
