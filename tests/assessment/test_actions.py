"""Meetings, the visit and its findings, interviews, the recommendation and the decision."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kithwork.assessment import actions, queries
from kithwork.assessment.models import Arrangement, Decision, Finding, Interview, Recommendation
from kithwork.awards.models import Award
from kithwork.core.journey import ActKind, Answer, ItemState, StageState
from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from kithwork.evidence.models import Feedback
from kithwork.journeys.models import EntryRow
from kithwork.journeys.queries import read
from kithwork.ledger.models import Record
from kithwork.procedures import applying, assessing, deciding
from kithwork.procedures.sample import Cast, Walk

Walking = Callable[..., Walk]
MET, MORE = Finding.Outcome.MET, Finding.Outcome.MORE
LIVE, EXPLAINED, NOTHING = Finding.Seen.LIVE, Finding.Seen.EXPLAINED, Finding.Seen.NOTHING


def counts() -> tuple[int, ...]:
    models = (Arrangement, Finding, Interview, Recommendation, Decision, Award, Feedback, EntryRow, Record)
    return tuple(model._default_manager.count() for model in models)


def stage_at(way: Walk, stage: str) -> Any:
    return read(way.journey, way.today).position.stages[stage]


# Arranging


def arrange(way: Walk, days: int, stage: str = "first-meeting", **more: Any) -> Arrangement:
    starts = timezone.make_aware(datetime.combine(way.today + timedelta(days=days), time(10)))
    asked = {"by": way.cast.dot, "role": Role.ASSESSOR, "today": way.today, **more}
    return assessing.arrange(journey=way.journey, stage=stage, starts_at=starts, **asked)


def test_a_day_gone_by_is_not_arranged(short_walk: Walking) -> None:
    way = short_walk("registered")
    before = counts()
    with pytest.raises(Refused, match="in the past"):
        arrange(way, -1)
    assert counts() == before
    assert arrange(way, 0).pk, "today is in time"


def test_a_time_can_be_moved_and_the_latest_counts(short_walk: Walking) -> None:
    way = short_walk("registered")
    arrange(way, 9, place="The library")
    moved = arrange(way, 3, place=" By video ")
    assert queries.arranged(way.journey)["first-meeting", ""] == moved
    assert moved.place == "By video"
    assert stage_at(way, "first-meeting").planned == way.today + timedelta(days=3)


def test_nobody_sets_a_time_for_what_is_not_open_or_not_theirs(short_walk: Walking) -> None:
    way = short_walk("registered")
    before = counts()
    with pytest.raises(Refused, match="not open yet"):
        arrange(way, 3, "visit")
    with pytest.raises(Refused, match="not yours"):
        arrange(way, 3, by=way.cast.ada, role=Role.APPLICANT)
    with pytest.raises(Refused, match="nothing to arrange"):
        arrange(way, 3, "registration")
    assert counts() == before


def test_a_meeting_is_held_once(short_walk: Walking) -> None:
    way = short_walk("registered")
    actions.hold(journey=way.journey, stage="first-meeting", by=way.cast.dot, today=way.today)
    with pytest.raises(Refused, match="is done"):
        actions.hold(journey=way.journey, stage="first-meeting", by=way.cast.dot, today=way.today)


# Findings


@pytest.fixture
def on_site(short_walk: Walking) -> Walk:
    """At the visit, before anything was found."""
    way = short_walk("sent")
    way.send(way.edition.stage("online"), ["8", "29", "38"])
    arrange(way, 0, "visit", mode="on site")
    actions.hold(journey=way.journey, stage="visit", by=way.cast.dot, today=way.today, mode="on site")
    return way


@pytest.mark.parametrize(
    ("outcome", "seen", "note", "because"),
    [
        (MET, LIVE, "", ""),
        (MET, EXPLAINED, "They would ask first; the 2023 list shows it.", ""),
        (MORE, LIVE, "The list as it stood in spring.", ""),
        (MORE, NOTHING, "The list as it stood in spring.", ""),
        (MET, NOTHING, "They seem nice.", "nothing was seen"),
        (MET, EXPLAINED, " ", "the older example"),
        (MORE, LIVE, " ", "what is to be sent"),
        (MORE, NOTHING, "", "what is to be sent"),
    ],
)
def test_a_finding_says_what_it_rests_on(
    on_site: Walk, outcome: Finding.Outcome, seen: Finding.Seen, note: str, because: str
) -> None:
    visit = on_site.edition.stage("visit")
    before = counts()
    if because:
        with pytest.raises(Refused, match=because):
            on_site.find(visit, "39", outcome, seen, note)  # type: ignore[arg-type]
        assert counts() == before
    else:
        on_site.find(visit, "39", outcome, seen, note)  # type: ignore[arg-type]
        found = queries.findings(on_site.journey)["39"]
        assert (found.outcome, found.seen, found.note) == (outcome, seen, note)
        wanted = ItemState.CONFIRMED if outcome == MET else ItemState.RETURNED
        assert stage_at(on_site, "visit").items["39"].state is wanted


def test_what_was_found_met_is_not_found_again(on_site: Walk) -> None:
    visit: Any = on_site.edition.stage("visit")
    on_site.find(visit, "39", MET, LIVE)
    with pytest.raises(Refused, match="confirmed already"):
        on_site.find(visit, "39", MORE, NOTHING, "The list")
    assert Finding.objects.count() == 1


def test_several_findings_are_kept_together_or_not_at_all(on_site: Walk) -> None:
    before = counts()
    found = {"39": (MET, LIVE, ""), "45": (MORE, NOTHING, "")}
    with pytest.raises(Refused, match=r"^45 Volunteer records: Say what is to be sent"):
        assessing.record_findings(
            journey=on_site.journey, stage="visit", found=found, by=on_site.cast.dot, today=on_site.today
        )
    assert counts() == before
    found["45"] = (MORE, NOTHING, "The records of spring.")
    assessing.record_findings(
        journey=on_site.journey, stage="visit", found=found, by=on_site.cast.dot, today=on_site.today
    )
    assert set(queries.findings(on_site.journey)) == {"39", "45"}


@pytest.mark.parametrize(
    ("stage", "because"), [("online", "at a visit"), ("interviews", "at a visit"), ("nowhere", "no such stage")]
)
def test_findings_are_made_at_a_visit_alone(short_walk: Walking, stage: str, because: str) -> None:
    way = short_walk("sent")
    slot = way.wanted(way.edition.stage("online"), ItemState.SENT)[0]
    before = counts()
    with pytest.raises(Refused, match=because):
        actions.find(
            journey=way.journey,
            stage=stage,
            slot=slot,
            outcome=MET,
            seen=LIVE,
            note="",
            by=way.cast.dot,
            today=way.today,
        )
    assert counts() == before


@pytest.mark.parametrize("stage", ["online", "interviews", "registration", "nowhere"])
def test_only_a_meeting_or_a_visit_is_held(short_walk: Walking, stage: str) -> None:
    way = short_walk("sent")
    before = counts()
    with pytest.raises(Refused, match=r"nothing to hold|no such stage"):
        actions.hold(journey=way.journey, stage=stage, by=way.cast.dot, today=way.today)
    assert counts() == before


def test_a_visits_requirement_is_not_confirmed_past_its_finding(on_site: Walk) -> None:
    before = counts()
    with pytest.raises(Refused, match="visit's checklist"):
        assessing.give_feedback(
            journey=on_site.journey,
            stage="visit",
            slot="39",
            outcome=Feedback.Outcome.CONFIRMED,
            advice="",
            by=on_site.cast.dot,
            today=on_site.today,
        )
    assert counts() == before


def test_nothing_is_found_before_the_visit(short_walk: Walking) -> None:
    way = short_walk("sent")
    way.send(way.edition.stage("online"), ["8", "29", "38"])
    visit: Any = way.edition.stage("visit")
    with pytest.raises(Refused, match="not been held"):
        way.find(visit, "39", MET, LIVE)


def test_what_was_missing_is_sent_within_a_month_or_with_an_extension(on_site: Walk) -> None:
    visit: Any = on_site.edition.stage("visit")
    on_site.find(visit, "39", MORE, NOTHING, "The list as it stood in spring.")
    due = stage_at(on_site, "visit").due
    assert due == on_site.edition.stage("visit").supplementary_within.after(on_site.today)  # type: ignore[union-attr]
    on_site.offer(on_site.edition.requirement("39"))
    late = due + timedelta(days=1)
    send: dict[str, Any] = {"journey": on_site.journey, "stage": "visit", "slots": ["39"], "by": on_site.cast.ada}
    with pytest.raises(Refused, match="ask the awarding body for an extension"):
        assessing.send_evidence(**send, today=late)
    with pytest.raises(Refused, match="reason"):
        applying.extend(journey=on_site.journey, stage="visit", until=late, reason=" ", by=on_site.cast.olu, today=late)
    applying.extend(
        journey=on_site.journey, stage="visit", until=late, reason="The post was slow.", by=on_site.cast.olu, today=late
    )
    assessing.send_evidence(**send, today=late)
    assert read(on_site.journey, late).position.stages["visit"].items["39"].state is ItemState.SENT


# Interviews


def interview(way: Walk, kind: str, form: str = "individual", **more: Any) -> Interview:
    return actions.hold_interview(
        **{
            "journey": way.journey,
            "stage": "interviews",
            "kind": kind,
            "form": form,
            "mode": "by phone",
            "people": 1 if form == "individual" else 4,
            "minutes": 18,
            "supported": False,
            "eligible": True,
            "notes": {"1": " Well. ", "2": "  "},
            "by": way.cast.dot,
            "today": way.today,
            **more,
        }
    )


def left(way: Walk) -> dict[str, int]:
    acts = read(way.journey, way.today).position.acts
    return {act.item: act.count for act in acts if act.what is ActKind.INTERVIEW}


def test_two_mentees_or_one_group_are_enough(on_site: Walk) -> None:
    assert left(on_site) == {"mentees": 2, "mentors": 2, "staff": 1}
    interview(on_site, "mentees")
    assert left(on_site) == {"mentees": 1, "mentors": 2, "staff": 1}
    interview(on_site, "mentees")
    interview(on_site, "mentors", "group")
    assert left(on_site) == {"staff": 1}
    interview(on_site, "staff")
    assert stage_at(on_site, "interviews").state is StageState.DONE


def test_a_group_completes_what_one_talk_had_begun(on_site: Walk) -> None:
    interview(on_site, "mentees")
    interview(on_site, "mentees", "group")
    assert "mentees" not in left(on_site)


@pytest.mark.parametrize(
    ("kind", "form", "more", "because"),
    [
        ("staff", "group", {}, "not held with a group"),
        ("neighbours", "individual", {}, "no such interview"),
        ("mentees", "pair", {}, "individual or with a group"),
        ("mentees", "individual", {"minutes": 0}, "how many minutes"),
        ("mentees", "individual", {"people": 0}, "with one person"),
        ("mentees", "individual", {"people": 2}, "with one person"),
        ("mentees", "group", {"people": 1}, "more than one person"),
        ("mentees", "individual", {"minutes": 21}, "the scheme allows 20"),
        ("staff", "individual", {"minutes": 31, "reason": "  "}, "the scheme allows 30"),
        ("mentors", "individual", {"eligible": False}, "rules of this interview were kept"),
        ("mentees", "individual", {"stage": "nowhere"}, "no such stage"),
        ("mentees", "individual", {"stage": "visit"}, "no such interview"),
    ],
)
def test_an_interview_the_scheme_does_not_know_is_not_kept(
    on_site: Walk, kind: str, form: str, more: dict[str, Any], because: str
) -> None:
    before = counts()
    with pytest.raises(Refused, match=because):
        interview(on_site, kind, form, **more)
    assert counts() == before


@pytest.mark.parametrize("departs", [{"minutes": 35}, {"eligible": False}])
def test_an_interview_that_departs_is_kept_with_its_reason(on_site: Walk, departs: dict[str, Any]) -> None:
    row = interview(on_site, "mentors", **departs, reason=" She had been matched, and waits for supervision. ")
    assert row.reason == "She had been matched, and waits for supervision."
    assert Record.objects.filter(act="assessment.interviewed").latest("seq").facts["departs"] is True
    assert interview(on_site, "mentors", minutes=20).reason == ""
    assert Record.objects.filter(act="assessment.interviewed").latest("seq").facts["departs"] is False


def test_no_more_are_kept_than_are_asked_for(on_site: Walk) -> None:
    interview(on_site, "staff")
    with pytest.raises(Refused, match="complete"):
        interview(on_site, "staff")
    assert Interview.objects.count() == 1


def test_only_what_was_said_is_noted(on_site: Walk) -> None:
    assert interview(on_site, "staff").notes == {"1": "Well."}
    assert "Well" not in str(Record.objects.latest("seq").facts)


def test_an_alternative_takes_the_place_of_an_interview_in_words(on_site: Walk) -> None:
    agree: dict[str, Any] = {
        "journey": on_site.journey,
        "stage": "interviews",
        "kind": "mentees",
        "by": on_site.cast.dot,
        "today": on_site.today,
    }
    with pytest.raises(Refused, match="what takes its place"):
        assessing.agree_alternative(**agree, words=" ")
    row = assessing.agree_alternative(**agree, words="All are under eight: four more case files instead.")
    assert (row.form, row.people) == ("alternative", 0)
    assert "mentees" not in left(on_site)
    with pytest.raises(Refused, match="complete"):
        interview(on_site, "mentees")


# Recommendation and decision


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
