"""A check put to a service's daily work as a scheme file words it: what is answered, and who fails."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kithwork.caseload.checks import CHECKS, Ground
from kithwork.caseload.models import Match, Measure, Mentee, Mentor, Practice
from kithwork.checks import ask, behind
from kithwork.checks.rows import told
from kithwork.core.readiness import Answer, Answered, State
from kithwork.core.readiness.catalogue import read

AT = date(2026, 11, 22)


@dataclass(frozen=True)
class Put:
    answer: Answer
    state: State | None
    figure: str
    fail: list[str]  # references of the rows that do
    labels: list[str]  # of all rows


def put(practice: Practice, day: date, name: str, **given: Any) -> Put:
    """The one question asked; that its rows and its counts agree is seen to here."""
    (asked,) = read(name, given)
    rule = CHECKS[type(asked)](Ground(practice, day), asked)
    answer = ask({"it": rule}, day)["it"]
    rows = list(told(rule, behind(rule, day)))
    fail = [row.ref for row in told(rule, behind(rule, day, failing=True))]
    assert (answer.total, answer.failing) == (len(rows), len(fail))
    found = Answered(asked, answer, answer.state(asked, day))
    return Put(answer, found.state, found.figure, fail, [row.label for row in rows])


def fails(found: Put, row: Mentee | Mentor | Match) -> bool:
    """Whether the one row that is asked about does."""
    assert found.answer.total == 1
    assert found.fail in ([], [row.ref])
    return bool(found.fail)


def scale(practice: Practice, **more: Any) -> Measure:
    """One for mentees, taken up long ago."""
    given: dict[str, Any] = {
        "service": practice.service,
        "name": "Courage",
        "question": "How?",
        "begun_on": AT - timedelta(days=900),
    }
    return Measure.objects.create(**{**given, **more})
