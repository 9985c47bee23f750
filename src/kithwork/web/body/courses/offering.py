"""One course: its parts, who asks, who has a place, who waits and since when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.courses.queries import (
    OfferingRow,
    PartRow,
    PersonStanding,
    PlaceRow,
    PlaceState,
    Seats,
    Standing,
    attended,
    choices_of,
    offers_run_out,
    parts_of,
    places_of,
    seats,
    standing_of,
    standings,
)
from kithwork.organisations.models import Organisation
from kithwork.procedures import attending
from kithwork.web.body import doors
from kithwork.web.body.courses.making import moved_up, stages_of
from kithwork.web.body.courses.wording import (
    KINDS,
    choice,
    days_of,
    ended,
    hours,
    named,
    progress,
    room,
    sitting,
    standing_tag,
    where,
)
from kithwork.web.kit.acting import done
from kithwork.web.kit.cards import Kind, Link, Place, StateTag, SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural, waited


def places_in(org: str, offering: OfferingRow, current: str) -> list[Place]:
    """The sub-navigation of one course."""
    pages = (("course", "Places and days"), ("course_register", "Attendance"), ("course_feedback", "Feedback"))
    return [Place(words, reverse(name, args=[org, offering.ref]), name == current) for name, words in pages]


@dataclass(frozen=True, slots=True)
class Asking:
    """A row of those who wait for an answer."""

    ref: str
    person: str
    href: str
    choice: str
    since: str


def _heading(offering: OfferingRow, full: Seats, parts: list[PartRow]) -> str:
    standing = standing_of(offering)
    if standing == Standing.CANCELLED:
        return f"{offering.title} is cancelled"
    if standing == Standing.DRAFT:
        return f"{offering.title} is a draft" + ("" if parts else " without days")
    if full.asked:
        return f"{offering.title}: {plural(full.asked, 'request waits,requests wait')} for your answer"
    return f"{offering.title}: {room(full)}"


def _facts(offering: OfferingRow, full: Seats, parts: list[PartRow], today: date, org: str) -> list[SummaryRow]:
    change = "" if offering.cancelled_on else reverse("course_change", args=[org, offering.ref])
    dates = [part.day for part in parts]
    state: list[Any] = [standing_tag(offering, min(dates, default=None), max(dates, default=None), today)]
    if offering.cancelled_on:
        state += [f"On {longdate(offering.cancelled_on)}: {offering.cancelled_because}"]
    elif offering.closed_on:
        because = f": {offering.closed_because}" if offering.closed_because else ""
        state += [f"Since {longdate(offering.closed_on)}{because}"]
    held = f", {full.held} of them offered and not answered yet" if full.held else ""
    taken = plural(offering.capacity, "place") if offering.cancelled_on else f"{room(full)}{held}; {full.free} free"
    rows = [
        SummaryRow("State", state),
        SummaryRow("What it is", KINDS[offering.kind], change),
        SummaryRow("Days", days_of(parts)),
        SummaryRow("Places", taken, change),
        SummaryRow("Price", offering.price_note, change),
    ]
    if offering.scheme:
        rows.append(SummaryRow("Serves", _stage(offering.body, offering), change))
    if not offering.cancelled_on:
        rows.append(SummaryRow("An offered place is kept", plural(offering.offer_days, "day"), change))
    return rows


def _stage(body: Organisation, offering: OfferingRow) -> str:
    key = f"{offering.scheme}/{offering.stage}"
    return dict(stages_of(body)).get(key, key)


def _part_row(part: PartRow, org: str, ref: str, today: date, *, draft: bool, fixed: bool) -> dict[str, Any]:
    def to(name: str) -> str:
        return reverse(name, args=[org, ref, part.number])

    links = (
        [] if fixed else [Link("Move", to("part_move"), named(part)), Link("Change", to("part_change"), named(part))]
    )
    if part.day <= today and not draft and not fixed:
        links.insert(0, Link("Attendance", to("attendance"), f"at part {part.number}"))
    taught = [f"{hours(part.hours_taught)} taught"] if part.hours_taught else []
    alone = [f"{hours(part.hours_self_study)} of self-study"] if part.hours_self_study else []
    due = f", due {longdate(part.homework_due)}" if part.homework_due else ""
    return {
        "name": named(part),
        "when": sitting(part),
        "where": where(part),
        "link": part.link,
        "hours": ", ".join([*taught, *alone]),
        "homework": f"Homework{due}" if part.homework else "",
        "links": links,
        "remove": to("part_remove") if draft else "",
    }


def _choice(place: PlaceRow, among: dict[str, list[PlaceRow]]) -> str:
    return choice(place, len(among.get(place.request, [place])))


@page(Desk.BODY)
def course(request: Signed, org: str, ref: str) -> HttpResponse:
    """Everything about one course on one page; the same number of queries for one person and for thirty."""
    offering = doors.offering(request, org, ref)
    today = timezone.localdate()
    full, parts = seats(offering, today), parts_of(offering)
    standing = standing_of(offering)
    places = list(places_of(offering))
    among = choices_of(places)
    by_state: dict[str, list[PlaceRow]] = {state: [p for p in places if p.state == state] for state in PlaceState}

    def link(place: PlaceRow) -> Link:
        return Link(place.person.name, reverse("course_place", args=[org, ref, place.ref]))

    def since(place: PlaceRow) -> str:
        return waited((today - timezone.localdate(place.asked_at)).days)

    stand = {one.place.pk: one for one in standings(offering)} if by_state[PlaceState.CONFIRMED] else {}
    run_out = offers_run_out(offering, today)
    fixed = standing == Standing.CANCELLED
    context = {
        "heading": _heading(offering, full, parts),
        "places": places_in(org, offering, "course"),
        "org": org,
        "ref": ref,
        "draft": standing == Standing.DRAFT,
        "fixed": fixed,
        "closed": standing == Standing.CLOSED,
        "can_add": not fixed and not attended(offering),
        "can_cancel": not fixed and not attended(offering),
        "facts": _facts(offering, full, parts, today, org),
        "parts": [_part_row(part, org, ref, today, draft=standing == Standing.DRAFT, fixed=fixed) for part in parts],
        "run_out": run_out,
        "confirmed_columns": ["Name", "Since", "Attendance"],
        "offered_columns": ["Name", "Choice", "Can be taken up"],
        "waiting_columns": ["Place in line", "Name", "Choice", "Has waited"],
        "lost_columns": ["Name", "Choice", "Instead", "Do"],
        "ended_columns": ["Name", "How", "When"],
        "asking": [
            Asking(p.ref, p.person.name, link(p).href, _choice(p, among), since(p)) for p in by_state[PlaceState.ASKED]
        ],
        "offered": [(link(p), _choice(p, among), _until(p, today)) for p in by_state[PlaceState.OFFERED]],
        "confirmed": [_confirmed(p, link(p), stand[p.pk]) for p in by_state[PlaceState.CONFIRMED]],
        "waiting": [
            (str(number), link(p), _choice(p, among), since(p))
            for number, p in enumerate(by_state[PlaceState.WAITING], 1)
        ],
        "lost": [
            (link(p), _choice(p, among), *_now_has(p, among, offering, org)) for p in by_state[PlaceState.CANCELLED]
        ],
        "ended": [
            (link(p), ended(p), longdate(p.ended_on))
            for p in places
            if p.state in {PlaceState.DECLINED, PlaceState.WITHDRAWN}
        ],
    }
    return render(request, "body/courses/course.html", context)


def _until(place: PlaceRow, today: date) -> StateTag | str:
    assert place.offer_ends_on is not None
    if place.offer_ends_on < today:
        return StateTag(f"Ran out on {longdate(place.offer_ends_on)}", Kind.RED)
    return f"Until {longdate(place.offer_ends_on)}"


def _confirmed(place: PlaceRow, link: Link, standing: PersonStanding) -> tuple[object, ...]:
    return (link, longdate(place.confirmed_on), progress(standing))


def _now_has(
    place: PlaceRow, among: dict[str, list[PlaceRow]], offering: OfferingRow, org: str
) -> tuple[object, object]:
    """What somebody who lost a place by a cancellation has instead, and what can be done."""
    others = [p for p in among.get(place.request, []) if p.pk != place.pk]
    for state, word in ((PlaceState.CONFIRMED, "Has"), (PlaceState.OFFERED, "Was offered")):
        for other in others:
            if other.state == state:
                kind = Kind.GREEN if state == PlaceState.CONFIRMED else Kind.BLUE
                return StateTag(f"{word} ‘{other.offering.title}’", kind), ""
    to = reverse("course_alternative", args=[org, offering.ref, place.ref])
    return StateTag("Nothing yet", Kind.AMBER), Link("Offer another date", to, f"to {place.person.name}")


@page(Desk.BODY, "POST")
def course_offers(request: Signed, org: str, ref: str) -> HttpResponse:
    """Clear offers that ran out, and offer the seats to the next in line."""
    offering = doors.offering(request, org, ref)
    happened = attending.lapse(now=timezone.now(), by=request.user, offering=offering)
    said = f"{plural(len(happened.lapsed), 'offer')} taken back.{moved_up(happened)}"
    return done(request, reverse("course", args=[org, ref]), said)
