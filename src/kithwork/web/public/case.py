"""CASE 1.1: the framework of every edition that was ever published here, as its REST binding has it. For programs."""

import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from kithwork.core.schemes import case
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import every_edition
from kithwork.web.kit.pages import Desk, page
from kithwork.web.public.proofs import SHORT, open_to_all

_KEPT = 5 * SHORT
_EXPOSED = "X-Total-Count, Link"


@page(Desk.PUBLIC)
def case_documents(request: HttpRequest) -> HttpResponse:
    """All documents, a page at a time, with the standard's headers."""
    asked = request.GET
    try:
        found = _library().documents(
            limit=asked.get("limit", ""),
            offset=asked.get("offset", ""),
            sort=asked.get("sort", ""),
            order=asked.get("orderBy", ""),
            wanted=asked.get("filter", ""),
            fields=",".join(asked.getlist("fields")),
        )
    except case.Asked as fault:
        return _told(fault.told, fault.status)
    answer = _told({"CFDocuments": found.documents})
    query = request.GET.copy()
    links = []
    for name, offset in found.links():
        query["limit"], query["offset"] = str(found.limit), str(offset)
        links.append(f'<{settings.SITE_URL}{request.path}?{query.urlencode()}>; rel="{name}"')
    answer["X-Total-Count"] = str(found.total)
    answer["Link"] = ", ".join(links)
    return answer


@page(Desk.PUBLIC)
def case_one(request: HttpRequest, collection: str, sourced: str) -> HttpResponse:
    """One document, item, association, type or package; what aligned credentials point at."""
    if collection not in {*case.SINGLE, *case.NONE_OF}:
        raise Http404("There is no such collection.")
    try:
        return _told(_library().one(collection, sourced))
    except case.Asked as fault:
        return _told(fault.told, fault.status)


@page(Desk.PUBLIC)
def case_discovery(request: HttpRequest, name: str) -> HttpResponse:
    """What is served here, for programs that look first."""
    if name != case.DISCOVERY:
        raise Http404("There is no such document.")
    return _told(case.discovery(settings.SITE_URL))


def _told(said: dict[str, Any], status: int = 200) -> HttpResponse:
    answer = open_to_all(json.dumps(said, ensure_ascii=False), "application/json", _KEPT)
    answer["Access-Control-Expose-Headers"] = _EXPOSED
    answer.status_code = status
    return answer


def _library() -> case.Library:
    """All that was published, made anew only when more was."""
    rows = list(every_edition())
    found = _LIBRARIES.get(key := (settings.SITE_URL, *sorted(row.digest for row in rows)))
    if found is None:
        packages = [
            case.package(edition_of(row), base=settings.SITE_URL, changed=row.published_at)
            for row in sorted(rows, key=lambda row: (row.slug, row.edition))
        ]
        found = case.Library(packages, settings.SITE_URL)
        _LIBRARIES.clear()
        _LIBRARIES[key] = found
    return found


_LIBRARIES: dict[tuple[str, ...], case.Library] = {}
