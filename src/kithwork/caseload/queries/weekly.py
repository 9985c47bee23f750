"""What the weekly mail tells of: to a mentor what waits for themselves, each as a set of people with an account."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from kithwork.accounts.models import User
from kithwork.caseload.models import (
    Attendance,
    Contact,
    Gathering,
    Invited,
    Match,
    Mentor,
    Pause,
    Practice,
    Reply,
)
from kithwork.caseload.queries import due
from kithwork.core.days import Period, still_within

QUIET = Period(4, "week")  # without an entry of a match, after which a mentor is reminded to log; ours
SOON = timedelta(days=15)  # what is due, or takes place, in two weeks or before


class Waits(StrEnum):
    """What can wait for a mentor, in the order of the mail."""

    ASKED = "asked"
    QUESTION = "question"
    LOG = "log"
    SUPERVISION = "supervision"
    TRAINING = "training"
    GATHERING = "gathering"


def running_services() -> Iterable[Practice]:
    """Every service that runs its work here."""
    return Practice.objects.select_related("service__organisation").order_by("pk")


def waiting_for_mentors(practice: Practice, today: date) -> dict[User, dict[Waits, int]]:
    """By person with an account, who has not switched the weekly mail off: how many of what waits for them. Seven
    queries for any number of mentors.
    """
    service = practice.service
    mine = {"mentor__service": service, "mentor__left_on__isnull": True}
    asked = Match.objects.filter(
        **mine, mentor_answer=Match.Answer.OPEN, introduced_on__isnull=True, withdrawn_on__isnull=True
    ).exclude(mentee_answer=Match.Answer.NO)
    questions = Reply.objects.filter(flagged=True, closed_at__isnull=True).filter(
        Exists(Contact.objects.filter(pk=OuterRef("contact"), service=service, kind=Contact.Kind.MEETING))
    )
    logged = Contact.objects.filter(match=OuterRef("pk"), kind=Contact.Kind.MEETING, on__lte=today)
    away = Pause.objects.filter(mentor=OuterRef("mentor"), begins__lte=today).filter(
        Q(ends__isnull=True) | Q(ends__gte=today)
    )
    quiet = (
        due.running_matches(service, today)
        .filter(mentor__user__isnull=False)
        .exclude(Exists(away))
        .annotate(last=Coalesce(Subquery(logged.order_by("-on").values("on")[:1]), F("introduced_on")))
        .filter(last__lt=still_within(QUIET, today))
    )
    months = still_within(Period(practice.supervision_months, "month"), today + SOON)
    supervised = due.mentors_supervised(service, today).filter(base__lt=months)  # type: ignore[misc]  # annotated
    soon = (today, today + SOON - timedelta(days=1))
    sessions = Attendance.objects.filter(
        **mine,
        state=Attendance.State.INVITED,
        session__on__range=soon,
        session__training__cancelled_on__isnull=True,
    )
    gatherings = Invited.objects.filter(**mine, gathering__on__range=soon).exclude(
        gathering__kind=Gathering.Kind.NEWSLETTER
    )
    found: dict[int, dict[Waits, int]] = defaultdict(dict)
    for what, users in (
        (Waits.ASKED, asked.values_list("mentor__user_id", flat=True)),
        (Waits.QUESTION, questions.values_list("contact__mentor__user_id", flat=True)),
        (Waits.LOG, quiet.values_list("mentor__user_id", flat=True)),
        (Waits.SUPERVISION, supervised.values_list("user_id", flat=True)),
        (Waits.TRAINING, sessions.values_list("mentor__user_id", flat=True)),
        (Waits.GATHERING, gatherings.values_list("mentor__user_id", flat=True)),
    ):
        for user in users:
            if user is not None:
                found[user][what] = found[user].get(what, 0) + 1
    people = User.objects.filter(pk__in=_with_account(service.pk), is_active=True, reminders=True)
    return {user: found[user.pk] for user in people.order_by("pk") if user.pk in found}


def _with_account(service: int) -> Subquery:
    rows = Mentor.objects.filter(service=service, user__isnull=False, left_on__isnull=True, erased_at__isnull=True)
    return Subquery(rows.values("user_id"))
