"""Where a person goes after signing in, and how a newcomer gets from there to an application."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from kithwork.core.verdict import Refused
from kithwork.journeys.queries import edition_on_offer, for_persons, scheme_closed
from kithwork.organisations.actions import set_up
from kithwork.web.account import doors
from kithwork.web.kit.pages import Desk, Signed, page


@page(Desk.ACCOUNT)
def home(request: Signed) -> HttpResponse:
    """Straight to the one desk; a list of several; for a newcomer, what to do first."""
    desks = doors.desks_of(request)
    if len(desks) == 1:
        return redirect(desks[0].href)
    doors.dress(request)
    applies = any(desk.href == reverse("applicant_home") for desk in desks)
    return render(request, "account_desk/home.html", {"desks": desks, "applies": applies})


@page(Desk.ACCOUNT)
def start(request: Signed, slug: str) -> HttpResponse:
    """On the way to an application: to the organisation's page for it, to the choice of one, or to setting one up."""
    if edition_on_offer(slug) is None:
        if scheme_closed(slug):  # its page says so
            return redirect("scheme", slug)
        raise Http404("No such scheme is on offer.")
    if for_persons(slug):
        return redirect("apply_yourself", slug)
    providers = doors.providers_of(request)
    if not providers:
        return redirect(f"{reverse('new_organisation')}?scheme={slug}")
    if len(providers) == 1:
        return redirect("apply", providers[0].slug, slug)
    doors.dress(request)
    return render(request, "account_desk/start.html", {"providers": providers, "slug": slug})


class NewOrganisation(forms.Form):
    name = forms.CharField(
        label="Name of your organisation",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    service = forms.CharField(
        label="Name of your mentoring service",
        help_text="As it should stand on a certificate and in the register. If you run several, add the others later.",
        max_length=200,
    )
    place = forms.CharField(
        label="Where the service works",
        help_text="A town or an area. The public register shows it.",
        max_length=120,
        required=False,
    )
    website = forms.URLField(label="Website", assume_scheme="https", max_length=200, required=False)
    address = forms.CharField(
        label="Postal address",
        help_text="Invoices are made out to it. You can leave it for later.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )


@page(Desk.ACCOUNT, "GET", "POST")
def new_organisation(request: Signed) -> HttpResponse:
    """Set up an organisation and its first service, then on to the scheme that was chosen, if one was."""
    doors.dress(request)
    chosen = edition_on_offer(request.GET.get("scheme", "")[:60])
    form, status = NewOrganisation(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                organisation, _ = set_up(by=request.user, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(request, f"{organisation.name} is set up, and you are its lead.")
                slug = organisation.slug
                onwards = reverse("apply", args=[slug, chosen.slug]) if chosen else reverse("service_home", args=[slug])
                return HttpResponseRedirect(onwards, status=303)
    context = {"form": form, "chosen": chosen.name if chosen else ""}
    return render(request, "account_desk/new_organisation.html", context, status=status)
