"""A form that a third party fills in: asked, declined, asked again, silent."""

import pytest

from kithwork.core.journey import ActKind, Answer, EntryKind, StageState
from kithwork.core.schemes import Outcome
from tests.core.journey.road import APPLICANT, DAY, OFFICER, SUPPORTER, Road, days, edition, stage, supported

HEAD = edition(supported("head", 'within = "2 weeks"'), award="head submitted")
ASK, FILL_IN = (APPLICANT, ActKind.ASK, 1), (SUPPORTER, ActKind.FILL_IN, 1)


@pytest.fixture
def road() -> Road:
    return Road(HEAD).applied()


def test_the_applicant_asks_before_anybody_fills_in(road: Road) -> None:
    assert road.acts(DAY, "head") == [ASK]
    assert road.act(DAY, ActKind.ASK, APPLICANT).due == days(14)
    assert "not yours" in road.refuses(DAY, EntryKind.SUBMITTED, SUPPORTER, "head")
    assert "not asked for this now" in road.refuses(DAY, EntryKind.DECLINED, SUPPORTER, "head")


def test_once_asked_the_third_party_has_the_time_that_is_left(road: Road) -> None:
    road.does(days(4), EntryKind.INVITED, APPLICANT, "head")
    assert road.acts(days(4), "head") == [ASK, FILL_IN]
    assert road.act(days(4), ActKind.FILL_IN, SUPPORTER).due == days(14)
    assert road.act(days(4), ActKind.FILL_IN, SUPPORTER).since == days(4)
    assert road.act(days(4), ActKind.ASK, APPLICANT).due is None, "the applicant has done their part"


@pytest.mark.parametrize("role", [APPLICANT, OFFICER])
def test_nobody_fills_it_in_for_them(road: Road, role: object) -> None:
    road.does(DAY, EntryKind.INVITED, APPLICANT, "head")
    assert "not yours" in road.refuses(DAY, EntryKind.SUBMITTED, role, "head")  # type: ignore[arg-type]


def test_who_declines_leaves_it_to_somebody_else(road: Road) -> None:
    road.does(DAY, EntryKind.INVITED, APPLICANT, "head").does(days(3), EntryKind.DECLINED, SUPPORTER, "head")
    assert road.acts(days(3), "head") == [ASK]
    assert road.act(days(3), ActKind.ASK, APPLICANT).since == days(3)
    assert road.at(days(3)).stages["head"].due == days(17), "the two weeks begin anew"
    assert "not yours" in road.refuses(days(3), EntryKind.SUBMITTED, SUPPORTER, "head")
    road.does(days(4), EntryKind.INVITED, APPLICANT, "head").does(days(5), EntryKind.SUBMITTED, SUPPORTER, "head")
    assert road.at(days(5)).stages["head"].done == days(5)


@pytest.mark.parametrize(("day", "late"), [(14, False), (15, True)])
def test_a_silent_one_is_overdue_and_another_can_be_asked(road: Road, day: int, late: bool) -> None:
    road.does(DAY, EntryKind.INVITED, APPLICANT, "head")
    assert road.act(days(day), ActKind.FILL_IN, SUPPORTER).overdue is late
    assert not road.act(days(day), ActKind.ASK, APPLICANT).overdue
    road.does(days(day), EntryKind.INVITED, APPLICANT, "head")
    assert road.acts(days(day), "head") == [ASK, FILL_IN]


def test_when_it_is_there_nobody_is_asked_any_more(road: Road) -> None:
    road.does(DAY, EntryKind.INVITED, APPLICANT, "head").does(days(1), EntryKind.SUBMITTED, SUPPORTER, "head")
    assert road.acts(days(1), "head") == []
    for kind, role in ((EntryKind.INVITED, APPLICANT), (EntryKind.DECLINED, SUPPORTER)):
        assert "is done" in road.refuses(days(1), kind, role, "head")


def test_a_decision_that_wants_more_has_it_asked_for_again() -> None:
    stages = supported("head") + stage(
        "decision", "decision", 'decides = "application"', 'reopens = "head"', opens="head submitted"
    )
    road = Road(edition(stages, award="decision yes")).applied()
    road.does(DAY, EntryKind.INVITED, APPLICANT, "head").does(days(1), EntryKind.SUBMITTED, SUPPORTER, "head")
    road.decided(days(2), Answer.MORE)
    seen = road.at(days(2))
    assert not seen.stages["head"].holds(Outcome.SUBMITTED)
    assert seen.stages["decision"].state is StageState.SHUT
    assert road.acts(days(2)) == [ASK], "whom the applicant asked before is not asked without them"
