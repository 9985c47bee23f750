"""Where an officer looks when something was refused on an application."""

from django.urls import reverse

from kithwork.web.kit.cards import Link


def onward_to(org: str, ref: str) -> Link:
    """The application's own page, for who was refused something on it."""
    return Link("See how the application stands now", reverse("body_journey", args=[org, ref]))
