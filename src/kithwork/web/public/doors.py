"""The public desk's doors: what anybody may see. What is not public answers as if it were not there."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest
from django.utils.functional import cached_property

from kithwork.core.schemes import ChecklistStage, Edition
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import EditionRow, every_edition


@dataclass(frozen=True)
class Offer:
    """An edition on offer: its words, and the body that runs it."""

    edition: Edition
    body: str
    website: str
    address: str
    closed_on: datetime | None = None  # from when it takes no new applications

    @property
    def slug(self) -> str:
        return self.edition.scheme.slug

    @property
    def for_services(self) -> bool:
        """Services apply, not people for themselves."""
        return self.edition.scheme.applicant == "service"

    @cached_property
    def check(self) -> ChecklistStage | None:
        """The questions that anybody can answer first: a checklist that opens without conditions."""
        return next(
            (stage for stage in self.edition.stages if isinstance(stage, ChecklistStage) and not stage.opens), None
        )


def offers_and_closed() -> tuple[list[Offer], list[Offer]]:
    """The newest edition on offer of each scheme, by name; and of schemes that take no new applications, the newest
    closed one. One query.
    """
    found: dict[str, Offer] = {}
    for row in every_edition():
        known = found.get(row.slug)
        if known is None or (known.closed_on and row.closed_at is None):
            found[row.slug] = _offer(row)
    return [one for one in found.values() if not one.closed_on], [one for one in found.values() if one.closed_on]


def offers() -> list[Offer]:
    """The newest edition of each scheme on offer, by name. One query."""
    return offers_and_closed()[0]


def offer_for(slug: str) -> Offer:
    """One scheme: the newest edition on offer, or else the newest that is closed."""
    rows = list(every_edition().filter(slug=slug))
    if not rows:
        raise Http404("There is no such scheme.")
    return _offer(next((row for row in rows if row.closed_at is None), rows[0]))


def offered(request: HttpRequest, slug: str) -> Offer:
    """The same for a page; one that previews an edition hands in an offer of its own."""
    made_up: Offer | None = getattr(request, "made_up_offer", None)
    return made_up if made_up is not None and made_up.slug == slug else offer_for(slug)


def _offer(row: EditionRow) -> Offer:
    body = row.body
    return Offer(edition_of(row), body.name, body.website, body.address, row.closed_at)
