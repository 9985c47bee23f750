"""Adding a service, and applying for a scheme."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.schemes import ChecklistStage, Edition, Fee, FormStage
from kithwork.core.verdict import Refused
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import edition_on_offer
from kithwork.organisations.actions import open_service
from kithwork.organisations.queries import services_of
from kithwork.procedures.applying import begin
from kithwork.web.kit.cards import Link
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.service.forms import Apply, NewService


@page(Desk.SERVICE, "GET", "POST")
def new_service(request: Signed, slug: str) -> HttpResponse:
    place = doors.provider(request, slug, write=True)
    form = NewService(request.POST or None)
    after = request.GET.get("apply", "")
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                service = open_service(organisation=place.organisation, by=request.user, **form.cleaned_data)
            except Refused as refused:
                form.add_error("name", str(refused))
                status = 409
            else:
                messages.success(request, f"{service.name} is added.")
                return doors.go("apply", slug, after) if edition_on_offer(after) else doors.go("service_home", slug)
    back = reverse("service_home", args=[slug])
    return render(
        request,
        "kit/page.html",
        {
            "heading": "Add a mentoring service",
            "lede": f"A service that {place.organisation.name} runs. An award is given to a service.",
            "form": form,
            "action_text": "Add the service",
            "back_href": back,
            "cancel_href": back,
        },
        status=status,
    )


@page(Desk.SERVICE, "GET", "POST")
def apply(request: Signed, slug: str, edition: str) -> HttpResponse:
    place = doors.provider(request, slug, write=True)
    published = edition_on_offer(edition)
    if published is None:
        raise Http404("No such page.")
    model = edition_of(published)
    services = {service.ref: service for service in services_of(place.organisation)}
    form = Apply(
        request.POST if request.method == "POST" else None, [(ref, s.name) for ref, s in services.items()] or [("", "")]
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                journey = begin(
                    edition=published,
                    service=services[form.cleaned_data["service"]],
                    by=request.user,
                    today=timezone.localdate(),
                )
            except Refused as refused:
                refuse(form, refused, Link("See what needs you", reverse("service_home", args=[slug])))
                status = 409
            else:
                messages.success(request, "The journey has begun. Here is every stage of it.")
                return doors.go("journey", journey.ref)
    first = [
        stage.title
        for stage in model.stages
        if isinstance(stage, ChecklistStage | FormStage) and stage.when != "renewal"
    ]
    return render(
        request,
        "service/apply.html",
        {
            "edition": model,
            "form": form,
            "services": services,
            "first": first,
            "fees": prices(model),
            "new_service": f"{reverse('new_service', args=[slug])}?apply={edition}",
            "back": reverse("service_home", args=[slug]),
        },
        status=status,
    )


def prices(edition: Edition) -> list[tuple[str, str]]:
    """What each fee is called, and what it costs in words."""
    return [(fee.title, _price(fee)) for fee in edition.fees]


def _price(fee: Fee) -> str:
    if fee.amount is not None:
        return f"£{fee.amount:,}"
    if fee.set_by_hand:
        return fee.by_hand or ""
    amounts = [band.amount for band in fee.bands]
    return f"£{min(amounts):,} to £{max(amounts):,}"
