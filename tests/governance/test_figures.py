"""The figures that targets are about, counted from the caseload: at the turn of the year, on both sides."""

from datetime import date
from typing import Any

from kithwork.caseload.models import Attendance, Contact, Mentor, Referral, Session, Training
from kithwork.caseload.queries.figures import counted
from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast
from tests.running import a_match, a_mentee, a_mentor

LAST, FIRST = date(2025, 12, 31), date(2026, 1, 1)


def test_matches_count_where_they_begin_and_where_they_run(people: Cast, service: Service) -> None:
    for name, introduced, ended in (("A", LAST, None), ("B", FIRST, None), ("C", date(2025, 3, 1), LAST)):
        a_match(
            a_mentee(service, introduced, name),
            a_mentor(service, people.ada, introduced, name),
            people.ada,
            introduced,
            introduced_on=introduced,
            ended_on=ended,
        )
    asked = [(kind, year) for kind in ("matched", "supported") for year in (2024, 2025, 2026)]
    assert counted(service, asked) == {
        ("matched", 2024): 0,
        ("matched", 2025): 2,
        ("matched", 2026): 1,
        ("supported", 2024): 0,
        ("supported", 2025): 2,
        ("supported", 2026): 2,
    }


def test_who_applied_and_who_was_referred(people: Cast, service: Service) -> None:
    for day in (LAST, FIRST, FIRST):
        Mentor.objects.create(service=service, name="M", applied_on=day)
        Referral.objects.create(
            mentee=a_mentee(service, day, came_on=day, accepted_on=None, waiting_since=None), source="self", came_on=day
        )
    found = counted(service, [("applied", 2026), ("referred", 2026), ("applied", 2025), ("referred", 2025)])
    assert found == {("applied", 2026): 2, ("referred", 2026): 2, ("applied", 2025): 1, ("referred", 2025): 1}


def test_a_mentor_is_trained_by_the_last_session_that_is_asked_for(people: Cast, service: Service) -> None:
    training = Training.objects.create(service=service, kind="initial", title="Beginning")
    other = Training.objects.create(service=service, kind="refresher", title="Again")
    one, two, three = (
        Session.objects.create(training=training, number=number, on=day)
        for number, day in ((1, LAST), (2, FIRST), (3, date(2026, 2, 1)))
    )
    again = Session.objects.create(training=other, number=1, on=LAST)
    for sessions in ((one, two, three), (one,), (one, again)):
        mentor = Mentor.objects.create(service=service, name="M", applied_on=LAST)
        for session in sessions:
            Attendance.objects.create(session=session, mentor=mentor, state="present")
    missed = Mentor.objects.create(service=service, name="M", applied_on=LAST)
    for session in (one, two):
        Attendance.objects.create(session=session, mentor=missed, state="absent")
    assert counted(service, [("trained", 2025), ("trained", 2026)]) == {("trained", 2025): 0, ("trained", 2026): 1}


def test_meetings_are_those_that_took_place(people: Cast, service: Service) -> None:
    mentee, mentor = a_mentee(service, LAST), a_mentor(service, people.ada, LAST)
    for day, kind, reached in (
        (LAST, "meeting", True),
        (FIRST, "meeting", True),
        (FIRST, "meeting", False),
        (FIRST, "mentee", True),
    ):
        Contact.objects.create(service=service, kind=kind, mentee=mentee, mentor=mentor, on=day, reached=reached)
    assert counted(service, [("meetings", 2026), ("meetings", 2025)]) == {("meetings", 2026): 1, ("meetings", 2025): 1}


def test_something_else_is_not_counted_and_each_kind_is_one_query(
    service: Service, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert counted(service, [("other", 2026)]) == {}
    with django_assert_num_queries(2):
        counted(service, [(kind, year) for kind in ("applied", "meetings") for year in range(2000, 2030)])
