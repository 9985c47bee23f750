"""The year of a service in figures: what its report says, in a fixed number of queries however much there is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest

from kithwork.caseload.models import Contact, Match, Mentor, Pause, Practice, Review, Supervision
from kithwork.caseload.queries import outcomes
from kithwork.caseload.queries.lines import Line, counts_of
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
    rows = behind(practice, year, today)
    counts = counts_of({figure: ask for figure, (_, ask) in rows.items() if figure not in counted})
    figures = {figure: counted[figure] if figure in counted else counts[figure] for figure in Figure}
    return Report(
        year=year,
        first=first,
        last=last,
        counts=figures,
        hours=round(contacts.minutes / 60),
        months=tuple(_months(service, contacts, first, last)),
        waiting=tuple(waiting_over_time(service, _ends(first, last))),
        waited=_waited(service, first, last),
        reviews=_kept(reviews_of(practice, first, last, today)),
        supervisions=_kept(supervisions_of(practice, first, last, today)),
        targets=tuple(_targets(service, year, figures)),
        outcomes=tuple(outcomes.changes(service, first, last)),
    )


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
    """One query, from the index `contact_by_day` alone and in its order: half a million rows are too many to look up,
    and a database function for their months would call Python for every row on SQLite.
    """
    held: Counter[tuple[str, str, bool]] = Counter()
    minutes = 0
    rows = (
        Contact.objects.filter(service=service, on__range=(first, last))
        .order_by("on", "kind", "reached")
        .values("on", "kind", "reached")
        .annotate(n=Count("pk"), long=Sum("minutes"))
        .values_list("on", "kind", "reached", "n", "long")
    )
    for on, kind, reached, number, long in rows:
        held[f"{on:%Y-%m}", kind, reached] += number
        minutes += (long or 0) if reached and kind == Contact.Kind.MEETING else 0
    return _Contacts(held, minutes)


def _months(service: Service, contacts: _Contacts, first: date, last: date) -> Iterable[Month]:
    matches = Match.objects.filter(service=service)
    begun = Counter(f"{on:%Y-%m}" for on in _days(matches, "introduced_on", first, last))
    ended = Counter(f"{on:%Y-%m}" for on in _days(matches, "ended_on", first, last))
    for number in range(last.month):
        month = add_months(first, number)
        name = f"{month:%Y-%m}"
        staff = contacts.of(name, *(kind for kind in Contact.Kind.values if kind != Contact.Kind.MEETING))
        yield Month(month, contacts.of(name, Contact.Kind.MEETING), staff, begun[name], ended[name])


def _days(rows: QuerySet[Match], field: str, first: date, last: date) -> QuerySet[Match, date]:
    return rows.filter(**{f"{field}__range": (first, last)}).order_by().values_list(field, flat=True)


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
        .values_list("introduced_on", "since")
    )
    waits = [max(0, (begun - since).days) for begun, since in rows]
    return Waited(len(waits), round(median(waits)) if waits else None, max(waits, default=None))


# what comes round

Asked = list[tuple[int, Round]]  # by the primary key of the match, or of the mentor


def reviews_of(practice: Practice, first: date, last: date, today: date, *, held_later: bool = False) -> Asked:
    """Every time a review fell due in the year, or was held in time in it, in matches that ran. With `held_later`, when
    those were held that were held after the year; else they are as never held. Four queries.
    """
    matches = list(
        Match.objects.filter(service=practice.service, introduced_on__lte=last)
        .exclude(ended_on__lt=first)
        .order_by()
        .values_list("pk", "mentee_id", "introduced_on", "ended_on")
    )
    held = Review.objects.filter(match__service=practice.service, on__lte=today).exclude(match__ended_on__lt=first)
    # what is held after the end makes a round that nobody would miss, so it is always looked for
    last_before, done = _held(held, "match_id", first, last, Q() if held_later else Q(match__ended_on__lte=last))
    away = _pauses(Pause.objects.filter(mentee__service=practice.service), "mentee_id")
    lasts = Period(practice.review_months, "month")
    return [
        (pk, one)
        for pk, mentee, begun, ended in matches
        if begun is not None
        for one in rounds(
            lasts,
            max(begun, last_before.get(pk, begun)),
            ended,
            done.get(pk, ()),
            away.get(mentee, ()),
            today,
            (first, last),
        )
    ]


def supervisions_of(practice: Practice, first: date, last: date, today: date, *, held_later: bool = False) -> Asked:
    """Every time a supervision of a selected mentor fell due in the year, or was held in time in it. `held_later` as
    for reviews. Four queries.
    """
    mentors = (
        Mentor.objects.filter(service=practice.service, accepted_on__lte=last)
        .order_by()
        .values_list("pk", "accepted_on", "left_on")
    )
    held = Supervision.objects.filter(mentor__service=practice.service, on__lte=today)
    last_before, done = _held(held, "mentor_id", first, last, Q() if held_later else Q(mentor__left_on__lte=last))
    away = _pauses(Pause.objects.filter(mentor__service=practice.service), "mentor_id")
    lasts = Period(practice.supervision_months, "month")
    return [
        (pk, one)
        for pk, begun, left in mentors
        if begun is not None
        for one in rounds(
            lasts,
            max(begun, last_before.get(pk, begun)),
            left,
            done.get(pk, ()),
            away.get(pk, ()),
            today,
            (first, last),
        )
    ]


def _held(
    rows: QuerySet[Any], of: str, first: date, last: date, later: Q
) -> tuple[dict[int, date], dict[int, list[date]]]:
    """By what it is of: the last day on which it was held before the year; and the days in it, with the first one after
    it of those that are `later`. A round counts from the one before it and ends with its own, so nothing else is read.
    Two queries.
    """
    before: dict[int, date] = {}
    since: dict[int, list[date]] = defaultdict(list)
    around = {"before": Max("on", filter=Q(on__lt=first)), "after": Min("on", filter=Q(on__gt=last) & later)}
    for pk, one, another in rows.order_by().values_list(of).annotate(**around):
        if one is not None:
            before[pk] = one
        if another is not None:
            since[pk].append(another)
    for pk, on in rows.filter(on__range=(first, last)).order_by().values_list(of, "on"):
        since[pk].append(on)
    return before, since


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
