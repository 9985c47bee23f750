"""Who asks: the person whose key is sent."""

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from kithwork.accounts.keys import whose
from kithwork.accounts.models import User


class BearerKey(HttpBearer):
    """'Authorization: Bearer <key>'. A session does not do: a page elsewhere could read in its name."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        return whose(token, timezone.localdate())
