"""A holder's duty that the body itself confirms, such as a membership that must not lapse."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.schemes import DutyKind
from kithwork.journeys.queries import read
from kithwork.procedures.deciding import confirm_duty
from kithwork.web.body import doors
from kithwork.web.body.onward import onward_to
from kithwork.web.body.wording import applicant_of
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page


@page(Desk.BODY, "GET", "POST")
def keep_duty(request: Signed, org: str, ref: str, duty: str) -> HttpResponse:
    """Say that a duty is kept, from today for as long as the scheme says."""
    journey = doors.journey(request, org, ref)
    reading = read(journey, timezone.localdate())
    model = next((one for one in reading.edition.duties if one.id == duty and one.every is not None), None)
    if model is None or model.kind is DutyKind.REPORT:
        raise Http404("No such page.")
    form = forms.Form(request.POST if request.method == "POST" else None)
    back = reverse("body_journey", args=[org, ref])
    status = OK
    if request.method == "POST":
        today = reading.position.today
        status = tried(
            form,
            lambda: confirm_duty(journey=journey, duty=duty, by=request.user, today=today),
            onward_to(org, ref),
        )
        if status == DONE:
            return done(request, back, f"{model.title}: confirmed for {applicant_of(journey)}.")
    stands = next((one for one in reading.position.duties if one.id == duty), None)
    context = {
        "heading": f"{model.title}: is it kept by {applicant_of(journey)}?",
        "says": model.says,
        "rows": [
            SummaryRow("Wanted every", str(model.every)),
            SummaryRow("Last confirmed", stands.kept if stands and stands.kept else "Never"),
            SummaryRow("To be confirmed by", stands.due if stands and stands.due else "No date now"),
        ],
        "held": stands is not None,
        "form": form,
        "service": applicant_of(journey),
        "back_href": back,
    }
    return render(request, "body/stages/duty.html", context, status=status)
