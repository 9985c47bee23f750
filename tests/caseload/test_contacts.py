"""Logging contacts: with whom, when, and what follows from it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kithwork.caseload.actions.contacts import Kind, Way, correct, log_contact
from kithwork.caseload.models import Contact
from kithwork.core.verdict import Refused
from kithwork.ledger.models import Record
from kithwork.organisations import actions as organisations
from tests.running import a_match, a_mentee, a_mentor, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def match(people, today):
    a_practice(people.service, people.ada, today)
    cai = a_mentee(people.service, today)
    return a_match(cai, a_mentor(people.service, people.ada, today), people.ada, today, first_met_on=None)


def test_a_meeting_takes_its_people_from_the_match_and_the_first_one_dates_it(match, people, today):
    days = [today - timedelta(days=3), today]
    failed = log_contact(
        service=people.service, kind=Kind.MEETING, on=days[0], match=match, reached=False, by=people.ada
    )
    match.refresh_from_db()
    assert (failed.mentee, failed.mentor, match.first_met_on) == (match.mentee, match.mentor, None)
    for day in reversed(days):
        log_contact(service=people.service, kind=Kind.MEETING, on=day, match=match, way=Way.MET, by=people.ada)
    match.refresh_from_db()
    assert match.first_met_on == today  # as it was first said


@pytest.mark.parametrize("kind", [Kind.MEETING, Kind.MENTEE, Kind.MENTOR, Kind.REFERRER])
def test_somebody_is_named(people, match, today, kind):
    with pytest.raises(Refused, match="Say w"):
        log_contact(service=people.service, kind=kind, on=today, by=people.ada)


def test_no_contact_is_to_come_or_with_somebody_of_another_service(people, match, today):
    with pytest.raises(Refused, match="still to come"):
        log_contact(service=people.service, kind=Kind.MENTEE, mentee=match.mentee, on=today + timedelta(1), by=None)
    other = organisations.open_service(organisation=people.provider, name="Third Quay", by=people.ada)
    with pytest.raises(Refused, match="not of this service"):
        log_contact(service=other, kind=Kind.MENTEE, mentee=match.mentee, on=today, by=people.ada)
    assert not Contact.objects.exists()


def test_the_wish_to_be_called_is_answered_by_a_later_contact_alone(people, match, today):
    mentor = match.mentor
    mentor.call_me_at = timezone.now()
    mentor.save()
    for on, waits in ((today - timedelta(days=1), True), (today, False)):
        log_contact(service=people.service, kind=Kind.MENTOR, mentor=mentor, on=on, by=people.ada)
        mentor.refresh_from_db()
        assert (mentor.call_me_at is not None) is waits


def test_a_correction_leaves_a_trace_without_words(people, match, today):
    contact = log_contact(
        service=people.service, kind=Kind.MENTEE, mentee=match.mentee, on=today, words="Secret", by=people.ada
    )
    correct(contact=contact, by=people.ada, words="Other words", minutes=20)
    record = Record.objects.latest("id")
    assert (record.act, record.facts["fields"]) == ("caseload.changed", ["minutes", "words"])
    assert "Other" not in str(record.facts)
    with pytest.raises(Refused, match="still to come"):
        correct(contact=contact, by=people.ada, on=today + timedelta(days=1))
