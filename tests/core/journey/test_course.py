"""Courses: chosen, booked, given back, attended part by part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.core.journey import ActKind, Entry, EntryKind, ItemState, StageState, Status, may
from kithwork.core.schemes import Outcome
from tests.core.journey.road import APPLICANT, DAY, OFFICER, Road, days, edition, stage

K = EntryKind
FEES = '[[fees]]\nid = "course"\ntitle = "Course"\namount = 90\n'
COURSE = edition(
    stage("course", "course", "parts = 3", 'within = "6 months"', opens="form submitted")
    + stage("fee", "fee", 'fee = "course"', opens="course arranged"),
    award="course attended",
    parts=FEES,
)
CHOOSE, ARRANGE = (APPLICANT, ActKind.CHOOSE, 1), (OFFICER, ActKind.ARRANGE, 1)
DUE = DAY.replace(month=9)


@pytest.fixture
def road() -> Road:
    return Road(COURSE).applied()


@pytest.fixture
def booked(road: Road) -> Road:
    """Three parts, 30, 31 and 44 days from the start."""
    road.does(DAY, K.CHOSEN, APPLICANT, "course")
    for part, day in (("1", 30), ("2", 31), ("3", 44)):
        road.does(days(1), K.ARRANGED, OFFICER, "course", part, until=days(day))
    return road


def attended(road: Road, day: int, part: str) -> Road:
    return road.does(days(day), K.ATTENDED, OFFICER, "course", part)


def test_the_applicant_chooses_and_the_body_books(road: Road) -> None:
    assert road.acts(DAY, "course") == [CHOOSE, ARRANGE]
    assert road.at(DAY).stages["course"].due == DUE
    road.does(DAY, K.CHOSEN, APPLICANT, "course").does(days(1), K.CHOSEN, APPLICANT, "course")
    assert road.acts(days(1), "course") == [ARRANGE]
    assert road.act(days(1), ActKind.ARRANGE, OFFICER).since == days(1), "since the last choice"


def test_the_body_may_book_without_a_choice(road: Road) -> None:
    road.does(DAY, K.ARRANGED, OFFICER, "course", until=days(30))
    assert road.acts(DAY, "course") == [(OFFICER, ActKind.ATTEND, 3)]


def test_a_booking_opens_what_waits_for_it_and_keeps_it_open(road: Road) -> None:
    assert road.at(DAY).stages["fee"].state is StageState.SHUT
    road.does(DAY, K.ARRANGED, OFFICER, "course", until=days(30))
    assert road.at(DAY).stages["fee"].state is StageState.OPEN
    road.does(days(2), K.CANCELLED, OFFICER, "course")
    seen = road.at(days(2))
    assert not seen.stages["course"].holds(Outcome.ARRANGED)
    assert seen.stages["fee"].state is StageState.OPEN


@pytest.mark.parametrize("by", [APPLICANT, OFFICER])
def test_a_place_given_back_leads_to_choosing_again(booked: Road, by: object) -> None:
    booked.does(days(9), K.CANCELLED, by, "course")  # type: ignore[arg-type]
    seen = booked.at(days(9)).stages["course"]
    assert booked.acts(days(9), "course") == [CHOOSE, ARRANGE]
    assert (seen.planned, seen.due) == (None, DUE)
    assert "No place has been booked" in booked.refuses(days(30), K.ATTENDED, OFFICER, "course", "1")


def test_a_choice_can_be_given_back_before_a_place_is_booked(road: Road) -> None:
    assert "No place" in road.refuses(DAY, K.CANCELLED, APPLICANT, "course")
    road.does(DAY, K.CHOSEN, APPLICANT, "course").does(days(2), K.CANCELLED, OFFICER, "course")
    assert road.acts(days(2), "course") == [CHOOSE, ARRANGE]
    assert road.act(days(2), ActKind.CHOOSE, APPLICANT).since == days(2)


def test_with_a_place_no_other_date_is_chosen(booked: Road) -> None:
    assert "A place is booked" in booked.refuses(days(2), K.CHOSEN, APPLICANT, "course")


def test_each_part_has_its_day(booked: Road) -> None:
    assert booked.at(days(1)).stages["course"].planned == days(30)
    attended(booked, 30, "1")
    assert booked.at(days(30)).stages["course"].planned == days(31)
    attended(booked, 31, "2")
    seen = booked.at(days(40)).stages["course"]
    assert (seen.planned, seen.due, seen.overdue) == (days(44), days(44), False)
    assert booked.acts(days(40), "course") == [(OFFICER, ActKind.ATTEND, 1)]
    attended(booked, 44, "3")
    seen = booked.at(days(44)).stages["course"]
    assert (seen.state, seen.done) == (StageState.DONE, days(44))


def test_booked_as_a_whole_only_the_first_day_is_known(road: Road) -> None:
    road.does(DAY, K.ARRANGED, OFFICER, "course", until=days(30))
    assert road.at(days(31)).stages["course"].overdue
    attended(road, 31, "1")
    seen = road.at(days(40)).stages["course"]
    assert (seen.planned, seen.due, seen.overdue) == (None, None, False)


def test_a_missed_part_is_late_until_it_has_another_day(booked: Road) -> None:
    attended(attended(booked, 30, "1"), 44, "3")
    seen = booked.at(days(44)).stages["course"]
    assert seen.overdue
    assert {part: item.state for part, item in seen.items.items()} == {
        "1": ItemState.CONFIRMED,
        "2": ItemState.BLANK,
        "3": ItemState.CONFIRMED,
    }
    booked.does(days(50), K.ARRANGED, OFFICER, "course", "2", until=days(90))
    seen = booked.at(days(50)).stages["course"]
    assert (seen.overdue, seen.planned) == (False, days(90))
    assert attended(booked, 90, "2").at(days(90)).stages["course"].done == days(90)


def test_parts_attended_stay_when_the_rest_is_given_back(booked: Road) -> None:
    attended(booked, 30, "1").does(days(31), K.CANCELLED, APPLICANT, "course")
    booked.does(days(40), K.ARRANGED, OFFICER, "course", until=days(120))
    assert booked.acts(days(40), "course") == [(OFFICER, ActKind.ATTEND, 2)]
    assert booked.at(days(40)).stages["course"].planned == days(120)


def test_parts_are_counted(booked: Road) -> None:
    attended(booked, 30, "1")
    for kind, more in ((K.ATTENDED, {}), (K.ARRANGED, {"until": days(60)})):
        assert "recorded as attended" in booked.refuses(days(30), kind, OFFICER, "course", "1", **more)
        assert "3 parts" in booked.refuses(days(30), kind, OFFICER, "course", "4", **more)


def test_it_is_done_on_the_day_of_the_last_part_whatever_the_order(booked: Road) -> None:
    for day, part in ((44, "3"), (45, "1"), (46, "2")):
        attended(booked, day, part)
    assert booked.at(days(60)).stages["course"].done == days(46)
    assert "is done" in booked.refuses(days(60), K.CANCELLED, OFFICER, "course")


def complete(road: Road) -> Road:
    for day, part in ((30, "1"), (31, "2"), (44, "3")):
        attended(road, day, part)
    return road


def test_an_attendance_recorded_by_mistake_is_corrected_and_attended_again(booked: Road) -> None:
    complete(booked).does(days(50), K.CORRECTED, OFFICER, "course", "2")
    seen = booked.at(days(50))
    assert (seen.stages["course"].state, seen.stages["course"].done) == (StageState.OPEN, None)
    assert seen.stages["course"].items["2"].state is ItemState.BLANK
    assert booked.acts(days(50), "course") == [(OFFICER, ActKind.ATTEND, 1)]
    assert "not recorded as attended" in booked.refuses(days(50), K.CORRECTED, OFFICER, "course", "2")
    assert booked.at(days(49)).stages["course"].done == days(44), "what was known then does not change"
    assert attended(booked, 60, "2").at(days(60)).stages["course"].done == days(60)


def test_what_weighs_the_whole_waits_again_for_a_part_that_was_not_attended(booked: Road) -> None:
    assert (OFFICER, ActKind.GRANT, 1) in complete(booked).acts(days(50))
    booked.does(days(50), K.CORRECTED, OFFICER, "course", "1")
    assert booked.acts(days(50), "badge") == []


def test_once_something_is_granted_on_it_nothing_is_corrected(booked: Road) -> None:
    complete(booked).granted(days(50))
    assert "granted" in booked.refuses(days(51), K.CORRECTED, OFFICER, "course", "1")


def test_with_no_place_any_more_a_correction_leads_to_choosing(booked: Road) -> None:
    attended(booked, 30, "1").does(days(31), K.CANCELLED, OFFICER, "course")
    booked.does(days(35), K.CORRECTED, OFFICER, "course", "1")
    assert booked.acts(days(35), "course") == [CHOOSE, ARRANGE]
    assert booked.act(days(35), ActKind.CHOOSE, APPLICANT).since == days(35)


def test_a_correction_lets_nothing_lapse_on_the_spot() -> None:
    lapsing = stage("course", "course", 'lapses = "1 month"', opens="form submitted")
    road = Road(edition(lapsing, award="course attended")).applied()
    road.does(DAY, K.ARRANGED, OFFICER, "course", until=days(10)).does(days(10), K.ATTENDED, OFFICER, "course")
    road.does(days(90), K.CORRECTED, OFFICER, "course")
    seen = road.at(days(90))
    assert (seen.status, seen.stages["course"].state) == (Status.ACTIVE, StageState.OPEN)


@given(st.lists(st.tuples(st.sampled_from([K.ATTENDED, K.CORRECTED]), st.sampled_from("123")), max_size=14))
def test_the_parts_attended_are_those_recorded_and_not_corrected_since(said: list[tuple[EntryKind, str]]) -> None:
    road = Road(COURSE).applied().does(DAY, K.ARRANGED, OFFICER, "course", until=days(1))
    there: set[str] = set()
    for day, (kind, part) in enumerate(said, 1):
        entry = Entry(days(day), kind, OFFICER, "course", part)
        recorded = kind is K.ATTENDED
        whole = there == {"1", "2", "3"}
        allowed = bool(may(COURSE, road.at(days(day)), entry))
        assert allowed == ((part not in there and not whole) if recorded else part in there)
        if allowed:
            road.entries.append(entry)
            there = there | {part} if recorded else there - {part}
        seen = road.at(days(day)).stages["course"]
        assert {name for name, item in seen.items.items() if item.state is ItemState.CONFIRMED} == there
        assert (seen.done is not None) == seen.holds(Outcome.ATTENDED) == (there == {"1", "2", "3"})
