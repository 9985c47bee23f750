"""A service's public referral form: for oneself, a relative, or somebody one works with. Nobody needs an account."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import public_practice
from kithwork.caseload.actions.referrals import Source, receive
from kithwork.caseload.queries.referrals import openness
from kithwork.core.verdict import Refused
from kithwork.web.kit.forms import GovDateField, LongText, hinted, refuse
from kithwork.web.kit.pages import Desk, page
from kithwork.web.kit.throttle import TOO_MANY, TOO_OFTEN, slowed


class Refer(forms.Form):
    """Who refers, whom, why, and that the person agrees. Somebody who comes for themselves fills in their own half."""

    source = forms.ChoiceField(
        label="Who is this for?",
        choices=[
            (Source.SELF.value, hinted("For me", "Leave out the questions about who refers")),
            (Source.FAMILY.value, "For a relative, a friend or somebody I care for"),
            (Source.AGENCY.value, "For somebody I work with, at a school, in health, social work or another agency"),
        ],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label="Name of the person", max_length=150)
    known_as = forms.CharField(label="What they like to be called", max_length=80, required=False)
    born = GovDateField(label="Date of birth", required=False)
    phone = forms.CharField(
        label="Telephone",
        max_length=40,
        required=False,
        widget=forms.TextInput({"type": "tel", "class": "govuk-input--width-20"}),
    )
    email = forms.EmailField(label="E-mail", required=False)
    postcode = forms.CharField(
        label="Postcode", max_length=10, required=False, widget=forms.TextInput({"class": "govuk-input--width-10"})
    )
    contact_wishes = forms.CharField(
        label="How and when is it best to get in touch?",
        help_text="Tell us too what makes it easier: large print, a text before a call, an interpreter.",
        max_length=300,
        required=False,
    )
    why = LongText(
        label="Why would a mentor help?",
        help_text="A few sentences are enough. We will ask the rest when we talk.",
        max_length=4000,
        rows=5,
    )
    referrer_name = forms.CharField(
        label="Your name", help_text="If you refer somebody else.", max_length=150, required=False
    )
    organisation = forms.CharField(label="Your organisation", max_length=150, required=False)
    referrer_email = forms.EmailField(
        label="Your e-mail", help_text="You get a link by which to see where the referral stands.", required=False
    )
    referrer_phone = forms.CharField(
        label="Your telephone",
        max_length=40,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-20"}),
    )
    agreed = forms.BooleanField(
        label="The person knows of this and agrees to it",
        help_text="If it is for you: you agree that we keep what you write here, to answer you.",
    )

    def clean_born(self) -> Any:
        born = self.cleaned_data["born"]
        if born and born >= timezone.localdate():
            raise forms.ValidationError("The date of birth must be in the past")
        return born

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        reached = any(data.get(name) for name in ("phone", "email", "contact_wishes"))
        if not reached and not {"phone", "email"} & self.errors.keys():
            self.add_error("phone", "Write a telephone number, an e-mail address, or how else to get in touch")
        if data.get("source") in (Source.FAMILY, Source.AGENCY):
            if not data.get("referrer_name"):
                self.add_error("referrer_name", "Write your own name")
            reached = data.get("referrer_email") or data.get("referrer_phone") or "referrer_email" in self.errors
            if not reached:
                self.add_error("referrer_email", "Write your own e-mail address or telephone number")
        return data


PERSON = ("name", "known_as", "born", "phone", "email", "postcode", "contact_wishes")
GROUPS = (
    ("", ("source",)),
    ("The person", PERSON),
    ("Why", ("why",)),
    ("You, if you refer somebody else", ("referrer_name", "organisation", "referrer_email", "referrer_phone")),
    ("Agreement", ("agreed",)),
)


@page(Desk.PUBLIC, "GET", "POST")
def refer(request: HttpRequest, slug: str) -> HttpResponse:
    """Who the service is for, then the form; a service that takes no referrals says so, and where else to turn."""
    practice = public_practice(slug)
    door = openness(practice, timezone.localdate())
    form = Refer(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if slowed(request):
                form.add_error(None, TOO_OFTEN)
                status = TOO_MANY
            else:
                try:
                    _receive(practice, form.cleaned_data)
                except Refused as because:
                    refuse(form, because)
                    status = 409
                else:
                    return HttpResponseRedirect(reverse("refer_thanks", args=[slug]), status=303)
    context = {
        "service": practice.service,
        "practice": practice,
        "door": door,
        "form": form,
        "groups": [(title, [form[name] for name in names]) for title, names in GROUPS],
    }
    answer = render(request, "public/refer.html", context, status=status)
    answer["Cache-Control"] = "no-store"  # what was typed is about a person
    return answer


def _receive(practice: Any, data: dict[str, Any]) -> None:
    receive(
        practice=practice,
        source=Source(data["source"]),
        on=timezone.localdate(),
        person={name: data[name] for name in PERSON},
        agreed=data["agreed"],
        why=data["why"],
        name=data["referrer_name"],
        organisation=data["organisation"],
        email=data["referrer_email"],
        phone=data["referrer_phone"],
        by=None,
        now=timezone.now(),
    )


@page(Desk.PUBLIC)
def refer_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    practice = public_practice(slug)
    return render(request, "public/refer_thanks.html", {"service": practice.service, "practice": practice})
