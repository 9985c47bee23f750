"""Calendars (RFC 5545): one of an offering, one of a person. Nobody's name but the body's is in either."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from kithwork.accounts.models import User
from kithwork.courses.models import Offering, Part, Place

LONDON = ZoneInfo("Europe/London")  # the times of parts are the wall's, whatever zone the site runs in
LASTS = timedelta(hours=1)  # what is arranged has a beginning; how long it takes nobody has said
_SHOWN = (Place.State.CONFIRMED, Place.State.OFFERED, Place.State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Moment:
    """Something on a person's calendar. `when` is a moment, or a day that keeps nobody busy; `path` its page here and
    `url` the same for elsewhere.
    """

    uid: str
    title: str
    when: date | datetime
    changed: datetime
    path: str = ""
    url: str = ""
    ends: datetime | None = None
    place: str = ""
    about: str = ""
    status: str = "CONFIRMED"
    sequence: int = 0

    @property
    def day(self) -> date:
        return self.when.date() if isinstance(self.when, datetime) else self.when

    @property
    def cancelled(self) -> bool:
        return self.status == "CANCELLED"


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
    return written(offering.title, _moments(occasions))


def calendar_of_person(person: User) -> bytes:
    """What a person has a place at; what is offered to them as tentative, without its links; what was cancelled so that
    calendars strike it out.
    """
    return written("Courses and meetings", moments_of_places(person))


def moments_of_places(person: User) -> list[Moment]:
    """The same, one by one: each part, and the day on which its homework is due. Two queries."""
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
    return _moments(occasions)


def _moments(occasions: Iterable[_Occasion]) -> list[Moment]:
    found: list[Moment] = []
    for one in occasions:
        found.append(_sitting(one))
        if one.part.homework and one.part.homework_due and one.mine:
            found.append(_homework(one))
    return found


def written(name: str, moments: Iterable[Moment]) -> bytes:
    """A calendar of these moments, for programs to read (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Kithwork//Courses//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", LONDON.key)
    calendar.add("refresh-interval", timedelta(hours=4), parameters={"value": "DURATION"})
    calendar.add_component(_london())
    for one in moments:
        calendar.add_component(_event(one))
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


def _event(one: Moment) -> Event:
    event = Event()
    event.add("uid", f"{one.uid}@kithwork")
    event.add("dtstamp", one.changed)
    event.add("last-modified", one.changed)
    event.add("sequence", one.sequence)
    event.add("status", one.status)
    event.add("summary", one.title)
    event.add("dtstart", one.when)
    if isinstance(one.when, datetime):
        event.add("dtend", one.ends or one.when + LASTS)
    else:  # a whole day, and one that keeps nobody busy
        event.add("dtend", one.when + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    if one.place:
        event.add("location", one.place)
    if one.url:
        event.add("url", one.url)
    if one.about:
        event.add("description", one.about)
    return event


def _sitting(one: _Occasion) -> Moment:
    part = one.part
    counted = f", part {part.number} of {one.of}" if one.of > 1 else ""
    named = f": {part.title}" if part.title else ""
    about = [f"{one.offering.get_kind_display().capitalize()} by {one.offering.body.name}."]
    if one.status == "TENTATIVE":
        about.append("Not confirmed yet.")
    if one.status == "CANCELLED":
        about.append("Cancelled.")
    if one.mine and part.link:
        about.append(f"Join: {part.link}")
    return Moment(
        uid=part.ref,
        title=f"{one.offering.title}{counted}{named}",
        when=datetime.combine(part.day, part.starts, LONDON),
        changed=part.changed_at,
        path=f"/applying/courses/{one.offering.ref}/",
        url=part.link if one.mine else "",
        ends=datetime.combine(part.day, part.ends, LONDON),
        place=part.place,
        about="\n".join(about),
        status=one.status,
        sequence=part.sequence,
    )


def _homework(one: _Occasion) -> Moment:
    part = one.part
    assert part.homework_due is not None
    return Moment(
        uid=f"{part.ref}-homework",
        title=f"Homework due: {one.offering.title}, part {part.number}",
        when=part.homework_due,
        changed=part.changed_at,
        path=f"/applying/courses/{one.offering.ref}/",
        about=part.homework,
        status=one.status,
        sequence=part.sequence,
    )
