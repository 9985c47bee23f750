"""Every page is marked with its desk; an unmarked one keeps the site from starting.

    @page(Desk.SERVICE)
    def journey(request: Signed, ref: str) -> HttpResponse:
        seen = journey_for_applicant(request.user, ref)          # the door
        ...

`page` sees to the method, to signing in (every desk but the public one), to the desk's top bar, and turns a `Refused`
that the page did not catch into a clear answer with status 409, or 410 for what is gone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, URLResolver

from kithwork.accounts.models import User
from kithwork.core.verdict import Gone, Refused
from kithwork.web.kit.cards import Place

P = ParamSpec("P")


class Desk(StrEnum):
    PUBLIC = "public"
    ACCOUNT = "account"
    SERVICE = "service"
    MENTOR = "mentor"
    MENTEE = "mentee"
    ASSESSOR = "assessor"
    BODY = "body"


OPEN = frozenset({Desk.PUBLIC, Desk.MENTEE})  # a mentee may have no account: their link is the door


class Signed(HttpRequest):
    """A request whose user is known to be signed in."""

    user: User  # narrower than Django's, proven by `page`


@dataclass(frozen=True, slots=True)
class DeskChrome:
    """What the top bar shows: the desk's places as (text, address), and the organisation worked for."""

    places: tuple[Place | tuple[str, str], ...]
    organisation: str = ""


View = Callable[Concatenate[Any, P], HttpResponseBase]  # a file streams, so it is no HttpResponse


def page(desk: Desk, *methods: str) -> Callable[[View[P]], View[P]]:
    """Mark a page with its desk. `methods` are GET (and HEAD) when left out."""
    allowed = {*(methods or ("GET",))}
    if "GET" in allowed:
        allowed.add("HEAD")

    def mark(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in allowed:
                return HttpResponseNotAllowed(sorted(allowed))
            if desk not in OPEN and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            try:
                answer = view(request, *args, **kwargs)
            except Refused as refused:
                gone = isinstance(refused, Gone)
                page_of = "kit/gone.html" if gone else "kit/refused.html"
                answer = render(request, page_of, {"because": str(refused)}, status=410 if gone else 409)
            if desk is not Desk.PUBLIC:
                answer["Cache-Control"] = "no-store"
            return answer

        guarded.desk = desk  # type: ignore[attr-defined]  # read by `unmarked` and the house tests
        guarded.shows = "GET" in allowed  # type: ignore[attr-defined]  # else it only takes a form, and leads to a page
        return cast("View[P]", guarded)

    return mark


def unmarked(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> list[str]:
    """The addresses whose page has no desk."""
    found: list[str] = []
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found.extend(unmarked(pattern.url_patterns, path))
        elif not hasattr(pattern.callback, "desk"):
            found.append(path)
    return found


def desk_of(pattern: URLPattern) -> Desk:
    return cast(Desk, pattern.callback.desk)  # type: ignore[attr-defined]


def adopt(patterns: Iterable[URLPattern | URLResolver], desk: Desk) -> None:
    """Mark another package's pages, which guard themselves, as belonging to a desk."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            adopt(pattern.url_patterns, desk)
        elif not hasattr(pattern.callback, "desk"):
            pattern.callback.desk = desk  # type: ignore[attr-defined]
