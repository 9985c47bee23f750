"""A snapshot drawn of all kinds of records: no name, no reference, no day; the same again for the same records."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kithwork.caseload.models import Match, Mentee, Mentor, Referral
from kithwork.core.readiness.reducing import PEOPLE
from kithwork.core.readiness.sampling import size_for
from kithwork.core.schemes import load
from kithwork.governance.models import Staff
from kithwork.procedures.plausible import Wanted
from kithwork.procedures.plausible import load as fill
from kithwork.readiness.counting import questions
from kithwork.readiness.snapshots import asks, draw
from tests.journeys.short import QIM
from tests.running import a_mentee, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(people, today):
    return a_practice(people.service, people.ada, today)


@pytest.fixture(scope="module")
def qim():
    return load(QIM)


def drawn(practice, edition, id, today, turn=1, journey="abc"):
    return draw(
        practice=practice,
        edition=edition,
        requirement=edition.requirement(id),
        journey=journey,
        turn=turn,
        at=today,
        now=timezone.now(),
    )


def test_nothing_in_any_requirements_snapshot_tells_who_somebody_is(practice, qim, people, today):
    fill(practice=practice, wanted=Wanted(20, 2, 5, today), faulty=6, by=people.ada)
    service = practice.service
    names: set[str] = set()
    refs: set[str] = set()
    for rows in (
        Mentee.objects.filter(service=service),
        Mentor.objects.filter(service=service),
        Staff.objects.filter(service=service),
    ):
        for ref, name in rows.values_list("ref", "name"):
            refs.add(ref)
            names.update(part for part in re.findall(r"[^\W\d_]{3,}", name))
    refs |= set(Match.objects.filter(service=service).values_list("ref", flat=True))
    refs |= set(Referral.objects.filter(mentee__service=service).values_list("ref", flat=True))
    shown = 0
    for one in filter(asks, qim.requirements):
        facts = drawn(practice, qim, one.id, today)
        for check, question in zip(facts.checks, questions(one), strict=True):
            shown += len(check.sample)
            for row in check.sample:
                assert not set(re.findall(r"[^\W\d_]{3,}", row.who)) & (names - TITLES), (one.id, row)
                assert row.who not in refs
                assert re.fullmatch(r"([A-Z][a-z]+ \d{4})?", row.until)
                if question.subject in PEOPLE:
                    assert re.fullmatch(r"[A-Z]\d*( and [A-Z]\d*)?", row.who), (one.id, row)
    assert shown > 100


TITLES = {"Will", "Grace", "Hope", "Faith", "Joy"}  # first names that are words of a policy's title, too


def test_the_same_for_the_same_rows_and_another_for_another_turn_or_journey(practice, qim, today):
    for number in range(60):
        a_mentee(practice.service, today, f"{chr(65 + number % 26)}ara Pell {number}")
    first, again = drawn(practice, qim, "42", today), drawn(practice, qim, "42", today)
    assert first.seal == again.seal
    assert len(first.checks[0].sample) == size_for(60) < 60
    others = drawn(practice, qim, "42", today, turn=2), drawn(practice, qim, "42", today, journey="xyz")
    assert len({one.checks[0].sample for one in (first, *others)}) == 3


def test_the_sample_is_drawn_of_all_rows_and_not_of_those_that_hold(practice, qim, today):
    long_ago = today - timedelta(days=200)
    for number in range(4):
        a_mentee(practice.service, today, f"Person {number}", accepted_on=long_ago, came_on=long_ago,
                 waiting_since=long_ago)  # fmt: skip
        a_mentee(practice.service, today, f"Newcomer {number}")
    check = drawn(practice, qim, "42", today).checks[0]
    seen = {
        turn: [row.holds for row in drawn(practice, qim, "42", today, turn).checks[0].sample] for turn in range(1, 9)
    }
    assert (check.total, check.failing) == (8, 4)
    assert any(True in holds and False in holds for holds in seen.values())
    assert len({tuple(holds) for holds in seen.values()}) > 1


def test_the_number_of_queries_does_not_follow_the_rows(practice, qim, today):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            drawn(practice, qim, "42", today)
        return len(caught)

    a_mentee(practice.service, today)
    one = queries()
    for number in range(30):
        a_mentee(practice.service, today, f"Person {number}")
    assert queries() == one
