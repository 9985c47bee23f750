"""A person who applies for themselves: what needs them, their journeys, and applying for a scheme."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.schemes import ChecklistStage, FormStage
from kithwork.core.verdict import Refused
from kithwork.journeys.access import journeys_of_person
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import edition_on_offer, on_offer, read_all
from kithwork.procedures.applying import begin_yourself
from kithwork.web.kit.cards import Link
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.service.begin import prices
from kithwork.web.service.home import SchemeCard, heading_of, journey_row, needed_of


@page(Desk.SERVICE)
def applicant_home(request: Signed) -> HttpResponse:
    doors.yourself(request)
    readings = read_all(journeys_of_person(request.user), timezone.localdate())
    needed = needed_of(readings)
    offers = {o.slug: o for o in reversed(on_offer()) if edition_of(o).scheme.applicant == "person"}
    return render(
        request,
        "service/yourself.html",
        {
            "heading": heading_of(needed, readings),
            "needed": [one.row for one in needed],
            "journeys": [journey_row(reading) for reading in readings],
            "schemes": [
                SchemeCard(o.name, o.body.name, edition_of(o).scheme.summary, reverse("apply_yourself", args=[o.slug]))
                for o in sorted(offers.values(), key=lambda o: o.name)
            ],
        },
    )


@page(Desk.SERVICE, "GET", "POST")
def apply_yourself(request: Signed, edition: str) -> HttpResponse:
    doors.yourself(request)
    published = edition_on_offer(edition)
    if published is None:
        raise Http404("No such page.")
    model = edition_of(published)
    if model.scheme.applicant != "person":
        return redirect("start", edition)
    form, status = Form(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        try:
            journey = begin_yourself(edition=published, by=request.user, today=timezone.localdate())
        except Refused as refused:
            refuse(form, refused, Link("See what needs you", reverse("applicant_home")))
            status = 409
        else:
            messages.success(request, "The journey has begun. Here is every stage of it.")
            return doors.go("journey", journey.ref)
    first = [
        stage.title
        for stage in model.stages
        if isinstance(stage, ChecklistStage | FormStage) and not stage.levels and stage.when != "renewal"
    ]
    return render(
        request,
        "service/apply.html",
        {
            "edition": model,
            "form": form,
            "services": True,
            "yourself": True,
            "first": first,
            "fees": prices(model),
            "back": reverse("applicant_home"),
        },
        status=status,
    )
