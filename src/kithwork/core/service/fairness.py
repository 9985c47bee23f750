"""Whether matching does as well for one group of people as for others: rates of groups, told only where they tell of
nobody, and rules that fall much harder on one group.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from kithwork.core.service.equalities import stepped
from kithwork.core.service.outcomes import SMALLEST

__all__ = ["Fallen", "Group", "Harder", "Seen", "age_band", "grouped_fairly", "harder", "suppressed"]

STEP = 5  # per cent: rates are told in steps of so many
MUCH = 20  # per cent of mentors more than a rule takes from others
TIMES = 2  # and at least so many times as much
_BANDS = ((18, "Under 18"), (25, "18 to 24"), (35, "25 to 34"), (50, "35 to 49"), (65, "50 to 64"))
_OLDEST = "65 or over"
_AGES = [*(words for _, words in _BANDS), _OLDEST]


def suppressed(number: int) -> bool:
    """Whether so few people are not told apart: any figure of theirs would tell of somebody."""
    return number < SMALLEST


def age_band(years: int) -> str:
    return next((words for under, words in _BANDS if years < under), _OLDEST)


@dataclass(frozen=True, slots=True)
class Seen:
    """One person as far as fairness looks: group of each kind (kind -> group), and what came of them.

    `waits`: whole weeks on the waiting list today, None where they do not wait; `proposed`: whether anybody is
    proposed for them, None where they do not wait.
    """

    groups: Mapping[str, str]
    matched: bool
    waits: int | None = None
    proposed: bool | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """One group's figures. `people` and `waiting` in steps of five, nought for fewer; rates in whole steps of five per
    cent; None where too few are counted.
    """

    kind: str
    name: str
    people: int
    matched: int | None
    waiting: int
    weeks: int | None  # half have waited as long or longer
    proposed: int | None


def grouped_fairly(people: Iterable[Seen]) -> list[Group]:
    """The figures of each group of each kind, by kind and name, ages by age. Who has told nothing of a kind is in none
    of its.

    Where a rate of one group alone is held back, so is that of the smallest other of the kind: what is known of all
    would tell it by difference.
    """
    found: dict[tuple[str, str], list[Seen]] = {}
    for one in people:
        for key in one.groups.items():
            found.setdefault(key, []).append(one)
    groups = [_group(*key, found[key]) for key in sorted(found, key=_place)]
    size = {key: len(seen) for key, seen in found.items()}
    waiting = {key: sum(one.waits is not None for one in seen) for key, seen in found.items()}
    matched = _told_by_difference([(one, one.matched is None, size[one.kind, one.name]) for one in groups])
    proposed = _told_by_difference([(one, one.proposed is None, waiting[one.kind, one.name]) for one in groups])
    return [
        replace(
            one,
            matched=None if (one.kind, one.name) in matched else one.matched,
            proposed=None if (one.kind, one.name) in proposed else one.proposed,
        )
        for one in groups
    ]


def _place(key: tuple[str, str]) -> tuple[str, int, str]:
    kind, name = key
    return kind, _AGES.index(name) if name in _AGES else 0, name


def _told_by_difference(groups: Sequence[tuple[Group, bool, int]]) -> set[tuple[str, str]]:
    """Of each kind in which a single group, not empty, is held back: the smallest of the others."""
    hidden = set()
    for kind in {one.kind for one, _, _ in groups}:
        held = [one for one, few, number in groups if one.kind == kind and few and number]
        rest = [(number, one.name) for one, few, number in groups if one.kind == kind and not few]
        if len(held) == 1 and rest:
            hidden.add((kind, min(rest)[1]))
    return hidden


def _group(kind: str, name: str, seen: Sequence[Seen]) -> Group:
    waits = [one.waits for one in seen if one.waits is not None]
    few, nobody = suppressed(len(seen)), suppressed(len(waits))
    return Group(
        kind,
        name,
        stepped(len(seen)),
        None if few else _rate(sum(one.matched for one in seen), len(seen)),
        stepped(len(waits)),
        None if nobody else int(median(waits)),
        None if nobody else _rate(sum(bool(one.proposed) for one in seen), len(waits)),
    )


def _rate(part: int, whole: int) -> int:
    return STEP * round(100 * part / whole / STEP)


@dataclass(frozen=True, slots=True)
class Fallen:
    """What one rule takes from one person who waits: so many per cent of the mentors there are."""

    groups: Mapping[str, str]
    rule: str
    share: float


@dataclass(frozen=True, slots=True)
class Harder:
    """A rule that takes much more from one group than from all others: per cent of mentors, in steps of five."""

    rule: str
    kind: str
    name: str
    share: int
    others: int


def harder(fallen: Iterable[Fallen]) -> list[Harder]:
    """Rules that fall much harder on one group than on everybody else who told of that kind, the hardest first. Groups
    and others under five are not looked at.
    """
    by: dict[tuple[str, str], dict[str, list[float]]] = {}
    for one in fallen:
        for kind, name in one.groups.items():
            by.setdefault((one.rule, kind), {}).setdefault(name, []).append(one.share)
    found = []
    for (rule, kind), groups in sorted(by.items()):
        for name, shares in sorted(groups.items()):
            rest = [share for other, more in groups.items() if other != name for share in more]
            if suppressed(len(shares)) or suppressed(len(rest)):
                continue
            ours, theirs = sum(shares) / len(shares), sum(rest) / len(rest)
            if 100 * (ours - theirs) >= MUCH and ours >= TIMES * theirs:
                found.append(Harder(rule, kind, name, STEP * round(20 * ours), STEP * round(20 * theirs)))
    return sorted(found, key=lambda one: (one.others - one.share, one.rule, one.kind, one.name))
