"""A person's own account: how they sign in, and what they belong to."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.accounts.actions import choose_reminders, rename
from kithwork.accounts.keys import keys_of
from kithwork.journeys.queries import drafts_of
from kithwork.organisations.access import memberships_of
from kithwork.web.account import doors
from kithwork.web.kit.cards import Kind, StateTag, SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural


@page(Desk.ACCOUNT)
def my_account(request: Signed) -> HttpResponse:
    """Name, address, ways to sign in, memberships, drafts."""
    doors.dress(request)
    context = {"rows": _rows(request), "memberships": _memberships(request), "drafts": drafts_of(request.user).count()}
    return render(request, "account_desk/account.html", context)


def _rows(request: Signed) -> list[SummaryRow]:
    user = request.user
    proven = EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    keys, codes = kinds.count("webauthn"), "totp" in kinds
    live = keys_of(user, timezone.localdate()).count()
    confirmed = StateTag("Confirmed", Kind.GREEN) if proven else StateTag("Not confirmed", Kind.AMBER)
    change_password = "account_change_password" if user.has_usable_password() else "account_set_password"
    return [
        SummaryRow("Name", user.name, reverse("my_name")),
        SummaryRow("E-mail address", [user.email, confirmed], reverse("account_email")),
        SummaryRow("Password", "Set" if user.has_usable_password() else "None", reverse(change_password)),
        SummaryRow("Passkeys", plural(keys, "passkey") if keys else "None", reverse("mfa_list_webauthn")),
        SummaryRow(
            "One-time codes",
            StateTag("On", Kind.GREEN) if codes else StateTag("Off"),
            reverse("mfa_index"),
        ),
        SummaryRow(
            "Weekly mail of what is due",
            StateTag("On", Kind.GREEN) if user.reminders else StateTag("Off"),
            reverse("my_reminders"),
        ),
        SummaryRow("Keys for programs", plural(live, "key") if live else "None", reverse("my_keys")),
    ]


def _memberships(request: Signed) -> list[SummaryRow]:
    return [
        SummaryRow(m.organisation.name, f"{m.get_role_display()}, since {longdate(m.since)}")
        for m in memberships_of(request.user)
    ]


class NameForm(forms.Form):
    name = forms.CharField(label="Your name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))


@page(Desk.ACCOUNT, "GET", "POST")
def my_name(request: Signed) -> HttpResponse:
    """Change the name that colleagues see."""
    doors.dress(request)
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        rename(user=request.user, name=form.cleaned_data["name"])
        messages.success(request, "Your name is changed.")
        return HttpResponseRedirect(reverse("my_account"), status=303)
    context = {
        "heading": "Change your name",
        "lede": "Your colleagues, your assessor and the awarding body see it beside what you do.",
        "form": form,
        "action_text": "Save",
        "back_href": reverse("my_account"),
        "cancel_href": reverse("my_account"),
    }
    return render(request, "kit/page.html", context, status=422 if form.errors else 200)


class RemindersForm(forms.Form):
    wanted = forms.ChoiceField(
        label="Do you want the weekly mail of what is due?",
        help_text="It is sent once a week, and only when something waits. It has counts and no names.",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
    )


@page(Desk.ACCOUNT, "GET", "POST")
def my_reminders(request: Signed) -> HttpResponse:
    """Switch the weekly mail on or off; what concerns one thing alone is always sent."""
    doors.dress(request)
    form = RemindersForm(request.POST or None, initial={"wanted": "yes" if request.user.reminders else "no"})
    if request.method == "POST" and form.is_valid():
        choose_reminders(user=request.user, wanted=form.cleaned_data["wanted"] == "yes")
        messages.success(request, "Saved.")
        return HttpResponseRedirect(reverse("my_account"), status=303)
    context = {
        "heading": "Weekly mail",
        "form": form,
        "action_text": "Save",
        "back_href": reverse("my_account"),
        "cancel_href": reverse("my_account"),
    }
    return render(request, "kit/page.html", context, status=422 if form.errors else 200)
