"""Hours of learning held against what a person's schemes ask: the hours of a programme, and those of each year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kithwork.core.schemes import CourseStage, Duty, DutyKind
from kithwork.courses.completion import HoursKind
from kithwork.courses.hours import Line, lines_of, summed
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import Reading, read


@dataclass(frozen=True, slots=True)
class Goal:
    """So many hours wanted, and how many there are. `since` and `until` are the first and the last day that count; a
    goal without `until` has no end. `duty` is the id of a holder's duty, '' for hours of a programme.
    """

    ref: str
    scheme: str
    title: str
    done: Decimal
    wanted: int
    since: date
    until: date | None = None
    duty: str = ""

    @property
    def met(self) -> bool:
        return self.done >= self.wanted

    @property
    def left(self) -> Decimal:
        return max(Decimal(0), self.wanted - self.done)


def goals_of(readings: Iterable[Reading], lines: Iterable[Line]) -> list[Goal]:
    """What each journey asks, in the order of its stages and duties; nothing for what is over without an award."""
    all_lines = list(lines)
    found: list[Goal] = []
    for reading in readings:
        if reading.position.status.is_over or not reading.entries:
            continue
        for stage in reading.edition.stages:
            if isinstance(stage, CourseStage) and reading.position.stages[stage.id].in_play:
                found += _programme(reading, stage, all_lines)
        for duty in reading.edition.duties:
            goal = goal_of(reading, duty, all_lines)
            found += [goal] if goal else []
    return found


def _programme(reading: Reading, stage: CourseStage, lines: list[Line]) -> list[Goal]:
    """The attendance of the journey's own places counts, and what was written down by hand since it began."""
    began, ref = reading.entries[0].on, reading.journey.ref
    own = [one for one in lines if one.purpose == ref or (one.record is not None and one.earned.day >= began)]
    wanted = ((HoursKind.TAUGHT, stage.hours, "hours taught"), (HoursKind.SELF_STUDY, stage.self_study, "self-study"))
    return [
        Goal(
            ref,
            reading.edition.scheme.name,
            f"{stage.title}: {words}",
            sum((one.earned.hours for one in own if one.earned.kind is kind), Decimal(0)),
            hours,
            began,
        )
        for kind, hours, words in wanted
        if hours
    ]


def goal_of(reading: Reading, duty: Duty, lines: Iterable[Line]) -> Goal | None:
    """The hours of the period in which a duty of hours is to be kept next; None while nothing is held, or for another
    kind of duty. All kinds of hours count. What was learnt on the way to the award counts for its first period.
    """
    stands = next((one for one in reading.position.duties if one.id == duty.id), None)
    if duty.kind is not DutyKind.HOURS or duty.hours is None or duty.every is None:
        return None
    if stands is None or stands.due is None or reading.position.granted is None:
        return None
    since = duty.every.before(stands.due)
    first = min(entry.on for entry in reading.entries if entry.kind.value == "granted")
    if since <= first:
        since = reading.entries[0].on
    else:
        since += timedelta(days=1)
    done = summed(one for one in lines if since <= one.earned.day <= stands.due).total
    scheme = reading.edition.scheme.name
    return Goal(reading.journey.ref, scheme, duty.title, done, duty.hours, since, stands.due, duty.id)


def hours_owed(journey: Journey, duty: Duty, today: date) -> Goal | None:
    """The goal of a duty of hours that is not reached yet; None where there is nothing to reach."""
    if journey.person is None:
        return None
    goal = goal_of(read(journey, today), duty, lines_of(journey.person))
    return goal if goal and not goal.met else None
