"""Every write to organisations, memberships and invitations."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.text import slugify

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.organisations.models import (
    BODY_ROLES,
    PROVIDER_ROLES,
    Invitation,
    Membership,
    Organisation,
    Role,
    Service,
)

INVITATION_LASTS = timedelta(days=14)


def _free_slug(name: str, taken: type[Organisation] | type[Service]) -> str:
    base = slugify(name)[:50] or "organisation"
    slug, number = base, 1
    while taken._default_manager.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def found(
    *, name: str, kind: Organisation.Kind, by: User, address: str = "", website: str = "", how_to_pay: str = ""
) -> Organisation:
    """Set up an organisation; the founder becomes its lead, or its officer when it is a body. Writes the ledger."""
    organisation = Organisation.objects.create(
        name=name.strip(),
        kind=kind,
        slug=_free_slug(name, Organisation),
        address=address.strip(),
        website=website,
        how_to_pay=how_to_pay.strip(),
    )
    write(
        act=Act.ORGANISATION_FOUNDED,
        actor=by.actor,
        subject=f"organisation:{organisation.ref}",
        organisation=organisation.ref,
    )
    role = Role.LEAD if kind == Organisation.Kind.PROVIDER else Role.OFFICER
    join(organisation=organisation, user=by, role=role, by=by)
    return organisation


@transaction.atomic
def open_service(*, organisation: Organisation, name: str, by: User, place: str = "", website: str = "") -> Service:
    """Add a mentoring service to an organisation. Raises Refused when it has one of that name. Writes the ledger."""
    name = name.strip()
    if organisation.services.filter(name__iexact=name).exists():
        raise Refused("Your organisation has a service of this name already.")
    service = Service.objects.create(
        organisation=organisation, name=name, slug=_free_slug(name, Service), place=place.strip(), website=website
    )
    write(
        act=Act.ORGANISATION_SERVICE_OPENED,
        actor=by.actor,
        subject=f"service:{service.ref}",
        organisation=organisation.ref,
    )
    return service


@transaction.atomic
def set_up(
    *, name: str, service: str, by: User, place: str = "", website: str = "", address: str = ""
) -> tuple[Organisation, Service]:
    """Set up an organisation that runs services, with its first one. Raises Refused when the person leads one of that
    name already (a form sent twice). Writes the ledger.
    """
    User.objects.select_for_update().get(pk=by.pk)
    mine = by.memberships.filter(ended_at__isnull=True, role=Role.LEAD, organisation__name__iexact=name.strip())
    if mine.exists():
        raise Refused("You have set up an organisation of this name already. Find it under 'Your desks'.")
    organisation = found(name=name, kind=Organisation.Kind.PROVIDER, by=by, address=address, website=website)
    return organisation, open_service(organisation=organisation, name=service, by=by, place=place, website=website)


def _check_role(organisation: Organisation, role: Role) -> None:
    allowed = PROVIDER_ROLES if organisation.kind == Organisation.Kind.PROVIDER else BODY_ROLES
    if role not in allowed:
        raise Refused("This organisation has no such role.")


@transaction.atomic
def join(*, organisation: Organisation, user: User, role: Role, by: User) -> Membership:
    """Give a person a role; nothing happens when they hold it. Writes the ledger."""
    _check_role(organisation, role)
    membership, new = Membership.objects.get_or_create(
        organisation=organisation, user=user, role=role, ended_at__isnull=True
    )
    if new:
        write(
            act=Act.ORGANISATION_JOINED,
            actor=by.actor,
            subject=f"user:{user.ref}",
            organisation=organisation.ref,
            facts={"role": role.value},
        )
    return membership


@transaction.atomic
def leave(*, membership: Membership, by: User, now: datetime) -> None:
    """End a membership. Raises Refused for the last lead or officer. Writes the ledger."""
    keys = {Role.LEAD, Role.OFFICER}
    others = Membership.objects.select_for_update().filter(
        organisation=membership.organisation, role=membership.role, ended_at__isnull=True
    )
    if membership.role in keys and others.exclude(pk=membership.pk).count() == 0:
        raise Refused("Somebody else must hold this role before you can take it from the last person who has it.")
    membership.ended_at = now
    membership.save(update_fields=["ended_at"])
    write(
        act=Act.ORGANISATION_LEFT,
        actor=by.actor,
        subject=f"user:{membership.user.ref}",
        organisation=membership.organisation.ref,
        facts={"role": membership.role},
    )


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(*, organisation: Organisation, email: str, role: Role, by: User, now: datetime) -> tuple[Invitation, str]:
    """Offer a place by e-mail for 14 days; earlier open invitations of the address are withdrawn. Gives the link's
    secret.
    """
    email = email.strip().lower()
    _check_role(organisation, role)
    if organisation.memberships.filter(user__email=email, role=role, ended_at__isnull=True).exists():
        raise Refused("This person has that role already.")
    organisation.invitations.filter(email=email, role=role, accepted_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=now
    )
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        token_digest=digest_of(token),
        invited_by=by,
        expires_at=now + INVITATION_LASTS,
    )
    write(
        act=Act.ORGANISATION_INVITED,
        actor=by.actor,
        subject=f"invitation:{invitation.ref}",
        organisation=organisation.ref,
        facts={"role": role.value},
    )
    return invitation, token


@transaction.atomic
def accept(*, token: str, user: User, now: datetime) -> Membership:
    """Take up an invitation. Raises Refused when it is unknown, used, withdrawn, expired or for another address, and
    does not tell which.
    """
    invitation = (
        Invitation.objects.select_for_update()
        .select_related("organisation")
        .filter(
            token_digest=digest_of(token),
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=now,
            email=user.email,
        )
        .first()
    )
    if invitation is None:
        raise Refused("This invitation cannot be used. Sign in with the address it was sent to, or ask for a new one.")
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    return join(organisation=invitation.organisation, user=user, role=Role(invitation.role), by=user)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, now: datetime) -> None:
    """Take an invitation back; its link works no more. Raises Refused when it was taken up or withdrawn. Writes the
    ledger.
    """
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at is not None:
        raise Refused("This invitation has been taken up already.")
    if locked.withdrawn_at is not None:
        raise Refused("This invitation was withdrawn already.")
    locked.withdrawn_at = now
    locked.save(update_fields=["withdrawn_at"])
    write(
        act=Act.ORGANISATION_INVITATION_WITHDRAWN,
        actor=by.actor,
        subject=f"invitation:{locked.ref}",
        organisation=invitation.organisation.ref,
        facts={"role": locked.role},
    )


@transaction.atomic
def change_role(*, membership: Membership, role: Role, by: User, now: datetime) -> Membership:
    """Give a colleague another role in place of this one. Raises Refused for the last lead or officer. Writes the
    ledger.
    """
    if role == membership.role:
        raise Refused(f"{membership.user} has that role already.")
    changed = join(organisation=membership.organisation, user=membership.user, role=role, by=by)
    leave(membership=membership, by=by, now=now)
    return changed


@transaction.atomic
def forget_person(*, user: User, now: datetime) -> int:
    """End every membership of somebody who is erased, and empty invitations to their address. Raises Refused for the
    last lead or officer of an organisation. Writes the ledger. Gives how many there were.
    """
    live = Membership.objects.filter(user=user, ended_at__isnull=True).select_related("organisation", "user")
    number = 0
    for membership in live:
        leave(membership=membership, by=user, now=now)
        number += 1
    return number + Invitation.objects.filter(email__iexact=user.email).update(email="", withdrawn_at=now)
