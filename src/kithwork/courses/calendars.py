"""Calendars (RFC 5545): one of an offering, one of a person. Nobody's name but the body's is in either."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from kithwork.accounts.models import User
from kithwork.courses.models import Offering, Part, Place

LONDON = ZoneInfo("Europe/London")  # the times of parts are the wall's, whatever zone the site runs in
_SHOWN = (Place.State.CONFIRMED, Place.State.OFFERED, Place.State.CANCELLED)


@dataclass(frozen=True, slots=True)
class _Occasion:
    """A part as one reader's calendar shows it. `mine` tells whether links may be told."""

    part: Part
    offering: Offering
    of: int
    status: str
    mine: bool


def calendar_of(offering: Offering) -> bytes:
    """Every part of an offering, links included, for those who run it."""
    parts = list(offering.parts.all())
    status = "CANCELLED" if offering.cancelled_on else "CONFIRMED" if offering.published_on else "TENTATIVE"
    occasions = [_Occasion(part, offering, len(parts), status, mine=True) for part in parts]
    return _written(offering.title, occasions)


def calendar_of_person(person: User) -> bytes:
    """What a person has a place at; what is offered to them as tentative, without its links; what was cancelled so that
    calendars strike it out.
    """
    places = (
        Place.objects.filter(person=person, state__in=_SHOWN)
        .select_related("offering__body")
        .prefetch_related("offering__parts")
        .order_by("id")
    )
    occasions: list[_Occasion] = []
    for place in places:
        if place.state == Place.State.CANCELLED and place.confirmed_on is None:
            continue  # it never stood in their calendar
        status = {Place.State.CONFIRMED: "CONFIRMED", Place.State.OFFERED: "TENTATIVE"}.get(
            Place.State(place.state), "CANCELLED"
        )
        parts = list(place.offering.parts.all())
        mine = place.state == Place.State.CONFIRMED
        occasions += [_Occasion(part, place.offering, len(parts), status, mine) for part in parts]
    return _written("Courses and meetings", occasions)


def _written(name: str, occasions: Iterable[_Occasion]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Kithwork//Courses//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", LONDON.key)
    calendar.add("refresh-interval", timedelta(hours=4), parameters={"value": "DURATION"})
    calendar.add_component(_london())
    for one in occasions:
        calendar.add_component(_sitting(one))
        if one.part.homework and one.part.homework_due and one.mine:
            calendar.add_component(_homework(one))
    return bytes(calendar.to_ical())


def _london() -> Timezone:
    """Summer time since 1996: from the last Sunday of March, 01:00 GMT, to the last of October, 02:00 BST. Written out,
    for the library would compute one that holds for a few years and says so.
    """
    zone = Timezone()
    zone.add("tzid", LONDON.key)
    for season, name, begins, month, before, after in (
        (TimezoneDaylight(), "BST", datetime(1996, 3, 31, 1), 3, 0, 1),
        (TimezoneStandard(), "GMT", datetime(1996, 10, 27, 2), 10, 1, 0),
    ):
        season.add("tzname", name)
        season.add("dtstart", begins)
        season.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        season.add("tzoffsetfrom", timedelta(hours=before))
        season.add("tzoffsetto", timedelta(hours=after))
        zone.add_component(season)
    return zone


def _event(one: _Occasion, uid: str, summary: str) -> Event:
    event = Event()
    event.add("uid", f"{uid}@kithwork")
    event.add("dtstamp", one.part.changed_at)
    event.add("last-modified", one.part.changed_at)
    event.add("sequence", one.part.sequence)
    event.add("status", one.status)
    event.add("summary", summary)
    return event


def _sitting(one: _Occasion) -> Event:
    part = one.part
    counted = f", part {part.number} of {one.of}" if one.of > 1 else ""
    named = f": {part.title}" if part.title else ""
    event = _event(one, part.ref, f"{one.offering.title}{counted}{named}")
    event.add("dtstart", datetime.combine(part.day, part.starts, LONDON))
    event.add("dtend", datetime.combine(part.day, part.ends, LONDON))
    if part.place:
        event.add("location", part.place)
    about = [f"{one.offering.get_kind_display().capitalize()} by {one.offering.body.name}."]
    if one.status == "TENTATIVE":
        about.append("Not confirmed yet.")
    if one.status == "CANCELLED":
        about.append("Cancelled.")
    if one.mine and part.link:
        event.add("url", part.link)
        about.append(f"Join: {part.link}")
    event.add("description", "\n".join(about))
    return event


def _homework(one: _Occasion) -> Event:
    """The day homework is due, as a day that keeps nobody busy."""
    part = one.part
    assert part.homework_due is not None
    event = _event(one, f"{part.ref}-homework", f"Homework due: {one.offering.title}, part {part.number}")
    event.add("dtstart", part.homework_due)
    event.add("dtend", part.homework_due + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("description", part.homework)
    return event
