"""Attendance, completion, hours, feedback and calendars."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.courses import access, actions
from kithwork.courses.actions import Mark
from kithwork.courses.calendars import calendar_of, calendar_of_person
from kithwork.courses.completion import HoursKind, Presence, Sitting, completion, earned, total
from kithwork.courses.hours import hours_of
from kithwork.courses.models import Attendance, HoursRecord, Offering, Place
from kithwork.courses.queries import feedback_summary, responses_to, standing_of_place, standings
from kithwork.courses.questions import QUESTIONS
from kithwork.ledger.models import Record
from kithwork.procedures.sample import Cast
from tests.courses.conftest import TODAY, noon, plan

Offer = Callable[..., Offering]
HERE, AWAY, PARTLY = Attendance.State.PRESENT, Attendance.State.ABSENT, Attendance.State.PARTLY
DAYS = [TODAY + timedelta(days=d) for d in (28, 42)]
AFTER = noon(DAYS[1] + timedelta(days=1))
RATED = {question.id: 4 for question in QUESTIONS}


@pytest.fixture
def course(offer: Offer) -> Offering:
    """Two days with homework between them: 12 hours taught, 15 of self-study."""
    return offer(
        capacity=5,
        parts=[
            plan(DAYS[0], hours_self_study=Decimal("7.5"), homework="Read chapter 1", homework_due=DAYS[1]),
            plan(DAYS[1], hours_self_study=Decimal("7.5"), link="https://meet.example.org/secret-room"),
        ],
    )


def give(offering: Offering, people: Cast, *persons: User) -> list[Place]:
    places = []
    for n, person in enumerate(persons):
        place = actions.ask(person=person, offerings=[offering], by=person, now=noon(minute=n)).place
        places.append(actions.confirm(place=place, by=people.olu, now=noon(minute=30)).place)
    return places


@pytest.mark.django_db
def test_complete_when_every_part_is_attended(course: Offering, people: Cast) -> None:
    (ada, bea) = give(course, people, people.ada, people.bea)
    one, two = course.parts.all()
    marks = {ada.ref: Mark(HERE), bea.ref: Mark(AWAY)}
    first = actions.record_attendance(part=one, marks=marks, by=people.olu, now=noon(DAYS[0]))
    assert (len(first.places), first.completed) == (2, ())
    second = actions.record_attendance(
        part=two, marks={ada.ref: Mark(HERE), bea.ref: Mark(PARTLY, 90)}, by=people.olu, now=noon(DAYS[1])
    )
    assert second.completed == (ada,)
    assert standing_of_place(bea).completion.missing == (1, 2), "some of it is not all of it"
    actions.catch_up(place=bea, part=one, how="A tutorial", on=DAYS[1], by=people.olu, now=AFTER)
    done = actions.catch_up(place=bea, part=two, how="Watched it", on=DAYS[1], by=people.olu, now=AFTER)
    assert done.completed == (bea,)
    undone = actions.record_attendance(part=two, marks={ada.ref: Mark(AWAY)}, by=people.olu, now=AFTER)
    assert undone.undone == (ada,)
    assert [(one.place, one.completion.complete) for one in standings(course)] == [(ada, False), (bea, True)]


@pytest.mark.django_db
def test_attendance_is_for_confirmed_places_from_the_day_on(course: Offering, people: Cast) -> None:
    (ada,) = give(course, people, people.ada)
    asked = actions.ask(person=people.bea, offerings=[course], by=people.bea, now=noon()).place
    one = course.parts.get(number=1)
    note = {"by": people.olu, "now": noon(DAYS[0])}
    with pytest.raises(Refused, match="not been held"):
        actions.record_attendance(part=one, marks={ada.ref: Mark(HERE)}, by=people.olu, now=noon())
    with pytest.raises(Refused, match="confirmed places"):
        actions.record_attendance(part=one, marks={asked.ref: Mark(HERE)}, **note)  # type: ignore[arg-type]
    for wrong in (Mark(PARTLY), Mark(PARTLY, 0), Mark(PARTLY, 420), Mark(HERE, 30)):
        with pytest.raises(Refused, match="minutes"):
            actions.record_attendance(part=one, marks={ada.ref: wrong}, **note)  # type: ignore[arg-type]
    assert not Attendance.objects.exists()


@pytest.mark.django_db
def test_the_second_to_save_is_told_what_changed(course: Offering, people: Cast) -> None:
    ada, bea = give(course, people, people.ada, people.bea)
    one = course.parts.get(number=1)
    seen: dict[str, Mark | None] = {ada.ref: None, bea.ref: None}
    actions.record_attendance(part=one, marks={ada.ref: Mark(HERE)}, seen=seen, by=people.olu, now=noon(DAYS[0]))
    with pytest.raises(Refused, match="Ada Marsh was noted as present"):
        actions.record_attendance(part=one, marks={ada.ref: Mark(AWAY)}, seen=seen, by=people.olu, now=noon(DAYS[0]))
    same = {ada.ref: Mark(HERE), bea.ref: Mark(HERE)}
    noted = actions.record_attendance(part=one, marks=same, seen=seen, by=people.olu, now=noon(DAYS[0]))
    assert noted.places == (bea,), "what both say alike is no quarrel"


@pytest.mark.django_db
def test_catching_up_has_its_bounds(course: Offering, people: Cast) -> None:
    ada, bea = give(course, people, people.ada, people.bea)
    one = course.parts.get(number=1)
    more = {"by": people.olu, "now": AFTER}
    with pytest.raises(Refused, match="Note first"):
        actions.catch_up(place=ada, part=one, how="x", on=DAYS[1], **more)  # type: ignore[arg-type]
    marks = {ada.ref: Mark(HERE), bea.ref: Mark(AWAY)}
    actions.record_attendance(part=one, marks=marks, by=people.olu, now=AFTER)
    for place, how, on, because in (
        (ada, "x", DAYS[1], "all of it"),
        (bea, " ", DAYS[1], "how"),
        (bea, "x", DAYS[0] - timedelta(days=1), "after the part"),
        (bea, "x", DAYS[1] + timedelta(days=2), "not later than today"),
    ):
        with pytest.raises(Refused, match=because):
            actions.catch_up(place=place, part=one, how=how, on=on, **more)  # type: ignore[arg-type]
    actions.catch_up(place=bea, part=one, how="A tutorial", on=DAYS[1], **more)  # type: ignore[arg-type]
    actions.record_attendance(part=one, marks={bea.ref: Mark(HERE)}, **more)  # type: ignore[arg-type]
    assert Attendance.objects.get(place=bea).caught_up_on is None, "who was there after all has nothing to catch up"


@pytest.mark.django_db
def test_hours_follow_from_attendance_homework_and_what_is_written_down(course: Offering, people: Cast) -> None:
    ada, bea = give(course, people, people.ada, people.bea)
    one, two = course.parts.all()
    for part in (one, two):
        marks = {ada.ref: Mark(HERE), bea.ref: Mark(AWAY) if part is one else Mark(PARTLY, 100)}
        actions.record_attendance(part=part, marks=marks, by=people.olu, now=noon(part.day))
    everything = (TODAY, AFTER.date())
    assert hours_of(people.ada, *everything).taught == 12
    assert hours_of(people.ada, *everything).self_study == Decimal("7.5"), "the first part waits for its homework"
    actions.hand_in(place=ada, part=one, on=DAYS[1], by=people.olu, now=AFTER)
    actions.log_hours(
        person=people.ada, day=DAYS[1], hours=Decimal("3.25"), what="Reading circle", kind=HoursRecord.Kind.CPD,
        today=AFTER.date(),
    )  # fmt: skip
    found = hours_of(people.ada, *everything)
    assert (found.taught, found.self_study, found.cpd, found.total) == (
        Decimal(12), Decimal(15), Decimal("3.25"), Decimal("30.25"),
    )  # fmt: skip
    assert hours_of(people.ada, TODAY, DAYS[0]).total == 6, "homework counts on the day it is handed in"
    assert hours_of(people.ada, DAYS[1], DAYS[1]).total == Decimal("24.25")
    assert hours_of(people.bea, *everything).taught == Decimal("1.67")
    actions.catch_up(place=bea, part=two, how="Watched it", on=AFTER.date(), by=people.olu, now=AFTER)
    assert hours_of(people.bea, *everything).self_study == Decimal("4.33") + Decimal("7.5")
    assert hours_of(people.cid, *everything).total == 0


@pytest.mark.django_db
def test_homework_is_handed_in_once_for_parts_that_ask_for_it(course: Offering, people: Cast) -> None:
    (ada,) = give(course, people, people.ada)
    one, two = course.parts.all()
    more = {"by": people.olu, "now": AFTER}
    with pytest.raises(Refused, match="no homework"):
        actions.hand_in(place=ada, part=two, on=DAYS[1], **more)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="still to come"):
        actions.hand_in(place=ada, part=one, on=AFTER.date() + timedelta(days=1), **more)  # type: ignore[arg-type]
    actions.hand_in(place=ada, part=one, on=DAYS[0], **more)  # type: ignore[arg-type]
    actions.hand_in(place=ada, part=one, on=DAYS[1], **more)  # type: ignore[arg-type]
    assert standing_of_place(ada).handed_in == {1: DAYS[1]}
    assert standing_of_place(ada).completion.homework_owed == ()


@pytest.mark.django_db
def test_hours_written_down_have_their_bounds(people: Cast) -> None:
    good = {"person": people.ada, "what": "Reading", "kind": HoursRecord.Kind.CPD, "today": TODAY}
    for day, hours, what in ((TODAY + timedelta(days=1), 1, "x"), (TODAY, 0, "x"), (TODAY, 25, "x"), (TODAY, 1, " ")):
        with pytest.raises(Refused):
            actions.log_hours(**{**good, "day": day, "hours": Decimal(hours), "what": what})  # type: ignore[arg-type]
    record = actions.log_hours(day=TODAY, hours=Decimal(2), **good)  # type: ignore[arg-type]
    with pytest.raises(Http404):
        access.hours_record_for(people.bea, record.ref)
    actions.remove_hours(record=access.hours_record_for(people.ada, record.ref))
    assert hours_of(people.ada, TODAY, TODAY).total == 0
    told = Record.objects.filter(subject=f"user:{people.ada.ref}", act__startswith="course.")
    assert [(row.act, row.facts) for row in told] == [
        ("course.hours_logged", {"record": record.ref}),
        ("course.hours_removed", {"record": record.ref}),
    ]  # fmt: skip


SITTING = Sitting(1, DAYS[0], Decimal(6), Decimal(2), homework=False)


@given(
    present=st.booleans(),
    minutes=st.none() | st.integers(1, 1000),
    caught_up=st.booleans(),
    homework=st.booleans(),
    handed_in=st.booleans(),
)
def test_no_part_gives_more_hours_than_it_has(
    present: bool, minutes: int | None, caught_up: bool, homework: bool, handed_in: bool
) -> None:
    sitting = Sitting(1, DAYS[0], Decimal(6), Decimal(2), homework)
    presence = Presence(present, minutes if present else None, DAYS[1] if caught_up else None)
    sums = total(earned(sitting, presence, DAYS[1] if handed_in else None))
    assert 0 <= sums[HoursKind.TAUGHT] <= 6
    assert sums[HoursKind.TAUGHT] + sums[HoursKind.SELF_STUDY] <= 8
    if completion([sitting], {1: presence}, {}).complete:
        whole = sums[HoursKind.TAUGHT] + sums[HoursKind.SELF_STUDY]
        assert whole == (8 if handed_in or not homework else 6), "what is complete has all its hours"


def test_nothing_noted_completes_nothing() -> None:
    assert not completion([], {}, {}).complete
    assert completion([SITTING], {}, {}).missing == (1,)


@pytest.mark.django_db
def test_feedback_is_gathered_after_the_last_part_from_the_person_alone(course: Offering, people: Cast) -> None:
    (ada,) = give(course, people, people.ada)
    asked = actions.ask(person=people.bea, offerings=[course], by=people.bea, now=noon()).place
    early = noon(DAYS[1])
    for place, by, now, ratings, because in (
        (ada, people.ada, early, RATED, "after the last part"),
        (ada, people.olu, AFTER, RATED, "themselves"),
        (asked, people.bea, AFTER, RATED, "had a place"),
        (ada, people.ada, AFTER, {}, "every statement"),
        (ada, people.ada, AFTER, {**RATED, "pace": 6}, "every statement"),
    ):
        with pytest.raises(Refused, match=because):
            actions.give_feedback(place=place, ratings=ratings, by=by, now=now)
    evening = noon(DAYS[1]) + timedelta(hours=5)
    actions.give_feedback(place=ada, ratings=RATED, helped="The practice", by=people.ada, now=evening)
    with pytest.raises(Refused, match="already"):
        actions.give_feedback(place=ada, ratings=RATED, by=people.ada, now=AFTER)


@pytest.mark.django_db
def test_fewer_than_three_answers_are_not_shown(course: Offering, people: Cast) -> None:
    places = give(course, people, people.ada, people.bea, people.cid)
    words = ["Zeal", "Calm", "Maps"]
    for place, word in zip(places[:2], words, strict=False):
        actions.give_feedback(place=place, ratings=RATED, helped=word, by=place.person, now=AFTER)
    summary = feedback_summary(course)
    assert (summary.answers, summary.asked, summary.shown) == (2, 3, False)
    assert [*summary.tallies, *summary.helped, *summary.change] == []
    third = {**RATED, "pace": 1}
    actions.give_feedback(place=places[2], ratings=third, helped=words[2], by=people.cid, now=AFTER)
    summary = feedback_summary(course)
    pace = next(one for one in summary.tallies if one.question.id == "pace")
    assert pace.counts == ((5, 0), (4, 2), (3, 0), (2, 0), (1, 1))
    assert pace.agree == 2
    assert summary.helped == ("Calm", "Maps", "Zeal"), "in an order that tells nothing"


@pytest.mark.django_db
def test_what_was_changed_is_kept(course: Offering, people: Cast) -> None:
    with pytest.raises(Refused):
        actions.answer_feedback(offering=course, what=" ", by=people.olu, today=TODAY)
    actions.answer_feedback(offering=course, what="Longer breaks", by=people.olu, today=TODAY)
    assert [row.what for row in responses_to(course)] == ["Longer breaks"]


def events(data: bytes) -> dict[str, object]:
    return {str(event["uid"]): event for event in Calendar.from_ical(data).walk("VEVENT")}


@pytest.mark.django_db
def test_an_offerings_calendar_holds_every_part_in_the_walls_time(offer: Offer, people: Cast) -> None:
    online = plan(date(2027, 11, 1), place="", link="https://meet.example.org/x")
    offering = offer(parts=[plan(date(2027, 3, 26)), plan(date(2027, 3, 29)), online])
    found = list(events(calendar_of(offering)).values())
    starts = [event.start.astimezone(UTC) for event in found]  # type: ignore[attr-defined]
    assert starts == [
        datetime(2027, 3, 26, 9, 30, tzinfo=UTC),
        datetime(2027, 3, 29, 8, 30, tzinfo=UTC),  # summer time has begun
        datetime(2027, 11, 1, 9, 30, tzinfo=UTC),
    ]
    assert str(found[0]["summary"]) == f"{offering.title}, part 1 of 3"  # type: ignore[index]
    assert str(found[2]["url"]) == "https://meet.example.org/x"  # type: ignore[index]
    (zone,) = Calendar.from_ical(calendar_of(offering)).walk("VTIMEZONE")
    stated = zone.to_tz()  # type: ignore[attr-defined]  # walk() tells no kinds apart
    for moment, ahead in (
        (datetime(2027, 3, 28, 0, 59), 0),
        (datetime(2027, 3, 28, 2, 1), 1),
        (datetime(2027, 10, 31, 0, 59), 1),
        (datetime(2027, 10, 31, 2, 1), 0),
        (datetime(2041, 7, 1), 1),
    ):
        assert moment.replace(tzinfo=stated).utcoffset() == timedelta(hours=ahead)


@pytest.mark.django_db
def test_a_persons_calendar_names_nobody_else(course: Offering, offer: Offer, people: Cast) -> None:
    give(course, people, people.ada, people.bea)
    full = offer(title="Full one", capacity=1, parts=[plan(DAYS[1], link="https://meet.example.org/held-back")])
    (cid,) = give(full, people, people.cid)
    actions.ask(person=people.ada, offerings=[full], by=people.ada, now=noon())
    text = calendar_of_person(people.ada).decode()
    assert text.count("BEGIN:VEVENT") == 3, "two parts and one piece of homework; waiting is no date"
    assert "secret-room" in text.replace("\r\n ", "")
    for name in ("Bea", "Cid", "Olu", "example.org/x", people.bea.email):
        assert name not in text
    actions.withdraw(place=cid, by=people.cid, now=noon(minute=40))
    text = calendar_of_person(people.ada).decode()
    assert "STATUS:TENTATIVE" in text
    assert "held-back" not in text, "the link is told once the place is confirmed"
    waits = actions.ask(person=people.dot, offerings=[full], by=people.dot, now=noon(minute=50)).place
    actions.cancel(offering=full, reason="Ill", by=people.olu, now=noon(minute=55))
    waits.refresh_from_db()
    assert waits.state == "cancelled"
    assert calendar_of_person(people.dot).decode().count("BEGIN:VEVENT") == 0


@pytest.mark.django_db
def test_a_calendar_follows_moves_and_cancelling(offer: Offer, people: Cast) -> None:
    offering = offer()
    (ada,) = give(offering, people, people.ada)
    part = offering.parts.get()
    before = events(calendar_of_person(people.ada))
    actions.change_part(
        part=part, title="Day one", hours_taught=Decimal(2), hours_self_study=Decimal(0), homework="",
        homework_due=None, by=people.olu, now=noon(),
    )  # fmt: skip
    part.refresh_from_db()
    actions.move_part(
        part=part, day=DAYS[1], starts=time(10), ends=time(12), place="Elsewhere", link="", by=people.olu, now=noon()
    )
    actions.cancel(offering=offering, reason="Ill", by=people.olu, now=noon())
    after = events(calendar_of_person(people.ada))
    assert before.keys() == after.keys(), "the same entry, so that calendars change it and do not add one"
    (old,), (new,) = before.values(), after.values()
    assert (old["sequence"], new["sequence"]) == (0, 3)  # type: ignore[index]
    assert str(new["status"]) == "CANCELLED"  # type: ignore[index]
    assert new.start.date() == DAYS[1]  # type: ignore[attr-defined]
    assert ada.pk


@pytest.mark.django_db
def test_a_feed_has_a_secret_that_can_be_renewed(people: Cast) -> None:
    old = actions.renew_feed(person=people.ada, now=noon())
    assert access.person_by_feed(old) == people.ada
    new = actions.renew_feed(person=people.ada, now=noon())
    assert access.person_by_feed(new) == people.ada
    for wrong in (old, "", "x"):
        with pytest.raises(Http404):
            access.person_by_feed(wrong)
    User.objects.filter(pk=people.ada.pk).update(is_active=False)
    with pytest.raises(Http404):
        access.person_by_feed(new)
    assert old not in str(list(Record.objects.values()))
