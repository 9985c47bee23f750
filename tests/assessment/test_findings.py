"""What is found at a visit, and what was missing there."""

from datetime import timedelta
from typing import Any

import pytest

from kithwork.assessment import actions, queries
from kithwork.assessment.models import Finding
from kithwork.core.journey import ItemState
from kithwork.core.verdict import Refused
from kithwork.evidence.models import Feedback
from kithwork.journeys.queries import read
from kithwork.procedures import applying, assessing
from kithwork.procedures.sample import Walk
from tests.assessment.ground import Walking, counts, stage_at

MET, MORE = Finding.Outcome.MET, Finding.Outcome.MORE
LIVE, EXPLAINED, NOTHING = Finding.Seen.LIVE, Finding.Seen.EXPLAINED, Finding.Seen.NOTHING


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
