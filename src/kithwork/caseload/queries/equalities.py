"""Who takes part, in numbers: what was published, whether more can be, who was asked. Never one person's answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from kithwork.caseload.models import EqualityAnswer, EqualityCount, Match, Measure, Mentee, Mentor
from kithwork.core.pseudonyms import key_for, pseudonym
from kithwork.core.service.equalities import GROUP, Figures, Stage
from kithwork.organisations.models import Service

Whose = Measure.Whose
Person = Mentee | Mentor

__all__ = [
    "Asked",
    "Person",
    "Published",
    "Whose",
    "asked_of",
    "people_of",
    "pseudonym_of",
    "published_of",
    "ready",
    "stages_of",
    "whose_of",
]


def whose_of(person: Mentee | Mentor) -> Measure.Whose:
    return Whose.MENTOR if isinstance(person, Mentor) else Whose.MENTEE


def people_of(service: Service, whose: Measure.Whose) -> QuerySet[Mentee] | QuerySet[Mentor]:
    """Everybody a service ever had on one of its two sides."""
    if whose is Whose.MENTOR:
        return Mentor.objects.filter(service=service).order_by()
    return Mentee.objects.filter(service=service).order_by()


def _key() -> bytes:
    return key_for(settings.SECRET_KEY, "equalities")


def pseudonym_of(person: Mentee | Mentor) -> str:
    """Under what name a person's answers stand, until they are counted."""
    return pseudonym(_key(), person.service.ref, whose_of(person).value, person.ref)


def answers_of(person: Mentee | Mentor) -> list[dict[str, str]]:
    """A person's own answers while they are not counted yet: for a copy they ask for, and for nothing else."""
    return list(EqualityAnswer.objects.filter(pseudonym=pseudonym_of(person)).values_list("answers", flat=True))


def stages_of(service: Service, whose: Measure.Whose, on: date) -> dict[str, Stage]:
    """By pseudonym: how far everybody of a service had come by a day. One query. For the count alone."""
    key = _key()
    matched = Exists(Match.objects.filter(**{whose.value: OuterRef("pk")}, introduced_on__lte=on))
    found = {}
    for ref, accepted_on, was_matched in (
        people_of(service, whose).annotate(was_matched=matched).values_list("ref", "accepted_on", "was_matched")
    ):
        stage = Stage.WAITING if accepted_on is not None and accepted_on <= on else Stage.APPLIED
        found[pseudonym(key, service.ref, whose.value, ref)] = Stage.MATCHED if was_matched else stage
    return found


@dataclass(frozen=True, slots=True)
class Published:
    """What was published of whole years: the years, and each group's figures."""

    ref: str
    whose: Measure.Whose
    first_year: int
    last_year: int
    figures: tuple[Figures, ...]

    @property
    def years(self) -> str:
        return f"{self.first_year} to {self.last_year}" if self.first_year < self.last_year else str(self.last_year)


def published_of(service: Service) -> list[Published]:
    """All that was ever published of a service's people, the latest years first. One query."""
    rows = EqualityCount.objects.filter(service=service)
    return [
        Published(row.ref, Whose(row.whose), row.first_year, row.last_year, tuple(_figures(row.figures)))
        for row in rows.order_by("-last_year", "whose")
    ]


def _figures(kept: list[dict[str, object]]) -> Iterator[Figures]:
    for one in kept:
        stages, people, tables = one["stages"], one["people"], one["tables"]
        assert isinstance(stages, list)
        assert isinstance(people, int)
        assert isinstance(tables, dict)
        yield Figures(tuple(Stage(stage) for stage in stages), people, tables)


def ready(service: Service, today: date) -> dict[Measure.Whose, tuple[int, int]]:
    """Whose answers of whole years that are over suffice to be published: the first and the last year of them.

    How many there are is not told: that they grew by one on a day would tell who has answered.
    """
    rows = EqualityAnswer.objects.filter(service=service, year__lt=today.year).order_by()
    known = rows.values("whose").annotate(many=Count("pk"), first=Min("year"), last=Max("year")).filter(many__gte=GROUP)
    return {Whose(one["whose"]): (one["first"], one["last"]) for one in known}


@dataclass(frozen=True, slots=True)
class Asked:
    """Of those who are here: how many were asked, and how many not yet, with an e-mail address among them."""

    asked: int
    unasked: int
    reachable: int


def asked_of(service: Service) -> dict[Measure.Whose, Asked]:
    """By whose. Two queries."""
    found = {}
    for whose in Whose:
        rows = people_of(service, whose).filter(left_on=None, erased_at=None)
        not_yet = Q(equalities_asked_on=None)
        sums = rows.aggregate(
            asked=Count("pk", filter=~not_yet),
            unasked=Count("pk", filter=not_yet),
            reachable=Count("pk", filter=not_yet & ~Q(email="")),
        )
        found[whose] = Asked(**sums)
    return found
