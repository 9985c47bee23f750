"""How often somebody without an account may send a form: counted by address, as failed sign-ins are."""

from allauth.core.ratelimit import consume
from django.http import HttpRequest

TOO_OFTEN = "A lot has been sent from here within an hour. Wait a little, then send it again; nothing is lost."
TOO_MANY = 429


def slowed(request: HttpRequest) -> bool:
    """Whether this is one too many public form from this address within the hour. Counts a POST: ask only when the form
    is sound and about to be acted on.
    """
    return not consume(request, action="public_form")
