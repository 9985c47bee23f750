"""What to do first: every check that fails or soon will, as a line of work, the most urgent and cheapest first.

    lines = plan(standings, at, ["award", "excellence"])

The order, most telling first:

1. the level, in the order given: what the award itself asks comes before what only a higher level asks;
2. the urgency (`Urgency`): rows that fail, then what has no record at all, then what still holds and soon lapses, and
   last what nobody can mend any more;
3. of what lapses, the soonest day; of what time alone mends, likewise;
4. the fewest rows to mend, for one requirement more is met the sooner;
5. with as many rows, a paper before people: a policy is reviewed at a desk, a mentee has to be reached;
6. the edition's own order.

The same question asked of the same records for several requirements is one line: mended once, it counts for all.
Pure: nothing here asks what today is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from kithwork.core.readiness.answers import WITHIN, Answered, Standing, State
from kithwork.core.readiness.asked import Asked, Subject

__all__ = ["PAPERS", "Line", "Urgency", "plan"]

PAPERS = frozenset(
    {
        Subject.SERVICE,
        Subject.POLICY,
        Subject.INSURANCE,
        Subject.RISK,
        Subject.TARGET,
        Subject.EVALUATION,
        Subject.CHANGE,
    }
)  # what is mended at a desk; everything else takes somebody's time besides


class Urgency(IntEnum):
    """What is the matter, the worst first."""

    FAILING = 0  # rows fail and can be mended
    MISSING = 1  # nothing is on record to be asked about
    LAPSING = 2  # it holds, and will not for long
    HEALING = 3  # rows fail that nobody can mend any more; it holds again once their year is over


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do. `where` are the requirements it counts for, each as its id and the check's place in it, from 0.

    `rows`: how many are to be mended; nought where the first is still to be entered. `day`: of what lapses the last
    day on which it holds, of what heals the first on which it holds again (None: no end in sight).
    """

    answered: Answered
    where: tuple[tuple[str, int], ...]
    level: str
    urgency: Urgency
    rows: int
    day: date | None = None

    @property
    def requirements(self) -> tuple[str, ...]:
        return tuple(one for one, _ in self.where)


def plan(standings: Iterable[Standing], at: date, levels: Sequence[str]) -> list[Line]:
    """The lines of work for the requirements of the levels given, in the order told above.

    `levels`: the ids of the levels aimed at, the one that is required first. Requirements of others are left out.
    """
    rank = {level: number for number, level in enumerate(levels)}
    found: dict[Asked, list[tuple[Standing, int, Answered]]] = {}
    for standing in sorted((one for one in standings if one.level in rank), key=lambda one: rank[one.level]):
        for number, answered in enumerate(standing.checks):
            found.setdefault(answered.asked, []).append((standing, number, answered))
    lines = []
    for places in found.values():
        first, _, answered = places[0]
        matter = _matter(answered, at)
        if matter is not None:
            where = tuple((standing.requirement, number) for standing, number, _ in places)
            lines.append(Line(answered, where, first.level, *matter))
    return sorted(lines, key=lambda line: _order(line, rank))


def _matter(answered: Answered, at: date) -> tuple[Urgency, int, date | None] | None:
    """What is the matter with a check, how many rows are to be mended, and the day; None where all is well."""
    answer, asked = answered.answer, answered.asked
    if answered.state is State.NOT_RECORDED:
        return Urgency.MISSING, 0, None
    if answered.state is State.NOT_MET:
        if asked.lasting:
            return Urgency.HEALING, answer.failing, answer.heals
        return Urgency.FAILING, answer.failing, None
    if answered.state is not None and answer.until is not None:
        soon = answer.until < at + timedelta(days=WITHIN[0])
        if soon or answered.state is State.AT_RISK:
            return Urgency.LAPSING, next((number for number in answer.lapsing if number), 1), answer.until
    return None


def _order(line: Line, rank: dict[str, int]) -> tuple[int, Urgency, date, int, bool]:
    """Sorting is stable, so that the edition's order decides between equals."""
    day = line.day if line.day is not None and line.urgency >= Urgency.LAPSING else date.max
    return rank[line.level], line.urgency, day, line.rows, line.answered.asked.subject not in PAPERS
