"""Stages that belong only to some roads: those of a level, of the first time, of renewals; and what is at rest."""

from datetime import date

import pytest

from kithwork.core.journey import ActKind, Answer, EntryKind, ItemState, StageState, Status
from tests.core.journey.road import (
    APPLICANT,
    ASSESSOR,
    CHAIR,
    DAY,
    OFFICER,
    PANEL,
    Road,
    areas,
    days,
    edition,
    requirement,
    stage,
)

K = EntryKind
LEVELS = '[[levels]]\nid = "one"\ntitle = "One"\n[[levels]]\nid = "two"\ntitle = "Two"\nincludes = ["one"]\n'
ONLY_TWO = 'levels = ["two"]'
TWO = edition(
    stage("first", "meeting", 'by = "officer"', 'when = "first"', opens="form submitted")
    + stage("second", "meeting", 'by = "officer"', ONLY_TWO, 'within = "1 month"', opens="first held")
    + stage("again", "meeting", 'by = "officer"', 'when = "renewal"', opens="form submitted")
    + stage("decision", "decision", 'decides = "award"', 'opens = ["first held", "second held", "again held"]')
    + stage("renewal", "renewal", 'before = "6 months"', opens="badge granted"),
    award="decision yes",
    levels=LEVELS,
    credential='valid = "3 years"\n',
)


def held(road: Road, day: int, stage_id: str) -> Road:
    road.does(days(day), K.ARRANGED, OFFICER, stage_id, until=days(day))
    return road.does(days(day), K.HELD, OFFICER, stage_id)


def off(road: Road, day: int = 0) -> list[str]:
    return [one.id for one in road.at(days(day)).stages.values() if not one.in_play]


def test_each_road_has_its_stages() -> None:
    assert off(Road(TWO)) == ["second", "again"]
    assert off(Road(TWO, level="two")) == ["again"]
    assert off(Road(TWO, detail="renewal", until=days(90))) == ["first", "second"]
    assert off(Road(TWO, level="two", detail="renewal", until=days(90))) == ["first"]


def test_a_condition_on_a_stage_that_is_not_on_the_road_holds() -> None:
    road = held(Road(TWO).applied(), 1, "first")
    assert road.at(days(1)).stages["decision"].opened == days(1)
    again = held(Road(TWO, detail="renewal", until=days(90)).applied(), 2, "again")
    assert again.at(days(2)).stages["decision"].opened == days(2)
    both = held(Road(TWO, level="two").applied(), 1, "first")
    assert both.at(days(1)).stages["decision"].state is StageState.SHUT


def test_nothing_is_written_to_a_stage_that_is_not_on_the_road() -> None:
    road = Road(TWO).applied()
    for stage_id in ("second", "again"):
        assert road.at(DAY).stages[stage_id].state is StageState.SHUT
        for kind, until in ((K.ARRANGED, DAY), (K.HELD, None), (K.EXTENDED, days(9))):
            assert "does not belong to this journey" in road.refuses(DAY, kind, OFFICER, stage_id, until=until)


def test_aiming_higher_brings_stages_in_from_that_day() -> None:
    road = held(Road(TWO).applied(), 1, "first").does(days(40), K.RAISED, APPLICANT, level="two")
    seen = road.at(days(40))
    assert seen.stages["decision"].state is StageState.SHUT
    assert (seen.stages["second"].opened, seen.stages["second"].due) == (days(40), date(2026, 5, 11))
    assert not seen.stages["second"].overdue
    held(road, 41, "second")
    assert road.at(days(41)).stages["decision"].state is StageState.OPEN


def test_who_aims_high_from_the_start_is_not_made_to_wait() -> None:
    road = held(Road(TWO, level="two").applied(), 1, "first")
    assert road.at(days(1)).stages["second"].opened == days(1)


def test_a_stage_of_a_higher_level_was_not_met_before_it_was_asked_for() -> None:
    """Nothing is asked in it at the lower level, which is not the same as its being done."""
    walk = ('assessed = "seen"', 'supplementary_within = "1 month"', ONLY_TWO)
    stages = stage("more", "evidence", 'assessed = "online"', ONLY_TWO, opens="form submitted")
    stages += stage("walk", "visit", *walk, opens="more submitted")
    which = edition(
        stages,
        award="walk confirmed",
        levels=LEVELS,
        parts=areas("a"),
        requirements=requirement("1", "a", level="two") + requirement("2", "a", level="two", assessed="seen"),
    )
    road = Road(which).applied().does(days(5), K.RAISED, APPLICANT, level="two")
    seen = road.at(days(5))
    assert (seen.stages["more"].state, seen.stages["walk"].state) == (StageState.OPEN, StageState.SHUT)
    road.does(days(6), K.SUBMITTED, APPLICANT, "more", "1")
    assert road.at(days(6)).stages["walk"].opened == days(6)


def test_an_area_that_a_higher_level_fills_up_is_not_shown_by_half() -> None:
    milestone = '[[stages.milestones]]\nwhat = "one area"\nwithin = "1 month"\n'
    which = edition(
        stage("online", "evidence", 'assessed = "online"', opens="form submitted") + milestone,
        award="online confirmed",
        levels=LEVELS,
        parts=areas("a", "b"),
        requirements=requirement("1", "a") + requirement("2", "b", level="two") + requirement("3", "b", level="two"),
    )
    road = Road(which).applied().does(DAY, K.RAISED, APPLICANT, level="two")
    road.does(days(1), K.SUBMITTED, APPLICANT, "online", "2")
    assert road.at(days(1)).stages["online"].milestones[0].met is None
    road.does(days(2), K.SUBMITTED, APPLICANT, "online", "3")
    assert road.at(days(2)).stages["online"].milestones[0].met == days(2)


# stages may stand in any order in the file


def test_a_stage_may_stand_before_the_one_it_waits_for() -> None:
    which = edition(
        stage("late", "meeting", 'by = "officer"', opens="early held")
        + stage("early", "meeting", 'by = "officer"', opens="form submitted"),
        award="late held",
    )
    road = held(Road(which).applied(), 1, "early")
    assert road.at(days(1)).stages["late"].opened == days(1)
    assert held(road, 2, "late").at(days(2)).stages["badge"].state is StageState.OPEN


# the climb: what is decided anew, what is opened again

CLIMB = edition(
    stage("one-folder", "portfolio", 'assessed = "one"', 'judged_by = "panel"', opens="form submitted")
    + stage("may", "decision", 'decides = "application"', ONLY_TWO, opens="form submitted")
    + stage("two-folder", "portfolio", 'assessed = "two"', 'judged_by = "panel"', ONLY_TWO, opens="may yes")
    + stage(
        "panel",
        "panel",
        'opens = ["one-folder submitted", "two-folder submitted"]',
        'reopens = ["one-folder", "two-folder"]',
    )
    + stage("extra", "fee", 'fee = "extra"', "optional = true", opens="form submitted"),
    award="panel yes",
    levels=LEVELS,
    parts=areas("a") + '[[fees]]\nid = "extra"\ntitle = "Extra"\namount = 10\n',
    requirements=requirement("1", "a", assessed="one") + requirement("2", "a", level="two", assessed="two"),
)


def looked_at(road: Road, day: int, outcome: Answer) -> Road:
    road.does(days(day), K.RECOMMENDED, PANEL, "panel", outcome=outcome)
    return road.does(days(day), K.DECIDED, CHAIR, "panel", outcome=outcome)


@pytest.fixture
def holder() -> Road:
    """Sent back once on the way; holds the first level since the fourth day."""
    road = Road(CLIMB).applied().does(DAY, K.SUBMITTED, APPLICANT, "one-folder")
    looked_at(road, 1, Answer.MORE).does(days(2), K.SUBMITTED, APPLICANT, "one-folder")
    return looked_at(road, 3, Answer.YES).granted(days(3))


@pytest.fixture
def climber(holder: Road) -> Road:
    holder.does(days(10), K.RAISED, APPLICANT, level="two").decided(days(11), Answer.YES, OFFICER, "may")
    return holder.does(days(12), K.SUBMITTED, APPLICANT, "two-folder")


def test_a_panel_looks_again_at_who_climbs(climber: Road) -> None:
    assert climber.acts(days(12)) == [(PANEL, ActKind.RECOMMEND, 1)]
    seen = looked_at(climber, 13, Answer.YES).granted(days(13)).at(days(13))
    assert seen.granted is not None
    assert (seen.granted.level, seen.status, seen.climbing) == ("two", Status.AWARDED, False)


def test_what_is_sent_back_is_the_portfolio_of_the_climb(climber: Road) -> None:
    looked_at(climber, 13, Answer.MORE)
    seen = climber.at(days(13))
    assert seen.stages["one-folder"].state is StageState.DONE
    assert climber.acts(days(13)) == [(APPLICANT, ActKind.SEND, 1)]
    assert "is done" in climber.refuses(days(14), K.SUBMITTED, APPLICANT, "one-folder")
    climber.does(days(14), K.SUBMITTED, APPLICANT, "two-folder")
    assert climber.acts(days(14)) == [(PANEL, ActKind.RECOMMEND, 1)]


def test_before_the_climb_it_was_the_first_portfolio(holder: Road) -> None:
    assert holder.at(days(1)).stages["one-folder"].state is StageState.OPEN
    assert holder.at(days(3)).stages["one-folder"].items["one-folder"].rounds == 2
    holder.does(days(10), K.RAISED, APPLICANT, level="two")
    folder = holder.at(days(10)).stages["two-folder"].items["two-folder"]
    assert folder.state is ItemState.BLANK, "what was sent back then was not this one"


def test_who_failed_higher_up_may_try_again_and_is_decided_upon_anew(holder: Road) -> None:
    holder.does(days(10), K.RAISED, APPLICANT, level="two")
    assert "not above" in holder.refuses(days(10), K.RAISED, APPLICANT, level="two")
    holder.decided(days(11), Answer.NO, OFFICER, "may")
    seen = holder.at(days(11))
    assert (seen.status, seen.climbing, seen.acts) == (Status.AWARDED, False, ())
    holder.does(days(20), K.RAISED, APPLICANT, level="two")
    assert holder.acts(days(20)) == [(OFFICER, ActKind.DECIDE, 1)]
    assert holder.at(days(20)).climbing


def test_who_gave_up_the_climb_may_try_again(climber: Road) -> None:
    climber.does(days(13), K.WITHDRAWN, APPLICANT)
    assert climber.at(days(13)).status is Status.AWARDED
    climber.does(days(14), K.RAISED, APPLICANT, level="two")


# a holder at rest


def test_what_nothing_waited_for_can_still_be_paid() -> None:
    road = Road(CLIMB).applied().does(DAY, K.SUBMITTED, APPLICANT, "one-folder")
    road.does(DAY, K.INVOICED, OFFICER, "extra", amount=10)
    looked_at(road, 1, Answer.YES).granted(days(1))
    assert road.acts(days(1)) == [(APPLICANT, ActKind.PAY, 1)]
    assert "nothing to withdraw from" in road.refuses(days(1), K.WITHDRAWN, APPLICANT)
    road.does(days(2), K.PAID, OFFICER, "extra")
    assert road.acts(days(2)) == []


def test_an_optional_fee_asks_for_nothing_until_it_is_invoiced() -> None:
    road = Road(CLIMB).applied()
    assert road.acts(DAY, "extra") == []
    assert road.at(DAY).stages["extra"].state is StageState.SHUT
    assert "not open yet" in road.refuses(DAY, K.PAID, OFFICER, "extra")


def test_nobody_is_at_rest_who_climbs(climber: Road) -> None:
    climber.does(days(12), K.INVOICED, OFFICER, "extra", amount=10)
    assert (APPLICANT, ActKind.PAY, 1) in climber.acts(days(12))
    climber.does(days(13), K.WITHDRAWN, APPLICANT)
    assert climber.acts(days(13)) == [(APPLICANT, ActKind.PAY, 1)]


def test_an_assessor_has_no_hand_in_what_a_panel_judges() -> None:
    road = Road(CLIMB).applied().does(DAY, K.SUBMITTED, APPLICANT, "one-folder")
    assert "The panel looks at this" in road.refuses(DAY, K.CONFIRMED, ASSESSOR, "one-folder")
