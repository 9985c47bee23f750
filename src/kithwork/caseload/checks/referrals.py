"""Checks of how people come: capacity, the waiting list, referrals."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.db.models.sql.compiler import SQLCompiler

from kithwork.caseload.checks.ground import Ground
from kithwork.caseload.models import Match, Mentee, Practice, Referral, RiskAssessment
from kithwork.caseload.queries.due import here, is_matched, running
from kithwork.checks import Rows, Rule, There, Told, still_within
from kithwork.core.days import Period
from kithwork.core.readiness import YEAR, Asked
from kithwork.core.readiness.catalogue.referrals import (
    CapacityKept,
    ReferralsAssessed,
    ReferralsCompleted,
    ReferralsSignposted,
    ReferralsTracked,
    WaitingListManaged,
    WaitingListTimed,
)

A_WEEK = timedelta(days=7)  # to acknowledge, and to tell the outcome; ours
A_MONTH = Period(1, "month")  # to decide; ours
ACCEPTED = Q(decided=True, outcome=Referral.Outcome.ACCEPTED)
SIGNPOSTED = Q(decided=True, outcome=Referral.Outcome.SIGNPOSTED)
WAITING = Q(matched=False)


class _AnswersNo(Func):
    """Whether a field that holds answers by question holds a no: a path to a question with quotes in it is not found
    on SQLite.
    """

    template = "jsonb_path_exists(%(expressions)s, '$.* ? (@ == false)')"

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> Any:
        sql, params = compiler.compile(self.get_source_expressions()[0])
        return f"EXISTS(SELECT 1 FROM json_each({sql}) WHERE type = 'false')", [*params]  # noqa: S608  # a column


def _many(rows: QuerySet[Any]) -> Coalesce:
    """How many rows of the service in the outer row there are."""
    counted = rows.filter(service=OuterRef("service")).order_by().values("service").annotate(many=Count("pk"))
    return Coalesce(Subquery(counted.values("many"), output_field=IntegerField()), 0)


def _service(ground: Ground, name: str, count: Coalesce, most: str, of: str) -> Rows:
    """The service as the one row of a set, with `many`; it reads '24 of 30' and then `of`."""
    rows = Practice.objects.filter(pk=ground.practice.pk).annotate(many=count)
    words = (Cast("many", TextField()), Value(" of "), Cast(most, TextField()), Value(of))
    return Rows(name, rows, ref=F("service__ref"), label=Concat(*words, output_field=TextField()))


def capacity_kept(ground: Ground, asked: CapacityKept) -> Rule:
    """Indicator 26. Running on the day, introduced by then; as many as the capacity is kept, one more is not. Of the
    capacity no date is kept, so that a day in the past is held against what it is now.
    """
    matches = _many(Match.objects.filter(running(ground.at)))
    over = _service(ground, "capacity", matches, "capacity", " places for matches are taken")
    return Rule(over, holds=Q(many__lte=F("capacity")))


def waiting_list_managed(ground: Ground, asked: WaitingListManaged) -> Rule:
    """Indicator 26. Closed: referrals are switched off, without an end or with one after the day; on the day on which
    they open again they are open. Else a limit above nought, and no more than that wait: accepted, here and without a
    running match, whoever is away among them, or came by then, not accepted yet and not gone by the day. Of switch and
    limit no date is kept, so that a day in the past is held against what they are now.
    """
    coming = Q(accepted_on__isnull=True) | Q(accepted_on__gt=ground.at)
    not_gone = Q(left_on__isnull=True) | Q(left_on__gt=ground.at)
    waiting = Q(accepted_on__lte=ground.at) & here(ground.at) & ~Q(is_matched("mentee", ground.at))
    wait = _many(Mentee.objects.filter((coming & not_gone) | waiting, came_on__lte=ground.at))
    closed = Q(takes_referrals=False) & (Q(closed_until__isnull=True) | Q(closed_until__gt=ground.at))
    over = _service(ground, "waiting list", wait, "waiting_limit", " places on the waiting list are taken")
    return Rule(over, holds=closed | Q(waiting_limit__gt=0, many__lte=F("waiting_limit")))


def waiting_list_timed(ground: Ground, asked: WaitingListTimed) -> Rule:
    """Indicator 39. Whoever is accepted, here and without a running match, away or not. A match that ended later than
    the day since which they are said to wait makes that day an old one, once the latest of their matches ended more
    than a week before the day: while another ran, nobody waited. A day that lies after the one asked about has taken
    the place of an earlier one, and counts.
    """
    week = ground.at - A_WEEK
    ended = Match.objects.filter(mentee=OuterRef("pk"), introduced_on__isnull=False, ended_on__lt=ground.at)
    since = ended.filter(ended_on__lt=week, ended_on__gt=OuterRef("waiting_since"))
    old = Q(There(since)) & ~Q(There(ended.filter(ended_on__gte=week)))
    return Rule(ground.mentees, (WAITING,), holds=Q(waiting_since__isnull=False) & ~old)


def referrals_tracked(ground: Ground, asked: ReferralsTracked) -> Rule:
    """Indicator 39. What was decided or told after the day counts as open or untold on it. An acknowledgement is asked
    for only while the referral is open, for the outcome says more. The seventh day is in time, and so is the same day
    of the next month. No last day is told: any open referral would put a service at risk that decides in time.
    """
    week = ground.at - A_WEEK
    known = Q(acknowledged_on__lte=ground.at) | Q(came_on__gte=week)
    moving = Q(came_on__gte=still_within(A_MONTH, ground.at))
    told = Q(told_on__lte=ground.at) | Q(decided_on__gte=week)
    return Rule(ground.referrals, holds=(Q(decided=False) & known & moving) | (Q(decided=True) & told))


def referrals_completed(ground: Ground, asked: ReferralsCompleted) -> Rule:
    """Indicator 40. A way to reach them is an e-mail address, a telephone, an address, or how they wish to be reached.
    What the form says has no date, so that a day in the past is held against what it says now.
    """
    reached = Q(mentee__email__gt="") | Q(mentee__phone__gt="") | Q(mentee__address__gt="")
    reached |= Q(mentee__contact_wishes__gt="")
    said = Q(mentee__name__gt="", why__gt="", agreed=True) & ~Q(mentee__needs=[])
    return Rule(ground.referrals, (ACCEPTED,), holds=reached & said)


def referrals_assessed(ground: Ground, asked: ReferralsAssessed) -> Rule:
    """Indicator 40. Eligibility: looked at by the day of the decision, with at least one answer where the service has
    any criterion today, and no answer no; a criterion that came later, and was not answered, is no gap. Risk: an
    assessment of the person, dated no later than the decision.
    """
    holds = Q()
    if "eligibility" in asked.matters:
        holds &= Q(eligible_on__lte=F("decided_on")) & ~Q(_AnswersNo("eligible", output_field=BooleanField()))
        if ground.practice.eligibility:
            holds &= ~Q(eligible={})
    if "risk" in asked.matters:
        looked = RiskAssessment.objects.filter(
            mentee=OuterRef("mentee"), kind=RiskAssessment.Kind.PERSON, on__lte=OuterRef("decided_on")
        )
        holds &= Q(There(looked))
    return Rule(ground.referrals, (ACCEPTED,), holds=holds, leaves=F("decided_on"), window=YEAR)


def referrals_signposted(ground: Ground, asked: ReferralsSignposted) -> Rule:
    """Indicator 40. What is written has no date, so that a day in the past is held against what it says now."""
    return Rule(ground.referrals, (SIGNPOSTED,), holds=Q(reason__gt="", signposted_to__gt=""))


CHECKS: Mapping[type[Asked], Callable[[Ground, Any], Rule | Told]] = {
    CapacityKept: capacity_kept,
    WaitingListManaged: waiting_list_managed,
    WaitingListTimed: waiting_list_timed,
    ReferralsTracked: referrals_tracked,
    ReferralsCompleted: referrals_completed,
    ReferralsAssessed: referrals_assessed,
    ReferralsSignposted: referrals_signposted,
}
