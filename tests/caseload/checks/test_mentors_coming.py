"""Checks of who comes to mentor: applications, counts, decisions; on the edge of each rule."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from kithwork.accounts.models import User
from kithwork.caseload.models import MentorStep, Practice
from kithwork.core.days import add_months
from kithwork.core.readiness import State
from kithwork.procedures.sample import Cast
from tests.caseload.checks.put import Put, put
from tests.caseload.checks.rows import AT, DAY, YEAR_AGO, a_course, a_mentor, a_step, attend
from tests.running import a_match, a_mentee, a_practice

K = MentorStep.Kind


@pytest.fixture
def practice(people: Cast) -> Practice:
    return a_practice(people.service, people.ada, AT)


@pytest.fixture
def by(people: Cast) -> User:
    return people.ada


def asked(practice: Practice, name: str, at: date = AT) -> Put:
    return put(practice, at, name, of="mentors")


# applications


@pytest.mark.parametrize(
    ("applied", "among"), [(YEAR_AGO, False), (YEAR_AGO + DAY, True), (AT, True), (AT + DAY, False)]
)
def test_whoever_applied_in_the_last_year_filled_in_the_form(practice: Practice, applied: date, among: bool) -> None:
    mentor = a_mentor(practice, applied_on=applied, accepted_on=None)
    found = asked(practice, "applications.completed")
    assert found.fail == ([mentor.ref] if among else [])
    if among:
        last = add_months(applied, 12)
        assert found.answer.heals == last
        assert asked(practice, "applications.completed", last - DAY).fail == [mentor.ref]
        assert asked(practice, "applications.completed", last).answer.total == 0
        a_step(mentor, K.APPLICATION, applied)
        assert asked(practice, "applications.completed").state is State.MET


def test_a_completed_programme_counts_as_application_and_who_is_erased_is_left_out(practice: Practice) -> None:
    a_mentor(practice, applied_on=AT - DAY, accepted_on=AT - DAY, joined_by="p1")
    gone = datetime(2026, 11, 20, tzinfo=UTC)
    a_mentor(practice, applied_on=AT - DAY, accepted_on=None, erased_at=gone, left_on=AT - DAY)
    found = asked(practice, "applications.completed")
    assert (found.answer.total, found.answer.failing) == (1, 0)


@pytest.mark.parametrize(
    ("at", "applied", "waits"),
    [
        (AT, date(2026, 10, 22), False),
        (AT, date(2026, 10, 21), True),
        (date(2027, 2, 28), date(2027, 1, 31), False),
        (date(2027, 3, 1), date(2027, 1, 31), True),
        (date(2028, 2, 29), date(2028, 1, 29), False),
        (date(2028, 3, 1), date(2028, 1, 29), True),
    ],
)
def test_an_applicant_is_assessed_within_a_month(practice: Practice, at: date, applied: date, waits: bool) -> None:
    mentor = a_mentor(practice, applied_on=applied, accepted_on=None)
    a_step(mentor, K.APPLICATION, applied)
    a_step(mentor, K.INTERVIEW, at + DAY)
    found = asked(practice, "applications.assessed", at)
    assert found.fail == ([mentor.ref] if waits else [])
    assert found.answer.total == waits
    a_step(mentor, K.ROLE, at)
    assert asked(practice, "applications.assessed", at).state is State.MET


@pytest.mark.parametrize(("left", "among"), [(AT - DAY, False), (AT, True)])
def test_who_left_before_any_step_is_not_waiting(practice: Practice, left: date, among: bool) -> None:
    mentor = a_mentor(practice, applied_on=AT - 90 * DAY, accepted_on=None, left_on=left)
    assert asked(practice, "applications.assessed").fail == ([mentor.ref] if among else [])
    a_step(mentor, K.SELECTION, AT - 80 * DAY, "no")
    assert asked(practice, "applications.assessed").state is State.MET


# counts

STAGES = ["applied", "trained", "matched"]


@pytest.mark.parametrize(
    ("on", "state", "more", "spoilt"),
    [
        (AT - 8 * DAY, "invited", {}, True),
        (AT - 7 * DAY, "invited", {}, False),
        (YEAR_AGO + DAY, "invited", {}, True),
        (YEAR_AGO, "invited", {}, False),
        (AT - 8 * DAY, "absent", {}, False),
        (AT - 8 * DAY, "invited", {"kind": "refresher"}, False),
        (AT - 8 * DAY, "invited", {"cancelled_on": AT}, False),
        (AT - 8 * DAY, "invited", {"cancelled_on": AT + DAY}, True),
    ],
)
def test_people_can_be_counted_unless_nobody_noted_whether_they_came(
    practice: Practice, on: date, state: str, more: dict[str, Any], spoilt: bool
) -> None:
    mentor = a_mentor(practice, applied_on=AT - 90 * DAY, accepted_on=None)
    attend(a_course(practice, on, **more), mentor, state)
    found = put(practice, AT, "mentors.counted", stages=STAGES)
    assert (found.answer.total, found.fail) == (1, [mentor.ref] if spoilt else [])
    assert put(practice, AT, "mentors.counted", stages=["applied"]).fail == []


@pytest.mark.parametrize(
    ("stage", "day", "among"),
    [(stage, day, among) for stage in STAGES for day, among in (
        (YEAR_AGO, False), (YEAR_AGO + DAY, True), (AT, True), (AT + DAY, False)
    )],
)  # fmt: skip
def test_those_are_counted_who_reached_a_stage_in_the_last_year(
    practice: Practice, by: User, stage: str, day: date, among: bool
) -> None:
    mentor = a_mentor(practice, applied_on=day if stage == "applied" else AT - 900 * DAY, accepted_on=None)
    if stage == "trained":
        attend(a_course(practice, day), mentor)
    if stage == "matched":
        a_match(a_mentee(practice.service, AT), mentor, by, AT, introduced_on=day)
    for one in STAGES:
        assert put(practice, AT, "mentors.counted", stages=[one]).answer.total == (among and one == stage)


# decisions


@pytest.mark.parametrize(
    ("decided", "among"), [(YEAR_AGO, False), (YEAR_AGO + DAY, True), (AT, True), (AT + DAY, False)]
)
@pytest.mark.parametrize("outcome", ["yes", "no"])
def test_decisions_of_the_last_year_have_their_reason(
    practice: Practice, decided: date, among: bool, outcome: str
) -> None:
    chosen = decided if outcome == "yes" else None
    mentor = a_mentor(practice, accepted_on=chosen, left_on=None if chosen else decided)
    found = asked(practice, "selections.explained")
    assert found.fail == ([mentor.ref] if among and chosen else [])  # selected, and no decision on record
    a_step(mentor, K.SELECTION, decided, outcome)
    found = asked(practice, "selections.explained")
    assert (found.answer.total, found.answer.failing) == (among, 0)


DECIDED = AT - 30 * DAY


@pytest.mark.parametrize(
    ("days", "told", "fails", "total"),
    [(7, None, False, 0), (8, None, True, 1), (1, 1, False, 1), (30, -1, True, 1), (30, 31, True, 1), (9, 9, False, 1)],
)
def test_whoever_was_turned_down_hears_why_within_a_week(
    practice: Practice, days: int, told: int | None, fails: bool, total: int
) -> None:
    mentor = a_mentor(practice, accepted_on=None, left_on=DECIDED)
    a_step(mentor, K.SELECTION, DECIDED, "no")
    if told is not None:
        a_step(mentor, K.FEEDBACK, DECIDED + told * DAY)
    found = asked(practice, "applicants.answered", DECIDED + days * DAY)
    assert (found.answer.total, found.fail) == (total, [mentor.ref] if fails else [])


def test_who_was_told_is_pointed_elsewhere_then_or_later(practice: Practice) -> None:
    def signposted() -> Put:
        return asked(practice, "applicants.signposted")

    mentor = a_mentor(practice, accepted_on=None, left_on=DECIDED)
    a_step(mentor, K.SELECTION, DECIDED, "no")
    a_step(mentor, K.FEEDBACK, DECIDED - DAY, signposted_to="The library")
    assert signposted().state is None
    a_step(mentor, K.FEEDBACK, DECIDED)
    a_step(mentor, K.FEEDBACK, AT + DAY, signposted_to="The library")
    assert signposted().fail == [mentor.ref]
    a_step(mentor, K.FEEDBACK, AT, signposted_to="The library")
    assert signposted().state is State.MET
    a_step(mentor, K.SELECTION, AT, "yes")  # decided anew
    assert signposted().state is None


@pytest.mark.parametrize(("decided", "among"), [(YEAR_AGO, False), (YEAR_AGO + DAY, True)])
def test_only_decisions_of_the_last_year_are_answered(practice: Practice, decided: date, among: bool) -> None:
    mentor = a_mentor(practice, applied_on=decided, accepted_on=None)
    a_step(mentor, K.SELECTION, decided, "no")
    assert asked(practice, "applicants.answered").fail == ([mentor.ref] if among else [])
