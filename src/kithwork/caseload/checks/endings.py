"""Checks of how matches ended. Rows: matches whose last day lies in the last year and before the day itself.

Who was told what, the look back and the letters count from the day they bear; what follows, the reason for a short
notice, a carer's name and whether the referrer is still involved bear none, so the past is asked of what stands there
today.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import F, OuterRef, Q

from kithwork.caseload.checks.ground import Ground
from kithwork.caseload.models import Ending, ExtraSupport, Questionnaire
from kithwork.checks import Rule, There, Told
from kithwork.core.readiness import YEAR, Asked
from kithwork.core.readiness.catalogue.endings import (
    EndingsConfirmed,
    EndingsExplained,
    EndingsPlanned,
    EndingsReflectedOn,
    EndingsSupported,
    EndingsSurveyed,
    Surveyed,
)

A_WEEK = timedelta(days=7)
TWO_WEEKS = timedelta(days=14)  # as on the page of a match (`queries.owing`)
PLANNED = Q(ending__kind=Ending.Kind.PLANNED)
SUDDEN = Q(ending__kind=Ending.Kind.SUDDEN)
NO_CARER = Q(mentee__carer="")
FROM: Mapping[Surveyed, Questionnaire.From] = {
    "referrers": Questionnaire.From.REFERRER,
    "carers": Questionnaire.From.FAMILY,
}


def _once_done(ground: Ground, done: Q, *among: Q, given: timedelta = A_WEEK) -> Rule:
    """Asked of from so long after the last day, or as soon as it was done."""
    asked = Q(ended_on__lt=ground.at - given) | done
    return Rule(ground.ended, (*among, asked), holds=done, leaves=F("ended_on"), window=YEAR)


def endings_planned(ground: Ground, asked: EndingsPlanned) -> Rule:
    """Indicator 59. Planned endings alone, by the service's own notice as it is set today: 14 days are kept by an
    ending known on the 1st whose last day is the 15th. Whoever gives no reason, and less notice, fails for good.
    """
    notice = timedelta(days=ground.practice.notice_days)
    kept = Q(ending__last_day__gte=F("ending__known_on") + notice) | Q(ending__short_because__gt="")
    return Rule(ground.ended, (PLANNED,), holds=kept, leaves=F("ended_on"), window=YEAR)


def endings_reflected_on(ground: Ground, asked: EndingsReflectedOn) -> Rule:
    """Indicator 59. Planned endings alone; asked of from a week after the last day, or as soon as it was done."""
    return _once_done(ground, Q(ending__looked_back_on__lte=ground.at), PLANNED)


def endings_supported(ground: Ground, asked: EndingsSupported) -> Rule:
    """Indicator 60. Sudden endings alone. Support to either of the two will do, if it was given on the day on which the
    ending was known or later: what was done for a match that did not gel is none.
    """
    given = ExtraSupport.objects.filter(match=OuterRef("pk"), on__lte=ground.at, on__gte=OuterRef("ending__known_on"))
    return _once_done(ground, Q(There(given)), SUDDEN)


def endings_explained(ground: Ground, asked: EndingsExplained) -> Rule:
    """Indicator 61. All whom the scheme names were told, on any day up to this one. A carer is asked about where one is
    on record; a referrer who is still involved, where somebody else than the mentee made a referral.
    """
    by = ground.at
    told = {
        "mentees": Q(ending__mentee_told_on__lte=by),
        "mentors": Q(ending__mentor_told_on__lte=by),
        "carers": NO_CARER | Q(ending__carer_told_on__lte=by),
        "referrers": Q(involved=False) | Q(ending__referrer_told_on__lte=by),
    }
    done = Q()
    for whom in asked.whom:
        done &= told[whom]
    return _once_done(ground, done)


def endings_confirmed(ground: Ground, asked: EndingsConfirmed) -> Rule:
    """Indicator 61. A letter to each whom the scheme names, and words on what follows; in any order."""
    letters = {
        "mentees": Q(ending__mentee_confirmed_on__lte=ground.at),
        "mentors": Q(ending__mentor_confirmed_on__lte=ground.at),
    }
    done = Q(ending__follows__gt="")
    for whom in asked.whom:
        done &= letters[whom]
    return _once_done(ground, done)


def endings_surveyed(ground: Ground, asked: EndingsSurveyed) -> Rule:
    """Excellence 9. `asked_exit_on` does not tell who was asked, so one of those named will do; an answer of one of
    them about this match counts too, for that may have been an interview.
    """
    concerned = {"carers": Q(mentee__carer__gt=""), "referrers": Q(involved=True)}
    there = Q()
    for whom in asked.whom:
        there |= concerned[whom]
    said = Questionnaire.objects.filter(
        match=OuterRef("pk"), whose__in=[FROM[whom] for whom in asked.whom], on__lte=ground.at
    )
    return _once_done(ground, Q(ending__asked_exit_on__lte=ground.at) | Q(There(said)), there, given=TWO_WEEKS)


CHECKS: Mapping[type[Asked], Callable[[Ground, Any], Rule | Told]] = {
    EndingsPlanned: endings_planned,
    EndingsReflectedOn: endings_reflected_on,
    EndingsSupported: endings_supported,
    EndingsExplained: endings_explained,
    EndingsConfirmed: endings_confirmed,
    EndingsSurveyed: endings_surveyed,
}
