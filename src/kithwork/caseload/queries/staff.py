"""Who of an organisation's people is told of what."""

from collections.abc import Collection

from kithwork.accounts.models import User
from kithwork.caseload.access import COORDINATES
from kithwork.organisations.models import Membership, Role, Service


def staff_of(service: Service, roles: Collection[str]) -> list[User]:
    """Those who belong to the service's organisation in one of these roles, each once, by name."""
    members = Membership.objects.filter(
        organisation=service.organisation_id, role__in=roles, ended_at__isnull=True, user__is_active=True
    ).select_related("user")
    return sorted({member.user_id: member.user for member in members}.values(), key=lambda user: (user.name, user.pk))


def coordinators_of(service: Service) -> list[User]:
    """Leads and coordinators: those who see people's records."""
    return staff_of(service, COORDINATES)


def answering_for(service: Service) -> list[User]:
    """Who is told of a concern: the organisation's safeguarding leads; its leads where there is none."""
    return staff_of(service, [Role.SAFEGUARDING]) or staff_of(service, [Role.LEAD])
