"""Readiness in words and cards: states, the stamp, lines of work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils import timezone

from kithwork.core.readiness import WITHIN, Answered, Standing, State
from kithwork.core.readiness.plan import Line, Urgency
from kithwork.readiness.access import rows_shown
from kithwork.web.coordinator.readiness.frame import HOLDS, Seen, holding
from kithwork.web.kit.cards import Kind, Link, RecordState, StateTag, SummaryRow, TaskRow
from kithwork.web.templatetags.kit import clock, longdate, plural

STATE: dict[State, RecordState] = {
    State.MET: RecordState.MET,
    State.AT_RISK: RecordState.AT_RISK,
    State.NOT_RECORDED: RecordState.NOT_RECORDED,
    State.NOT_MET: RecordState.NOT_MET,
}
_NONE = StateTag("Nothing to ask about")  # nobody it could be asked of, and that is no gap


def tag_of(state: State | None) -> StateTag:
    return STATE[state].tag if state is not None else _NONE


def counted(number: int, seen: Seen) -> str:
    """'1 indicator', '61 indicators'."""
    words = seen.edition.words
    return plural(number, f"{words.requirement},{words.requirements}")


def finding(seen: Seen) -> str:
    """'52 of 61 indicators are met by your records today'."""
    met, words = holding(seen.standings), seen.edition.words
    are = "is" if met == 1 else "are"
    return f"{met} of {len(seen.requirements)} {words.requirements} {are} met by your records today"


def reach(seen: Seen) -> str:
    """How many records can show at all, and how the others are shown."""
    shown, rest = len(seen.standings), len(seen.requirements) - len(seen.standings)
    if not rest:
        return "Records can show all of them."
    others = "The other one is" if rest == 1 else f"The other {rest} are"
    return f"Records can show {shown} of them. {others} shown by a document or at the visit."


def stamp(counted_at: datetime, *, changed: bool, today: date) -> str:
    """'Counted at 10:42.', and whether that can have changed."""
    local = timezone.localtime(counted_at)
    when = f"at {local:%H:%M}" if local.date() == today else f"at {clock(counted_at)}"
    return f"Counted {when}; records have changed since." if changed else f"Counted {when}."


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of work under one heading; `id` names it in an address."""

    id: str
    title: str
    rows: list[TaskRow]


_TITLES: dict[Urgency, str] = {
    Urgency.FAILING: "To mend",
    Urgency.MISSING: "Nothing on record yet",
    Urgency.LAPSING: "Holds, and lapses soon",
    Urgency.HEALING: "Cannot be mended, and passes with time",
}


def groups_of(seen: Seen, lines: Iterable[Line]) -> list[Group]:
    """The plan under headings: the level, where there are several, and what is the matter."""
    several = len(seen.levels) > 1
    made: list[Group] = []
    for (level, urgency), held in groupby(lines, key=lambda line: (line.level, line.urgency)):
        title = _TITLES[urgency]
        if several:
            title = f"{seen.edition.level(level).title}: {title[0].lower()}{title[1:]}"
        made.append(Group(f"{level}-{urgency.name.lower()}", title, [task(seen, line) for line in held]))
    return made


def task(seen: Seen, line: Line) -> TaskRow:
    """One line of work: what for, and what to do; the figure; how much it is. It leads to the rows."""
    answered, asked_by = line.answered, [seen.edition.requirement(one) for one in line.requirements]
    title = asked_by[0].title
    if line.urgency is not Urgency.HEALING:
        act = answered.asked.next()
        title = f"{title}: {act[:1].lower()}{act[1:]}"
    words = seen.edition.words
    unit = words.requirement if len(asked_by) == 1 else words.requirements
    numbers = _listed([one.number for one in asked_by])
    hint = f"{answered.figure.rstrip('.')}. {unit[:1].upper()}{unit[1:]} {numbers}."
    return TaskRow(title, line_address(seen, line), hint, _tag(line))


def line_address(seen: Seen, line: Line) -> str:
    """The rows of a line; the requirement where there are none yet, or none that this person may be shown."""
    requirement, number = line.where[0]
    if line.urgency is Urgency.MISSING or not rows_shown(seen.run, line.answered.asked):
        return f"{seen.at('readiness_one', requirement)}#check-{number + 1}"
    show = "?show=holding" if line.urgency is Urgency.LAPSING else ""
    return seen.at("readiness_rows", requirement, number + 1) + show


def _tag(line: Line) -> StateTag:
    match line.urgency:
        case Urgency.FAILING:
            return StateTag(f"{line.rows:,} to mend", Kind.RED)
        case Urgency.MISSING:
            return StateTag("To begin")
        case Urgency.LAPSING:
            return StateTag(f"Until {longdate(line.day)}", Kind.AMBER)
        case Urgency.HEALING:
            return StateTag(f"Until {longdate(line.day - timedelta(days=1))}" if line.day else "No day known")


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def lapse_rows(seen: Seen) -> list[SummaryRow]:
    """How many requirements that hold today would not in 30, 60 and 90 days, if nothing were done."""
    rows: list[SummaryRow] = []
    for days in WITHIN:
        edge = seen.kept.day + timedelta(days=days)
        number = sum(lapses_before(one, edge) for one in seen.standings)
        what = f"{counted(number, seen)} would no longer be met"
        value = Link(what, f"{seen.at('readiness_plan')}#lapsing", f"in {days} days") if number else "None would lapse"
        rows.append(SummaryRow(f"In {days} days", value))
    return rows


def lapses_before(one: Standing, edge: date) -> bool:
    return one.state in HOLDS and one.until is not None and one.until < edge


def ahead_rows(seen: Seen) -> list[tuple[object, ...]]:
    """What lapses within 90 days, the soonest first: the figure, its last day, and how many rows by then."""
    edge = seen.kept.day + timedelta(days=WITHIN[-1])
    found: list[tuple[date, tuple[object, ...]]] = []
    for standing in seen.standings:
        number = seen.edition.requirement(standing.requirement).number
        for place, one in enumerate(standing.checks):
            until = one.answer.until
            if one.state is not None and until is not None and until < edge:
                link = Link(
                    f"{number}: {one.figure}", f"{seen.at('readiness_one', standing.requirement)}#check-{place + 1}"
                )
                found.append((until, (link, until, *one.answer.lapsing)))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def until_words(one: Answered) -> str:
    """Until when a check holds, or when it holds again by itself."""
    answer = one.answer
    if one.state is State.NOT_MET and one.asked.lasting:
        if answer.heals:
            return (
                f"This can no longer be mended. It holds again from {longdate(answer.heals)}, if no more of it comes."
            )
        return "This can no longer be mended."
    if one.state is State.NOT_MET and answer.heals:
        return f"Left as it is, it counts against you until {longdate(answer.heals - timedelta(days=1))}."
    if one.state in HOLDS and answer.until:
        return f"It holds until {longdate(answer.until)}."
    return ""
