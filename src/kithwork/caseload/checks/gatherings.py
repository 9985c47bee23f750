"""Checks of what all mentors are asked to: events, newsletters, standardisation meetings."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest

from kithwork.caseload.checks.ground import Ground
from kithwork.caseload.models import Gathering, Invited
from kithwork.checks import Rule, There, Told
from kithwork.core.days import Period
from kithwork.core.readiness import Asked
from kithwork.core.readiness.catalogue import mentors as asks

_KIND = {
    "social": Gathering.Kind.SOCIAL,
    "peers": Gathering.Kind.PEERS,
    "standards": Gathering.Kind.STANDARDS,
}


def events_held(ground: Ground, asked: asks.EventsHeld) -> Rule:
    """Excellence 17 and 19, and a mentor bank's meetings. See `_so_many`."""
    return _so_many(ground, _KIND[asked.kind], asked.count, asked.within)


def newsletters_sent(ground: Ground, asked: asks.NewslettersSent) -> Rule:
    """Excellence 20. See `_so_many`."""
    return _so_many(ground, Gathering.Kind.NEWSLETTER, asked.count, asked.within)


def _so_many(ground: Ground, kind: Gathering.Kind, count: int, within: Period) -> Rule:
    """The service is asked as one row: the period runs from the day of the last but so many; its last day is in time.
    Only what somebody was asked to, or sent.
    """
    asked = Invited.objects.filter(gathering=OuterRef("pk"))
    days = Gathering.objects.filter(There(asked), service=OuterRef("pk"), kind=kind, on__lte=ground.at)
    day = Subquery(days.order_by("-on").values("on")[count - 1 : count])
    return Rule(ground.itself, day=day, lasts=within)


def standardisation_attended(ground: Ground, asked: asks.StandardisationAttended) -> Rule:
    """Mentor bank (002). Counted from the latest of the selection, the last meeting they came to, and the last day
    away.
    """
    came = Invited.objects.filter(
        mentor=OuterRef("pk"), came=True, gathering__kind=Gathering.Kind.STANDARDS, gathering__on__lte=ground.at
    ).order_by("-gathering__on")
    day = Greatest(
        F("accepted_on"),
        Coalesce(Subquery(came.values("gathering__on")[:1]), "accepted_on"),
        Coalesce("back", "accepted_on"),
    )
    return Rule(ground.mentors, (ground.mentor_here,), day=day, lasts=asked.every)


CHECKS: Mapping[type[Asked], Callable[[Ground, Any], Rule | Told]] = {
    asks.EventsHeld: events_held,
    asks.NewslettersSent: newsletters_sent,
    asks.StandardisationAttended: standardisation_attended,
}
