"""What stands around every page: the product's name, the desk's places, who is signed in and for whom."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from kithwork.web.kit.cards import Place

__all__ = ["PRODUCT", "Chrome", "account_places", "chrome", "public_places"]

PRODUCT = "Kithwork"


def public_places(path: str = "") -> tuple[Place, ...]:
    """The places of the public desk; the one that holds `path` is current."""
    places = (
        (gettext_lazy("Schemes"), "/schemes/"),
        (gettext_lazy("Check your service"), "/check/"),
        (gettext_lazy("Register"), "/register/"),
        (gettext_lazy("Verify"), "/verify/"),
    )
    return tuple(Place(text, href, path.startswith(href)) for text, href in places)


def account_places(path: str = "") -> tuple[Place, ...]:
    """The places of the account desk; the one that holds `path` is current."""
    return (
        Place(gettext_lazy("Your desks"), "/home/", path == "/home/"),
        Place(gettext_lazy("Your account"), "/account/", path.startswith("/account")),
        Place(gettext_lazy("Schemes"), "/schemes/"),
        Place(gettext_lazy("Register"), "/register/"),
    )


def _address(name: str, otherwise: str) -> str:
    """A named address; the usual one where the name is not mounted, for a fault page must never fail itself."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return otherwise


class Chrome:
    """Everything is worked out when a template first asks, so a page without a bar pays nothing.

    A view's decorator sets `request.desk_chrome`: an object with `.places` (Place, or (text, href, current)) and
    `.organisation` (its name, or an object whose str() is its name). Without it the public desk is shown. The person
    is `request.user.name`; no query is made here beyond the one that finds the signed-in user.
    """

    product = PRODUCT
    home = "/"
    accessibility = "/accessibility/"
    privacy = "/privacy/"

    def __init__(self, request: HttpRequest | None = None) -> None:
        self._request = request
        self._desk: Any = getattr(request, "desk_chrome", None)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        if self._desk is None:
            path = self._request.path if self._request is not None else ""
            # allauth's pages dress no request
            return account_places(path) if self.signed_in and path.startswith("/accounts/") else public_places(path)
        given: Sequence[Any] = self._desk.places
        return tuple(place if isinstance(place, Place) else Place(*place) for place in given)

    @cached_property
    def organisation(self) -> str:
        return str(getattr(self._desk, "organisation", None) or "")

    @cached_property
    def signed_in(self) -> bool:
        user = getattr(self._request, "user", None)
        return bool(user is not None and user.is_authenticated)

    @cached_property
    def person(self) -> str:
        if not self.signed_in or self._request is None:
            return ""
        user: Any = self._request.user
        return str(getattr(user, "name", "") or "")

    @property
    def account(self) -> str:
        return _address("account", "/account/")

    @property
    def sign_in(self) -> str:
        return _address("account_login", "/accounts/login/")

    @property
    def sign_out(self) -> str:
        return _address("account_logout", "/accounts/logout/")


def chrome(request: HttpRequest) -> dict[str, Chrome]:
    """The context processor named in settings. Views may set `request.desk_chrome` up to the moment of rendering."""
    return {"chrome": Chrome(request)}
