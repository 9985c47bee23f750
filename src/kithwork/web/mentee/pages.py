"""What a link opens: where a referral stands, and a mentee's own page. Plain words, large type, no account."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.actions import mentees as records
from kithwork.caseload.actions.concerns import RaisedAs, Urgency, raise_concern
from kithwork.caseload.actions.consents import OWN_LINK, Answer, record_answer
from kithwork.caseload.queries.consents import asked_of
from kithwork.caseload.queries.mentees import running_of
from kithwork.core.verdict import Refused
from kithwork.web.kit.acting import OK, posted, seen_at, tried
from kithwork.web.kit.forms import LongText
from kithwork.web.kit.pages import Desk, page
from kithwork.web.kit.throttle import TOO_MANY, TOO_OFTEN, slowed
from kithwork.web.mentee.doors import Purpose, by_link
from kithwork.web.templatetags.kit import longdate


def own_mentee(link: Any) -> Any:
    """The mentee of a link to their own page; who has left, or was erased, has none any more."""
    mentee = link.mentee
    if mentee is None or mentee.left_on is not None or mentee.erased_at is not None:
        raise Http404("No such page.")
    return mentee


@page(Desk.MENTEE)
@by_link(Purpose.MENTEE, Purpose.TRACK)
def opened(request: HttpRequest, link: Any, token: str) -> HttpResponse:
    """The page itself: a mentee's own, or where a referral stands."""
    return _tracked(request, link) if link.purpose == Purpose.TRACK else _mentee(request, link, token)


def _tracked(request: HttpRequest, link: Any) -> HttpResponse:
    referral = link.referral
    mentee = referral.mentee
    if mentee.erased_at is not None:
        raise Http404("No such page.")
    own = referral.source == "self"
    met = bool(referral.outcome == "accepted" and (own or mentee.referrer_involved)) and bool(
        running_of(mentee, timezone.localdate())
    )
    context = {
        "service": mentee.service,
        "own": own,
        "heading": _stands(referral.outcome, met, own),
        "steps": [
            (words, longdate(on))
            for words, on in (
                ("Your referral arrived", referral.came_on),
                ("Somebody acknowledged it", referral.acknowledged_on),
                ("It was decided", referral.decided_on),
            )
            if on
        ],
        "decided": bool(referral.outcome),
        "elsewhere": referral.signposted_to if own else "",
    }
    return render(request, "mentee/tracked.html", context)


def _stands(outcome: str, met: bool, own: bool) -> str:
    who = "You" if own else "The person you referred"
    match outcome:
        case "":
            return "Your referral is being looked at"
        case "accepted" if met:
            return f"{who} {'have' if own else 'has'} a mentor"
        case "accepted":
            return f"{who} {'are' if own else 'is'} on the waiting list"
        case "signposted":
            return f"{who} {'were' if own else 'was'} pointed to something more suitable"
        case _:
            return "The referral is closed"


def _mentee(request: HttpRequest, link: Any, token: str) -> HttpResponse:
    mentee = own_mentee(link)
    practice = mentee.service.practice
    context = {
        "token": token,
        "mentee": mentee,
        "service": mentee.service,
        "practice": practice,
        "matches": [(str(one.mentor), one.meets) for one in running_of(mentee, timezone.localdate())],
    }
    return render(request, "mentee/own.html", context)


class Wrong(forms.Form):
    words = LongText(label="What is wrong?", help_text="Write as much or as little as you like.", max_length=8000)
    urgency = forms.ChoiceField(
        label="How soon does somebody need to help?",
        choices=[
            (Urgency.DANGER.value, "Now. Somebody is in danger"),
            (Urgency.SOON.value, "Today"),
            (Urgency.WORRY.value, "It can wait, but I want you to know"),
        ],
        widget=forms.RadioSelect,
    )


@page(Desk.MENTEE, "GET", "POST")
@by_link(Purpose.MENTEE)
def wrong(request: HttpRequest, link: Any, token: str) -> HttpResponse:
    """Something is wrong: reaches whoever answers for safeguarding at once."""
    mentee = own_mentee(link)
    form = Wrong(posted(request))
    status = OK
    if request.method == "POST":
        if form.is_valid() and slowed(request):
            form.add_error(None, TOO_OFTEN)
            status = TOO_MANY
        else:
            status = tried(form, lambda: _raise(mentee, form))
        if status == 303:
            return seen_at(reverse("link_heard", args=[token]))
    context = {"form": form, "token": token, "service": mentee.service, "practice": mentee.service.practice}
    return render(request, "mentee/wrong.html", context, status=status)


def _raise(mentee: Any, form: Wrong) -> None:
    raise_concern(
        service=mentee.service,
        mentee=mentee,
        words=form.cleaned_data["words"],
        urgency=Urgency(form.cleaned_data["urgency"]),
        raised_as=RaisedAs.MENTEE,
        by=None,
        now=timezone.now(),
    )


@page(Desk.MENTEE)
@by_link(Purpose.MENTEE)
def heard(request: HttpRequest, link: Any, token: str) -> HttpResponse:
    """After saying what is wrong: who has it now, and whom to ring meanwhile."""
    mentee = own_mentee(link)
    context = {"token": token, "service": mentee.service, "practice": mentee.service.practice}
    return render(request, "mentee/heard.html", context)


@page(Desk.MENTEE, "POST")
@by_link(Purpose.MENTEE)
def call_me(request: HttpRequest, link: Any, token: str) -> HttpResponse:
    """Ask to be rung."""
    records.call_me(mentee=own_mentee(link), now=timezone.now())
    messages.success(request, "Somebody will ring you.")
    return seen_at(reverse("link", args=[token]))


@page(Desk.MENTEE, "GET", "POST")
@by_link(Purpose.MENTEE)
def shared(request: HttpRequest, link: Any, token: str) -> HttpResponse:
    """What may be shared: each question as it was asked, the answer, and changing it."""
    mentee = own_mentee(link)
    today = timezone.localdate()
    asked = asked_of(mentee, mentee.service.practice, today)
    status, refusal = OK, ""
    if request.method == "POST":
        one = next((each for each in asked if each.kind.value == request.POST.get("kind")), None)
        answer = request.POST.get("answer")
        if one is None or answer not in {"yes", "no"}:
            raise Http404("No such page.")
        no = Answer.WITHDRAWN if one.given else Answer.REFUSED
        try:
            record_answer(
                mentee=mentee,
                kind=one.kind,
                answer=Answer.GIVEN if answer == "yes" else no,
                on=today,
                wording=one.words,
                how=OWN_LINK,
                by=None,
            )
        except Refused as because:
            status, refusal = 409, str(because)
        else:
            messages.success(request, "Thank you. It counts from now.")
            return seen_at(reverse("link_shared", args=[token]))
    rows = [
        {
            "kind": one.kind.value,
            "words": one.words if one.latest is None or not one.given else one.latest.wording,
            "given": one.given,
            "asked": one.latest is not None,
            "on": one.latest.on if one.latest else None,
        }
        for one in asked
    ]
    context = {"token": token, "rows": rows, "service": mentee.service, "refusal": refusal}
    return render(request, "mentee/shared.html", context, status=status)
