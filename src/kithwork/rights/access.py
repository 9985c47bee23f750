"""The doors to requests and holds: for whoever has got through the organisation's or the service's own."""

from django.http import Http404

from kithwork.accounts.models import User
from kithwork.organisations.models import Organisation, Service
from kithwork.rights.models import Asked, Hold


def asked_of_service(service: Service, ref: str) -> Asked:
    """A request to a service that one has got through a door."""
    return _one(Asked.objects.filter(service=service, ref=ref).select_related("organisation", "answered_by").first())


def asked_of_body(body: Organisation, ref: str) -> Asked:
    """A request to a body that one has got through a door."""
    rows = Asked.objects.filter(organisation=body, service=None, ref=ref)
    return _one(rows.select_related("organisation", "answered_by", "by").first())


def own_asked(user: User, ref: str) -> Asked:
    """A request that the person made with their account."""
    return _one(Asked.objects.filter(by=user, ref=ref).select_related("organisation", "service").first())


def hold_of(service: Service, ref: str) -> Hold:
    """A hold of a service that one has got through a door."""
    found = Hold.objects.filter(service=service, ref=ref).select_related("organisation").first()
    if found is None:
        raise Http404("No such page.")
    return found


def hold_of_body(body: Organisation, ref: str) -> Hold:
    """A hold of a body that one has got through a door."""
    found = Hold.objects.filter(organisation=body, service=None, ref=ref).select_related("organisation").first()
    if found is None:
        raise Http404("No such page.")
    return found


def _one(found: Asked | None) -> Asked:
    if found is None:
        raise Http404("No such page.")
    return found
