"""The desk's doors: what a page may see, and the desk's bar around it. Absent and forbidden answer alike, with 404."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from kithwork.core.schemes import Stage, VisitStage
from kithwork.evidence.access import item_for_assessor
from kithwork.journeys.access import (
    appointment_for,
    appointments_asked_of,
    journey_for_assessor,
    journeys_for_assessor,
)
from kithwork.journeys.queries import Reading, read
from kithwork.organisations.access import assesses_for
from kithwork.web.assessor.cards import Slot, applicant_name, slots_of
from kithwork.web.kit.cards import Link, Place
from kithwork.web.kit.pages import DeskChrome, Signed

if TYPE_CHECKING:
    from kithwork.evidence.models import Item
    from kithwork.journeys.models import Appointment, Journey


@dataclass(frozen=True, slots=True)
class Case:
    """One journey as its assessor sees it."""

    reading: Reading
    name: str  # of the service, or the person, that applies
    slots: dict[str, Slot]

    @property
    def ref(self) -> str:
        return self.reading.journey.ref

    @property
    def href(self) -> str:
        return reverse("case", args=[self.ref])

    @property
    def onward(self) -> Link:
        """Where to look when something was refused."""
        return Link("See how the case stands now", self.href)

    def stage(self, stage_id: str, *kinds: type[Stage]) -> Stage:
        """A stage of one of these kinds; 404 otherwise."""
        try:
            stage = self.reading.edition.stage(stage_id)
        except KeyError:
            raise Http404("No such page.") from None
        if not isinstance(stage, kinds):
            raise Http404("No such page.")
        return stage

    def slot(self, slot_id: str) -> Slot:
        """Something asked at the level aimed at; 404 otherwise."""
        found = self.slots.get(slot_id)
        if found is None:
            raise Http404("No such page.")
        return found


def dress(request: Signed, organisation: str = "", here: str = "") -> None:
    """Hang the desk's bar on the request."""
    queue = reverse("queue")
    places = (
        Place("My cases", queue, here == "all"),
        Place("Waiting for me", f"{queue}?show=me", here == "me"),
        Place("Finished", f"{queue}?show=finished", here == "finished"),
    )
    request.desk_chrome = DeskChrome(places, organisation)  # type: ignore[attr-defined]  # read by the kit's chrome


def cases_of(request: Signed) -> "tuple[QuerySet[Journey], QuerySet[Appointment]]":
    """The cases, and the requests to assess, of somebody who assesses or has assessed; 404 for everybody else."""
    cases, asked = journeys_for_assessor(request.user), appointments_asked_of(request.user)
    if not (assesses_for(request.user) or cases.exists() or asked.exists()):
        raise Http404("No such page.")
    return cases, asked


def asked_for(request: Signed, ref: str) -> "Appointment":
    """A request to assess that waits for this person's answer; a late answer is let in, so that it can be refused."""
    appointment = appointment_for(request.user, ref, over=request.method == "POST")
    dress(request, appointment.journey.edition.body.name)
    return appointment


def case_for(request: Signed, ref: str, today: date) -> Case:
    """A case of the assessor appointed to it."""
    journey = journey_for_assessor(request.user, ref)
    dress(request, journey.edition.body.name)
    reading = read(journey, today)
    return Case(reading, applicant_name(journey), slots_of(reading))


def prepared_slots(case: Case) -> Collection[str]:
    """What the applicant prepares for a visit may be read once the visit is arranged, until it is over."""
    stages = case.reading.position.stages.values()
    edition = case.reading.edition
    return frozenset(
        item
        for stage in stages
        if isinstance(edition.stage(stage.id), VisitStage) and stage.planned is not None
        for item in stage.items
    )


def item_for(case: Case, ref: str) -> "Item":
    """An item of evidence that has been sent, or is prepared for a visit that is arranged; never a destroyed one."""
    return item_for_assessor(case.reading.journey, ref, frozenset(prepared_slots(case)))
