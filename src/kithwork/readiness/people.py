"""Whom a row of a check is about, so that the same person keeps the same initial throughout a snapshot."""

from collections.abc import Collection, Iterable

from kithwork.caseload.models import Match, Mentee, Mentor, Referral
from kithwork.core.readiness import Subject
from kithwork.core.readiness.reducing import Person
from kithwork.governance.models import Staff
from kithwork.organisations.models import Service

__all__ = ["people_of"]


def people_of(service: Service, subject: Subject, refs: Collection[str]) -> dict[str, tuple[Person, ...]]:
    """Row -> whom it is about, a mentee before their mentor; empty for what is about nobody. One query."""
    rows: Iterable[tuple[str, str, str]]
    match subject:
        case Subject.MENTEE:
            rows = Mentee.objects.filter(service=service, ref__in=refs).values_list("ref", "ref", "name")
        case Subject.MENTOR | Subject.APPLICANT:
            rows = Mentor.objects.filter(service=service, ref__in=refs).values_list("ref", "ref", "name")
        case Subject.STAFF:
            rows = Staff.objects.filter(service=service, ref__in=refs).values_list("ref", "ref", "name")
        case Subject.REFERRAL:
            rows = Referral.objects.filter(mentee__service=service, ref__in=refs).values_list(
                "ref", "mentee__ref", "mentee__name"
            )
        case Subject.MATCH | Subject.ENDING:
            both = Match.objects.filter(service=service, ref__in=refs).values_list(
                "ref", "mentee__ref", "mentee__name", "mentor__ref", "mentor__name"
            )
            return {ref: (Person(one, name), Person(other, named)) for ref, one, name, other, named in both}
        case _:
            return {}
    return {ref: (Person(key, name),) for ref, key, name in rows}
