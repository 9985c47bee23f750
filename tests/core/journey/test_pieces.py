"""Pieces that are handed in, and pieces that are shown on the day."""

import pytest

from kithwork.core.journey import ActKind, EntryKind, ItemState, StageState
from tests.core.journey.road import APPLICANT, ASSESSOR, DAY, OFFICER, Road, days, edition, stage

K = EntryKind
PIECES = """\
[[stages.pieces]]
id = "essay"
title = "Essay"
asks = "Write."
[[stages.pieces]]
id = "talk"
title = "Talk"
asks = "Talk."
performed = true
"""
BOTH = edition(
    stage("work", "assignment", 'within = "2 months"', opens="form submitted") + PIECES, award="work confirmed"
)


@pytest.fixture
def road() -> Road:
    return Road(BOTH).applied()


def state(road: Road, day: int, piece: str) -> ItemState:
    return road.at(days(day)).stages["work"].items[piece].state


def test_what_is_written_is_sent_and_what_is_performed_is_seen(road: Road) -> None:
    assert road.acts(DAY) == [(APPLICANT, ActKind.SEND, 1), (ASSESSOR, ActKind.ASSESS, 1)]
    road.does(DAY, K.SUBMITTED, APPLICANT, "work", "essay")
    assert road.acts(DAY) == [(ASSESSOR, ActKind.ASSESS, 2)]


def test_nothing_is_sent_for_what_is_performed(road: Road) -> None:
    assert "shown on the day" in road.refuses(DAY, K.SUBMITTED, APPLICANT, "work", "talk")
    road.does(DAY, K.RETURNED, ASSESSOR, "work", "talk")
    assert "shown on the day" in road.refuses(DAY, K.SUBMITTED, APPLICANT, "work", "talk")


def test_no_name_can_be_left_in_what_is_performed(road: Road) -> None:
    road.does(DAY, K.RETURNED, ASSESSOR, "work", "talk")
    for by in (ASSESSOR, OFFICER):
        assert "no name can be left in it" in road.refuses(DAY, K.BREACHED, by, "work", "talk")
    road.does(DAY, K.SUBMITTED, APPLICANT, "work", "essay").does(DAY, K.BREACHED, ASSESSOR, "work", "essay")
    assert road.acts(DAY) == [(APPLICANT, ActKind.SEND, 1), (ASSESSOR, ActKind.ASSESS, 1)]


def test_extra_work_is_judged_again_as_often_as_it_takes(road: Road) -> None:
    for day in (0, 10, 20):
        road.does(days(day), K.RETURNED, ASSESSOR, "work", "talk")
        assert state(road, day, "talk") is ItemState.RETURNED
        assert (ASSESSOR, ActKind.ASSESS, 1) in road.acts(days(day))
    road.does(days(30), K.CONFIRMED, ASSESSOR, "work", "talk")
    assert road.acts(days(30)) == [(APPLICANT, ActKind.SEND, 1)]
    assert "confirmed already" in road.refuses(days(30), K.RETURNED, ASSESSOR, "work", "talk")


def test_what_is_written_waits_for_the_applicant_when_it_comes_back(road: Road) -> None:
    assert "wait for the applicant" in road.refuses(DAY, K.CONFIRMED, ASSESSOR, "work", "essay")
    road.does(DAY, K.SUBMITTED, APPLICANT, "work", "essay").does(days(5), K.RETURNED, ASSESSOR, "work", "essay")
    assert "wait for the applicant" in road.refuses(days(5), K.CONFIRMED, ASSESSOR, "work", "essay")
    road.does(days(9), K.SUBMITTED, APPLICANT, "work", "essay").does(days(9), K.CONFIRMED, ASSESSOR, "work", "essay")
    assert road.at(days(9)).stages["work"].items["essay"].rounds == 2


def test_both_make_the_stage(road: Road) -> None:
    road.does(DAY, K.CONFIRMED, ASSESSOR, "work", "talk")
    assert road.at(DAY).stages["badge"].state is StageState.SHUT
    road.does(days(3), K.SUBMITTED, APPLICANT, "work", "essay").does(days(4), K.CONFIRMED, ASSESSOR, "work", "essay")
    seen = road.at(days(4))
    assert (seen.stages["work"].done, seen.stages["badge"].opened) == (days(4), days(4))


@pytest.mark.parametrize(("sent", "late"), [(False, True), (True, False)])
def test_only_what_is_to_be_sent_is_late(road: Road, sent: bool, late: bool) -> None:
    if sent:
        road.does(DAY, K.SUBMITTED, APPLICANT, "work", "essay")
    assert road.at(days(90)).stages["work"].overdue is late
    assert not road.act(days(90), ActKind.ASSESS, ASSESSOR).overdue


def test_nothing_is_judged_before_the_stage_is_open() -> None:
    assert "not open yet" in Road(BOTH).refuses(DAY, K.CONFIRMED, ASSESSOR, "work", "talk")
