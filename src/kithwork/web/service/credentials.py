"""The holder's own page of what was granted: files to keep, a wallet, a badge for a web site, how it may be used."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from typing import Any

import segno
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from kithwork.awards.queries import AwardRow, Standing, awards_of, standing
from kithwork.awards.queries.credentials import CredentialRow, credential_address, credential_of
from kithwork.core.credentials import STANDING_SIZE
from kithwork.core.schemes import AwardStage
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors

TITLE = "A code with the credential’s address"
_HELD = {Standing.VALID, Standing.UPCOMING, Standing.EXPIRED, Standing.SUSPENDED}


@page(Desk.SERVICE)
def own_credential(request: Signed, ref: str) -> HttpResponse:
    """What the holder has in hand. While the award is suspended nothing is handed out, and the page says so."""
    seen = doors.journey(request, ref)
    award = held(seen)
    if award is None:
        raise Http404("There is no such page.")
    now = standing(award, seen.today)
    found = credential_of(award) if now is not Standing.SUSPENDED else None
    signed = found if found and found.document else None
    stage = next(stage.id for stage in seen.edition.stages if isinstance(stage, AwardStage))
    context = {
        "seen": seen,
        "award": award,
        "suspended": now is Standing.SUSPENDED,
        "expired": now is Standing.EXPIRED,
        "own": seen.reading.journey.person is not None,
        "waits": found is not None and signed is None and not found.fault,
        "stage": stage,
        "page": f"{settings.SITE_URL}{reverse('award', args=[award.ref])}",
        "embed": _embed(award),
        "keeps": seen.edition.credential.keeps,
        "terms": seen.edition.credential.terms,
        **_files(signed),
    }
    return render(request, "service/credential.html", context)


def held(seen: doors.Seen) -> AwardRow | None:
    """What was granted on this journey and still stands, be it suspended, or stood until its term ended."""
    return next((one for one in awards_of(seen.reading.journey) if standing(one, seen.today) in _HELD), None)


def _files(signed: CredentialRow | None) -> dict[str, Any]:
    """The addresses of its files, and a code that a wallet on a telephone reads; nothing while it is not signed."""
    if signed is None:
        return {"files": []}
    titles = {"json": "JSON, for wallets and software", "png": "PNG, a picture", "svg": "SVG, a sharper picture"}
    files = [(title, reverse("credential_file", args=[signed.ref, ending])) for ending, title in titles.items()]
    address = credential_address(signed.ref)
    wallet = (address, reverse("credential", args=[signed.ref]))
    return {"files": files, "wallet": wallet, "code": _code(address)}


def _code(address: str) -> SafeString:
    drawn = segno.make_qr(address, error="m").svg_inline(scale=4, border=4, dark="#1d1a26", light="#fff", title=TITLE)
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from an address of ours; holds no text


def _embed(award: AwardRow) -> str:
    """HTML for another site: a picture that says how the award stands, and leads to its page."""
    width, height = STANDING_SIZE
    where = f"{settings.SITE_URL}{reverse('award', args=[award.ref])}"
    picture = f"{settings.SITE_URL}{reverse('standing_svg', args=[award.ref])}"
    words = f"{award.level_title}: {award.holder}. See how it stands today."
    return format_html(
        '<a href="{}"><img src="{}" width="{}" height="{}" alt="{}"></a>', where, picture, width, height, words
    )
