"""The award half's periods: what was granted, or the application, ended so long ago that nobody may need its words.

Dates, figures, decisions and the register stay; what people wrote, files, and answers to forms go. A course's records
go when the people on it have nothing that is younger. Whoever is held, or renews just now, is left out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from kithwork.assessment.actions.erasing import REACHES as ASSESSMENT
from kithwork.core.days import Period
from kithwork.core.journey import Status
from kithwork.core.keeping import RECORDS, Kind, Then
from kithwork.courses.actions.erasing import REACHES as COURSES
from kithwork.courses.models import Attendance, Feed, Feedback, Homework, HoursRecord, Place
from kithwork.evidence.actions.erasing import REACHES as EVIDENCE
from kithwork.evidence.models import Item
from kithwork.journeys.actions.erasing import REACHES as JOURNEYS
from kithwork.journeys.models import Draft, Invoice, Journey
from kithwork.journeys.queries import Reading, read_all
from kithwork.keeping import Reach, end_of_period, ways_to
from kithwork.ledger.actions import write as write_ledger
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Organisation, Service
from kithwork.rights.models import Hold

_KINDS = (Kind.APPLICATION, Kind.EVIDENCE, Kind.ASSESSMENT)  # one period, from one day
_MANY = 200  # journeys at a time
_OVER = tuple(one.value for one in Status if one.is_over)
_OF_COURSES: Mapping[type[Model], str] = {
    Place: "",
    Attendance: "place__",
    Homework: "place__",
    Feedback: "place__",
}


@dataclass(frozen=True, slots=True)
class Line:
    """How many records of one kind are over their period, of so many months; what happens to them."""

    kind: Kind
    months: int
    number: int
    then: Then

    @property
    def title(self) -> str:
        return RECORDS[self.kind].title


def before(day: date, months: int) -> date:
    """The day before which a period began that is over on `day`."""
    return Period(months, "month").before(day)


def plan(*, day: date, body: Organisation | None = None, service: Service | None = None) -> list[Line]:
    """What of a body's, or of a service's, journeys would go on that day, by kind. Changes nothing."""
    rows = Journey.objects.all()
    if body is not None:
        rows = rows.filter(edition__body=body)
    if service is not None:
        rows = rows.filter(service=service)
    found: Counter[Kind] = Counter()
    for some in _ended(rows, day):
        found += _of_journeys(some, None)
    if body is not None:
        found += _of_courses(day, Q(offering__body=body), write=False)
    return _lines(found)


def run(*, now: datetime) -> int:
    """End what is over: a transaction for each few hundred journeys, and one for courses. Writes a line of the ledger
    for each body: figures by kind. How many records ended.
    """
    day, by_body = timezone.localdate(now), dict[str, Counter[Kind]]()
    total = 0
    for some in _ended(Journey.objects.all(), day):
        with transaction.atomic():
            bodies = {one.edition.body.ref: [other for other in some if other.edition.body == one.edition.body]
                      for one in some}  # fmt: skip
            for ref, theirs in bodies.items():
                done = _of_journeys(theirs, now)
                total += done.total()
                if done:
                    by_body.setdefault(ref, Counter()).update(done)
                    _log(ref, done)
    with transaction.atomic():
        total += _of_courses(day, None, write=True).total()
    return total


def ended_on(reading: Reading) -> date | None:
    """The last day of what was granted, or of an application that came to nothing; None while it goes on."""
    position, journey = reading.position, reading.journey
    if not position.status.is_over:
        return None
    if position.status is Status.EXPIRED and position.granted is not None:
        return position.granted.until
    if position.status is Status.LAPSED and journey.lapses_on is not None:
        return journey.lapses_on
    return max((one.on for one in reading.entries), default=None)


def _ended(rows: QuerySet[Journey], day: date) -> Iterator[list[Journey]]:
    """The journeys that ended so long before that day, a few hundred at a time."""
    cut = _cut(Kind.APPLICATION, day)
    likely = rows.filter(status__in=_OVER, last_on__lt=cut).exclude(renewals__status=Status.ACTIVE)
    likely = likely.exclude(person__ref__in=_held()).select_related("edition__body", "service__organisation", "person")
    keys = list(likely.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _MANY):
        readings = read_all(likely.filter(pk__in=keys[start : start + _MANY]), day)
        found = [one.journey for one in readings if (end := ended_on(one)) is not None and end < cut]
        if found:
            yield found


def _cut(kind: Kind, day: date) -> date:
    months = RECORDS[kind].months
    assert months is not None  # the award half's kinds have one
    return before(day, months)


def _held() -> list[str]:
    """References of account holders whose records nothing ends."""
    subjects = Hold.objects.filter(subject__startswith="user:", ended_on=None).values_list("subject", flat=True)
    return [one.partition(":")[2] for one in subjects]


def _of_journeys(some: Iterable[Journey], now: datetime | None) -> Counter[Kind]:
    """What hangs on these journeys and goes, by kind; `now` None only counts."""
    keys = [one.pk for one in some]
    found: Counter[Kind] = Counter()
    for reaches in (JOURNEYS, EVIDENCE, ASSESSMENT):
        models = {reach.model for reach in reaches}
        for reach in reaches:
            if reach.model in (Journey, Draft, Invoice) or reach.kept.kind not in _KINDS:
                continue
            number = end_of_period(reach, _hanging(reach, keys, models), write=now is not None).number
            if number:
                found[reach.kept.kind] += number
    if now is not None:
        Item.objects.filter(journey__in=keys, destroyed_at=None).update(destroyed_at=now)
    return found


def _hanging(reach: Reach, keys: list[int], models: set[type[Model]]) -> QuerySet[Any]:
    wanted = Q(pk__in=())
    for way in ways_to(Journey, reach.model, models - {Journey}):
        wanted |= Q(**{f"{way}__in": keys})
    return reach.model._default_manager.filter(wanted)


def _of_courses(day: date, only: Q | None, *, write: bool) -> Counter[Kind]:
    """What goes of courses: places whose last day is so long ago, hours written down by hand, calendar addresses; of
    people who have no journey that goes on or ended since. `only`: of these places.
    """
    cut = _cut(Kind.COURSE, day)
    young = Journey.objects.exclude(status__in=_OVER, last_on__lt=cut, valid_until=None).exclude(
        status__in=_OVER, last_on__lt=cut, valid_until__lt=cut
    )
    busy = Q(person__in=young.filter(person__isnull=False).values("person")) | Q(person__ref__in=_held())
    places = Place.objects.filter(offering__parts__day__lt=cut).exclude(offering__parts__day__gte=cut).exclude(busy)
    if only is not None:
        places = places.filter(only)
    keys = list(places.distinct().values_list("pk", flat=True))
    number = 0
    for reach in COURSES:
        if reach.model in _OF_COURSES:
            way = _OF_COURSES[reach.model]
            rows = reach.model._default_manager.filter(**{f"{way}pk__in": keys})
        elif reach.model is HoursRecord and only is None:
            rows = HoursRecord.objects.filter(day__lt=cut).exclude(busy)
        elif reach.model is Feed and only is None:
            rows = Feed.objects.filter(made_at__date__lt=cut).exclude(busy)
        else:
            continue
        number += end_of_period(reach, rows, write=write).number
    return Counter({Kind.COURSE: number}) if number else Counter()


def _lines(found: Mapping[Kind, int]) -> list[Line]:
    return [
        Line(kind, months, found[kind], RECORDS[kind].then)
        for kind in Kind
        if found.get(kind) and (months := RECORDS[kind].months) is not None
    ]


def _log(body: str, done: Mapping[Kind, int]) -> None:
    write_ledger(
        act=Act.RIGHTS_PERIODS_RUN,
        actor="system",
        subject=f"organisation:{body}",
        organisation=body,
        facts={kind.value: number for kind, number in done.items()},
    )
