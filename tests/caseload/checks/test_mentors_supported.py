"""Checks of how mentors are supported, on the edge of each rule; they agree with what Today lists."""

from datetime import date
from typing import Any

import pytest

from kithwork.accounts.models import User
from kithwork.caseload.models import Contact, Match, Measure, Measurement, Mentor, Pause, Practice, Supervision
from kithwork.caseload.queries import due, followups
from kithwork.core.readiness import State
from kithwork.procedures.sample import Cast
from tests.caseload.checks.put import Put, put
from tests.caseload.checks.rows import AT, DAY, LONG_AGO, a_mentor
from tests.running import a_match, a_mentee, a_practice

TOPICS = ["boundaries", "aims-and-role", "views-and-progress", "wish-to-continue"]
ALL = [topic.value for topic in Supervision.Topic]


@pytest.fixture
def practice(people: Cast) -> Practice:
    return a_practice(people.service, people.ada, AT)


@pytest.fixture
def by(people: Cast) -> User:
    return people.ada


def supervise(mentor: Mentor, by: User, on: date, **more: Any) -> Supervision:
    return Supervision.objects.create(mentor=mentor, on=on, by=by, **{"topics": ALL, **more})


def ring(mentor: Mentor, by: User, on: date, **more: Any) -> Contact:
    given: dict[str, Any] = {"service": mentor.service, "kind": "mentor", "mentor": mentor, "on": on, "by": by}
    return Contact.objects.create(**{**given, **more})


def away(mentor: Mentor, by: User, begins: date, ends: date | None) -> None:
    Pause.objects.create(mentor=mentor, begins=begins, ends=ends, reason="Away", by=by)


def held(practice: Practice, at: date = AT, **given: Any) -> Put:
    return put(practice, at, "supervision.held", **{"of": "mentors", "every": "6 months", **given})


def contacted(practice: Practice, at: date = AT, **given: Any) -> Put:
    return put(practice, at, "mentors.contacted", **{"every": "3 months", **given})


# supervision and contact, at intervals

EDGES = [  # the day, when it was done, the months, whether it is in time
    (AT, date(2026, 5, 22), 6, True),
    (AT, date(2026, 5, 21), 6, False),
    (AT, date(2026, 8, 22), 3, True),
    (AT, date(2026, 8, 21), 3, False),
    (date(2026, 5, 31), date(2026, 2, 28), 3, False),
    (date(2026, 5, 31), date(2026, 3, 1), 3, True),
    (date(2026, 5, 28), date(2026, 2, 28), 3, True),
    (date(2026, 5, 29), date(2026, 2, 28), 3, False),
    (date(2027, 2, 28), date(2026, 8, 31), 6, True),
    (date(2027, 3, 1), date(2026, 8, 31), 6, False),
    (date(2028, 2, 29), date(2027, 11, 30), 3, True),
    (date(2028, 3, 1), date(2027, 11, 30), 3, False),
]


@pytest.mark.parametrize(("at", "on", "months", "good"), EDGES)
def test_what_is_due_on_a_day_is_in_time_and_late_from_the_next(
    practice: Practice, by: User, at: date, on: date, months: int, good: bool
) -> None:
    mentor = a_mentor(practice)
    supervise(mentor, by, on)
    ring(mentor, by, on)
    supervise(mentor, by, at + DAY)
    ring(mentor, by, at + DAY)
    fails = [] if good else [mentor.ref]
    assert held(practice, at, every=f"{months} months").fail == fails
    assert contacted(practice, at, every=f"{months} months").fail == fails
    for listed in (due.mentors_supervised(practice.service, at), due.mentors_heard(practice.service, at)):
        assert [one.ref for one in due.overdue(listed, months, at)] == fails


@pytest.mark.parametrize(
    ("more", "total", "fails"),
    [
        ({"accepted_on": date(2026, 8, 22)}, 1, False),
        ({"accepted_on": date(2026, 8, 21)}, 1, True),
        ({"accepted_on": AT}, 1, False),
        ({"accepted_on": AT + DAY}, 0, False),
        ({"left_on": AT}, 1, True),
        ({"left_on": AT - DAY}, 0, False),
    ],
)
def test_an_interval_begins_with_the_selection(
    practice: Practice, more: dict[str, Any], total: int, fails: bool
) -> None:
    mentor = a_mentor(practice, **more)
    for found in (held(practice, every="3 months"), contacted(practice)):
        assert (found.answer.total, found.fail) == (total, [mentor.ref] if fails else [])


@pytest.mark.parametrize(
    ("ends", "total", "fails"),
    [
        (None, 0, False),
        (AT, 0, False),
        (AT - DAY, 1, False),
        (date(2026, 8, 22), 1, False),
        (date(2026, 8, 21), 1, True),
    ],
)
def test_an_interval_runs_on_from_the_last_day_away(
    practice: Practice, by: User, ends: date | None, total: int, fails: bool
) -> None:
    mentor = a_mentor(practice)
    away(mentor, by, AT - 200 * DAY, ends)
    for found in (held(practice, every="3 months"), contacted(practice)):
        assert (found.answer.total, found.fail) == (total, [mentor.ref] if fails else [])


@pytest.mark.parametrize(
    "more", [{"reached": False}, {"kind": "meeting"}, {"kind": "mentee"}, {"on": AT + DAY}], ids=str
)
def test_what_is_not_contact_by_staff_that_reached_the_mentor_does_not_count(
    practice: Practice, by: User, more: dict[str, Any]
) -> None:
    mentor = a_mentor(practice)
    mentee = a_mentee(practice.service, AT)
    given: dict[str, Any] = {"on": AT, "mentee": mentee, **more}
    ring(mentor, by, **given)
    assert contacted(practice).fail == [mentor.ref]


def test_only_those_matched_or_only_those_who_wait_can_be_asked_about(practice: Practice, by: User) -> None:
    waits, matched = a_mentor(practice), a_mentor(practice, name="Ned Oak")
    a_match(a_mentee(practice.service, AT), matched, by, AT)
    assert contacted(practice, who=["matched"]).fail == [matched.ref]
    assert contacted(practice, who=["unmatched"]).fail == [waits.ref]
    assert set(contacted(practice).fail) == {waits.ref, matched.ref}


# topics


@pytest.mark.parametrize("left_out", range(4))
def test_each_topic_asked_for_was_spoken_of_in_the_latest_session(practice: Practice, by: User, left_out: int) -> None:
    mentor = a_mentor(practice)
    assert held(practice, AT, topics=TOPICS, every="99 years").state is State.MET  # none was due yet
    supervise(mentor, by, AT - DAY)
    supervise(mentor, by, AT, topics=ALL[:left_out] + ALL[left_out + 1 :])
    supervise(mentor, by, AT + DAY)
    assert held(practice, topics=TOPICS).fail == [mentor.ref]
    assert held(practice, topics=[TOPICS[left_out]]).fail == [mentor.ref]
    assert held(practice, topics=TOPICS[:left_out] + TOPICS[left_out + 1 :]).fail == []
    assert held(practice).state is State.MET
    supervise(mentor, by, AT)  # of two on one day the one recorded last
    assert held(practice, topics=TOPICS).state is State.MET


# between one session and the next


def between(practice: Practice, at: date = AT) -> Put:
    return put(practice, at, "mentors.contacted", between="supervision")


@pytest.mark.parametrize(
    ("on", "more", "good"),
    [
        (AT - 60 * DAY, {}, False),
        (AT - 59 * DAY, {}, True),
        (AT - 11 * DAY, {}, True),
        (AT - 10 * DAY, {}, False),
        (AT - 30 * DAY, {"reached": False}, False),
        (AT - 30 * DAY, {"kind": "meeting"}, False),
    ],
)
def test_staff_are_in_touch_between_the_last_two_sessions(
    practice: Practice, by: User, on: date, more: dict[str, Any], good: bool
) -> None:
    mentor = a_mentor(practice)
    mentee = a_mentee(practice.service, AT)
    for days in (120, 60, 10, 10):
        supervise(mentor, by, AT - days * DAY)
    supervise(mentor, by, AT + DAY)
    ring(mentor, by, AT - 90 * DAY)
    ring(mentor, by, on, mentee=mentee, **more)
    found = between(practice)
    assert (found.answer.total, found.fail) == (1, [] if good else [mentor.ref])


@pytest.mark.parametrize(("latest", "total"), [(date(2025, 11, 23), 1), (date(2025, 11, 22), 0)])
def test_the_later_of_the_two_sessions_lies_in_the_last_year(
    practice: Practice, by: User, latest: date, total: int
) -> None:
    mentor = a_mentor(practice)
    supervise(mentor, by, latest)
    assert between(practice).answer.total == 0
    supervise(mentor, by, latest - 60 * DAY)
    assert between(practice).answer.total == total


@pytest.mark.parametrize(
    ("begins", "ends", "asked"),
    [(-70, -61, True), (-70, -60, False), (-30, -20, False), (-10, -9, False), (-9, -8, True), (-9, None, False)],
)
def test_who_was_away_between_the_two_is_not_asked_about(
    practice: Practice, by: User, begins: int, ends: int | None, asked: bool
) -> None:
    mentor = a_mentor(practice)
    for days in (60, 10):
        supervise(mentor, by, AT - days * DAY)
    away(mentor, by, AT + begins * DAY, None if ends is None else AT + ends * DAY)
    assert between(practice).fail == ([mentor.ref] if asked else [])


# new and difficult matches


def followed(practice: Practice, at: date = AT, **given: Any) -> Put:
    return put(practice, at, "mentors.followed_up", **{"who": ["new", "in-difficulty"], **given})


def matched(practice: Practice, by: User, introduced: date, **more: Any) -> Match:
    given: dict[str, Any] = {"introduced_on": introduced, **more}
    return a_match(a_mentee(practice.service, AT), a_mentor(practice), by, AT, **given)


@pytest.mark.parametrize(
    ("introduced", "more", "total", "fails"),
    [
        (AT - 28 * DAY, {}, 1, False),
        (AT - 29 * DAY, {}, 1, True),
        (AT - 55 * DAY, {}, 1, True),
        (AT - 56 * DAY, {}, 0, False),  # eight weeks: new no more
        (AT, {}, 1, False),
        (AT + DAY, {}, 0, False),
        (AT - 29 * DAY, {"ended_on": AT}, 1, True),
        (AT - 29 * DAY, {"ended_on": AT - DAY}, 0, False),
        (AT - 90 * DAY, {"difficult_since": AT - 28 * DAY}, 1, False),
        (AT - 90 * DAY, {"difficult_since": AT - 29 * DAY}, 1, True),
        (AT - 90 * DAY, {"difficult_since": AT + DAY}, 0, False),
        (AT - 40 * DAY, {"difficult_since": AT + DAY}, 1, True),
    ],
)
def test_the_mentor_of_a_new_or_difficult_match_hears_every_four_weeks(
    practice: Practice, by: User, introduced: date, more: dict[str, Any], total: int, fails: bool
) -> None:
    match = matched(practice, by, introduced, **more)
    found = followed(practice)
    assert (found.answer.total, found.fail) == (total, [match.ref] if fails else [])
    if match.difficult_since is None or match.difficult_since <= AT:
        assert [one.ref for one in followups.closer_contact_overdue(practice, AT)] == found.fail


@pytest.mark.parametrize(("on", "fails"), [(AT - 28 * DAY, False), (AT - 29 * DAY, True), (AT + DAY, True)])
def test_a_call_counts_for_four_weeks(practice: Practice, by: User, on: date, fails: bool) -> None:
    match = matched(practice, by, AT - 40 * DAY)
    ring(match.mentor, by, on)
    ring(match.mentor, by, AT, reached=False)
    assert followed(practice).fail == ([match.ref] if fails else [])
    assert followed(practice, who=["in-difficulty"]).state is None
    assert followed(practice, who=["new"]).figure.startswith(f"In {0 if fails else 1} of 1 new match the mentor heard")


@pytest.mark.parametrize(
    ("ends", "total", "fails"), [(None, 0, False), (AT, 0, False), (AT - 28 * DAY, 1, False), (AT - 29 * DAY, 1, True)]
)
def test_while_the_mentor_is_away_nobody_rings(
    practice: Practice, by: User, ends: date | None, total: int, fails: bool
) -> None:
    match = matched(practice, by, AT - 50 * DAY)
    away(match.mentor, by, AT - 49 * DAY, ends)
    found = followed(practice)
    assert (found.answer.total, found.fail) == (total, [match.ref] if fails else [])
    assert [one.ref for one in followups.closer_contact_overdue(practice, AT)] == found.fail


# wellbeing


def wellbeing(practice: Practice, at: date = AT) -> Put:
    return put(practice, at, "wellbeing.followed", of="mentors")


def measured(mentor: Mentor, on: date) -> None:
    measure, _ = Measure.objects.get_or_create(
        service=mentor.service, whose="mentor", name="Wellbeing", defaults={"begun_on": LONG_AGO}
    )
    Measurement.objects.create(measure=measure, mentor=mentor, on=on, value=7)


@pytest.mark.parametrize("by_figure", [False, True])
@pytest.mark.parametrize(
    ("days", "good"),
    [
        ([date(2025, 11, 22), date(2025, 1, 1)], True),
        ([date(2025, 11, 21), date(2025, 1, 1)], False),
        ([AT], False),
        ([AT, AT], False),
        ([AT, AT - DAY], True),
        ([AT + DAY, AT], False),
        ([], False),
    ],
)
def test_mentors_are_asked_every_year_and_can_be_followed(
    practice: Practice, by: User, by_figure: bool, days: list[date], good: bool
) -> None:
    mentor = a_mentor(practice)
    supervise(mentor, by, AT)  # without a word on it
    for day in days:
        if by_figure:
            measured(mentor, day)
        else:
            supervise(mentor, by, day, wellbeing="Well, and hopes to drive again.")
    assert wellbeing(practice).fail == ([] if good else [mentor.ref])


def test_a_note_and_a_figure_make_a_series_together(practice: Practice, by: User) -> None:
    mentor = a_mentor(practice)
    measured(mentor, AT - 500 * DAY)
    assert wellbeing(practice).fail == [mentor.ref]
    supervise(mentor, by, AT - 100 * DAY, wellbeing="Well.")
    assert wellbeing(practice).state is State.MET


@pytest.mark.parametrize(("accepted", "good"), [(date(2025, 11, 22), True), (date(2025, 11, 21), False)])
def test_in_the_first_year_nothing_is_owed_and_one_answer_is_enough(
    practice: Practice, by: User, accepted: date, good: bool
) -> None:
    mentor = a_mentor(practice, accepted_on=accepted)
    assert wellbeing(practice).fail == ([] if good else [mentor.ref])
    supervise(mentor, by, AT - 9 * DAY, wellbeing="Well.")
    assert wellbeing(practice).fail == ([] if good else [mentor.ref])
