"""What records answer to each check, told once more: slowly, in plain Python, from the words of the catalogue alone.

`tests/readiness/test_reference.py` lays it beside what the database answers. Neither was written from the other.
"""

from datetime import date, timedelta

from kithwork.core.readiness import WITHIN, Answer, Asked
from tests.readiness.reference import matches, mentees, mentors, papers, staff
from tests.readiness.reference.plain import YEAR, Answers, Row, World

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
    """The figures of the rows, and the day on which those that fail for a year have left it, found by trying each."""
    good = [row for row in found if not row.fails(world.at)]
    ends = [row.until for row in good if row.until is not None]
    one, two, three = (sum(day < world.at + timedelta(days=days) for day in ends) for days in WITHIN)
    bad = [row for row in found if row.fails(world.at)]
    return Answer(len(found), len(bad), (one, two, three), min(ends, default=None), _heals(world.at, bad))


def _heals(at: date, bad: list[Row]) -> date | None:
    days = [row.counted for row in bad if row.yearly and row.counted is not None]
    if not bad or len(days) < len(bad):
        return None
    day = at
    while any(YEAR.before(day) < counted for counted in days):
        day += timedelta(days=1)
    return day
