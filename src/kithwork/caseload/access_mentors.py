"""The doors of what belongs to mentors: references, checks, trainings, banks. Absent and forbidden answer alike."""

from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from kithwork.accounts.models import User
from kithwork.caseload.access import Run, mentoring_of
from kithwork.caseload.models import (
    Bank,
    Exemption,
    Gathering,
    Mentor,
    Reference,
    Session,
    Training,
    Vetting,
)
from kithwork.organisations.models import Organisation

# of a mentor that one has got through `mentor_of`


def reference_of(mentor: Mentor, ref: str) -> Reference:
    return _his(Reference.objects.filter(mentor=mentor, ref=ref), mentor)


def vetting_of(mentor: Mentor, ref: str) -> Vetting:
    return _his(Vetting.objects.filter(mentor=mentor, ref=ref), mentor)


def exemption_of(mentor: Mentor, number: int) -> Exemption:
    """By its number in the table: an exemption has no reference of its own."""
    return _his(Exemption.objects.filter(mentor=mentor, pk=number), mentor)


Held = TypeVar("Held", Reference, Vetting, Exemption)


def _his(rows: QuerySet[Held], mentor: Mentor) -> Held:
    found = rows.first()
    if found is None:
        raise Http404("No such page.")
    found.mentor = mentor
    return found


def training_of(run: Run, ref: str) -> Training:
    """A training of a service that one has got through `coordinated_by`."""
    found = Training.objects.filter(service=run.service, ref=ref).first()
    if found is None:
        raise Http404("No such page.")
    found.service = run.service
    return found


def session_of(training: Training, ref: str) -> Session:
    found = Session.objects.filter(training=training, ref=ref).first()
    if found is None:
        raise Http404("No such page.")
    found.training = training
    return found


def gathering_of(run: Run, ref: str) -> Gathering:
    """A gathering or newsletter of a service that one has got through `coordinated_by`."""
    found = Gathering.objects.filter(service=run.service, ref=ref).first()
    if found is None:
        raise Http404("No such page.")
    found.service = run.service
    return found


def bank_of(run: Run, ref: str) -> Bank:
    """What this service asked to be the bank of."""
    found = Bank.objects.filter(service=run.service, ref=ref).select_related("body").first()
    if found is None:
        raise Http404("No such page.")
    found.service = run.service
    return found


def bank_asked_of(body: Organisation, ref: str) -> Bank:
    """A bank for a scheme of a body that one has got through its door."""
    found = Bank.objects.filter(body=body, ref=ref).select_related("service__organisation").first()
    if found is None:
        raise Http404("No such page.")
    return found


def own_mentoring_for(user: User | AnonymousUser, ref: str) -> Mentor:
    """A person's own record as a mentor, while they have not left."""
    found = next((one for one in mentoring_of(user) if one.ref == ref), None)
    if found is None:
        raise Http404("No such page.")
    return found
