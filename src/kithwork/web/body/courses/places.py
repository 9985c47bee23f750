"""One person's place at a course: what they asked for, the answer, attendance, homework, the letter."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.courses import actions
from kithwork.courses.access import part_of, place_of
from kithwork.courses.completion import HoursKind
from kithwork.courses.papers import letter_of
from kithwork.courses.queries import (
    AttendanceState,
    PartRow,
    PersonStanding,
    PlaceRow,
    PlaceState,
    alternatives_to,
    choices_of,
    parts_of,
    standing_of_place,
)
from kithwork.journeys.access import journeys_for_body
from kithwork.procedures import attending
from kithwork.web.body import doors
from kithwork.web.body.courses.forms import AlternativeForm, CaughtUpForm, HomeworkForm, ReasonForm
from kithwork.web.body.courses.making import moved_up
from kithwork.web.body.courses.wording import STATES, choice, days, ended, hours, named, sitting
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Kind, Link, StateTag, SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural, waited

_NO_MORE = (PlaceState.DECLINED, PlaceState.WITHDRAWN, PlaceState.CANCELLED)
_HEADINGS = {
    PlaceState.ASKED: "{name} waits for your answer",
    PlaceState.OFFERED: "{name} was offered a place",
    PlaceState.CONFIRMED: "{name} has a place",
    PlaceState.WAITING: "{name} is on the waiting list",
    PlaceState.DECLINED: "{name} has no place",
    PlaceState.WITHDRAWN: "{name} has no place any more",
    PlaceState.CANCELLED: "{name} lost a place when this was cancelled",
}


def _facts(request: Signed, place: PlaceRow, org: str, today: date) -> list[SummaryRow]:
    asked_on = timezone.localdate(place.asked_at)
    since = waited((today - asked_on).days)
    state: list[Any] = [STATES[PlaceState(place.state)]]
    match place.state:
        case PlaceState.OFFERED:
            state.append(f"Can be taken up until {longdate(place.offer_ends_on)}")
        case PlaceState.CONFIRMED:
            state.append(f"Since {longdate(place.confirmed_on)}")
        case PlaceState.ASKED | PlaceState.WAITING:
            state.append("Asked today" if asked_on == today else f"Has waited for {since}")
        case _:
            state.append(f"{ended(place)}, {longdate(place.ended_on)}")
    rows = [
        SummaryRow("Person", [place.person.name, place.person.email]),
        SummaryRow("Course", Link(place.offering.title, reverse("course", args=[org, place.offering.ref]))),
        SummaryRow("State", state),
        SummaryRow("Asked on", asked_on),
    ]
    journey = journeys_for_body(request.user, place.offering.body).filter(ref=place.purpose).first()
    if journey is not None:
        rows.append(SummaryRow("For", Link("The application", reverse("body_journey", args=[org, journey.ref]))))
    return [*rows, SummaryRow("Reason", place.reason)] if place.reason else rows


def _choices(place: PlaceRow, org: str) -> list[tuple[object, ...]]:
    """Everything asked for at once, by rank."""
    together = choices_of([place])[place.request]
    return [
        (
            choice(one, len(together)),
            Link(one.offering.title, reverse("course_place", args=[org, one.offering.ref, one.ref])),
            STATES[PlaceState(one.state)],
        )
        for one in together
    ]


def _attendance(standing: PersonStanding, parts: list[PartRow]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for part in parts:
        noted = standing.attendance.get(part.number)
        said: object = "Not noted yet"
        if noted is not None:
            kinds = {AttendanceState.PRESENT: Kind.GREEN, AttendanceState.ABSENT: Kind.RED}
            minutes = f", {noted.minutes} minutes" if noted.minutes else ""
            word = f"{noted.get_state_display().capitalize()}{minutes}"
            said = StateTag(word, kinds.get(AttendanceState(noted.state), Kind.AMBER))
            if noted.caught_up_on:
                said = f"{word}; caught up on {longdate(noted.caught_up_on)}: {noted.caught_up_how}"
        work = standing.handed_in.get(part.number)
        homework = f"In on {longdate(work)}" if work else ("Owed" if part.homework else "None asked")
        rows.append((named(part), sitting(part), said, homework))
    return rows


def _forms(
    request: Signed, standing: PersonStanding, parts: list[PartRow], today: date
) -> tuple[CaughtUpForm | None, HomeworkForm | None]:
    """The two forms of the page, each where it has something to say; bound to what was sent."""
    sent = request.POST if request.method == "POST" else None
    missed = {
        part.number: named(part)
        for part in parts
        if (row := standing.attendance.get(part.number)) and row.state != AttendanceState.PRESENT
    }
    work = {part.number: named(part) for part in parts if part.homework}
    do = request.POST.get("do")
    caught = CaughtUpForm(sent if do == "caught" else None, missed, today) if missed else None
    homework = HomeworkForm(sent if do == "homework" else None, work, today) if work else None
    return caught, homework


@page(Desk.BODY, "GET", "POST")
def course_place(request: Signed, org: str, ref: str, place: str) -> HttpResponse:
    """One place; takes what was caught up with and homework that came in."""
    offering = doors.offering(request, org, ref)
    found = place_of(offering, place)
    now = timezone.now()
    today = timezone.localdate(now)
    parts, standing = parts_of(offering), standing_of_place(found)
    caught, homework = _forms(request, standing, parts, today)
    status = OK
    form: CaughtUpForm | HomeworkForm | None = homework if request.POST.get("do") == "homework" else caught
    if request.method == "POST" and form is not None:

        def act() -> object:
            assert form is not None
            given = form.cleaned_data
            more: dict[str, Any] = {"place": found, "on": given["on"], "by": request.user, "now": now}
            part = part_of(offering, given["part"])
            if form is caught:
                return attending.catch_up(part=part, how=given["how"], **more)
            return actions.hand_in(part=part, **more)

        status = tried(form, act)
        if status == DONE:
            said = "What was caught up with is noted." if form is caught else "The homework is noted."
            return done(request, request.path, said)
    state = PlaceState(found.state)
    here = state == PlaceState.CONFIRMED
    context = {
        "heading": _HEADINGS[state].format(name=found.person.name),
        "facts": _facts(request, found, org, today),
        "choices": _choices(found, org),
        "choice_columns": ["Choice", "Course", "State"],
        "attendance_columns": ["Part", "When", "Attendance", "Homework"],
        "attendance": _attendance(standing, parts) if here else [],
        "learnt": f"{hours(standing.hours[HoursKind.TAUGHT])} taught, {hours(standing.hours[HoursKind.SELF_STUDY])} of"
        " self-study",
        "complete": standing.completion.complete,
        "caught": caught if here else None,
        "homework": homework if here else None,
        "form": form,
        "can_confirm": state in {PlaceState.ASKED, PlaceState.OFFERED, PlaceState.WAITING},
        "can_offer": state in {PlaceState.ASKED, PlaceState.WAITING, PlaceState.CANCELLED, PlaceState.DECLINED},
        "end_text": "" if state in _NO_MORE else _end_words(state)[1],
        "has_letter": here,
        "org": org,
        "ref": ref,
        "place": found.ref,
        "course": offering.title,
    }
    return render(request, "body/courses/place.html", context, status=status)


@page(Desk.BODY, "POST")
def course_confirm(request: Signed, org: str, ref: str, place: str) -> HttpResponse:
    """Give the place, if a seat is free."""
    offering = doors.offering(request, org, ref)
    happened = attending.confirm(place=place_of(offering, place), by=request.user, now=timezone.now())
    name = happened.place.person.name
    to = reverse("course", args=[org, ref])
    return done(request, to, f"{name} has a confirmed place.{moved_up(happened)}")


@page(Desk.BODY, "GET", "POST")
def course_alternative(request: Signed, org: str, ref: str, place: str) -> HttpResponse:
    """Offer another date that has room."""
    offering = doors.offering(request, org, ref)
    found = place_of(offering, place)
    today = timezone.localdate()
    others = {one.ref: one for one in alternatives_to(found, today)}
    form = AlternativeForm(
        request.POST if request.method == "POST" else None, [_alternative(one) for one in others.values()]
    )
    status = OK

    def offer() -> object:
        chosen = others[form.cleaned_data["offering"]]
        return attending.offer_alternative(place=found, offering=chosen, by=request.user, now=timezone.now())

    back = reverse("course_place", args=[org, ref, place])
    if request.method == "POST":
        status = tried(form, offer)
        if status == DONE:
            return done(request, back, f"The alternative is offered to {found.person.name}; a place is held for them.")
    context = {
        "heading": f"Offer {found.person.name} another date",
        "title": offering.title,
        "none": not others,
        "form": form,
        "back_href": back,
        "org": org,
    }
    return render(request, "body/courses/alternative.html", context, status=status)


def _alternative(offering: Any) -> tuple[str, str, str]:
    free = offering.capacity - offering.confirmed - offering.held
    when = days(offering.first_day, offering.last_day)
    return offering.ref, offering.title, f"{when}. {free} of {plural(offering.capacity, 'place')} free."


def _end_words(state: PlaceState) -> tuple[str, str]:
    """The question, and the button."""
    match state:
        case PlaceState.ASKED | PlaceState.WAITING:
            return "Turn down the request of {name}?", "Turn down"
        case PlaceState.OFFERED:
            return "Take back what was offered to {name}?", "Take the offer back"
        case _:
            return "End the place of {name}?", "End the place"


@page(Desk.BODY, "GET", "POST")
def course_end(request: Signed, org: str, ref: str, place: str) -> HttpResponse:
    """Turn a request down, take an offer back, or end a place: after an interruption, with a reason."""
    offering = doors.offering(request, org, ref)
    found = place_of(offering, place)
    state = PlaceState(found.state)
    question, button = _end_words(state)
    form = ReasonForm(request.POST if request.method == "POST" else None, hint="The person can read it.")
    happened: list[actions.Happened] = []
    status = OK

    def end() -> None:
        more: dict[str, Any] = {"reason": form.cleaned_data["reason"], "by": request.user, "now": timezone.now()}
        act = attending.turn_down if state in {PlaceState.ASKED, PlaceState.WAITING} else attending.withdraw
        happened.append(act(place=found, **more))

    if request.method == "POST":
        status = tried(form, end)
        if status == DONE:
            said = f"{found.person.name}: {ended(happened[0].place).lower()}.{moved_up(happened[0])}"
            return done(request, reverse("course", args=[org, ref]), said)
    free = "The first on the waiting list is offered the place." if state in {
        PlaceState.OFFERED,
        PlaceState.CONFIRMED,
    } else "They can still be offered another date."  # fmt: skip
    context = {
        "heading": question.format(name=found.person.name),
        "text": f"This is about ‘{offering.title}’. {free}",
        "form": form,
        "action_text": button,
        "cancel_href": reverse("course_place", args=[org, ref, place]),
    }
    return render(request, "kit/interruption.html", context, status=status)


@page(Desk.BODY)
def course_letter(request: Signed, org: str, ref: str, place: str) -> HttpResponse:
    """The letter of confirmation as PDF, for a confirmed place."""
    found = place_of(doors.offering(request, org, ref), place)
    if found.state != PlaceState.CONFIRMED:
        raise Http404("No such page.")
    answer = HttpResponse(letter_of(found, timezone.localdate()), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="confirmation-{found.ref}.pdf"'
    return answer
