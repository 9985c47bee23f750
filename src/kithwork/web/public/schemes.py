"""Schemes on offer, and one scheme as its edition says it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kithwork.web.kit.cards import TaskRow
from kithwork.web.kit.pages import Desk, page
from kithwork.web.public import scheme as cards
from kithwork.web.public.doors import offered, offers_and_closed


@page(Desk.PUBLIC)
def schemes(request: HttpRequest) -> HttpResponse:
    on_offer, closed = offers_and_closed()
    rows = [(offer, cards.costs(offer.edition)) for offer in on_offer]
    return render(request, "public/schemes.html", {"rows": rows, "closed": closed})


@page(Desk.PUBLIC)
def scheme(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything a service wants to know before it begins, save the requirements' own words."""
    offer = offered(request, slug)
    edition = offer.edition
    context = {
        "offer": offer,
        "edition": edition,
        "levels": cards.levels(edition),
        "costs": cards.costs(edition),
        "road": cards.road(edition),
        "areas": cards.areas(edition),
        "area_rows": [
            TaskRow(one.title, reverse("scheme_area", args=[slug, one.id]), one.counts) for one in cards.areas(edition)
        ],
        "facts": cards.facts(edition, offer.body, offer.website),
        "check_words": "Check your service" if offer.for_services else "Check whether you are eligible",
        "total": cards.wants(edition, len(edition.requirements)),
    }
    return render(request, "public/scheme.html", context)


@page(Desk.PUBLIC)
def scheme_requirements(request: HttpRequest, slug: str) -> HttpResponse:
    """All requirements by area: number and title; their words are one page an area."""
    offer = offered(request, slug)
    edition = offer.edition
    areas = [(area, cards.requirements(edition, area.id)) for area in cards.areas(edition)]
    context = {
        "offer": offer,
        "edition": edition,
        "areas": areas,
        "total": cards.wants(edition, len(edition.requirements)),
        "several_levels": len(edition.levels) > 1,
    }
    return render(request, "public/scheme_requirements.html", context)


@page(Desk.PUBLIC)
def scheme_area(request: HttpRequest, slug: str, area: str) -> HttpResponse:
    """The requirements of one area in full."""
    offer = offered(request, slug)
    edition = offer.edition
    ids = [one.id for one in edition.areas]
    if area not in ids:
        raise Http404("No such area.")
    here = ids.index(area)
    all_areas = cards.areas(edition)
    context = {
        "offer": offer,
        "edition": edition,
        "area": all_areas[here],
        "groups": cards.requirements(edition, area),
        "next": all_areas[here + 1] if here + 1 < len(all_areas) else None,
        "several_levels": len(edition.levels) > 1,
        "all_words": f"All {edition.words.requirements}",
    }
    return render(request, "public/scheme_area.html", context)
