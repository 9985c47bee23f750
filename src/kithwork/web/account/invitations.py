"""Taking up an invitation: what it offers, signing in or up with the address it was sent to, and yes."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.verdict import Refused
from kithwork.organisations.access import invitation_by, joined_by
from kithwork.procedures.applying import take_up_invitation
from kithwork.web.kit.pages import Desk, page


@page(Desk.PUBLIC, "GET", "POST")  # the link is the door: whoever was sent it may not have an account yet
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered and by whom. A signed-in person of another address is answered like one with a dead link."""
    answer = _invitation(request, token)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "strict-origin"  # a secret address; with `no-referrer` its forms come from "null"
    return answer


def _invitation(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    user = request.user
    if joined_by(user, token):
        messages.info(request, "You have taken up this invitation already.")
        return HttpResponseRedirect(reverse("home"))
    try:
        found = invitation_by(token, now)
    except Http404:
        return _dead(request)
    if not user.is_authenticated:
        if request.method == "POST":
            return HttpResponseRedirect(_with_next("account_login", request.path), status=303)
        # whoever opens the link has read the mail, so the address needs no further proof; sign-up prefills it
        get_adapter().stash_verified_email(request, found.email)
    elif user.email != found.email:
        return _dead(request)
    if request.method == "POST" and user.is_authenticated:
        try:
            take_up_invitation(token=token, user=user, now=now)
        except Refused:  # taken up or withdrawn in this very moment
            return _dead(request)
        messages.success(request, f"You have joined {found.organisation.name}.")
        return HttpResponseRedirect(reverse("home"), status=303)
    context = {
        "invitation": found,
        "role": found.get_role_display(),
        "sign_up": _with_next("account_signup", request.path),
        "sign_in": _with_next("account_login", request.path),
    }
    return render(request, "account_desk/invitation.html", context)


def _with_next(name: str, path: str) -> str:
    return f"{reverse(name)}?{urlencode({'next': path})}"


def _dead(request: HttpRequest) -> HttpResponse:
    return render(request, "account_desk/invitation_dead.html", {"here": request.path}, status=404)
