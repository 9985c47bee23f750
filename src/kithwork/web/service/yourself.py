"""A person who applies for themselves: what needs them, their journeys, and applying for a scheme."""

from datetime import date

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.schemes import ChecklistStage, FormStage
from kithwork.core.verdict import Refused
from kithwork.courses.queries import PlaceState, places_of_person
from kithwork.journeys.access import journeys_of_person
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import edition_on_offer, on_offer, read_all
from kithwork.procedures.applying import begin_yourself
from kithwork.web.kit.cards import Kind, Link, StateTag, TaskRow
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.service.begin import prices
from kithwork.web.service.home import Needed, SchemeCard, heading_of, journey_row, needed_of
from kithwork.web.service.words import Step


@page(Desk.SERVICE)
def applicant_home(request: Signed) -> HttpResponse:
    doors.yourself(request)
    today = timezone.localdate()
    readings = read_all(journeys_of_person(request.user), today)
    needed = [*_offered(request, today), *needed_of(readings)]
    running = {one.edition.scheme.slug for one in readings if not one.position.status.is_over}
    offers = {
        o.slug: o for o in reversed(on_offer()) if edition_of(o).scheme.applicant == "person" and o.slug not in running
    }
    return render(
        request,
        "service/yourself.html",
        {
            "heading": heading_of(needed, readings),
            "needed": [one.row for one in needed],
            "journeys": [journey_row(reading) for reading in readings],
            "all_begun": bool(running) and not offers,
            "schemes": [
                SchemeCard(o.name, o.body.name, edition_of(o).scheme.summary, reverse("apply_yourself", args=[o.slug]))
                for o in sorted(offers.values(), key=lambda o: o.name)
            ],
        },
    )


def _offered(request: Signed, today: date) -> list[Needed]:
    """Places that wait for an answer: they go to somebody else when the offer runs out."""
    found: list[Needed] = []
    for place in places_of_person(request.user).filter(state=PlaceState.OFFERED, offer_ends_on__gte=today):
        offering, ends = place.offering, place.offer_ends_on
        own = place.purpose and offering.stage
        to = reverse("journey_stage", args=[place.purpose, offering.stage]) if own else ""
        step = Step(
            text=f"Answer the offer of a place: {offering.title}",
            href=to or reverse("my_course", args=[offering.ref]),
            stage=offering.stage,
            due=ends,
            overdue=False,
            since=place.offered_on or today,
        )
        found.append(Needed(step, TaskRow(step.text, step.href, step.by_when, StateTag("To do", Kind.BLUE))))
    return found


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
