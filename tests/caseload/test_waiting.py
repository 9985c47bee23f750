"""From which day somebody waits: put onto the list, the end of their match, or the day that somebody said."""

from datetime import timedelta

import pytest

from kithwork.caseload.queries.due import waiting_mentees
from kithwork.caseload.queries.matches import waiting_for_match
from kithwork.caseload.queries.mentees import waiting_from
from tests.running import a_match, a_mentee, a_mentor, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def cai(people, today):
    """On the list since 40 days."""
    a_practice(people.service, people.ada, today)
    return a_mentee(people.service, today)


@pytest.fixture
def match(cai, people, today):
    return a_match(cai, a_mentor(people.service, people.ada, today), people.ada, today)


def since(service, today):
    return [(one.name, one.waits_from) for one in waiting_mentees(service, today)]


def test_whoever_was_never_matched_waits_since_they_were_accepted(cai, people, today):
    assert since(people.service, today) == [("Cai Rowan", today - timedelta(days=40))]
    cai.waiting_since = None
    cai.save()
    assert since(people.service, today) == [("Cai Rowan", cai.accepted_on)]


@pytest.mark.parametrize("days", [0, 1, 2])
def test_after_a_match_the_wait_counts_from_its_last_day(match, people, today, days):
    match.ended_on = today - timedelta(days=days)
    match.save()
    expected = [("Cai Rowan", match.ended_on)] if days else []  # on its last day a match still runs
    assert since(people.service, today) == expected
    assert [one.waits_from for one in waiting_for_match(people.service, today)] == [day for _, day in expected]


def test_a_later_day_that_somebody_said_counts(match, people, today):
    match.ended_on = today - timedelta(days=9)
    match.save()
    match.mentee.waiting_since = today - timedelta(days=4)
    match.mentee.save()
    assert waiting_from(match.mentee, today) == today - timedelta(days=4)


def test_a_proposal_that_came_to_nothing_changes_nothing(cai, people, today):
    a_match(cai, a_mentor(people.service, people.ada, today), people.ada, today, running=False, withdrawn_on=today)
    assert since(people.service, today) == [("Cai Rowan", today - timedelta(days=40))]


def test_whoever_waits_anew_stands_behind_those_who_waited_longer(match, people, today):
    a_mentee(people.service, today, "Ola Finch", waiting_since=today - timedelta(days=20))
    match.ended_on = today - timedelta(days=1)
    match.save()
    assert [name for name, _ in since(people.service, today)] == ["Ola Finch", "Cai Rowan"]
