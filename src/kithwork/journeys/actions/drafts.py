"""What somebody is typing and has not handed in."""

from collections.abc import Mapping
from datetime import datetime

from kithwork.accounts.models import User
from kithwork.journeys.models import Draft


def save_draft(*, user: User, key: str, fields: Mapping[str, str], now: datetime) -> Draft:
    """Keep what somebody is typing; a later save replaces it."""
    draft, _ = Draft.objects.update_or_create(user=user, key=key, defaults={"fields": dict(fields), "saved_at": now})
    return draft


def drop_draft(*, user: User, key: str) -> None:
    Draft.objects.filter(user=user, key=key).delete()
