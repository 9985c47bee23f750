"""The first page of a service's organisation: what needs it, its journeys, its services and what it may apply for."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.access import runs_at
from kithwork.core.schemes import Role
from kithwork.evidence.queries import owing, saying_what_is_unsettled, unsettled_of_provider
from kithwork.journeys.access import journeys_for_applicant
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import Reading, on_offer, read_all
from kithwork.organisations.access import Place
from kithwork.organisations.models import Service
from kithwork.organisations.queries import services_of
from kithwork.web.kit.breaches import hours_left
from kithwork.web.kit.cards import Kind, StateTag, TaskRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.service.words import Step, count_of, slot_name, status_words, steps, waiting
from kithwork.web.templatetags.kit import longdate


@dataclass(frozen=True, slots=True)
class Needed:
    """A step and the journey it belongs to."""

    step: Step
    row: TaskRow


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service, and where its daily work is run, or begun; '' for who may not."""

    name: str
    place: str
    link: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class SchemeCard:
    name: str
    body: str
    summary: str
    href: str


@page(Desk.SERVICE)
def service_home(request: Signed, slug: str) -> HttpResponse:
    place = doors.provider(request, slug)
    today = timezone.localdate()
    readings = read_all(journeys_for_applicant(request.user, place.organisation), today)
    needed = needed_of(readings)
    services = list(saying_what_is_unsettled(services_of(place.organisation)))
    owed = breaches_to_settle(place) if owing(services) else []
    offers = {
        published.slug: published
        for published in reversed(on_offer())
        if edition_of(published).scheme.applicant == "service"
    }
    schemes = [
        SchemeCard(o.name, o.body.name, edition_of(o).scheme.summary, reverse("apply", args=[slug, o.slug]))
        for o in sorted(offers.values(), key=lambda o: o.name)
    ]
    return render(
        request,
        "service/home.html",
        {
            "place": place,
            "heading": heading_of(needed, readings, owed=len(owed)),
            "needed": [*owed, *(one.row for one in needed)],
            "journeys": [journey_row(reading) for reading in readings],
            "services": service_lines(place, services),
            "schemes": schemes,
            "breaches": reverse("service_breaches", args=[slug]) if readings else "",
            "new_service": reverse("new_service", args=[slug]) if place.writes else "",
        },
    )


def breaches_to_settle(place: Place) -> list[TaskRow]:
    """The decision that the law wants within 72 hours of each breach, before all else."""
    found, now = [], timezone.now()
    for row in unsettled_of_provider(place.organisation):
        where = slot_name(edition_of(row.journey.edition), row.slot)
        until, left = hours_left(row, now)
        hint = f"{row.journey.service.name}. {until}" if row.journey.service else until
        href = reverse("service_breach", args=[place.organisation.slug, row.ref])
        found.append(TaskRow(f"Say whether the data breach in {where} must be reported", href, hint, left))
    return found


def service_lines(place: Place, services: list[Service]) -> list[ServiceLine]:
    """Each service with the way to its daily work; only a lead can begin it."""
    runs = {run.service.pk: run for run in runs_at(place)}
    found = []
    for service in services:
        run, link, href = runs.get(service.pk), "", ""
        if run is not None:
            page = "today" if run.coordinates else "the_service"
            link, href = "Open its daily work", reverse(page, args=[service.slug])
        elif place.leads:
            link = "Run its daily work here"
            href = reverse("begin_running", args=[place.organisation.slug, service.slug])
        found.append(ServiceLine(service.name, service.place, link, href))
    return found


def needed_of(readings: list[Reading]) -> list[Needed]:
    """What is open on some journeys, the most pressing first."""
    found: list[Needed] = []
    for reading in readings:
        if reading.position.clock.stopped:
            continue
        name = _name(reading)
        for step in steps(reading.edition, reading.position, reading.journey.ref):
            hint = f"{name}. {step.by_when}" if step.by_when else name
            tag = StateTag("Overdue", Kind.RED) if step.overdue else StateTag("To do", Kind.BLUE)
            found.append(Needed(step, TaskRow(step.text, step.href, hint, tag)))
    return sorted(found, key=lambda n: (not n.step.overdue, not n.step.urgent, n.step.due or date.max))


def _name(reading: Reading) -> str:
    """Whose journey towards what; of one's own, what alone."""
    service, scheme = reading.journey.service, reading.edition.scheme.name
    return f"{service}, {scheme}" if service else scheme


def heading_of(needed: list[Needed], readings: list[Reading], *, owed: int = 0) -> str:
    """The finding of a first page; `owed` are data breaches about which somebody has to decide."""
    late = sum(one.step.overdue for one in needed)
    if late:
        return f"{late} {'thing is' if late == 1 else 'things are'} overdue"
    if count := len(needed) + owed:
        return f"{count} {'thing needs' if count == 1 else 'things need'} you"
    return "Nothing needs you today" if readings else "Begin here"


def journey_row(reading: Reading) -> TaskRow:
    """A journey in a list: whose, how far, and who it waits for."""
    position, edition = reading.position, reading.edition
    total = position.total()
    others = waiting(edition, position, reading.journey.ref)
    level = edition.level(position.level).title
    parts = [level] if level != _name(reading) else []
    if position.granted and position.granted.until:
        parts.append(f"Held until {longdate(position.granted.until)}")
    elif total.confirmed:
        parts.append(f"{total.confirmed} of {count_of(edition, total.total)} confirmed")
    if others and not position.acts_for(Role.APPLICANT):
        parts.append(others[0].text)
    return TaskRow(
        _name(reading), reverse("journey", args=[reading.journey.ref]), ". ".join(parts), status_words(position.status)
    )
