"""Where anybody can say something of a service: a complaint, a suggestion, praise. Nobody has to give a name."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import public_practice
from kithwork.core.verdict import Refused
from kithwork.governance.actions.entries import say
from kithwork.governance.queries.entries import SAID
from kithwork.governance.registers import Register
from kithwork.web.kit.acting import seen_at
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Desk, page
from kithwork.web.kit.throttle import TOO_MANY, TOO_OFTEN, slowed


class SayForm(forms.Form):
    kind = forms.ChoiceField(
        label="What is it?", choices=[(kind, text.capitalize()) for kind, text in SAID], widget=forms.RadioSelect
    )
    what = forms.CharField(
        label="What would you like to say?", max_length=8000, widget=forms.Textarea({"rows": 6, "maxlength": 8000})
    )
    whose = forms.CharField(
        label="Who are you?",
        required=False,
        max_length=80,
        help_text="You can leave this out. If you want an answer, give your name and how to reach you.",
    )


@page(Desk.PUBLIC, "GET", "POST")
def say_something(request: HttpRequest, slug: str) -> HttpResponse:
    """The form. What others have said is never shown here."""
    practice = public_practice(slug)
    form = SayForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and slowed(request):
            refuse(form, Refused(TOO_OFTEN))
            status = TOO_MANY
        elif form.is_valid():
            path = reverse(f"register_{Register.COMPLAINTS}", args=[slug])
            say(service=practice.service, path=path, today=timezone.localdate(), **form.cleaned_data)
            return seen_at(reverse("said_something", args=[slug]))
    return render(request, "public/say.html", {"practice": practice, "form": form}, status=status)


@page(Desk.PUBLIC)
def said_something(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "public/said.html", {"practice": public_practice(slug)})
