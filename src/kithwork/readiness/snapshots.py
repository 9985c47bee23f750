"""A snapshot drawn: what a service's records show of one requirement now, as far as it may leave the house.

Nothing here writes; see `readiness.actions`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kithwork.caseload.models import Practice
from kithwork.checks import Behind, Rule, Told, ask, behind
from kithwork.checks.rows import told
from kithwork.core.readiness import Answer, Answered, Asked, standing
from kithwork.core.readiness.reducing import CheckFacts, Facts, Found, Person, initials, looked_at, reduced
from kithwork.core.readiness.sampling import drawn, size_for
from kithwork.core.schemes import Edition, Requirement
from kithwork.readiness.counting import Answering, questions
from kithwork.readiness.keeping import latest
from kithwork.readiness.models import Snapshot
from kithwork.readiness.people import people_of

__all__ = ["asks", "draw", "newer"]


def asks(requirement: Requirement) -> bool:
    """Whether records can show anything of a requirement."""
    return bool(questions(requirement))


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A check, its answer and its sample, before people become letters."""

    answered: Answered
    rows: list[Found]


def draw(
    *,
    practice: Practice,
    edition: Edition,
    requirement: Requirement,
    journey: str,
    turn: int,
    at: date,
    now: datetime,
) -> Facts:
    """What the records show of a requirement on the day, with a sample of each check's rows.

    `practice` comes with its service and organisation; `journey` is the reference of the journey it is drawn for. The
    same records, journey and turn give the same sample, whoever draws it. One query for all figures, three for each
    check. Raises ValueError for a requirement that asks nothing of records.
    """
    asked = questions(requirement)
    if not asked:
        raise ValueError(f"requirement {requirement.id} asks nothing of records")
    service = Answering(practice, at)
    rules = dict(enumerate(service.rule(one) for one in asked))
    answers = ask(rules, at)
    stands = standing(requirement.id, requirement.level, [(one, answers[at_]) for at_, one in enumerate(asked)], at)
    found = [
        _Drawn(check, _sample(practice, check.asked, rules[number], answers[number], journey, requirement.id, turn, at))
        for number, check in enumerate(stands.checks)
    ]
    letters = initials(person for one in found for row in one.rows for person in row.people)
    return Facts(
        service=practice.service.name,
        organisation=practice.service.organisation.name,
        scheme=edition.scheme.name,
        edition=edition.scheme.edition,
        requirement=requirement.id,
        number=requirement.number,
        title=requirement.title,
        state=stands.state,
        at=at,
        counted_at=now,
        turn=turn,
        checks=tuple(_facts(one, number, letters, at) for number, one in enumerate(found)),
    )


def newer(snapshots: Collection[Snapshot], edition: Edition, today: date) -> set[int]:
    """Which of a service's snapshots its records answer otherwise than by now, by the id of their items.

    Read from what was counted last; nothing is counted for it. Three queries at most, however many there are.
    """
    service = next((one.service_id for one in snapshots), None)
    practice = Practice.objects.select_related("service__organisation").filter(service=service).first()
    kept = latest(practice=practice, edition=edition, today=today) if practice is not None else None
    if kept is None:
        return set()
    now = {
        one.requirement: [(check.asked.key(), check.answer.total, check.answer.failing) for check in one.checks]
        for one in kept.standings
    }
    found: set[int] = set()
    for one in snapshots:
        facts = Facts.model_validate(one.facts)
        told_then = [(check.key, check.total, check.failing) for check in facts.checks]
        if kept.counted_at > facts.counted_at and now.get(one.requirement) != told_then:
            found.add(one.item_id)
    return found


def _facts(one: _Drawn, number: int, letters: dict[str, str], at: date) -> CheckFacts:
    asked, answer = one.answered.asked, one.answered.answer
    first, last = looked_at(asked, at)
    return CheckFacts(
        key=asked.key(),
        number=number,
        figure=one.answered.figure,
        definition=asked.definition(),
        state=one.answered.state,
        first=first,
        last=last,
        total=answer.total,
        failing=answer.failing,
        until=answer.until,
        sample=reduced(asked.subject, one.rows, letters),
    )


def _sample(
    practice: Practice,
    asked: Asked,
    rule: Rule | Told,
    answer: Answer,
    journey: str,
    requirement: str,
    turn: int,
    at: date,
) -> list[Found]:
    """Rows drawn of all that are asked about, in the order in which they were drawn."""
    rows = behind(rule, at)
    size = size_for(answer.total)
    if isinstance(rows, list):
        # few enough to be judged in Python; one that is missing has no reference, so its place says which it is
        places = [f"{number}:{row.ref}" for number, row in enumerate(sorted(rows, key=lambda row: row.label))]
        by_place = dict(zip(places, sorted(rows, key=lambda row: row.label), strict=True))
        picked = [by_place[one] for one in _drawn(places, asked, journey, requirement, turn, size)]
    else:
        refs = set(rows.order_by().values_list("row_ref", flat=True))
        wanted = _drawn(refs, asked, journey, requirement, turn, size)
        picked = _in_order(rule, rows.filter(row_ref__in=wanted), wanted)[:size]
    people = people_of(practice.service, asked.subject, {row.ref for row in picked})
    return [Found(row.label, _about(row, people), row.holds, row.day) for row in picked]


def _drawn(
    refs: Sequence[str] | set[str], asked: Asked, journey: str, requirement: str, turn: int, size: int
) -> list[str]:
    check = f"{asked.key()} {asked.model_dump_json()}"
    return drawn(refs, journey=journey, requirement=requirement, check=check, turn=turn, size=size)


def _in_order(rule: Rule | Told, rows: Any, wanted: list[str]) -> list[Behind]:
    """Rows in the order of their references; several of one reference stand together, those that fail first."""
    places = {ref: number for number, ref in enumerate(wanted)}
    return sorted(told(rule, rows), key=lambda row: places[row.ref])


def _about(row: Behind, people: dict[str, tuple[Person, ...]]) -> tuple[Person, ...]:
    return people.get(row.ref, ())
