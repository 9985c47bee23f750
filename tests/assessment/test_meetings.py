"""Arranging and holding meetings and visits."""

from datetime import timedelta

import pytest

from kithwork.assessment import actions, queries
from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from tests.assessment.ground import Walking, arrange, counts, stage_at


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
