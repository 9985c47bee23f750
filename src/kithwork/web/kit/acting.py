"""A page that asks one thing: a form, what follows from it, and where to look then."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from kithwork.core.verdict import Refused
from kithwork.web.kit.cards import Link
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Signed

OK, DONE, CLASH, FAULTY = 200, 303, 409, 422


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, were it nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def seen_at(to: str) -> HttpResponse:
    """After a write: look at this page, with GET."""
    return HttpResponseRedirect(to, status=DONE)


def done(request: Signed, to: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return seen_at(to)


def tried(form: forms.BaseForm, act: Callable[[], object], onward: Link | None = None) -> int:
    """Act when the form is sound. DONE, FAULTY for the form's own errors, CLASH when the action refused."""
    if not form.is_valid():
        return FAULTY
    try:
        act()
    except Refused as refused:
        refuse(form, refused, onward)
        return CLASH
    return DONE


def ask(
    request: Signed,
    form: forms.Form,
    act: Callable[[], object],
    *,
    heading: str,
    button: str,
    said: str,
    to: str,
    caption: str = "",
    text: str = "",
    template: str = "kit/ask.html",
    **more: Any,
) -> HttpResponse:
    """The whole page: shown on GET; on POST done and seen at `to`, or shown again with what was typed.

    `more` goes to the template, whose form is the kit's; `caption` stands above the heading and `text` under it.
    """
    status = OK
    if request.method == "POST":
        status = tried(form, act, Link("See how it stands now", to))
        if status == DONE:
            return done(request, to, said)
    context = {"form": form, "heading": heading, "button": button, "back_href": to, "caption": caption, "text": text}
    return render(request, template, {**context, **more}, status=status)


def sure(
    request: Signed, act: Callable[[], object], *, heading: str, text: str, button: str, said: str, to: str, back: str
) -> HttpResponse:
    """Before what cannot be undone: asked on GET, done on POST and seen at `to`; whoever thinks better goes `back`."""
    form, status = forms.Form(posted(request)), OK
    if request.method == "POST":
        status = tried(form, act, Link("See how it stands now", back))
        if status == DONE:
            return done(request, to, said)
    context = {"form": form, "heading": heading, "text": text, "action_text": button, "cancel_href": back}
    return render(request, "kit/interruption.html", context, status=status)
