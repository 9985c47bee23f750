"""One entry of one's own log: corrected until it is read, answered afterwards, removed when it was a mistake."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import own_entry_for
from kithwork.caseload.actions import logging as act
from kithwork.caseload.queries.logs import ContactRow, replies_of
from kithwork.caseload.queries.mentoring import first_name
from kithwork.web.coordinator.matches.inbox import detail_of
from kithwork.web.kit.acting import DONE, OK, done, posted, tried
from kithwork.web.kit.cards import TimelineEvent
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.mentor import doors, forms
from kithwork.web.templatetags.kit import clock, longdate


@page(Desk.MENTOR, "GET", "POST")
def mentor_entry(request: Signed, contact: str) -> HttpResponse:
    one = own_entry_for(request.user, contact)
    doors.dress(request, one.service.name)
    back, status = reverse("mentor_entry", args=[one.ref]), OK
    talk = list(replies_of(one))
    settled = one.read_at is not None or bool(talk)
    form = _form(request, one, settled)
    if request.method == "POST":
        status = tried(form, lambda: _save(request, one, form))
        if status == DONE:
            return done(request, back if settled else reverse("mentor_home"), "Saved. Thank you.")
    name = first_name(one.mentee) if one.mentee else ""
    read = f"Read by {one.read_by} at {clock(one.read_at)}" if one.read_at else "Nobody has read it yet"
    context = {
        "heading": f"You and {name} met" if one.reached else f"{name} did not turn up",
        "one": one,
        "form": form,
        "detail": detail_of(one),
        "read": read,
        "talk": [TimelineEvent(_who(r.by_id, r.by, request), r.at, "", r.text) for r in talk],
        "settled": settled,
        "back_href": reverse("mentor_home"),
        "day": longdate(one.on),
    }
    return render(request, "mentor/entry.html", context, status=status)


def _who(key: int, who: object, request: Signed) -> str:
    return "You" if key == request.user.pk else str(who)


def _form(request: Signed, one: ContactRow, settled: bool) -> forms.Log | forms.Reply:
    """Until somebody has read it, the entry itself; after that an answer beneath it."""
    if settled or request.POST.get("do") == "answer":
        return forms.Reply(posted(request))
    start = {
        "on": one.on,
        "reached": "yes" if one.reached else "no",
        "minutes": one.minutes,
        "way": one.way,
        "words": one.words,
    }
    return forms.Log(posted(request), initial=start)


def _save(request: Signed, one: ContactRow, form: forms.Log | forms.Reply) -> None:
    if isinstance(form, forms.Reply):
        act.answer_back(contact=one, text=form.cleaned_data["text"], by=request.user, now=timezone.now())
    else:
        act.correct_own(contact=one, by=request.user, **form.cleaned_data)


@page(Desk.MENTOR, "POST")
def mentor_entry_remove(request: Signed, contact: str) -> HttpResponse:
    """A mistake is taken out, until somebody has read it."""
    one = own_entry_for(request.user, contact)
    act.take_back(contact=one, by=request.user)
    return done(request, reverse("mentor_home"), "The entry is removed.")
