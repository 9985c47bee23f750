"""How a service stands to a scheme, by its own records."""

from datetime import date
from typing import Any, cast

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from kithwork.accounts.models import User
from kithwork.caseload.access import run_for
from kithwork.readiness.keeping import current
from kithwork.readiness.queries import offers
from kithwork.readiness.telling import told

router = Router(tags=["readiness"])


class Check(Schema):
    """One question to the records. `state` is empty where nobody could be asked about and that is no gap."""

    name: str
    of: str | None
    definition: str
    state: str | None
    figure: str
    asked_about: int
    failing: int
    lapses: dict[str, int]
    holds_until: date | None
    heals_on: date | None
    next: str | None


class Requirement(Schema):
    id: str
    level: str
    state: str
    holds_until: date | None
    checks: list[Check]


class Readiness(Schema):
    """Today's standing, as last counted; `changed_since` says whether records have changed since then."""

    service: str
    scheme: str
    edition: str
    at: date
    counted_at: str
    changed_since: bool
    states: dict[str, int]
    requirements: list[Requirement]


class Which(Schema):
    scheme: str
    edition: str = ""


@router.get("{slug}/readiness", response=Readiness, url_name="readiness", summary="How a service stands to a scheme")
def readiness(request: HttpRequest, slug: str, which: Query[Which]) -> dict[str, Any]:
    """The newest edition on offer of the scheme, or that of the service's open journey, unless another is named."""
    user, now = cast(User, request.auth), timezone.now()  # type: ignore[attr-defined]  # set by the key
    run = run_for(user, slug)
    if not run.coordinates:
        raise Http404("No such page.")
    run.practice.service = run.service
    for offer in offers(run.service):
        scheme = offer.edition.scheme
        if scheme.slug == which.scheme and which.edition in ("", scheme.edition):
            kept = current(practice=run.practice, edition=offer.edition, now=now)
            return told(
                offer.edition, run.service.slug, kept.day, kept.counted_at.isoformat(), kept.changed, kept.standings
            )
    raise Http404("No such page.")
