"""Kept answers: read back as they were counted, old as soon as something is written, past months for the trend."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from kithwork.caseload.actions import contacts
from kithwork.caseload.models import Practice
from kithwork.journeys.models import PublishedEdition
from kithwork.ledger.models import Record
from kithwork.organisations import actions as organisations
from kithwork.procedures import applying
from kithwork.readiness import answering, keeping
from kithwork.readiness.counting import standings
from kithwork.readiness.models import KeptAnswers
from kithwork.readiness.queries import asks_records, offers
from tests.readiness.few import edition, offered
from tests.running import a_match, a_mentee, a_mentor, a_practice

__all__ = ["edition", "offered"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(keeping, "monotonic", lambda: 0.0)


@pytest.fixture
def practice(people, today):
    return a_practice(people.service, people.ada, today)


def since(service, today, day):
    """A mentee who was accepted on a day, and not heard from since."""
    return a_mentee(service, today, came_on=day, accepted_on=day, waiting_since=day)


@pytest.fixture
def busy(practice, people, today):
    """Something of everything the edition asks about: overdue, in time, ended without looking back, nobody to ask."""
    cai = since(people.service, today, today - timedelta(days=200))
    mab = a_mentor(people.service, people.ada, today)
    return a_match(cai, mab, people.ada, today - timedelta(days=60), ended_on=today - timedelta(days=20))


def now_of(practice, edition, **more):
    return keeping.current(practice=practice, edition=edition, now=more.get("now") or timezone.now())


def test_what_is_read_back_is_what_was_counted(practice, edition, busy, today):
    counted = now_of(practice, edition)
    read = now_of(practice, edition)
    assert read == counted
    assert list(read.standings) == standings(practice, edition, today)
    assert {one.state for one in read.standings} > {"not-met", "not-recorded"}


def test_nothing_but_numbers_and_days_is_kept(practice, edition, busy):
    now_of(practice, edition)
    for held in KeptAnswers.objects.get().answers.values():
        for *numbers, until, heals in held:
            assert all(type(number) is int for number in numbers)
            assert all(day is None or date.fromisoformat(day) for day in (until, heals))


def test_a_write_makes_it_old_and_a_look_does_not(practice, edition, people, busy, today):
    now_of(practice, edition)
    assert keeping.latest(practice=practice, edition=edition, today=today).changed is False
    contacts.log_contact(service=people.service, kind="mentee", mentee=busy.mentee, on=today, by=people.ada)
    assert keeping.latest(practice=practice, edition=edition, today=today).changed is True
    kept = now_of(practice, edition)
    assert kept.changed is False
    assert KeptAnswers.objects.get().seq == Record.objects.latest("seq").seq


def test_what_happens_in_another_organisation_does_not_matter(practice, edition, people, today):
    now_of(practice, edition)
    elsewhere = organisations.open_service(organisation=people.elsewhere, name="Elsewhere", by=people.eve)
    a_practice(elsewhere, people.eve, today)
    assert keeping.latest(practice=practice, edition=edition, today=today).changed is False


@pytest.mark.parametrize(
    ("took", "ago", "waits"),
    [
        (keeping.SLOW, timedelta(0), False),
        (keeping.SLOW + 1, keeping.PATIENCE - timedelta(seconds=1), True),
        (keeping.SLOW + 1, keeping.PATIENCE, False),
    ],
    ids=["quick", "slow and new", "slow and old"],
)
def test_only_what_is_slow_to_count_waits_and_not_for_long(practice, edition, people, busy, today, took, ago, waits):
    now = datetime.combine(today, datetime.min.time().replace(hour=12), tzinfo=UTC)
    now_of(practice, edition, now=now - ago)
    KeptAnswers.objects.update(took_ms=took)
    contacts.log_contact(service=people.service, kind="mentee", mentee=busy.mentee, on=today, by=people.ada)
    kept = now_of(practice, edition, now=now)
    assert kept.changed is waits
    assert kept.counted_at == (now - ago if waits else now)


def test_a_new_day_is_counted_anew(practice, edition, busy, today):
    yesterday = timezone.now() - timedelta(days=1)
    now_of(practice, edition, now=yesterday)
    assert keeping.latest(practice=practice, edition=edition, today=today).changed is True
    assert now_of(practice, edition).day == today
    assert KeptAnswers.objects.count() == 2


def test_answers_to_other_questions_are_not_read(practice, edition, busy, today):
    now_of(practice, edition)
    KeptAnswers.objects.update(asked="another")
    assert keeping.latest(practice=practice, edition=edition, today=today) is None
    now_of(practice, edition)
    assert KeptAnswers.objects.get().asked != "another"


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2027, 3, 1), date(2026, 3, 31), date(2027, 2, 28)),
        (date(2027, 3, 31), date(2026, 3, 31), date(2027, 2, 28)),
        (date(2028, 3, 31), date(2027, 3, 31), date(2028, 2, 29)),
        (date(2027, 1, 1), date(2026, 1, 31), date(2026, 12, 31)),
    ],
)
def test_the_month_ends_of_a_year(today, first, last):
    ends = keeping.month_ends(Practice(begun_on=date(2020, 1, 1)), today)
    assert (len(ends), ends[0], ends[-1]) == (12, first, last)


def test_no_month_before_the_work_began_is_counted():
    ends = keeping.month_ends(Practice(begun_on=date(2026, 11, 30)), date(2027, 2, 10))
    assert ends == [date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31)]


def test_a_month_end_counted_before_it_was_over_is_counted_again(practice, edition, today):
    end = keeping.month_ends(practice, today)[-1]
    noon = datetime.combine(end, datetime.min.time().replace(hour=12), tzinfo=UTC)
    keeping.count(practice=practice, edition=edition, day=end, now=noon)
    assert end in keeping.months_missing(practice=practice, edition=edition, today=today)
    keeping.count(practice=practice, edition=edition, day=end, now=noon + timedelta(days=1))
    assert end not in keeping.months_missing(practice=practice, edition=edition, today=today)


def test_a_month_is_asked_as_it_was(practice, edition, people, today):
    """Cai was in time at the end of that month, and is overdue today."""
    end = keeping.month_ends(practice, today)[-3]
    since(people.service, today, end - timedelta(days=30))
    now = timezone.now()
    for day in (end, today):
        keeping.count(practice=practice, edition=edition, day=day, now=now)
    (then,) = keeping.past(practice=practice, edition=edition, today=today)
    told = {one.requirement: one.state for one in then.standings}
    assert then.day == end
    assert told["42"] in {"met", "at-risk"}
    assert {one.requirement: one.state for one in now_of(practice, edition).standings}["42"] == "not-met"


def test_renewing_counts_today_and_the_year_once(practice, edition, people, busy, today):
    now = timezone.now()
    assert keeping.renew_all(now=now) == 13
    assert keeping.renew_all(now=now) == 0
    contacts.log_contact(service=people.service, kind="mentee", mentee=busy.mentee, on=today, by=people.ada)
    assert keeping.renew_all(now=now) == 1
    assert len(keeping.past(practice=practice, edition=edition, today=today)) == 12


def test_days_that_end_no_month_are_thrown_away(practice, edition, today):
    ends = keeping.month_ends(practice, today)
    other = next(day for day in (today - timedelta(days=2), today - timedelta(days=3)) if day not in ends)
    for day in (other, ends[0], ends[0].replace(year=ends[0].year - 1), today):
        keeping.count(practice=practice, edition=edition, day=day, now=timezone.now())
    assert keeping.tidy(practice=practice, today=today) == 2
    assert set(KeptAnswers.objects.values_list("day", flat=True)) == {ends[0], today}


def test_an_edition_for_persons_is_not_offered(practice, offered):
    found = offers(practice.service)
    assert [one.edition.scheme.edition for one in found] == ["few"]
    persons = found[0].edition.model_copy(
        update={"scheme": found[0].edition.scheme.model_copy(update={"applicant": "person"})}
    )
    assert not asks_records(persons)


def test_a_closed_edition_is_looked_at_only_with_an_open_journey(practice, people, offered, today):
    journey = applying.begin(edition=offered, service=people.service, by=people.ada, today=today)
    PublishedEdition.objects.update(closed_at=timezone.now())
    (offer,) = offers(practice.service)
    assert (offer.journey, offer.aim) == (journey.ref, "award")
    type(journey).objects.update(status="withdrawn")
    assert offers(practice.service) == []


def test_a_server_that_started_makes_no_sql_at_the_first_look(practice, offered, busy, monkeypatch):
    monkeypatch.setattr(answering, "_kept", {})
    assert keeping.get_ready() == 1
    held = offers(practice.service)
    assert held
    monkeypatch.setattr(answering, "_make", lambda *_: pytest.fail("made at the first look"))
    for one in held:
        now_of(practice, one.edition)


def test_a_server_takes_no_longer_than_it_may_to_get_ready(practice, people, today, offered, monkeypatch):
    other = organisations.open_service(organisation=people.provider, name="Harbour Friends", by=people.ada)
    a_practice(other, people.ada, today)
    ticks = iter([0.0, 0.0, keeping.READY_WITHIN + 1])
    monkeypatch.setattr(keeping, "monotonic", lambda: next(ticks))
    assert keeping.get_ready() == 1


def test_a_server_starts_where_there_are_no_tables_yet_and_leaves_nothing_to_collect(tmp_path):
    """What stands when it has started is looked through no more: a full collection of it took a sixth of a second."""
    told = "import kithwork.wsgi, gc; print(gc.get_freeze_count(), len(gc.get_objects()))"
    done = subprocess.run([sys.executable, "-c", told], env={**os.environ, "KITHWORK_DATA": str(tmp_path)},
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    frozen, left = map(int, done.stdout.split())
    assert frozen > 20 * left
