"""The doors to an award. Absent and forbidden answer alike, with 404."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from kithwork.accounts.models import User
from kithwork.awards.models import Award
from kithwork.journeys.access import journey_for_body
from kithwork.organisations.models import Role


def award_for_body(user: User | AnonymousUser, slug: str, ref: str, *roles: Role) -> Award:
    """An award of the body, for its officers or whoever holds one of `roles` there; its journey comes with it."""
    journey_ref = Award.objects.filter(ref=ref).values_list("journey__ref", flat=True).first()
    if journey_ref is None:
        raise Http404("No such page.")
    journey = journey_for_body(user, slug, journey_ref, *roles)
    award = Award.objects.get(ref=ref)
    award.journey = journey
    return award
