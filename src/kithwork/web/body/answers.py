"""How pages of this desk answer: done and seen elsewhere, or shown again with what was typed."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kithwork.core.verdict import Refused
from kithwork.web.kit.cards import Link
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Signed

OK, DONE, CLASH, FAULTY = 200, 303, 409, 422


class SeeOther(HttpResponseRedirect):
    """After a write: look at this page, with GET."""

    status_code = DONE


def onward_to(org: str, ref: str) -> Link:
    """The application's own page, for who was refused something on it."""
    return Link("See how the application stands now", reverse("body_journey", args=[org, ref]))


def done(request: Signed, to: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return SeeOther(to)


def tried(form: forms.Form, act: Callable[[], object], onward: Link | None = None) -> int:
    """Act when the form is sound. DONE, FAULTY for the form's own errors, CLASH when the action refused.

    `onward` is where to look when it was refused.
    """
    if not form.is_valid():
        return FAULTY
    try:
        act()
    except Refused as refused:
        refuse(form, refused, onward)
        return CLASH
    return DONE
