"""A case for somebody without an account: what it is, and the archive. The link is the door."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from kithwork.awards.access import dossier_by
from kithwork.awards.queries.dossiers import DossierRow
from kithwork.core.verdict import Refused
from kithwork.procedures.dossiers.handing import fetch
from kithwork.procedures.dossiers.judging import applicant_of
from kithwork.web.kit.cards import SummaryRow
from kithwork.web.kit.pages import Desk, page
from kithwork.web.kit.throttle import TOO_MANY, TOO_OFTEN, slowed


@page(Desk.PUBLIC, "GET", "POST")  # the link is the door: whoever was given it needs no account
def dossier(request: HttpRequest, token: str) -> HttpResponseBase:
    """What the link opens; with POST the archive, so that programs that look at links in mail fetch nothing."""
    try:
        found = dossier_by(token, timezone.now())
    except Http404:
        answer: HttpResponseBase = render(request, "public/dossier_dead.html", status=404)
    else:
        answer = _archive(request, found) if request.method == "POST" else _page(request, found)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "strict-origin"  # a secret address; with `no-referrer` its forms come from "null"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _page(request: HttpRequest, found: DossierRow, said: str = "", status: int = 200) -> HttpResponseBase:
    journey = found.journey
    name = applicant_of(journey)
    rows = [
        SummaryRow("Application of", [name, *([journey.service.organisation.name] if journey.service else [])]),
        SummaryRow("For", f"{journey.edition.name}, edition {journey.edition.edition}"),
        SummaryRow("Given by", journey.edition.body.name),
        SummaryRow("Given to", found.recipient),
        SummaryRow("Because", found.reason),
        SummaryRow("The link works until", timezone.localdate(found.expires_at)),
    ]
    return render(request, "public/dossier.html", {"name": name, "rows": rows, "said": said}, status=status)


def _archive(request: HttpRequest, found: DossierRow) -> HttpResponseBase:
    if slowed(request):
        return _page(request, found, TOO_OFTEN, TOO_MANY)
    try:
        packed = fetch(dossier=found, now=timezone.now())
    except Refused as refused:
        return _page(request, found, str(refused), 409)
    answer = FileResponse(packed.file, as_attachment=True, filename=f"case-{found.journey.ref}.zip")
    answer["Content-Type"] = "application/zip"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
