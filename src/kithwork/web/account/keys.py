"""Keys for programs that read in a person's name."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.accounts.actions import make_key, stop_key
from kithwork.accounts.keys import LASTS, keys_of
from kithwork.core.verdict import Refused
from kithwork.web.account import doors
from kithwork.web.kit.pages import Desk, Signed, page


class KeyForm(forms.Form):
    name = forms.CharField(label="What is it for?", help_text="Such as 'Monthly figures for the board'.", max_length=80)


@page(Desk.ACCOUNT, "GET", "POST")
def my_keys(request: Signed) -> HttpResponse:
    """The keys that work; a new one, whose secret is shown this once."""
    doors.dress(request)
    today, made, secret = timezone.localdate(), None, ""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = make_key(user=request.user, name=form.cleaned_data["name"], today=today)
            form = KeyForm()
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {
        "keys": list(keys_of(request.user, today)),
        "form": form,
        "made": made,
        "secret": secret,
        "lasts": str(LASTS),
        "address": request.build_absolute_uri(reverse("api:openapi-json")),
    }
    return render(request, "account_desk/keys.html", context, status=422 if form.errors else 200)


@page(Desk.ACCOUNT, "POST")
def stop_my_key(request: Signed, ref: str) -> HttpResponse:
    stop_key(user=request.user, ref=ref, today=timezone.localdate())
    messages.success(request, "That key no longer works.")
    return HttpResponseRedirect(reverse("my_keys"), status=303)
