"""The map: how a service stands to every requirement of a scheme, by its own records, and what to mend first."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from time import monotonic

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.readiness.plan import plan
from kithwork.readiness.keeping import count, months_missing, past
from kithwork.readiness.queries import offers
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.readiness.frame import Seen, holding, map_address, seen
from kithwork.web.coordinator.readiness.wording import STATE, finding, lapse_rows, reach, stamp, task
from kithwork.web.kit.acting import done
from kithwork.web.kit.cards import EvidenceMap, MapArea, MapCell, RecordState
from kithwork.web.kit.charts import Chart, Series
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate

FIRST = 6  # lines of the plan shown under the map
BUDGET = 2.0  # seconds within which a click counts past months; the daily round counts the rest


@page(Desk.SERVICE)
def readiness(request: Signed, slug: str) -> HttpResponse:
    """The map that is looked at first: of the newest journey, or of what is on offer."""
    run = doors.people(request, slug)
    found = offers(run.service)
    if found:
        return HttpResponseRedirect(map_address(slug, found[0]))
    return render(request, "coordinator/readiness/none.html", {"run": run})


@page(Desk.SERVICE)
def readiness_map(request: Signed, slug: str, scheme: str, edition: str, level: str) -> HttpResponse:
    it = seen(request, slug, scheme, edition, level)
    lines = plan(it.standings, it.kept.day, it.levels)
    context = it.addresses | {
        "it": it,
        "heading": finding(it),
        "reach": reach(it),
        "stamp": stamp(it.kept.counted_at, changed=it.kept.changed, today=it.today),
        "fresh": not it.kept.changed,
        "map": map_of(it),
        "tasks": [task(it, line) for line in lines[:FIRST]],
        "more": len(lines) > FIRST,
        "lapses": lapse_rows(it),
        "trend": trend(it),
        "missing": bool(months_missing(practice=it.run.practice, edition=it.edition, today=it.today)),
        "journey": reverse("journey", args=[it.offer.journey]) if it.offer.journey else "",
    }
    return render(request, "coordinator/readiness/map.html", context)


def map_of(it: Seen) -> EvidenceMap:
    """Areas down, requirements across, by what records say today."""
    states = {one.requirement: STATE[one.state] for one in it.standings}
    cells: dict[str, list[MapCell]] = {area.id: [] for area in it.edition.areas}
    for one in it.requirements:
        state = states.get(one.id, RecordState.BY_DOCUMENT)
        cells[one.area].append(MapCell(one.number, one.title, state, it.at("readiness_one", one.id)))
    areas = tuple(MapArea(area.title, tuple(cells[area.id])) for area in it.edition.areas if cells[area.id])
    return EvidenceMap(f"All {it.edition.words.requirements}", areas, it.word, met=True)


def trend(it: Seen) -> Chart | None:
    """How many were met at the end of each month, and are today; None before there are two points."""
    ends = past(practice=it.run.practice, edition=it.edition, today=it.today)
    if not ends:
        return None
    points = [(f"{one.day:%b}", holding([s for s in one.standings if s.level in it.levels])) for one in ends]
    points.append(("Today", holding(it.standings)))
    first, last = points[0][1], points[-1][1]
    return Chart(
        "Over the year",
        f"{first} were met on {longdate(ends[0].day)}, {last} are today, of {len(it.standings)} that records can show.",
        tuple(label for label, _ in points),
        (Series("Met", tuple(number for _, number in points)),),
        unit=it.edition.words.requirements,
        first="End of",
    )


@page(Desk.SERVICE, "POST")
def readiness_count(request: Signed, slug: str, scheme: str, edition: str, level: str) -> HttpResponse:
    """Count today again, and the past month ends that are not kept, as far as a click may take."""
    it, began = seen(request, slug, scheme, edition, level), monotonic()
    practice = it.run.practice
    days = [it.today, *months_missing(practice=practice, edition=it.edition, today=it.today)]
    for day in days:
        if day == it.today or monotonic() - began < BUDGET:
            count(practice=practice, edition=it.edition, day=day, now=timezone.now())
    return done(request, it.at("readiness_map"), "Counted again.")
