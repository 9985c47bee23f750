"""Kithwork's answers to allauth's questions; those about mail are in `notices`, above this package."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from kithwork.accounts.models import User
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Also writes the sign-in to the ledger."""
        with transaction.atomic():
            write(act=Act.ACCOUNT_SIGNED_IN, actor=user.actor, subject=f"user:{user.ref}")
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer
