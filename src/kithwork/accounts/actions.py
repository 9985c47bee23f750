"""Every write to people's accounts that is ours; signing in, passwords and passkeys are allauth's."""

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act


@transaction.atomic
def rename(*, user: User, name: str) -> None:
    """Change the name that others see. Writes the ledger, without the name."""
    user.name = name.strip()
    user.save(update_fields=["name"])
    write(act=Act.ACCOUNT_RENAMED, actor=user.actor, subject=f"user:{user.ref}")


@transaction.atomic
def choose_reminders(*, user: User, wanted: bool) -> None:
    """Whether a person is sent the weekly mail of what is due. Nothing happens when they chose so before. Writes the
    ledger.
    """
    if user.reminders != wanted:
        user.reminders = wanted
        user.save(update_fields=["reminders"])
        write(act=Act.ACCOUNT_REMINDERS, actor=user.actor, subject=f"user:{user.ref}", facts={"wanted": wanted})


@transaction.atomic
def appoint_operator(*, email: str) -> User:
    """Let a person see to the installation (its mail; no case). Nothing happens when they do already. Raises Refused
    when the address has no account. Writes the ledger.
    """
    return _operates(email, True, Act.ACCOUNT_OPERATOR_APPOINTED)


@transaction.atomic
def end_operator(*, email: str) -> User:
    """Take that back. Nothing happens when they never had it. Raises Refused when the address has no account. Writes
    the ledger.
    """
    return _operates(email, False, Act.ACCOUNT_OPERATOR_ENDED)


def _operates(email: str, yes: bool, act: Act) -> User:
    user = User.objects.select_for_update().filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise Refused("Nobody has an account of this address. Let the person sign up first.")
    if user.is_operator != yes:
        user.is_operator = yes
        user.save(update_fields=["is_operator"])
        write(act=act, actor="system", subject=f"user:{user.ref}")
    return user
