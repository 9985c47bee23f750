"""Keys for programs, recognised. A key reads what its person may see, and changes nothing."""

import hashlib
from datetime import date

from django.db.models import QuerySet

from kithwork.accounts.models import ApiKey, User
from kithwork.core.days import Period

LASTS = Period(1, "year")
MOST = 10  # live keys of one person
HEAD = "kw_"  # so that whoever finds one, or a scanner of leaks, can tell what it is


def keys_of(user: User, today: date) -> QuerySet[ApiKey]:
    """A person's keys that work, the newest first."""
    return ApiKey.objects.filter(user=user, stopped_on__isnull=True, ends_on__gte=today)


def whose(secret: str, today: date) -> User | None:
    """The person in whose name a key reads; None for one that does not work, or whose person is shut out. Notes the
    day of its use.
    """
    rows = ApiKey.objects.select_related("user").filter(digest=digest(secret), stopped_on__isnull=True)
    key = rows.filter(ends_on__gte=today, user__is_active=True).first()
    if key is None:
        return None
    if key.used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(used_on=today)
    return key.user


def digest(secret: str) -> str:
    """How a key's secret is kept."""
    # 256 random bits need no slow digest: there is nothing to guess from
    return hashlib.sha256(secret.encode()).hexdigest()
