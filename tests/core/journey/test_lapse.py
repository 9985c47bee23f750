"""A time that runs out for good: the day before, the day, the day after; stopped clocks and extensions."""

from datetime import date

import pytest

from kithwork.core.journey import EntryKind, Status
from tests.core.journey.road import APPLICANT, DAY, OFFICER, Road, days, edition, stage

K = EntryKind
LAST = date(2027, 3, 2)  # 1 year
COURSE = edition(stage("course", "course", 'lapses = "1 year"', opens="form submitted"), award="course attended")


@pytest.fixture
def road() -> Road:
    return Road(COURSE).applied()


@pytest.mark.parametrize(
    ("day", "status"), [(-1, Status.ACTIVE), (0, Status.ACTIVE), (1, Status.LAPSED), (400, Status.LAPSED)]
)
def test_the_last_day_still_counts(road: Road, day: int, status: Status) -> None:
    seen = road.at(days(day, LAST))
    assert seen.status is status
    assert seen.lapses == (LAST if status is Status.ACTIVE else None)
    assert bool(seen.acts) is (status is Status.ACTIVE)
    assert seen.stages["course"].lapses == LAST


def test_nothing_more_is_written_afterwards(road: Road) -> None:
    late = days(1, LAST)
    for kind, by, until in (
        (K.CHOSEN, APPLICANT, None),
        (K.ARRANGED, OFFICER, days(60, LAST)),
        (K.EXTENDED, OFFICER, days(60, LAST)),
        (K.STOPPED, OFFICER, None),
        (K.WITHDRAWN, APPLICANT, None),
    ):
        stage = "" if kind in {K.STOPPED, K.WITHDRAWN} else "course"
        assert "a new application is needed" in road.refuses(late, kind, by, stage, until=until)


def test_it_can_be_done_on_the_last_day(road: Road) -> None:
    road.does(days(-9, LAST), K.ARRANGED, OFFICER, "course", until=LAST)
    road.does(LAST, K.ATTENDED, OFFICER, "course")
    assert road.at(LAST).lapses is None
    assert road.granted(days(30, LAST)).at(days(400, LAST)).status is Status.AWARDED


def test_before_the_stage_opens_nothing_lapses() -> None:
    assert Road(COURSE).at(days(2000)).status is Status.ACTIVE


def test_while_the_clock_stands_still_nothing_lapses(road: Road) -> None:
    road.does(days(-10, LAST), K.STOPPED, OFFICER)
    assert road.at(days(50, LAST)).status is Status.ACTIVE
    road.does(days(50, LAST), K.RESUMED, OFFICER)
    end = days(60, LAST)
    assert [road.at(days(day, end)).status for day in (0, 1)] == [Status.ACTIVE, Status.LAPSED]


def test_an_extension_moves_it(road: Road) -> None:
    until = days(90, LAST)
    road.does(LAST, K.EXTENDED, OFFICER, "course", until=until)
    assert road.at(days(90, LAST)).lapses == until
    assert [road.at(days(day, until)).status for day in (0, 1)] == [Status.ACTIVE, Status.LAPSED]


def test_an_extension_is_later_than_the_last_day_also_when_a_day_is_planned_before(road: Road) -> None:
    road.does(days(1), K.ARRANGED, OFFICER, "course", until=days(30))
    assert "It runs until 2 March 2027 already" in road.refuses(days(2), K.EXTENDED, OFFICER, "course", until=days(60))
    road.does(days(2), K.EXTENDED, OFFICER, "course", until=days(1, LAST))


def test_extending_the_ordinary_limit_does_not_bring_the_end_nearer() -> None:
    stages = stage("course", "course", 'within = "3 months"', 'lapses = "1 year"', opens="form submitted")
    road = Road(edition(stages, award="course attended")).applied()
    assert road.at(DAY).stages["course"].due == date(2026, 6, 2)
    road.does(days(60), K.EXTENDED, OFFICER, "course", until=date(2026, 9, 30))
    seen = road.at(days(60))
    assert (seen.stages["course"].due, seen.lapses) == (date(2026, 9, 30), LAST)
    road.does(days(61), K.EXTENDED, OFFICER, "course", until=days(40, LAST))
    assert road.at(days(61)).lapses == days(40, LAST), "beyond it, it moves"


def test_of_several_ends_the_first_one_counts() -> None:
    stages = stage("course", "course", 'lapses = "1 year"', opens="form submitted") + stage(
        "meeting", "meeting", 'lapses = "9 months"', opens="form submitted"
    )
    road = Road(edition(stages, award="course attended")).applied()
    first = date(2026, 12, 2)
    assert road.at(DAY).lapses == first
    assert road.at(days(1, first)).status is Status.LAPSED
