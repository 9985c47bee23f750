"""The doors to a journey, one for each side. Absent and forbidden answer alike, with 404."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from kithwork.accounts.models import User
from kithwork.journeys.models import Appointment, Invoice, Journey, PublishedEdition, Support
from kithwork.organisations.access import WRITES, memberships_of
from kithwork.organisations.actions import digest_of
from kithwork.organisations.models import PROVIDER_ROLES, Membership, Organisation, Role

Anyone = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class Applicant:
    """A journey seen from the applicant's side."""

    journey: Journey
    roles: frozenset[str]

    @property
    def writes(self) -> bool:
        return bool(self.roles & WRITES)

    @property
    def leads(self) -> bool:
        return Role.LEAD in self.roles


def _all() -> QuerySet[Journey]:
    # An edition's texts are its whole folder; `edition_of` has read them once, so no page loads them with each journey
    return Journey.objects.select_related("edition__body", "service__organisation", "person").defer("edition__texts")


def journey_for_applicant(user: Anyone, ref: str, *, write: bool = False) -> Applicant:
    """For colleagues of the service's organisation, or the person themselves; `write` asks for more than a reader."""
    journey = _all().filter(ref=ref).first()
    if journey is None or not isinstance(user, User):
        raise Http404("No such page.")
    if journey.person_id is not None:
        if journey.person_id != user.pk:
            raise Http404("No such page.")
        return Applicant(journey, frozenset({Role.LEAD}))
    assert journey.service is not None  # the table's constraint: a service or a person
    roles = frozenset(
        m.role
        for m in memberships_of(user).filter(organisation=journey.service.organisation)
        if m.role in PROVIDER_ROLES
    )
    if not roles or (write and not roles & WRITES):
        raise Http404("No such page.")
    return Applicant(journey, roles)


def journeys_for_applicant(user: Anyone, organisation: Organisation) -> QuerySet[Journey]:
    """The journeys of an organisation's services, for its colleagues."""
    if not memberships_of(user).filter(organisation=organisation, role__in=PROVIDER_ROLES).exists():
        return Journey.objects.none()
    return _all().filter(service__organisation=organisation)


def journeys_of_person(user: Anyone) -> QuerySet[Journey]:
    """The journeys on which a person is the applicant themselves."""
    return _all().filter(person=user) if isinstance(user, User) else Journey.objects.none()


def journeys_of_services(user: Anyone) -> QuerySet[Journey]:
    """The journeys of the services for which a person works, in whichever role."""
    if not isinstance(user, User):
        return Journey.objects.none()
    own = memberships_of(user).filter(role__in=PROVIDER_ROLES).order_by().values("organisation")
    return _all().filter(service__organisation__in=own)


def _bodies_assessed_for(user: User) -> QuerySet[Membership, Any]:
    """The bodies whose assessor the person is today. An appointment shows nothing without it."""
    return memberships_of(user).filter(role=Role.ASSESSOR).order_by().values("organisation")


def support_by(token: str, now: datetime) -> Support:
    """A third party's request, for whoever holds its link; used up, withdrawn, expired and unknown answer alike."""
    found = (
        Support.objects.filter(
            token_digest=digest_of(token), answered_on=None, declined_on=None, withdrawn_at=None, expires_at__gt=now
        )
        .select_related("journey__edition__body", "journey__service", "journey__person")
        .first()
    )
    if found is None:
        raise Http404("No such page.")
    return found


def journey_for_assessor(user: Anyone, ref: str) -> Journey:
    """For the assessor appointed to it, while they are the body's, and nobody else of the body."""
    journey = journeys_for_assessor(user).filter(ref=ref).first()
    if journey is None:
        raise Http404("No such page.")
    return journey


def journeys_for_assessor(user: Anyone) -> QuerySet[Journey]:
    if not isinstance(user, User):
        return Journey.objects.none()
    return _all().filter(
        appointments__assessor=user,
        appointments__state=Appointment.State.APPOINTED,
        edition__body__in=_bodies_assessed_for(user),
    )


def appointment_for(user: Anyone, ref: str, *, over: bool = False) -> Appointment:
    """A request to assess, for the person who is asked; with `over` also one that waits for no answer any more, so
    that whoever answers it late is told so.
    """
    if isinstance(user, User):
        found = (
            (_appointments_of(user) if over else appointments_asked_of(user))
            .filter(ref=ref)
            .select_related("journey__edition__body", "journey__service__organisation", "journey__person", "asked_by")
            .first()
        )
        if found is not None:
            return found
    raise Http404("No such page.")


def appointments_asked_of(user: Anyone) -> QuerySet[Appointment]:
    if not isinstance(user, User):
        return Appointment.objects.none()
    asked = _appointments_of(user).filter(state=Appointment.State.ASKED)
    return asked.select_related("journey__edition", "journey__service")


def _appointments_of(user: User) -> QuerySet[Appointment]:
    return Appointment.objects.filter(assessor=user, journey__edition__body__in=_bodies_assessed_for(user))


def journey_for_body(user: Anyone, slug: str, ref: str, *roles: Role) -> Journey:
    """For officers of the body that runs the edition, or whoever holds one of `roles` there."""
    wanted = roles or (Role.OFFICER,)
    if memberships_of(user).filter(organisation__slug=slug, role__in=wanted).exists():
        journey = _all().filter(ref=ref, edition__body__slug=slug).first()
        if journey is not None:
            return journey
    raise Http404("No such page.")


def journeys_for_body(user: Anyone, organisation: Organisation) -> QuerySet[Journey]:
    if not memberships_of(user).filter(organisation=organisation, role=Role.OFFICER).exists():
        return Journey.objects.none()
    return _all().filter(edition__body=organisation)


def edition_of_body(body: Organisation, slug: str, edition: str) -> PublishedEdition:
    """An edition that a body, which one has got through a door, has published."""
    found = PublishedEdition.objects.filter(body=body, slug=slug, edition=edition).defer("texts").first()
    if found is None:
        raise Http404("No such page.")
    found.body = body
    return found


def invoice_of(journey: Journey, ref: str) -> Invoice:
    """An invoice of a journey that one has got through a door."""
    found = Invoice.objects.filter(journey=journey, ref=ref).select_related("body").first()
    if found is None:
        raise Http404("No such page.")
    return found


def journey_to_write_on(user: Anyone, ref: str) -> Journey:
    """For whoever writes on a journey: the applicant's side but its readers, its assessor, the body's officers, its
    panel's members and chair.
    """
    journey = _all().filter(ref=ref).first()
    if journey is None or not isinstance(user, User):
        raise Http404("No such page.")
    writes = (Role.OFFICER, Role.PANEL, Role.CHAIR)
    if memberships_of(user).filter(organisation=journey.edition.body, role__in=writes).exists():
        return journey
    if journeys_for_assessor(user).filter(pk=journey.pk).exists():
        return journey
    return journey_for_applicant(user, ref, write=True).journey
