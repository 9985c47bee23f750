"""Taking up a mentor's record with an account: by a link, signed in with the address it was sent to."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.actions.mentoring import take_up
from kithwork.core.verdict import Refused
from kithwork.web.kit.acting import seen_at
from kithwork.web.kit.pages import Desk, page
from kithwork.web.mentee.doors import Purpose, by_link


@page(Desk.MENTEE, "GET", "POST")
@by_link(Purpose.MENTOR)
def take_up_mentoring(request: HttpRequest, link: Any, token: str) -> HttpResponse:
    """What the account is for, and yes. Signed in with another address, the link is dead."""
    mentor = link.mentor
    user = request.user
    if mentor.left_on or mentor.erased_at:
        raise Http404("No such page.")
    if not user.is_authenticated:
        # whoever opens the link has read the mail, so the address needs no further proof; sign-up prefills it
        get_adapter().stash_verified_email(request, mentor.email.strip().lower())
        if request.method == "POST":
            return seen_at(_with_next("account_login", request.path))
    elif user.email != mentor.email.strip().lower():
        raise Http404("No such page.")
    elif request.method == "POST":
        try:
            take_up(link=link, user=user, now=timezone.now())
        except Refused as because:
            return render(request, "kit/refused.html", {"because": str(because)}, status=409)
        messages.success(request, f"You are here as a mentor of {mentor.service.name}.")
        return seen_at("/mentoring/")
    context = {
        "service": mentor.service,
        "link": link,
        "signed_in": user.is_authenticated,
        "sign_up": _with_next("account_signup", request.path),
        "sign_in": _with_next("account_login", request.path),
    }
    return render(request, "mentee/mentoring.html", context)


def _with_next(name: str, path: str) -> str:
    return f"{reverse(name)}?{urlencode({'next': path})}"
