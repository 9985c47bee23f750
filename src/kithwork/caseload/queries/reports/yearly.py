"""The year of a service in figures: what its report says, in a fixed number of queries however much there is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db import connection
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, Greatest

from kithwork.caseload.models import Contact, Match, Mentor, Pause, Practice, Review, Supervision
from kithwork.caseload.queries import keeping, outcomes
from kithwork.caseload.queries.days import Iso, day, days_between
from kithwork.caseload.queries.lines import Line, Stated, counting
from kithwork.caseload.queries.lines import counted as counts_by
from kithwork.caseload.queries.mentees import WaitingThen, waiting_over_time
from kithwork.caseload.queries.reports.behind import Figure, behind, span_of
from kithwork.core.days import Period, add_days, add_months
from kithwork.core.service.rounds import Round, rounds
from kithwork.governance.models import Target
from kithwork.organisations.models import Service

# the figures that targets can be about, by what a target counts
TARGETED: dict[str, Figure] = {
    Target.Counts.APPLIED: Figure.APPLIED,
    Target.Counts.TRAINED: Figure.TRAINED,
    Target.Counts.MATCHED: Figure.MATCHED,
    Target.Counts.SUPPORTED: Figure.SUPPORTED,
    Target.Counts.REFERRED: Figure.REFERRED,
    Target.Counts.MEETINGS: Figure.MEETINGS,
}
# the figures that are of contacts: of which kind, and whether somebody was reached
OF_CONTACTS: dict[Figure, tuple[str, bool]] = {
    Figure.MEETINGS: (Contact.Kind.MEETING, True),
    Figure.MISSED: (Contact.Kind.MEETING, False),
    Figure.MENTEES_HEARD: (Contact.Kind.MENTEE, True),
    Figure.MENTORS_HEARD: (Contact.Kind.MENTOR, True),
}
TargetRow = Target  # for pages, which hold no models


@dataclass(frozen=True, slots=True)
class Month:
    """One month: meetings held, staff contacts that reached somebody, matches begun and ended."""

    first: date
    meetings: int
    staff: int
    begun: int
    ended: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Of what comes round: how many times in the year, and how many of them in time."""

    times: int
    in_time: int

    @property
    def late(self) -> int:
        return self.times - self.in_time

    @property
    def share(self) -> int | None:
        """Per cent, rounded down, so that 100 means every time; None where nothing was due."""
        return self.in_time * 100 // self.times if self.times else None


@dataclass(frozen=True, slots=True)
class Waited:
    """How long those who were matched in the year had waited, in days: the middle one and the longest."""

    people: int
    middle: int | None
    longest: int | None


@dataclass(frozen=True, slots=True)
class Reached:
    """A target beside what was reached; `figure` where it is counted from the records, None where it was typed in."""

    target: Target
    reached: int | None
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Report:
    """A year, until its last day or today. `hours` are those of meetings, as far as their length was noted."""

    year: int
    first: date
    last: date
    counts: dict[Figure, int]
    hours: int
    months: tuple[Month, ...]
    waiting: tuple[WaitingThen, ...]
    waited: Waited
    reviews: Kept
    supervisions: Kept
    targets: tuple[Reached, ...]
    outcomes: tuple[outcomes.Change, ...]


def report_of(practice: Practice, year: int, today: date) -> Report:
    """The report of a calendar year. `practice` comes with its service; the year has begun."""
    service, (first, last) = practice.service, span_of(year, today)
    contacts = _contacts(service, first, last)
    # the same rows as `behind` names, counted in one pass with the months
    counted = {figure: contacts.all(kind, reached=reached) for figure, (kind, reached) in OF_CONTACTS.items()}
    figures = counted | {Figure(name): number for name, number in counts_by(_counting(practice, year, today)).items()}
    return Report(
        year=year,
        first=first,
        last=last,
        counts={figure: figures[figure] for figure in Figure},
        hours=round(contacts.minutes / 60),
        months=tuple(_months(service, contacts, first, last)),
        waiting=tuple(waiting_over_time(service, _ends(first, last))),
        waited=_waited(service, first, last),
        reviews=_kept(reviews_of(practice, first, last, today)),
        supervisions=_kept(supervisions_of(practice, first, last, today)),
        targets=tuple(_targets(service, year, figures)),
        outcomes=tuple(outcomes.changes(service, first, last)),
    )


_MADE: keeping.Kept[Stated] = keeping.Kept()


def _counting(practice: Practice, year: int, today: date) -> Stated:
    """The query for all numbers but those of contacts."""

    def make() -> Stated:
        rows = behind(practice, year, today)
        return counting({figure: ask for figure, (_, ask) in rows.items() if figure not in OF_CONTACTS})

    return _MADE.get((year, today, *keeping.settings_of(practice)), make)


def years_of(practice: Practice, today: date) -> list[int]:
    """The years there is something to report of, the latest first."""
    earliest = (
        Match.objects.filter(service=practice.service, introduced_on__isnull=False)
        .order_by("introduced_on")
        .values_list("introduced_on", flat=True)
        .first()
    )
    begun = min(filter(None, [practice.begun_on, earliest]))
    return list(range(today.year, begun.year - 1, -1))


# contact, month by month


@dataclass(frozen=True, slots=True)
class _Contacts:
    """How many, by month ('2026-03'), kind and whether somebody was reached; and the minutes of all meetings."""

    held: Counter[tuple[str, str, bool]]
    minutes: int

    def of(self, month: str, *kinds: str) -> int:
        return sum(self.held[month, kind, True] for kind in kinds)

    def all(self, kind: str, *, reached: bool = True) -> int:
        return sum(number for (_, of, met), number in self.held.items() if of == kind and met is reached)


def _contacts(service: Service, first: date, last: date) -> _Contacts:
    """One query, from the index `contact_by_kind` alone: a count for each month, kind and whether anybody was reached.
    Written by hand, for a row is gone past three times as fast where none is compared with the one before it, as a
    grouping does, and Django takes as long to put sixty such counts together as it takes to count.
    """
    meeting = Contact.Kind.MEETING.value
    asked = [
        (add_months(first, number), kind, reached)
        for number in range(last.month)
        for kind, reached in [*((kind, True) for kind in Contact.Kind.values), (meeting, False)]
    ]
    one = (
        "SELECT %s AS place, COUNT(*), SUM(minutes) FROM caseload_contact"
        ' WHERE service_id = %s AND kind = %s AND reached IN (%s) AND "on" BETWEEN %s AND %s'
    )
    params: list[Any] = []
    for place, (month, kind, reached) in enumerate(asked):
        params += [place, service.pk, kind, reached, month, min(add_days(add_months(month, 1), -1), last)]
    held: Counter[tuple[str, str, bool]] = Counter()
    minutes = 0
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(asked)), params)
        for place, number, long in cursor.fetchall():
            month, kind, reached = asked[place]
            held[f"{month:%Y-%m}", kind, reached] = number
            minutes += (long or 0) if reached and kind == meeting else 0
    return _Contacts(held, minutes)


def _months(service: Service, contacts: _Contacts, first: date, last: date) -> Iterable[Month]:
    matches = Match.objects.filter(service=service)
    begun = Counter(on[:7] for on in _days(matches, "introduced_on", first, last))
    ended = Counter(on[:7] for on in _days(matches, "ended_on", first, last))
    for number in range(last.month):
        month = add_months(first, number)
        name = f"{month:%Y-%m}"
        staff = contacts.of(name, *(kind for kind in Contact.Kind.values if kind != Contact.Kind.MEETING))
        yield Month(month, contacts.of(name, Contact.Kind.MEETING), staff, begun[name], ended[name])


def _days(rows: QuerySet[Match], field: str, first: date, last: date) -> QuerySet[Match, str]:
    return rows.filter(**{f"{field}__range": (first, last)}).order_by().values_list(Iso(field), flat=True)


# waiting


def _ends(first: date, last: date) -> list[date]:
    """The day before the year, and the last day of each of its months."""
    ends = [add_days(add_months(first, number), -1) for number in range(last.month)]
    return [*ends, last]


def _waited(service: Service, first: date, last: date) -> Waited:
    before = Match.objects.filter(
        mentee=OuterRef("mentee"), introduced_on__isnull=False, ended_on__lte=OuterRef("introduced_on")
    ).exclude(pk=OuterRef("pk"))
    accepted = F("mentee__accepted_on")
    earlier = Subquery(before.order_by("-ended_on").values("ended_on")[:1])
    rows = (
        Match.objects.filter(service=service, introduced_on__range=(first, last), mentee__accepted_on__isnull=False)
        .annotate(since=Greatest(accepted, Coalesce(earlier, accepted)))
        .order_by()
        .values_list(Iso("introduced_on"), Iso("since"))
    )
    waits = [max(0, days_between(since, begun)) for begun, since in rows]
    return Waited(len(waits), round(median(waits)) if waits else None, max(waits, default=None))


# what comes round

Asked = list[tuple[int, Round]]  # by the primary key of the match, or of the mentor


def reviews_of(practice: Practice, first: date, last: date, today: date, *, held_later: bool = False) -> Asked:
    """Every time a review fell due in the year, or was held in time in it, in matches that ran. With `held_later`, when
    those were held that were held after the year; else they are as never held. Three queries.
    """
    # what is held after the end makes a round that nobody would miss, so it is always looked for
    held = Review.objects.filter(on__lte=today)
    around = _around(held.filter(match=OuterRef("pk")), first, last, None if held_later else Q(ended_on__lte=last))
    matches = (
        Match.objects.filter(service=practice.service, introduced_on__lte=last)
        .exclude(ended_on__lt=first)
        .order_by()
        .values_list("pk", "mentee_id", Iso("introduced_on"), Iso("ended_on"), *around)
    )
    in_year = held.filter(match__service=practice.service).exclude(match__ended_on__lt=first)
    done = _held(in_year, "match_id", first, last)
    away = _pauses(Pause.objects.filter(mentee__service=practice.service), "mentee_id")
    lasts = Period(practice.review_months, "month")
    return [
        (pk, one)
        for pk, mentee, begun, ended, before, after in matches
        for one in rounds(
            lasts,
            day(max(begun, before or begun)),
            day(ended) if ended else None,
            [*done.get(pk, ()), day(after)] if after else done.get(pk, ()),
            away.get(mentee, ()),
            today,
            (first, last),
        )
    ]


def supervisions_of(practice: Practice, first: date, last: date, today: date, *, held_later: bool = False) -> Asked:
    """Every time a supervision of a selected mentor fell due in the year, or was held in time in it. `held_later` as
    for reviews. Three queries.
    """
    held = Supervision.objects.filter(on__lte=today)
    around = _around(held.filter(mentor=OuterRef("pk")), first, last, None if held_later else Q(left_on__lte=last))
    mentors = (
        Mentor.objects.filter(service=practice.service, accepted_on__lte=last)
        .order_by()
        .values_list("pk", Iso("accepted_on"), Iso("left_on"), *around)
    )
    done = _held(held.filter(mentor__service=practice.service), "mentor_id", first, last)
    away = _pauses(Pause.objects.filter(mentor__service=practice.service), "mentor_id")
    lasts = Period(practice.supervision_months, "month")
    return [
        (pk, one)
        for pk, begun, left, before, after in mentors
        for one in rounds(
            lasts,
            day(max(begun, before or begun)),
            day(left) if left else None,
            [*done.get(pk, ()), day(after)] if after else done.get(pk, ()),
            away.get(pk, ()),
            today,
            (first, last),
        )
    ]


def _around(held: QuerySet[Any], first: date, last: date, later: Q | None) -> tuple[Iso, Any]:
    """Of what these were held of, in the outer row: the last day before the year, and the first after it, for those
    alone that are `later`, for all with None. A round counts from the one before it and ends with its own, so nothing
    else is read of other years.
    """
    days = held.order_by().values("on")
    after = Iso(Subquery(days.filter(on__gt=last).order_by("on")[:1]))
    return Iso(Subquery(days.filter(on__lt=first).order_by("-on")[:1])), (
        after if later is None else Case(When(later, then=after), default=Value(None), output_field=TextField())
    )


def _held(rows: QuerySet[Any], of: str, first: date, last: date) -> dict[int, list[date]]:
    """By what it is of: the days in the year on which it was held."""
    found: dict[int, list[date]] = defaultdict(list)
    for pk, on in rows.filter(on__range=(first, last)).order_by().values_list(of, Iso("on")):
        found[pk].append(day(on))
    return found


def _pauses(rows: QuerySet[Pause], field: str) -> dict[int, list[tuple[date, date | None]]]:
    found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for pk, begins, ends in rows.order_by().values_list(field, "begins", "ends"):
        found[pk].append((begins, ends))
    return found


def _kept(asked: Asked) -> Kept:
    return Kept(len(asked), sum(one.in_time for _, one in asked))


def late_of(practice: Practice, year: int, today: date, what: str) -> list[Line]:
    """The 'reviews' or 'supervisions' of a year that were not held in time: the day by which, of whom, and in `key` the
    day on which it was held, '' where it was not.
    """
    first, last = span_of(year, today)
    asked = (reviews_of if what == Figure.REVIEWS else supervisions_of)(practice, first, last, today, held_later=True)
    late = [(pk, one) for pk, one in asked if not one.in_time]
    names: dict[int, tuple[str, str, str]]
    if what == Figure.REVIEWS:
        matches = Match.objects.filter(pk__in={pk for pk, _ in late})
        names = {
            pk: (name, other, ref)
            for pk, name, other, ref in matches.values_list("pk", "mentee__name", "mentor__name", "ref")
        }
    else:
        mentors = Mentor.objects.filter(pk__in={pk for pk, _ in late})
        names = {pk: (name, "", ref) for pk, name, ref in mentors.values_list("pk", "name", "ref")}
    lines = [Line(one.due, *names[pk], one.done.isoformat() if one.done else "") for pk, one in late]
    return sorted(lines, key=lambda line: (line.day or date.min, line.name))


# targets


def _targets(service: Service, year: int, counts: dict[Figure, int]) -> Iterable[Reached]:
    for target in Target.objects.filter(service=service, year=year).order_by("id"):
        figure = TARGETED.get(target.counts)
        yield Reached(target, counts[figure] if figure else target.reached, figure)


def shares(waiting: Sequence[WaitingThen]) -> tuple[float | None, ...]:
    """How long people had waited on each of the days, in weeks to one place."""
    return tuple(None if one.days is None else round(one.days / 7, 1) for one in waiting)
