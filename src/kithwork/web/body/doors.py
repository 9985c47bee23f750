"""The way in to the awarding body's desk: officers of the body alone, each page through one of these."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from kithwork.awards.access import award_for_body
from kithwork.awards.queries import AwardRow
from kithwork.journeys.access import journey_for_body
from kithwork.journeys.queries import JourneyRow
from kithwork.organisations.access import body_for
from kithwork.organisations.models import Organisation
from kithwork.web.kit.cards import Place
from kithwork.web.kit.pages import Signed

# Name of the page, its words, and the pages that belong to the same place of the top bar
_PLACES: tuple[tuple[str, str], ...] = (
    ("body_home", "Pipeline"),
    ("invoices", "Invoices"),
    ("body_register", "Register"),
    ("body_people", "People"),
    ("breaches", "Records"),
)
_RECORDS: tuple[tuple[str, str], ...] = (
    ("breaches", "Data breaches"),
    ("outbox", "Outbox"),
    ("body_schemes", "Schemes"),
    ("body_ledger", "Ledger"),
)


@dataclass(frozen=True, slots=True)
class BodyChrome:
    """What the top bar shows on this desk."""

    places: tuple[Place, ...]
    organisation: str


def _dress(request: HttpRequest, organisation: Organisation, place: str) -> None:
    places = tuple(
        Place(words, reverse(name, args=[organisation.slug]), current=name == place) for name, words in _PLACES
    )
    request.desk_chrome = BodyChrome(places, organisation.name)  # type: ignore[attr-defined]  # read by kit.chrome


def body(request: Signed, org: str, place: str = "") -> Organisation:
    """The body, for one of its officers."""
    organisation = body_for(request.user, org).organisation
    _dress(request, organisation, place)
    return organisation


def journey(request: Signed, org: str, ref: str) -> JourneyRow:
    """A journey through one of the body's editions, for one of its officers."""
    found = journey_for_body(request.user, org, ref)
    _dress(request, found.edition.body, "body_home")
    return found


def award(request: Signed, org: str, ref: str) -> AwardRow:
    """An award that the body granted, for one of its officers."""
    found = award_for_body(request.user, org, ref)
    _dress(request, found.journey.edition.body, "body_register")
    return found


def records(organisation: Organisation, current: str) -> list[Place]:
    """The sub-navigation of the place 'Records'."""
    return [Place(words, reverse(name, args=[organisation.slug]), name == current) for name, words in _RECORDS]
