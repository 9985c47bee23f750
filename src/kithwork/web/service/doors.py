"""The doors of the service desk: each opens a record together with the right to it, and hangs up the desk's top bar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from kithwork.core.journey import Position
from kithwork.core.schemes import Edition, PortfolioStage, Stage
from kithwork.journeys.access import Applicant, journey_for_applicant
from kithwork.journeys.queries import Reading, read
from kithwork.organisations.access import Place, provider_for
from kithwork.web.kit.cards import Link
from kithwork.web.kit.cards import Place as Spot
from kithwork.web.kit.pages import DeskChrome, Signed


@dataclass(frozen=True, slots=True)
class Seen:
    """A journey through the applicant's door: the record, where it stands today, and what this person may do."""

    applicant: Applicant
    reading: Reading
    today: date

    @property
    def ref(self) -> str:
        return self.reading.journey.ref

    @property
    def edition(self) -> Edition:
        return self.reading.edition

    @property
    def position(self) -> Position:
        return self.reading.position

    @property
    def writes(self) -> bool:
        return self.applicant.writes

    @property
    def name(self) -> str:
        """Of the service, or of the person."""
        journey = self.reading.journey
        return journey.service.name if journey.service else str(journey.person)

    @property
    def onward(self) -> Link:
        """Where to look when something was refused."""
        return Link("See where the journey stands now", reverse("journey", args=[self.ref]))

    def stage(self, stage_id: str) -> Stage:
        try:
            return self.edition.stage(stage_id)
        except KeyError:
            raise Http404("No such page.") from None


def provider(request: Signed, slug: str, *, write: bool = False, lead: bool = False) -> Place:
    """An organisation that runs services; `write` is more than a reader, `lead` its leads alone."""
    place = provider_for(request.user, slug)
    if (write and not place.writes) or (lead and not place.leads):
        raise Http404("No such page.")
    spots = (
        ("What needs you", reverse("service_home", args=[slug])),
        ("Colleagues", reverse("colleagues", args=[slug])),
    )
    _hang(request, spots, place.organisation.name)
    return place


def yourself(request: Signed) -> None:
    """A person's own desk: everybody who is signed in has one."""
    spots = (
        ("What needs you", "applicant_home"),
        ("Courses", "my_courses"),
        ("Hours", "hours"),
        ("Calendar", "my_calendar"),
        ("Schemes", "schemes"),
    )
    _hang(request, [(words, reverse(name)) for words, name in spots])


def journey(request: Signed, ref: str, *, write: bool = False) -> Seen:
    """A journey for those on the applicant's side; `write` asks for more than a reader.

    A page that previews an edition hands in a made-up one, and its officer has come through another door.
    """
    made_up: Seen | None = getattr(request, "made_up", None)
    if made_up is not None and made_up.ref == ref:
        return made_up
    applicant = journey_for_applicant(request.user, ref, write=write)
    today = timezone.localdate()
    service = applicant.journey.service
    organisation = service.organisation if service else None
    home = reverse("service_home", args=[organisation.slug]) if organisation else reverse("applicant_home")
    seen = Seen(applicant, read(applicant.journey, today), today)
    spots = [("What needs you", home), ("The journey", reverse("journey", args=[ref])), *_shown_in(seen)]
    if organisation:
        spots.append(("Colleagues", reverse("colleagues", args=[organisation.slug])))
    _hang(request, spots, organisation.name if organisation else "")
    return seen


def _shown_in(seen: Seen) -> list[tuple[str, str]]:
    """Where this journey's evidence is: its portfolio, the map and the list, or what of these its scheme has."""
    folders = [one for one in seen.edition.stages if isinstance(one, PortfolioStage)]
    here = [one for one in folders if seen.position.stages[one.id].in_play]
    found = [("Portfolio", reverse("portfolio", args=[seen.ref, one.id])) for one in here[-1:]]
    apart = {one.assessed for one in seen.edition.requirements} - {one.assessed for one in folders}
    if apart:
        found.append(("Evidence map", reverse("evidence_map", args=[seen.ref])))
    written = (piece for one in seen.edition.stages for piece in getattr(one, "pieces", ()))
    if apart or any(not getattr(piece, "performed", False) for piece in written):
        found.append(("All evidence", reverse("items", args=[seen.ref])))
    return found


def _hang(request: Signed, spots: Iterable[tuple[str, str]], organisation: str = "") -> None:
    places = tuple(Spot(text, href, request.path == href) for text, href in spots)
    request.desk_chrome = DeskChrome(places, organisation)  # type: ignore[attr-defined]  # read by the kit's chrome


def go(name: str, *args: str, query: str = "", anchor: str = "") -> HttpResponseRedirect:
    """On to another page after something was done (303: the next request is a GET)."""
    target = reverse(name, args=args) + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else "")
    answer = HttpResponseRedirect(target)
    answer.status_code = 303
    return answer
