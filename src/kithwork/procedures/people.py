"""Whom a procedure tells: the people on each side of a journey.

Each gives whom it told, for the next to leave out: a person of two sides hears of one event once.
"""

from collections.abc import Iterable

from kithwork.accounts.models import User
from kithwork.journeys.models import Appointment, Journey
from kithwork.notices.actions import tell
from kithwork.notices.words import Kind
from kithwork.organisations.models import Organisation, Role


def _holders(organisation: Organisation, *roles: Role) -> list[User]:
    return list(
        User.objects.filter(
            memberships__organisation=organisation, memberships__role__in=roles, memberships__ended_at__isnull=True
        ).distinct()
    )


def applicants(journey: Journey) -> list[User]:
    """Those who act for the applicant."""
    if journey.service is None:
        return [journey.created_by] if journey.person_id else []
    return _holders(journey.service.organisation, Role.LEAD, Role.CONTRIBUTOR)


def officers(journey: Journey) -> list[User]:
    return _holders(journey.edition.body, Role.OFFICER)


def assessors(journey: Journey) -> list[User]:
    appointed = Appointment.objects.filter(journey=journey, state=Appointment.State.APPOINTED)
    return [row.assessor for row in appointed.select_related("assessor")]


def tell_applicants(journey: Journey, kind: Kind, path: str = "", *, but: Iterable[User] = ()) -> list[User]:
    return _tell(journey, kind, applicants(journey), path or f"/journeys/{journey.ref}/", but)


def tell_officers(journey: Journey, kind: Kind, *, but: Iterable[User] = ()) -> list[User]:
    body = journey.edition.body
    return _tell(journey, kind, officers(journey), f"/body/{body.slug}/journeys/{journey.ref}/", but)


def tell_assessors(journey: Journey, kind: Kind, *, but: Iterable[User] = ()) -> list[User]:
    return _tell(journey, kind, assessors(journey), f"/assess/{journey.ref}/", but)


def _tell(journey: Journey, kind: Kind, people: list[User], path: str, but: Iterable[User]) -> list[User]:
    heard = set(but)
    left = [person for person in people if person not in heard]
    tell(kind=kind, to=left, organisation=journey.edition.body, path=path, about=journey.edition.name)
    return left
