"""Whom matching serves, by group: who was matched, how long others wait, for whom somebody is proposed, and on whom
the rules fall hardest.

Groups are of what people's records tell. Equalities answers stand apart from records, for good reason (docs/decisions,
007), and are not read here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from kithwork.caseload.models import Match, Mentee, Practice
from kithwork.core import matching as core
from kithwork.core.matching.assigning import waited
from kithwork.core.service.fairness import Fallen, Group, Harder, Seen, age_band, grouped_fairly, harder
from kithwork.matching.solving import Solved, solved

__all__ = ["Fairness", "fairness_of"]

YEARS = timedelta(days=730)  # whoever came onto the list since then is counted
LOOKED_AT = 50_000  # pairs of which every veto is asked; of more, those of every so manieth person who waits
WAYS = {"any": "In person or online", "person": "In person", "online": "Online or by telephone"}


@dataclass(frozen=True, slots=True)
class Fairness:
    """Figures by group, rules that fall much harder on one, and of how many of those who wait the rules were asked."""

    groups: list[Group]
    harder: list[Harder]
    asked: int
    waiting: int


def fairness_of(practice: Practice, today: date) -> Fairness:
    """Nothing is written; about as many queries as a search."""
    found = solved(practice, today)
    waiting = {one.pk: at for at, one in enumerate(found.crowd.waiting)}
    rows = Mentee.objects.filter(
        service=practice.service_id, erased_at__isnull=True, accepted_on__gte=today - YEARS, accepted_on__lte=today
    ).annotate(met=Exists(Match.objects.filter(mentee=OuterRef("pk"), introduced_on__lte=today)))
    people = []
    for one in rows.order_by("pk"):
        at = waiting.get(one.pk)
        weeks = None if at is None else waited(found.crowd.mentees[at], today)
        proposed = None if at is None else found.proposed_to(at) is not None
        people.append(Seen(groups_of(one, today), one.met, weeks, proposed))
    step = max(1, -(-len(waiting) * len(found.crowd.mentors) // LOOKED_AT))
    asked = range(0, len(waiting), step)
    return Fairness(grouped_fairly(people), harder(_fallen(found, asked)), len(asked), len(waiting))


def groups_of(one: Mentee, today: date) -> Mapping[str, str]:
    """To which group somebody belongs, of each kind that their record tells of."""
    found = {"How they would like to meet": WAYS[one.way]}
    if one.born:
        years = today.year - one.born.year - ((today.month, today.day) < (one.born.month, one.born.day))
        found["Age"] = age_band(years)
    if one.gender.strip():
        found["Gender, as told"] = one.gender.strip().capitalize()
    if one.languages:
        english = any(word.strip().casefold() == "english" for word in one.languages)
        found["Languages"] = "English among them" if english else "Other languages alone"
    if one.postcode.strip():
        found["Area"] = one.postcode.split()[0].upper()
    return found


def _fallen(found: Solved, asked: range) -> Iterator[Fallen]:
    """What each rule takes from each who waits, of the mentors who could be asked by somebody."""
    crowd, rules = found.crowd, found.settled.rules
    mentors = [one for one in crowd.mentors if one.capacity and not one.lacks]
    groups = [groups_of(crowd.waiting[at], found.today) for at in asked]
    taken: list[dict[str, int]] = []
    for at in asked:
        counted: dict[str, int] = {}
        for mentor in mentors:
            for why in core.vetoes(crowd.mentees[at], mentor, rules):
                counted[why] = counted.get(why, 0) + 1
        taken.append(counted)
    for rule in sorted({why for one in taken for why in one}):
        for group, counted in zip(groups, taken, strict=True):
            yield Fallen(group, rule, counted.get(rule, 0) / len(mentors))
