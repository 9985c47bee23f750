"""What software asks for to check an award: a body's keys, its status lists, the credential, and pictures of it."""

import json
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import http_date

from kithwork.awards.queries import Standing, public_award
from kithwork.awards.queries.credentials import CredentialRow, keys_by_slug, served, served_list
from kithwork.core.credentials import StandingFacts, emblem, standing_picture
from kithwork.core.credentials.openbadge import bake_png, bake_svg
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import every_edition
from kithwork.procedures.certifying import badge_png, badge_svg
from kithwork.web.kit.pages import Desk, page
from kithwork.web.templatetags.kit import longdate

SHORT = timedelta(minutes=1)  # a revocation is known everywhere within so long
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def open_to_all(content: str | bytes, kind: str, kept: timedelta) -> HttpResponse:
    """Something that anybody's software may read, from whatever site, and keep for a while."""
    answer = HttpResponse(content, content_type=kind)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = f"public, max-age={int(kept.total_seconds())}"
    return answer


@page(Desk.PUBLIC)
def did_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The keys of an awarding body, where its did:web says that they are. No redirect: verifiers follow none."""
    document = keys_by_slug(slug)
    if document is None:
        raise Http404("There is no such body, or it has no key.")
    return open_to_all(json.dumps(document, ensure_ascii=False), "application/json", 5 * SHORT)


@page(Desk.PUBLIC)
def status_json(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """A status list, as it was signed at the latest change."""
    found = served_list(slug, ref)
    if found is None:
        raise Http404("There is no such list.")
    answer = open_to_all(found[0], "application/json", SHORT)
    answer["Last-Modified"] = http_date(found[1].timestamp())
    return answer


@page(Desk.PUBLIC)
def credential(request: HttpRequest, ref: str) -> HttpResponse:
    """A credential at its own address, for a wallet. Whoever knows the address has been given it."""
    found = _good(ref)
    return _handed_over(open_to_all(found.document, "application/json", SHORT))


@page(Desk.PUBLIC)
def credential_file(request: HttpRequest, ref: str, ending: str) -> HttpResponse:
    """The same as a file: JSON, or inside the badge's picture."""
    found = _good(ref)
    signed = json.loads(found.document)
    match ending:
        case "json":
            content: bytes | str = json.dumps(signed, indent=2, ensure_ascii=False)
            kind = "application/json"
        case "png":
            content, kind = bake_png(badge_png(found.award), signed), "image/png"
        case "svg":
            content, kind = bake_svg(badge_svg(found.award), signed), "image/svg+xml"
        case _:
            raise Http404("There is no such file.")
    answer = _handed_over(HttpResponse(content, content_type=kind))
    answer["Content-Disposition"] = f'attachment; filename="{found.award.number}.{ending}"'
    return answer


def _good(ref: str) -> CredentialRow:
    found = served(ref)
    if found is None:
        raise Http404("There is no such credential.")
    return found


def _handed_over(answer: HttpResponse) -> HttpResponse:
    """It tells who holds something: no search engine lists it, no cache keeps it."""
    answer["X-Robots-Tag"] = "noindex"
    answer["Cache-Control"] = "no-store"
    return answer


@page(Desk.PUBLIC)
def level_emblem(request: HttpRequest, slug: str, edition: str, level: str) -> HttpResponse:
    """The picture of what is awarded, which credentials name: the same for all who hold it."""
    row = every_edition().filter(slug=slug, edition=edition).first()
    found = next((one for one in edition_of(row).levels if one.id == level), None) if row else None
    if row is None or found is None:
        raise Http404("There is no such picture.")
    return open_to_all(emblem(body=edition_of(row).scheme.body, title=found.title), "image/png", DAY)


@page(Desk.PUBLIC)
def standing_svg(request: HttpRequest, ref: str) -> HttpResponse:
    """How an award stands, for the holder's own web site: an image and no script. It changes when the award does."""
    today = timezone.localdate()
    award = public_award(ref, today)
    if award is None:
        raise Http404("There is no such award.")
    until = longdate(award.valid_until)
    words = {
        Standing.VALID: f"Valid until {until}" if until else "Valid",
        Standing.EXPIRED: f"Ended on {until}",
        Standing.SUSPENDED: "Suspended",
        Standing.WITHDRAWN: "Withdrawn",
        Standing.SUPERSEDED: "Replaced by a higher level",
        Standing.UPCOMING: f"Begins on {longdate(award.starts_on)}",
    }
    facts = StandingFacts(
        award.level or award.scheme,
        award.holder,
        award.body,
        words[award.standing],
        award.standing in {Standing.VALID, Standing.UPCOMING},
    )
    answer = open_to_all(standing_picture(facts), "image/svg+xml", SHORT)
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
