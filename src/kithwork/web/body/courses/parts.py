"""The parts of a course: adding, changing, moving, taking out."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.courses import actions
from kithwork.courses.access import part_of
from kithwork.courses.queries import PartRow, live_places, parts_of
from kithwork.procedures import attending
from kithwork.web.body import doors
from kithwork.web.body.courses.forms import AboutPartForm, PartForm, WhenWhereForm
from kithwork.web.body.courses.wording import named, number, sitting, where
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Link, SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural


def _next_to(parts: list[PartRow]) -> dict[str, Any]:
    """A new part begins as a copy of the last one, on the day after."""
    if not parts:
        return {}
    last = parts[-1]
    kept = {name: getattr(last, name) for name in ("starts", "ends", "place", "link")}
    return {**kept, "hours_taught": number(last.hours_taught), "day": last.day + timedelta(days=1)}


@page(Desk.BODY, "GET", "POST")
def part_new(request: Signed, org: str, ref: str) -> HttpResponse:
    """One part more. Two buttons: one saves and goes on to the next part, one saves and is done."""
    offering = doors.offering(request, org, ref)
    parts = parts_of(offering)
    form = PartForm(request.POST if request.method == "POST" else None, initial=_next_to(parts))
    status = OK
    if request.method == "POST":
        status = tried(
            form,
            lambda: actions.add_part(offering=offering, plan=form.plan, by=request.user, now=timezone.now()),
        )
        if status == DONE:
            to = "part_new" if request.POST.get("then") == "another" else "course"
            return done(request, reverse(to, args=[org, ref]), f"Part {len(parts) + 1} is added.")
    context = {
        "heading": f"Add part {len(parts) + 1} of ‘{offering.title}’" if parts else f"When is ‘{offering.title}’?",
        "form": form,
        "columns": ["Part", "When", "Where"],
        "rows": [(named(part), sitting(part), where(part)) for part in parts],
        "back_href": reverse("course", args=[org, ref]),
    }
    return render(request, "body/courses/part_new.html", context, status=status)


@page(Desk.BODY, "GET", "POST")
def part_change(request: Signed, org: str, ref: str, part: int) -> HttpResponse:
    """What a part is about: title, hours, homework."""
    offering = doors.offering(request, org, ref)
    found = part_of(offering, part)
    kept = {name: getattr(found, name) for name in AboutPartForm.base_fields}
    kept |= {name: number(kept[name]) for name in ("hours_taught", "hours_self_study")}
    posted = request.POST if request.method == "POST" else None
    form = AboutPartForm(posted, initial=kept, now=actions.stamp_of(found))
    back = reverse("course", args=[org, ref])
    status = OK
    if request.method == "POST":
        now = timezone.now()
        status = tried(
            form,
            lambda: actions.change_part(part=found, by=request.user, now=now, seen=form.seen, **form.about),
            Link("See how it stands now", back),
        )
        if status == DONE:
            return done(request, back, f"Part {part} is changed.")
    context = {
        "heading": f"Change part {part} of ‘{offering.title}’",
        "lede": f"{sitting(found)}, {where(found)}",
        "form": form,
        "action_text": "Save",
        "back_href": back,
        "cancel_href": back,
    }
    return render(request, "kit/page.html", context, status=status)


@page(Desk.BODY, "GET", "POST")
def part_move(request: Signed, org: str, ref: str, part: int) -> HttpResponse:
    """Another day, time or place."""
    offering = doors.offering(request, org, ref)
    found = part_of(offering, part)
    kept = {name: getattr(found, name) for name in WhenWhereForm.base_fields}
    posted = request.POST if request.method == "POST" else None
    form = WhenWhereForm(posted, initial=kept, now=actions.stamp_of(found))
    back = reverse("course", args=[org, ref])
    moved: list[actions.PartMoved] = []
    status = OK

    def move() -> None:
        now, given = timezone.now(), form.when_where
        moved.append(attending.move_part(part=found, by=request.user, now=now, seen=form.seen, **given))

    if request.method == "POST":
        status = tried(form, move, Link("See how it stands now", back))
        if status == DONE:
            concerned = len(moved[0].places)
            said = f" It concerns {plural(concerned, 'person,people')}; their calendars follow." if concerned else ""
            return done(request, back, f"Part {part} is now on {sitting(moved[0].part)}, {where(moved[0].part)}.{said}")
    concerned = live_places(offering)
    context = {
        "heading": f"Move part {part} of ‘{offering.title}’",
        "facts": [SummaryRow("Now on", sitting(found)), SummaryRow("Now at", [found.place, found.link])],
        "concerned": concerned,
        "form": form,
        "back_href": back,
    }
    return render(request, "body/courses/part_move.html", context, status=status)


@page(Desk.BODY, "POST")
def part_remove(request: Signed, org: str, ref: str, part: int) -> HttpResponse:
    """Take a part out of a draft."""
    offering = doors.offering(request, org, ref)
    actions.remove_part(part=part_of(offering, part), by=request.user)
    return done(request, reverse("course", args=[org, ref]), f"Part {part} is taken out.")
