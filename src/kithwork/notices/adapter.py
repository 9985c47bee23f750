"""What allauth mails goes through the outbox."""

from datetime import timedelta
from typing import Any

from allauth.account import app_settings
from allauth.core import context as current
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site

from kithwork.accounts.adapter import Adapter as Accounts
from kithwork.notices.actions import tell_account
from kithwork.notices.words import AccountKind

# allauth knows its mails by the template; any other tells of a change to the account
_KINDS = {
    "account/email/email_confirmation": AccountKind.CONFIRM,
    "account/email/email_confirmation_signup": AccountKind.CONFIRM,
    "account/email/password_reset_key": AccountKind.RESET,
    "account/email/login_code": AccountKind.CODE,
    "account/email/account_already_exists": AccountKind.KNOWN,
    "account/email/unknown_account": AccountKind.UNKNOWN,
}


def _lasts(kind: AccountKind) -> timedelta:
    """For how long the code or the link in such a mail works."""
    match kind:
        case AccountKind.CODE:
            return timedelta(seconds=app_settings.LOGIN_BY_CODE_TIMEOUT)
        case AccountKind.CONFIRM:
            return timedelta(days=app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS)
        case _:
            return timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


class Adapter(Accounts):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """As allauth's own, but by way of the outbox, and a mail server that fails does not fail the page."""
        request = current.request
        mail = self.render_mail(
            template_prefix,
            email,
            {"request": request, "email": email, "current_site": get_current_site(request), **context},
        )
        kind = _KINDS.get(template_prefix, AccountKind.CHANGED)
        tell_account(kind=kind, email=email, subject=mail.subject, text=mail.body, lasts=_lasts(kind))
