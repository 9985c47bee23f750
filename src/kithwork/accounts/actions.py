"""Every write to people's accounts that is ours; signing in, passwords and passkeys are allauth's."""

import secrets
from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from kithwork.accounts.keys import HEAD, LASTS, MOST, digest, keys_of
from kithwork.accounts.models import ApiKey, User
from kithwork.core.keeping import ERASED
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


@transaction.atomic
def make_key(*, user: User, name: str, today: date) -> tuple[ApiKey, str]:
    """A new key, and its secret, which is told this once. Raises Refused beyond ten. Writes the ledger."""
    if keys_of(user, today).count() >= MOST:
        raise Refused(f"You have {MOST} keys that work. Stop one that is no longer used first.")
    secret = HEAD + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        user=user, name=name.strip(), digest=digest(secret), made_on=today, ends_on=LASTS.after(today)
    )
    write(act=Act.ACCOUNT_KEY_MADE, actor=user.actor, subject=f"user:{user.ref}", facts={"key": key.ref})
    return key, secret


@transaction.atomic
def stop_key(*, user: User, ref: str, today: date) -> None:
    """Stop one of one's own keys. Nothing happens to one that is stopped, or another's. Writes the ledger."""
    if keys_of(user, today).filter(ref=ref).update(stopped_on=today):
        write(act=Act.ACCOUNT_KEY_STOPPED, actor=user.actor, subject=f"user:{user.ref}", facts={"key": ref})


@transaction.atomic
def erase(*, user: User) -> None:
    """Close an account for ever: its name, address, password, passkeys, codes, keys and sessions go. The row stays, for
    what says who acted. Writes the ledger.
    """
    held = User.objects.select_for_update().get(pk=user.pk)
    EmailAddress.objects.filter(user=held).delete()
    Authenticator.objects.filter(user=held).delete()
    ApiKey.objects.filter(user=held).delete()
    held.email, held.name = f"{held.ref}@erased.invalid", ERASED
    held.is_active, held.is_operator, held.reminders, held.last_login = False, False, False, None
    held.set_unusable_password()
    held.save()
    own = [one.pk for one in Session.objects.iterator(500) if one.get_decoded().get(SESSION_KEY) == str(held.pk)]
    Session.objects.filter(pk__in=own).delete()
    write(act=Act.RIGHTS_ERASED, actor=user.actor, subject=f"user:{user.ref}")
