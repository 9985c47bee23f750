"""Who may be told what: the latest answer counts from its day; no answer is a no."""

from datetime import timedelta

import pytest

from kithwork.caseload.actions.consents import record_answer
from kithwork.caseload.models import Mentee
from kithwork.caseload.queries.consents import Answer, Kind, answer_of, may, may_each
from kithwork.core.verdict import Refused
from tests.running import a_mentee, a_mentor, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def cai(people, today):
    a_practice(people.service, people.ada, today)
    return a_mentee(people.service, today)


def _say(person, answer, on, by, kind=Kind.RISK):
    side = "mentee" if isinstance(person, Mentee) else "mentor"
    return record_answer(**{side: person}, kind=kind, answer=answer, on=on, wording="You may.", by=by)


def test_no_answer_is_a_no(cai, today):
    assert not may(cai, Kind.RISK, today)


def test_an_answer_counts_from_its_day_until_the_next(cai, people, today):
    given, gone = today - timedelta(days=20), today - timedelta(days=10)
    _say(cai, Answer.GIVEN, given, people.ada)
    _say(cai, Answer.WITHDRAWN, gone, people.ada)
    days = [given - timedelta(days=1), given, gone - timedelta(days=1), gone, today]
    assert [may(cai, Kind.RISK, day) for day in days] == [False, True, True, False, False]
    assert not may(cai, Kind.REVIEWS, given)  # each kind by itself


def test_of_two_on_one_day_the_later_counts_and_an_earlier_one_written_late_does_not(cai, people, today):
    _say(cai, Answer.REFUSED, today, people.ada)
    _say(cai, Answer.GIVEN, today, people.ada)
    _say(cai, Answer.REFUSED, today - timedelta(days=5), people.ada)
    assert may(cai, Kind.RISK, today)


def test_many_are_asked_at_once(cai, people, today, django_assert_num_queries):
    ola = a_mentee(people.service, today, "Ola Finch")
    _say(cai, Answer.GIVEN, today, people.ada)
    _say(ola, Answer.REFUSED, today, people.ada)
    with django_assert_num_queries(1):
        assert may_each([cai, ola], Kind.RISK, today) == {cai.pk}
    rows = Mentee.objects.annotate(answer=answer_of(Kind.RISK, today)).order_by("pk").values_list("answer", flat=True)
    assert list(rows) == ["given", "refused"]


def test_a_mentor_answers_too(people, cai, today):
    mab = a_mentor(people.service, people.ada, today, ready=False)
    _say(mab, Answer.GIVEN, today, people.ada, Kind.DATA)
    assert may(mab, Kind.DATA, today)


def test_what_was_not_given_cannot_be_withdrawn_and_no_day_is_to_come(cai, people, today):
    with pytest.raises(Refused, match="cannot be withdrawn"):
        _say(cai, Answer.WITHDRAWN, today, people.ada)
    with pytest.raises(Refused, match="still to come"):
        _say(cai, Answer.GIVEN, today + timedelta(days=1), people.ada)
