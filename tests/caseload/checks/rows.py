"""Rows for tests of the checks of mentors: nothing on record but what a test puts there."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from kithwork.caseload.models import Attendance, Mentor, MentorStep, Practice, Session, Training

DAY = timedelta(days=1)
AT = date(2026, 11, 22)
YEAR_AGO = date(2025, 11, 22)  # a year lasts through its day; of the year that is looked at, it is no longer
LONG_AGO = date(2023, 1, 10)
SET_UP = datetime(2023, 1, 1, tzinfo=UTC)


def a_mentor(practice: Practice, **more: Any) -> Mentor:
    """Selected long ago."""
    given: dict[str, Any] = {"name": "Mab Sorrel", "applied_on": LONG_AGO, "accepted_on": LONG_AGO}
    return Mentor.objects.create(service=practice.service, **{**given, **more})


def a_step(mentor: Mentor, kind: MentorStep.Kind, on: date, outcome: str = "done", **more: Any) -> MentorStep:
    note = "Listens well." if kind == MentorStep.Kind.SELECTION else ""
    return MentorStep.objects.create(mentor=mentor, kind=kind, on=on, outcome=outcome, **{"note": note, **more})


def a_course(practice: Practice, *days: date, **more: Any) -> Training:
    """Initial training with a session on each of the days."""
    given: dict[str, Any] = {
        "service": practice.service,
        "kind": "initial",
        "title": "Beginning to mentor",
        "made_at": SET_UP,
    }
    training = Training.objects.create(**{**given, **more})
    for number, day in enumerate(days, 1):
        Session.objects.create(training=training, number=number, on=day)
    return training


def attend(training: Training, mentor: Mentor, state: str = "present", **more: Any) -> list[Attendance]:
    """At every session; what else is said stands on the first row."""
    rows = [Attendance.objects.create(session=one, mentor=mentor, state=state) for one in training.sessions.all()]
    for field, value in more.items():
        setattr(rows[0], field, value)
    rows[0].save()
    return rows
