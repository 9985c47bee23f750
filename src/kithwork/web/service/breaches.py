"""The service's register of data breaches: what was left in, when it was reported, what was done within 72 hours."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.evidence.queries import BreachRow, BreachSide, breaches_of_provider, settled
from kithwork.journeys.editions import edition_of
from kithwork.web.kit.breaches import breach_page, deadline
from kithwork.web.kit.cards import Kind, Link, StateTag
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.service.words import slot_name
from kithwork.web.templatetags.kit import clock, plural


def _whose(row: BreachRow) -> str:
    return row.journey.service.name if row.journey.service else ""


@page(Desk.SERVICE)
def service_breaches(request: Signed, slug: str) -> HttpResponse:
    """All of an organisation's; nothing that was in a document is shown, for it is gone."""
    place = doors.provider(request, slug)
    now, rows = timezone.now(), list(breaches_of_provider(place.organisation))
    over = settled(rows, BreachSide.SERVICE)
    owed = sum(row.pk not in over for row in rows)
    heading = f"{plural(len(rows), 'data breach,data breaches')}" if rows else "No data breach has been reported"
    context = {
        "place": place,
        "heading": f"{heading}; {owed} to settle" if owed else heading,
        "columns": ["Service", "In", "Kind of detail", "Reported", "Document destroyed", "72 hours from the report"],
        "rows": [
            (
                _whose(row),
                slot_name(edition_of(row.journey.edition), row.slot),
                Link(row.what, reverse("service_breach", args=[slug, row.ref])),
                clock(row.reported_at),
                clock(row.destroyed_at) if row.destroyed_at else StateTag("Not yet", Kind.RED),
                deadline(row, now, settled=row.pk in over),
            )
            for row in rows
        ],
    }
    return render(request, "service/breaches.html", context)


@page(Desk.SERVICE, "GET", "POST")
def service_breach(request: Signed, slug: str, breach: str) -> HttpResponse:
    """One breach, what the service did about it, and noting more."""
    place = doors.provider(request, slug, write=request.method == "POST")
    found = breaches_of_provider(place.organisation).filter(ref=breach).first()
    if found is None:
        raise Http404("No such page.")
    return breach_page(
        request,
        found,
        BreachSide.SERVICE,
        where=slot_name(edition_of(found.journey.edition), found.slot),
        whose=_whose(found),
        up=Link("Data breaches", reverse("service_breaches", args=[slug])),
        writes=place.writes,
    )
