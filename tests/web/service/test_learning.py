"""A person's own pages of learning: hours, courses and meetings, feedback, the calendar address."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from kithwork.accounts.models import User
from kithwork.core.journey import Answer, Entry, EntryKind
from kithwork.core.schemes import Role
from kithwork.courses import actions as courses
from kithwork.courses.models import Attendance, Feed, Feedback, HoursRecord, Offering, Place
from kithwork.courses.questions import QUESTIONS
from kithwork.journeys.actions import record
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.procedures import applying, assessing, attending, sample
from kithwork.procedures.sample import Cast, Walk
from tests.conftest import SCHEMES
from tests.procedures.test_people_apply import Road

AsUser = Callable[[User], Client]
HERE = courses.Mark(Attendance.State.PRESENT)
RATED = {question.id: "4" for question in QUESTIONS}


@pytest.fixture
def road(people: Cast, today: date) -> Road:
    """Pia on the HWSTPA programme, selected; she began 60 days ago."""
    pia = sample.person("Pia Lindqvist", "pia@independent.example")
    edition = sample.publish(SCHEMES / "hwstpa/2009", people)
    day = today - timedelta(days=60)
    road = Road(people, pia, applying.begin_yourself(edition=edition, by=pia, today=day), day)
    road.fill_in("application")
    road.decide("selection")
    return road


@pytest.fixture
def pia(road: Road, as_user: AsUser) -> Client:
    return as_user(road.person)


def events_in(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def offer(road: Road, *days: int, stage: str = "programme", title: str = "Autumn cohort") -> Offering:
    """A published offering whose parts are so many days from now; each of six hours taught and three alone."""
    today = timezone.localdate()
    plans = [
        courses.PartPlan(
            day=today + timedelta(days=after), starts=time(9), ends=time(16), place="Worcester",
            hours_taught=Decimal(6), hours_self_study=Decimal(3),
        )
        for after in days
    ]  # fmt: skip
    before = today + timedelta(days=min((*days, 0)) - 10)
    made = courses.make(
        body=road.people.body, kind=Offering.Kind.COURSE, title=title, capacity=12, scheme="hwstpa", stage=stage,
        parts=plans, by=road.people.olu, now=noon(before),
    )  # fmt: skip
    return courses.publish(offering=made, by=road.people.olu, today=before)


def attend(road: Road, held: Offering) -> Place:
    """Pia has a place there and was at every part up to today."""
    attending.book(journey=road.journey, stage="programme", offering=held, by=road.people.olu, now=timezone.now())
    place = Place.objects.get(person=road.person, offering=held)
    for part in held.parts.filter(day__lte=timezone.localdate()):
        attending.record_attendance(part=part, marks={place.ref: HERE}, by=road.people.olu, now=timezone.now())
    return place


def line(**changed: str) -> dict[str, str]:
    day = timezone.localdate() - timedelta(days=5)
    given = {"what": "Reading about boundaries", "kind": "cpd", "hours": "2.5"}
    return given | {"day_day": str(day.day), "day_month": str(day.month), "day_year": str(day.year)} | changed


def test_hours_are_written_down_changed_and_taken_out(pia: Client, people: Cast, as_user: AsUser) -> None:
    assert "No hours are written down yet" in as_user(people.eve).get("/applying/hours/").content.decode()
    short = pia.post("/applying/hours/new/", line(hours="30"))
    assert short.status_code == 422
    assert "Reading about boundaries" in short.content.decode(), "what was typed is kept"
    later = timezone.localdate() + timedelta(days=3)
    ahead = line(day_day=str(later.day), day_month=str(later.month), day_year=str(later.year))
    refused = pia.post("/applying/hours/new/", ahead)
    assert refused.status_code == 409
    assert "still to come" in refused.content.decode()
    assert pia.post("/applying/hours/new/", line()).status_code == 303
    kept = HoursRecord.objects.get()
    page = pia.get("/applying/hours/").content.decode()
    assert "Reading about boundaries" in page
    url = f"/applying/hours/{kept.ref}/"
    assert 'value="2.50"' in pia.get(url).content.decode()
    assert pia.post(url, line(hours="3", what="Reading")).status_code == 303
    kept.refresh_from_db()
    assert (kept.hours, kept.what) == (Decimal(3), "Reading")
    assert "This cannot be undone" in pia.get(f"{url}remove/").content.decode()
    assert HoursRecord.objects.exists(), "the question alone takes nothing out"
    assert pia.post(f"{url}remove/").status_code == 303
    assert not HoursRecord.objects.exists()
    told = " ".join(str(row.facts) for row in Record.objects.filter(act__startswith="course.hours"))
    assert "Reading" not in told
    assert Record.objects.filter(act="course.hours_changed").count() == 1


def test_hours_are_ones_own(pia: Client, road: Road, people: Cast, as_user: AsUser) -> None:
    pia.post("/applying/hours/new/", line())
    url = f"/applying/hours/{HoursRecord.objects.get().ref}/"
    for other in (people.eve, people.olu, people.ada):
        for address in (url, f"{url}remove/"):
            assert as_user(other).get(address).status_code == 404
            assert as_user(other).post(address, line()).status_code == 404
    assert Client().get("/applying/hours/").status_code == 302
    assert pia.put("/applying/hours/").status_code == 405
    assert "Reading" not in as_user(people.eve).get("/applying/hours/").content.decode()
    assert HoursRecord.objects.count() == 1


def test_hours_are_held_against_what_the_programme_asks_and_the_officer_sees_sums(
    pia: Client, road: Road, as_user: AsUser
) -> None:
    attend(road, offer(road, -20, -19, 10, 11))
    pia.post("/applying/hours/new/", line(kind="self-study", hours="4"))
    page = pia.get("/applying/hours/").content.decode()
    assert "12 of 15" in page
    assert "10 of 15" in page, "three hours alone for each of two days, and four written down"
    assert "From attendance" in page
    rows = list(csv.DictReader(io.StringIO(pia.get("/applying/hours/?format=csv").content.decode("utf-8-sig"))))
    assert {row["From"] for row in rows} == {"attendance", "written down"}
    assert sum(Decimal(row["Hours"]) for row in rows) == 22
    year = str(timezone.localdate().year - 1)
    assert "Reading" not in pia.get(f"/applying/hours/?year={year}").content.decode()
    seen = as_user(road.people.olu).get(f"/body/{road.people.body.slug}/journeys/{road.journey.ref}/").content.decode()
    assert "hours taught: 12 of 15" in seen
    assert "Reading about boundaries" not in seen, "sums alone"


def test_the_yearly_hours_are_confirmed_once_they_are_there(road: Road, people: Cast, as_user: AsUser) -> None:
    """Completed: 30 hours a year are asked, and the programme counts for the first."""
    pia = as_user(road.person)
    attend(road, offer(road, -20, -19, -5, -4))
    done(road)
    page = pia.get("/applying/hours/").content.decode()
    assert "36 of 30" in page
    assert "You have all the hours" not in page, "the self-study of the programme is not reached yet"
    url = f"/journeys/{road.journey.ref}/duties/"
    assert "36 of 30" in pia.get(url).content.decode()
    Attendance.objects.filter(part__number__in=(1, 2)).delete()
    refused = pia.post(url, {"duty": "development"})
    assert refused.status_code == 409
    assert "18 of 30 hours are written down" in refused.content.decode()
    pia.post("/applying/hours/new/", line(hours="12"))
    assert pia.post(url, {"duty": "development"}).status_code == 303


def done(road: Road) -> None:
    """Both assignments pass, and the programme is completed."""
    road.day = timezone.localdate()
    asked = applying.ask_assessor(journey=road.journey, assessor=road.people.dot, by=road.people.olu, today=road.day)
    applying.declare(appointment=asked, conflict=False, wording="None.", today=road.day)
    for kind, by, who in (
        (EntryKind.SUBMITTED, Role.APPLICANT, road.person),
        (EntryKind.CONFIRMED, Role.ASSESSOR, road.people.dot),
    ):
        entries = [Entry(road.day, kind, by, "assignments", piece) for piece in ("theory", "practice")]
        record(journey=road.journey, entries=entries, by=who, today=road.day)
    assessing.decide_award(
        journey=road.journey, stage="completion", outcome=Answer.YES, reason="", by=road.people.olu, today=road.day
    )


def test_one_line_and_thirty_ask_the_database_alike(pia: Client, road: Road) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert pia.get("/applying/hours/").status_code == 200
        return len(found)

    pia.post("/applying/hours/new/", line())
    pia.get("/applying/hours/")
    one = asked()
    for n in range(30):
        courses.log_hours(
            person=road.person, day=road.day, hours=Decimal(1), what=f"Line {n}", kind=HoursRecord.Kind.CPD,
            today=timezone.localdate(),
        )  # fmt: skip
    assert asked() == one


def test_feedback_is_given_once_after_the_last_part_and_what_changed_comes_back(
    pia: Client, road: Road, people: Cast, as_user: AsUser
) -> None:
    held = offer(road, -3, -2)
    place = attend(road, held)
    url = f"/applying/courses/places/{place.ref}/feedback/"
    assert f'href="{url}"' in pia.get(f"/applying/courses/{held.ref}/").content.decode()
    assert f'href="{url}"' in pia.get(f"/journeys/{road.journey.ref}/stages/programme/").content.decode()
    short = pia.post(url, {"helped": "The practice in threes"})
    assert short.status_code == 422
    assert "The practice in threes" in short.content.decode()
    for other in (people.eve, people.olu):
        assert as_user(other).get(url).status_code == 404
        assert as_user(other).post(url, RATED).status_code == 404
    assert pia.put(url).status_code == 405
    assert pia.post(url, {**RATED, "helped": "The practice in threes", "change": ""}).status_code == 303
    assert Feedback.objects.get().ratings == {question.id: 4 for question in QUESTIONS}
    again = pia.post(url, {**RATED, "helped": "Twice"})
    assert again.status_code == 409
    assert "Twice" in again.content.decode()
    assert "You have given your feedback already" in pia.get(url).content.decode()
    olu = as_user(people.olu)
    Message.objects.all().delete()
    said = {"what": "We end at four now."}
    assert olu.post(f"/body/{people.body.slug}/courses/{held.ref}/feedback/", said).status_code == 303
    assert Message.objects.get(kind="course-acted-on").to == road.person
    assert "We end at four now." in pia.get(f"/applying/courses/{held.ref}/").content.decode()
    assert "We end at four now." in pia.get(url).content.decode()
    assert "We end at four now." not in "".join(Message.objects.values_list("body", flat=True))


def test_before_the_end_there_is_nothing_to_say_yet(pia: Client, road: Road) -> None:
    place = attend(road, offer(road, 5, 6))
    url = f"/applying/courses/places/{place.ref}/feedback/"
    assert "Feedback is gathered after the last part" in pia.get(url).content.decode()
    assert pia.post(url, RATED).status_code == 409


def test_a_gathering_is_asked_for_and_given_back_without_a_journey(
    pia: Client, road: Road, people: Cast, as_user: AsUser
) -> None:
    extra = offer(road, 20, stage="", title="Yearly gathering")
    page = pia.get("/applying/courses/").content.decode()
    assert "Yearly gathering" in page
    url = f"/applying/courses/{extra.ref}/"
    assert "Ask for a place" in pia.get(url).content.decode()
    assert "Yearly gathering" not in as_user(people.eve).get("/applying/courses/").content.decode()
    for method in ("get", "post"):
        assert getattr(as_user(people.eve), method)(url, {"do": "ask"}).status_code == 404
    Message.objects.all().delete()
    assert pia.post(url, {"do": "ask"}).status_code == 303
    place = Place.objects.get(person=road.person)
    assert (place.state, place.purpose) == ("asked", "")
    assert Message.objects.get(kind="course-chosen").to == people.olu
    assert pia.post(url, {"do": "ask"}).status_code == 409
    assert pia.get(f"/applying/courses/places/{place.ref}/letter.pdf").status_code == 404
    attending.confirm(place=place, by=people.olu, now=timezone.now())
    assert f"/applying/courses/{extra.ref}/" in Message.objects.get(kind="course-confirmed").body
    assert pia.get(f"/applying/courses/places/{place.ref}/letter.pdf").content[:5] == b"%PDF-"
    assert pia.get(f"{url}outline.pdf").content[:5] == b"%PDF-"
    assert as_user(people.eve).get(f"{url}outline.pdf").status_code == 404
    assert "You have 1 place" in pia.get("/applying/courses/").content.decode()
    assert pia.post(url, {"do": "sauna", "place": place.ref}).status_code == 404
    assert pia.post(url, {"do": "give_back", "place": place.ref}).status_code == 303
    place.refresh_from_db()
    assert place.state == "withdrawn"


def test_a_place_of_a_journey_is_seen_to_on_the_journey(pia: Client, road: Road) -> None:
    held = offer(road, 20, 21)
    place = attend(road, held)
    page = pia.get(f"/applying/courses/{held.ref}/").content.decode()
    assert f"/journeys/{road.journey.ref}/stages/programme/" in page
    assert "Give the place back" not in page
    assert pia.post(f"/applying/courses/{held.ref}/", {"do": "give_back", "place": place.ref}).status_code == 404


def test_an_offer_of_a_gathering_is_taken_up_or_declined(pia: Client, road: Road, people: Cast) -> None:
    full = offer(road, 20, stage="", title="Small gathering")
    Offering.objects.filter(pk=full.pk).update(capacity=1)
    other = courses.enter(person=people.eve, offering=full, by=people.olu, now=timezone.now()).place
    url = f"/applying/courses/{full.ref}/"
    pia.post(url, {"do": "ask"})
    place = Place.objects.get(person=road.person)
    assert place.state == "waiting"
    attending.withdraw(place=other, by=people.olu, now=timezone.now(), reason="Ill.")
    assert "1 place is offered to you" in pia.get("/applying/courses/").content.decode()
    assert "Take this place" in pia.get(url).content.decode()
    assert pia.post(url, {"do": "take_up", "place": place.ref}).status_code == 303
    place.refresh_from_db()
    assert place.state == "confirmed"


def test_the_calendar_address_is_shown_once_and_renewed(pia: Client, road: Road, people: Cast, as_user: AsUser) -> None:
    attend(road, offer(road, 20, 21))
    page = pia.get("/applying/calendar/").content.decode()
    assert "2 dates ahead of you" in page
    assert "/calendar/" not in page.replace("/applying/calendar/", "")

    def made() -> str:
        text = pia.post("/applying/calendar/").content.decode()
        start = text.index("/calendar/", text.index('id="address"'))
        return text[start : text.index("<", start)]

    first = made()
    assert Client().get(first).status_code == 200
    assert first not in pia.get("/applying/calendar/").content.decode(), "what is kept is a digest"
    second = made()
    assert Client().get(first).status_code == 404
    events = events_in(Client().get(second).content)
    assert len(events) == 2
    assert Feed.objects.count() == 1
    assert Client().get("/applying/calendar/").status_code == 302
    assert pia.put("/applying/calendar/").status_code == 405
    assert "No dates are ahead of you" in as_user(people.eve).get("/applying/calendar/").content.decode()


def test_the_feed_holds_meetings_visits_and_due_dates_for_each_side_without_a_name(
    short_walk: Callable[..., Walk], people: Cast, today: date
) -> None:
    way = short_walk("registered", start=today - timedelta(days=30))
    meeting = next(stage for stage in way.edition.stages if stage.kind == "meeting")
    starts = noon(today + timedelta(days=3))
    assessing.arrange(
        journey=way.journey, stage=meeting.id, starts_at=starts, by=people.dot, role=Role.ASSESSOR, today=way.today,
        place="At Quentin's house",
    )  # fmt: skip
    for person, path in ((people.bea, "/journeys/"), (people.dot, "/assess/")):
        token = courses.renew_feed(person=person, now=timezone.now())
        content = Client().get(f"/calendar/{token}.ics").content
        events = events_in(content)
        held = next(event for event in events if str(event["uid"]).startswith(f"{way.journey.ref}-{meeting.id}@"))
        assert held["dtstart"].dt == starts
        assert path in str(held["url"])
        for name in ("Quentin", "Ada", "Bea", "Cid", "Dot", "Lanternside"):
            assert name.encode() not in content
    bea = courses.renew_feed(person=people.bea, now=timezone.now())
    hers = events_in(Client().get(f"/calendar/{bea}.ics").content)
    due = [event for event in hers if "Due" in event["summary"]]
    assert due, "what the service is to do, with its last day"
    assert all(isinstance(event["dtstart"].dt, date) for event in due)
    eve = courses.renew_feed(person=people.eve, now=timezone.now())
    assert events_in(Client().get(f"/calendar/{eve}.ics").content) == []
