"""Setting a course up, changing what it is, publishing, closing, cancelling; its outline and its calendar."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.schemes import StageKind
from kithwork.courses import actions
from kithwork.courses.calendars import calendar_of
from kithwork.courses.papers import outline_of
from kithwork.courses.queries import OfferingKind, OfferingRow, Standing, live_places, parts_of, seats, standing_of
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import editions_of_body
from kithwork.organisations.models import Organisation
from kithwork.procedures import attending
from kithwork.web.body import doors
from kithwork.web.body.courses.forms import DetailsForm, ReasonForm
from kithwork.web.body.courses.wording import KINDS, days_of, named, room, sitting, where
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Link, SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural

_DATED = frozenset({StageKind.COURSE, StageKind.MEETING})


def stages_of(body: Organisation) -> list[tuple[str, str]]:
    """('qms/briefing', 'Qualified Mentor Status: Briefing'), for each stage that dates can serve; and each scheme with
    people of its own, for what is no part of its road.
    """
    found: dict[str, str] = {}
    for row in editions_of_body(body):
        for stage in edition_of(row).stages:
            if stage.kind in _DATED:
                found.setdefault(f"{row.slug}/{stage.id}", f"{row.name}: {stage.title}")
        if edition_of(row).scheme.applicant == "person":
            found.setdefault(f"{row.slug}/", f"{row.name}: a gathering or extra training, open to all its people")
    return list(found.items())


def _choices(body: Organisation, offering: OfferingRow | None = None) -> list[tuple[str, str]]:
    """With the stage an offering serves already, though no edition has it any more."""
    stages = stages_of(body)
    own = f"{offering.scheme}/{offering.stage}" if offering and offering.scheme else ""
    return stages if not own or own in dict(stages) else [*stages, (own, own)]


@page(Desk.BODY, "GET", "POST")
def course_new(request: Signed, org: str) -> HttpResponse:
    """What it is; its parts come next, one a page."""
    body = doors.body(request, org, "breaches")
    first = {"kind": OfferingKind.COURSE, "serves": request.GET.get("serves", ""), "offer_days": 7}
    form = DetailsForm(request.POST if request.method == "POST" else None, _choices(body), initial=first)
    made: list[OfferingRow] = []
    status = OK

    def make() -> None:
        made.append(actions.make(body=body, by=request.user, now=timezone.now(), **form.details))

    if request.method == "POST":
        status = tried(form, make)
        if status == DONE:
            return done(
                request, reverse("part_new", args=[org, made[0].ref]), "It is kept as a draft. Now add its days."
            )
    context = {
        "heading": "Set up a course or a meeting",
        "form": form,
        "action_text": "Save and add its first day",
        "back_href": reverse("courses", args=[org]),
        "cancel_href": reverse("courses", args=[org]),
    }
    return render(request, "kit/page.html", context, status=status)


@page(Desk.BODY, "GET", "POST")
def course_change(request: Signed, org: str, ref: str) -> HttpResponse:
    """Change what it is. More places move people up from the waiting list."""
    offering = doors.offering(request, org, ref)
    fields = ("kind", "title", "outline", "capacity", "price_note", "offer_days")
    kept: dict[str, Any] = {name: getattr(offering, name) for name in fields}
    kept["serves"] = f"{offering.scheme}/{offering.stage}" if offering.scheme else ""
    form = DetailsForm(
        request.POST if request.method == "POST" else None,
        _choices(offering.body, offering),
        initial=kept,
        now=actions.stamp_of(offering),
    )
    happened: list[actions.Happened] = []
    status = OK

    def change() -> None:
        now, given = timezone.now(), form.details
        happened.append(attending.change(offering=offering, by=request.user, now=now, seen=form.seen, **given))

    back = reverse("course", args=[org, ref])
    if request.method == "POST":
        status = tried(form, change, Link("See how it stands now", back))
        if status == DONE:
            return done(request, back, f"The changes are saved.{moved_up(happened[0])}")
    context = {
        "heading": f"Change ‘{offering.title}’",
        "form": form,
        "action_text": "Save",
        "back_href": back,
        "cancel_href": back,
    }
    return render(request, "kit/page.html", context, status=status)


def moved_up(happened: actions.Happened) -> str:
    """What else came of an act, for its message."""
    up, line = happened.moved_up, happened.queued
    said = f" {', '.join(place.person.name for place in up)} moved up from the waiting list." if up else ""
    return said + (f" It is full now: {plural(len(line), 'request')} went on the waiting list." if line else "")


@page(Desk.BODY, "GET", "POST")
def course_publish(request: Signed, org: str, ref: str) -> HttpResponse:
    """What people will see, and the button that lets them."""
    offering = doors.offering(request, org, ref)
    back = reverse("course", args=[org, ref])
    form = forms.Form(request.POST if request.method == "POST" else None)
    today = timezone.localdate()
    status = OK
    if request.method == "POST":
        status = tried(form, lambda: actions.publish(offering=offering, by=request.user, today=today))
        if status == DONE:
            return done(request, back, f"‘{offering.title}’ is published. People can ask for places.")
    parts = parts_of(offering)
    facts = [
        SummaryRow("What it is", KINDS[offering.kind]),
        SummaryRow("Days", days_of(parts)),
        *(SummaryRow(named(part), [sitting(part), where(part)]) for part in parts),
        SummaryRow("Places", offering.capacity),
        SummaryRow("Price", offering.price_note),
        SummaryRow("Outline", offering.outline),
    ]
    context = {
        "heading": f"Publish ‘{offering.title}’?",
        "form": form,
        "facts": facts,
        "draft": standing_of(offering) == Standing.DRAFT,
        "back_href": back,
    }
    return render(request, "body/courses/publish.html", context, status=status)


@page(Desk.BODY, "GET", "POST")
def course_close(request: Signed, org: str, ref: str) -> HttpResponse:
    """Take no more requests, or take them again."""
    offering = doors.offering(request, org, ref)
    again = standing_of(offering) == Standing.CLOSED
    back = reverse("course", args=[org, ref])
    hint = "Seen by your colleagues."
    form = ReasonForm(
        request.POST if request.method == "POST" else None, label="Why is it closed?", hint=hint, required=False
    )
    if again:
        del form.fields["reason"]
    today = timezone.localdate()
    status = OK

    def act() -> None:
        if again:
            actions.reopen(offering=offering, by=request.user)
        else:
            actions.close(offering=offering, by=request.user, today=today, reason=form.cleaned_data["reason"])

    if request.method == "POST":
        status = tried(form, act)
        if status == DONE:
            said = "takes requests again" if again else "takes no more requests"
            return done(request, back, f"‘{offering.title}’ {said}.")
    context = {
        "heading": f"Take requests for ‘{offering.title}’ again?"
        if again
        else f"Take no more requests for ‘{offering.title}’?",
        "lede": "" if again else "Places that are confirmed stay, and the waiting list goes on.",
        "form": form,
        "action_text": "Take requests again" if again else "Take no more requests",
        "back_href": back,
        "cancel_href": back,
    }
    return render(request, "kit/page.html", context, status=status)


@page(Desk.BODY, "GET", "POST")
def course_cancel(request: Signed, org: str, ref: str) -> HttpResponse:
    """Call it off, after an interruption, with a reason; everybody's place is freed."""
    offering = doors.offering(request, org, ref)
    back = reverse("course", args=[org, ref])
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label="Why is it cancelled?",
        hint="Those concerned can read it. Name nobody.",
    )
    happened: list[actions.Happened] = []
    status = OK

    def cancel() -> None:
        reason = form.cleaned_data["reason"]
        happened.append(attending.cancel(offering=offering, reason=reason, by=request.user, now=timezone.now()))

    if request.method == "POST":
        status = tried(form, cancel)
        if status == DONE:
            lost = len(happened[0].cancelled)
            ask = (
                f" {plural(lost, 'person has,people have')} lost a place or a request: offer each an alternative below."
            )
            return done(request, back, f"‘{offering.title}’ is cancelled.{ask if lost else ''}")
    concerned = live_places(offering)
    full = room(seats(offering, timezone.localdate()))
    context = {
        "heading": f"Cancel ‘{offering.title}’?",
        "text": f"This cannot be undone. {full}; {plural(concerned, 'person is,people are')} concerned in all."
        " Everybody’s place and request ends, and their calendars show it as cancelled. To hold it on another"
        " day, move its parts.",
        "form": form,
        "action_text": "Cancel it",
        "cancel_href": back,
    }
    return render(request, "kit/interruption.html", context, status=status)


@page(Desk.BODY)
def course_outline(request: Signed, org: str, ref: str) -> HttpResponse:
    """The outline as PDF."""
    offering = doors.offering(request, org, ref)
    if not parts_of(offering):
        raise Http404("No such page.")
    return _file(outline_of(offering, timezone.localdate()), "application/pdf", f"outline-{ref}.pdf")


@page(Desk.BODY)
def course_calendar(request: Signed, org: str, ref: str) -> HttpResponse:
    """Every part, for a calendar."""
    offering = doors.offering(request, org, ref)
    return _file(calendar_of(offering), "text/calendar; charset=utf-8", f"course-{ref}.ics")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
