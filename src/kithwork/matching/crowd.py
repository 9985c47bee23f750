"""From records to what `core.matching` looks at: who waits, who mentors, by which rules. The one place that does it.

Age, ethnicity, faith, disability and the like are never read here. A gender is read of a mentor, and looked at only
where a mentee's essential wish, with its justification on record, asks for it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from kithwork.caseload.models import Consent, Match, Mentee, Mentor, Pause, Practice
from kithwork.caseload.queries.clearing import at_a_glance, cleared_among
from kithwork.caseload.queries.due import current_mentors
from kithwork.caseload.queries.matches import DECLINED, taken_by_mentor, waiting_for_match
from kithwork.core import matching as core
from kithwork.core.service import MISSING_WORDS
from kithwork.core.service.slots import SLOTS
from kithwork.matching.models import KeptApart, MatchingRules
from kithwork.organisations.models import Service

__all__ = ["Crowd", "Settled", "gather", "rules_of"]

AWAY = "their return"
REFUSED = "their consent to keep their details"
IN_PERSON, ONLINE = "in person", "online"
_MEETS = {
    Mentee.Way.ANY: frozenset({IN_PERSON, ONLINE}),
    Mentee.Way.PERSON: frozenset({IN_PERSON}),
    Mentee.Way.ONLINE: frozenset({ONLINE}),
}


@dataclass(frozen=True, slots=True)
class Settled:
    """What a service weighs: the rules of the fit, and what makes one set of pairs better than another."""

    rules: core.Rules
    objective: core.Objective

    def told(self) -> dict[str, Any]:
        """As a run keeps it."""
        return {
            "weights": dict(self.rules.weights),
            "must_share": sorted(self.rules.must_share),
            "near_km": self.rules.near_km,
            "floor": self.rules.floor,
            "objective": self.objective.value,
        }


def rules_of(service: Service) -> Settled:
    """What a service weighs today; where it never said, what is usual. One query."""
    row = MatchingRules.objects.filter(service=service).first()
    if row is None:
        return Settled(core.Rules(), core.Objective.COVERAGE)
    usual = core.Rules()
    rules = core.Rules(
        weights={part: row.weights.get(part, weight) for part, weight in usual.weights.items()},
        must_share=frozenset(core.Sharing(one) for one in row.must_share),
        near_km=float(row.near_km),
        floor=row.floor,
    )
    return Settled(rules, core.Objective(row.objective))


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who waits and who mentors, as `core.matching` sees them: by reference, in the order of the waiting list; and
    their rows, in the same order.
    """

    mentees: tuple[core.Mentee, ...]
    mentors: tuple[core.Mentor, ...]
    waiting: tuple[Mentee, ...]
    mentoring: tuple[Mentor, ...]

    @property
    def capacities(self) -> list[int]:
        return [one.capacity for one in self.mentors]

    @property
    def with_room(self) -> int:
        """Mentors who could be asked now."""
        return sum(1 for one in self.mentors if one.capacity and not one.lacks)

    @property
    def places(self) -> int:
        return sum(one.capacity for one in self.mentors if not one.lacks)

    def at(self, ref: str) -> int | None:
        """The position of a mentee."""
        return next((at for at, one in enumerate(self.mentees) if one.id == ref), None)

    def mentor_at(self, ref: str) -> int | None:
        return next((at for at, one in enumerate(self.mentors) if one.id == ref), None)

    def digest(self, settled: Settled) -> str:
        """Another one as soon as anything that counts has changed: somebody came or went, told more, or a rule."""
        told = hashlib.sha256(repr(sorted(settled.told().items())).encode())
        for one in (*self.mentees, *self.mentors):
            told.update(repr([_plain(getattr(one, field.name)) for field in fields(one)]).encode())
        return told.hexdigest()


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def gather(practice: Practice, today: date, only: Mentee | None = None) -> Crowd:
    """Everybody whom matching is about, on that day: about twenty queries for any number of people. `only`: of those
    who wait this one alone, beside everybody who mentors.
    """
    service = practice.service
    spelled: dict[str, str] = {}

    def words(said: Iterable[str]) -> frozenset[str]:
        """The same words are the same whatever their capitals; as they were first spelled."""
        parts = (" ".join(one.split()) for one in said)
        return frozenset(spelled.setdefault(part.casefold(), part) for part in parts if part)

    rows = waiting_for_match(service, today)
    waiting = list(rows if only is None else rows.filter(pk=only.pk))
    mentoring = list(current_mentors(service, today).order_by("pk"))
    never, badly, apart, household = _pairs(service)
    lacks = {"mentee": _mentees_lack(service, today), "mentor": _mentors_lack(practice, today)}
    taken = taken_by_mentor(service, today)
    idle, ended = _earlier(service, today)
    mentees = tuple(
        core.Mentee(
            **_someone(one, words, lacks["mentee"].get(one.pk, ""), never, badly, apart, household),
            needs=words(one.needs),
            waiting_since=one.waits_from,  # type: ignore[attr-defined]  # annotated
            wants_gender=one.wants_gender.strip() if one.wants_gender_because.strip() else "",
        )
        for one in waiting
    )
    mentors = tuple(
        core.Mentor(
            **_someone(one, words, lacks["mentor"].get(one.pk, ""), never, badly, apart, household),
            gender=one.gender.strip(),
            skills=words(one.skills),
            capacity=max(one.places - taken.get(one.pk, 0), 0),
            max_km=float(one.max_km) if one.max_km and one.way != Mentor.Way.ONLINE else None,
            line_manages=frozenset(one.line_manages),
            unused_since=None if taken.get(one.pk) else max(filter(None, (one.accepted_on, idle.get(one.pk)))),
            matches=ended.get(one.pk, 0),
        )
        for one in mentoring
    )
    return Crowd(mentees, mentors, tuple(waiting), tuple(mentoring))


Pairs = dict[tuple[str, int], set[str]]  # (side, key of the one) -> references of the other side


def _someone(
    one: Mentee | Mentor,
    words: Callable[[Iterable[str]], frozenset[str]],
    lacks: str,
    never: Pairs,
    badly: Pairs,
    apart: Pairs,
    household: Pairs,
) -> dict[str, Any]:
    side = "mentor" if isinstance(one, Mentor) else "mentee"
    way = Mentee.Way(one.way)
    online = way is Mentee.Way.ONLINE
    assesses = set(one.assesses) if isinstance(one, Mentor) else set()
    key = (side, one.pk)
    return {
        "id": one.ref,
        "lat": None if online else one.lat,  # who meets online alone lives near everybody
        "lon": None if online else one.lon,
        "interests": words(one.interests),
        "languages": words(one.languages),
        "hopes": words(one.hopes_for),
        "availability": frozenset(SLOTS.get(slot, slot) for slot in one.availability),
        "not_with": frozenset(never[key] | apart[key] | household[key] | assesses),
        "household": _household(one),
        "ended_badly": frozenset(badly[key]),
        "lacks": lacks,
        "essential": frozenset() if way is Mentee.Way.ANY else _MEETS[way],
        "about": _MEETS[way],
    }


def _household(one: Mentee | Mentor) -> str:
    """The same words for all who live at one address; nothing where it is not told."""
    letters = "".join(letter for letter in f"{one.address} {one.postcode}".casefold() if letter.isalnum())
    return letters if one.address.strip() and one.postcode.strip() else ""


def _both(found: Pairs, mentee: int, mentor: int, refs: tuple[str, str]) -> None:
    found["mentee", mentee].add(refs[1])
    found["mentor", mentor].add(refs[0])


def _pairs(service: Service) -> tuple[Pairs, Pairs, Pairs, Pairs]:
    """Who declined whom, whose match ended badly, who is kept apart, and who lives together. Two queries."""
    never: Pairs = defaultdict(set)
    badly: Pairs = defaultdict(set)
    apart: Pairs = defaultdict(set)
    household: Pairs = defaultdict(set)
    two = ("mentee_id", "mentor_id", "mentee__ref", "mentor__ref")
    over = Match.objects.filter(
        Q(ending__bad=True) | (DECLINED & Q(introduced_on__isnull=True)), service=service
    ).order_by()
    for mentee, mentor, ours, theirs, bad in over.values_list(*two, "ending__bad"):
        _both(badly if bad else never, mentee, mentor, (ours, theirs))
    kept = KeptApart.objects.filter(service=service, ended_at__isnull=True).order_by()
    for mentee, mentor, ours, theirs, kind in kept.values_list(*two, "kind"):
        _both(household if kind == KeptApart.Kind.HOUSEHOLD else apart, mentee, mentor, (ours, theirs))
    return never, badly, apart, household


def _away(service: Service, side: str, today: date) -> set[int]:
    paused = Pause.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), begins__lte=today)
    return set(paused.filter(**{f"{side}__service": service}).order_by().values_list(f"{side}_id", flat=True))


def _mentees_lack(service: Service, today: date) -> dict[int, str]:
    """What must be there before a mentee is matched: that they are back, and that they did not say no to being on
    record.
    """
    said = Consent.objects.filter(mentee=OuterRef("pk"), kind=Consent.Kind.DATA, on__lte=today).order_by("-on", "-pk")
    rows: QuerySet[Any] = Mentee.objects.filter(service=service, left_on__isnull=True)
    no = (
        rows.annotate(said=Subquery(said.values("answer")[:1]))
        .filter(said__in=(Consent.Answer.REFUSED, Consent.Answer.WITHDRAWN))
        .values_list("pk", flat=True)
    )
    return {**dict.fromkeys(_away(service, "mentee", today), AWAY), **dict.fromkeys(no, REFUSED)}


def _mentors_lack(practice: Practice, today: date) -> dict[int, str]:
    """What is missing of each mentor, in words, as `core.service.clearance` finds it; or that they are away."""
    everybody = current_mentors(practice.service, today).order_by()
    ready = at_a_glance(everybody, practice, today)
    doubtful = {pk: joined for pk, joined in everybody.values_list("pk", "joined_by") if pk not in ready}
    found = dict.fromkeys(_away(practice.service, "mentor", today), AWAY)
    if doubtful:
        for pk, standing in cleared_among(doubtful, practice, today).items():
            if not standing.ready:
                found[pk] = ", ".join(MISSING_WORDS[one] for one in standing.missing)
    return found


def _earlier(service: Service, today: date) -> tuple[dict[int, date], dict[int, int]]:
    """By a mentor's key: when their latest match ended, and how many ended well. One query."""
    rows = Match.objects.filter(service=service, ended_on__lt=today, introduced_on__isnull=False).order_by()
    well = Count("pk", filter=Q(ending__isnull=True) | Q(ending__bad=False))
    last: dict[int, date] = {}
    many: dict[int, int] = {}
    for mentor, ended, number in rows.values_list("mentor_id").annotate(latest=Max("ended_on"), well=well):
        last[mentor], many[mentor] = ended, number
    return last, many
