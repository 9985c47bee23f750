"""A person's courses and meetings: the places they have or asked for, and what else they may come to."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.verdict import Refused
from kithwork.courses.access import meetings_open_to, place_for, with_a_place
from kithwork.courses.papers import letter_of, outline_of
from kithwork.courses.queries import (
    OfferingRow,
    PartRow,
    PlaceRow,
    PlaceState,
    may_give_feedback,
    parts_of,
    places_of_person,
    seats,
)
from kithwork.journeys.access import journeys_of_person
from kithwork.procedures import attending
from kithwork.web.kit.cards import SummaryRow, TaskRow
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.service.courses import STATES, pdf
from kithwork.web.service.feedback import changed
from kithwork.web.templatetags.kit import longdate, plural

_LIVE = (PlaceState.ASKED, PlaceState.OFFERED, PlaceState.WAITING, PlaceState.CONFIRMED)


def _open_to(request: Signed, today: date) -> list[OfferingRow]:
    """Meetings and extra training of the bodies with which the person has, or had, a journey."""
    journeys = journeys_of_person(request.user).values_list("edition__body_id", "edition__slug")
    return list(meetings_open_to(request.user, today, list(journeys)))


@page(Desk.SERVICE)
def my_courses(request: Signed) -> HttpResponse:
    """What is coming, what can be asked for, what is over."""
    doors.yourself(request)
    today = timezone.localdate()
    places = list(places_of_person(request.user).prefetch_related("offering__parts"))
    live = [one for one in places if one.state in _LIVE]
    over = [one for one in live if _last(one) < today]
    coming = [one for one in live if one not in over]
    has = {one.offering_id for one in live}
    context = {
        "heading": _heading(coming, over),
        "coming": [_row(one) for one in sorted(coming, key=_first)],
        "over": [_row(one) for one in sorted(over, key=_first, reverse=True)],
        "others": [
            TaskRow(one.title, reverse("my_course", args=[one.ref]), _when(list(one.parts.all())))
            for one in _open_to(request, today)
            if one.pk not in has
        ],
    }
    return render(request, "service/courses.html", context)


def _first(place: PlaceRow) -> date:
    return min((part.day for part in place.offering.parts.all()), default=date.max)


def _last(place: PlaceRow) -> date:
    return max((part.day for part in place.offering.parts.all()), default=date.max)


def _when(parts: list[PartRow]) -> str:
    days = " and ".join(dict.fromkeys(longdate(part.day) for part in parts))
    return f"{days}, {next((part.place for part in parts if part.place), 'online')}"


def _heading(coming: list[PlaceRow], over: list[PlaceRow]) -> str:
    offered = sum(one.state == PlaceState.OFFERED for one in coming)
    if offered:
        return f"{plural(offered, 'place is,places are')} offered to you"
    booked = sum(one.state == PlaceState.CONFIRMED for one in coming)
    if booked:
        return f"You have {plural(booked, 'place')} at what is coming"
    return "No course is coming up for you" if over or coming else "No courses yet"


def _row(place: PlaceRow) -> TaskRow:
    return TaskRow(
        place.offering.title,
        reverse("my_course", args=[place.offering.ref]),
        _when(list(place.offering.parts.all())),
        STATES[PlaceState(place.state)],
    )


@page(Desk.SERVICE, "GET", "POST")
def my_course(request: Signed, offering: str) -> HttpResponse:
    """One course or meeting: when and where, one's place there, and what can be done about it."""
    doors.yourself(request)
    today = timezone.localdate()
    found = with_a_place(request.user, offering)
    if found is None:
        found = next((one for one in _open_to(request, today) if one.ref == offering), None)
    if found is None:
        raise Http404("No such page.")
    form, status = Form(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        try:
            said = _act(request, found)
        except Refused as because:
            form.is_valid()
            refuse(form, because)
            status = 409
        else:
            messages.success(request, said)
            return doors.go("my_courses")
    place = next((one for one in _places(request, found) if one.state in _LIVE), None)
    parts = parts_of(found)
    state = PlaceState(place.state) if place else None
    begun = bool(parts) and parts[0].day <= today
    onward = place.purpose if place else ""
    context = {
        "heading": found.title,
        "form": form,
        "offering": found,
        "facts": _facts(found, place, today),
        "parts": parts,
        "place": place,
        "tag": STATES[state] if state else None,
        "confirmed": state is PlaceState.CONFIRMED,
        "journey": reverse("journey_stage", args=[onward, found.stage]) if onward and found.stage else "",
        "may_ask": place is None and not begun and not found.cancelled_on and not found.closed_on,
        "offered": state is PlaceState.OFFERED and not onward,
        "may_give_back": place is not None and not onward and not begun and state is not PlaceState.OFFERED,
        "feedback": reverse("my_feedback", args=[place.ref])
        if place and may_give_feedback(place, timezone.now())
        else "",
        "responses": changed(found) if state is PlaceState.CONFIRMED else [],
    }
    return render(request, "service/course.html", context, status=status)


def _places(request: Signed, offering: OfferingRow) -> list[PlaceRow]:
    return list(places_of_person(request.user).filter(offering=offering))


def _facts(offering: OfferingRow, place: PlaceRow | None, today: date) -> list[SummaryRow]:
    rows = [SummaryRow("Held by", offering.body.name)]
    if place is not None and place.offer_ends_on and place.state == PlaceState.OFFERED:
        rows.append(SummaryRow("Answer by", place.offer_ends_on))
    if place is None:
        free = seats(offering, today).free
        rows.append(SummaryRow("Places free", free or "None: you can go on the waiting list"))
    if offering.price_note:
        rows.append(SummaryRow("Price", offering.price_note))
    if offering.cancelled_on:
        rows.append(SummaryRow("Cancelled", [offering.cancelled_on, offering.cancelled_because]))
    return rows


def _act(request: Signed, offering: OfferingRow) -> str:
    """What a button asks for. What belongs to a journey is done on the journey's own page."""
    now, do = timezone.now(), request.POST.get("do", "")
    if do == "ask":
        attending.ask_place(offering=offering, by=request.user, now=now)
        return f"You have asked for a place: {offering.title}."
    acts: dict[str, tuple[Callable[..., object], str]] = {
        "take_up": (attending.take_up, "The place is yours."),
        "decline": (attending.decline, "You have declined the place."),
        "give_back": (attending.give_back, "You have given your place back."),
    }
    act, said = acts.get(do, (None, ""))
    place = place_for(request.user, request.POST.get("place", ""))
    if act is None or place.offering_id != offering.pk or place.purpose:
        raise Http404("No such page.")
    act(place=place, by=request.user, now=now)
    return said


@page(Desk.SERVICE)
def my_outline(request: Signed, offering: str) -> HttpResponse:
    """The outline of what one has a place at, or may ask for, as PDF."""
    today = timezone.localdate()
    found = with_a_place(request.user, offering)
    if found is None:
        found = next((one for one in _open_to(request, today) if one.ref == offering), None)
    if found is None:
        raise Http404("No such page.")
    return pdf(outline_of(found, today), "outline.pdf")


@page(Desk.SERVICE)
def my_letter(request: Signed, place: str) -> HttpResponse:
    """The letter that confirms one's place, as PDF."""
    found = place_for(request.user, place)
    if found.state != PlaceState.CONFIRMED:
        raise Http404("No such page.")
    return pdf(letter_of(found, timezone.localdate()), "confirmation.pdf")
