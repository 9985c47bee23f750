"""Erasing somebody: what will go, what stays and why; then a typed name; then it is done. For leads alone."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import Run, mentee_of, mentor_of, referral_of
from kithwork.core.tables import plain
from kithwork.governance.access import staff_of
from kithwork.procedures import erasing
from kithwork.procedures.erasing import Plan
from kithwork.web.coordinator import doors
from kithwork.web.coordinator.rights.cards import plan_tables
from kithwork.web.kit.acting import DONE, OK, done, posted, tried
from kithwork.web.kit.cards import Column, Link
from kithwork.web.kit.pages import Desk, Signed, page


class EraseForm(forms.Form):
    name = forms.CharField(
        label="Type the name to go on",
        max_length=200,
        help_text="It cannot be undone: not by you, and not by whoever runs this site.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: object, *, name: str) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        self._name = name

    def clean_name(self) -> str:
        said: str = self.cleaned_data["name"]
        if plain(said) != plain(self._name):
            raise forms.ValidationError(f"Type ‘{self._name}’ as it stands here")
        return said


@page(Desk.SERVICE, "GET", "POST")
def mentee_erase(request: Signed, slug: str, mentee: str) -> HttpResponse:
    """Erase a mentee."""
    run = doors.ground(request, slug, lead=True)
    found, now = mentee_of(run, mentee), timezone.now()
    return _erase(
        request, run, found.name, reverse("mentee", args=[slug, mentee]), reverse("mentees", args=[slug]),
        erasing.plan_for_person(person=found, now=now),
        lambda: erasing.erase_person(person=found, by=request.user, now=now),
    )  # fmt: skip


@page(Desk.SERVICE, "GET", "POST")
def mentor_erase(request: Signed, slug: str, mentor: str) -> HttpResponse:
    """Erase a mentor."""
    run = doors.ground(request, slug, lead=True)
    found, now = mentor_of(run, mentor), timezone.now()
    return _erase(
        request, run, found.name, reverse("mentor", args=[slug, mentor]), reverse("mentors", args=[slug]),
        erasing.plan_for_person(person=found, now=now),
        lambda: erasing.erase_person(person=found, by=request.user, now=now),
    )  # fmt: skip


@page(Desk.SERVICE, "GET", "POST")
def referrer_erase(request: Signed, slug: str, referral: str) -> HttpResponse:
    """Erase whoever referred somebody, from all their referrals."""
    run = doors.ground(request, slug, lead=True)
    found = referral_of(run, referral)
    back = reverse("referral", args=[slug, referral])
    return _erase(
        request, run, found.name or found.email, back, back,
        erasing.plan_for_referrer(referral=found),
        lambda: erasing.erase_referrer(referral=found, by=request.user),
    )  # fmt: skip


@page(Desk.SERVICE, "GET", "POST")
def staff_erase(request: Signed, slug: str, staff: str) -> HttpResponse:
    """Erase the file of a member of staff who has left."""
    run, today = doors.ground(request, slug, lead=True), timezone.localdate()
    found = staff_of(run.service, staff)
    found.service = run.service
    return _erase(
        request, run, found.name, reverse("staff_file", args=[slug, staff]), reverse("staff", args=[slug]),
        erasing.plan_for_staff(staff=found, today=today),
        lambda: erasing.erase_staff(staff=found, by=request.user, today=today),
    )  # fmt: skip


def _erase(
    request: Signed, run: Run, name: str, back: str, to: str, plan: Plan, act: Callable[[], object]
) -> HttpResponse:
    form, status = EraseForm(posted(request), name=name), OK
    if request.method == "POST":
        status = tried(form, act, Link("See how it stands now", back))
        if status == DONE:
            return done(request, to, "Erased. Dates and counts stay in the reports, without the person.")
    records = sum(number for _, number in plan.goes)
    context = {
        "run": run,
        "heading": f"{name} cannot be erased yet" if plan.obstacles else f"Erase {name}?",
        "obstacles": plan.obstacles,
        "records": records,
        "form": form,
        "back_href": back,
        "unread": [(title, reverse("gate_one", args=[journey, ref])) for title, journey, ref in plan.unread],
        "goes_columns": ("What", Column("Records", numeric=True)),
        "stays_columns": ("What", "Why"),
        **plan_tables(plan),
    }
    return render(request, "coordinator/rights/erase.html", context, status=status)
