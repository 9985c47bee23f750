"""Checks of trainings: who came, what went out before, what was said after, who is invited."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import BooleanField, Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest

from kithwork.caseload.checks.ground import Ground
from kithwork.caseload.checks.mentors import at_least, with_us
from kithwork.caseload.models import Attendance, Session
from kithwork.checks import Rule, There, Told
from kithwork.core.readiness import YEAR, Asked
from kithwork.core.readiness.catalogue import mentors as asks

PRESENT = Attendance.State.PRESENT
TWO_WEEKS = timedelta(days=14)  # for what people think
DAYS_TO_ACT = timedelta(days=30)


def at(sessions: QuerySet[Session]) -> QuerySet[Attendance]:
    """Of mentors: what became of them at one of these sessions, which are a short list, made once. By CASE, for
    PostgreSQL would rather join all sessions anew for each mentor.
    """
    among = Case(When(session__in=sessions.values("pk"), then=True), default=False, output_field=BooleanField())
    return Attendance.objects.filter(among, mentor=OuterRef("pk"))


def training_completed(ground: Ground, asked: asks.MentorsTrained) -> Rule:
    """Indicator 48. Each session at which they were there counts once. `before`: for those selected in the last year,
    up to and with the day of the selection. Initial training is done for those who came by a completed programme
    (`joined_by`), as for `core.service.clearance`.
    """
    sessions = Session.objects.filter(training__service=ground.service, training__kind=asked.kind, on__lte=ground.at)
    there = Attendance.objects.filter(mentor=OuterRef("pk"), state=PRESENT)
    holds = at_least(asked.sessions, there, Q(session__in=sessions.values("pk")))
    if asked.before:
        in_time = at(sessions).filter(state=PRESENT, session__on__lte=OuterRef("accepted_on"))
        holds = (Q(accepted_on__lt=ground.since) & holds) | (
            Q(accepted_on__gte=ground.since) & at_least(asked.sessions, in_time)
        )
    if asked.kind == "initial":
        holds = ~Q(joined_by="") | holds
    return Rule(ground.mentors, with_us(ground), holds=holds)


def training_outlined(ground: Ground, asked: asks.TrainingOutlined) -> Rule:
    """Indicator 48. On the day of the first session is too late, and counts until a year after the last of them, also
    where that is still to come.
    """
    sent = Q(outline_sent_on__lt=F("first_day"))
    return Rule(ground.trainings, (Q(kind=asked.kind),), holds=sent, leaves=F("last_day"), window=YEAR)


def training_feedback_gathered(ground: Ground, asked: asks.FeedbackGathered) -> Rule:
    """Indicator 49. Asked from the fifteenth day after the last session of all, or as soon as somebody answered with
    both figures, from 1 to 5.
    """
    said = Q(There(_said(ground)))
    return Rule(ground.trainings, (Q(last_day__lt=ground.at - TWO_WEEKS) | said,), holds=said)


def training_feedback_acted_on(ground: Ground, asked: asks.FeedbackActedOn) -> Rule:
    """Indicator 49. Asked where there is feedback, from the 31st day after the last session of all, or as soon as it
    was done.
    """
    done = Q(acted_on__gt="", acted_on_day__lte=ground.at)
    among = (Q(There(_said(ground))), Q(last_day__lt=ground.at - DAYS_TO_ACT) | done)
    return Rule(ground.trainings, among, holds=done)


def _said(ground: Ground) -> QuerySet[Session]:
    """Of a training: sessions about which somebody said something. By CASE, for PostgreSQL would rather read all that
    was ever said, for each training, than look at its few sessions.
    """
    said = Attendance.objects.filter(
        session=OuterRef("pk"), said_on__lte=ground.at, satisfied__isnull=False, learnt__isnull=False
    )
    return Session.objects.filter(
        Case(When(There(said), then=True), default=False, output_field=BooleanField()), training=OuterRef("pk")
    )


def training_observed(ground: Ground, asked: asks.TrainingObserved) -> Rule:
    """Indicator 50. Sessions of initial training by the day at which they were there. The notes bear no day of their
    own: what has been noted since counts for a day in the past as well.
    """
    initial = Session.objects.filter(training__service=ground.service, training__kind="initial", on__lte=ground.at)
    there = at(initial).filter(state=PRESENT)
    decided = Q(accepted_on__range=(ground.since, ground.at)) | Q(chosen_on__gte=ground.since)
    noted = Q(There(there.filter(performance__gt=""))) & Q(There(there.filter(understood__isnull=False)))
    return Rule(ground.coming, (decided, Q(There(there))), holds=noted)


def training_offered(ground: Ground, asked: asks.TrainingOffered) -> Rule:
    """Indicator 54; see `queries.trainings.not_refreshed`. Counted from the latest of the selection, the day of the
    last session they are invited to (whatever became of it), and the last day away. A session after the day counts
    where its training was set up (`made_at`) by the day.
    """
    sessions = Session.objects.filter(
        Q(on__lte=ground.at) | Q(training__made_at__date__lte=ground.at),
        Q(training__cancelled_on__isnull=True) | Q(training__cancelled_on__gt=ground.at),
        training__service=ground.service,
        training__kind=asked.kind,
    )
    offered = at(sessions).order_by("-session__on").values("session__on")
    day = Greatest(
        F("accepted_on"),
        Coalesce(Subquery(offered[:1]), "accepted_on"),
        Coalesce("back", "accepted_on"),
    )
    return Rule(ground.mentors, (ground.mentor_here,), day=day, lasts=asked.every)


CHECKS: Mapping[type[Asked], Callable[[Ground, Any], Rule | Told]] = {
    asks.MentorsTrained: training_completed,
    asks.TrainingOutlined: training_outlined,
    asks.FeedbackGathered: training_feedback_gathered,
    asks.FeedbackActedOn: training_feedback_acted_on,
    asks.TrainingObserved: training_observed,
    asks.TrainingOffered: training_offered,
}
