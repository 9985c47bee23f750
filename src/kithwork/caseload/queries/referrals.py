"""Referrals: which are open, what each still lacks before the waiting list, and whether new ones are taken."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.db.models import F, Q, QuerySet

from kithwork.caseload.models import Mentee, Practice, Referral, RiskAssessment
from kithwork.caseload.queries.due import waiting_mentees
from kithwork.organisations.models import Service

ReferralRow = Referral  # pages name what they show, and import no models


class Lack(Enum):
    """What a referral still lacks before the waiting list (indicator 40), in the order in which it is done."""

    FORM = "the person's name, how to reach them and why they are referred"
    AGREED = "the person's own agreement"
    ELIGIBLE = "every criterion of the service met"
    NEEDS = "their needs"
    RISK = "the risk to themselves and others assessed"


def lacks(referral: Referral, practice: Practice) -> list[Lack]:
    """What is missing before this person may go onto the waiting list. One query."""
    mentee = referral.mentee
    reached = mentee.email or mentee.phone or mentee.address or mentee.contact_wishes
    done = {
        Lack.FORM: bool(mentee.name and reached and referral.why),
        Lack.AGREED: referral.agreed,
        Lack.ELIGIBLE: all(referral.eligible.get(one) is True for one in practice.eligibility),
        Lack.NEEDS: bool(mentee.needs),
        Lack.RISK: RiskAssessment.objects.filter(mentee=mentee, kind=RiskAssessment.Kind.PERSON).exists(),
    }
    return [lack for lack, is_done in done.items() if not is_done]


@dataclass(frozen=True, slots=True)
class Openness:
    """Whether referrals are taken; else the reason in a sentence, and the day from which they are, where known."""

    open: bool
    because: str = ""
    until: date | None = None


def openness(practice: Practice, today: date, *, count: bool = True, lock: bool = False) -> Openness:
    """Whether a service takes referrals today. On the day until which it is closed, it does.

    A service with a limit closes itself when so many wait; `count` False leaves that out and asks nothing of the
    database. `lock` keeps two who come at once from both being the last.
    """
    if not practice.takes_referrals and (practice.closed_until is None or today < practice.closed_until):
        return Openness(False, practice.closed_because or "No referrals are taken just now.", practice.closed_until)
    if count and practice.waiting_limit:
        if lock:
            Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)
        service = practice.service
        coming = Mentee.objects.filter(service=service, accepted_on__isnull=True, left_on__isnull=True)
        if waiting_mentees(service, today).order_by().count() + coming.count() >= practice.waiting_limit:
            return Openness(False, "As many people wait as the service can help within a reasonable time.")
    return Openness(True)


def referrals_of(service: Service) -> QuerySet[Referral]:
    """Every referral of a service with its person; a list narrows and sorts it."""
    return Referral.objects.filter(mentee__service=service).select_related("mentee")


def open_referrals(service: Service) -> QuerySet[Referral]:
    """Not decided yet, the longest first."""
    return referrals_of(service).filter(outcome="").order_by("came_on", "pk")


TELLING = timedelta(days=90)  # so long after a decision whoever referred is still told of it; ours


def untold() -> Q:
    """Decided, and whoever referred does not know: the person, where they came of themselves and did not withdraw."""
    own = Q(source=Referral.Source.SELF, outcome=Referral.Outcome.WITHDRAWN)
    return Q(outcome__gt="", told_on__isnull=True) & ~own


def outcomes_to_tell(service: Service, today: date) -> QuerySet[Referral]:
    """Decided lately and not told, the longest first. What was decided before it was on record here, such as what came
    in from a spreadsheet, was told there or not at all.
    """
    # the first two narrow by an index: hardly any referral is a year and a half old when it is decided
    narrow = Q(outcome__in=Referral.Outcome.values, came_on__gte=today - 6 * TELLING)
    rows = referrals_of(service).filter(narrow, untold(), decided_on__gte=today - TELLING)
    # last, of the few that are left: on SQLite the day of an instant is worked out by Python
    return rows.filter(at__date__lte=F("decided_on")).order_by("decided_on", "pk")


def alike(mentee: Mentee) -> QuerySet[Mentee]:
    """Others on record at the service who may be the same person: the same name, address or telephone."""
    same = Q(name__iexact=mentee.name)
    if mentee.email:
        same |= Q(email__iexact=mentee.email)
    if mentee.phone:
        same |= Q(phone=mentee.phone)
    return Mentee.objects.filter(same, service=mentee.service_id, erased_at__isnull=True).exclude(pk=mentee.pk)
