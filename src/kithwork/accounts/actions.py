"""Every write to people's accounts that is ours; signing in, passwords and passkeys are allauth's."""

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act


@transaction.atomic
def rename(*, user: User, name: str) -> None:
    """Change the name that others see. Writes the ledger, without the name."""
    user.name = name.strip()
    user.save(update_fields=["name"])
    write(act=Act.ACCOUNT_RENAMED, actor=user.actor, subject=f"user:{user.ref}")
