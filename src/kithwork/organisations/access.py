"""The doors: an organisation only together with the right to it. Absent and forbidden answer alike, with 404."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from kithwork.accounts.models import User
from kithwork.organisations.actions import digest_of
from kithwork.organisations.models import PROVIDER_ROLES, Invitation, Membership, Organisation, Role, Service

WRITES = frozenset({Role.LEAD, Role.COORDINATOR, Role.CONTRIBUTOR})


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation and what the person may do there."""

    organisation: Organisation
    roles: frozenset[str]

    @property
    def writes(self) -> bool:
        return bool(self.roles & WRITES)

    @property
    def leads(self) -> bool:
        return Role.LEAD in self.roles


def memberships_of(user: User | AnonymousUser) -> QuerySet[Membership]:
    """A person's live memberships, with their organisations."""
    if not isinstance(user, User):
        return Membership.objects.none()
    return (
        Membership.objects.filter(user=user, ended_at__isnull=True)
        .select_related("organisation")
        .order_by("organisation__name", "role")
    )


def _place(user: User | AnonymousUser, slug: str, roles: tuple[Role, ...]) -> Place:
    found = [m for m in memberships_of(user).filter(organisation__slug=slug) if m.role in roles]
    if not found:
        raise Http404("No such page.")
    return Place(found[0].organisation, frozenset(m.role for m in found))


def provider_for(user: User | AnonymousUser, slug: str) -> Place:
    """An organisation that runs services, for anybody who belongs to it."""
    return _place(user, slug, PROVIDER_ROLES)


def body_for(user: User | AnonymousUser, slug: str, *roles: Role) -> Place:
    """An awarding body, for its officers, or for whoever holds one of `roles` there."""
    return _place(user, slug, roles or (Role.OFFICER,))


def service_for(user: User | AnonymousUser, ref: str) -> tuple[Service, Place]:
    """A service, for anybody who belongs to its organisation."""
    service = Service.objects.select_related("organisation").filter(ref=ref).first()
    if service is None:
        raise Http404("No such page.")
    return service, provider_for(user, service.organisation.slug)


def assesses_for(user: User | AnonymousUser) -> bool:
    """Whether the person is an assessor of any body."""
    return memberships_of(user).filter(role=Role.ASSESSOR).exists()


def invitation_of(organisation: Organisation, ref: str) -> Invitation:
    """An open invitation of an organisation that one has got through a door."""
    found = Invitation.objects.filter(organisation=organisation, ref=ref).first()
    if found is None:
        raise Http404("No such page.")
    found.organisation = organisation
    return found


def membership_of(organisation: Organisation, user_ref: str, role: str) -> Membership:
    """Somebody's live membership of an organisation that one has got through a door."""
    found = (
        Membership.objects.filter(organisation=organisation, user__ref=user_ref, role=role, ended_at__isnull=True)
        .select_related("user")
        .first()
    )
    if found is None:
        raise Http404("No such page.")
    found.organisation = organisation
    return found


def invitation_by(token: str, now: datetime) -> Invitation:
    """An invitation that can still be taken up, for whoever has its link. Unknown, used, withdrawn and expired ones
    answer alike.
    """
    found = (
        Invitation.objects.filter(
            token_digest=digest_of(token), accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
        )
        .select_related("organisation")
        .first()
    )
    if found is None:
        raise Http404("No such page.")
    return found


def joined_by(user: User | AnonymousUser, token: str) -> bool:
    """Whether this person has taken up this very invitation, and belongs there still."""
    invitation = Invitation.objects.filter(token_digest=digest_of(token), accepted_at__isnull=False).first()
    if invitation is None or not isinstance(user, User) or invitation.email != user.email:
        return False
    return memberships_of(user).filter(organisation=invitation.organisation_id, role=invitation.role).exists()
