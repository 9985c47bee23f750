"""What a match is owed, as sets: contact after the first meeting, closer contact, a plan, an agreement, an end.

Each set has a `due` day where the rule gives one; what is due on a day is overdue from the next. Querysets in and out,
so that one match's page and the list of all ask the same question.
"""

from datetime import date, timedelta
from typing import Literal

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from kithwork.caseload.models import (
    Agreement,
    BoundaryChange,
    Contact,
    Dispute,
    DropoutRisk,
    Ending,
    Match,
    Pause,
    Plan,
    Practice,
)
from kithwork.caseload.queries.due import running, running_matches
from kithwork.caseload.queries.matches import REACHED, is_new
from kithwork.core.days import Period, still_within
from kithwork.organisations.models import Service

Side = Literal["mentee", "mentor"]
FIRST_WEEK = timedelta(days=7)  # after the first meeting (indicator 58)
MEETINGS = 5  # after which both have heard from staff again, at most (indicator 58)
STILL = timedelta(weeks=26)  # after the first meeting; from then on the quarterly contact catches whoever was missed
CLOSER = Period(4, "week")  # staff contact with the mentor of a new or difficult match (53); the figure is ours
EVERY = Q()
NEAR_END = timedelta(days=60)  # before the last day that was meant; ours


def _heard(side: Side) -> QuerySet[Contact]:
    """Staff contacts with one side of the match in the outer row, since its first meeting; the earliest first."""
    return Contact.objects.filter(
        **{side: OuterRef(side)}, kind=side, reached__in=REACHED, on__gte=OuterRef("first_met_on")
    ).order_by("on", "pk")


def _begun(service: Service, today: date) -> QuerySet[Match]:
    return running_matches(service, today).filter(first_met_on__lte=today, first_met_on__gte=today - STILL)


def first_week(service: Service, side: Side, today: date) -> QuerySet[Match]:
    """Matches of which one side has not heard from staff since the first meeting. The seventh day after it is due;
    compare `first_met_on` with `first_week_overdue`.
    """
    return _begun(service, today).filter(~Exists(_heard(side).filter(on__lte=today)))


def first_week_overdue(today: date) -> Q:
    return Q(first_met_on__lt=today - FIRST_WEEK)


def fifth_meeting(service: Service, side: Side, today: date) -> QuerySet[Match]:
    """Matches that have met five times, one side of which has heard from staff only once since the first meeting, or
    never. `fifth` is the day of the fifth meeting; contact on that day or later will do, and so does a second one
    before it. `sixth` is set where they have met again since, which is too late.
    """
    met = (
        Contact.objects.filter(match=OuterRef("pk"), kind=Contact.Kind.MEETING, reached__in=REACHED, on__lte=today)
        .order_by("on", "pk")
        .values("on")
    )
    until_today = _heard(side).filter(on__lte=today).values("on")
    return (
        _begun(service, today)
        .annotate(
            fifth=Subquery(met[MEETINGS - 1 : MEETINGS], output_field=DateField()),
            sixth=Subquery(met[MEETINGS : MEETINGS + 1], output_field=DateField()),
            second=Subquery(until_today[1:2], output_field=DateField()),
        )
        # one after another: what leaves the fewest comes first
        .filter(second__isnull=True)
        .filter(fifth__isnull=False)
        .filter(~Exists(_heard(side).filter(on__lte=today, on__gte=OuterRef("fifth"))))
    )


def closer_contact(practice: Practice, today: date) -> QuerySet[Match]:
    """New or difficult matches whose mentor has not heard from staff for four weeks: `base` is what that is counted
    from, the mentor's last day away among it. Mentors who are away are left out.
    """
    last = (
        Contact.objects.filter(mentor=OuterRef("mentor"), kind=Contact.Kind.MENTOR, reached__in=REACHED, on__lte=today)
        .order_by("-on")
        .values("on")[:1]
    )
    away = Pause.objects.filter(mentor=OuterRef("mentor"), begins__lte=today).filter(
        Q(ends__isnull=True) | Q(ends__gte=today)
    )
    back = Pause.objects.filter(mentor=OuterRef("mentor"), ends__lt=today).order_by("-ends").values("ends")[:1]
    return (
        running_matches(practice.service, today)
        .filter(is_new(practice, today) | Q(difficult_since__lte=today))
        .exclude(Exists(away))
        .annotate(
            base=Greatest(
                F("introduced_on"),
                Coalesce("difficult_since", "introduced_on"),
                Coalesce(Subquery(last), "introduced_on"),
                Coalesce(Subquery(back), "introduced_on"),
            )
        )
    )


def closer_contact_overdue(practice: Practice, today: date) -> QuerySet[Match]:
    late = Q(base__lt=still_within(CLOSER, today))
    return closer_contact(practice, today).filter(late).order_by(F("base"), "pk")


def not_yet_met(service: Service, today: date) -> QuerySet[Match]:
    """Introduced, and nobody has said that they met."""
    return running_matches(service, today).filter(first_met_on__isnull=True)


def without_plan(service: Service, today: date) -> QuerySet[Match]:
    """Running matches without a development plan, which belongs to the start (indicator 44)."""
    return running_matches(service, today).filter(~Exists(Plan.objects.filter(match=OuterRef("pk"))))


def unsigned(service: Service, today: date) -> QuerySet[Match]:
    """Running one-to-one matches whose latest agreement all three have not signed (excellence 22)."""
    latest = Agreement.objects.filter(match=OuterRef("pk")).order_by("-drawn_up_on", "-pk").values("pk")[:1]
    signed = Agreement.objects.filter(
        pk=OuterRef("latest"), mentee_on__isnull=False, mentor_on__isnull=False, service_on__isnull=False
    )
    return (
        running_matches(service, today)
        .filter(kind=Match.Kind.ONE)
        .annotate(latest=Subquery(latest))
        .filter(~Exists(signed))
    )


def unsigned_overdue(practice: Practice, today: date) -> QuerySet[Match]:
    months = Period(practice.agreement_months, "month")
    return unsigned(practice.service, today).filter(introduced_on__lt=still_within(months, today))


def near_end(practice: Practice, today: date) -> QuerySet[Match]:
    """Running matches without a last day yet, that were meant to end within 60 days or before: `meant` is that day as
    agreed. Where the service limits its matches and nothing else was agreed, the limit counts.
    """
    until = Agreement.objects.filter(match=OuterRef("pk")).order_by("-drawn_up_on", "-pk").values("until")[:1]
    rows = (
        running_matches(practice.service, today)
        .filter(ended_on__isnull=True)
        .annotate(meant=Subquery(until, output_field=DateField()))
    )
    near = Q(meant__lte=today + NEAR_END)
    if practice.longest_months:
        limit = Period(practice.longest_months, "month")
        near |= Q(meant__isnull=True, introduced_on__lt=still_within(limit, today + NEAR_END + timedelta(days=1)))
    return rows.filter(near)


def of_service(service: Service, like: Q = EVERY) -> Exists:
    """Of what hangs on a match: whether the match is of this service, and like that. The few rows come first so, where
    SQLite would otherwise look for some at every match the service ever had.
    """
    return Exists(Match.objects.filter(like, pk=OuterRef("match"), service=service))


def open_disputes(service: Service) -> QuerySet[Dispute]:
    """Disputes nobody has settled; the longest first."""
    return Dispute.objects.filter(of_service(service), settled_on__isnull=True).select_related(
        "match__mentee", "match__mentor"
    )


def boundaries_to_act_on(service: Service) -> QuerySet[BoundaryChange]:
    """Changes of what was agreed about which nothing has been done."""
    return BoundaryChange.objects.filter(of_service(service), done_on__isnull=True).select_related(
        "match__mentee", "match__mentor"
    )


def dropout_to_look_at(service: Service, today: date) -> QuerySet[DropoutRisk]:
    """The latest note on each running match, where it is time to look again (002)."""
    latest = DropoutRisk.objects.filter(match=OuterRef("match")).order_by("-on", "-pk").values("pk")[:1]
    return DropoutRisk.objects.filter(
        of_service(service, running(today)), look_again_on__lte=today, pk=Subquery(latest)
    ).select_related("match__mentee", "match__mentor")


def running_through(today: date) -> Q:
    """`running`, asked of what hangs on a match."""
    return Q(match__introduced_on__lte=today) & (Q(match__ended_on__isnull=True) | Q(match__ended_on__gte=today))


def endings_to_finish(service: Service, today: date) -> QuerySet[Ending]:
    """Endings of which somebody was not told, that have no look back where planned, or no confirmation in writing
    (indicators 59 to 61); the earliest last day first.
    """
    untold = Q(mentee_told_on__isnull=True) | Q(mentor_told_on__isnull=True)
    unsaid = Q(mentee_confirmed_on__isnull=True) | Q(mentor_confirmed_on__isnull=True)
    unreviewed = Q(kind=Ending.Kind.PLANNED, looked_back_on__isnull=True)
    carer = Q(match__mentee__carer__gt="", carer_told_on__isnull=True)
    return (
        Ending.objects.filter(untold | unsaid | unreviewed | carer, of_service(service))
        .select_related("match__mentee", "match__mentor")
        .order_by("last_day", "pk")
    )
