"""The plan of work: what comes before what, each rule of the order by two lines that differ in it alone."""

from datetime import date, timedelta
from typing import ClassVar

import pytest

from kithwork.core.days import Period
from kithwork.core.readiness import Answer, Asked, Standing, standing
from kithwork.core.readiness.catalogue.endings import EndingsReflectedOn
from kithwork.core.readiness.catalogue.mentees import MenteesContacted
from kithwork.core.readiness.catalogue.service import PoliciesReviewed, Topic
from kithwork.core.readiness.plan import Urgency, plan

AT = date(2027, 3, 1)
LEVELS = ["award", "excellence"]


class Late(EndingsReflectedOn):
    """A check of which a row that fails can no longer be mended."""

    lasting: ClassVar[bool] = True


RING = MenteesContacted(every=Period(3, "month"))
ENDED = Late()


def policy(topic: Topic = Topic.DRIVING) -> Asked:
    return PoliciesReviewed(topic=topic, within=Period(3, "year"))


def one(id: str, *asked: tuple[Asked, Answer], level: str = "award") -> Standing:
    return standing(id, level, asked, AT)


def failing(number: int) -> Answer:
    return Answer(total=number + 3, failing=number)


def until(days: int, rows: int = 1) -> Answer:
    lapsing = tuple(rows if days < within else 0 for within in (30, 60, 90))
    return Answer(3, 0, (lapsing[0], lapsing[1], lapsing[2]), AT + timedelta(days=days))


def ids(*found: Standing, levels: list[str] = LEVELS) -> list[str]:
    return [line.requirements[0] for line in plan(found, AT, levels)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (one("a", (RING, failing(9))), one("b", (policy(), failing(1)), level="excellence")),
        (one("a", (RING, failing(9))), one("b", (policy(), Answer(0, 0)))),
        (one("a", (RING, Answer(0, 0))), one("b", (policy(), until(1)))),
        (one("a", (RING, until(20, rows=9))), one("b", (ENDED, failing(1)))),
        (one("a", (RING, until(5, rows=9))), one("b", (policy(), until(6)))),
        (one("a", (RING, failing(1))), one("b", (policy(), failing(2)))),
        (one("a", (policy(), failing(1))), one("b", (RING, failing(1)))),
        (one("a", (RING, until(5, rows=1))), one("b", (policy(), until(5, rows=2)))),
    ],
    ids=["the level", "failing before missing", "missing before lapsing", "lapsing before healing", "the soonest day",
         "the fewest rows", "a paper before people", "of one day, the fewest rows"],
)  # fmt: skip
def test_what_comes_first(first, second):
    assert ids(first, second) == ids(second, first) == ["a", "b"]


def test_between_equals_the_editions_order_decides():
    lines = [one("b", (policy(Topic.DRIVING), failing(1))), one("a", (policy(Topic.CODE), failing(1)))]
    assert ids(*lines) == ["b", "a"]


def test_what_is_well_is_no_work():
    well = one("a", (RING, until(40)), (policy(), Answer(1, 0)))
    nobody = one("b", (ENDED, Answer(0, 0)))
    assert plan([well, nobody], AT, LEVELS) == []


@pytest.mark.parametrize(("days", "stands"), [(29, True), (30, False)])
def test_what_lapses_within_thirty_days_is_work(days, stands):
    assert bool(plan([one("a", (RING, until(days)))], AT, LEVELS)) is stands


def test_what_is_at_risk_is_work_however_far_off():
    (line,) = plan([one("a", (policy(), until(59, rows=1)))], AT, LEVELS)  # a policy is at risk 60 days before
    assert (line.urgency, line.rows, line.day) == (Urgency.LAPSING, 1, AT + timedelta(days=59))


def test_rows_that_nobody_can_mend_say_when_they_pass():
    heals = AT + timedelta(days=100)
    (line,) = plan([one("a", (ENDED, Answer(3, 2, heals=heals)))], AT, LEVELS)
    assert (line.urgency, line.rows, line.day) == (Urgency.HEALING, 2, heals)


def test_the_same_question_of_two_requirements_is_one_line():
    found = [
        one("e1", (RING, failing(2)), level="excellence"),
        one("42", (policy(), Answer(1, 0)), (RING, failing(2))),
    ]
    (line,) = plan(found, AT, LEVELS)
    assert line.where == (("42", 1), ("e1", 0))
    assert line.level == "award"


def test_levels_that_are_not_aimed_at_are_left_out():
    found = [one("e1", (RING, failing(2)), level="excellence"), one("a", (policy(), failing(1)))]
    assert ids(*found, levels=["award"]) == ["a"]
