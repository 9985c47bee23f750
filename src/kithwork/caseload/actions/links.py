"""Links for people without an account. The secret leaves in the mail and is kept as a digest alone."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import OneTimeLink
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.actions import tell_by_link
from kithwork.notices.words import Kind as Mail
from kithwork.organisations.actions import digest_of
from kithwork.organisations.models import Service

Purpose = OneTimeLink.Purpose
# a mentee's own page and a referral that is followed stay open; everything else is for one answer
LASTS = {
    Purpose.TRACK: timedelta(days=365),
    Purpose.MENTEE: timedelta(days=365),
    Purpose.EXIT: timedelta(days=60),
    Purpose.TRAINING: timedelta(days=120),  # from the outline beforehand to the feedback afterwards
    Purpose.EQUALITIES: timedelta(days=60),
    Purpose.FEEDBACK: timedelta(days=60),
}
MANY = frozenset({Purpose.TRACK, Purpose.MENTEE})


@transaction.atomic
def make(
    *, service: Service, purpose: OneTimeLink.Purpose, now: datetime, by: User | None, side: str = "", **about: Any
) -> tuple[OneTimeLink, str]:
    """A link about one record (`mentee=...`, `reference=...`) and its secret. Earlier open ones of the same purpose and
    record stop working. Writes the ledger.
    """
    older = OneTimeLink.objects.filter(purpose=purpose, side=side, used_at=None, stopped_at=None, **about)
    older.update(stopped_at=now)
    token = secrets.token_urlsafe(32)
    link = OneTimeLink.objects.create(
        purpose=purpose,
        side=side,
        token_digest=digest_of(token),
        made_by=by,
        made_at=now,
        expires_at=now + LASTS.get(purpose, timedelta(days=30)),
        **about,
    )
    log(Act.CASELOAD_LINK_MADE, link, service=service, by=by, what="link", purpose=purpose.value)
    return link, token


def send(*, link: OneTimeLink, service: Service, kind: Mail, email: str, path: str) -> None:
    """Mail a new link, whose page is `path`; the secret is in it and leaves the outbox once it is sent."""
    tell_by_link(
        kind=kind,
        email=email,
        organisation=service.organisation,
        path=path,
        about=service.name,
        good_until=link.expires_at,
    )


@transaction.atomic
def spend(*, link: OneTimeLink, now: datetime) -> None:
    """Use up a link for one answer; nothing happens to one that may be used again. Raises Refused when it is spent."""
    if link.purpose in MANY:
        return
    spent = OneTimeLink.objects.filter(pk=link.pk, used_at=None, stopped_at=None, expires_at__gt=now)
    if not spent.update(used_at=now):
        raise Refused("You have answered this already. Thank you.")


@transaction.atomic
def stop(*, link: OneTimeLink, service: Service, by: User, now: datetime) -> None:
    """Make a link useless. Writes the ledger."""
    OneTimeLink.objects.filter(pk=link.pk, stopped_at=None).update(stopped_at=now)
    log(Act.CASELOAD_LINK_STOPPED, link, service=service, by=by, what="link", purpose=link.purpose)
