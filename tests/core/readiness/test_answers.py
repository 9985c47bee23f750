"""What answers mean: the state of a check, of a requirement, and until when it holds."""

from datetime import date, timedelta
from typing import ClassVar

import pytest

from kithwork.core.days import Period
from kithwork.core.readiness import Answer, Asked, State, Subject, ahead, standing, worst

AT = date(2026, 11, 22)


class Called(Asked):
    name: ClassVar[str] = "somebody.called"
    subject: ClassVar[Subject] = Subject.MENTEE
    people: ClassVar[tuple[str, str]] = ("person", "people")
    every: Period = Period(3, "month")

    @property
    def lasts(self) -> Period:
        return self.every

    def holds(self) -> str:
        return f"called in the last {self.every}"


class Supported(Called):
    name: ClassVar[str] = "somebody.supported"
    vacuous: ClassVar[bool] = True


def until(days: int) -> Answer:
    return Answer(5, 0, until=AT + timedelta(days=days))


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer(0, 0), State.NOT_RECORDED),
        (Answer(5, 1), State.NOT_MET),
        (Answer(5, 5, until=AT), State.NOT_MET),
        (until(0), State.AT_RISK),
        (until(9), State.AT_RISK),  # a tenth of three months
        (until(10), State.MET),
        (Answer(5, 0), State.MET),
    ],
)
def test_the_state_of_a_check(answer: Answer, state: State) -> None:
    assert answer.state(Called(), AT) is state


def test_nobody_to_ask_about_is_a_gap_or_nothing_at_all() -> None:
    assert Answer(0, 0).state(Supported(), AT) is None
    assert worst([None, State.MET]) is State.MET
    assert worst([None, None]) is State.NOT_RECORDED


def test_the_worst_check_makes_the_requirement() -> None:
    order = [State.MET, State.AT_RISK, State.NOT_RECORDED, State.NOT_MET]
    for place, state in enumerate(order):
        assert worst(order[: place + 1]) is state


@pytest.mark.parametrize(
    ("lasts", "days"),
    [
        ("1 week", 7),
        ("4 weeks", 7),
        ("3 months", 9),
        ("6 months", 18),
        ("1 year", 36),
        ("3 years", 60),
        ("10 years", 60),
    ],
)
def test_at_risk_a_tenth_before_its_end(lasts: str, days: int) -> None:
    assert ahead(Period.parse(lasts)) == days


def test_what_has_a_day_and_no_length_is_at_risk_for_its_last_thirty() -> None:
    assert ahead(None) == 30


def test_a_requirement_holds_until_the_first_of_its_checks_lapses() -> None:
    found = standing("42", "award", [(Called(), until(40)), (Supported(), until(12)), (Supported(), Answer(0, 0))], AT)
    assert found.state is State.MET
    assert found.until == AT + timedelta(days=12)
    assert found.failing == 0
    assert [one.figure for one in found.checks] == [
        "5 of 5 people called in the last 3 months",
        "5 of 5 people called in the last 3 months",
        "No people are on record.",
    ]


def test_one_is_one() -> None:
    assert Called().figure(0, 1) == "0 of 1 person called in the last 3 months"
    assert Called().figure(1204, 1300) == "1,204 of 1,300 people called in the last 3 months"
