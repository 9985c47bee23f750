"""What the pages of this room share: one form on a page, one button that writes, the room's own navigation."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kithwork.caseload.access import Run
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Link, Place
from kithwork.web.kit.pages import Signed

_ROOM = (("Mentors", "mentors"), ("Trainings", "trainings"), ("Gatherings", "gatherings"), ("Exemptions", "exemptions"))
_LEADS = (("Questions", "mentor_questions"), ("Mentor bank", "bank"))


def room(run: Run, current: str) -> list[Place]:
    """The sub-navigation of the mentors' room; what only leads may change stands for them alone."""
    spots = (*_ROOM, *(_LEADS if run.leads else ()))
    return [Place(words, reverse(name, args=[run.service.slug]), name == current) for words, name in spots]


def asking(
    request: Signed,
    form: forms.Form,
    act: Callable[[], object],
    *,
    heading: str,
    back: str,
    said: str | Callable[[], str],
    to: str | Callable[[], str] = "",
    action: str = "Save",
    template: str = "kit/page.html",
    **more: Any,
) -> HttpResponse:
    """A page with one form: shown, or acted on and then seen at `to` (`back` where it is left out) with `said`.

    422 for the form's own faults, 409 for a refusal; what was typed stays, and a refusal leads on to `back`.
    """
    status = OK
    if request.method == "POST":
        status = tried(form, act, Link("See how things stand now", back))
        if status == DONE:
            where = to() if callable(to) else to
            return done(request, where or back, said() if callable(said) else said)
    context = {"heading": heading, "form": form, "action_text": action, "back_href": back, "cancel_href": back, **more}
    return render(request, template, context, status=status)


def acting(request: Signed, act: Callable[[], object], *, back: str, said: str | Callable[[], str]) -> HttpResponse:
    """A button alone: done and seen at `back`; a refusal becomes the page that says so (see `page`)."""
    act()
    return done(request, back, said() if callable(said) else said)
