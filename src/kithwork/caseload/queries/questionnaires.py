"""What people said of the service, without their names, and who could be asked."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet

from kithwork.caseload.models import Mentee, Mentor, OneTimeLink, Questionnaire
from kithwork.core.service.feedback import Results, results
from kithwork.organisations.models import Service

From = Questionnaire.From
AGAIN_AFTER = timedelta(days=365)

__all__ = ["AGAIN_AFTER", "From", "When", "said", "unasked"]


class When(StrEnum):
    """At which moment somebody was asked."""

    ANY = ""
    MEANWHILE = "meanwhile"
    AT_THE_END = "end"


def said(service: Service, start: date, end: date, when: When = When.ANY) -> dict[Questionnaire.From, Results]:
    """By whom: what was said within a period. Those who said nothing are left out. One query."""
    rows = Questionnaire.objects.filter(service=service, on__range=(start, end))
    if when is not When.ANY:
        rows = rows.filter(match__isnull=when is When.MEANWHILE)
    given: dict[str, list[dict[str, str]]] = {}
    for whose, answers in rows.order_by().values_list("whose", "answers"):
        given.setdefault(whose, []).append(answers)
    return {whose: results(given[whose]) for whose in From if whose in given}


def unasked(service: Service, whom: Questionnaire.From, now: datetime) -> QuerySet[Mentee] | QuerySet[Mentor]:
    """Mentees or mentors who are here, and were sent no questionnaire within a year. None for family and referrers."""
    asked = OneTimeLink.objects.filter(
        purpose=OneTimeLink.Purpose.FEEDBACK, side=whom.value, made_at__gt=now - AGAIN_AFTER
    )
    if whom == From.MENTOR:
        mentors = Mentor.objects.filter(service=service, left_on=None, accepted_on__isnull=False)
        return mentors.exclude(Exists(asked.filter(mentor=OuterRef("pk")))).order_by()
    if whom == From.MENTEE:
        mentees = Mentee.objects.filter(service=service, left_on=None, accepted_on__isnull=False)
        return mentees.exclude(Exists(asked.filter(mentee=OuterRef("pk")))).order_by()
    return Mentee.objects.none()
