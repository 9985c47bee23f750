"""The doors to an award, and to a case that is handed out. Absent and forbidden answer alike, with 404."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from kithwork.accounts.models import User
from kithwork.awards.models import Award, Dossier
from kithwork.journeys.access import journey_for_body
from kithwork.journeys.models import Journey
from kithwork.organisations.actions import digest_of
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


def dossier_by(token: str, now: datetime) -> Dossier:
    """A case handed out, for whoever holds its link; stopped, run out and unknown answer alike."""
    found = (
        Dossier.objects.filter(token_digest=digest_of(token), stopped_at=None, expires_at__gt=now)
        .select_related("journey__edition__body", "journey__service__organisation", "journey__person")
        .defer("journey__edition__texts")
        .first()
    )
    if found is None:
        raise Http404("No such page.")
    return found


def dossier_of(journey: Journey, ref: str) -> Dossier:
    """One that was opened of a journey that one has got through a door."""
    found = Dossier.objects.filter(journey=journey, ref=ref).first()
    if found is None:
        raise Http404("No such page.")
    found.journey = journey
    return found
