"""The keys of awarding bodies: made, opened, rotated."""

import base64
import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction

from kithwork.accounts.models import User
from kithwork.awards.actions.ground import alone, log
from kithwork.awards.models import SigningKey
from kithwork.core.credentials.openbadge import Key
from kithwork.core.sealing import seal, unseal
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Organisation


@transaction.atomic
def key_in_use(*, body: Organisation, now: datetime, by: User | None = None) -> SigningKey:
    """The key with which a body signs; made, and written to the ledger, when it has none. Raises Refused for an
    organisation that awards nothing.
    """
    found = SigningKey.objects.filter(body=body, retired_at__isnull=True).first()
    if found is not None:
        return found
    if body.kind != Organisation.Kind.BODY:
        raise Refused("Awarding bodies alone have a key to sign with.")
    alone(body)
    return SigningKey.objects.filter(body=body, retired_at__isnull=True).first() or _made(body, now, by)


def _made(body: Organisation, now: datetime, by: User | None) -> SigningKey:
    seed = secrets.token_bytes(32)
    row = SigningKey(body=body, public=Key(seed).public, made_at=now)
    row.sealed = seal(seed, _whose(row), key=_installation())
    row.save()
    log(Act.CREDENTIAL_KEY_MADE, f"key:{row.ref}", body, by, public=row.public)
    return row


@transaction.atomic
def retire_key(*, body: Organisation, now: datetime, by: User | None = None, stolen: bool = False) -> SigningKey:
    """A new key takes the place of the one in use, which is given. What the old one signed stays good, unless it was
    `stolen`: then it leaves the body's document. See `credentials.rotate`, which signs anew what needs it.
    """
    alone(body)
    old = SigningKey.objects.filter(body=body, retired_at__isnull=True).first()
    if old is None:
        raise Refused("This body has no key yet.")
    old.retired_at, old.stolen_at = now, now if stolen else None
    old.save(update_fields=["retired_at", "stolen_at"])
    log(Act.CREDENTIAL_KEY_RETIRED, f"key:{old.ref}", body, by, public=old.public, stolen=stolen)
    _made(body, now, by)
    return old


def opened(row: SigningKey) -> Key:
    """The key itself. Raises `core.sealing.Broken` when it was sealed by another installation."""
    return Key(unseal(bytes(row.sealed), _whose(row), key=_installation()))


def _whose(row: SigningKey) -> str:
    return f"signing-key:{row.ref}"


def _installation() -> bytes:
    return base64.urlsafe_b64decode(settings.SIGNING_KEY)
