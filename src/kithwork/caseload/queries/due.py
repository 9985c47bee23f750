"""What falls due with whom: querysets in, querysets out, one subquery for each latest date, never a row at a time.

Everything is counted from a person's `base`: the latest of the day they came in, the last time it was done, and the
last day of a pause. Whoever is away today owes nothing. What is due on a day is overdue from the next.
"""

from datetime import date
from typing import TypeVar

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest

from kithwork.caseload.models import (
    Contact,
    Match,
    Mentee,
    Mentor,
    Pause,
    Review,
    RiskAssessment,
    Supervision,
)
from kithwork.core.days import Period, still_within
from kithwork.organisations.models import Service

K = Contact.Kind
Row = TypeVar("Row", Mentee, Mentor, Match)


def running(today: date) -> Q:
    """Of matches: introduced, and not ended before today."""
    return Q(introduced_on__lte=today) & (Q(ended_on__isnull=True) | Q(ended_on__gte=today))


def here(today: date) -> Q:
    """Of people: have not left."""
    return Q(left_on__isnull=True) | Q(left_on__gte=today)


def away(field: str, today: date) -> Exists:
    """Whether the person is away today. `field` is 'mentee' or 'mentor'."""
    return Exists(
        Pause.objects.filter(**{field: OuterRef("pk")}, begins__lte=today).filter(
            Q(ends__isnull=True) | Q(ends__gte=today)
        )
    )


def _back(field: str, today: date, outer: str = "pk") -> Subquery:
    rows = Pause.objects.filter(**{field: OuterRef(outer)}, ends__lt=today)
    return Subquery(rows.order_by("-ends").values("ends")[:1])


def _back_since(field: str, since: date, today: date, outer: str = "pk") -> Exists:
    return Exists(Pause.objects.filter(**{field: OuterRef(outer)}, ends__gte=since, ends__lt=today))


def _contacts(kind: str, field: str, today: date) -> QuerySet[Contact]:
    return Contact.objects.filter(**{field: OuterRef("pk")}, kind=kind, reached__in=(True,), on__lte=today)


def _heard(service: Service, kind: str, field: str, since: date, today: date) -> QuerySet[Contact]:
    """Whom staff reached since a day. As one set, read from `contact_by_kind` alone: to look for each person among all
    contacts takes ten times as long.
    """
    rows = Contact.objects.filter(service=service, kind=kind, reached__in=(True,), on__range=(since, today))
    whom: QuerySet[Contact] = rows.filter(**{f"{field}__isnull": False}).order_by().values(field)
    return whom


def _last(kind: str, field: str, today: date) -> Subquery:
    return Subquery(_contacts(kind, field, today).order_by("-on").values("on")[:1])


def current_mentees(service: Service, today: date) -> QuerySet[Mentee]:
    """On the waiting list or matched: accepted, and still here."""
    return Mentee.objects.filter(here(today), service=service, accepted_on__lte=today)


def current_mentors(service: Service, today: date) -> QuerySet[Mentor]:
    """Selected, matched or not, and still here."""
    return Mentor.objects.filter(here(today), service=service, accepted_on__lte=today)


def running_matches(service: Service, today: date) -> QuerySet[Match]:
    return Match.objects.filter(running(today), service=service)


def is_matched(field: str, today: date) -> Exists:
    """Whether a person has a running match. `field` is 'mentee' or 'mentor'."""
    return Exists(Match.objects.filter(running(today), **{field: OuterRef("pk")}))


def waits_from(today: date) -> Greatest:
    """Of mentees: the day from which their wait is counted: put onto the list, or the last day of their latest match
    where that was later. So nobody whose match has ended stands there with the wait before it; a later day, once
    somebody says that they wait again, counts in its place.
    """
    ended = Match.objects.filter(mentee=OuterRef("pk"), introduced_on__isnull=False, ended_on__lt=today)
    began = Case(When(waiting_since__lte=today, then=F("waiting_since")), default=F("accepted_on"))
    return Greatest(began, Coalesce(Subquery(ended.order_by("-ended_on").values("ended_on")[:1]), began))


def waiting_mentees(service: Service, today: date) -> QuerySet[Mentee]:
    """The waiting list: accepted, here, and without a running match; the most urgent and then the longest first, by
    `waits_from`.
    """
    return (
        current_mentees(service, today)
        .exclude(pk__in=running_matches(service, today).order_by().values("mentee"))
        .annotate(waits_from=waits_from(today))
        .order_by("-priority", "waits_from", "pk")
    )


def mentees_heard(service: Service, today: date, before: date | None = None) -> QuerySet[Mentee]:
    """Mentees who are to hear from staff, with `last` and `base`; those away today are left out (indicator 42).
    With `before`, those whose base is before that day, found without working it out for all.
    """
    rows = current_mentees(service, today)
    if before is not None:
        heard = Q(pk__in=_heard(service, K.MENTEE, "mentee", before, today))
        rows = rows.filter(~heard, ~_back_since("mentee", before, today), accepted_on__lt=before)
    return (
        rows.exclude(away("mentee", today))
        .annotate(last=_last(K.MENTEE, "mentee", today))
        .annotate(
            base=Greatest(
                F("accepted_on"), Coalesce("last", "accepted_on"), Coalesce(_back("mentee", today), "accepted_on")
            )
        )
    )


def mentors_heard(service: Service, today: date, before: date | None = None) -> QuerySet[Mentor]:
    """Mentors who are to hear from staff, with `last` and `base` (indicator 53). `before` as for mentees."""
    rows = current_mentors(service, today)
    if before is not None:
        heard = Q(pk__in=_heard(service, K.MENTOR, "mentor", before, today))
        rows = rows.filter(~heard, ~_back_since("mentor", before, today), accepted_on__lt=before)
    return (
        rows.exclude(away("mentor", today))
        .annotate(last=_last(K.MENTOR, "mentor", today))
        .annotate(
            base=Greatest(
                F("accepted_on"), Coalesce("last", "accepted_on"), Coalesce(_back("mentor", today), "accepted_on")
            )
        )
    )


def mentors_supervised(service: Service, today: date, before: date | None = None) -> QuerySet[Mentor]:
    """Mentors who are to be supervised, with `last` and `base` (indicator 52). `before` as for mentees heard."""
    held = Supervision.objects.filter(mentor=OuterRef("pk"), on__lte=today)
    rows = current_mentors(service, today)
    if before is not None:
        lately = Exists(held.filter(on__gte=before))
        rows = rows.filter(~lately, ~_back_since("mentor", before, today), accepted_on__lt=before)
    return (
        rows.exclude(away("mentor", today))
        .annotate(last=Subquery(held.order_by("-on").values("on")[:1]))
        .annotate(
            base=Greatest(
                F("accepted_on"), Coalesce("last", "accepted_on"), Coalesce(_back("mentor", today), "accepted_on")
            )
        )
    )


def matches_reviewed(service: Service, today: date, before: date | None = None) -> QuerySet[Match]:
    """Running matches whose mentee is to be asked how it goes, with `last` and `base` (indicator 44). `before` as for
    mentees heard.
    """
    held = Review.objects.filter(match=OuterRef("pk"), on__lte=today)
    away_now = Pause.objects.filter(mentee=OuterRef("mentee"), begins__lte=today).filter(
        Q(ends__isnull=True) | Q(ends__gte=today)
    )
    rows = running_matches(service, today)
    if before is not None:
        lately = Exists(held.filter(on__gte=before))
        rows = rows.filter(~lately, ~_back_since("mentee", before, today, "mentee"), introduced_on__lt=before)
    return (
        rows.exclude(Exists(away_now))
        .annotate(last=Subquery(held.order_by("-on").values("on")[:1]))
        .annotate(
            base=Greatest(
                F("introduced_on"),
                Coalesce("last", "introduced_on"),
                Coalesce(_back("mentee", today, "mentee"), "introduced_on"),
            )
        )
    )


def matches_risk_assessed(service: Service, kind: str, today: date) -> QuerySet[Match]:
    """Running matches with the `last` risk assessment of a kind of their mentee; none at all is None (indicator 43)."""
    latest = (
        RiskAssessment.objects.filter(mentee=OuterRef("mentee"), kind=kind, on__lte=today)
        .order_by("-on")
        .values("on")[:1]
    )
    return running_matches(service, today).annotate(last=Subquery(latest))


def overdue(rows: QuerySet[Row], months: int, today: date) -> QuerySet[Row]:
    """Those of a set with a `base` for whom so many months have run out; the longest first."""
    return rows.filter(Q(base__lt=still_within(Period(months, "month"), today))).order_by(F("base"), "pk")
