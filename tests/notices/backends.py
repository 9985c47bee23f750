"""Mail servers that fail, for the tests of the outbox."""

from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends import locmem
from django.core.mail.backends.base import BaseEmailBackend


class Down(BaseEmailBackend):
    """Nobody answers."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise ConnectionRefusedError("mail.example said no to ada@lanternside.example")


class Picky(BaseEmailBackend):
    """Refuses Ada's address, naming it, and takes the others."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            if "ada@lanternside.example" in message.to:
                raise SMTPRecipientsRefused({"ada@lanternside.example": (550, b"no such user ada@lanternside.example")})
        return len(email_messages)


class Flaky(locmem.EmailBackend):
    """Fails as many times as `left` says, then sends. A test sets `left`."""

    left: ClassVar[int] = 0

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if Flaky.left > 0:
            Flaky.left -= 1
            raise SMTPServerDisconnected("come back later")
        return super().send_messages(messages)
