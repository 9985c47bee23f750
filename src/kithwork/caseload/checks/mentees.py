"""Checks of mentees, and of what is agreed with mentors about their details."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.db.models.lookups import Exact

from kithwork.caseload.checks.ground import Ground
from kithwork.caseload.models import (
    Consent,
    Contact,
    Ending,
    Measure,
    Measurement,
    Plan,
    Referral,
    Review,
    RiskAssessment,
)
from kithwork.checks import Rule, There, Told, still_within
from kithwork.core.days import Period
from kithwork.core.readiness import YEAR, Asked
from kithwork.core.readiness.catalogue.mentees import (
    ActivitiesAssessed,
    ActivitiesReviewed,
    Consented,
    HomesAssessed,
    MenteesConsented,
    MenteesContacted,
    MenteesMonitored,
    MenteesReviewed,
    MentorsConsented,
    MentorsMonitored,
    OutcomesCompared,
    PlansAgreed,
    ReferrersContacted,
    Topic,
    Who,
)

A_MONTH = Period(1, "month")  # to ask the equalities questions; ours
HALF_A_YEAR = Period(6, "month")  # from which a change may be looked for; ours: two reviews
MATCHED: Mapping[tuple[Who, ...], tuple[Q, ...]] = {
    ("matched",): (Q(matched=True),),
    ("unmatched",): (Q(matched=False),),
}
KIND: Mapping[Consented, Consent.Kind] = {
    Consented.HOLD: Consent.Kind.DATA,
    Consented.THIRD_PARTIES: Consent.Kind.THIRD_PARTIES,
    Consented.RISKS: Consent.Kind.RISK,
    Consented.REVIEWS: Consent.Kind.REVIEWS,
}
LACKS: Mapping[Topic, Q] = {
    Topic.AIMS: Q(mentor_there=False, achieved=""),
    Topic.CONTINUE: Q(mentor_there=False) & (Q(goes_on__isnull=True) | Q(needed__isnull=True)),
    Topic.SERVICE: Q(mentor_there=False, of_service=""),
    Topic.OUTCOME: Q(outcome=""),
}


def mentees_monitored(ground: Ground, asked: MenteesMonitored) -> Rule:
    """Indicator 36. A month from the day they came is in time; whoever was asked earlier counts from then.
    Answers stand apart from people (docs/decisions/007-equalities.md), so nothing else can be asked.
    """
    done = Q(equalities_asked_on__lte=ground.at)
    due = Q(came_on__lt=still_within(A_MONTH, ground.at)) | done
    return Rule(ground.referred, (due, ground.mentee_here), holds=done)


def mentors_monitored(ground: Ground, asked: MentorsMonitored) -> Rule:
    """Indicator 36. As for mentees, from the day they applied."""
    done = Q(equalities_asked_on__lte=ground.at)
    due = Q(applied_on__lt=still_within(A_MONTH, ground.at)) | done
    return Rule(ground.applied, (due, ground.mentor_here), holds=done)


def outcomes_compared(ground: Ground, asked: OutcomesCompared) -> Rule:
    """Indicator 37. A row for each match that runs, from the day after its six months. What was measured counts whoever
    asked, before this match too, on any scale the service ever had; figures of one day are one. A year after the latest
    figure that has an earlier one beside it is in time. Mentors are not asked about: what changes for them is told in
    supervision.
    """
    measures = Measure.objects.filter(service=ground.service, whose=Measure.Whose.MENTEE, begun_on__lte=ground.at)
    figures = Measurement.objects.filter(on__lte=ground.at)
    earlier = figures.filter(measure=OuterRef("measure"), mentee=OuterRef("mentee"), on__lt=OuterRef("on"))
    again = figures.filter(There(earlier), mentee=OuterRef("mentee"), measure__in=measures.values("pk"))
    long = Q(introduced_on__lt=still_within(HALF_A_YEAR, ground.at))
    among = (ground.runs, ground.match_mentee_here, long, Q(There(measures)))
    return Rule(ground.matches, among, day=_latest(again), lasts=YEAR)


def mentees_consented(ground: Ground, asked: MenteesConsented) -> Rule:
    """Indicator 41. Accepted today is not asked about yet. What is shared needs an answer, whichever it
    is and whoever gave it; holding their details needs a yes that stands.
    """
    among = (Q(accepted_on__lt=ground.at), ground.mentee_here)
    return Rule(ground.mentees, among, holds=_consented(ground, "mentee", asked.to))


def mentors_consented(ground: Ground, asked: MentorsConsented) -> Rule:
    """Indicator 46. From the application on, for it is then that details are kept; applied today is not asked about
    yet. Of answers of one day the last recorded counts.
    """
    among = (Q(applied_on__lt=ground.at), ground.mentor_here)
    return Rule(ground.applied, among, holds=_consented(ground, "mentor", asked.to))


def _consented(ground: Ground, side: str, to: tuple[Consented, ...]) -> Q:
    holds = Q()
    for one in to:
        rows = Consent.objects.filter(**{side: OuterRef("pk")}, kind=KIND[one], on__lte=ground.at)
        if one is Consented.HOLD:
            latest = Subquery(rows.order_by("-on", "-pk").values("answer")[:1])
            holds &= Q(Exact(latest, Value(Consent.Answer.GIVEN.value)))
        else:
            holds &= Q(There(rows))
    return holds


def mentees_contacted(ground: Ground, asked: MenteesContacted) -> Rule:
    """Indicator 42. Counted from the latest of acceptance, the last contact that reached them, and the last day away.
    Accepted today is in time; due on the last day of the interval is still in time; meetings with the mentor are not
    contact by the service.
    """
    among = (ground.mentee_here, *MATCHED.get(asked.who, ()))
    return Rule(ground.mentees, among, day=ground.mentee_heard, lasts=asked.every)


def referrers_contacted(ground: Ground, asked: ReferrersContacted) -> Rule:
    """Indicator 42. A row for each mentee with a referral by anybody else, family too. Counted from the latest of
    acceptance, the last contact with the referrer that reached them, the last review and the last ending of which the
    referrer was told, and the last day away. Whether the referrer is still to be told has no date, so that a day in the
    past is held against what it says now.
    """
    by_others = Referral.objects.filter(mentee=OuterRef("pk"), came_on__lte=ground.at)
    by_others = by_others.exclude(source=Referral.Source.SELF)
    among = (ground.mentee_here, Q(referrer_involved=True), Q(There(by_others)))
    heard = Contact.objects.filter(
        mentee=OuterRef("pk"), kind=Contact.Kind.REFERRER, reached__in=(True,), on__lte=ground.at
    )
    reviews = Review.objects.filter(match__mentee=OuterRef("pk"), referrer_shared_on__lte=ground.at)
    endings = Ending.objects.filter(match__mentee=OuterRef("pk"), referrer_told_on__lte=ground.at)
    day = Greatest(
        F("accepted_on"),
        Coalesce(_latest(heard), "accepted_on"),
        Coalesce(_latest(reviews, "referrer_shared_on"), "accepted_on"),
        Coalesce(_latest(endings, "referrer_told_on"), "accepted_on"),
        Coalesce("back", "accepted_on"),
    )
    return Rule(ground.mentees, among, day=day, lasts=asked.every)


def homes_assessed(ground: Ground, asked: HomesAssessed) -> Rule | Told:
    """Indicator 43. Of the matches of the last year: those that first met within it, over or not, and those that met
    before and run. On the day of the first meeting is in time. Never assessed, it fails while the match runs. Which
    matches go to homes is not on record, so that all of them do where the service visits any; whether it does has no
    date and is as it is now.
    """
    if not ground.practice.visits_homes:
        return Told(())
    looked = RiskAssessment.objects.filter(mentee=OuterRef("mentee"), kind=RiskAssessment.Kind.HOME)
    new = Q(first_met_on__gte=ground.since)
    met = Q(first_met_on__lte=ground.at) & (new | ground.runs)
    before = Q(There(looked.filter(on__lte=OuterRef("first_met_on"))))
    assessed = Q(There(looked.filter(on__lte=ground.at)))
    over = Q(ended_on__lte=ground.at)
    return Rule(
        ground.matches,
        (met,),
        holds=before | (~new & assessed),
        leaves=Case(When(new & (assessed | over), then=F("first_met_on"))),
        window=YEAR,
    )


def activities_assessed(ground: Ground, asked: ActivitiesAssessed) -> Rule:
    """Indicator 43. From the day of the introduction itself, for it belongs before; whoever is away is among them."""
    return Rule(ground.matches, (ground.runs,), holds=ground.activities_assessed)


def activities_reviewed(ground: Ground, asked: ActivitiesReviewed) -> Rule:
    """Indicator 43. A match without an assessment is the other check's. What is to be done by a day is in time on it;
    what has no day is never late. Done later counts once it is done, and what was done after the day was not done on
    it.
    """
    rows = ground.of_activities()
    undone = rows.filter(actions__gt="", actions_due__lt=ground.at).filter(
        Q(actions_done_on__isnull=True) | Q(actions_done_on__gt=ground.at)
    )
    among = (ground.runs, ground.activities_assessed)
    return Rule(ground.matches, among, holds=~Q(There(undone)), day=_latest(rows), lasts=asked.every)


def plans_agreed(ground: Ground, asked: PlansAgreed) -> Rule:
    """Indicator 44. Due on the day of the introduction, late from the next; whoever is away is among them. A plan of an
    earlier match does not count.
    """
    made = Plan.objects.filter(match=OuterRef("pk"), on__lte=ground.at, aims__gt="")
    return Rule(ground.matches, (ground.runs, Q(introduced_on__lt=ground.at)), holds=Q(There(made)))


def mentees_reviewed(ground: Ground, asked: MenteesReviewed) -> Rule:
    """Indicator 44. The latest before the day has to be whole, for what follows from a review may be written on its own
    day; of two of one day that is the one recorded last. A match that was never reviewed is not late before the
    interval is over.
    """
    rows = Review.objects.filter(match=OuterRef("pk"), on__lte=ground.at)
    day = Greatest(
        F("introduced_on"),
        Coalesce(_latest(rows), "introduced_on"),
        Coalesce(ground.match_mentee_back, "introduced_on"),
    )
    lacks = Q()
    for topic in asked.topics:
        lacks |= LACKS[topic]
    holds = None
    if lacks:
        past = Review.objects.filter(on__lt=ground.at)
        later = past.filter(match=OuterRef("match")).filter(
            Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), pk__gt=OuterRef("pk"))
        )
        holds = ~Q(There(past.filter(lacks, match=OuterRef("pk")).filter(~There(later))))
    return Rule(ground.matches, (ground.runs, ground.match_mentee_here), holds=holds, day=day, lasts=asked.every)


def _latest(rows: QuerySet[Any], field: str = "on") -> Subquery:
    return Subquery(rows.order_by(f"-{field}").values(field)[:1])


CHECKS: Mapping[type[Asked], Callable[[Ground, Any], Rule | Told]] = {
    MenteesMonitored: mentees_monitored,
    MentorsMonitored: mentors_monitored,
    OutcomesCompared: outcomes_compared,
    MenteesConsented: mentees_consented,
    MentorsConsented: mentors_consented,
    MenteesContacted: mentees_contacted,
    ReferrersContacted: referrers_contacted,
    HomesAssessed: homes_assessed,
    ActivitiesAssessed: activities_assessed,
    ActivitiesReviewed: activities_reviewed,
    PlansAgreed: plans_agreed,
    MenteesReviewed: mentees_reviewed,
}
