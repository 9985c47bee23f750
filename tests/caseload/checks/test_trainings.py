"""Checks of trainings, on the edge of each rule."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from kithwork.accounts.models import User
from kithwork.caseload.models import Attendance, MentorStep, Pause, Practice, Training
from kithwork.caseload.queries.trainings import not_refreshed
from kithwork.core.days import add_months
from kithwork.core.readiness import State
from kithwork.procedures.sample import Cast
from tests.caseload.checks.put import Put, put
from tests.caseload.checks.rows import AT, DAY, YEAR_AGO, a_course, a_mentor, attend
from tests.running import a_practice


@pytest.fixture
def practice(people: Cast) -> Practice:
    return a_practice(people.service, people.ada, AT)


@pytest.fixture
def by(people: Cast) -> User:
    return people.ada


def completed(practice: Practice, at: date = AT, **given: object) -> Put:
    return put(practice, at, "training.completed", **{"of": "mentors", "sessions": 2, **given})


# completed


def test_so_many_sessions_of_the_kind_count_in_one_course_or_several(practice: Practice) -> None:
    mentor = a_mentor(practice)
    attend(a_course(practice, AT), mentor)
    attend(a_course(practice, AT - DAY, kind="refresher"), mentor)
    attend(a_course(practice, AT - DAY), mentor, "absent")
    attend(a_course(practice, AT - DAY), mentor, "invited")
    attend(a_course(practice, AT + DAY), mentor)
    assert completed(practice).fail == [mentor.ref]
    assert completed(practice, sessions=1).state is State.MET
    assert completed(practice, kind="refresher", sessions=1).state is State.MET
    assert completed(practice, AT + DAY).state is State.MET
    assert completed(practice).figure == "0 of 1 mentor attended 2 sessions or more of initial training"


@pytest.mark.parametrize(
    ("accepted", "second", "good"),
    [
        (AT - DAY, AT - DAY, True),
        (AT - 2 * DAY, AT - DAY, False),
        (YEAR_AGO + DAY, YEAR_AGO + 2 * DAY, False),
        (YEAR_AGO, YEAR_AGO + 2 * DAY, True),
    ],
)
def test_whoever_was_selected_in_the_last_year_was_trained_first(
    practice: Practice, accepted: date, second: date, good: bool
) -> None:
    mentor = a_mentor(practice, accepted_on=accepted)
    attend(a_course(practice, accepted - 9 * DAY, second), mentor)
    assert completed(practice, before="acceptance").fail == ([] if good else [mentor.ref])
    assert completed(practice).state is State.MET


def test_a_completed_programme_counts_as_initial_training_and_as_no_other(practice: Practice) -> None:
    mentor = a_mentor(practice, accepted_on=AT - DAY, joined_by="p1")
    assert completed(practice, before="acceptance").state is State.MET
    assert completed(practice, kind="specific").fail == [mentor.ref]


# outlined


def outlined(practice: Practice, at: date = AT) -> Put:
    return put(practice, at, "training.outlined", of="mentors")


@pytest.mark.parametrize(("sent", "good"), [(-1, True), (0, False), (None, False)])
def test_the_outline_goes_out_on_a_day_before_the_first_session(
    practice: Practice, sent: int | None, good: bool
) -> None:
    first = AT - 20 * DAY
    course = a_course(practice, first, AT - 9 * DAY, outline_sent_on=None if sent is None else first + sent * DAY)
    attend(course, a_mentor(practice))
    found = outlined(practice)
    assert found.fail == ([] if good else [course.ref])
    assert found.labels == ["Beginning to mentor"]
    if not good:  # too late for this one: it counts until its year is over
        last = add_months(AT - 9 * DAY, 12)
        assert found.answer.heals == last
        assert outlined(practice, last - DAY).fail == [course.ref]
        assert outlined(practice, last).answer.total == 0


@pytest.mark.parametrize(
    ("days", "more", "among"),
    [
        ([AT], {}, True),
        ([AT, AT + 9 * DAY], {}, True),
        ([AT + DAY], {}, False),
        ([YEAR_AGO], {}, False),
        ([YEAR_AGO, YEAR_AGO + DAY], {}, True),
        ([AT - DAY], {"kind": "refresher"}, False),
        ([AT - DAY], {"cancelled_on": AT}, False),
        ([AT - DAY], {"cancelled_on": AT + DAY}, True),
    ],
)
def test_courses_of_the_last_year_to_which_somebody_came_are_asked_about(
    practice: Practice, days: list[date], more: dict[str, Any], among: bool
) -> None:
    course = a_course(practice, *days, **more)
    rows = attend(course, a_mentor(practice))
    assert outlined(practice).fail == ([course.ref] if among else [])
    Attendance.objects.filter(pk__in=[one.pk for one in rows]).update(state="absent")
    assert outlined(practice).state is None


# what people thought, and what came of it

SAID: dict[str, Any] = {"satisfied": 4, "learnt": 5}


@pytest.mark.parametrize(
    ("name", "days", "due"),
    [
        ("training_feedback.gathered", 14, False),
        ("training_feedback.gathered", 15, True),
        ("training_feedback.acted_on", 30, False),
        ("training_feedback.acted_on", 31, True),
    ],
)
def test_feedback_comes_in_two_weeks_and_is_acted_on_in_thirty_days(
    practice: Practice, name: str, days: int, due: bool
) -> None:
    mentor = a_mentor(practice)
    last = AT - days * DAY
    course = a_course(practice, last - 7 * DAY, last, kind="specific")
    more: dict[str, Any] = {"said_on": AT, **SAID} if name.endswith("acted_on") else {}
    attend(course, mentor, **more)
    assert put(practice, AT, name, of="mentors").fail == ([course.ref] if due else [])
    assert put(practice, AT, name, of="mentors").answer.total == due

    Attendance.objects.update(said_on=AT, **SAID)
    Training.objects.update(acted_on="Shorter talks.", acted_on_day=AT)
    assert put(practice, AT, name, of="mentors").state is State.MET


def test_a_course_with_a_session_to_come_is_not_over(practice: Practice) -> None:
    attend(a_course(practice, AT - 90 * DAY, AT + DAY), a_mentor(practice))
    assert put(practice, AT, "training_feedback.gathered", of="mentors").answer.total == 0


@pytest.mark.parametrize(
    "more",
    [{"said_on": AT + DAY, **SAID}, {"said_on": AT, "satisfied": 4}, {"said_on": AT, "learnt": 4}, SAID],
)
def test_half_an_answer_and_a_later_one_is_no_feedback(practice: Practice, more: dict[str, Any]) -> None:
    course = a_course(practice, AT - 90 * DAY)
    attend(course, a_mentor(practice), **more)
    assert put(practice, AT, "training_feedback.gathered", of="mentors").fail == [course.ref]
    assert put(practice, AT, "training_feedback.acted_on", of="mentors").answer.total == 0


@pytest.mark.parametrize("more", [{"acted_on": "Shorter talks."}, {"acted_on": "Shorter.", "acted_on_day": AT + DAY}])
def test_what_was_changed_has_its_day(practice: Practice, more: dict[str, Any]) -> None:
    course = a_course(practice, AT - 90 * DAY, **more)
    attend(course, a_mentor(practice), said_on=AT, **SAID)
    assert put(practice, AT, "training_feedback.acted_on", of="mentors").fail == [course.ref]


# how people did


@pytest.mark.parametrize(
    ("first", "second", "good"),
    [
        ({"performance": "Listens."}, {"understood": False}, True),
        ({"performance": "Listens.", "understood": True}, {}, True),
        ({"performance": "Listens."}, {}, False),
        ({"understood": True}, {}, False),
    ],
)
def test_it_is_noted_how_somebody_did_and_whether_they_understood(
    practice: Practice, first: dict[str, Any], second: dict[str, Any], good: bool
) -> None:
    mentor = a_mentor(practice, accepted_on=AT - 9 * DAY)
    _first, other = attend(a_course(practice, AT - 30 * DAY, AT - 20 * DAY), mentor, **first)
    for field, value in second.items():
        setattr(other, field, value)
    other.save()
    assert put(practice, AT, "training.observed", of="mentors").fail == ([] if good else [mentor.ref])


@pytest.mark.parametrize(
    ("decided", "state", "on", "among"),
    [
        (AT, "present", AT, True),
        (AT, "absent", AT, False),
        (AT, "present", AT + DAY, False),
        (YEAR_AGO + DAY, "present", YEAR_AGO, True),
        (YEAR_AGO, "present", YEAR_AGO, False),
    ],
)
@pytest.mark.parametrize("outcome", ["yes", "no"])
def test_those_decided_about_in_the_last_year_who_came_to_initial_training_are_asked_about(
    practice: Practice, decided: date, state: str, on: date, among: bool, outcome: str
) -> None:
    accepted = decided if outcome == "yes" else None
    mentor = a_mentor(practice, accepted_on=accepted, left_on=None if accepted else decided)
    MentorStep.objects.create(mentor=mentor, kind="selection", on=decided, outcome=outcome, note="Because.")
    attend(a_course(practice, on), mentor, state)
    assert put(practice, AT, "training.observed", of="mentors").fail == ([mentor.ref] if among else [])


# offered


def offered(practice: Practice, at: date = AT) -> Put:
    return put(practice, at, "training.offered", of="mentors", kind="refresher", every="1 year")


@pytest.mark.parametrize(
    ("at", "on", "good"),
    [
        (AT, YEAR_AGO, True),
        (AT, YEAR_AGO - DAY, False),
        (date(2025, 2, 28), date(2024, 2, 28), True),
        (date(2025, 2, 28), date(2024, 2, 29), True),
        (date(2025, 3, 1), date(2024, 2, 29), False),
    ],
)
@pytest.mark.parametrize("state", ["invited", "declined", "present", "absent"])
def test_a_refresher_is_offered_every_year_whether_they_come_or_not(
    practice: Practice, at: date, on: date, good: bool, state: str
) -> None:
    mentor = a_mentor(practice)
    attend(a_course(practice, on, kind="refresher"), mentor, state)
    assert offered(practice, at).fail == ([] if good else [mentor.ref])
    if at == AT:
        assert {one.ref for one in not_refreshed(practice.service, at)} == set(offered(practice, at).fail)


@pytest.mark.parametrize(("accepted", "good"), [(YEAR_AGO, True), (YEAR_AGO - DAY, False), (AT, True)])
def test_the_year_begins_with_the_selection(practice: Practice, accepted: date, good: bool) -> None:
    mentor = a_mentor(practice, accepted_on=accepted)
    found = offered(practice)
    assert (found.answer.total, found.fail) == (1, [] if good else [mentor.ref])


@pytest.mark.parametrize(
    ("more", "good"),
    [
        ({}, True),
        ({"kind": "initial"}, False),
        ({"cancelled_on": AT}, False),
        ({"cancelled_on": AT + DAY}, True),
        ({"made_at": datetime(2026, 11, 22, 23, tzinfo=UTC)}, True),
        ({"made_at": datetime(2026, 11, 23, 1, tzinfo=UTC)}, False),
    ],
)
def test_a_session_to_come_counts_once_the_course_is_set_up(
    practice: Practice, more: dict[str, Any], good: bool
) -> None:
    mentor = a_mentor(practice)
    attend(a_course(practice, AT + 9 * DAY, **{"kind": "refresher", **more}), mentor, "invited")
    assert offered(practice).fail == ([] if good else [mentor.ref])


@pytest.mark.parametrize(("ends", "asked"), [(None, False), (AT, False), (AT - DAY, True)])
def test_the_year_runs_on_from_the_last_day_away(practice: Practice, by: User, ends: date | None, asked: bool) -> None:
    mentor = a_mentor(practice)
    assert offered(practice).fail == [mentor.ref]
    Pause.objects.create(mentor=mentor, begins=AT - 30 * DAY, ends=ends, reason="Away", by=by)
    found = offered(practice)
    assert (found.answer.total, found.fail) == (asked, [])
