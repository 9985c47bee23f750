"""A check put to a service's papers as a scheme file words it: what is answered, and who fails."""

from dataclasses import dataclass
from datetime import date

from kithwork.checks import ask, behind
from kithwork.checks.rows import told
from kithwork.core.readiness import Answer, Answered, State
from kithwork.core.readiness.catalogue import read
from kithwork.governance.checks import CHECKS, Ground
from kithwork.organisations.models import Service


@dataclass(frozen=True)
class Put:
    answer: Answer
    state: State | None
    figure: str
    fail: list[str]  # references of the rows that do
    labels: list[str]  # of all rows


def put(service: Service, at: date, name: str, **given: object) -> Put:
    """The one question asked; that its rows and its counts agree is seen to here."""
    (asked,) = read(name, given)
    rule = CHECKS[type(asked)](Ground(service, at), asked)
    answer = ask({"it": rule}, at)["it"]
    rows = list(told(rule, behind(rule, at)))
    fail = [row.ref for row in told(rule, behind(rule, at, failing=True))]
    assert (answer.total, answer.failing) == (len(rows), len(fail))
    found = Answered(asked, answer, answer.state(asked, at))
    return Put(answer, found.state, found.figure, fail, [row.label for row in rows])
