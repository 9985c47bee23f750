"""Trainings and gatherings: lists with their figures, who is invited, what people thought."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Avg, Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum

from kithwork.caseload.models import Attendance, Gathering, Invited, Mentor, Session, Training
from kithwork.caseload.queries.due import current_mentors
from kithwork.core.days import add_months
from kithwork.organisations.models import Service

__all__ = [
    "AttendanceRow",
    "AttendanceState",
    "GatheringKind",
    "GatheringRow",
    "Person",
    "Results",
    "SessionRow",
    "TrainingKind",
    "TrainingRow",
    "asked_to",
    "gatherings_of",
    "may_be_invited",
    "not_refreshed",
    "people_at",
    "results_of",
    "trainings_of",
]

TrainingKind = Training.Kind
TrainingRow = Training
SessionRow = Session
AttendanceState = Attendance.State
AttendanceRow = Attendance
GatheringKind = Gathering.Kind
GatheringRow = Gathering


def trainings_of(service: Service) -> QuerySet[Any]:
    """With `first_day`, `last_day`, `held` (sessions), `hours`, and how many people were `invited` and `came`."""
    sessions = Session.objects.filter(training=OuterRef("pk")).order_by().values("training")
    people = Attendance.objects.filter(session__training=OuterRef("pk")).order_by().values("session__training")
    there = people.filter(state=AttendanceState.PRESENT)
    return Training.objects.filter(service=service).annotate(
        first_day=Subquery(sessions.annotate(x=Min("on")).values("x")),
        last_day=Subquery(sessions.annotate(x=Max("on")).values("x")),
        held=Subquery(sessions.annotate(x=Count("pk")).values("x")),
        hours=Subquery(sessions.annotate(x=Sum("hours")).values("x")),
        invited=Subquery(people.annotate(x=Count("mentor", distinct=True)).values("x")),
        came=Subquery(there.annotate(x=Count("mentor", distinct=True)).values("x")),
    )


@dataclass(frozen=True, slots=True)
class Person:
    """One person at a training: their rows by session number, and the row that holds what they think of it."""

    mentor: Mentor
    rows: dict[int, Attendance]

    @property
    def opinion(self) -> Attendance:
        return self.rows[min(self.rows)]

    @property
    def attended(self) -> int:
        return sum(row.state == AttendanceState.PRESENT for row in self.rows.values())


def people_at(training: Training) -> list[Person]:
    """Everybody invited, by name. One query."""
    found: dict[int, Person] = {}
    rows = Attendance.objects.filter(session__training=training, mentor__erased_at__isnull=True)
    for row in rows.select_related("mentor", "session").order_by("mentor__name", "mentor_id", "session__number"):
        found.setdefault(row.mentor_id, Person(row.mentor, {})).rows[row.session.number] = row
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Results:
    """What those who answered think, as means from 1 to 5; None where nobody answered."""

    came: int
    answered: int
    satisfied: float | None
    learnt: float | None
    understood: int
    judged: int
    said: tuple[str, ...]


def results_of(training: Training) -> Results:
    """Two queries."""
    rows = Attendance.objects.filter(session__training=training)
    found = rows.aggregate(
        came=Count("mentor", distinct=True, filter=Q(state=AttendanceState.PRESENT)),
        answered=Count("mentor", distinct=True, filter=Q(said_on__isnull=False)),
        pleased=Avg("satisfied"),
        gained=Avg("learnt"),
        followed=Count("pk", filter=Q(understood=True)),
        judged=Count("pk", filter=Q(understood__isnull=False)),
    )
    words = rows.filter(said_on__isnull=False).exclude(said="").order_by("said_on", "pk").values_list("said", flat=True)
    return Results(
        came=found["came"],
        answered=found["answered"],
        satisfied=found["pleased"],
        learnt=found["gained"],
        understood=found["followed"],
        judged=found["judged"],
        said=tuple(words),
    )


def may_be_invited(training: Training, today: date) -> QuerySet[Mentor]:
    """Who is here and not invited yet: everybody who has applied to initial training; who was selected to any other."""
    here = Mentor.objects.filter(
        Q(left_on__isnull=True) | Q(left_on__gte=today), service=training.service, erased_at__isnull=True
    )
    if training.kind == TrainingKind.INITIAL:
        trained = Attendance.objects.filter(
            mentor=OuterRef("pk"), session__training__kind="initial", state=AttendanceState.PRESENT
        )
        here = here.annotate(trained=Exists(trained)).order_by("trained", "name")
    else:
        here = here.filter(accepted_on__isnull=False).order_by("name")
    there = Attendance.objects.filter(mentor=OuterRef("pk"), session__training=training)
    return here.exclude(Exists(there))


def not_refreshed(service: Service, today: date) -> QuerySet[Mentor]:
    """Mentors of more than a year to whom no refresher was offered for a year; to be invited counts (indicator 54)."""
    since = add_months(today, -12)
    offered = Attendance.objects.filter(
        mentor=OuterRef("pk"),
        session__training__kind=TrainingKind.REFRESHER,
        session__training__cancelled_on__isnull=True,
        session__on__gte=since,
    )
    return current_mentors(service, today).filter(accepted_on__lt=since).exclude(Exists(offered))


def gatherings_of(service: Service) -> QuerySet[Any]:
    """With how many were `asked`, and how many `came`; the latest first."""
    asked = Invited.objects.filter(gathering=OuterRef("pk")).order_by().values("gathering")
    return Gathering.objects.filter(service=service).annotate(
        asked=Subquery(asked.annotate(x=Count("pk")).values("x")),
        came=Subquery(asked.filter(came=True).annotate(x=Count("pk")).values("x")),
    )


def asked_to(gathering: Gathering) -> list[Invited]:
    """Everybody who was asked, by name."""
    rows = Invited.objects.filter(gathering=gathering, mentor__erased_at__isnull=True)
    return list(rows.select_related("mentor").order_by("mentor__name", "pk"))
