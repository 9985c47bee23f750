"""The figures that a service's targets are about, counted from its records."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.db.models.query import QuerySet

from kithwork.caseload.models import Attendance, Contact, Match, Mentor, Practice, Referral, Training
from kithwork.governance.models import Target
from kithwork.organisations.models import Service

C = Target.Counts


def counted(service: Service, asked: Collection[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """How many there were, by (what is counted, calendar year): one query for each kind of figure, however many years.

    Kinds are those of `Target.Counts`; what nothing here counts ('something else') is left out.

    - applied: mentors who applied in the year; trained: who came to the last session of initial training that the
      service asks for; matched: introduced; supported: matches that ran on any day of the year
    - referred: referrals that came; meetings: mentor and mentee met
    """
    found: dict[tuple[str, int], int] = {}
    for kind in {kind for kind, _ in asked}:
        years = sorted({year for one, year in asked if one == kind})
        for year, number in _of(service, kind, years).items():
            found[kind, year] = number
    return found


def _of(service: Service, kind: str, years: list[int]) -> dict[int, int]:
    match kind:
        case C.APPLIED:
            return _by_year(Mentor.objects.filter(service=service), "applied_on", years)
        case C.TRAINED:
            return _trained(service, years)
        case C.MATCHED:
            return _by_year(Match.objects.filter(service=service), "introduced_on", years)
        case C.SUPPORTED:
            return _supported(service, years)
        case C.REFERRED:
            return _by_year(Referral.objects.filter(mentee__service=service), "came_on", years)
        case C.MEETINGS:
            met = Contact.objects.filter(service=service, kind=Contact.Kind.MEETING, reached=True)
            return _by_year(met, "on", years)
        case _:
            return {}


def _span(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _by_year(
    rows: "QuerySet[Mentor] | QuerySet[Match] | QuerySet[Referral] | QuerySet[Contact]", field: str, years: list[int]
) -> dict[int, int]:
    """By ranges rather than by the year of each row, so that an index on the day serves."""
    within = rows.order_by().filter(**{f"{field}__range": (_span(years[0])[0], _span(years[-1])[1])})
    figures = within.aggregate(
        **{f"y{year}": Count("pk", filter=Q(**{f"{field}__range": _span(year)})) for year in years}
    )
    return {year: figures[f"y{year}"] for year in years}


def _supported(service: Service, years: list[int]) -> dict[int, int]:
    figures = Match.objects.filter(service=service).aggregate(
        **{
            f"y{year}": Count(
                "pk",
                filter=Q(introduced_on__lte=_span(year)[1])
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=_span(year)[0])),
            )
            for year in years
        }
    )
    return {year: figures[f"y{year}"] for year in years}


def _trained(service: Service, years: list[int]) -> dict[int, int]:
    """A mentor is trained on the day of the session that makes up the number asked for (indicator 48)."""
    needed = Practice.objects.filter(service=service).values_list("training_sessions", flat=True).first() or 1
    days = (
        Attendance.objects.filter(
            mentor__service=service,
            session__training__kind=Training.Kind.INITIAL,
            state=Attendance.State.PRESENT,
            session__on__lte=_span(years[-1])[1],
        )
        .annotate(
            nth=Window(RowNumber(), partition_by=F("mentor"), order_by=(F("session__on"), F("session__number"))),
            day=F("session__on"),
        )
        .filter(nth=needed)
        .values_list("day", flat=True)
    )
    seen = Counter(day.year for day in days)
    return {year: seen[year] for year in years}
