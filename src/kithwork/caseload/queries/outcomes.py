"""What changed for people: the scales a service measures by, each person's figures, and the change in sum."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from kithwork.caseload.models import Measure, Measurement, Mentee, Mentor
from kithwork.core.service.outcomes import Summed, Way, summed, way_of
from kithwork.organisations.models import Service

Whose = Measure.Whose
Person = Mentee | Mentor
MeasureRow = Measure

__all__ = [
    "Change",
    "Figure",
    "MeasureRow",
    "Person",
    "Whose",
    "changes",
    "current",
    "figures_of",
    "last_asked",
    "measured",
    "measures_of",
    "people_measured",
]


@dataclass(frozen=True, slots=True)
class Change:
    """One measure over a period, in sum.

    `people` were measured at least twice, the last time within the period, and are compared with the first time they
    ever were. `improved`, `stayed`, `fell` and `mean` (points of the scale, rounded to one place) are None when there
    are fewer than five. `early` were measured for the first time by the end of the period and not again: it is too
    early to say.
    """

    ref: str
    name: str
    whose: Measure.Whose
    better_low: bool
    lowest: int
    highest: int
    people: int
    improved: int | None
    stayed: int | None
    fell: int | None
    mean: float | None
    early: int

    @property
    def suppressed(self) -> bool:
        return self.mean is None


def _who(row: Measure) -> str:
    return "mentor" if row.whose == Whose.MENTOR else "mentee"


def measures_of(service: Service) -> QuerySet[Measure]:
    """All that were ever taken up, those still in use first."""
    return Measure.objects.filter(service=service).order_by(F("ended_on").desc(nulls_first=True), "whose", "id")


def current(service: Service, whose: Measure.Whose, today: date) -> list[Measure]:
    """In use today, for one side. One query."""
    rows = Measure.objects.filter(service=service, whose=whose, begun_on__lte=today)
    return list(rows.filter(Q(ended_on=None) | Q(ended_on__gt=today)).order_by("id"))


def _spans(service: Service, field: str, end: date) -> QuerySet[Any]:
    """The latest figure of each person by a day, on each measure, with their first as `first` and `first_on`.

    By rows of which there is no later one: a window function takes twice as long.
    """
    rows = Measurement.objects.filter(**{f"{field}__isnull": False}, measure__service=service, on__lte=end).order_by()
    own = Measurement.objects.filter(**{field: OuterRef(f"{field}_id")}, measure=OuterRef("measure_id"), on__lte=end)
    later = own.filter(Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), pk__gt=OuterRef("pk")))
    oldest = own.order_by("on", "-pk")
    return rows.filter(~Exists(later.order_by())).annotate(
        first=Subquery(oldest.values("value")[:1]), first_on=Subquery(oldest.values("on")[:1])
    )


def changes(service: Service, start: date, end: date) -> list[Change]:
    """Each measure of a service that was in use within a period, in the order of `measures_of`. Three queries, or one
    where it measures nothing.
    """
    rows = list(measures_of(service).filter(begun_on__lte=end).filter(Q(ended_on=None) | Q(ended_on__gte=start)))
    if not rows:
        return []
    pairs: dict[int, list[tuple[int, int]]] = {}
    early: dict[int, int] = {}
    found = [
        row
        for field in ("mentee", "mentor")
        for row in _spans(service, field, end).values_list("measure_id", "first", "first_on", "value", "on")
    ]
    for measure, first, first_on, last, last_on in found:
        if first_on == last_on:
            early[measure] = early.get(measure, 0) + 1
        elif last_on >= start:
            pairs.setdefault(measure, []).append((first, last))
    return [
        _change(row, summed(pairs.get(row.pk, ()), better_low=row.better_low), early.get(row.pk, 0)) for row in rows
    ]


def _change(row: Measure, total: Summed, early: int) -> Change:
    return Change(
        row.ref,
        row.name,
        Whose(row.whose),
        row.better_low,
        row.lowest,
        row.highest,
        total.people,
        total.improved,
        total.stayed,
        total.fell,
        total.mean,
        early,
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """What one person was measured at, on a day. `way` is how it compares with their first; None for the first."""

    on: date
    value: int
    way: Way | None
    by: str  # empty: they answered themselves


def figures_of(person: Person) -> Iterator[tuple[Measure, list[Figure]]]:
    """Each measure of a person, oldest figure first; of several on a day the last counts. One query."""
    field = "mentor" if isinstance(person, Mentor) else "mentee"
    rows = Measurement.objects.filter(**{field: person}).select_related("measure", "by").order_by("measure", "on", "id")
    by_measure: dict[Measure, dict[date, Measurement]] = {}
    for row in rows:
        by_measure.setdefault(row.measure, {})[row.on] = row
    for measure, days in by_measure.items():
        kept = list(days.values())
        yield (
            measure,
            [
                Figure(
                    one.on,
                    one.value,
                    way_of(kept[0].value, one.value, better_low=measure.better_low) if at else None,
                    one.by.name if one.by else "",
                )
                for at, one in enumerate(kept)
            ],
        )


def last_asked(person: Person) -> date | None:
    """The day on which they were measured last. One query."""
    field = "mentor" if isinstance(person, Mentor) else "mentee"
    rows = Measurement.objects.filter(**{field: person}).order_by("-on")
    return rows.values_list("on", flat=True).first()


def people_measured(measure: Measure) -> QuerySet[Mentee] | QuerySet[Mentor]:
    """Who is here or was measured, each with `first`, `first_on`, `last`, `last_on`; None where they never were."""
    field = _who(measure)
    mine = Measurement.objects.filter(measure=measure, **{field: OuterRef("pk")})
    oldest, newest = mine.order_by("on", "-id"), mine.order_by("-on", "-id")
    marks = {
        "first": Subquery(oldest.values("value")[:1]),
        "first_on": Subquery(oldest.values("on")[:1]),
        "last": Subquery(newest.values("value")[:1]),
        "last_on": Subquery(newest.values("on")[:1]),
    }
    kept = Q(accepted_on__isnull=False, left_on=None) | Q(first__isnull=False)
    if field == "mentor":
        return Mentor.objects.filter(service=measure.service, erased_at=None).annotate(**marks).filter(kept)
    return Mentee.objects.filter(service=measure.service, erased_at=None).annotate(**marks).filter(kept)


def measured(rows: QuerySet[Any], how: str) -> QuerySet[Any]:
    """Of `people_measured`: 'never', 'once' or 'again'; any other word leaves all."""
    match how:
        case "never":
            return rows.filter(first=None)
        case "once":
            return rows.filter(first_on=F("last_on"))
        case "again":
            return rows.filter(last_on__gt=F("first_on"))
        case _:
            return rows
