"""What records answer to each check, told once more: slowly, in plain Python, from the words of the catalogue alone.

`tests/readiness/test_reference.py` lays it beside what the database answers. Neither was written from the other.
"""

from datetime import timedelta

from kithwork.core.readiness import WITHIN, Answer, Asked
from tests.readiness.reference import matches, mentees, mentors, papers, staff
from tests.readiness.reference.plain import Answers, Row, World

__all__ = ["ANSWERS", "Row", "World", "answer", "rows"]

ANSWERS: Answers = {
    **papers.ANSWERS,
    **staff.ANSWERS,
    **mentees.ANSWERS,
    **mentors.ANSWERS,
    **matches.ANSWERS,
}


def rows(world: World, asked: Asked) -> list[Row]:
    return ANSWERS[type(asked)](world, asked)


def answer(world: World, found: list[Row]) -> Answer:
    """The figures of the rows, without `heals`."""
    good = [row for row in found if not row.fails(world.at)]
    ends = [row.until for row in good if row.until is not None]
    one, two, three = (sum(day < world.at + timedelta(days=days) for day in ends) for days in WITHIN)
    return Answer(len(found), len(found) - len(good), (one, two, three), min(ends, default=None))
