"""What records lack: kinds of gaps as sets, each row one click from being mended. Nobody who has left is in them."""

from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kithwork.caseload.models import Consent, Measure, Measurement, Mentee, Mentor, Practice, RiskAssessment
from kithwork.caseload.queries import due, followups
from kithwork.caseload.queries.lines import Ask


class Lack(StrEnum):
    """What can be missing on a record; of a mentee, of a mentor, of a match."""

    MENTEE_REACH = "mentee-reach"
    MENTEE_EMERGENCY = "mentee-emergency"
    MENTEE_DATA = "mentee-consent"
    MENTEE_SHARING = "mentee-sharing"
    MENTEE_RISK = "mentee-risk"
    MENTEE_BORN = "mentee-born"
    MENTEE_NEEDS = "mentee-needs"
    MENTEE_INTERESTS = "mentee-interests"
    MENTEE_FREE = "mentee-free"
    MENTEE_BASELINE = "mentee-baseline"
    MENTOR_REACH = "mentor-reach"
    MENTOR_EMERGENCY = "mentor-emergency"
    MENTOR_DATA = "mentor-consent"
    MENTOR_INTERESTS = "mentor-interests"
    MENTOR_FREE = "mentor-free"
    MENTOR_BASELINE = "mentor-baseline"
    MATCH_MET = "match-met"
    MATCH_PLAN = "match-plan"
    MATCH_AGREEMENT = "match-agreement"
    MATCH_MEETS = "match-meets"
    MATCH_KEEPER = "match-keeper"


_UNREACHED = Q(email="", phone="", address="", contact_wishes="")
_SHARED = (Consent.Kind.THIRD_PARTIES, Consent.Kind.RISK, Consent.Kind.REVIEWS)


def lacking(practice: Practice, today: date) -> dict[Lack, Ask]:
    """Every kind of gap of a service as a set, by name. A baseline is asked for where the service measures anything."""
    service = practice.service
    mentees = due.current_mentees(service, today)
    mentors = Mentor.objects.filter(due.here(today), service=service, erased_at__isnull=True)
    matches = due.running_matches(service, today)
    consents = Consent.objects.filter(mentee=OuterRef("pk"))
    unshared = Q()
    for kind in _SHARED:
        unshared |= ~Q(Exists(consents.filter(kind=kind)))
    assessed = RiskAssessment.objects.filter(mentee=OuterRef("pk"), kind=RiskAssessment.Kind.PERSON)
    agreed = Consent.objects.filter(mentor=OuterRef("pk"), kind=Consent.Kind.DATA)
    # the kinds whose row leads to a mentee, a mentor, a match
    of_mentee: dict[Lack, QuerySet[Mentee]] = {
        Lack.MENTEE_REACH: mentees.filter(_UNREACHED),
        Lack.MENTEE_EMERGENCY: mentees.filter(emergency=""),
        Lack.MENTEE_DATA: mentees.filter(~Exists(consents.filter(kind=Consent.Kind.DATA))),
        Lack.MENTEE_SHARING: mentees.filter(unshared),
        Lack.MENTEE_RISK: mentees.filter(~Exists(assessed)),
        Lack.MENTEE_BORN: mentees.filter(born__isnull=True),
        Lack.MENTEE_NEEDS: mentees.filter(needs=[]),
        Lack.MENTEE_INTERESTS: mentees.filter(interests=[]),
        Lack.MENTEE_FREE: mentees.filter(availability=[]),
        Lack.MENTEE_BASELINE: mentees.filter(*_unmeasured(service.pk, "mentee", today)),
    }
    of_mentor: dict[Lack, QuerySet[Mentor]] = {
        Lack.MENTOR_REACH: mentors.filter(_UNREACHED),
        Lack.MENTOR_EMERGENCY: mentors.filter(emergency="", accepted_on__isnull=False),
        Lack.MENTOR_DATA: mentors.filter(~Exists(agreed)),
        Lack.MENTOR_INTERESTS: mentors.filter(interests=[], accepted_on__isnull=False),
        Lack.MENTOR_FREE: mentors.filter(availability=[], accepted_on__isnull=False),
        Lack.MENTOR_BASELINE: mentors.filter(*_unmeasured(service.pk, "mentor", today), accepted_on__isnull=False),
    }
    of_match: dict[Lack, QuerySet[Any]] = {
        Lack.MATCH_MET: followups.not_yet_met(service, today),
        Lack.MATCH_PLAN: followups.without_plan(service, today),
        Lack.MATCH_AGREEMENT: followups.unsigned(service, today),
        Lack.MATCH_MEETS: matches.filter(meets=""),
        Lack.MATCH_KEEPER: matches.filter(looks_after__isnull=True),
    }
    by_name = (F("name").asc(),)
    found: dict[Lack, Ask] = {}
    for lack, people in {**of_mentee, **of_mentor}.items():
        found[lack] = Ask(people, F("name"), F("ref"), order=by_name)
    for lack, rows in of_match.items():
        order = (F("mentee__name").asc(),)
        found[lack] = Ask(rows, F("mentee__name"), F("ref"), F("mentor__name"), day=F("introduced_on"), order=order)
    return found


def _unmeasured(service: int, side: str, today: date) -> tuple[Q, Q]:
    """Of people: nothing was ever measured, though the service measures something of their side today."""
    measures = Measure.objects.filter(service=service, whose=side, begun_on__lte=today)
    measures = measures.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today))
    ever = Measurement.objects.filter(**{side: OuterRef("pk")})
    return Q(Exists(measures)), ~Q(Exists(ever))
