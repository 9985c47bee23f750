"""What the pages of matching share: the door, the day, and what people read of a fit."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run
from kithwork.web.coordinator import doors
from kithwork.web.kit.pages import Signed


@dataclass(frozen=True, slots=True)
class Room:
    """A service through the coordinator's door, and the day."""

    run: Run
    today: date

    def at(self, name: str, *more: str) -> str:
        return reverse(name, args=[self.run.service.slug, *more])


def enter(request: Signed, slug: str) -> Room:
    run = doors.people(request, slug)
    run.practice.service = run.service
    return Room(run, timezone.localdate())


def percent(fit: int) -> str:
    """A fit from 0 to 1000, as people read it."""
    return f"{fit // 10}%"


# the parts of a fit, in a column's head
PARTS = {
    "needs": "Needs and skills",
    "interests": "Interests",
    "languages": "Languages",
    "times": "Times both are free",
    "place": "How near they live",
    "wishes": "What each hopes for in the other",
    "waiting": "How long the mentee has waited",
    "unused": "How long the mentor has had room",
    "experience": "Earlier matches of the mentor",
}
