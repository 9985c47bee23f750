"""A course on an application: which places the applicant has, booking one for them, and where attendance is noted.

Places and attendance have one home, the body's courses; what is written on the application follows from there.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from kithwork.core.journey import StageState
from kithwork.core.schemes import CourseStage
from kithwork.courses.queries import PlaceRow, PlaceState, bookable, parts_of, places_for_purpose, standing_of_place
from kithwork.procedures import attending
from kithwork.web.body.courses.wording import STATES, days, days_of, named, progress, sitting
from kithwork.web.body.doors import Seat
from kithwork.web.body.stages.frame import show
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Link, Text
from kithwork.web.kit.forms import hinted
from kithwork.web.kit.pages import Signed
from kithwork.web.templatetags.kit import longdate, plural


class BookForm(forms.Form):
    """One of the dates that have a place free."""

    offering = forms.ChoiceField(label="Which date?", widget=forms.RadioSelect)

    def __init__(self, data: Any, dates: Sequence[Any]) -> None:
        super().__init__(data)
        field = self.fields["offering"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.ref, hinted(one.title, _room(one))) for one in dates]


def _room(offering: Any) -> str:
    free = offering.capacity - offering.confirmed - offering.held
    return f"{days(offering.first_day, offering.last_day)}. {free} of {plural(offering.capacity, 'place')} free."


def booking(request: Signed, seat: Seat) -> HttpResponse:
    """What the applicant asked for and has; takes a booking while there is none."""
    assert isinstance(seat.stage, CourseStage)
    journey, today = seat.reading.journey, seat.reading.position.today
    scheme = seat.reading.edition.scheme.slug
    places = [one for one in places_for_purpose(journey.ref) if one.offering.stage == seat.stage.id]
    booked = next((one for one in reversed(places) if one.state == PlaceState.CONFIRMED), None)
    dates = {one.ref: one for one in bookable(journey.edition.body, scheme, seat.stage.id, today)}
    form = BookForm(request.POST if request.method == "POST" else None, [*dates.values()])
    status = OK
    if request.method == "POST":
        status = tried(
            form,
            lambda: attending.book(
                journey=journey,
                stage=seat.stage.id,
                offering=dates[form.cleaned_data["offering"]],
                by=request.user,
                now=timezone.now(),
            ),
        )
        if status == DONE:
            return done(request, seat.back, f"{seat.stage.title}: the place is booked, and the applicant told.")
    open_now = seat.now.state is StageState.OPEN and seat.officer
    may_book = open_now and booked is None
    return show(
        request,
        seat,
        "booking",
        _heading(seat, places, booked),
        status,
        form=form,
        mine=open_now,
        may_book=may_book and bool(dates),
        # a booking that was refused meanwhile still shows what was chosen
        shown=form if (may_book and dates) or form.is_bound else None,
        none_free=may_book and not dates,
        serves=f"{reverse('course_new', args=[seat.org])}?serves={scheme}/{seat.stage.id}",
        columns=["Date", "Days", "State", "Attendance"],
        rows=[_row(one, seat.org) for one in places],
        to_note=_parts(seat, booked),
    )


def _heading(seat: Seat, places: Sequence[PlaceRow], booked: PlaceRow | None) -> str:
    title = seat.stage.title
    if seat.now.done:
        return f"{title}: attended, the last of it on {longdate(seat.now.done)}"
    if booked:
        return f"{title}: a place is booked for {days_of(parts_of(booked.offering))}"
    live = [one for one in places if one.state in {PlaceState.ASKED, PlaceState.OFFERED, PlaceState.WAITING}]
    return f"{title}: dates are chosen, no place is booked" if live else f"{title}: no place is booked"


def _row(place: PlaceRow, org: str) -> tuple[object, ...]:
    link = Link(place.offering.title, reverse("course_place", args=[org, place.offering.ref, place.ref]))
    standing = progress(standing_of_place(place)) if place.state == PlaceState.CONFIRMED else "–"
    return link, days_of(parts_of(place.offering)), STATES[PlaceState(place.state)], standing


def _parts(seat: Seat, booked: PlaceRow | None) -> list[tuple[Text, str, str]]:
    """The parts that have been held, each with the page on which attendance is noted."""
    if booked is None:
        return []
    held = [part for part in parts_of(booked.offering) if part.day <= seat.reading.position.today]
    return [
        (named(part), sitting(part), reverse("attendance", args=[seat.org, booked.offering.ref, part.number]))
        for part in held
    ]
