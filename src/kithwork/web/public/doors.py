"""The public desk's doors: what anybody may see. What is not public answers as if it were not there."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.functional import cached_property

from kithwork.core.schemes import ChecklistStage, Edition
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import on_offer


@dataclass(frozen=True)
class Offer:
    """An edition on offer: its words, and the body that runs it."""

    edition: Edition
    body: str
    website: str
    address: str

    @property
    def slug(self) -> str:
        return self.edition.scheme.slug

    @property
    def for_services(self) -> bool:
        """Services apply on this site; a scheme for persons is applied for with its body."""
        return self.edition.scheme.applicant == "service"

    @cached_property
    def check(self) -> ChecklistStage | None:
        """The questions that anybody can answer first: a checklist that opens without conditions."""
        return next(
            (stage for stage in self.edition.stages if isinstance(stage, ChecklistStage) and not stage.opens), None
        )


def offers() -> list[Offer]:
    """The newest edition of each scheme on offer, by name. One query."""
    newest: dict[str, Offer] = {}
    for published in on_offer().defer("texts"):
        body = published.body
        if published.slug not in newest:
            newest[published.slug] = Offer(edition_of(published), body.name, body.website, body.address)
    return list(newest.values())


def offer_for(slug: str) -> Offer:
    """One scheme on offer."""
    published = on_offer().defer("texts").filter(slug=slug).order_by("-published_at").first()
    if published is None:
        raise Http404("No such scheme is on offer.")
    body = published.body
    return Offer(edition_of(published), body.name, body.website, body.address)
