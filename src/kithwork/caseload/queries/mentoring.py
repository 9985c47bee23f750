"""A mentor's own side: whom they meet, what they may know of them, what is due for themselves."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from kithwork.caseload.models import (
    Agreement,
    Attendance,
    Consent,
    Contact,
    Gathering,
    Goal,
    Invited,
    Match,
    Mentee,
    Mentor,
    Pause,
    Review,
    RiskAssessment,
)
from kithwork.caseload.queries.clearing import cleared
from kithwork.caseload.queries.consents import may
from kithwork.caseload.queries.due import mentors_supervised, running
from kithwork.caseload.queries.logs import KINDS, USUAL
from kithwork.caseload.queries.matches import REACHED, may_sign
from kithwork.core.days import Period
from kithwork.core.service import Cleared

# for pages, which hold no models
MatchRow = Match
MentorRow = Mentor
NEWSLETTER = Gathering.Kind.NEWSLETTER
HABIT = timedelta(days=180)  # so far back a match's usual length is read; ours


def first_name(mentee: Mentee) -> str:
    """What the mentor calls them: as they like to be called, or else the first of their names."""
    return mentee.known_as or (mentee.name.split() or [mentee.ref])[0]


@dataclass(frozen=True, slots=True)
class Meeting:
    """Somebody a mentor meets: when they last did, and how long they usually do, in minutes."""

    match: Match
    name: str
    last: date | None
    usual: int


def meetings_of(mentors: Sequence[Mentor], today: date) -> list[Meeting]:
    """The matches of a person that run, by the mentee's name. Three queries for any number."""
    met = Contact.objects.filter(match=OuterRef("pk"), kind=KINDS.MEETING, reached__in=REACHED, on__lte=today)
    matches = list(
        Match.objects.filter(running(today), mentor__in=mentors)
        .select_related("mentee", "service__practice")
        .annotate(
            last=Subquery(met.order_by("-on").values("on")[:1]),
        )
        .order_by("mentee__name", "pk")
    )
    lengths: dict[int, list[int]] = defaultdict(list)
    rows = Contact.objects.filter(
        match__in=matches, kind=KINDS.MEETING, reached__in=REACHED, minutes__gt=0, on__gte=today - HABIT
    ).order_by("-on", "-pk")
    for match, minutes in rows.values_list("match_id", "minutes"):
        if minutes and len(lengths[match]) < 5:
            lengths[match].append(minutes)
    return [
        Meeting(
            match=one,
            name=first_name(one.mentee),
            last=one.last,
            usual=sorted(lengths[one.pk])[len(lengths[one.pk]) // 2] if lengths[one.pk] else USUAL,
        )
        for one in matches
    ]


def to_be_signed(mentors: Sequence[Mentor], today: date) -> QuerySet[Match]:
    """Matches of a person whose agreement, the latest drawn up, waits for their signature."""
    latest = Agreement.objects.filter(match=OuterRef("pk")).order_by("-drawn_up_on", "-pk")
    waits = latest.values("pk")[:1]
    return (
        Match.objects.filter(may_sign(today), mentor__in=mentors)
        .annotate(latest=Subquery(waits), signed_on=Subquery(latest.values("mentor_on")[:1]))
        .filter(latest__isnull=False, signed_on__isnull=True)
        .select_related("mentee")
        .order_by("mentee__name", "pk")
    )


def asked_about(mentors: Sequence[Mentor]) -> QuerySet[Match]:
    """Proposals that wait for these mentors' answer."""
    return (
        Match.objects.filter(
            mentor__in=mentors,
            mentor_answer=Match.Answer.OPEN,
            introduced_on__isnull=True,
            withdrawn_on__isnull=True,
        )
        .exclude(mentee_answer=Match.Answer.NO)
        .select_related("mentee", "service")
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What a mentor needs of their mentee, and no more. `risks` is empty without the mentee's consent, `address` unless
    mentors of this service visit homes, `reviews` unless shared under a consent that still holds.
    """

    name: str
    interests: tuple[str, ...]
    profile: str
    meets: str
    aims: str
    goals: tuple[Goal, ...]
    risks: tuple[RiskAssessment, ...]
    risks_told: bool
    address: tuple[str, ...]
    reviews: tuple[Review, ...]


def known_of(match: Match, today: date) -> Known:
    """What the mentor's page of a match shows, as on that day."""
    mentee = match.mentee
    plan = match.plans.prefetch_related("goals").order_by("on", "pk").last()
    risks_told = may(mentee, Consent.Kind.RISK, today)
    latest: dict[str, RiskAssessment] = {}
    if risks_told:
        for risk in RiskAssessment.objects.filter(mentee=mentee, on__lte=today).order_by("on", "pk"):
            latest[risk.kind] = risk
    shared = may(mentee, Consent.Kind.REVIEWS, today)
    reviews = match.reviews.filter(mentor_shared_on__lte=today).order_by("-on", "-pk") if shared else []
    visits = match.service.practice.visits_homes and mentee.way != Mentee.Way.ONLINE
    lines = [*mentee.address.splitlines(), mentee.postcode] if visits else []
    return Known(
        name=first_name(mentee),
        interests=tuple(mentee.interests),
        profile=mentee.profile,
        meets=match.meets,
        aims=plan.aims if plan else "",
        goals=tuple(plan.goals.all()) if plan else (),
        risks=tuple(latest.values()),
        risks_told=risks_told,
        address=tuple(line for line in lines if line.strip()),
        reviews=tuple(reviews),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """A mentor's own standing in one service."""

    mentor: Mentor
    cleared: Cleared
    supervised: date | None
    supervision_due: date | None
    pauses: tuple[Pause, ...]  # that hold today or are to come


def standing_of(mentor: Mentor, today: date) -> Standing:
    practice = mentor.service.practice
    row = mentors_supervised(mentor.service, today).filter(pk=mentor.pk).first()
    due = Period(practice.supervision_months, "month").after(row.base) if row is not None else None  # type: ignore[attr-defined]  # annotated
    pauses = [one for one in mentor.pauses.all() if one.ends is None or one.ends >= today]
    return Standing(
        mentor=mentor,
        cleared=cleared([mentor], practice, today)[mentor.pk],
        supervised=row.last if row is not None else None,  # type: ignore[attr-defined]  # annotated
        supervision_due=due,
        pauses=tuple(pauses),
    )


def gatherings_of_own(mentors: Sequence[Mentor]) -> QuerySet[Invited]:
    """What a person was asked to, and the newsletters they were sent, newest first."""
    rows = Invited.objects.filter(mentor__in=mentors).select_related("gathering")
    return rows.order_by("-gathering__on", "-gathering_id", "pk")


def trainings_of_own(mentors: Sequence[Mentor]) -> QuerySet[Attendance]:
    """Every session a person was asked to, newest first."""
    return (
        Attendance.objects.filter(mentor__in=mentors, session__training__cancelled_on__isnull=True)
        .select_related("session__training")
        .order_by("-session__on", "-session__number")
    )
