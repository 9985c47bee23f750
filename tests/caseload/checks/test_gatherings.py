"""Checks of what all mentors are asked to, on the edge of each rule."""

from datetime import date
from typing import Any

import pytest

from kithwork.accounts.models import User
from kithwork.caseload.models import Gathering, Invited, Mentor, Pause, Practice
from kithwork.core.readiness import State
from kithwork.procedures.sample import Cast
from tests.caseload.checks.put import Put, put
from tests.caseload.checks.rows import AT, DAY, YEAR_AGO, a_mentor
from tests.running import a_practice


@pytest.fixture
def practice(people: Cast) -> Practice:
    return a_practice(people.service, people.ada, AT)


@pytest.fixture
def by(people: Cast) -> User:
    return people.ada


@pytest.fixture
def mentor(practice: Practice) -> Mentor:
    return a_mentor(practice)


def hold(practice: Practice, by: User, on: date, kind: str, *asked: Mentor, came: bool | None = None) -> Gathering:
    row = Gathering.objects.create(service=practice.service, kind=kind, on=on, title="Tea", by=by)
    for one in asked:
        Invited.objects.create(gathering=row, mentor=one, came=came)
    return row


def events(practice: Practice, **given: Any) -> Put:
    return put(practice, AT, "events.held", **{"of": "mentors", "count": 1, "within": "1 year", **given})


@pytest.mark.parametrize(("on", "good"), [(YEAR_AGO - DAY, False), (YEAR_AGO, True), (AT, True), (AT + DAY, False)])
@pytest.mark.parametrize("kind", ["social", "peers", "standards"])
def test_an_event_was_held_within_the_year(
    practice: Practice, by: User, mentor: Mentor, on: date, good: bool, kind: str
) -> None:
    hold(practice, by, on, kind, mentor)
    found = events(practice, kind=kind)
    assert found.fail == ([] if good else [practice.service.ref])
    assert found.labels == [practice.service.name]
    assert found.figure.startswith("At least 1 " if good else "Fewer than 1 ")
    assert events(practice, kind="social" if kind == "peers" else "peers").state is State.NOT_MET


def test_what_nobody_was_asked_to_does_not_count_and_nobody_need_come(
    practice: Practice, by: User, mentor: Mentor
) -> None:
    row = hold(practice, by, AT, "social")
    assert events(practice).state is State.NOT_MET
    Invited.objects.create(gathering=row, mentor=mentor, came=False)
    assert events(practice).state is State.MET


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (YEAR_AGO - DAY, AT, State.NOT_MET),
        (YEAR_AGO, AT, State.AT_RISK),
        (AT - 9 * DAY, AT, State.MET),
        (AT, AT, State.MET),
        (AT, AT + DAY, State.NOT_MET),
    ],
)
def test_two_newsletters_went_out_within_the_year(
    practice: Practice, by: User, mentor: Mentor, first: date, second: date, state: State
) -> None:
    hold(practice, by, first, "newsletter", mentor)
    hold(practice, by, second, "newsletter", mentor)
    hold(practice, by, AT, "social", mentor)
    hold(practice, by, AT, "newsletter")  # sent to nobody
    found = put(practice, AT, "newsletters.sent", of="mentors", count=2, within="1 year")
    assert found.state is state
    if state is State.AT_RISK:
        assert found.answer.until == AT


def attended(practice: Practice) -> Put:
    return put(practice, AT, "standardisation.attended", of="mentors", every="1 year")


@pytest.mark.parametrize(
    ("on", "kind", "came", "good"),
    [
        (YEAR_AGO, "standards", True, True),
        (YEAR_AGO - DAY, "standards", True, False),
        (AT, "standards", False, False),
        (AT, "standards", None, False),
        (AT, "peers", True, False),
        (AT + DAY, "standards", True, False),
    ],
)
def test_mentors_come_to_standardisation_meetings(
    practice: Practice, by: User, mentor: Mentor, on: date, kind: str, came: bool | None, good: bool
) -> None:
    hold(practice, by, on, kind, mentor, came=came)
    assert attended(practice).fail == ([] if good else [mentor.ref])


@pytest.mark.parametrize(("accepted", "good"), [(YEAR_AGO, True), (YEAR_AGO - DAY, False), (AT, True)])
def test_the_year_begins_with_the_selection(practice: Practice, mentor: Mentor, accepted: date, good: bool) -> None:
    mentor.accepted_on = accepted
    mentor.save()
    assert attended(practice).fail == ([] if good else [mentor.ref])


@pytest.mark.parametrize(("ends", "asked"), [(None, False), (AT, False), (AT - DAY, True)])
def test_the_year_runs_on_from_the_last_day_away(
    practice: Practice, by: User, mentor: Mentor, ends: date | None, asked: bool
) -> None:
    assert attended(practice).fail == [mentor.ref]
    Pause.objects.create(mentor=mentor, begins=AT - 30 * DAY, ends=ends, reason="Away", by=by)
    found = attended(practice)
    assert (found.answer.total, found.fail) == (asked, [])
