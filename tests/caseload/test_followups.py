"""What a match is owed: before, on and after the day."""

from datetime import date, timedelta

import pytest

from kithwork.caseload.models import Agreement, Contact, DropoutRisk, Match, Pause, Plan, Practice
from kithwork.caseload.queries import followups
from kithwork.caseload.queries.owing import Task, owed_with
from kithwork.procedures.sample import Cast
from tests.running import a_match, a_mentee, a_mentor, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(people: Cast, today: date) -> Practice:
    return a_practice(people.service, people.ada, today)


@pytest.fixture
def match(practice: Practice, people: Cast, today: date) -> Match:
    """Introduced 100 days ago; they met for the first time 10 days ago."""
    mentee = a_mentee(people.service, today)
    mentor = a_mentor(people.service, people.ada, today)
    begun = {"introduced_on": today - timedelta(days=100), "first_met_on": today - timedelta(days=10)}
    return a_match(mentee, mentor, people.ada, today, **begun)


def heard(match, side, on, reached=True):
    who = {side: getattr(match, side)}
    return Contact.objects.create(service=match.service, kind=side, on=on, reached=reached, **who)


def met(match, on, reached=True):
    both = {"mentee": match.mentee, "mentor": match.mentor, "match": match}
    return Contact.objects.create(service=match.service, kind="meeting", on=on, reached=reached, **both)


@pytest.mark.parametrize(("days", "late"), [(6, False), (7, False), (8, True)])
def test_both_hear_from_staff_within_a_week_of_the_first_meeting(days, late, match, today):
    Match.objects.update(first_met_on=today - timedelta(days=days))
    match.refresh_from_db()
    for side in ("mentee", "mentor"):
        rows = followups.first_week(match.service, side, today)
        assert rows.count() == 1
        assert rows.filter(followups.first_week_overdue(today)).exists() is late
    heard(match, "mentee", match.first_met_on - timedelta(days=1))  # before they met: does not count
    heard(match, "mentee", today, reached=False)  # a try does not count
    assert followups.first_week(match.service, "mentee", today).exists()
    heard(match, "mentee", match.first_met_on)
    assert not followups.first_week(match.service, "mentee", today).exists()
    assert followups.first_week(match.service, "mentor", today).exists()


def test_nobody_is_asked_of_long_ago_or_before_they_met(match, today):
    Match.objects.update(first_met_on=today - followups.STILL - timedelta(days=1))
    assert not followups.first_week(match.service, "mentee", today).exists()
    Match.objects.update(first_met_on=None)
    assert not followups.first_week(match.service, "mentee", today).exists()
    assert followups.not_yet_met(match.service, today).exists()


@pytest.mark.parametrize(("meetings", "due", "late"), [(4, False, False), (5, True, False), (6, True, True)])
def test_and_again_after_five_meetings_at_most(meetings, due, late, match, today):
    heard(match, "mentee", match.first_met_on)
    for number in range(meetings):
        met(match, match.first_met_on + timedelta(days=number))
    met(match, today, reached=False)  # did not turn up: no meeting
    rows = followups.fifth_meeting(match.service, "mentee", today)
    assert rows.exists() is due
    assert rows.filter(sixth__isnull=False).exists() is late
    heard(match, "mentee", match.first_met_on + timedelta(days=2))  # a second contact will do, before the fifth too
    assert not followups.fifth_meeting(match.service, "mentee", today).exists()


def test_one_contact_after_the_fifth_meeting_will_do(match, today):
    for number in range(5):
        met(match, match.first_met_on + timedelta(days=number))
    assert followups.fifth_meeting(match.service, "mentor", today).exists()
    heard(match, "mentor", match.first_met_on + timedelta(days=4))
    assert not followups.fifth_meeting(match.service, "mentor", today).exists()


@pytest.mark.parametrize(("days", "late"), [(27, False), (28, False), (29, True)])
def test_closer_contact_while_new_or_difficult(days, late, match, practice, people, today):
    assert not followups.closer_contact(practice, today).exists()  # 100 days is no longer new
    Match.objects.update(difficult_since=today - timedelta(days=60))
    heard(match, "mentor", today - timedelta(days=days))
    assert followups.closer_contact_overdue(practice, today).exists() is late
    Pause.objects.create(mentor=match.mentor, begins=today, reason="Exams", by=people.ada)
    assert not followups.closer_contact(practice, today).exists()


@pytest.mark.parametrize(("days", "new"), [(55, True), (56, False)])
def test_a_match_is_new_for_so_many_weeks(days, new, match, practice, today):
    Match.objects.update(introduced_on=today - timedelta(days=days))
    assert followups.closer_contact(practice, today).exists() is new


def test_an_agreement_wants_all_three(match, practice, people, today):
    assert followups.unsigned_overdue(practice, today).exists()
    signed = {"mentee_on": today, "mentor_on": today, "service_on": today}
    Agreement.objects.create(match=match, drawn_up_on=today - timedelta(days=1), by=people.ada, **signed)
    assert not followups.unsigned(match.service, today).exists()
    Agreement.objects.create(match=match, drawn_up_on=today, by=people.ada)  # drawn up anew: nobody has signed it
    assert followups.unsigned(match.service, today).exists()


@pytest.mark.parametrize(("on", "late"), [(date(2027, 5, 31), False), (date(2027, 6, 1), True)])
def test_the_agreement_is_late_after_two_months(on, late, match, practice):
    Match.objects.update(introduced_on=date(2027, 3, 31))
    assert followups.unsigned_overdue(practice, on).exists() is late


@pytest.mark.parametrize(("days", "near"), [(61, False), (60, True), (0, True), (-5, True)])
def test_the_end_that_was_meant_comes_near(days, near, match, practice, people, today):
    Agreement.objects.create(match=match, drawn_up_on=today, until=today + timedelta(days=days), by=people.ada)
    assert followups.near_end(practice, today).exists() is near


@pytest.mark.parametrize(("on", "near"), [(date(2029, 12, 31), False), (date(2030, 1, 1), True)])
def test_a_bank_limits_a_match_to_three_years(on, near, match, practice):
    practice.longest_months = 36
    practice.save()
    Match.objects.update(introduced_on=date(2027, 3, 2))  # until 2 March 2030, sixty days after 1 January
    assert followups.near_end(practice, on).exists() is near


@pytest.mark.parametrize(("days", "due"), [(1, False), (0, True), (-1, True)])
def test_a_risk_of_giving_up_is_looked_at_again(days, due, match, people, today):
    DropoutRisk.objects.create(
        match=match, level="some", on=today, signs="Late", look_again_on=today + timedelta(days=days), by=people.ada
    )
    assert followups.dropout_to_look_at(match.service, today).exists() is due
    DropoutRisk.objects.create(match=match, level="none", on=today, by=people.ada)
    assert not followups.dropout_to_look_at(match.service, today).exists()


def test_one_match_owes_what_the_lists_say(match, practice, people, today):
    owed = {one.task for one in owed_with(match, practice, today)}
    assert {Task.FIRST_WEEK, Task.PLAN, Task.AGREE, Task.REVIEW} <= owed
    Plan.objects.create(match=match, on=today, aims="Friends.")
    assert followups.without_plan(match.service, today).count() == 0
    assert Task.PLAN not in {one.task for one in owed_with(match, practice, today)}
