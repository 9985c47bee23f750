"""The way in to the awarding body's desk: its officers, and in their own stages its panel, each page through one of
these."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from kithwork.awards.access import award_for_body
from kithwork.awards.queries import AwardRow
from kithwork.core.journey import Act, ActKind, StagePosition
from kithwork.core.schemes import PanelStage, PortfolioStage, Stage
from kithwork.core.schemes import Role as Acting
from kithwork.courses.access import officer_offering
from kithwork.courses.queries import OfferingRow
from kithwork.evidence.portfolios import read_by_body
from kithwork.journeys.access import journey_for_body
from kithwork.journeys.queries import JourneyRow, Reading, read
from kithwork.organisations.access import body_for
from kithwork.organisations.models import Organisation, Role
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
    ("courses", "Courses"),
    ("impact", "Impact"),
    ("body_rights", "People’s rights"),
    ("banks", "Mentor banks"),
    ("body_keys", "Keys"),
    ("body_ledger", "Ledger"),
)


@dataclass(frozen=True, slots=True)
class BodyChrome:
    """What the top bar shows on this desk."""

    places: tuple[Place, ...]
    organisation: str


_PANEL = (("panel", "Waiting for the panel"),)  # what a panel's members and its chair have of this desk


def _dress(request: HttpRequest, organisation: Organisation, place: str, *, officer: bool = True) -> None:
    places = tuple(
        Place(words, reverse(name, args=[organisation.slug]), current=name == place)
        for name, words in (_PLACES if officer else _PANEL)
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


@dataclass(frozen=True, slots=True)
class Seat:
    """A stage of a journey as one person of the body sees it, and what they may do there now."""

    org: str
    reading: Reading
    stage: Stage
    roles: frozenset[str]  # the person's, at the body

    @property
    def officer(self) -> bool:
        return Role.OFFICER in self.roles

    @property
    def now(self) -> StagePosition:
        return self.reading.position.stages[self.stage.id]

    @property
    def acts(self) -> tuple[Act, ...]:
        """What is open in this stage, for anybody."""
        return tuple(act for act in self.reading.position.acts if act.stage == self.stage.id)

    def mine(self, *what: ActKind) -> Act | None:
        """What of this is open in this stage for somebody of this person's roles."""
        return next((act for act in self.acts if act.what in what and act.role.value in self.roles), None)

    @property
    def back(self) -> str:
        """Where the person came from: the application, or for a panel's member the panel's list."""
        args = [self.org, self.reading.journey.ref] if self.officer else [self.org]
        return reverse("body_journey" if self.officer else "panel", args=args)


def _speaks_in(stage: Stage) -> frozenset[str]:
    """The roles that ever act in a stage."""
    found = {stage.by, getattr(stage, "recommended_by", None), *getattr(stage, "signatures", ())}
    if isinstance(stage, PanelStage):
        found.add(Acting.PANEL)
    return frozenset(role.value for role in found if role)


def seat(request: Signed, org: str, ref: str, stage: str) -> Seat:
    """A stage of a journey, for officers of its body; once it has opened, for the panel's members and its chair too
    where they have a part in it.
    """
    everybody = (Role.OFFICER, Role.PANEL, Role.CHAIR)
    found = journey_for_body(request.user, org, ref, *everybody)
    reading = read(found, timezone.localdate())
    model = next((one for one in reading.edition.stages if one.id == stage), None)
    roles = body_for(request.user, org, *everybody).roles
    if model is None:
        raise Http404("No such page.")
    taken = Seat(org, reading, model, roles)
    if not taken.officer and (taken.now.opened is None or not roles & _speaks_in(model)):
        raise Http404("No such page.")
    _dress(request, found.edition.body, "body_home" if taken.officer else "panel", officer=taken.officer)
    return taken


def portfolio(request: Signed, org: str, ref: str, stage: str) -> tuple[Seat, PortfolioStage]:
    """A portfolio that the body reads, for its officers, its panel's members and its chair. Whether anything has been
    handed in yet, the page asks.
    """
    everybody = (Role.OFFICER, Role.PANEL, Role.CHAIR)
    found = journey_for_body(request.user, org, ref, *everybody)
    reading = read(found, timezone.localdate())
    model = next((one for one in reading.edition.stages if one.id == stage), None)
    if not isinstance(model, PortfolioStage) or not read_by_body(reading.edition, model):
        raise Http404("No such page.")
    taken = Seat(org, reading, model, body_for(request.user, org, *everybody).roles)
    _dress(request, found.edition.body, "body_home" if taken.officer else "panel", officer=taken.officer)
    return taken, model


def panel(request: Signed, org: str) -> tuple[Organisation, frozenset[str]]:
    """The body, for its panel's members and chair, and for officers; with the person's roles there."""
    place = body_for(request.user, org, Role.OFFICER, Role.PANEL, Role.CHAIR)
    _dress(request, place.organisation, "panel", officer=Role.OFFICER in place.roles)
    return place.organisation, place.roles


def award(request: Signed, org: str, ref: str) -> AwardRow:
    """An award that the body granted, for one of its officers."""
    found = award_for_body(request.user, org, ref)
    _dress(request, found.journey.edition.body, "body_register")
    return found


def offering(request: Signed, org: str, ref: str) -> OfferingRow:
    """A course or another offering of the body, for one of its officers."""
    found = officer_offering(request.user, org, ref)
    _dress(request, found.body, "breaches")
    return found


def records(organisation: Organisation, current: str) -> list[Place]:
    """The sub-navigation of the place 'Records'."""
    return [Place(words, reverse(name, args=[organisation.slug]), name == current) for name, words in _RECORDS]
