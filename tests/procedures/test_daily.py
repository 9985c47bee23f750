"""The daily round: what the mere passing of days brings about, told to the right people, once each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from kithwork.awards.queries import holders
from kithwork.cli import main
from kithwork.core.journey import Status
from kithwork.courses import actions as courses
from kithwork.courses.models import Attendance, Offering, Place
from kithwork.courses.questions import QUESTIONS
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import read
from kithwork.notices.models import Message, Told
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role
from kithwork.procedures import applying, attending, daily, sample
from kithwork.procedures.sample import Walk
from tests.procedures.test_people_apply import Road, approved, at, begin, licensed, offering

__all__ = ["begin"]


def run(day: date, **more: bool) -> dict[str, int]:
    """What the round of a day did; the mail stays in the outbox."""
    return dict(daily.run(now=at(day), send=more.get("send", False)).done)


def mails(kind: str) -> list[str]:
    """To whom mail of a kind was written, oldest first."""
    return [message.to.email for message in Message.objects.filter(kind=kind).order_by("pk") if message.to]


def between(first: date, last: date) -> None:
    """A round each day."""
    for n in range((last - first).days + 1):
        run(first + timedelta(days=n))


def test_who_has_something_to_do_is_reminded_before_and_once_after(begin: Callable[[str], Road]) -> None:
    """The licence is to be approved within 15 working days: the officers hear of it, and nobody else."""
    road = begin("pqasso-mentor/first")
    checks = ("support-role", "sector", "development", "two-years", "users", "clients")
    applying.answer_checklist(
        journey=road.journey, stage="self-check", answers=dict.fromkeys(checks, True), by=road.person, today=road.day
    )
    road.fill_in("application", area="Cumbria")
    due = road.position.stages["approval"].due
    assert due is not None
    Message.objects.all().delete()
    run(due - timedelta(days=15))
    assert mails("due-soon") == []
    run(due - timedelta(days=14))
    assert mails("due-soon") == ["olu@awards.example"]
    between(due - timedelta(days=13), due)
    assert mails("due-soon") == ["olu@awards.example"] * 2, "two weeks and two days before"
    between(due + timedelta(days=1), due + timedelta(days=20))
    assert mails("overdue") == ["olu@awards.example"]
    message = Message.objects.filter(kind="overdue").get()
    assert "Pia" not in message.subject + message.body
    assert f"/body/{road.people.body.slug}/journeys/{road.journey.ref}/" in message.body


def test_a_second_round_of_the_day_does_nothing_and_a_late_one_tells_the_latest_alone(
    begin: Callable[[str], Road],
) -> None:
    road = licensed(begin)
    end = road.journey.awards.get().valid_until
    assert end is not None
    Message.objects.all().delete()
    late = end - timedelta(days=10)  # the invitation, three months and one month before are all past
    assert run(late)["reminders to renew"] == 1
    assert mails("renewal-due") == ["pia@independent.example"]
    assert run(late) == {}
    assert run(late + timedelta(days=1)).get("reminders to renew") is None


def test_a_holder_is_invited_to_renew_reminded_and_told_of_the_end_and_of_the_end_of_grace(
    begin: Callable[[str], Road],
) -> None:
    road = licensed(begin)
    end = road.journey.awards.get().valid_until
    assert end is not None
    Message.objects.all().delete()
    for before in (200, 180, 170, 95, 89, 80, 35, 28, 20, 1, 0):
        run(end - timedelta(days=before))
    assert mails("renewal-due") == ["pia@independent.example"] * 3, "six months, three months, one month"
    Journey.objects.filter(pk=road.journey.pk).update(status="awarded")
    run(end + timedelta(days=1))
    assert mails("expired") == ["pia@independent.example"]
    row = Journey.objects.get(pk=road.journey.pk)
    assert (row.status, row.listed) == ("expired", "")
    assert not holders(end + timedelta(days=1)).exists()
    run(end + timedelta(days=60))
    assert mails("grace-over") == []
    for after in (94, 95, 120):
        run(end + timedelta(days=after))
    assert mails("grace-over") == ["pia@independent.example"]
    assert mails("expired") == ["pia@independent.example"]


def test_who_has_asked_to_renew_is_reminded_no_more(begin: Callable[[str], Road]) -> None:
    road = licensed(begin)
    end = road.journey.awards.get().valid_until
    assert end is not None
    run(end - timedelta(days=150))
    applying.renew(journey=road.journey, by=road.person, today=end - timedelta(days=120))
    Message.objects.all().delete()
    for before in (89, 28):
        run(end - timedelta(days=before))
    run(end + timedelta(days=100))
    assert mails("renewal-due") == []
    assert mails("grace-over") == []


def test_an_approval_lapses_and_lists_know_it(begin: Callable[[str], Road]) -> None:
    road = approved(begin)
    last = Journey.objects.get(pk=road.journey.pk).lapses_on
    assert last is not None
    assert "applications lapsed" not in run(last)
    Message.objects.all().delete()
    done = run(last + timedelta(days=1))
    assert (done["applications lapsed"], done["standings brought up to date"]) == (1, 1)
    assert mails("lapsed") == ["pia@independent.example"]
    assert Journey.objects.get(pk=road.journey.pk).status == "lapsed"
    assert read(road.journey, last + timedelta(days=1)).position.status is Status.LAPSED
    assert run(last + timedelta(days=2)) == {}


def test_what_lies_long_ago_is_passed_over(begin: Callable[[str], Road]) -> None:
    """A first round on old data tells nobody of what ended years ago, and still brings the lists up to date."""
    road = approved(begin)
    last = Journey.objects.get(pk=road.journey.pk).lapses_on
    assert last is not None
    Message.objects.all().delete()
    assert run(last + timedelta(days=400)) == {"standings brought up to date": 1}
    assert not Message.objects.exists()


def test_while_the_clock_stands_still_nobody_is_reminded(begin: Callable[[str], Road]) -> None:
    road = approved(begin)
    due = road.position.acts[0].due
    assert due is not None
    applying.stop_clock(
        journey=road.journey, expected=due + timedelta(days=300), reason="Ill.", by=road.people.olu, today=road.day
    )
    Message.objects.all().delete()
    run(due - timedelta(days=2))
    assert mails("due-soon") == []


def test_offers_lapse_and_the_next_in_line_is_offered_the_place(begin: Callable[[str], Road]) -> None:
    road = approved(begin)
    held = offering(road, "course", 60, 61, 75, 76, capacity=1)
    eve, bea = road.people.eve, road.people.bea
    first = courses.ask(person=eve, offerings=[held], by=eve, now=at(road.day)).place
    courses.confirm(place=first, by=road.people.olu, now=at(road.day))
    for person in (road.people.ada, bea):
        courses.ask(person=person, offerings=[held], by=person, now=at(road.day))
    courses.withdraw(place=first, by=eve, now=at(road.day))
    assert Place.objects.get(person=road.people.ada).state == "offered"
    done = run(road.day + timedelta(days=8))
    assert (done["offers of places lapsed"], done["people moved up a waiting list"]) == (1, 1)
    assert Place.objects.get(person=bea).state == "offered"
    assert "offers of places lapsed" not in run(road.day + timedelta(days=8))


def test_joining_homework_and_feedback_each_once(begin: Callable[[str], Road]) -> None:
    road = approved(begin)
    nine, three = time(9), time(15)
    plans = [courses.PartPlan(road.day + timedelta(days=n), nine, three, place="Kendal") for n in (30, 31, 45, 46)]
    plans[0] = replace(plans[0], homework="Read", homework_due=road.day + timedelta(days=44))
    made = courses.make(
        body=road.people.body, kind=Offering.Kind.COURSE, title="Course", capacity=5, scheme="pqasso-mentor",
        stage="course", parts=plans, by=road.people.olu, now=at(road.day),
    )  # fmt: skip
    held = courses.publish(offering=made, by=road.people.olu, today=road.day)
    attending.book(journey=road.journey, stage="course", offering=held, by=road.people.olu, now=at(road.day))
    Message.objects.all().delete()
    between(road.day + timedelta(days=20), road.day + timedelta(days=46))
    pia = "pia@independent.example"
    assert mails("course-joining") == [pia, pia], "before the first two days, and before the last two after the pause"
    assert mails("course-homework-due") == [pia]
    place = Place.objects.get()
    for part in held.parts.all():
        attending.record_attendance(
            part=part, marks={place.ref: courses.Mark(Attendance.State.PRESENT)}, by=road.people.olu,
            now=at(road.day + timedelta(days=46)),
        )  # fmt: skip
    between(road.day + timedelta(days=47), road.day + timedelta(days=50))
    assert mails("course-feedback-wanted") == [pia]
    courses.give_feedback(
        place=place, ratings={q.id: 4 for q in QUESTIONS}, by=road.person, now=at(road.day + timedelta(days=50))
    )
    assert "requests for feedback" not in run(road.day + timedelta(days=51))


def test_membership_is_the_officers_to_confirm_each_year(short_walk: Callable[..., Walk], today: date) -> None:
    way = short_walk("awarded")
    granted = read(way.journey, today).position.granted
    assert granted is not None
    Message.objects.all().delete()
    due = granted.on.replace(year=granted.on.year + 1)
    run(due - timedelta(days=14))
    assert mails("due-soon") == [way.cast.olu.email]
    run(due + timedelta(days=5))
    assert mails("overdue") == [way.cast.olu.email]


def test_the_same_number_of_queries_for_one_journey_and_for_many(
    begin: Callable[[str], Road], django_assert_max_num_queries: Callable[..., object]
) -> None:
    road = approved(begin)
    quiet = road.day + timedelta(days=30)
    run(quiet)
    for n in range(10):
        person = sample.person(f"Person {n}", f"p{n}@crowd.example")
        applying.begin_yourself(edition=road.journey.edition, by=person, today=road.day)
    run(quiet)
    with django_assert_max_num_queries(52):  # type: ignore[attr-defined]  # thirteen transactions, and a handful of reads
        run(quiet)


def test_somebody_who_left_is_not_written_to(begin: Callable[[str], Road]) -> None:
    road = approved(begin)
    una = sample.person("Una Second", "una@awards.example")
    membership = organisations.join(organisation=road.people.body, user=una, role=Role.OFFICER, by=road.people.olu)
    organisations.leave(membership=membership, by=road.people.olu, now=at(road.day))
    Message.objects.all().delete()
    between(road.day, road.day + timedelta(days=3))
    assert "una@awards.example" not in [m.to.email for m in Message.objects.all() if m.to]


@pytest.mark.django_db
def test_the_command_prints_a_count_for_each_kind_and_sends(
    begin: Callable[[str], Road], capsys: pytest.CaptureFixture[str], mailoutbox: list[object]
) -> None:
    road = approved(begin)
    last = Journey.objects.get(pk=road.journey.pk).lapses_on
    assert last is not None
    day = (last + timedelta(days=1)).isoformat()
    assert main(["daily", "--at", day, "--no-mail"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{day}:")
    assert "1 applications lapsed" in said
    assert main(["daily", "--at", day, "--no-mail"]) == 0
    assert "nothing to do" in capsys.readouterr().out
    assert Told.objects.filter(occasion="lapsed").count() == 1
    assert mailoutbox == []
    assert main(["daily", "--at", "2099-01-01"]) == 0
    assert mailoutbox
    with pytest.raises(SystemExit):
        main(["daily", "--at", "tomorrow"])
