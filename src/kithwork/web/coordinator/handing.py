"""A page that gives somebody a link: by e-mail, or shown once to be handed over."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from kithwork.web.kit.acting import DONE, OK, done, posted, seen_at, tried
from kithwork.web.kit.cards import Link
from kithwork.web.kit.pages import Signed

_ONCE = "handing"  # in the session: the address of a new link and the page on which it is shown, once


class How(forms.Form):
    how = forms.ChoiceField(
        label="How do they get the link?",
        choices=[("mail", "By e-mail, now"), ("show", "Show it to me once, to hand over on paper or by text")],
        widget=forms.RadioSelect,
    )


def how(request: Signed, email: str) -> How:
    """The form, which proposes to mail where there is an address."""
    return How(posted(request), initial={"how": "mail" if email else "show"})


def hand_over(
    request: Signed,
    form: How,
    make: Callable[[bool], str],
    *,
    heading: str,
    back: str,
    caption: str = "",
    text: str = "",
    more: Link | None = None,
) -> HttpResponse:
    """The whole page. `make` is told whether to mail, and gives the link's path; `more` is another way to the same."""
    held = request.session.pop(_ONCE, None)
    once = held[0] if held and held[1] == request.path else ""
    status = OK
    if request.method == "POST":
        made: list[str] = []
        status = tried(
            form, lambda: made.append(make(form.cleaned_data["how"] == "mail")), Link("See how it stands now", back)
        )
        if status == DONE and form.cleaned_data["how"] == "mail":
            return done(request, back, "The link is on its way.")
        if status == DONE:
            request.session[_ONCE] = [request.build_absolute_uri(made[0]), request.path]
            return seen_at(request.path)
    context = {
        "form": form,
        "once": once,
        "heading": heading,
        "caption": caption,
        "text": text,
        "more": more,
        "button": "Make the link",
        "back_href": back,
    }
    return render(request, "coordinator/hand_over.html", context, status=status)
