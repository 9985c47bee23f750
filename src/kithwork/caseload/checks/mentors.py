"""Checks of mentors: how they come, how they are supported.

Whoever is away on the day is asked nothing that is asked of those who are with the service. What was had once is asked
from the day after the selection. Steps are judged by the latest of their kind, of one day the one recorded last.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest
from django.db.models.lookups import GreaterThanOrEqual

from kithwork.caseload.checks.ground import Ground
from kithwork.caseload.checks.mentees import MATCHED
from kithwork.caseload.models import (
    Attendance,
    Contact,
    Match,
    Measurement,
    Mentor,
    MentorStep,
    Pause,
    Practice,
    Reference,
    Supervision,
    Vetting,
)
from kithwork.caseload.queries.matches import is_new
from kithwork.checks import Rows, Rule, There, Told, still_within
from kithwork.core.days import Period
from kithwork.core.readiness import YEAR, Asked
from kithwork.core.readiness.catalogue import mentors as asks

K = MentorStep.Kind
A_WEEK = timedelta(days=7)
A_MONTH = Period(1, "month")
_STAGE = {"selection": K.INTERVIEW, "after-training": K.POST_TRAINING}
_TOPIC = {
    "boundaries": Supervision.Topic.BOUNDARIES,
    "aims-and-role": Supervision.Topic.AIMS,
    "views-and-progress": Supervision.Topic.PERCEPTIONS,
    "wish-to-continue": Supervision.Topic.CONTINUE,
}


def with_us(ground: Ground) -> tuple[Q, ...]:
    """Of mentors: selected before the day, and not away on it."""
    return (Q(accepted_on__lt=ground.at), ground.mentor_here)


def _steps(ground: Ground, *kinds: MentorStep.Kind) -> QuerySet[MentorStep]:
    return MentorStep.objects.filter(mentor=OuterRef("pk"), kind__in=kinds, on__lte=ground.at)


def _passed(ground: Ground, kind: MentorStep.Kind) -> Q:
    """Of mentors: the latest step of the kind is there, and found nobody unsuitable."""
    good = Case(When(outcome=MentorStep.Outcome.NO, then=Value(False)), default=Value(True))
    latest = _steps(ground, kind).order_by("-on", "-pk").annotate(good=good).values("good")[:1]
    return Q(Subquery(latest, output_field=BooleanField()))


# how they come


def id_badges_issued(ground: Ground, asked: asks.MentorsBadged) -> Rule:
    """Indicator 32. Whether the service gives badges at all (`Practice.badges`) is not asked: the indicator does."""
    return Rule(ground.mentors, with_us(ground), holds=Q(There(_steps(ground, K.BADGE))))


def mentors_counted(ground: Ground, asked: asks.MentorsCounted) -> Rule:
    """Indicator 45. What became of an invitation bears no day, so that what has been noted since counts for a day in
    the past as well. Sessions of the last year alone, seven days old or younger ones left out.
    """
    stages: Any = Q()
    initial = Attendance.objects.filter(
        Q(session__training__cancelled_on__isnull=True) | Q(session__training__cancelled_on__gt=ground.at),
        session__training__service=ground.service,
        session__training__kind="initial",
        session__on__range=(ground.since, ground.at),
    )
    trained = initial.filter(state=Attendance.State.PRESENT)
    invited = initial.filter(state=Attendance.State.INVITED, session__on__lt=ground.at - A_WEEK)
    open_still = Q(pk__in=invited.values("mentor"))
    holds = None
    if "applied" in asked.stages:
        stages |= Q(applied_on__gte=ground.since)
    if "trained" in asked.stages:
        stages |= Q(pk__in=trained.values("mentor")) | open_still
        holds = ~open_still
    if "matched" in asked.stages:
        introduced = Match.objects.filter(mentor=OuterRef("pk"), introduced_on__range=(ground.since, ground.at))
        stages |= Q(There(introduced))
    return Rule(ground.coming, (stages,), holds=holds)


def applications_completed(ground: Ground, asked: asks.ApplicationsCompleted) -> Rule:
    """Indicator 46. Applied in the last year. A form that is not there cannot be filled in afterwards."""
    filled = Q(There(_steps(ground, K.APPLICATION))) | ~Q(joined_by="")
    among = (Q(applied_on__gte=ground.since),)
    return Rule(ground.coming, among, holds=filled, leaves=F("applied_on"), window=YEAR)


def applications_assessed(ground: Ground, asked: asks.ApplicationsAssessed) -> Rule:
    """Indicators 46 and 47. `against` the role description: every mentor who is with us. Without: applied in the last
    year; asked from the day after a month is over, or as soon as a step was taken; the last day with us is still with
    us.
    """
    if asked.against:
        return Rule(ground.mentors, with_us(ground), holds=_passed(ground, K.ROLE))
    later = [kind for kind in K if kind != K.APPLICATION]
    stepped = Q(There(_steps(ground, *later)))
    waits = Q(applied_on__lt=still_within(A_MONTH, ground.at))
    waits &= Q(left_on__isnull=True) | Q(left_on__gte=ground.at)
    return Rule(ground.coming, (Q(applied_on__gte=ground.since), waits | stepped), holds=stepped)


def mentors_interviewed(ground: Ground, asked: asks.MentorsInterviewed) -> Rule:
    """Indicator 47, excellence 15. An interview before the selection, or a talk after the training: a kind of step."""
    return Rule(ground.mentors, with_us(ground), holds=_passed(ground, _STAGE[asked.stage]))


def references_taken(ground: Ground, asked: asks.MentorsReferenced) -> Rule:
    """Indicator 47. Received by the day, and judged suitable; the judgement bears no day of its own."""
    good = Reference.objects.filter(mentor=OuterRef("pk"), suitable=True, received_on__lte=ground.at)
    return Rule(ground.mentors, with_us(ground), holds=at_least(asked.count, good))


def at_least(count: int, rows: QuerySet[Any], which: Q | None = None) -> Q:
    """Of mentors: there are so many of these rows, which are theirs; or of `which` among them."""
    number = rows.order_by().values("mentor").annotate(number=Count("pk", filter=which)).values("number")
    return Q(GreaterThanOrEqual(Coalesce(Subquery(number), 0), count))


def vetting_cleared(ground: Ground, asked: asks.MentorsVetted) -> Rule:
    """Indicator 47. Checks by their own day (`on`), of one day the one recorded last; `expires_on` is the last day on
    which one counts. `before`: asked of those selected in the last year who did not come by a completed programme
    (`joined_by`), for those are vetted once they are in the bank.
    """
    if ground.practice.vetting == Practice.Vetting.NONE:
        return Rule(Rows("nobody to vet", Mentor.objects.none()))
    known = Vetting.objects.filter(mentor=OuterRef("pk"), on__lte=ground.at).exclude(outcome=Vetting.Outcome.ASKED)
    latest = known.order_by("-on", "-pk")
    holds = _true(latest, Q(outcome=Vetting.Outcome.CLEAR))
    if asked.before:
        there = Q(expires_on__isnull=True) | Q(expires_on__gte=OuterRef("accepted_on"))
        first = _true(latest.filter(on__lte=OuterRef("accepted_on")), Q(outcome=Vetting.Outcome.CLEAR) & there)
        holds &= Q(accepted_on__lt=ground.since) | ~Q(joined_by="") | first
    return Rule(
        ground.mentors,
        with_us(ground),
        holds=holds,
        day=Subquery(latest.values("expires_on")[:1]),
        endless=True,
    )


def _true(rows: QuerySet[Any], condition: Q) -> Q:
    """Whether the first row is there, and the condition is true of it."""
    told = Case(When(condition, then=Value(True)), default=Value(False))
    return Q(Subquery(rows.annotate(told=told).values("told")[:1], output_field=BooleanField()))


def _decided(ground: Ground) -> Q:
    """Of those who come: selected in the last year, or decided about in it."""
    return Q(accepted_on__range=(ground.since, ground.at)) | Q(chosen_on__gte=ground.since)


def _turned_down(ground: Ground) -> Q:
    return Q(chosen=MentorStep.Outcome.NO, chosen_on__gte=ground.since)


def selections_explained(ground: Ground, asked: asks.SelectionsExplained) -> Rule:
    """Indicator 50. The latest decision by the day, whatever it was."""
    return Rule(ground.coming, (_decided(ground),), holds=Q(chosen_note__gt=""))


def applicants_answered(ground: Ground, asked: asks.ApplicantsAnswered) -> Rule:
    """Indicator 51. Asked from the eighth day after the decision, or as soon as it was done."""
    told = Q(There(_told(ground)))
    return Rule(ground.coming, (_turned_down(ground), Q(chosen_on__lt=ground.at - A_WEEK) | told), holds=told)


def applicants_signposted(ground: Ground, asked: asks.ApplicantsSignposted) -> Rule:
    """Indicator 51. Any feedback since the decision may say where to."""
    among = (_turned_down(ground), Q(There(_told(ground))))
    return Rule(ground.coming, among, holds=Q(There(_told(ground).filter(signposted_to__gt=""))))


def _told(ground: Ground) -> QuerySet[MentorStep]:
    return _steps(ground, K.FEEDBACK).filter(on__gte=OuterRef("chosen_on"))


# how they are supported


def supervision_held(ground: Ground, asked: asks.MentorsSupervised) -> Rule:
    """Indicator 52, excellence 16. Counted from the latest of the selection, the last session, and the last day away;
    selected today is in time. The topics are asked of the latest session alone.
    """
    holds = None
    if asked.topics:
        spoken = Q()
        for topic in asked.topics:
            spoken &= Q(said__contains=f'"{_TOPIC[topic]}"')
        latest = (
            Supervision.objects.filter(mentor=OuterRef("pk"), on__lte=ground.at)
            .annotate(said=Cast("topics", TextField()))
            .annotate(covered=Case(When(spoken, then=Value(True)), default=Value(False)))
            .order_by("-on", "-pk")
        )
        holds = Q(Coalesce(Subquery(latest.values("covered")[:1], output_field=BooleanField()), Value(True)))
    return Rule(ground.mentors, (ground.mentor_here,), holds=holds, day=ground.mentor_supervised, lasts=asked.every)


def mentors_contacted(ground: Ground, asked: asks.MentorsContacted) -> Rule:
    """Indicators 52 and 53. `every`: counted from the latest of the selection, the last contact that reached them, and
    the last day away; meetings with the mentee are not contact by the service. `between`: neither on the one day of
    supervision nor on the other.
    """
    among = (ground.mentor_here, *MATCHED.get(asked.who, ()))
    if asked.every is not None:
        return Rule(ground.mentors, among, day=ground.mentor_heard, lasts=asked.every)
    heard = Contact.objects.filter(
        mentor=OuterRef("pk"),
        kind=Contact.Kind.MENTOR,
        reached__in=(True,),
        on__gt=OuterRef("supervised_before"),
        on__lt=OuterRef("supervised_on"),
    )
    paused = Pause.objects.filter(mentor__service=ground.service, begins__lte=ground.at).values("mentor")
    away = Pause.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=OuterRef("supervised_before")),
        mentor=OuterRef("pk"),
        begins__lte=OuterRef("supervised_on"),
    )
    two = Q(supervised_before__isnull=False, supervised_on__gte=ground.since)
    return Rule(ground.mentors, (*among, two, ~(Q(pk__in=paused) & Q(There(away)))), holds=Q(There(heard)))


def mentors_followed_up(ground: Ground, asked: asks.MentorsFollowedUp) -> Rule:
    """Indicator 53; see `queries.followups.closer_contact`. Running matches, by the service's own number of weeks new,
    or difficult since the day or before. That a match is difficult no more bears no day, so that for a day in the past
    only those count which still are. Due on the last day of the four weeks is still in time.
    """
    whom = Q()
    if "new" in asked.who:
        whom |= is_new(ground.practice, ground.at)
    if "in-difficulty" in asked.who:
        whom |= Q(difficult_since__lte=ground.at)
    heard = Contact.objects.filter(
        mentor=OuterRef("mentor"), kind=Contact.Kind.MENTOR, reached__in=(True,), on__lte=ground.at
    ).order_by("-on")
    base = Greatest(
        F("introduced_on"),
        Case(When(difficult_since__lte=ground.at, then=F("difficult_since")), default=F("introduced_on")),
        Coalesce(Subquery(heard.values("on")[:1]), "introduced_on"),
        Coalesce(ground.match_mentor_back, "introduced_on"),
    )
    return Rule(ground.matches, (ground.runs, whom, ground.match_mentor_here), day=base, lasts=asked.lasts)


def wellbeing_followed(ground: Ground, asked: asks.WellbeingFollowed) -> Rule:
    """Excellence 12. A note (`Supervision.wellbeing`) or a figure on any scale counts by its day; what was said before
    the selection counts too.
    """
    noted = Supervision.objects.filter(mentor=OuterRef("pk"), wellbeing__gt="")
    measured = Measurement.objects.filter(mentor=OuterRef("pk"))
    before = Q(*(There(rows.filter(on__lt=OuterRef("told_on"))) for rows in (noted, measured)), _connector=Q.OR)
    day = Greatest(F("accepted_on"), F("told_on"), Coalesce("back", "accepted_on"))
    recent = Q(accepted_on__gte=still_within(asked.every, ground.at))
    never = Q(told_on=date.min)  # without any answer there is nothing to compare, and the day alone says it
    return Rule(ground.mentors, (ground.mentor_here,), holds=never | recent | before, day=day, lasts=asked.every)


CHECKS: Mapping[type[Asked], Callable[[Ground, Any], Rule | Told]] = {
    asks.MentorsBadged: id_badges_issued,
    asks.MentorsCounted: mentors_counted,
    asks.ApplicationsCompleted: applications_completed,
    asks.ApplicationsAssessed: applications_assessed,
    asks.MentorsInterviewed: mentors_interviewed,
    asks.MentorsReferenced: references_taken,
    asks.MentorsVetted: vetting_cleared,
    asks.SelectionsExplained: selections_explained,
    asks.ApplicantsAnswered: applicants_answered,
    asks.ApplicantsSignposted: applicants_signposted,
    asks.MentorsSupervised: supervision_held,
    asks.MentorsContacted: mentors_contacted,
    asks.MentorsFollowedUp: mentors_followed_up,
    asks.WellbeingFollowed: wellbeing_followed,
}
