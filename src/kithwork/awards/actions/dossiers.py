"""A whole case opened to somebody without an account, fetched, and closed again."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from kithwork.accounts.models import User
from kithwork.awards.actions.ground import log
from kithwork.awards.models import Dossier
from kithwork.core.verdict import Refused
from kithwork.journeys.models import Journey
from kithwork.ledger.acts import Act
from kithwork.organisations.actions import digest_of

LASTS = timedelta(days=14)
VISITOR = "visitor"


@transaction.atomic
def open_dossier(
    *, journey: Journey, recipient: str, reason: str, by: User | None, now: datetime, link: bool = True
) -> tuple[Dossier, str]:
    """Let somebody fetch a case for 14 days. Gives the row and the link's secret; without a `link` there is none, for
    the archive is written at once. Writes the ledger. Raises Refused without whom it is for, or why.
    """
    whom, why = " ".join(recipient.split()), reason.strip()
    if not whom:
        raise Refused("Say whom it is for.")
    if not why:
        raise Refused("Say why they are to have it.")
    token = secrets.token_urlsafe(32)
    row = Dossier.objects.create(
        journey=journey,
        recipient=whom,
        reason=why,
        token_digest=digest_of(token) if link else None,
        made_at=now,
        made_by=by,
        expires_at=now + LASTS if link else now,
    )
    log(Act.DOSSIER_OPENED, f"journey:{journey.ref}", journey.edition.body, by, dossier=row.ref, link=link)
    return row, token


@transaction.atomic
def note_fetched(*, dossier: Dossier, digest: str, files: int, by: User | None, now: datetime) -> None:
    """Keep that an archive was handed out, with the digest of its list. Writes the ledger."""
    Dossier.objects.filter(pk=dossier.pk).update(fetched=F("fetched") + 1, fetched_at=now, digest=digest)
    journey = dossier.journey
    facts: dict[str, str | int] = {"dossier": dossier.ref, "manifest": digest, "files": files}
    actor = None if by or dossier.token_digest is None else VISITOR
    log(Act.DOSSIER_FETCHED, f"journey:{journey.ref}", journey.edition.body, by, machine=actor, **facts)


@transaction.atomic
def stop_dossier(*, dossier: Dossier, by: User, now: datetime) -> None:
    """Close a link before its time. Writes the ledger."""
    changed = Dossier.objects.filter(pk=dossier.pk, stopped_at=None, expires_at__gt=now).update(stopped_at=now)
    if not changed:
        raise Refused("This link does not work any more.")
    journey = dossier.journey
    log(Act.DOSSIER_STOPPED, f"journey:{journey.ref}", journey.edition.body, by, dossier=dossier.ref)
