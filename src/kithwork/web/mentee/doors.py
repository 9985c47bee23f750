"""The door of one-time links: whoever holds the link needs no account. A dead one says so, and no more.

    @page(Desk.MENTEE, "GET", "POST")
    @by_link(Purpose.MENTEE)
    def own(request: HttpRequest, link: OneTimeLink) -> HttpResponse: ...

The page is given the link in place of its token. Nothing keeps what it answers, and nobody is told its address.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kithwork.caseload.access import link_by
from kithwork.caseload.actions.links import Purpose

__all__ = ["Purpose", "by_link", "hushed"]


def by_link(*purposes: Purpose) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """The page behind links of these purposes."""

    def mark(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
            try:
                link = link_by(token, *purposes, now=timezone.now())
                answer = view(request, link, token=token, **more)
            except Http404:
                answer = render(request, "mentee/dead.html", status=404)
            return hushed(answer)

        return guarded

    return mark


def hushed(answer: HttpResponse) -> HttpResponse:
    """Nothing keeps this answer, and no page it leads to learns its address, which is a secret."""
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "strict-origin"
    return answer
