"""What falls due with one mentee: on the day itself it is not overdue, on the next it is."""

from datetime import timedelta

import pytest

from kithwork.caseload.models import Contact, Pause, RiskAssessment
from kithwork.caseload.queries.mentees import Falls, owed
from kithwork.core.days import add_months
from tests.running import a_match, a_mentee, a_mentor, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(people, today):
    return a_practice(people.service, people.ada, today)


def _one(mentee, practice, today, what):
    return next((one for one in owed(mentee, practice, today) if one.what is what), None)


def test_contact_falls_due_three_months_after_the_last(people, practice, today):
    cai = a_mentee(people.service, today)
    heard = today - timedelta(days=20)
    Contact.objects.create(service=people.service, kind="mentee", mentee=cai, on=heard, by=people.ada)
    Contact.objects.create(
        service=people.service, kind="mentee", mentee=cai, on=today, reached=False, by=people.ada
    )  # a try does not count
    last = add_months(heard, 3)
    for day, late in ((last - timedelta(days=1), False), (last, False), (last + timedelta(days=1), True)):
        one = _one(cai, practice, day, Falls.CONTACT)
        assert one.by == last
        assert one.late(day) is late


def test_whoever_is_away_owes_no_contact_and_it_runs_on_from_the_return(people, practice, today):
    cai = a_mentee(people.service, today)
    back = today - timedelta(days=1)
    Pause.objects.create(mentee=cai, begins=today - timedelta(days=9), ends=back, reason="Away", by=people.ada)
    assert _one(cai, practice, back, Falls.CONTACT) is None
    assert _one(cai, practice, today, Falls.CONTACT).by == add_months(back, 3)


def test_risk_of_what_they_do_is_assessed_at_the_start_and_every_year(people, practice, today):
    cai = a_mentee(people.service, today)
    assert _one(cai, practice, today, Falls.RISK_REVIEW) is None
    match = a_match(cai, a_mentor(people.service, people.ada, today), people.ada, today)
    assert _one(cai, practice, today, Falls.RISK_REVIEW).by == match.introduced_on
    RiskAssessment.objects.create(mentee=cai, kind="activity", on=today, level="low", by=people.ada)
    assert _one(cai, practice, today, Falls.RISK_REVIEW).by == add_months(today, 12)
    practice.visits_homes = True
    assert _one(cai, practice, today, Falls.RISK_REVIEW).kind == "home"


def test_nothing_is_owed_to_who_has_left(people, practice, today):
    cai = a_mentee(people.service, today, left_on=today - timedelta(days=1))
    assert owed(cai, practice, today) == []
