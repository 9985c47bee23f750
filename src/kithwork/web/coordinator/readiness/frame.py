"""What the pages of readiness share: the door, the edition and level looked at, and how the service stands to it."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run
from kithwork.core.readiness import Standing, State
from kithwork.core.schemes import Edition, Level, Requirement
from kithwork.readiness.keeping import Kept, current
from kithwork.readiness.queries import Offer, offers
from kithwork.web.coordinator import doors
from kithwork.web.kit.cards import Place
from kithwork.web.kit.pages import Signed

HOLDS = frozenset({State.MET, State.AT_RISK})  # what lapses soon is met today


def holding(standings: tuple[Standing, ...] | list[Standing]) -> int:
    return sum(one.state in HOLDS for one in standings)


@dataclass(frozen=True)
class Seen:
    """A service through the door of those who see its people's records, an edition on offer to it, and a level."""

    run: Run
    offers: list[Offer]
    offer: Offer
    level: Level
    today: date

    @property
    def edition(self) -> Edition:
        return self.offer.edition

    @property
    def slug(self) -> str:
        return self.run.service.slug

    @property
    def levels(self) -> list[str]:
        """The levels that are asked for: those within the one looked at first, in the edition's order."""
        within = set(self.level.includes)
        return [one.id for one in self.edition.levels if one.id in within] + [self.level.id]

    @cached_property
    def requirements(self) -> list[Requirement]:
        return [one for one in self.edition.requirements if one.level in self.levels]

    @cached_property
    def kept(self) -> Kept:
        """How the service stands today; counted when it is asked for, if it has to be."""
        return current(practice=self.run.practice, edition=self.edition, now=timezone.now())

    @cached_property
    def standings(self) -> list[Standing]:
        """Of the level's requirements, those that records can show."""
        return [one for one in self.kept.standings if one.level in self.levels]

    def at(self, name: str, *args: object) -> str:
        """The address of a page of readiness, in this edition and level."""
        scheme = self.edition.scheme
        return reverse(name, args=[self.slug, scheme.slug, scheme.edition, self.level.id, *args])

    @property
    def addresses(self) -> dict[str, str]:
        """Of the pages that stand beside each other, for their templates."""
        names = {"up": "readiness_map", "plan": "readiness_plan", "count": "readiness_count"}
        return {key: self.at(name) for key, name in names.items()}

    @property
    def word(self) -> str:
        """The scheme's own word for a requirement: 'Indicator'."""
        unit = self.edition.words.requirement
        return unit[:1].upper() + unit[1:]

    @property
    def level_places(self) -> list[Place]:
        """The levels to choose from; none where there is one."""
        scheme = self.edition.scheme
        places = [
            Place(
                one.title,
                reverse("readiness_map", args=[self.slug, scheme.slug, scheme.edition, one.id]),
                one.id == self.level.id,
            )
            for one in self.edition.levels
        ]
        return places if len(places) > 1 else []

    @property
    def edition_places(self) -> list[Place]:
        """The editions to choose from; none where there is one."""
        places = [Place(name_of(one.edition), map_address(self.slug, one), one is self.offer) for one in self.offers]
        return places if len(places) > 1 else []


def name_of(edition: Edition) -> str:
    return f"{edition.scheme.name} ({edition.scheme.edition})"


def map_address(slug: str, offer: Offer) -> str:
    """The map of an edition at the level that is looked at first."""
    scheme = offer.edition.scheme
    return reverse("readiness_map", args=[slug, scheme.slug, scheme.edition, offer.aim])


def seen(request: Signed, slug: str, scheme: str, edition: str, level: str) -> Seen:
    """The door of these pages. An edition that is not on offer, and a level it has not, are absent."""
    run = doors.people(request, slug)
    run.practice.service = run.service
    found = offers(run.service)
    for offer in found:
        if offer.edition.key == f"{scheme}/{edition}":
            for one in offer.edition.levels:
                if one.id == level:
                    return Seen(run, found, offer, one, timezone.localdate())
    raise Http404("No such page.")
