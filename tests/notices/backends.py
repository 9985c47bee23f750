"""Mail servers that fail, for the tests of the outbox."""

from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage
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
