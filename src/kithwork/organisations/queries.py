"""Named reads over organisations and their people."""

from collections.abc import Collection

from django.db.models import QuerySet

from kithwork.organisations.models import PROVIDER_ROLES, Invitation, Membership, Organisation, Role, Service

ROLES_OF_PROVIDERS: tuple[Role, ...] = PROVIDER_ROLES  # pages offer these, and import no models


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Live memberships with their people, by role and name."""
    return (
        Membership.objects.filter(organisation=organisation, ended_at__isnull=True)
        .select_related("user")
        .order_by("user__name", "role", "id")
    )


def members_among(organisation: Organisation, users: Collection[int]) -> frozenset[int]:
    """Which of these people belong, or ever belonged, to an organisation. One query."""
    rows = Membership.objects.filter(organisation=organisation, user_id__in=users)
    return frozenset(rows.values_list("user_id", flat=True))


def names_of_members(organisation: Organisation) -> dict[str, str]:
    """User ref -> name, of everybody who belongs or ever belonged to an organisation."""
    return dict(Membership.objects.filter(organisation=organisation).values_list("user__ref", "user__name"))


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations neither taken up nor withdrawn, soonest to expire first; some may have expired."""
    return (
        Invitation.objects.filter(organisation=organisation, accepted_at__isnull=True, withdrawn_at__isnull=True)
        .select_related("invited_by")
        .order_by("expires_at", "id")
    )


def services_of(organisation: Organisation) -> QuerySet[Service]:
    """An organisation's services by name."""
    return Service.objects.filter(organisation=organisation)
