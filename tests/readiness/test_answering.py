"""SQL that is made once answers as SQL that is made anew: on every day, for every service, however it works."""

from datetime import date
from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from kithwork.caseload.models import Practice
from kithwork.checks import ask
from kithwork.core.readiness import Answer
from kithwork.core.schemes import load
from kithwork.procedures.sample import Cast
from kithwork.readiness import answering
from kithwork.readiness.answering import Answering, answers
from kithwork.readiness.counting import questions
from tests.journeys.short import QIM
from tests.readiness.making import Maker
from tests.readiness.test_reference import EVERY

pytestmark = pytest.mark.django_db
AT = date(2027, 5, 31)
ALL = dict(enumerate(EVERY))


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "_kept", {})


@pytest.fixture
def practice(people: Cast) -> Practice:
    return Maker(people.ada, AT, 7, 12).make()


def anew(practice: Practice, at: date) -> dict[int, Answer]:
    service = Answering(practice, at)
    return ask({key: service.rule(asked) for key, asked in ALL.items()}, at)


def test_each_day_is_answered_by_what_was_made_for_none(practice: Practice) -> None:
    """Days on which a month and thirty days differ, the ends of years, and 29 February."""
    for at in (AT, date(2028, 2, 29), date(2027, 1, 1)):
        assert answers(practice, ALL, at) == anew(practice, at), at
    assert len(answering._kept) == 1


def test_two_services_that_work_alike_share_it_and_nothing_else(people: Cast, practice: Practice) -> None:
    found = answers(practice, ALL, AT)
    other = Maker(people.ada, AT, 8, 12).make()
    for field in Practice._meta.concrete_fields:
        if field.name not in ("id", "service"):
            setattr(other, field.attname, getattr(practice, field.attname))
    other.save()
    theirs = answers(other, ALL, AT)
    assert len(answering._kept) == 1
    assert theirs == anew(other, AT)
    assert theirs != found


@pytest.mark.parametrize(
    "set_to",
    [{"visits_homes": True}, {"vetting": "none"}, {"eligibility": ["Live in Llanfair?"]}, {"notice_days": 90}],
    ids=lambda given: next(iter(given)),
)
def test_what_is_set_otherwise_is_asked_otherwise(practice: Practice, set_to: dict[str, Any]) -> None:
    usual = {"visits_homes": False, "vetting": "dbs", "eligibility": [], "notice_days": 14}
    for settings in (usual, {**usual, **set_to}):
        for name, value in settings.items():
            setattr(practice, name, value)
        practice.save()
        assert answers(practice, ALL, AT) == anew(practice, AT)
    assert len(answering._kept) == 2


def test_only_so_many_ways_of_working_are_kept(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "MOST", 2)
    for capacity in (1, 2, 3):
        practice.capacity = capacity
        answers(practice, {0: ALL[0]}, AT)
    assert len(answering._kept) == 2


def test_an_edition_is_asked_in_a_handful_of_queries(
    practice: Practice, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    edition = {(one.id, number): asked for one in load(QIM).requirements for number, asked in enumerate(questions(one))}
    with django_assert_max_num_queries(10):
        answers(practice, edition, AT)
